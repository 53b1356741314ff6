import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentDigest, Id } from '@liuhen/domain';
import { z } from 'zod';
import type { Services } from '../../platform/services.ts';
import { isMissing, writeDurable } from '../../platform/storage/durable.ts';
import type { KeptBytes } from '../../platform/storage/keep-bytes.ts';

type Tools = Pick<Services, 'store' | 'hashes'>;
/** Whose package it is, and the folder it is written in. */
type At = { readonly orgId: Id; readonly folder: string };

/** Makes a finished file an object of storage; it is not in the folder any more then. */
export async function keep({ hashes, store }: Tools, { orgId }: At, path: string): Promise<KeptBytes> {
    const digest = await hashes.hashFile(path);
    const { key } = await store.put({ orgId, path, digest });
    return { digest, key };
}

const noteOf = ({ folder }: At): string => join(folder, 'kept.json');

/**
 * The same for a package, with a note of its digests beforehand: written anew it would not be the same bytes, because a proof has whatever
 * witnesses have signed by then, and the list that was issued would be of another package.
 */
export async function keepPlaced({ hashes, store }: Tools, at: At, path: string): Promise<KeptBytes> {
    const digest = await hashes.hashFile(path);
    const { sha256, sm3, chunkRoot } = digest;
    const chunkDigests = Buffer.from(digest.chunkDigests).toString('base64');
    const note = noteOf(at);
    const text = JSON.stringify({ sha256, sm3, size: String(digest.size), chunkRoot, chunkDigests });
    await writeDurable(note, `${note}.tmp`, Buffer.from(text), 0o600);
    const { key } = await store.put({ orgId: at.orgId, path, digest });
    return { digest, key };
}

const kept = z.object({
    sha256: z.string(),
    sm3: z.string(),
    size: z.string().transform(BigInt),
    chunkRoot: z.string(),
    chunkDigests: z.string().transform((text): Uint8Array => Buffer.from(text, 'base64')),
});

/** The package, where it was placed before whoever made it ended; undefined where it still has to be. */
export async function keptBefore({ store }: Tools, at: At): Promise<KeptBytes | undefined> {
    let text: string;
    try {
        text = await readFile(noteOf(at), 'utf8');
    } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
    }
    const digest: ContentDigest = kept.parse(JSON.parse(text));
    const key = store.keyOf(at.orgId, digest.sha256);
    return (await store.stat(key)) === undefined ? undefined : { digest, key };
}
