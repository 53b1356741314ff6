import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import type { Id, SecrecySubject } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { seesAct } from '../act/act-visibility.queries.ts';

type Answer = ResponseOf<Endpoints['device.useRecord']>;

const cursorShape = z.tuple([z.int(), z.string()]);

type Row = {
    key: string;
    kind: 'recording' | 'act' | 'issue';
    from_at: number;
    until_at: number | null;
    corrected: boolean;
    person_id: Id;
    device_id: Id | null;
    act_id: Id | null;
    recording_id: Id | null;
};

/**
 * 附件1 第14条: 按照单位名称、执法记录仪编号、监督员信息、使用时间等项目. One line for each time a recorder was in somebody's
 * use: what it recorded; an act of theirs of which nothing is here; and from when to when it was issued to them.
 */
export async function useRecord(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['device.useRecord']>,
    reader: SecrecySubject,
): Promise<Answer> {
    const { limit } = query;
    const uses = db.selectFrom(usesOf(orgId, reader).as('u')).where(filterOf(query));
    const after = cursorKeys(cursorShape, query.cursor);
    const rest = after === undefined ? uses : uses.where(sql<boolean>`(u.from_at, u.key) < (${after[0]}, ${after[1]})`);
    const found = await rest
        .selectAll('u')
        .orderBy('u.from_at', 'desc')
        .orderBy('u.key', 'desc')
        .limit(limit + 1)
        .execute();
    const { total } = await uses.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const { rows, next } = pageOf(found, limit, (row) => [row.from_at, row.key]);
    const names = await namesOf(db, orgId, rows);
    return {
        items: rows.map((row) => ({
            id: row.key,
            kind: row.kind,
            organisation: names.organisation,
            device: names.devices.get(row.device_id ?? '') ?? null,
            officer: names.people.get(row.person_id) ?? { id: row.person_id, name: '', certificateNumber: null },
            from: row.from_at,
            to: row.until_at,
            corrected: row.corrected,
            act: names.acts.get(row.act_id ?? '') ?? null,
            recording: names.recordings.get(row.recording_id ?? '') ?? null,
        })),
        next,
        total,
    };
}

function filterOf({ personId, deviceId, kind, from, to }: QueryOf<Endpoints['device.useRecord']>) {
    const conditions = [
        ...(personId === undefined ? [] : [sql`u.person_id = ${personId}::uuid`]),
        ...(deviceId === undefined ? [] : [sql`u.device_id = ${deviceId}::uuid`]),
        ...(kind === undefined ? [] : [sql`u.kind = ${kind}`]),
        ...(from === undefined ? [] : [sql`coalesce(u.until_at, u.from_at) >= ${from}`]),
        ...(to === undefined ? [] : [sql`u.from_at < ${to}`]),
    ];
    return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/** 附件1 第12条: acts that are secret to the reader, and what was recorded in them, are not among the uses. */
const usesOf = (orgId: Id, reader: SecrecySubject) => sql<Row>`(
    select 'r' || r.id as key, 'recording' as kind, coalesce(r.true_start, r.device_start) as from_at,
        coalesce(r.true_end, r.device_end) as until_at, r.true_start is not null as corrected,
        r.person_id, r.device_id, r.act_id, r.id as recording_id
    from recording r left join act a on a.id = r.act_id
    where r.org_id = ${orgId}::uuid and r.role = 'original' and r.person_id is not null
        and coalesce(r.true_start, r.device_start) is not null and ${seesAct(reader)}
    union all
    select 'a' || a.id || p.person_id, 'act', a.starts_at, a.ends_at, false, p.person_id, (
            select i.device_id from device_issue i join device d on d.id = i.device_id
            where i.person_id = p.person_id and d.kind = 'recorder' and i.issued_at < a.ends_at
                and (i.returned_at is null or i.returned_at > a.starts_at)
            order by i.issued_at desc limit 1),
        a.id, null::uuid
    from act a join act_participant p on p.act_id = a.id and p.removed_at is null and p.part in ('officer', 'assistant')
    where a.org_id = ${orgId}::uuid and a.state in ('open', 'closed') and ${seesAct(reader)}
        and not exists (select from recording r where r.act_id = a.id and r.person_id = p.person_id)
    union all
    select 'i' || i.id, 'issue', i.issued_at, i.returned_at, false, i.person_id, i.device_id, null::uuid, null::uuid
    from device_issue i join device d on d.id = i.device_id
    where i.org_id = ${orgId}::uuid and d.kind = 'recorder')`;

async function namesOf(db: ReadDb, orgId: Id, rows: readonly Row[]) {
    const ids = (of: (row: Row) => Id | null) => [...new Set(rows.flatMap((row) => of(row) ?? []))];
    const any = (list: readonly Id[]) => sql<boolean>`id = any (${list}::uuid[])`;
    const [devices, people, acts, recordings, organisation] = [
        await db
            .selectFrom('device')
            .select(['id', 'number'])
            .where(any(ids((row) => row.device_id)))
            .execute(),
        await db
            .selectFrom('person')
            .select(['id', 'name', 'certificate_number as certificateNumber'])
            .where(any(ids((row) => row.person_id)))
            .execute(),
        await db
            .selectFrom('act')
            .select(['id', 'number', 'place'])
            .where(any(ids((row) => row.act_id)))
            .execute(),
        await db
            .selectFrom('recording')
            .select(['id', 'display_name as name'])
            .where(any(ids((row) => row.recording_id)))
            .execute(),
        await db.selectFrom('organisation').select('name').where('id', '=', orgId).executeTakeFirstOrThrow(),
    ];
    const byId = <T extends { id: Id }>(list: readonly T[]) => new Map(list.map((each) => [each.id, each]));
    return {
        devices: byId(devices),
        people: byId(people),
        acts: byId(acts),
        recordings: byId(recordings),
        organisation: organisation.name,
    };
}
