import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { HEAD_HASHES, type Id, toHex, utf8Text } from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../../platform/page-cursor.ts';
import { alarmOf, lastCheckpoint, logSize } from './checkpoint.queries.ts';

type Query = QueryOf<Endpoints['ledger.checkpoints']>;
type List = ResponseOf<Endpoints['ledger.checkpoints']>;

const cursorShape = z.tuple([z.int(), z.enum(HEAD_HASHES)]);

/** One page of the checkpoints of a log, newest first, and how far the log is signed. */
export async function listCheckpoints(db: ReadDb, orgId: Id, query: Query): Promise<List> {
    const asked = db
        .selectFrom('ledger.checkpoint')
        .where('org_id', '=', orgId)
        .$if(query.head !== undefined, (some) => some.where('hash', '=', query.head ?? 'sha256'))
        .$if(query.from !== undefined, (some) => some.where('at', '>=', query.from ?? 0))
        .$if(query.to !== undefined, (some) => some.where('at', '<', query.to ?? 0));
    const after = cursorKeys(cursorShape, query.cursor);
    const found = await asked
        .$if(after !== undefined, (some) => {
            const [size, hash] = after ?? [0, 'sha256'];
            return some.where((is) => is.or([is('size', '<', size), is.and([is('size', '=', size), is('hash', '>', hash)])]));
        })
        .select(['hash', 'size', 'root', 'at', 'note'])
        .orderBy('size', 'desc')
        .orderBy('hash')
        .limit(query.limit + 1)
        .execute();
    const { total } = await asked.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.size, row.hash]);
    const items = rows.map(({ hash, size, root, at, note }) => ({
        head: hash,
        size: String(size),
        root: toHex(root),
        at,
        // As it is, even where somebody tampered with it.
        note: utf8Text(note) ?? toHex(note),
    }));
    return { items, next, total, standing: await standingOf(db, orgId) };
}

async function standingOf(db: ReadDb, orgId: Id): Promise<List['standing']> {
    const signed = await lastCheckpoint(db, orgId, 'sha256');
    const alarm = await alarmOf(db, orgId);
    return {
        size: String(await logSize(db, orgId)),
        signed: String(signed?.size ?? 0),
        alarm: alarm === undefined ? null : { ...alarm, params: JSON.parse(alarm.params) },
    };
}
