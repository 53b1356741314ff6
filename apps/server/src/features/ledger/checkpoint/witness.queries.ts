import { formatNote, type HeadHash, type Id, type NoteSignature, nameCount, parseNote, parseVerifierKey } from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { unlessRefused } from '../read-entry.ts';

/** What witnesses said of a checkpoint; `time` in seconds since 1970, as they say. */
export type StoredCosignature = {
    readonly size: number;
    readonly verifier: string;
    readonly time: number;
    readonly signature: Uint8Array;
};

/** The cosignatures of checkpoints of these sizes. */
export const cosignaturesOf = (db: ReadDb, orgId: Id, head: HeadHash, sizes: readonly number[]): Promise<StoredCosignature[]> =>
    sizes.length === 0
        ? Promise.resolve([])
        : db
              .selectFrom('ledger.cosignature')
              .select(['size', 'verifier', 'time', 'signature'])
              .where('org_id', '=', orgId)
              .where('hash', '=', head)
              .where('size', 'in', sizes)
              .orderBy('size')
              .orderBy('verifier')
              .execute();

/** A cosignature as a line of a note. */
function asNoteSignature({ verifier, signature }: Pick<StoredCosignature, 'verifier' | 'signature'>): NoteSignature {
    const { name, keyHash } = parseVerifierKey(nodeDigest.sha256, verifier);
    return { name, keyHash, signature };
}

/** A note with what witnesses signed of it; as it is where somebody tampered with it. */
export function withCosignatures(note: Uint8Array, more: readonly StoredCosignature[]): Uint8Array {
    if (more.length === 0) return note;
    const read = unlessRefused(() => parseNote(note));
    if (read === undefined) return note;
    return formatNote({ text: read.text, signatures: [...read.signatures, ...more.map(asNoteSignature)] });
}

/** The largest checkpoint that a witness cosigned of a log under this name, of those that arrived here. */
export const lastCosigned = (db: ReadDb, orgId: Id, head: HeadHash, verifier: string) =>
    db
        .selectFrom('ledger.cosignature')
        .select(['size', 'time', 'origin'])
        .where('org_id', '=', orgId)
        .where('hash', '=', head)
        .where('verifier', '=', verifier)
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();

/** Under which name a log is signed now; undefined before it has a key. */
export async function currentOrigin(db: ReadDb, orgId: Id, head: HeadHash): Promise<string | undefined> {
    const rows = await db
        .selectFrom('ledger.log_key')
        .select('origin')
        .where('org_id', '=', orgId)
        .where('hash', '=', head)
        .execute();
    return rows.sort((a, b) => nameCount(b.origin) - nameCount(a.origin))[0]?.origin;
}

/** Which witnesses do not cosign a log now, and why. */
export const witnessTroubles = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('witness_trouble')
        .select(['hash', 'verifier', 'code', 'params', 'since'])
        .where('org_id', '=', orgId)
        .orderBy('since')
        .execute();

/** Which witnesses had fewer entries of a log than they had cosigned. */
export const witnessLapses = (db: ReadDb, orgId: Id, head: HeadHash) =>
    db
        .selectFrom('witness_lapse')
        .select(['verifier', 'had', 'answered', 'times', 'since', 'at'])
        .where('org_id', '=', orgId)
        .where('hash', '=', head)
        .execute();

/** What is told of a trouble; the checkpoint that proves it stays beside. */
export function shownWithout(params: string): Record<string, string> {
    const { note: _, ...told } = JSON.parse(params) as Record<string, string>;
    return told;
}
