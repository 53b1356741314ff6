import { fill } from '@liuhen/contract';
import type { LicenceStanding, Speciality } from '@liuhen/domain';
import type { Status } from '../../app/page.tsx';
import type { Texts } from '../../text/index.ts';

const STATUS: Readonly<Record<LicenceStanding, Status>> = {
    ok: 'held',
    longTerm: 'held',
    due: 'act',
    expired: 'broken',
    suspended: 'act',
    notYet: 'judge',
    ended: 'judge',
    clockDoubted: 'judge',
};

export const licenceStatus = (standing: LicenceStanding): Status => STATUS[standing];

export const specialityWords = (text: Texts, speciality: Speciality, other: string | null): string =>
    speciality === 'other' ? (other ?? text.party.specialities.other) : text.party.specialities[speciality];

type Standing = { readonly standing: LicenceStanding; readonly daysLeft: number | null; readonly validFrom?: string | null };

/** How long a licence still holds, in words; its last day counts. */
export function standingWords(text: Texts, { standing, daysLeft, validFrom }: Standing): string {
    const words = text.party.standings;
    if (standing === 'due' && daysLeft === 1) return words.dueToday;
    if (standing === 'notYet') return fill(words.notYet, { day: validFrom ?? '' });
    return fill(words[standing], { days: standing === 'expired' ? 1 - (daysLeft ?? 0) : (daysLeft ?? 0) });
}
