import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, fromHex, toHex } from '@liuhen/domain';
import { z } from 'zod';
import { keyIdOf } from './signer.ts';
import { isMissing, writeDurable } from './storage/durable.ts';

/** A key that signs entries, known from elsewhere than the database. */
export type AcceptedKey = { readonly keyId: string; readonly publicKey: Uint8Array };

const FILE = 'app-accepted.json';
const written = z.strictObject({ keys: z.array(z.string().regex(/^[0-9a-f]{64}$/)) });

/**
 * The keys whose entries are believed here: this node's own, each it had before, and those of other nodes that somebody accepted. They
 * stand in the key folder, outside the database, because whoever can write the database could enter a key of his own. Where nothing was
 * ever written down (an installation from before this), what `atFirst` gives is taken once. Throws `installation.damaged` {file}.
 */
export async function acceptedKeys(
    keyFolder: string,
    own: AcceptedKey,
    atFirst: () => Promise<readonly Uint8Array[]> = async () => [],
): Promise<AcceptedKey[]> {
    const kept = await readAccepted(keyFolder);
    const ownHex = toHex(own.publicKey);
    if (kept?.includes(ownHex) === true) return kept.map(asKey);
    const others = kept ?? (await atFirst()).map(toHex);
    const keys = [...new Set([...others, ownHex])];
    await writeAccepted(keyFolder, keys);
    return keys.map(asKey);
}

/** What was written down, without adding to it: for who only looks. */
export const keysAccepted = async (keyFolder: string): Promise<AcceptedKey[]> =>
    ((await readAccepted(keyFolder)) ?? []).map(asKey);

/** Believes entries that this key (raw, 32 bytes) signs from now on; false where it was accepted before. */
export async function acceptKey(keyFolder: string, publicKey: Uint8Array): Promise<boolean> {
    const kept = (await readAccepted(keyFolder)) ?? [];
    const hex = toHex(publicKey);
    if (kept.includes(hex)) return false;
    await writeAccepted(keyFolder, [...kept, hex]);
    return true;
}

async function readAccepted(keyFolder: string): Promise<string[] | undefined> {
    const text = await readFile(join(keyFolder, FILE), 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
    });
    if (text === undefined) return undefined;
    try {
        return written.parse(JSON.parse(text)).keys;
    } catch (cause) {
        throw new DomainError('installation.damaged', { file: `keys/${FILE}` }, { cause });
    }
}

async function writeAccepted(keyFolder: string, keys: readonly string[]): Promise<void> {
    const file = join(keyFolder, FILE);
    await writeDurable(file, `${file}.new`, Buffer.from(`${JSON.stringify({ keys })}\n`), 0o600);
}

function asKey(hex: string): AcceptedKey {
    const publicKey = fromHex(hex);
    return { keyId: keyIdOf(publicKey), publicKey };
}
