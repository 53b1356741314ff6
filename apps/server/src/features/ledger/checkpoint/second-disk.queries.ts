import type { HeadHash, Id } from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { cosignaturesOf, withCosignatures } from './witness.queries.ts';

/** How far a log was on the second disk when it was written last, and what was said then. */
export async function diskStanding(db: ReadDb, orgId: Id) {
    const row = await db
        .selectFrom('second_disk')
        .select(['origin', 'size', 'at', 'code', 'params', 'since'])
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    return {
        origin: row?.origin ?? null,
        size: BigInt(row?.size ?? 0),
        at: row?.at ?? null,
        trouble:
            row === undefined || row.code === null
                ? null
                : { code: row.code, params: JSON.parse(row.params ?? '{}') as Record<string, string>, since: row.since ?? 0 },
    };
}

/** Checkpoints of more than `held` entries, of both heads, with what witnesses signed of them. */
export async function notesBetween(db: ReadDb, orgId: Id, held: bigint, size: bigint) {
    const rows = await db
        .selectFrom('ledger.checkpoint')
        .select(['hash', 'size', 'at', 'note'])
        .where('org_id', '=', orgId)
        .where('size', '>', Number(held))
        .where('size', '<=', Number(size))
        .orderBy('size')
        .orderBy('hash')
        .execute();
    const sizesOf = (head: HeadHash) => rows.filter(({ hash }) => hash === head).map((each) => each.size);
    const cosigned = {
        sha256: await cosignaturesOf(db, orgId, 'sha256', sizesOf('sha256')),
        sm3: await cosignaturesOf(db, orgId, 'sm3', sizesOf('sm3')),
    };
    return rows.map((row) => ({
        ...row,
        note: withCosignatures(
            row.note,
            cosigned[row.hash].filter((each) => each.size === row.size),
        ),
    }));
}

export async function rootAt(db: ReadDb, orgId: Id, size: bigint): Promise<Uint8Array | undefined> {
    const row = await db
        .selectFrom('ledger.checkpoint')
        .select('root')
        .where('org_id', '=', orgId)
        .where('hash', '=', 'sha256')
        .where('size', '=', Number(size))
        .executeTakeFirst();
    return row?.root;
}

export const bodiesFrom = (db: ReadDb, orgId: Id, from: bigint, to: bigint) =>
    db
        .selectFrom('ledger.body')
        .select(['idx', 'salt', 'body'])
        .where('org_id', '=', orgId)
        .where('idx', '>=', Number(from))
        .where('idx', '<', Number(to))
        .orderBy('idx')
        .execute();

/** Every time-stamp with the checkpoint it is about: one or two a day. */
export const stampsOf = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('ledger.time_stamp as s')
        .innerJoin('ledger.checkpoint as c', (on) =>
            on.onRef('c.org_id', '=', 's.org_id').onRef('c.hash', '=', 's.hash').onRef('c.size', '=', 's.size'),
        )
        .select(['s.hash', 's.size', 's.token', 'c.note'])
        .where('s.org_id', '=', orgId)
        .orderBy('s.size')
        .execute();
