import { type Day, dayOf, daysBetween } from '../kernel/day.ts';
import { CLOCK_DOUBTED, type ServerTime } from '../kernel/server-clock.ts';

/** 专业: what a licence (or a filing that takes its place) allows. `other` carries its own words. */
export const SPECIALITIES = [
    'medicalInstitution',
    'clinicFiling',
    'radiationDiagnosis',
    'radiationService',
    'publicPlace',
    'drinkingWater',
    'waterProduct',
    'disinfectionProduct',
    'occupationalHealth',
    'maternalInfantCare',
    'bloodCollection',
    'pathogenLaboratory',
    'other',
] as const;
export type Speciality = (typeof SPECIALITIES)[number];

/** 有效, 暂停, 注销, 撤销或撤回, 吊销. That the term has run out is not a state: it follows from the day. */
export const LICENCE_STATES = ['valid', 'suspended', 'cancelled', 'withdrawn', 'revoked'] as const;
export type LicenceState = (typeof LICENCE_STATES)[number];

/** How a licence stands on a day. */
export const LICENCE_STANDINGS = ['ok', 'due', 'expired', 'longTerm', 'notYet', 'suspended', 'ended', CLOCK_DOUBTED] as const;
export type LicenceStanding = (typeof LICENCE_STANDINGS)[number];

export type LicenceTerm = { readonly state: LicenceState; readonly validFrom: Day | null; readonly validTo: Day | null };

/** A licence holds on its last day, too; it is due within so many days of it (`work.licenceDueDays`). `daysLeft` counts that day: 1 on it, 0 or less once it is over.
 * While the clock is doubted only what an authority did to it is known. */
export function licenceStanding(
    { state, validFrom, validTo }: LicenceTerm,
    time: ServerTime,
    dueDays: number,
): { standing: LicenceStanding; daysLeft: number | null } {
    const today = dayOf(time.now);
    const daysLeft = validTo === null || !time.trusted ? null : daysBetween(today, validTo) + 1;
    if (state === 'suspended') return { standing: 'suspended', daysLeft };
    if (state !== 'valid') return { standing: 'ended', daysLeft };
    if (!time.trusted) return { standing: CLOCK_DOUBTED, daysLeft };
    if (daysLeft !== null && daysLeft <= 0) return { standing: 'expired', daysLeft };
    if (validFrom !== null && validFrom > today) return { standing: 'notYet', daysLeft };
    if (daysLeft === null) return { standing: 'longTerm', daysLeft };
    return { standing: daysLeft <= dueDays ? 'due' : 'ok', daysLeft };
}
