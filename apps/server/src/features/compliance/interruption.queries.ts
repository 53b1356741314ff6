import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import type { Id, JudgedGap, Subject } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { seesAct } from '../act/act-visibility.queries.ts';

type Page = ResponseOf<Endpoints['finding.interruptions']>;
type Item = Page['items'][number];

const cursorShape = z.tuple([z.int(), z.string()]);

type Row = JudgedGap & {
    key: string;
    actId: Id;
    number: string;
    actPlace: string;
    startsAt: number;
    personName: string | null;
    certificateNumber: string | null;
    acceptedId: Id | null;
    acceptedName: string | null;
    acceptedNumber: string | null;
    markedId: Id | null;
    markedName: string | null;
    markedNumber: string | null;
    orgId: Id;
};

/** Who reads, and the organisations that are read: the own and those below it. */
type Reader = { readonly subject: Subject; readonly organisations: readonly { id: Id; name: string }[] };

/**
 * The ledger of interruptions: every gap of acts that the reader may see, of the own organisation and those below it (of these none of a
 * secret act), newest first, as it was last judged. Accepted was a reason by whoever decided on the answer or the exemption, or signed the
 * paper. What is spoken in the recording needs nobody (附件1 第10条) and nobody accepts it: who marked where it is said is told instead.
 */
export async function listInterruptions(
    db: ReadDb,
    { subject, organisations }: Reader,
    query: QueryOf<Endpoints['finding.interruptions']>,
): Promise<Page> {
    const [at, key] = cursorKeys(cursorShape, query.cursor) ?? [];
    const own = subject.organisationId;
    const read = organisations.flatMap(({ id }) =>
        query.organisationId === undefined || id === query.organisationId ? [id] : [],
    );
    const filters = [
        sql<SqlBool>`j.org_id = any (${read}::uuid[])`,
        sql<SqlBool>`(a.secrecy is null or a.org_id = ${own} and ${seesAct(subject)})`,
        ...(query.from === undefined ? [] : [sql<SqlBool>`j.starts_at >= ${query.from}`]),
        ...(query.to === undefined ? [] : [sql<SqlBool>`j.starts_at < ${query.to}`]),
        ...(query.state === undefined ? [] : [sql<SqlBool>`g.gap->>'state' = ${query.state}`]),
        ...(query.place === undefined ? [] : [sql<SqlBool>`g.gap->>'place' = ${query.place}`]),
        ...(query.personId === undefined ? [] : [sql<SqlBool>`g.gap->>'carrierId' = ${query.personId}`]),
    ];
    const from = sql`from act_judgement j join act a on a.id = j.act_id
        cross join lateral jsonb_array_elements(j.gaps) as g(gap)
        where ${sql.join(filters, sql` and `)}`;
    const { total } = await db
        .selectFrom(sql<{ total: number }>`(select count(*)::int as total ${from})`.as('counted'))
        .select('total')
        .executeTakeFirstOrThrow();
    const start = sql`(g.gap->>'start')::bigint`;
    const name = sql`(j.act_id::text || '/' || (g.gap->>'carrierId') || '/' || (g.gap->>'start') || '/' || (g.gap->>'state'))`;
    const after = at === undefined ? sql`` : sql`and (${start}, ${name}) < (${at}::bigint, ${key})`;
    const gaps = sql<Row>`(select x.*, p.name as "personName", p.certificate_number as "certificateNumber",
            d.id as "acceptedId", d.name as "acceptedName", d.certificate_number as "acceptedNumber",
            m.id as "markedId", m.name as "markedName", m.certificate_number as "markedNumber"
        from (select ${name} as key, j.act_id as "actId", a.number, a.place as "actPlace", j.starts_at as "startsAt", j.org_id as "orgId",
                g.gap->>'kind' as kind, g.gap->>'carrierId' as "carrierId", ${start} as start, (g.gap->>'end')::bigint as "end",
                g.gap->>'place' as place, g.gap->>'state' as state, g.gap->>'modal' as modal, g.gap->>'words' as words,
                g.gap->>'source' as source, g.gap->>'sourceId' as "sourceId"
            ${from} ${after} order by ${start} desc, ${name} desc limit ${query.limit + 1}) x
        left join person p on x.kind = 'officer' and p.id::text = x."carrierId"
        left join finding_answer n on x.source = 'answer' and n.id::text = x."sourceId"
        left join act_exemption e on x.source = 'exemption' and e.id::text = x."sourceId"
        left join document o on o.id = case when x.source = 'paper' then (x."sourceId")::uuid end
        left join person d on d.id = coalesce(n.decided_by, e.decided_by, o.approved_by)
        left join recording_mark k on x.source = 'spoken' and k.id::text = x."sourceId"
        left join person m on m.id = k.made_by
        )`.as('gaps');
    const found = await db.selectFrom(gaps).selectAll('gaps').orderBy('start', 'desc').orderBy('key', 'desc').execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [Number(row.start), row.key]);
    const names = new Map(organisations.map(({ id, name }) => [id, name]));
    const all = organisations.map(({ id, name }) => ({ id, name }));
    return {
        items: rows.map((row) => ({
            ...itemOf(row),
            ...{ organisation: { id: row.orgId, name: names.get(row.orgId) ?? '' }, own: row.orgId === own },
        })),
        ...{ next, total, organisations: all },
    };
}

const itemOf = (row: Row): Omit<Item, 'organisation' | 'own'> => ({
    key: row.key,
    act: { id: row.actId, number: row.number, place: row.actPlace, startsAt: Number(row.startsAt) },
    person:
        row.kind === 'officer'
            ? { id: row.carrierId, name: row.personName ?? '', certificateNumber: row.certificateNumber }
            : null,
    ...{ from: Number(row.start), to: Number(row.end), place: row.place, state: row.state, modal: row.modal },
    ...{ words: row.words, source: row.source },
    acceptedBy:
        row.acceptedId === null
            ? null
            : { id: row.acceptedId, name: row.acceptedName ?? '', certificateNumber: row.acceptedNumber },
    markedBy:
        row.markedId === null ? null : { id: row.markedId, name: row.markedName ?? '', certificateNumber: row.markedNumber },
});
