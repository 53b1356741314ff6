import { execFile } from 'node:child_process';
import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DomainError, fromHex, toHex } from '@liuhen/domain';
import { z } from 'zod';
import { verifyEd25519 } from './signer.ts';

/**
 * Ed25519 keys that are made in a token and never leave it (PKCS #11 v3.0, CKM_EDDSA). The token is spoken to by `pkcs11-tool` of
 * OpenSC, one run for each signature: the library of a token's maker is loaded into that process and not into the server.
 */

/** Where the token is: the library of its maker, its label, and the file that holds the PIN of its user. */
export type TokenConfig = { readonly module: string; readonly label: string; readonly pinFile: string };

/** A key as the token's owner remembers it: CKA_ID and raw public key (32 bytes), both in hex. */
const remembered = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/), publicKey: z.string().regex(/^[0-9a-f]{64}$/) });
export type TokenKey = z.infer<typeof remembered>;

/** The token did not do what it was asked (`token.away`), or refused the PIN, which is not tried again (`token.pin`). */
const failed = (code: 'token.away' | 'token.pin', { label }: TokenConfig, why: string): DomainError =>
    new DomainError(code, { token: label, why });

const PROGRAM = 'pkcs11-tool';
const LONGEST_MS = 20_000;
/** `pkcs11-tool` hands longer messages over in pieces, which Ed25519 cannot be signed in. */
const LONGEST_MESSAGE = 1_000;
const run = promisify(execFile);

/**
 * PINs that were refused since this process began, as digests. Tokens lock themselves after a few wrong ones, and a signer that asks
 * every ten seconds would do that within a minute.
 */
const refusedPins = new Set<string>();

export const formatTokenKey = (key: TokenKey): string => `${JSON.stringify(key)}\n`;

/** Throws for what `formatTokenKey` did not write. */
export const parseTokenKey = (text: string): TokenKey => remembered.parse(JSON.parse(text));

/** Makes a key in the token, and sees it sign. Throws `token.away` and `token.pin`. */
export async function makeTokenKey(token: TokenConfig, label: string): Promise<TokenKey> {
    const id = toHex(randomBytes(16));
    const pair = ['--keypairgen', '--key-type', 'EC:edwards25519', '--usage-sign', '--id', id, '--label', label];
    await asked(token, pair);
    const key = { id, publicKey: toHex(await publicKeyIn(token, id)) };
    await signInToken(token, key, randomBytes(64));
    return key;
}

/** An Ed25519 signature (RFC 8032) of at most 1,000 bytes by a key in the token, checked before it is given. Throws `token.away` and `token.pin`. */
export async function signInToken(token: TokenConfig, key: TokenKey, message: Uint8Array): Promise<Uint8Array> {
    if (message.length > LONGEST_MESSAGE) throw new Error(`a token signs at most ${LONGEST_MESSAGE} bytes`);
    const signature = await asked(token, ['--sign', '--mechanism', 'EDDSA', '--id', key.id], message);
    if (!verifyEd25519(fromHex(key.publicKey), message, signature))
        throw failed('token.away', token, 'what the token signed does not verify');
    return signature;
}

/** The public key of a pair: SubjectPublicKeyInfo, which some versions write as PEM and others as DER. */
async function publicKeyIn(token: TokenConfig, id: string): Promise<Uint8Array> {
    const said = await asked(token, ['--read-object', '--type', 'pubkey', '--id', id]);
    const pem = said.toString('latin1');
    try {
        const key = createPublicKey(pem.startsWith('-----') ? pem : { key: said, format: 'der', type: 'spki' });
        return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
    } catch {
        throw failed('token.away', token, 'the token gave no public key');
    }
}

/** What the program wrote. The PIN goes by the environment of that one process: its arguments could be read by every login. */
async function asked(token: TokenConfig, words: readonly string[], input?: Uint8Array): Promise<Buffer> {
    const pin = await pinOf(token);
    const where = ['--module', token.module, '--token-label', token.label, '--login', '--pin', 'env:TOKEN_PIN'];
    const running = run(PROGRAM, [...where, ...words], {
        env: { ...foreign(process.env), TOKEN_PIN: pin.text, LC_ALL: 'C' },
        encoding: 'buffer',
        timeout: LONGEST_MS,
        maxBuffer: 65_536,
        windowsHide: true,
    });
    // A program that ends before it has read says why on its way out.
    running.child.stdin?.on('error', () => undefined);
    running.child.stdin?.end(input);
    try {
        return (await running).stdout;
    } catch (error) {
        const said = saidBy(error);
        if (!/CKR_PIN_/.test(said)) throw failed('token.away', token, said);
        refusedPins.add(pin.digest);
        throw failed('token.pin', token, said);
    }
}

async function pinOf(token: TokenConfig): Promise<{ text: string; digest: string }> {
    const { module, label, pinFile } = token;
    const text = await readFile(pinFile, 'utf8').then(
        (pin) => pin.trim(),
        () => {
            throw failed('token.pin', token, 'the file of the PIN cannot be read');
        },
    );
    const digest = createHash('sha256').update(`${module}\0${label}\0${text}`).digest('hex');
    if (refusedPins.has(digest)) throw failed('token.pin', token, 'the token refused this PIN before');
    return { text, digest };
}

/** The makers of tokens have settings of their own; ours are none of their business. */
const foreign = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
    Object.fromEntries(Object.entries(env).filter(([name]) => !/^(LIUHEN|DATABASE)_/.test(name)));

/** The line that tells what went wrong, in the program's words. */
function saidBy(error: unknown): string {
    const { code, killed, stderr } = error as { code?: unknown; killed?: boolean; stderr?: Buffer };
    if (code === 'ENOENT') return `${PROGRAM} (OpenSC) is not installed`;
    if (killed === true) return `no answer in ${LONGEST_MS / 1_000} s`;
    const lines = (stderr?.toString() ?? '').split('\n').map((line) => line.trim());
    const telling = lines.find((line) => /^error:|not found|No slot|failed/i.test(line)) ?? '';
    return telling.slice(0, 200) || `${PROGRAM} ended with ${String(code)}`;
}
