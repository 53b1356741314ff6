import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    type Checkpoint,
    createCompactRange,
    DomainError,
    fromHex,
    type HeadHash,
    type Id,
    merkleEmptyRoot,
    parseNote,
    peaksOf,
    readSheet,
    sameBytes,
    toHex,
    utf8Bytes,
    verifyNote,
} from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { verifyEd25519 } from '../../../platform/signer.ts';
import { verifySm2 } from '../../../platform/sm2-verify.ts';
import { logSize } from '../checkpoint/checkpoint.queries.ts';
import { policyOf } from '../checkpoint/policy.queries.ts';
import { treeNodes } from '../checkpoint/tree.queries.ts';

type Answer = ResponseOf<Endpoints['ledger.compareSheet']>;
type TreeNow = NonNullable<Answer['note']>['tree'];

/**
 * Whether this log had the root of a sheet, at what size, and whether its entries still have it. Throws `ledger.sheetUnreadable` for a
 * text that is no checkpoint.
 */
export async function compareSheet(db: ReadDb, orgId: Id, asked: QueryOf<Endpoints['ledger.compareSheet']>): Promise<Answer> {
    if (asked.root !== undefined) return { found: await published(db, orgId, fromHex(asked.root)), note: null };
    const read = readSheet(asked.note ?? '');
    if (read.kind !== 'note') throw new DomainError('ledger.sheetUnreadable');
    return {
        found: await published(db, orgId, read.checkpoint.root),
        note: await said(db, orgId, read.note, read.checkpoint),
    };
}

async function published(db: ReadDb, orgId: Id, root: Uint8Array): Promise<Answer['found']> {
    const rows = await db
        .selectFrom('ledger.checkpoint')
        .select(['hash', 'size', 'at'])
        .where('org_id', '=', orgId)
        .where('root', '=', Buffer.from(root))
        .orderBy('size')
        .execute();
    const found: Answer['found'] = [];
    for (const { hash: head, size, at } of rows)
        found.push({ head, size: String(size), root: toHex(root), at, tree: await treeNow(db, orgId, head, BigInt(size), root) });
    return found;
}

async function said(db: ReadDb, orgId: Id, note: string, { origin, size, root }: Checkpoint): Promise<Answer['note']> {
    const keys = (await policyOf(db, [orgId], { witnesses: [], groups: [], quorum: undefined })).logs
        .map(({ key }) => key)
        .filter((key) => key.name === origin);
    const head: HeadHash = keys[0]?.algorithm === 'sm2' ? 'sm3' : 'sha256';
    const signed = await verifyNote(parseNote(utf8Bytes(note)), keys, (algorithm, key, message, signature) =>
        algorithm === 'sm2' ? verifySm2(key, message, signature) : verifyEd25519(key, message, signature),
    ).then(
        () => true,
        (error: unknown) => {
            if (error instanceof DomainError) return false;
            throw error;
        },
    );
    const own = keys.length > 0;
    const tree = own ? await treeNow(db, orgId, head, size, root) : 'different';
    return { origin, size: String(size), root: toHex(root), own, signed, tree };
}

/** The root of the first `size` entries is worked out from the entries, not taken from what is written beside them. */
async function treeNow(db: ReadDb, orgId: Id, head: HeadHash, size: bigint, root: Uint8Array): Promise<TreeNow> {
    if (size > (await logSize(db, orgId))) return 'shorter';
    const hash = nodeDigest[head];
    try {
        const peaks = await peaksOf(size, treeNodes(db, orgId, head));
        const now = size === 0n ? merkleEmptyRoot(hash) : createCompactRange(hash, { from: { size, peaks } }).root();
        return sameBytes(now, root) ? 'same' : 'different';
    } catch (error) {
        if (error instanceof DomainError && error.code === 'merkle.nodeMissing') return 'different';
        throw error;
    }
}
