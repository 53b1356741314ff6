import {
    consistencyProof,
    DomainError,
    formatAddCheckpoint,
    formatTlogProof,
    type HeadHash,
    type Id,
    inclusionProof,
    merkleLeaf,
    parseCheckpoint,
    parseNote,
    sameBytes,
    verifyInclusion,
} from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { lastCheckpoint } from './checkpoint.queries.ts';
import { treeNodes } from './tree.queries.ts';
import { cosignaturesOf, withCosignatures } from './witness.queries.ts';

/** Which entry is to be proven: of which head's tree, and by the checkpoint of `size` entries or the newest. */
export type AskedProof = { readonly index: bigint; readonly head: HeadHash; readonly size?: bigint | undefined };

/** A proof as it is handed out, and what it rests on. */
export type EntryProof = {
    /** C2SP tlog-proof, byte by byte. */
    readonly bytes: Uint8Array;
    /** Name of the log that the checkpoint in it is of. */
    readonly origin: string;
    /** Entries under that checkpoint. */
    readonly size: bigint;
};

/** A published checkpoint with every signature it has by now. */
export type PublishedNote = { readonly size: bigint; readonly note: Uint8Array };

/**
 * The checkpoint of `size` entries, or the newest; undefined where nothing is published yet. Throws `ledger.checkpointNotFound` for a
 * size of which none was published.
 */
export async function publishedNote(
    db: ReadDb,
    orgId: Id,
    head: HeadHash,
    size: bigint | undefined,
): Promise<PublishedNote | undefined> {
    if (size === undefined) {
        const last = await lastCheckpoint(db, orgId, head);
        return last === undefined ? undefined : cosigned(db, orgId, head, last);
    }
    const row = await db
        .selectFrom('ledger.checkpoint')
        .select('note')
        .where('org_id', '=', orgId)
        .where('hash', '=', head)
        .where('size', '=', Number(size))
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('ledger.checkpointNotFound', { size: String(size) });
    return cosigned(db, orgId, head, { size, note: row.note });
}

/** The note with what witnesses have signed of it by now. */
async function cosigned(db: ReadDb, orgId: Id, head: HeadHash, { size, note }: PublishedNote): Promise<PublishedNote> {
    return { size, note: withCosignatures(note, await cosignaturesOf(db, orgId, head, [Number(size)])) };
}

/**
 * Proves that an entry is in the log, for whoever has the entry and a policy with the log's keys. Throws `ledger.notFound` where there is
 * no such entry, `ledger.notSignedYet` where no checkpoint reaches it, `ledger.entryDamaged` where the entry is not any more what was signed,
 * and like `publishedNote`.
 */
export async function proofOf(db: ReadDb, orgId: Id, { index, head, size: asked }: AskedProof): Promise<EntryProof> {
    const entry = await db
        .selectFrom('ledger.entry')
        .select(['entry', 'leaf'])
        .where('org_id', '=', orgId)
        .where('idx', '=', Number(index))
        .executeTakeFirst();
    if (entry === undefined) throw new DomainError('ledger.notFound');
    const published = await publishedNote(db, orgId, head, asked);
    const size = published?.size ?? 0n;
    if (published === undefined || index >= size)
        throw new DomainError('ledger.notSignedYet', { index: String(index), size: String(size) });
    const hash = nodeDigest[head];
    const damaged = () => new DomainError('ledger.entryDamaged', { index: String(index) });
    const proof = await inclusionProof(hash, index, size, treeNodes(db, orgId, head)).catch((error: unknown) => {
        throw error instanceof DomainError && error.code === 'merkle.nodeMissing' ? damaged() : error;
    });
    // What is handed out is verified first: a proof that fails elsewhere would only make whoever holds it doubt everything.
    const leaf = merkleLeaf(hash, entry.entry);
    const { root } = parseCheckpoint(parseNote(published.note).text);
    const isStored = head !== 'sha256' || sameBytes(leaf, entry.leaf);
    if (!isStored || !verifyInclusion(hash, { index, size, leaf, proof, root })) throw damaged();
    return { bytes: formatTlogProof({ index, proof, checkpoint: published.note }), origin: originIn(published), size };
}

/** Between which checkpoints of which head it is to be proven that the log only grew. */
export type AskedConsistency = { readonly head: HeadHash; readonly from: bigint; readonly to: bigint };

/**
 * Proves to whoever kept the checkpoint of `from` entries that the log of the one of `to` entries begins with the same. Throws
 * `ledger.checkpointOrder` where `from` is larger, `ledger.checkpointNotFound` where there is no such checkpoint, and
 * `ledger.checkpointOtherName` where the log went on under another name between the two.
 */
export async function growthOf(db: ReadDb, orgId: Id, { head, from, to }: AskedConsistency): Promise<Uint8Array> {
    if (from > to) throw new DomainError('ledger.checkpointOrder', { from: String(from), to: String(to) });
    const [older, newer] = [await publishedNote(db, orgId, head, from), await publishedNote(db, orgId, head, to)];
    if (older === undefined || newer === undefined) throw new DomainError('ledger.checkpointNotFound', { size: String(from) });
    const [before, after] = [originIn(older), originIn(newer)];
    if (before !== after) throw new DomainError('ledger.checkpointOtherName', { from: before, to: after });
    const proof = await consistencyProof(nodeDigest[head], from, to, treeNodes(db, orgId, head));
    return formatAddCheckpoint({ oldSize: from, proof, checkpoint: newer.note });
}

const originIn = ({ note }: PublishedNote): string => parseCheckpoint(parseNote(note).text).origin;
