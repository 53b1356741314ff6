import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, failedItems, type Id, isByOther, NAMED_ROOM_KINDS, type StatedFigure } from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { likePattern } from '../../platform/search-text.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';

type Detail = ResponseOf<Endpoints['device.get']>;
type Check = Detail['checks'][number];
type Room = ResponseOf<Endpoints['device.rooms']>['items'][number];
type Model = ResponseOf<Endpoints['device.model']>;

const byName = z.tuple([z.string(), z.uuid()]);
/** What a list of this kind is looked through by. */
const MOST_CHECKS = 20;

const checks = (db: ReadDb) =>
    db
        .selectFrom('device_check as c')
        .innerJoin('person as p', 'p.id', 'c.person_id')
        .select(['c.id', 'c.device_id', 'c.place', 'c.checked_at', 'c.noted_at', 'c.battery_percent', 'c.holder_id', 'c.note'])
        .select(['c.no_fault', 'c.time_right', 'c.battery_enough', 'c.space_enough'])
        .select(['p.id as person_id', 'p.name', 'p.certificate_number']);
type CheckRow = Awaited<ReturnType<ReturnType<typeof checks>['executeTakeFirstOrThrow']>>;

const checkOf = (row: CheckRow): Check => ({
    id: row.id,
    person: { id: row.person_id, name: row.name, certificateNumber: row.certificate_number },
    place: row.place,
    checkedAt: row.checked_at,
    notedAt: row.noted_at,
    failed: failedItems({
        noFault: row.no_fault,
        timeRight: row.time_right,
        batteryEnough: row.battery_enough,
        spaceEnough: row.space_enough,
    }),
    batteryPercent: row.battery_percent,
    byOther: isByOther({ personId: row.person_id, holderId: row.holder_id, place: row.place }),
    note: row.note,
});

export async function checksOfDevice(db: ReadDb, deviceId: Id): Promise<Check[]> {
    const rows = await checks(db)
        .where('c.device_id', '=', deviceId)
        .orderBy('c.checked_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(MOST_CHECKS)
        .execute();
    return rows.map(checkOf);
}

export async function stepsOfDevice(db: ReadDb, deviceId: Id): Promise<Omit<Detail['steps'][number], 'handIn'>[]> {
    const rows = await db
        .selectFrom('device_step as s')
        .innerJoin('person as p', 'p.id', 's.taken_by')
        .select(['s.id', 's.step', 's.taken_at as at', 's.note', 'p.id as person_id', 'p.name', 'p.certificate_number'])
        .where('s.device_id', '=', deviceId)
        .orderBy('s.taken_at', 'desc')
        .orderBy('s.id', 'desc')
        .execute();
    return rows.map(({ person_id, name, certificate_number, ...row }) => ({
        ...row,
        by: { id: person_id, name, certificateNumber: certificate_number },
    }));
}

export async function roomOf(db: ReadDb, deviceId: Id): Promise<Detail['inRoom']> {
    const row = await db
        .selectFrom('room_camera as c')
        .innerJoin('recording_room as r', 'r.id', 'c.room_id')
        .select(['r.id', 'r.name'])
        .where('c.device_id', '=', deviceId)
        .where('c.until_at', 'is', null)
        .executeTakeFirst();
    return row ?? null;
}

export async function modelIdOf(db: ReadDb, orgId: Id, name: string | null): Promise<Id | null> {
    if (name === null) return null;
    const row = await db
        .selectFrom('device_model')
        .select('id')
        .where('org_id', '=', orgId)
        .where('name', '=', name)
        .executeTakeFirst();
    return row?.id ?? null;
}

/** What somebody has in hand, with the last check of each: a day with recorders begins here (附件1 第7条). */
export async function myDevices(db: ReadDb, orgId: Id, personId: Id, now: number): Promise<ResponseOf<Endpoints['device.mine']>> {
    const held = await db
        .selectFrom('device_issue as i')
        .innerJoin('device as d', 'd.id', 'i.device_id')
        .select(['d.id', 'd.number', 'd.kind', 'd.state', 'i.issued_at as since', 'i.basis', 'i.due_back_at as dueBackAt'])
        .where('i.person_id', '=', personId)
        .where('i.returned_at', 'is', null)
        .orderBy('d.kind', 'desc')
        .orderBy('d.number')
        .execute();
    const items = [];
    for (const { basis, ...row } of held)
        items.push({ ...row, basis: basis ?? ('personal' as const), lastCheck: (await checksOfDevice(db, row.id))[0] ?? null });
    return {
        items,
        batteryEnoughPercent: Number((await parameterAt(db, orgId, 'device.batteryEnoughPercent', now)).value),
        spaceEnoughHours: Number((await parameterAt(db, orgId, 'device.spaceEnoughHours', now)).value),
    };
}

/** Rooms by name, with the cameras that look into them now; and the kinds the notice names of which there is none. */
export async function listRooms(
    db: ReadDb,
    orgId: Id,
    { q, kind, closed, cursor, limit }: QueryOf<Endpoints['device.rooms']>,
): Promise<ResponseOf<Endpoints['device.rooms']>> {
    let filtered = db.selectFrom('recording_room as r').where('r.org_id', '=', orgId);
    const pattern = likePattern(q ?? '');
    if (pattern !== undefined)
        filtered = filtered.where((of) => of.or([of('r.name', 'ilike', pattern), of('r.place', 'ilike', pattern)]));
    if (kind !== undefined) filtered = filtered.where('r.kind', '=', kind);
    if (closed !== 'yes') filtered = filtered.where('r.closed_at', 'is', null);
    const { total } = await filtered.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const after = cursorKeys(byName, cursor);
    if (after !== undefined)
        filtered = filtered.where((of) => of(of.refTuple('r.name', 'r.id'), '>', of.tuple(after[0], after[1])));
    const found = await filtered
        .selectAll()
        .orderBy('r.name')
        .orderBy('r.id')
        .limit(limit + 1)
        .execute();
    const { rows, next } = pageOf(found, limit, (row) => [row.name, row.id]);
    const cameras = await camerasOf(
        db,
        rows.map((row) => row.id),
    );
    const kinds = await db
        .selectFrom('recording_room')
        .select('kind')
        .distinct()
        .where('org_id', '=', orgId)
        .where('closed_at', 'is', null)
        .execute();
    return {
        items: rows.map((row) =>
            roomItem(
                row,
                cameras.filter((each) => each.roomId === row.id && each.until === null),
            ),
        ),
        next,
        total,
        missing: NAMED_ROOM_KINDS.filter((each) => !kinds.some((known) => known.kind === each)),
    };
}

type RoomRow = { id: Id; kind: Room['kind']; name: string; place: string | null; closed_at: number | null; version: number };
type Camera = Awaited<ReturnType<typeof camerasOf>>[number];

const refOf = ({ deviceId: id, number, kind, state }: Camera) => ({ id, number, kind, state });

const roomItem = ({ id, kind, name, place, closed_at, version }: RoomRow, now: readonly Camera[]): Room => ({
    id,
    kind,
    name,
    place,
    closedAt: closed_at,
    version,
    cameras: now.map(refOf),
    lastRecordingAt: now.reduce<number | null>(
        (last, { lastAt }) => (lastAt === null ? last : Math.max(last ?? 0, lastAt)),
        null,
    ),
});

async function camerasOf(db: ReadDb, rooms: readonly Id[]) {
    if (rooms.length === 0) return [];
    return db
        .selectFrom('room_camera as c')
        .innerJoin('device as d', 'd.id', 'c.device_id')
        .select(['c.id', 'c.room_id as roomId', 'c.from_at as from', 'c.until_at as until', 'c.view'])
        .select(['d.id as deviceId', 'd.number', 'd.kind', 'd.state'])
        .select((of) => [
            of
                .selectFrom('recording as r')
                .select((own) => own.fn.max<number | null>(own.fn.coalesce('r.true_end', 'r.device_end')).as('last'))
                .whereRef('r.device_id', '=', 'd.id')
                .where('r.role', '=', 'original')
                .as('lastAt'),
            of
                .selectFrom('recording as r')
                .select((own) => own.fn.countAll<number>().as('count'))
                .whereRef('r.device_id', '=', 'd.id')
                .where('r.role', '=', 'original')
                .whereRef('r.device_start', '>=', 'c.from_at')
                .where((own) => own.or([own('c.until_at', 'is', null), own('r.device_start', '<', own.ref('c.until_at'))]))
                .as('recordings'),
        ])
        .where('c.room_id', 'in', rooms)
        .orderBy('c.from_at', 'desc')
        .orderBy('c.id')
        .execute();
}

export async function getRoom(db: ReadDb, orgId: Id, id: Id): Promise<ResponseOf<Endpoints['device.room']>> {
    const row = await db
        .selectFrom('recording_room')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('room.notFound');
    const cameras = await camerasOf(db, [id]);
    return {
        ...roomItem(
            row,
            cameras.filter((each) => each.until === null),
        ),
        bindings: cameras.map((each) => ({
            id: each.id,
            device: refOf(each),
            view: each.view,
            from: each.from,
            until: each.until,
        })),
        recordingCount: cameras.reduce((sum, each) => sum + (each.recordings ?? 0), 0),
    };
}

/** Models by name; and names that stand at devices and are of no registered model. */
export async function listModels(
    db: ReadDb,
    orgId: Id,
    { q, kind, cursor, limit }: QueryOf<Endpoints['device.models']>,
): Promise<ResponseOf<Endpoints['device.models']>> {
    let filtered = db.selectFrom('device_model as m').where('m.org_id', '=', orgId);
    const pattern = likePattern(q ?? '');
    if (pattern !== undefined)
        filtered = filtered.where((of) => of.or([of('m.name', 'ilike', pattern), of('m.maker', 'ilike', pattern)]));
    if (kind !== undefined) filtered = filtered.where('m.kind', '=', kind);
    const { total } = await filtered.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const after = cursorKeys(byName, cursor);
    if (after !== undefined)
        filtered = filtered.where((of) => of(of.refTuple('m.name', 'm.id'), '>', of.tuple(after[0], after[1])));
    const found = await filtered
        .selectAll()
        .orderBy('m.name')
        .orderBy('m.id')
        .limit(limit + 1)
        .execute();
    const { rows, next } = pageOf(found, limit, (row) => [row.name, row.id]);
    const used = await db
        .selectFrom('device as d')
        .leftJoin('device_model as m', (on) => on.onRef('m.name', '=', 'd.model').onRef('m.org_id', '=', 'd.org_id'))
        .select((of) => ['d.model as name', 'm.id as modelId', of.fn.countAll<number>().as('devices')])
        .where('d.org_id', '=', orgId)
        .where('d.model', 'is not', null)
        .groupBy(['d.model', 'm.id'])
        .orderBy('d.model')
        .execute();
    return {
        items: rows.map((row) => modelOf(row, used.find((each) => each.modelId === row.id)?.devices ?? 0)),
        next,
        total,
        unregistered: used.flatMap(({ name, modelId, devices }) =>
            modelId !== null || name === null ? [] : [{ name, devices }],
        ),
    };
}

type ModelRow = { id: Id; kind: Model['kind']; name: string; maker: string | null; figures: unknown; version: number };

const modelOf = ({ id, kind, name, maker, figures, version }: ModelRow, devices: number): Model => ({
    id,
    kind,
    name,
    maker,
    devices,
    version,
    figures: [...(figures as readonly StatedFigure[])],
});

export async function getModel(db: ReadDb, orgId: Id, id: Id): Promise<Model> {
    const row = await db
        .selectFrom('device_model')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('device.modelNotFound');
    const { devices } = await db
        .selectFrom('device')
        .select((of) => of.fn.countAll<number>().as('devices'))
        .where('org_id', '=', orgId)
        .where('model', '=', row.name)
        .executeTakeFirstOrThrow();
    return modelOf(row, devices);
}
