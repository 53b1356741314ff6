import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import type { Id, JudgedGap, SecrecySubject } from '@liuhen/domain';
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
};

/**
 * The ledger of interruptions: every gap of acts that the reader may see, newest first, as it was last judged. Accepted was a reason by
 * whoever decided on the answer or the exemption, or signed the paper; what is spoken in the recording needs nobody (附件1 第10条).
 */
export async function listInterruptions(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['finding.interruptions']>,
    reader: SecrecySubject,
): Promise<Page> {
    const [at, key] = cursorKeys(cursorShape, query.cursor) ?? [];
    const filters = [
        sql<SqlBool>`j.org_id = ${orgId}`,
        seesAct(reader),
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
            d.id as "acceptedId", d.name as "acceptedName", d.certificate_number as "acceptedNumber"
        from (select ${name} as key, j.act_id as "actId", a.number, a.place as "actPlace", j.starts_at as "startsAt",
                g.gap->>'kind' as kind, g.gap->>'carrierId' as "carrierId", ${start} as start, (g.gap->>'end')::bigint as "end",
                g.gap->>'place' as place, g.gap->>'state' as state, g.gap->>'modal' as modal, g.gap->>'words' as words,
                g.gap->>'source' as source, g.gap->>'sourceId' as "sourceId"
            ${from} ${after} order by ${start} desc, ${name} desc limit ${query.limit + 1}) x
        left join person p on x.kind = 'officer' and p.id::text = x."carrierId"
        left join finding_answer n on x.source = 'answer' and n.id::text = x."sourceId"
        left join act_exemption e on x.source = 'exemption' and e.id::text = x."sourceId"
        left join document o on o.id = case when x.source = 'paper' then (x."sourceId")::uuid end
        left join person d on d.id = coalesce(n.decided_by, e.decided_by, o.approved_by)
        )`.as('gaps');
    const found = await db.selectFrom(gaps).selectAll('gaps').orderBy('start', 'desc').orderBy('key', 'desc').execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [Number(row.start), row.key]);
    return { items: rows.map(itemOf), next, total };
}

const itemOf = (row: Row): Item => ({
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
});
