import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, toHex } from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';

type Item = ResponseOf<Endpoints['party.getImport']>;
type Rows = ResponseOf<Endpoints['party.importRows']>;

const selectImports = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('party_import as i')
        .innerJoin('person as m', 'm.id', 'i.made_by')
        .leftJoin('person as c', 'c.id', 'i.confirmed_by')
        .selectAll('i')
        .select(['m.name as makerName', 'm.certificate_number as makerNumber'])
        .select(['c.name as confirmerName', 'c.certificate_number as confirmerNumber'])
        .where('i.org_id', '=', orgId);

type ImportRow = Awaited<ReturnType<ReturnType<typeof selectImports>['executeTakeFirstOrThrow']>>;

/** How the file was read, kept as text with the import. */
export type ReadAs = Pick<Item, 'encoding' | 'delimiter' | 'sheet' | 'otherSheets' | 'ignored'>;

const itemOf = (row: ImportRow): Item => ({
    id: row.id,
    version: row.version,
    about: row.about === 'grades' ? 'grades' : 'parties',
    source: row.source,
    reason: row.reason,
    fileName: row.file_name,
    sha256: toHex(row.sha256),
    format: row.format as Item['format'],
    ...(JSON.parse(row.read_as) as ReadAs),
    state: row.state as Item['state'],
    rows: row.row_count,
    planned: { create: row.to_create, change: row.to_change, leave: row.to_leave, refuse: row.to_refuse },
    done: { created: row.created, changed: row.changed, left: row.left_alone, refused: row.refused },
    madeBy: { id: row.made_by, name: row.makerName, certificateNumber: row.makerNumber },
    madeAt: row.made_at,
    confirmedBy:
        row.confirmed_by === null || row.confirmerName === null
            ? null
            : { id: row.confirmed_by, name: row.confirmerName, certificateNumber: row.confirmerNumber },
    confirmedAt: row.confirmed_at,
    finishedAt: row.finished_at,
});

export async function getImport(db: ReadDb, orgId: Id, id: Id): Promise<Item> {
    const row = await selectImports(db, orgId).where('i.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('party.importNotFound');
    return itemOf(row);
}

const cursorShape = z.tuple([z.int(), z.uuid()]);

export async function listImports(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['party.imports']>,
): Promise<ResponseOf<Endpoints['party.imports']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    const { state } = query;
    let counted = db.selectFrom('party_import').where('org_id', '=', orgId);
    let found = selectImports(db, orgId);
    if (state !== undefined) [counted, found] = [counted.where('state', '=', state), found.where('i.state', '=', state)];
    const { total } = await counted.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    if (after !== undefined)
        found = found.where((any) => any(any.refTuple('i.made_at', 'i.id'), '<', any.tuple(after[0] as number, after[1] as Id)));
    const listed = await found
        .orderBy('i.made_at', 'desc')
        .orderBy('i.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(listed, query.limit, (row) => [row.made_at, row.id]);
    return { items: rows.map(itemOf), next, total };
}

const lineShape = z.tuple([z.int()]);

/** Rows in the order of the file. */
export async function listImportRows(
    db: ReadDb,
    orgId: Id,
    { importId, plan, outcome, cursor, limit }: QueryOf<Endpoints['party.importRows']>,
): Promise<Rows> {
    const after = cursorKeys(lineShape, cursor);
    await getImport(db, orgId, importId);
    let filtered = db.selectFrom('party_import_row').where('import_id', '=', importId);
    if (plan !== undefined) filtered = filtered.where('plan', '=', plan);
    if (outcome !== undefined) filtered = filtered.where('outcome', '=', outcome);
    const { total } = await filtered.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    if (after !== undefined) filtered = filtered.where('line', '>', after[0] as number);
    const found = await filtered
        .select(['line', 'name', 'plan', 'changes', 'reasons', 'outcome', 'party_id as partyId'])
        .orderBy('line')
        .limit(limit + 1)
        .execute();
    const { rows, next } = pageOf(found, limit, (row) => [row.line]);
    return { items: rows as Rows['items'], next, total };
}
