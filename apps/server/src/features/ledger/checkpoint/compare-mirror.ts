import {
    BUNDLE_WIDTH,
    createCompactRange,
    type Id,
    merkleLeaf,
    type PolicyWitness,
    parseNote,
    sameBytes,
    signedByLog,
    verifyNote,
} from '@liuhen/domain';
import { nodeDigest } from '../../../platform/digest.ts';
import type { Services } from '../../../platform/services.ts';
import { verifyNoteKey } from '../../../platform/verify-note-key.ts';
import { unlessRefused } from '../read-entry.ts';
import { entriesFrom } from './checkpoint.queries.ts';
import { fetchBundle, fetchMirrored } from './mirror-client.ts';
import { type ClaimTools, keysOfLog } from './witness-claim.ts';

/** Where entries are kept besides the database. */
export type MirrorSource = {
    /** The checkpoint up to which it has every entry; undefined where there is none, or none that it answers for. */
    checkpoint(origin: string): Promise<Uint8Array | undefined>;
    /** The entries of one bundle of `width`; undefined where it has not so many. */
    bundle(origin: string, of: { index: bigint; width: number }): Promise<Uint8Array[] | undefined>;
};

/** A mirror answers for what it hands out with a signature of its own. */
export const mirrorSource = (mirror: PolicyWitness): MirrorSource => ({
    async checkpoint(origin) {
        const note = await fetchMirrored(mirror, origin);
        return note !== undefined && (await isCosigned(note, mirror)) ? note : undefined;
    },
    bundle: (origin, of) => fetchBundle(mirror, origin, of),
});

/** An entry that the database has otherwise than the mirror. */
export type MirrorDifference = { readonly index: bigint; readonly what: 'missing' | 'changed' };
export type MirrorComparison =
    /** The mirror does not answer, or has nothing of this log that both signed. */
    | { readonly kind: 'nothing' }
    /** What the mirror hands out does not lead to what it and the log signed: its own copy is damaged, and proves nothing. */
    | { readonly kind: 'mirrorDamaged'; readonly size: bigint }
    /** The mirror has exactly what was signed; `differences` are the first of `count`, with the entries as they were. */
    | {
          readonly kind: 'compared';
          readonly size: bigint;
          readonly count: number;
          readonly differences: readonly MirrorDifference[];
      };

const MOST_NAMED = 100;

/**
 * Compares the entries of a log in the database with those that a mirror keeps. The mirror is not believed: what it hands out must have the
 * root that the log signed, and then it is what was signed, so that whatever differs was changed or lost here.
 */
export async function compareWithMirror(
    tools: ClaimTools & Pick<Services, 'db'>,
    source: MirrorSource,
    { orgId, origin }: { orgId: Id; origin: string },
): Promise<MirrorComparison> {
    const note = await source.checkpoint(origin);
    const keys = await keysOfLog(tools, { orgId, head: 'sha256', origin });
    const shown = note === undefined ? undefined : await signedByLog(note, { origin, keys }, verifyNoteKey);
    if (note === undefined || shown === undefined) return { kind: 'nothing' };
    const differences: MirrorDifference[] = [];
    let count = 0;
    const range = createCompactRange(nodeDigest.sha256);
    for (let from = 0n; from < shown.size; from += BUNDLE_WIDTH) {
        const width = Math.min(Number(shown.size - from), Number(BUNDLE_WIDTH));
        const theirs = await source.bundle(origin, { index: from / BUNDLE_WIDTH, width });
        if (theirs === undefined) return { kind: 'mirrorDamaged', size: shown.size };
        const rows = await tools.db.read({ readOrgs: [orgId] }, (db) => entriesFrom(db, orgId, from, width));
        const ours = new Map(rows.map(({ idx, entry }) => [BigInt(idx), entry]));
        for (const [at, entry] of theirs.entries()) {
            range.append(merkleLeaf(nodeDigest.sha256, entry));
            const index = from + BigInt(at);
            const own = ours.get(index);
            if (own !== undefined && sameBytes(own, entry)) continue;
            count += 1;
            if (differences.length < MOST_NAMED) differences.push({ index, what: own === undefined ? 'missing' : 'changed' });
        }
    }
    if (!sameBytes(range.root(), shown.root)) return { kind: 'mirrorDamaged', size: shown.size };
    return { kind: 'compared', size: shown.size, count, differences };
}

async function isCosigned(note: Uint8Array, { key }: PolicyWitness): Promise<boolean> {
    const read = unlessRefused(() => parseNote(note));
    if (read === undefined) return false;
    return verifyNote(read, [key], verifyNoteKey).then(
        () => true,
        () => false,
    );
}
