import {
    type CountedFigure,
    endOfMonth,
    findingAges,
    type Id,
    type Instant,
    monthNumber,
    type ServerTime,
    type Subject,
    startOfMonth,
} from '@liuhen/domain';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import type { FindingReader } from './finding.queries.ts';
import { type AskedParts, documentErrorsIn, faultsIn, HOLDERS, narrowed } from './statistics-asked.ts';

/** A part of a figure, or the act that has several of them, by its place in the list. */
export type Placed = { readonly id: Id; readonly at: Instant };

/** The rows that a figure counts: where they are read, their columns, and how many parts each of them is. */
type Source = {
    readonly from: RawBuilder<unknown>;
    readonly id: string;
    readonly at: string;
    readonly org: string;
    /** Whose they are counted as. */
    readonly person: string;
    readonly scenario: string;
    /** The act they are about; null: they are about none; `finding`: the one that the finding is about. */
    readonly act: string | null | typeof OF_FINDING;
    readonly where: readonly RawBuilder<SqlBool>[];
    /** What else holds of them, which no index says. */
    readonly exactly: readonly RawBuilder<SqlBool>[];
    readonly parts: RawBuilder<number>;
};

const OF_FINDING = Symbol('the act of the finding');

export const isOpenFinding = (figure: CountedFigure) =>
    figure === 'openFindings' || figure === 'openWeek' || figure === 'openMonth' || figure === 'openOlder';

/**
 * Where the parts of a figure are found: a page of them, newest first, and how many of them are hidden from the reader. Each organisation
 * is asked for its own newest ones, so that an index gives them in order however many there are.
 */
export function placesOf({ subject }: FindingReader, organisations: readonly Id[], asked: AskedParts, clock: ServerTime) {
    const of = sourceOf(asked, clock);
    const leaders = asked.departmentId === undefined ? sql`` : sql`left join person p on p.id = ${sql.ref(of.person)}`;
    const indexed = [...of.where, ...narrowed(asked, of)];
    const conditions = [...indexed, ...of.exactly];
    const all = hiddenActs(subject, organisations);
    const isOfHidden =
        of.act === null ? sql<SqlBool>`false` : of.act === OF_FINDING ? isFindingOf(of.id, all) : isOneOf(of.act, all);
    // Acts are walked in their order until a page is full: each is looked up by itself. All open findings are read for one.
    const isHiddenHere = of.act === null || of.act === OF_FINDING ? isOfHidden : isHidden(subject, of.act);
    return {
        async page(db: ReadDb, after: readonly [Instant, Id] | undefined, limit: number): Promise<Placed[]> {
            const beyond =
                after === undefined
                    ? sql``
                    : sql`and (${sql.ref(of.at)}, ${sql.ref(of.id)}) < (${after[0]}::bigint, ${after[1]}::uuid)`;
            const order = sql.raw(`order by ${of.at} desc, ${of.id} desc`);
            const found = sql<Placed>`(select x.id, x.at
                from unnest(${sql.val([...organisations])}::uuid[]) as o (id) cross join lateral (
                    select ${sql.ref(of.id)} as id, ${sql.ref(of.at)} as at from ${of.from} ${leaders}
                    where ${sql.ref(of.org)} = o.id and ${sql.join(conditions, sql` and `)} and not ${isHiddenHere} ${beyond} ${order} limit ${limit}
                ) as x)`.as('found');
            return db.selectFrom(found).selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
        },
        async hidden(db: ReadDb): Promise<number> {
            if (of.act === null) return 0;
            // Few acts are secret and stand in an index of their own: from there to what is counted, not the other way, and rows are read
            // of those only that an index does not rule out.
            const among = sql`${sql.ref(of.org)} = any (${sql.val([...organisations])}::uuid[])`;
            const found = (column: RawBuilder<unknown>) => sql`select ${column} from ${of.from} ${leaders}
                where ${isOfHidden} and ${among} and ${sql.join(indexed, sql` and `)}`;
            const from =
                of.exactly.length === 0
                    ? found(sql`${of.parts} as parts`)
                    : sql`select ${of.parts} as parts from ${of.from}
                        where ${sql.ref(of.id)} in (${found(sql.ref(of.id))}) and ${sql.join(of.exactly, sql` and `)}`;
            const counted = sql<{
                parts: number;
            }>`(select coalesce(sum(each.parts), 0)::bigint as parts from (${from}) as each)`.as('counted');
            return (await db.selectFrom(counted).select('parts').executeTakeFirstOrThrow()).parts;
        },
    };
}

/** A secret act of another organisation, or one that the reader may not see (附件1 第12条). */
const hides = (subject: Subject) =>
    sql<SqlBool>`secret.secrecy is not null and not (secret.org_id = ${subject.organisationId} and ${seesAct(subject, 'secret')})`;
const isHidden = (subject: Subject, act: string) =>
    sql<SqlBool>`exists (select from act secret where secret.id = ${sql.ref(act)} and ${hides(subject)})`;
const hiddenActs = (subject: Subject, organisations: readonly Id[]) =>
    sql<Id>`(select secret.id from act secret where secret.org_id = any (${sql.val([...organisations])}::uuid[]) and ${hides(subject)})`;
const isOneOf = (act: string, acts: RawBuilder<Id>) => sql<SqlBool>`${sql.ref(act)} in ${acts}`;
const isFindingOf = (finding: string, acts: RawBuilder<Id>) =>
    sql<SqlBool>`${sql.ref(finding)} in (select f.id from finding f where f.act_id in ${acts})`;

function sourceOf(asked: AskedParts, clock: ServerTime): Source {
    const { figure } = asked;
    if (figure === 'faults')
        return {
            ...{ from: sql`device_step s ${HOLDERS}`, id: 's.id', at: 's.taken_at', org: 's.org_id', person: 'h.person_id' },
            // Faults are counted of no kind of act: nothing is asked for by one.
            ...{ scenario: 's.step', act: null, where: faultsIn(asked), exactly: [], parts: sql<number>`1` },
        };
    if (figure === 'documentErrors')
        return {
            ...{ from: sql`document_error e`, id: 'e.step_id', at: 'e.at', org: 'e.org_id' },
            ...{ person: 'e.author_id', scenario: 'e.scenario', act: 'e.act_id' },
            ...{ where: documentErrorsIn(asked), exactly: [], parts: sql<number>`1` },
        };
    if (isOpenFinding(figure))
        return {
            ...{ from: sql`open_finding o_f`, id: 'o_f.finding_id', at: 'o_f.found_at', org: 'o_f.org_id' },
            ...{ person: 'o_f.person_id', scenario: 'o_f.scenario', act: OF_FINDING },
            where: [
                sql<SqlBool>`o_f.month between ${monthNumber(asked.from)} and ${monthNumber(asked.to)}`,
                ...agesOf(figure, clock.now),
            ],
            exactly: [],
            parts: sql<number>`1`,
        };
    return {
        ...{ from: sql`act_judgement j`, id: 'j.id', at: 'j.starts_at', org: 'j.org_id', person: 'j.lead_id' },
        ...{ scenario: 'j.scenario', act: 'j.act_id' },
        where: [
            sql<SqlBool>`j.starts_at >= ${startOfMonth(asked.from)} and j.starts_at < ${endOfMonth(asked.to)}`,
            sql<SqlBool>`j.verdict <> 'notApplicable'`,
            ...judgedAs(figure),
        ],
        exactly: EXACTLY[figure] ?? [],
        parts: PARTS[figure] ?? sql<number>`1`,
    };
}

function agesOf(figure: CountedFigure, now: Instant): RawBuilder<SqlBool>[] {
    const { weekFrom, monthFrom } = findingAges(now);
    if (figure === 'openWeek') return [sql<SqlBool>`o_f.found_at >= ${weekFrom}`];
    if (figure === 'openMonth') return [sql<SqlBool>`o_f.found_at < ${weekFrom} and o_f.found_at >= ${monthFrom}`];
    return figure === 'openOlder' ? [sql<SqlBool>`o_f.found_at < ${monthFrom}`] : [];
}

/** What was judged before there were columns for these says it in its verdicts and gaps. */
const OPEN_GAPS = sql<number>`coalesce(j.open_gaps, jsonb_array_length(jsonb_path_query_array(j.gaps, '$[*] ? (@.state == "open")')))`;
const LATE = sql<number>`coalesce(j.late, (jsonb_path_query_first(j.verdicts, '$[*] ? (@.rule == "storedInTime").params.late'))::bigint, 0)`;

/** As the sums take them from a judgement (`figures_of` of the database); the same words as the indexes have. */
function judgedAs(figure: CountedFigure): RawBuilder<SqlBool>[] {
    if (figure === 'complete') return [sql<SqlBool>`j.verdict = 'pass'`];
    if (figure === 'failed') return [sql<SqlBool>`j.verdict = 'fail'`];
    if (figure === 'review') return [sql<SqlBool>`j.verdict = 'needsReview'`];
    if (figure === 'interruptions') return [sql<SqlBool>`j.interruptions > 0`];
    if (figure === 'openGaps') return [sql<SqlBool>`j.open_gaps is distinct from 0`];
    if (figure === 'late') return [sql<SqlBool>`j.late is distinct from 0`];
    return [];
}

const EXACTLY: { readonly [F in CountedFigure]?: readonly RawBuilder<SqlBool>[] } = {
    openGaps: [sql<SqlBool>`${OPEN_GAPS} > 0`],
    late: [sql<SqlBool>`${LATE} > 0`],
};
const PARTS: { readonly [F in CountedFigure]?: RawBuilder<number> } = {
    interruptions: sql<number>`j.interruptions`,
    openGaps: OPEN_GAPS,
    late: LATE,
};
