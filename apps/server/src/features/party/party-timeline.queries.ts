import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    DomainError,
    type Id,
    type Instant,
    type Retention,
    type SecrecySubject,
    TIMELINE_KINDS,
    type TimelineKind,
} from '@liuhen/domain';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { seesDocument } from '../document/document-visibility.queries.ts';
import { retentionOf, wireRetention } from '../recording/recording-retention.queries.ts';

type Query = QueryOf<Endpoints['party.timeline']>;
type Item = ResponseOf<Endpoints['party.timeline']>['items'][number];

/**
 * One source of the timeline: what happened about a party, as rows (at, id, title, detail, state, link_id). A day counts
 * from its beginning in Shanghai. A source says nothing about who complained.
 */
type Source = { kind: TimelineKind; rows(partyId: Id, reader: SecrecySubject): RawBuilder<unknown> };

const startOf = (day: string) => sql.raw(`(extract(epoch from (${day}::timestamp at time zone 'Asia/Shanghai')) * 1000)::bigint`);

const SOURCES: readonly Source[] = [
    {
        kind: 'act',
        rows: (partyId, reader) => sql`
            select a.starts_at as at, a.id, a.scenario as title, a.place as detail, a.state, a.id as link_id
            from act a where a.party_id = ${partyId} and ${seesAct(reader)}`,
    },
    {
        kind: 'recording',
        rows: (partyId, reader) => sql`
            select coalesce(r.device_start, r.received_at) as at, r.id, r.display_name as title, p.name as detail, r.state, r.id as link_id
            from recording r join act a on a.id = r.act_id left join person p on p.id = r.person_id
            where a.party_id = ${partyId} and r.role = 'original' and ${seesAct(reader)}`,
    },
    {
        kind: 'document',
        rows: (partyId, reader) => sql`
            select coalesce(d.started_at, d.made_at) as at, d.id, d.type as title, coalesce(d.number, d.title) as detail, d.state,
                d.id as link_id
            from document d where d.party_id = ${partyId} and ${seesDocument(reader)}`,
    },
    {
        kind: 'case',
        rows: (partyId) => sql`
            select c.opened_at as at, c.id, c.title, c.number as detail, c.procedure || '.' || c.state as state, c.id as link_id
            from "case" c where c.party_id = ${partyId}`,
    },
    {
        // Number and state only: even what a complaint is about may tell who made it.
        kind: 'complaint',
        rows: (partyId) => sql`
            select c.received_at as at, c.id, c.number as title, null as detail, c.state, c.id as link_id
            from complaint c where c.party_id = ${partyId}`,
    },
    {
        kind: 'licence',
        rows: (partyId) => sql`
            select ${startOf('l.valid_from')} as at, l.id, coalesce(l.speciality_other, l.speciality) as title, l.number as detail, l.state,
                l.party_id as link_id
            from licence l where l.party_id = ${partyId} and l.valid_from is not null`,
    },
    {
        kind: 'name',
        rows: (partyId) => sql`
            select ${startOf('c.from_day')} as at, c.id, c.value as title, c.earlier as detail, c.subject as state, c.party_id as link_id
            from party_change c where c.party_id = ${partyId}`,
    },
    {
        kind: 'merge',
        rows: (partyId) => sql`
            select coalesce(m.undone_at, m.decided_at) as at, m.id, other.name as title, coalesce(m.undo_reason, m.reason) as detail,
                case when m.state = 'undone' then 'undone' when m.survivor_id = ${partyId} then 'took' else 'became' end as state,
                other.id as link_id
            from party_merge m
            join party other on other.id = case when m.survivor_id = ${partyId} then m.duplicate_id else m.survivor_id end
            where (m.survivor_id = ${partyId} or m.duplicate_id = ${partyId}) and m.state in ('confirmed', 'undone')`,
    },
];

const cursorShape = z.tuple([z.int(), z.uuid()]);

/** One page of what happened about a party, newest first. */
export async function timelineOf(
    db: ReadDb,
    orgId: Id,
    query: Query,
    reader: SecrecySubject,
): Promise<ResponseOf<Endpoints['party.timeline']>> {
    const party = await db
        .selectFrom('party')
        .select('id')
        .where('id', '=', query.partyId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (party === undefined) throw new DomainError('party.notFound');
    const after = cursorKeys(cursorShape, query.cursor);
    const asked = SOURCES.filter(({ kind }) => query.kind === undefined || kind === query.kind);
    if (asked.length === 0) return { items: [], next: null, total: 0 };
    const all = sql<Row>`(${sql.join(
        asked.map(
            ({ kind, rows }) => sql`select ${kind}::text as kind, source.* from (${rows(query.partyId, reader)}) as source`,
        ),
        sql` union all `,
    )})`.as<'happened'>(sql`happened`);
    const { total } = await db
        .selectFrom(all)
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
    const happened = db.selectFrom(all).selectAll();
    const rest =
        after === undefined ? happened : happened.where(sql<boolean>`(at, id) < (${after[0]}::bigint, ${after[1]}::uuid)`);
    const found = await rest
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.at, row.id]);
    const recordings = rows.flatMap((row) => (row.kind === 'recording' ? [row.id] : []));
    const retention = await retentionOf(db, recordings);
    return { items: rows.map((row) => itemOf(row, retention.get(row.id))), next, total };
}

type Row = {
    kind: string;
    at: Instant;
    id: Id;
    title: string;
    detail: string | null;
    state: string | null;
    link_id: Id;
};

function itemOf({ kind, link_id: linkId, ...row }: Row, kept: Retention | undefined): Item {
    const known = TIMELINE_KINDS.find((each) => each === kind);
    if (known === undefined) throw new Error(`no such kind on the timeline: ${kind}`);
    return { ...row, kind: known, retention: kept === undefined ? null : wireRetention(kept), linkId };
}
