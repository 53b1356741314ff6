import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, type Instant, stepsPossible } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import { checksOfDevice, modelIdOf, roomOf } from './device-life.queries.ts';
import { stepsWithHandIns } from './fault-reports.queries.ts';

type Item = ResponseOf<Endpoints['device.list']>['items'][number];
type Detail = ResponseOf<Endpoints['device.get']>;

const cursorShape = z.tuple([z.string(), z.uuid()]);

/** Each device beside who has it now. */
const devicesOf = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('device as d')
        .leftJoin('device_issue as i', (join) => join.onRef('i.device_id', '=', 'd.id').on('i.returned_at', 'is', null))
        .leftJoin('person as p', 'p.id', 'i.person_id')
        .where('d.org_id', '=', orgId);

const ITEM_COLUMNS = [
    'd.id',
    'd.kind',
    'd.number',
    'd.model',
    'd.serial',
    'd.state',
    'd.room',
    'd.version',
    'p.id as holder_id',
    'p.name as holder_name',
    'p.certificate_number as holder_certificate',
] as const;

const selectItems = (db: ReadDb, orgId: Id) => devicesOf(db, orgId).select(ITEM_COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;

/** One page of devices by number. A holder's name finds the device too. */
export async function listDevices(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['device.list']>,
): Promise<ResponseOf<Endpoints['device.list']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    let filtered = devicesOf(db, orgId);
    for (const word of searchWords(query.q))
        filtered = filtered.where((any) => any.or([containing('d.search_text', word), containing('p.search_text', word)]));
    if (query.kind !== undefined) filtered = filtered.where('d.kind', '=', query.kind);
    if (query.state !== undefined) filtered = filtered.where('d.state', '=', query.state);
    if (query.model !== undefined) filtered = filtered.where('d.model', '=', query.model);
    if (query.holderId !== undefined) filtered = filtered.where('p.id', '=', query.holderId);
    const { total } = await filtered.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();

    const [number, id] = after ?? [];
    const rest = after === undefined ? filtered : filtered.where(sql<boolean>`(d.number, d.id) > (${number}, ${id}::uuid)`);
    const found = await rest
        .select(ITEM_COLUMNS)
        .orderBy('d.number')
        .orderBy('d.id')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.number, row.id]);
    const figures = await recordingsByDevice(
        db,
        rows.map((row) => row.id),
    );
    return { items: rows.map((row) => itemOf(row, figures.get(row.id)?.last ?? null)), next, total };
}

const itemOf = ({ holder_id, holder_name, holder_certificate, ...row }: Row, lastRecordingAt: Instant | null): Item => ({
    ...row,
    holder: holder_id === null || holder_name === null ? null : personRef(holder_id, holder_name, holder_certificate),
    lastRecordingAt,
});

const personRef = (id: Id, name: string, certificateNumber: string | null) => ({ id, name, certificateNumber });

/** How much each device recorded, and when last: by its own clock where the file says it, else when the file came in. */
async function recordingsByDevice(
    db: ReadDb,
    devices: readonly Id[],
): Promise<Map<Id, { recordings: number; last: Instant | null }>> {
    if (devices.length === 0) return new Map();
    const rows = await db
        .selectFrom('recording')
        .where('device_id', 'in', devices)
        .where('role', '=', 'original')
        .groupBy('device_id')
        .select((of) => [
            'device_id',
            of.fn.countAll<number>().as('recordings'),
            of.fn.max<number>(of.fn.coalesce('device_end', 'received_at')).as('last'),
        ])
        .execute();
    return new Map(rows.flatMap(({ device_id, ...figures }) => (device_id === null ? [] : [[device_id, figures]])));
}

/** One device with its issue register and what else became of it, newest first; and what whoever asks can do with it. */
export async function getDevice(
    db: ReadDb,
    orgId: Id,
    id: Id,
    reader: { readonly personId: Id; readonly manages: boolean },
): Promise<Detail> {
    const row = await selectItems(db, orgId).where('d.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('device.notFound');
    const figures = (await recordingsByDevice(db, [id])).get(id);
    const item = itemOf(row, figures?.last ?? null);
    const holds = item.holder?.id === reader.personId;
    const facts = { state: item.state, holderName: item.holder?.name ?? null };
    return {
        ...item,
        issues: await issuesOf(db, id),
        recordingCount: figures?.recordings ?? 0,
        steps: await stepsWithHandIns(db, orgId, item),
        checks: await checksOfDevice(db, id),
        possible: stepsPossible(facts, { holds, manages: reader.manages }),
        holds,
        inRoom: await roomOf(db, id),
        modelId: await modelIdOf(db, orgId, item.model),
    };
}

async function issuesOf(db: ReadDb, deviceId: Id): Promise<Detail['issues']> {
    const rows = await db
        .selectFrom('device_issue as i')
        .innerJoin('person as p', 'p.id', 'i.person_id')
        .leftJoin('device as o', 'o.id', 'i.for_device_id')
        .select(['i.id', 'i.issued_at', 'i.returned_at', 'i.note', 'i.return_note', 'i.basis', 'i.due_back_at'])
        .select(['o.id as instead_id', 'o.number as instead_number'])
        .select(['p.id as person_id', 'p.name', 'p.certificate_number'])
        .where('i.device_id', '=', deviceId)
        .orderBy('i.issued_at', 'desc')
        .orderBy('i.id', 'desc')
        .execute();
    return rows.map((row) => ({
        id: row.id,
        holder: personRef(row.person_id, row.name, row.certificate_number),
        from: row.issued_at,
        until: row.returned_at,
        basis: row.basis ?? 'personal',
        dueBackAt: row.due_back_at,
        instead: row.instead_id === null ? null : { id: row.instead_id, number: row.instead_number ?? '' },
        note: [row.note, row.return_note].filter((note) => note !== null).join('；') || null,
    }));
}
