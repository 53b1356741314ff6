import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError, fromHex } from '@liuhen/domain';
import type { TrustedKey } from '../features/ledger/verify-keys.ts';
import { hasWithdrawn, keysAccepted } from '../platform/accepted-keys.ts';
import { keyIdOf } from '../platform/signer.ts';
import type { KeySource } from './report.ts';

/**
 * Keys from outside the database. They decide alone: whoever can forge the database could put a key of his own into it.
 * Undefined when there is none, so that the database's own have to do and the report says so. Where keys were withdrawn and none is left,
 * none is believed: the database would still give those that were withdrawn.
 */
export type TrustedKeys = { readonly keys: readonly TrustedKey[] | undefined; readonly sources: readonly KeySource[] };

/** `installation` may be unreadable (a key of another user's), `given` must be keys. Throws `verify.keyFileInvalid` {file}. */
export async function readTrustedKeys(files: { installation: string; given: readonly string[] }): Promise<TrustedKeys> {
    const keys = new Map<string, TrustedKey>();
    const sources = new Set<KeySource>();
    const add = (publicKey: Uint8Array, source: KeySource) => {
        const keyId = keyIdOf(publicKey);
        keys.set(keyId, { keyId, publicKey });
        sources.add(source);
    };
    const own = await readFile(files.installation, 'utf8').catch(() => undefined);
    if (own !== undefined) add(publicKeyOf(own, files.installation), 'file');
    for (const { publicKey } of await acceptedBeside(files.installation)) add(publicKey, 'file');
    for (const file of files.given) add(await readPublicKey(file), 'given');
    if (keys.size === 0 && (await withdrawnBeside(files.installation))) return { keys: [], sources: ['file'] };
    return keys.size === 0 ? { keys: undefined, sources: ['database'] } : { keys: [...keys.values()], sources: [...sources] };
}

/** What somebody accepted; the folder of another user cannot be read, and then there is none. Throws `installation.damaged`. */
const acceptedBeside = (file: string): Promise<readonly TrustedKey[]> => keysAccepted(dirname(file)).catch(unlessDamaged([]));

const withdrawnBeside = (file: string): Promise<boolean> => hasWithdrawn(dirname(file)).catch(unlessDamaged(false));

const unlessDamaged =
    <T>(without: T) =>
    (error: unknown): T => {
        if (error instanceof DomainError) throw error;
        return without;
    };

/** The public key in a file. Throws `verify.keyFileInvalid` {file} where there is none, or no file. */
export async function readPublicKey(file: string): Promise<Uint8Array> {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new DomainError('verify.keyFileInvalid', { file }, { cause });
    });
    return publicKeyOf(text, file);
}

/** Raw 32 bytes of an Ed25519 public key (RFC 8032): from PEM, public or private, or from 64 hex digits. */
function publicKeyOf(text: string, file: string): Uint8Array {
    const hex = /^\s*([0-9a-f]{64})\s*$/i.exec(text)?.[1];
    if (hex !== undefined) return fromHex(hex.toLowerCase());
    try {
        const { crv, x } = createPublicKey(text).export({ format: 'jwk' });
        if (crv === 'Ed25519' && x !== undefined) return Buffer.from(x, 'base64url');
    } catch (cause) {
        throw new DomainError('verify.keyFileInvalid', { file }, { cause });
    }
    throw new DomainError('verify.keyFileInvalid', { file });
}
