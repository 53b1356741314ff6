import { addDays, type Day, dayOf } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';
import type { ComplaintChannel } from './complaint.ts';

/** Days within which a complaint of a channel is dealt with; `null`: not known, so no day is worked out. */
export type ComplaintTerms = Readonly<Record<ComplaintChannel, number | null>>;

/** No figure could be verified for any channel: each organisation sets its own. */
export const COMPLAINT_TERMS: ComplaintTerms = {
    hotline: null,
    petition: null,
    phone: null,
    visit: null,
    online: null,
    transfer: null,
};

/** The last day of the term, counted from the day after it came in. */
export function termDay(days: number | null, receivedAt: Instant): Day | undefined {
    return days === null ? undefined : addDays(dayOf(receivedAt), days);
}
