import { monthNumber } from '@liuhen/domain';
import { sql } from 'kysely';
import type { Counted } from './statistics-asked.ts';

/**
 * The coarsest sums that tell apart what is asked for: of whole organisations, else of officers, with the kind of act only where it
 * matters; of years where no months are told apart. Of a year that is not asked for whole its months are added, or, where most of it is,
 * the others taken away: what is read stays short.
 */
export function keptSums({ by, from, to, departmentId, personId, scenario }: Counted) {
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

/** Figures of judged acts, each by its column in every table of sums. */
export const SUMMED = {
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
