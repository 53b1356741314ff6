import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, IMPORT_ROW_STATES } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';

type Item = ResponseOf<Endpoints['taskImport.list']>['items'][number];
type Detail = ResponseOf<Endpoints['taskImport.get']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

const importsOf = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('task_import as i')
        .innerJoin('person as p', 'p.id', 'i.received_by')
        .select(['i.id', 'i.origin', 'i.source', 'i.file_name as fileName', 'i.row_count as rowCount'])
        .select(['i.received_at as receivedAt', 'i.due_day as dueDay'])
        .select(['p.id as personId', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('i.org_id', '=', orgId);
type Row = Awaited<ReturnType<ReturnType<typeof importsOf>['executeTakeFirstOrThrow']>>;

const itemOf = ({ personId, name, certificateNumber, dueDay: _, ...row }: Row, counts: Item['counts']): Item => ({
    ...row,
    counts,
    receivedBy: { id: personId, name, certificateNumber },
});

export async function listImports(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['taskImport.list']>,
): Promise<ResponseOf<Endpoints['taskImport.list']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    const { total } = await db
        .selectFrom('task_import')
        .where('org_id', '=', orgId)
        .select((count) => count.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
    const all = importsOf(db, orgId);
    const rest =
        after === undefined ? all : all.where(sql<boolean>`(i.received_at, i.id) < (${after[0]}::bigint, ${after[1]}::uuid)`);
    const found = await rest
        .orderBy('i.received_at', 'desc')
        .orderBy('i.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.receivedAt, row.id]);
    const counts = await countsOf(
        db,
        rows.map((row) => row.id),
    );
    return { items: rows.map((row) => itemOf(row, counts(row.id))), next, total };
}

async function countsOf(db: ReadDb, importIds: readonly Id[]): Promise<(id: Id) => Item['counts']> {
    const rows =
        importIds.length === 0
            ? []
            : await db
                  .selectFrom('task_import_row')
                  .where('import_id', 'in', importIds)
                  .groupBy(['import_id', 'state'])
                  .select((of) => ['import_id', 'state', of.fn.countAll<number>().as('count')])
                  .execute();
    return (id) => {
        const counts = Object.fromEntries(IMPORT_ROW_STATES.map((state) => [state, 0])) as Item['counts'];
        for (const row of rows) if (row.import_id === id) counts[row.state] = row.count;
        return counts;
    };
}

/** One list with all its rows: at most so many as one list may have. */
export async function getImport(db: ReadDb, orgId: Id, id: Id): Promise<Detail> {
    const row = await importsOf(db, orgId).where('i.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('task.listNotFound');
    const rows = await db
        .selectFrom('task_import_row as r')
        .leftJoin('party as y', 'y.id', 'r.party_id')
        .leftJoin('task as t', 't.id', 'r.task_id')
        .select(['r.id', 'r.place', 'r.given', 'r.state', 'r.faults', 'r.due_day as dueDay', 'r.skip_reason as skipReason'])
        .select(['y.id as partyId', 'y.name as partyName', 't.id as taskId', 't.number', 't.due_day as taskDueDay'])
        .where('r.import_id', '=', id)
        .orderBy('r.place')
        .execute();
    return {
        ...itemOf(row, (await countsOf(db, [id]))(id)),
        dueDay: row.dueDay,
        rows: rows.map(({ partyId, partyName, taskId, number, taskDueDay, given, ...each }) => ({
            ...each,
            given: given as Detail['rows'][number]['given'],
            party: partyId === null || partyName === null ? null : { id: partyId, name: partyName },
            task: taskId === null || number === null || taskDueDay === null ? null : { id: taskId, number, dueDay: taskDueDay },
        })),
    };
}
