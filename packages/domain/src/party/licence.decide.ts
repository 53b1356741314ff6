import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Speciality } from './licence.ts';

type Licence = {
    readonly speciality: Speciality;
    readonly specialityOther?: string | undefined;
    readonly validFrom?: Day | undefined;
    readonly validTo?: Day | undefined;
};

/** `other` says what it is; a term does not end before it begins. */
export function decideLicence({ speciality, specialityOther, validFrom, validTo }: Licence): void {
    if ((speciality === 'other') !== (specialityOther !== undefined)) throw new DomainError('party.specialityOther');
    if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
        throw new DomainError('party.licenceTermWrong', { from: validFrom, to: validTo });
}
