import { DomainError } from '../kernel/domain-error.ts';
import { type HolidayYear, holidayYearFault } from '../kernel/holiday-year.ts';
import type { Id } from '../kernel/ids.ts';

type Days = Pick<HolidayYear, 'year' | 'off' | 'work'>;

/**
 * A year of the holiday calendar that somebody proposes: its days are of that year, and none is both off and worked. It counts whole, so
 * a notice that was read wrongly can be put right when half the year is over. Throws `parameter.dayOfOtherYear {year}`,
 * `parameter.dayOffAndWorked`.
 */
export function decideYearProposal(days: Days): void {
    const fault = holidayYearFault(days);
    if (fault === 'otherYear') throw new DomainError('parameter.dayOfOtherYear', { year: days.year });
    if (fault === 'both') throw new DomainError('parameter.dayOffAndWorked');
}

/**
 * The same is asked once more when it is approved. Where another entry counts by now than the one it was to take the place of, it is
 * refused: whoever proposed it compared it with that. `inForce` is the entry that counts, null for what came with the software or for
 * none. Throws `parameter.changedSince` and the codes of `decideYearProposal`.
 */
export function decideYearApproval({ replaces, ...days }: Days & { readonly replaces: Id | null }, inForce: Id | null): void {
    decideYearProposal(days);
    if (inForce !== replaces) throw new DomainError('parameter.changedSince');
}
