import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { creditCodeFault, normaliseCreditCode } from './credit-code.ts';
import type { PartyKind, PartyState } from './party.ts';

/**
 * The credit code a party is kept under, normalised; `null` for a natural person without one. Throws
 * `party.creditCodeMissing`, or `party.creditCodeWrong` with the fault as `reason`.
 */
export function decideCreditCode(kind: PartyKind, typed: string | undefined): string | null {
    const code = normaliseCreditCode(typed ?? '');
    if (code === '') {
        if (kind !== 'naturalPerson') throw new DomainError('party.creditCodeMissing');
        return null;
    }
    const fault = creditCodeFault(code);
    if (fault !== undefined) throw new DomainError('party.creditCodeWrong', { reason: fault });
    return code;
}

/** A position has both coordinates or none; throws `party.positionIncomplete`. */
export function decidePosition(latitudeE7: number | undefined, longitudeE7: number | undefined): void {
    if ((latitudeE7 === undefined) !== (longitudeE7 === undefined)) throw new DomainError('party.positionIncomplete');
}

/** A party as far as it matters whether it was merged; `survivor` is the name of the one it was merged into. */
export type MergeStanding = { readonly state: PartyState; readonly name: string; readonly survivor: string | null };

/** What hangs on a merged party now hangs on its survivor: it is read, not changed, and nothing new is made for it. */
export function decideChangeable({ state, name, survivor }: MergeStanding): void {
    if (state === 'merged') throw new DomainError('party.merged', { name, survivor: survivor ?? '' });
}

/**
 * A new name or legal representative from a day on. It differs from the present one, is not in the future, and does not
 * begin before the last change: an earlier one that was forgotten would make what the page says of that time wrong.
 */
export function decideChange(
    change: { readonly value: string; readonly from: Day },
    present: { readonly value: string | null; readonly since: Day | undefined },
    today: Day,
): void {
    if (change.value === present.value) throw new DomainError('party.changeSame');
    if (change.from > today) throw new DomainError('party.changeInFuture');
    if (present.since !== undefined && change.from < present.since)
        throw new DomainError('party.changeBeforeLast', { day: present.since });
}

/** Premises and sites are closed on a day that has come. */
export function decideClosing(closedOn: Day | null, day: Day, today: Day): void {
    if (closedOn !== null) throw new DomainError('party.placeClosed', { day: closedOn });
    if (day > today) throw new DomainError('party.changeInFuture');
}
