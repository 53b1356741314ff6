import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { BUILT_IN_YEARS, type Calendar, calendarOf, type HolidayYear, type Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { proposalTraces } from './proposal-trace.queries.ts';

type Item = ResponseOf<Endpoints['parameter.calendar']>['years'][number];

/** The holiday calendar as the organisation knows it: its own years stand before the built-in ones. */
export const calendarFor = async (db: ReadDb, orgId: Id): Promise<Calendar> =>
    calendarOf(BUILT_IN_YEARS, (await ownYears(db, orgId)).map(yearOf));

/** The last entry of each year, which counts. Who approved it may be of an organisation above, so nothing is asked of them here. */
const ownYears = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('holiday_year')
        .distinctOn('year')
        .select(['id', 'year', 'off_days', 'work_days', 'source', 'standing'])
        .where('org_id', '=', orgId)
        .orderBy('year')
        .orderBy('decided_at', 'desc')
        .orderBy('id', 'desc')
        .execute();

/** The organisation's entry of a year that counts; null: what came with the software, or nothing. */
export const ownYear = async (db: ReadDb, orgId: Id, year: number): Promise<Id | null> =>
    (await ownYears(db, orgId)).find((row) => row.year === year)?.id ?? null;

type YearRow = { year: number; off_days: unknown; work_days: unknown; source: string; standing: string };
const yearOf = ({ year, off_days, work_days, source, standing }: YearRow): HolidayYear => ({
    year,
    off: off_days as string[],
    work: work_days as string[],
    source,
    standing: standing as HolidayYear['standing'],
});

/** The days that a proposal gives a year, as the command that wrote it put them. */
export const proposedDays = (value: unknown): { off: string[]; work: string[] } => value as { off: string[]; work: string[] };

/** What a proposed year is to say. */
export const proposedYear = (year: number, row: { value: unknown; basis: string; standing: string }): HolidayYear => ({
    year,
    ...proposedDays(row.value),
    source: row.basis,
    standing: row.standing as HolidayYear['standing'],
});

/** Every year that is known, was entered or was proposed, newest first, with how it came to be. */
export async function listYears(db: ReadDb, orgId: Id): Promise<ResponseOf<Endpoints['parameter.calendar']>> {
    const entries = await db
        .selectFrom('holiday_year')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('decided_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
    const { unsettled, reasonOf, person, originOf, traceOf } = await proposalTraces(
        db,
        orgId,
        'year',
        entries.map((row) => row.decided_by),
    );
    const rowWire = (row: (typeof entries)[number]): Item['rows'][number] => ({
        ...wire(yearOf(row)),
        id: row.id,
        reason: reasonOf(row.proposal_id),
        decidedBy: person(row.decided_by),
        decidedAt: row.decided_at,
        proposal: originOf(row.proposal_id),
    });
    const proposalWire = (row: (typeof unsettled)[number]): Item['proposals'][number] => ({
        ...traceOf(row),
        ...proposedDays(row.value),
        standing: row.standing as HolidayYear['standing'],
    });
    const entered = Map.groupBy(entries, (row) => row.year);
    const proposed = Map.groupBy(unsettled, (row) => row.year);
    const builtIn = calendarOf(BUILT_IN_YEARS);
    const years = [...new Set([...builtIn.keys(), ...entered.keys(), ...unsettled.flatMap(({ year }) => year ?? [])])];
    return {
        years: years
            .toSorted((a, b) => b - a)
            .map((year) => {
                const [last] = entered.get(year) ?? [];
                const inForce = last === undefined ? builtIn.get(year) : yearOf(last);
                return {
                    year,
                    inForce: inForce === undefined ? null : { ...wire(inForce), entry: last?.id ?? null },
                    rows: (entered.get(year) ?? []).map(rowWire),
                    proposals: (proposed.get(year) ?? []).map(proposalWire),
                };
            }),
    };
}

const wire = ({ off, work, source, standing }: HolidayYear) => ({ off: [...off], work: [...work], source, standing });
