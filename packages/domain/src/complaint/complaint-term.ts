import type { ParameterKey } from '../parameter/parameter-catalogue.ts';
import type { ComplaintChannel } from './complaint.ts';

/** The parameter that holds the term of each channel: no figure could be verified, so each organisation sets its own. */
export const COMPLAINT_TERM_KEYS = {
    hotline: 'complaint.termHotline',
    petition: 'complaint.termPetition',
    phone: 'complaint.termPhone',
    visit: 'complaint.termVisit',
    online: 'complaint.termOnline',
    transfer: 'complaint.termTransfer',
} as const satisfies Readonly<Record<ComplaintChannel, ParameterKey>>;
