import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    type Id,
    type Instant,
    PICTURE_CONTAINERS,
    type Subject,
    seesAllViewings,
    type ViewingKind,
    viewingState,
} from '@liuhen/domain';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { type Found, lookUp } from '../../platform/search.ts';
import { likePattern } from '../../platform/search-text.ts';
import { notOfHiddenAct } from '../act/act-visibility.queries.ts';

type Page = ResponseOf<Endpoints['viewing.list']>;
type Item = Page['items'][number];
type Asked = QueryOf<Endpoints['viewing.list']> & { readonly now: Instant };
type Words = readonly Found<'recording' | 'person'>[];
type Ranges = NonNullable<Item['played']>;

const CURSOR = z.tuple([z.int(), z.uuid()]);
/** Counting stops here: what is more is not read by anybody. */
const MOST_COUNTED = 1_000;

/** A viewing of one recording, or a look at the pictures of several, in the same columns. */
type Row = {
    readonly id: Id;
    readonly kind: ViewingKind;
    readonly by_id: Id;
    readonly by_name: string;
    readonly by_number: string | null;
    readonly purpose: string;
    readonly opened_at: Instant;
    readonly until: Instant;
    readonly closed_at: Instant | null;
    readonly played: Ranges | null;
    readonly plays: boolean;
    readonly recordings: number;
    readonly recording_id: Id | null;
    readonly file_name: string | null;
    readonly act_id: Id | null;
    readonly act_number: string | null;
    readonly from_id: Id | null;
    readonly from_name: string | null;
    readonly inspection: string | null;
    readonly inspection_title: string | null;
    readonly sheet_place: number | null;
};

/** The register of viewings, the latest first (附件1 第19条). Nothing of a secret act is in it for who may not see the act (第12条). */
export async function listViewings(db: ReadDb, subject: Subject, asked: Asked): Promise<Page> {
    const words = await lookUp(db, asked.q, ['recording', 'person']);
    const parts = [contentPart(subject, asked, words), picturesPart(subject, asked, words)].filter(
        ({ kind }) => asked.kind === undefined || asked.kind === kind,
    );
    const after = cursorKeys(CURSOR, asked.cursor);
    const found: Row[] = [];
    let total = 0;
    for (const part of parts) {
        found.push(...(await rowsOf(db, part, after, asked.limit + 1)));
        total += await countOf(db, part);
    }
    const newest = found.toSorted((a, b) => b.opened_at - a.opened_at || (a.id < b.id ? 1 : -1));
    const { rows, next } = pageOf(newest, asked.limit, (row) => [row.opened_at, row.id]);
    return {
        items: rows.map((row) => itemOf(row, asked.now)),
        next,
        total: Math.min(total, MOST_COUNTED),
        totalIsLeast: total > MOST_COUNTED,
        everybody: seesAllViewings(subject.roles),
    };
}

/** Where rows of one kind come from: `from` names them `v`, and `shown` the recording and the act beside each. */
type Part = {
    readonly kind: ViewingKind;
    readonly from: RawBuilder<unknown>;
    readonly columns: RawBuilder<unknown>;
    readonly shown: RawBuilder<unknown>;
    readonly where: RawBuilder<SqlBool>;
};

const contentPart = (subject: Subject, asked: Asked, words: Words): Part => ({
    kind: 'content',
    from: sql`viewing v join recording r on r.id = v.recording_id`,
    columns: sql`v.closed_at, v.played, (r.inspection ->> 'container' = any(${PICTURE_CONTAINERS}::text[])) is not true as plays, 1 as recordings,
        o.id as from_id, o.name as from_name, i.number as inspection, i.title as inspection_title, s.place as sheet_place`,
    shown: sql`left join act a on a.id = r.act_id left join organisation o on o.id = p.org_id and p.org_id <> v.org_id
        left join inspection_sheet s on s.id = v.sheet_id left join inspection i on i.id = s.inspection_id`,
    where: allOf([
        ...common(subject, asked),
        notOfHiddenAct(subject, 'r.act_id'),
        asked.recordingId === undefined ? undefined : sql<SqlBool>`v.recording_id = ${asked.recordingId}`,
        ...words.map((each) =>
            named(each, (ids) => sql<SqlBool>`v.recording_id = any(${ids}::uuid[])`, sql`r.id = v.recording_id`),
        ),
    ]),
});

const picturesPart = (subject: Subject, asked: Asked, words: Words): Part => {
    const hidden = notOfHiddenAct(subject, 'hidden.act_id');
    return {
        kind: 'pictures',
        from: sql`picture_look v`,
        columns: sql`null::bigint as closed_at, null::jsonb as played, false as plays, cardinality(v.recording_ids) as recordings,
            null::uuid as from_id, null::text as from_name, null::text as inspection, null::text as inspection_title, null::int as sheet_place`,
        shown: sql`left join recording r on r.id = v.recording_ids[1] left join act a on a.id = r.act_id`,
        where: allOf([
            ...common(subject, asked),
            hidden === undefined
                ? undefined
                : sql<SqlBool>`not exists (select from recording hidden where hidden.id = any(v.recording_ids) and not (${hidden}))`,
            asked.recordingId === undefined ? undefined : sql<SqlBool>`v.recording_ids @> array[${asked.recordingId}]::uuid[]`,
            ...words.map((each) =>
                named(each, (ids) => sql<SqlBool>`v.recording_ids && ${ids}::uuid[]`, sql`r.id = any(v.recording_ids)`),
            ),
        ]),
    };
};

const common = (subject: Subject, { personId, from, to }: Asked): (RawBuilder<SqlBool> | undefined)[] => [
    sql<SqlBool>`v.org_id = ${subject.organisationId}`,
    seesAllViewings(subject.roles) ? undefined : sql<SqlBool>`v.person_id = ${subject.personId}`,
    personId === undefined ? undefined : sql<SqlBool>`v.person_id = ${personId}`,
    from === undefined ? undefined : sql<SqlBool>`v.opened_at >= ${from}`,
    to === undefined ? undefined : sql<SqlBool>`v.opened_at < ${to}`,
];

/** A word that stands in the name of who looked, in a recording's own words, or in the purpose. */
function named(
    { word, ids }: Words[number],
    byRecordings: (ids: readonly Id[]) => RawBuilder<SqlBool>,
    isOfIt: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
    const pattern = likePattern(word) ?? '%';
    const inPurpose = sql<SqlBool>`lower(v.purpose) like ${pattern}`;
    if (ids === undefined)
        return sql<SqlBool>`(${inPurpose} or exists (select from person p where p.id = v.person_id and p.search_text like ${pattern})
            or exists (select from recording r where ${isOfIt} and r.search_text like ${pattern}))`;
    return sql<SqlBool>`(${inPurpose} or v.person_id = any(${ids.person}::uuid[]) or ${byRecordings(ids.recording)})`;
}

const allOf = (conditions: readonly (RawBuilder<SqlBool> | undefined)[]): RawBuilder<SqlBool> =>
    sql<SqlBool>`${sql.join(
        conditions.filter((each) => each !== undefined),
        sql` and `,
    )}`;

/** Names are joined to the page only: the page itself is found by the order of the register. */
async function rowsOf(db: ReadDb, part: Part, after: z.infer<typeof CURSOR> | undefined, most: number): Promise<readonly Row[]> {
    const beyond = after === undefined ? sql`` : sql`and (v.opened_at, v.id) < (${after[0]}::bigint, ${after[1]}::uuid)`;
    const page = sql<Row>`(
        with page as (select v.id from ${part.from} where ${part.where} ${beyond} order by v.opened_at desc, v.id desc limit ${most})
        select v.id, ${part.kind}::text as kind, p.id as by_id, p.name as by_name, p.certificate_number as by_number, v.purpose,
            v.opened_at, v.until, ${part.columns}, r.id as recording_id, r.display_name as file_name, a.id as act_id, a.number as act_number
        from page join ${part.from} on v.id = page.id join person p on p.id = v.person_id ${part.shown})`;
    return db.selectFrom(page.as<'row'>('row')).selectAll().execute();
}

async function countOf(db: ReadDb, part: Part): Promise<number> {
    const some = sql<{ one: number }>`(select 1 as one from ${part.from} where ${part.where} limit ${MOST_COUNTED + 1})`;
    const count = db.selectFrom(some.as<'some'>('some')).select((of) => of.fn.countAll<number>().as('total'));
    return Number((await count.executeTakeFirstOrThrow()).total);
}

function itemOf(row: Row, now: Instant): Item {
    const { id, kind, purpose, until, recordings, played, plays, inspection, inspection_title: title, sheet_place: place } = row;
    const state = viewingState({ closedAt: row.closed_at, until }, now);
    return {
        ...{ id, kind, state, purpose, until, plays, recordings: Number(recordings) },
        by: { id: row.by_id, name: row.by_name, certificateNumber: row.by_number },
        from: row.from_id === null || row.from_name === null ? null : { id: row.from_id, name: row.from_name },
        sheet: inspection === null || title === null || place === null ? null : { inspection, title, place },
        openedAt: row.opened_at,
        endedAt: state === 'ended' ? row.closed_at : null,
        recording: row.recording_id === null || row.file_name === null ? null : { id: row.recording_id, name: row.file_name },
        act: row.act_id === null || row.act_number === null ? null : { id: row.act_id, number: row.act_number },
        played: state === 'ended' && plays ? played : null,
    };
}
