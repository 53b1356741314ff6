import {
    addFigures,
    type ComplianceFigures,
    type ComplianceRates,
    endOfMonth,
    findingAges,
    type Id,
    type Instant,
    type Month,
    monthNumber,
    NO_FIGURES,
    ratesOf,
    type ScenarioKey,
    type StatisticGroup,
    startOfMonth,
} from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** What is counted, and of what; `undefined` narrows nothing. */
export type Counted = {
    readonly by: StatisticGroup;
    readonly from: Month;
    readonly to: Month;
    readonly now: Instant;
    readonly departmentId?: Id | undefined;
    readonly personId?: Id | undefined;
    readonly scenario?: ScenarioKey | undefined;
};

type Key = {
    readonly org: Id | null;
    readonly department: Id | null;
    readonly person: Id | null;
    readonly scenario: ScenarioKey | null;
    readonly month: number | null;
};
export type Group = { readonly key: Key; readonly figures: ComplianceFigures };

export function sumOf(groups: readonly Group[]): { figures: ComplianceFigures; rates: ComplianceRates } {
    const figures = groups.reduce((sum, group) => addFigures(sum, group.figures), NO_FIGURES);
    return { figures, rates: ratesOf(figures) };
}

/** Which columns of a key a group has. */
const KEYS: Readonly<Record<StatisticGroup, readonly (keyof Key)[]>> = {
    organisation: ['org'],
    department: ['org', 'department'],
    person: ['org', 'person'],
    scenario: ['scenario'],
    month: ['month'],
};

export const idOf = (key: Key): string => [key.org, key.department, key.person, key.scenario, key.month].join('/');

/**
 * The figures by groups: sums of judged acts, findings that are open now of acts of these months, reported faults, documents that were
 * sent back.
 */
export async function groupsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Group[]> {
    if (organisations.length === 0) return [];
    const found = new Map<string, Group>();
    // What such groups can have, they have none of; what they cannot have is not known of them.
    const none = {
        ...NO_FIGURES,
        faults: haveFaults(asked) ? 0 : null,
        documentErrors: haveDocumentErrors(asked) ? 0 : null,
    };
    for (const { key, ...figures } of [
        ...(await actsOf(db, organisations, asked)),
        ...(await openOf(db, organisations, asked)),
        ...(await faultsOf(db, organisations, asked)),
        ...(await documentErrorsOf(db, organisations, asked)),
    ]) {
        const before = found.get(idOf(key))?.figures ?? none;
        found.set(idOf(key), { key, figures: addFigures(before, { ...NO_FIGURES, ...figures }) });
    }
    return [...found.values()];
}

type Part = { readonly key: Key } & Partial<ComplianceFigures>;

/** The columns of a key, null where the groups have none, so that every statement gives the same ones. */
function keyColumns(by: StatisticGroup, columns: Readonly<Record<keyof Key, string>>) {
    const has = (column: keyof Key) => KEYS[by].includes(column);
    const of = (column: keyof Key, none: string) => sql.raw(`${has(column) ? columns[column] : `null::${none}`} as ${column}`);
    return sql.join([
        of('org', 'uuid'),
        of('department', 'uuid'),
        of('person', 'uuid'),
        of('scenario', 'text'),
        of('month', 'int'),
    ]);
}

const keyOf = ({ org, department, person, scenario, month }: Key): Key => ({ org, department, person, scenario, month });

/** Who leads an act is asked for a department only: it is that of today. */
const leaders = ({ by, departmentId }: Counted, column: string) =>
    by === 'department' || departmentId !== undefined ? sql`left join person p on p.id = ${sql.ref(column)}` : sql``;

function filters(organisations: readonly Id[], asked: Counted, columns: Readonly<Record<'org' | 'person' | 'scenario', string>>) {
    const { departmentId, personId, scenario } = asked;
    return [
        sql<SqlBool>`${sql.ref(columns.org)} = any (${sql.val([...organisations])}::uuid[])`,
        ...(departmentId === undefined ? [] : [sql<SqlBool>`p.department_id = ${departmentId}`]),
        ...(personId === undefined ? [] : [sql<SqlBool>`${sql.ref(columns.person)} = ${personId}`]),
        ...(scenario === undefined ? [] : [sql<SqlBool>`${sql.ref(columns.scenario)} = ${scenario}`]),
    ];
}

async function actsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    const key = {
        org: 'm.org_id',
        department: 'p.department_id',
        person: 'm.person_id',
        scenario: 'm.scenario',
        month: 'm.month',
    };
    const sums = sql<Key & Record<keyof typeof SUMMED, number>>`(
        select ${keyColumns(asked.by, key)}, ${sql.raw(
            Object.entries(SUMMED)
                .map(([name, column]) => `sum(m.sign * m.${column})::bigint as "${name}"`)
                .join(', '),
        )}
        from (${keptSums(asked)}) m ${leaders(asked, 'm.person_id')} where ${sql.join(filters(organisations, asked, key), sql` and `)}
        group by 1, 2, 3, 4, 5 having sum(m.sign * m.acts) > 0)`.as('summed');
    const rows = await db.selectFrom(sums).selectAll().execute();
    return rows.map(({ org, department, person, scenario, month, ...figures }) => ({
        key: { org, department, person, scenario, month },
        ...figures,
    }));
}

/**
 * The coarsest sums that tell apart what is asked for: of whole organisations, else of officers, with the kind of act only where it
 * matters; of years where no months are told apart. Of a year that is not asked for whole its months are added, or, where most of it is,
 * the others taken away: what is read stays short.
 */
function keptSums({ by, from, to, departmentId, personId, scenario }: Counted) {
    const [first, last] = [monthNumber(from), monthNumber(to)];
    const columns = sql.raw(Object.values(SUMMED).join(', '));
    const isOfOfficers = by === 'person' || by === 'department' || departmentId !== undefined || personId !== undefined;
    if (!isOfOfficers)
        return sql`select 1 as sign, org_id, month, null::uuid as person_id, scenario, ${columns} from compliance_whole
            where month between ${first} and ${last}`;
    const ofKinds = by === 'scenario' || scenario !== undefined;
    const kind = ofKinds ? sql`scenario` : sql`null::text as scenario`;
    const [monthTable, yearTable] = ofKinds
        ? [sql.table('compliance_month'), sql.table('compliance_year')]
        : [sql.table('compliance_officer_month'), sql.table('compliance_officer_year')];
    const months = (sign: number, after: number, until: number) =>
        sql`select ${sql.lit(sign)} as sign, org_id, month, person_id, ${kind}, ${columns} from ${monthTable}
            where month between ${after} and ${until}`;
    if (by === 'month') return months(1, first, last);
    const [firstYear, lastYear] = [Math.floor(first / 12), Math.floor(last / 12)];
    if (firstYear === lastYear && last - first < 6) return months(1, first, last);
    const isMost = (missing: number) => missing <= 6;
    const [before, behind] = [first - firstYear * 12, (lastYear + 1) * 12 - 1 - last];
    const alone = firstYear === lastYear;
    const [fromYear, toYear] = [
        alone || isMost(before) ? firstYear : firstYear + 1,
        alone || isMost(behind) ? lastYear : lastYear - 1,
    ];
    const parts = [
        sql`select 1 as sign, org_id, null::int as month, person_id, ${kind}, ${columns} from ${yearTable}
            where year between ${fromYear} and ${toYear}`,
        ...(before === 0
            ? []
            : [fromYear === firstYear ? months(-1, firstYear * 12, first - 1) : months(1, first, firstYear * 12 + 11)]),
        ...(behind === 0
            ? []
            : [toYear === lastYear ? months(-1, last + 1, lastYear * 12 + 11) : months(1, lastYear * 12, last)]),
    ];
    return sql.join(parts, sql` union all `);
}

const SUMMED = {
    acts: 'acts',
    complete: 'complete',
    failed: 'failed',
    review: 'review',
    requiredMs: 'required_ms',
    coveredMs: 'covered_ms',
    exemptMs: 'exempt_ms',
    interruptions: 'interruptions',
    late: 'late',
    openGaps: 'open_gaps',
} as const;

/** Findings that wait for an answer or a decision now, by their age, of acts that began in these months. */
async function openOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    const { weekFrom, monthFrom } = findingAges(asked.now);
    const key = {
        org: 'f.org_id',
        department: 'p.department_id',
        person: 'f.person_id',
        scenario: 'f.scenario',
        month: 'f.month',
    };
    const chosen = [
        ...filters(organisations, asked, key),
        sql<SqlBool>`f.month between ${monthNumber(asked.from)} and ${monthNumber(asked.to)}`,
    ];
    const counted = sql<Key & { openWeek: number; openMonth: number; openOlder: number }>`(
        select ${keyColumns(asked.by, key)},
            count(*) filter (where f.found_at >= ${weekFrom})::bigint as "openWeek",
            count(*) filter (where f.found_at < ${weekFrom} and f.found_at >= ${monthFrom})::bigint as "openMonth",
            count(*) filter (where f.found_at < ${monthFrom})::bigint as "openOlder"
        from open_finding f ${leaders(asked, 'f.person_id')}
        where ${sql.join(chosen, sql` and `)} group by 1, 2, 3, 4, 5)`.as('counted');
    const rows = await db.selectFrom(counted).selectAll().execute();
    return rows.map(({ openWeek, openMonth, openOlder, ...row }) => ({ key: keyOf(row), openWeek, openMonth, openOlder }));
}

function haveFaults({ by, departmentId, personId, scenario }: Counted): boolean {
    const isNarrower = [departmentId, personId, scenario].some((each) => each !== undefined);
    return !isNarrower && (by === 'organisation' || by === 'month');
}
const haveDocumentErrors = ({ by, scenario }: Counted): boolean => by !== 'scenario' && scenario === undefined;

/** A fault is a recorder's: it is counted for its organisation and month, and for nothing narrower. */
async function faultsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    if (!haveFaults(asked)) return [];
    const { by } = asked;
    const key = { org: 's.org_id', department: '', person: '', scenario: '', month: 'month_of(s.taken_at)' };
    const counted = sql<Key & { faults: number }>`(
        select ${keyColumns(by, key)}, count(*)::bigint as faults from device_step s
        where s.org_id = any (${sql.val([...organisations])}::uuid[]) and s.step = 'reportFault'
            and s.taken_at >= ${startOfMonth(asked.from)} and s.taken_at < ${endOfMonth(asked.to)}
        group by 1, 2, 3, 4, 5)`.as('counted');
    const rows = await db.selectFrom(counted).selectAll().execute();
    return rows.map(({ faults, ...row }) => ({ key: keyOf(row), faults }));
}

/** An error of a document is its author's: it is counted in the month in which somebody else found it, for no kind of act. */
async function documentErrorsOf(db: ReadDb, organisations: readonly Id[], asked: Counted): Promise<Part[]> {
    if (!haveDocumentErrors(asked)) return [];
    const { by } = asked;
    const key = {
        ...{ org: 's.org_id', department: 'p.department_id', person: 'd.author_id', scenario: '' },
        month: 'month_of(s.at)',
    };
    const chosen = [
        ...filters(organisations, asked, key),
        sql<SqlBool>`s.step in ('returned', 'faultFound')`,
        sql<SqlBool>`s.at >= ${startOfMonth(asked.from)} and s.at < ${endOfMonth(asked.to)}`,
    ];
    const counted = sql<Key & { documentErrors: number }>`(
        select ${keyColumns(by, key)}, count(*)::bigint as "documentErrors"
        from document_step s join document d on d.id = s.document_id ${leaders(asked, 'd.author_id')}
        where ${sql.join(chosen, sql` and `)} group by 1, 2, 3, 4, 5)`.as('counted');
    const rows = await db.selectFrom(counted).selectAll().execute();
    return rows.map(({ documentErrors, ...row }) => ({ key: keyOf(row), documentErrors }));
}
