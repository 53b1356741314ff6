import type { Endpoints, QueryOf } from '@liuhen/contract';
import {
    endOfMonth,
    type Id,
    type Instant,
    type Month,
    type ScenarioKey,
    type StatisticGroup,
    startOfMonth,
} from '@liuhen/domain';
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** What an act, a document or a recorder does not have: nobody leads it, it is about no act, its author is in no department. */
export const NONE = 'none';

/** What is counted, and of what; `undefined` narrows nothing. */
export type Counted = {
    readonly by: StatisticGroup | 'organisationAndMonth';
    readonly from: Month;
    readonly to: Month;
    readonly now: Instant;
    readonly departmentId?: Id | undefined;
    readonly personId?: Id | undefined;
    readonly scenario?: ScenarioKey | typeof NONE | undefined;
};

/** What a list of parts is asked for, its period filled in. */
export type AskedParts = Omit<QueryOf<Endpoints['statistics.counted']>, 'from' | 'to'> & Period;

/** Who leads an act is asked for a department only: it is that of today. */
export const leaders = ({ by, departmentId }: Pick<Counted, 'by' | 'departmentId'>, column: string) =>
    by === 'department' || departmentId !== undefined ? sql`left join person p on p.id = ${sql.ref(column)}` : sql``;

type Narrowed = Pick<Counted, 'departmentId' | 'personId' | 'scenario'>;

/** Conditions of a statement whose columns are called so. */
export function narrowed(
    { departmentId, personId, scenario }: Narrowed,
    columns: Readonly<Record<'person' | 'scenario', string>>,
): RawBuilder<SqlBool>[] {
    const is = (column: string, value: string | undefined) =>
        value === undefined
            ? []
            : [value === NONE ? sql<SqlBool>`${sql.ref(column)} is null` : sql<SqlBool>`${sql.ref(column)} = ${value}`];
    return [...is('p.department_id', departmentId), ...is(columns.person, personId), ...is(columns.scenario, scenario)];
}

/** The same, of some organisations. */
export const filters = (
    organisations: readonly Id[],
    asked: Narrowed,
    columns: Readonly<Record<'org' | 'person' | 'scenario', string>>,
): RawBuilder<SqlBool>[] => [
    sql<SqlBool>`${sql.ref(columns.org)} = any (${sql.val([...organisations])}::uuid[])`,
    ...narrowed(asked, columns),
];

/** No fault belongs to a kind of act. */
export const haveFaults = ({ by, scenario }: Counted): boolean => by !== 'scenario' && scenario === undefined;

/** Whoever held the recorder at the moment; null: it lay in the store. */
export const HOLDERS = sql`left join lateral (
    select case when n.returned_at is null or n.returned_at > s.taken_at then n.person_id end as person_id
    from (
        -- One after the other: whoever had it before the last loan has given it back.
        select i.person_id, i.returned_at from device_issue i
        where i.device_id = s.device_id and i.issued_at <= s.taken_at
        order by i.issued_at desc limit 1
    ) n
) h on true`;

type Period = Pick<Counted, 'from' | 'to'>;

/** Steps that report a fault, in these months. */
export const faultsIn = ({ from, to }: Period) => [
    sql<SqlBool>`s.step = 'reportFault'`,
    sql<SqlBool>`s.taken_at >= ${startOfMonth(from)} and s.taken_at < ${endOfMonth(to)}`,
];
/** Documents that somebody else found at fault, in these months. */
export const documentErrorsIn = ({ from, to }: Period) => [
    sql<SqlBool>`e.at >= ${startOfMonth(from)} and e.at < ${endOfMonth(to)}`,
];
