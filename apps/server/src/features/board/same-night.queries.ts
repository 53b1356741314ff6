import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { type Id, type Instant, SAME_NIGHT, type SameNight, type SecrecySubject, type ServerTime } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { boardSettings } from './board.queries.ts';
import { peopleOnBoard } from './board-facts.queries.ts';

type Answer = ResponseOf<Endpoints['board.sameNight']>;

const cursorShape = z.tuple([z.int(), z.string()]);

type Row = {
    key: string;
    kind: SameNight;
    at: Instant;
    person_id: Id | null;
    other_id: Id | null;
    device_id: Id | null;
    other_device_id: Id | null;
    recording_id: Id | null;
    act_id: Id | null;
};

/** What does not fit, of the days the board looks back: seen the same night, the newest first. */
export async function listSameNight(
    db: ReadDb,
    orgId: Id,
    { kind, personId, deviceId, mine, cursor, limit }: QueryOf<Endpoints['board.sameNight']>,
    reader: SecrecySubject,
    clock: ServerTime,
): Promise<Answer> {
    const { since } = await boardSettings(db, orgId, clock.now);
    let all = db.selectFrom(findings(orgId, reader, since, clock).as('f'));
    const concerns = (id: Id) => sql<boolean>`(f.person_id = ${id}::uuid or f.other_id = ${id}::uuid)`;
    if (mine === 'yes') all = all.where(concerns(reader.personId));
    if (personId !== undefined) all = all.where(concerns(personId));
    if (deviceId !== undefined)
        all = all.where(sql<boolean>`(f.device_id = ${deviceId}::uuid or f.other_device_id = ${deviceId}::uuid)`);
    const counted = await all
        .select((of) => ['f.kind', of.fn.countAll<number>().as('count')])
        .groupBy('f.kind')
        .execute();
    const wanted = kind === undefined ? all : all.where('f.kind', '=', kind);
    const after = cursorKeys(cursorShape, cursor);
    const rest = after === undefined ? wanted : wanted.where(sql<boolean>`(f.at, f.key) < (${after[0]}, ${after[1]})`);
    const found = await rest
        .selectAll('f')
        .orderBy('f.at', 'desc')
        .orderBy('f.key', 'desc')
        .limit(limit + 1)
        .execute();
    const { rows, next } = pageOf(found, limit, (row) => [row.at, row.key]);
    const counts = SAME_NIGHT.flatMap((each) => counted.filter((row) => row.kind === each));
    return {
        items: await itemsOf(db, orgId, rows),
        next,
        total: counts.filter((each) => kind === undefined || each.kind === kind).reduce((sum, each) => sum + each.count, 0),
        counts,
    };
}

async function itemsOf(db: ReadDb, orgId: Id, rows: readonly Row[]): Promise<Answer['items']> {
    if (rows.length === 0) return [];
    const people = await peopleOnBoard(db, orgId);
    const ids = (of: (row: Row) => readonly (Id | null)[]) => [...new Set(rows.flatMap(of).filter((id) => id !== null))];
    const any = (column: string, list: readonly Id[]) => sql<boolean>`${sql.ref(column)} = any (${list}::uuid[])`;
    const devices = await db
        .selectFrom('device')
        .select(['id', 'number'])
        .where(
            any(
                'id',
                ids((row) => [row.device_id, row.other_device_id]),
            ),
        )
        .execute();
    const recordings = await db
        .selectFrom('recording')
        .select(['id', 'display_name as name'])
        .where(
            any(
                'id',
                ids((row) => [row.recording_id]),
            ),
        )
        .execute();
    const acts = await db
        .selectFrom('act as a')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .select(['a.id', 'a.number', 'a.place', 'y.name as party'])
        .where(
            any(
                'a.id',
                ids((row) => [row.act_id]),
            ),
        )
        .execute();
    const person = (id: Id | null) => {
        const found = people.get(id ?? '');
        return found === undefined ? null : { id: found.id, name: found.name, certificateNumber: found.certificateNumber };
    };
    const one = <T extends { id: Id }>(list: readonly T[], id: Id | null): T | null =>
        list.find((each) => each.id === id) ?? null;
    return rows.map((row) => ({
        key: row.key,
        kind: row.kind,
        at: row.at,
        person: person(row.person_id),
        other: person(row.other_id),
        device: one(devices, row.device_id),
        otherDevice: one(devices, row.other_device_id),
        recording: one(recordings, row.recording_id),
        act: one(acts, row.act_id),
    }));
}

/** When a recording began and ended, by the best clock there is. */
const begins = (of: string) => sql.raw(`coalesce(${of}.true_start, ${of}.device_start)`);
const ends = (of: string) => sql.raw(`coalesce(${of}.true_end, ${of}.device_end, ${of}.device_start + 1)`);
/** Two recorders that were changed within a minute are one after the other. */
const TOGETHER_MS = 60_000;

const findings = (orgId: Id, reader: SecrecySubject, since: Instant, { now, trusted }: ServerTime) => sql<Row>`(
    with seen as (
        select r.id, r.person_id, r.device_id, r.act_id, r.received_at, ${begins('r')} as begins, ${ends('r')} as ends,
            d.kind as device_kind
        from recording r left join device d on d.id = r.device_id left join act a on a.id = r.act_id
        where r.org_id = ${orgId}::uuid and r.role = 'original' and r.state <> 'quarantined'
            and r.received_at >= ${since} and ${seesAct(reader)}
    )
    -- A recording without an act, and why it has none.
    select 'p' || s.id as key,
        case when 'twoDevices' = any (f.conflicts) then 'twoDevices' when 'lent' = any (f.conflicts) then 'otherHand'
            else f.level end as kind,
        coalesce(s.begins, s.received_at) as at, s.person_id, null::uuid as other_id, s.device_id,
        null::uuid as other_device_id, s.id as recording_id, null::uuid as act_id
    from seen s join filing_proposal f on f.recording_id = s.id
    where s.act_id is null and f.level in ('noAct', 'question', 'noTime', 'noHolder')
    union all
    -- One person, two recorders running at once.
    select 't' || one.id || two.id, 'twoDevices', greatest(one.begins, two.begins), one.person_id, null, one.device_id,
        two.device_id, one.id, one.act_id
    from seen one join seen two on two.person_id = one.person_id and two.device_id <> one.device_id and one.id < two.id
        and least(one.ends, two.ends) - greatest(one.begins, two.begins) > ${TOGETHER_MS}
    where one.device_kind = 'recorder' and two.device_kind = 'recorder' and one.act_id is not null and two.act_id is not null
    union all
    -- 附件1 第15条: one recorder, another person than the register knows.
    select 'o' || s.id, 'otherHand', s.begins, s.person_id, i.person_id, s.device_id, null, s.id, s.act_id
    from seen s join device_issue i on i.device_id = s.device_id and i.issued_at <= s.begins
        and (i.returned_at is null or i.returned_at > s.begins)
    where s.device_kind = 'recorder' and s.person_id is not null and i.person_id <> s.person_id and s.act_id is not null
    union all
    select 'c' || c.id, 'checkedByOther', c.checked_at, c.person_id, c.holder_id, c.device_id, null, null, null
    from device_check c
    where c.org_id = ${orgId}::uuid and c.place = 'phone' and c.checked_at >= ${since}
        and c.holder_id is distinct from c.person_id
    union all
    -- Used although its fault had been reported and not been mended.
    select 'f' || s.id, 'usedFaulty', s.begins, s.person_id, null, s.device_id, null, s.id, s.act_id
    from seen s join lateral (
        select step.to_state from device_step step where step.device_id = s.device_id and step.taken_at <= s.begins
        order by step.taken_at desc, step.id desc limit 1) last on last.to_state in ('faulty', 'inRepair')
    union all
    -- What was to be back after a shift, or when the own recorder is repaired.
    select 'b' || i.id, 'overdueBack', coalesce(i.due_back_at, i.issued_at), i.person_id, null, i.device_id,
        i.for_device_id, null, null
    from device_issue i left join device own on own.id = i.for_device_id
    where i.org_id = ${orgId}::uuid and i.returned_at is null
        and ((${trusted}::boolean and i.due_back_at < ${now}) or (i.basis = 'spare' and own.state = 'inService'))
)`;
