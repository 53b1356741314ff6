import { DomainError } from '../kernel/domain-error.ts';
import { creditCodeFault, normaliseCreditCode } from './credit-code.ts';
import type { PartyKind } from './party.ts';

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
