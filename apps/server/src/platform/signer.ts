import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { chmod, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Signs log entries. The key never leaves this object; a driver for SM2 or a signing machine fits the same shape. */
export type Signer = {
    readonly keyId: string;
    /** Raw 32 bytes of the Ed25519 public key. */
    readonly publicKey: Uint8Array;
    sign(message: Uint8Array): Uint8Array;
};

/** Key id: the first 16 hex digits of SHA-256 of the raw public key. */
export const keyIdOf = (publicKey: Uint8Array): string => createHash('sha256').update(publicKey).digest('hex').slice(0, 16);

/** Opens the application key of this installation, making it at first (file mode 0600, fsynced). */
export async function openSigner(folder: string): Promise<Signer> {
    const file = join(folder, 'app-ed25519.pem');
    return (await openKey(file)) ?? makeKey(file);
}

/** The Ed25519 key in this file; undefined where there is none. */
export async function openKey(file: string): Promise<Signer | undefined> {
    const pem = await readKeyFile(file);
    return pem === undefined ? undefined : signerOf(pem);
}

/** Makes an Ed25519 key in a file that is not there yet. */
export const makeKey = async (file: string): Promise<Signer> => signerOf(await createKey(file));

function signerOf(pem: string): Signer {
    const privateKey = createPrivateKey(pem);
    const publicKey = rawPublicKey(createPublicKey(privateKey));
    return { keyId: keyIdOf(publicKey), publicKey, sign: (message) => sign(null, message, privateKey) };
}

/** The text of a key file, closed to all others first; undefined where there is none. */
export async function readKeyFile(file: string): Promise<string | undefined> {
    try {
        await chmod(file, 0o600);
        return await readFile(file, 'utf8');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
    }
}

async function createKey(file: string): Promise<string> {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const handle = await open(file, 'wx', 0o600);
    try {
        await handle.writeFile(pem);
        await handle.sync();
    } finally {
        await handle.close();
    }
    return pem;
}

function rawPublicKey(key: KeyObject): Uint8Array {
    const jwk = key.export({ format: 'jwk' });
    return Buffer.from(jwk.x ?? '', 'base64url');
}

/** The key of these 32 bytes (RFC 8032); undefined where they are none, and nothing verifies with it. */
export function ed25519KeyOf(raw: Uint8Array): KeyObject | undefined {
    try {
        return createPublicKey({
            key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
            format: 'jwk',
        });
    } catch {
        return undefined;
    }
}

/** Checks an Ed25519 signature (RFC 8032) with a raw public key. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    const key = ed25519KeyOf(publicKey);
    return key !== undefined && verify(null, message, key, signature);
}

/** The same in Node's pool of threads: for many at once, while the server goes on answering. */
export const verifyAside = promisify(verify) as (
    algorithm: null,
    data: Uint8Array,
    key: KeyObject,
    signature: Uint8Array,
) => Promise<boolean>;
