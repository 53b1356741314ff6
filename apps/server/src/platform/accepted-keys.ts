import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, fromHex, toHex } from '@liuhen/domain';
import { z } from 'zod';
import { keyIdOf } from './signer.ts';
import { isMissing, writeDurable } from './storage/durable.ts';

/** A key that signs entries, known from elsewhere than the database. */
export type AcceptedKey = { readonly keyId: string; readonly publicKey: Uint8Array };

const FILE = 'app-accepted.json';
const hexKey = z.string().regex(/^[0-9a-f]{64}$/);
/** `taken`: false where nobody has taken what the database knows yet, because a key was accepted before the first start. */
const written = z.strictObject({
    keys: z.array(hexKey),
    withdrawn: z.array(hexKey).optional(),
    taken: z.literal(false).optional(),
});
type Written = z.infer<typeof written>;

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
    if (kept !== undefined && kept.taken !== false && kept.keys.includes(ownHex)) return kept.keys.map(asKey);
    const withdrawn = kept?.withdrawn ?? [];
    // What somebody withdrew is not taken from the database; the own key is, or this node could not write.
    const fromDatabase = kept === undefined || kept.taken === false ? (await atFirst()).map(toHex) : [];
    const others = [...(kept?.keys ?? []), ...fromDatabase].filter((each) => !withdrawn.includes(each));
    const keys = [...new Set([...others, ownHex])];
    await writeAccepted(keyFolder, { keys, withdrawn });
    return keys.map(asKey);
}

/** What was written down, without adding to it: for who only looks. */
export const keysAccepted = async (keyFolder: string): Promise<AcceptedKey[]> =>
    ((await readAccepted(keyFolder))?.keys ?? []).map(asKey);

/** Whether somebody withdrew a key here. */
export const hasWithdrawn = async (keyFolder: string): Promise<boolean> =>
    ((await readAccepted(keyFolder))?.withdrawn ?? []).length > 0;

/**
 * Believes entries that this key (raw, 32 bytes) signs from now on; false where it was accepted before. Where nothing was ever written
 * down, what the database knows is still taken once, by the first who signs.
 */
export async function acceptKey(keyFolder: string, publicKey: Uint8Array): Promise<boolean> {
    const kept = (await readAccepted(keyFolder)) ?? { keys: [], taken: false };
    const hex = toHex(publicKey);
    if (kept.keys.includes(hex)) return false;
    const withdrawn = kept.withdrawn?.filter((each) => each !== hex);
    await writeAccepted(keyFolder, { ...kept, keys: [...kept.keys, hex], withdrawn });
    return true;
}

/**
 * Signs over no more entries of this key, and says so of the key in each check; false where it is withdrawn already. What checkpoints
 * hold of it stays as it was signed: its signatures are still verified. Withdrawn by mistake, it is accepted again.
 */
export async function withdrawKey(keyFolder: string, publicKey: Uint8Array): Promise<boolean> {
    const kept: Written = (await readAccepted(keyFolder)) ?? { keys: [], taken: false };
    const hex = toHex(publicKey);
    if (kept.withdrawn?.includes(hex) === true) return false;
    const keys = kept.keys.filter((each) => each !== hex);
    await writeAccepted(keyFolder, { ...kept, keys, withdrawn: [...(kept.withdrawn ?? []), hex] });
    return true;
}

async function readAccepted(keyFolder: string): Promise<Written | undefined> {
    const text = await readFile(join(keyFolder, FILE), 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
    });
    if (text === undefined) return undefined;
    try {
        return written.parse(JSON.parse(text));
    } catch (cause) {
        throw new DomainError('installation.damaged', { file: `keys/${FILE}` }, { cause });
    }
}

async function writeAccepted(keyFolder: string, { keys, withdrawn = [], taken }: Written): Promise<void> {
    const file = join(keyFolder, FILE);
    const said = { keys, ...(withdrawn.length > 0 ? { withdrawn } : {}), ...(taken === false ? { taken } : {}) };
    await writeDurable(file, `${file}.new`, Buffer.from(`${JSON.stringify(said)}\n`), 0o600);
}

function asKey(hex: string): AcceptedKey {
    const publicKey = fromHex(hex);
    return { keyId: keyIdOf(publicKey), publicKey };
}
