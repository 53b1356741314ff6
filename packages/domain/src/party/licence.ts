import { type Day, daysBetween } from '../kernel/day.ts';

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
export const LICENCE_STANDINGS = ['ok', 'due', 'expired', 'longTerm', 'notYet', 'suspended', 'ended'] as const;
export type LicenceStanding = (typeof LICENCE_STANDINGS)[number];

export type LicenceTerm = { readonly state: LicenceState; readonly validFrom: Day | null; readonly validTo: Day | null };

/** A licence holds on its last day, too; it is due within so many days of it (`work.licenceDueDays`). `daysLeft` counts that day: 1 on it, 0 or less once it is over. */
export function licenceStanding(
    { state, validFrom, validTo }: LicenceTerm,
    today: Day,
    dueDays: number,
): { standing: LicenceStanding; daysLeft: number | null } {
    const daysLeft = validTo === null ? null : daysBetween(today, validTo) + 1;
    if (state === 'suspended') return { standing: 'suspended', daysLeft };
    if (state !== 'valid') return { standing: 'ended', daysLeft };
    if (daysLeft !== null && daysLeft <= 0) return { standing: 'expired', daysLeft };
    if (validFrom !== null && validFrom > today) return { standing: 'notYet', daysLeft };
    if (daysLeft === null) return { standing: 'longTerm', daysLeft };
    return { standing: daysLeft <= dueDays ? 'due' : 'ok', daysLeft };
}
