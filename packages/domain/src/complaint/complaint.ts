/** How a complaint came in. `hotline`: 12345. Each channel has a term of its own (law.md §3.9). */
export const COMPLAINT_CHANNELS = ['hotline', 'petition', 'phone', 'visit', 'online', 'transfer'] as const;
export type ComplaintChannel = (typeof COMPLAINT_CHANNELS)[number];

export const COMPLAINT_STATES = ['registered', 'accepted', 'transferred', 'refused', 'inChecking', 'answered', 'closed'] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** What is decided about a complaint that came in. */
export const TRIAGE_OUTCOMES = ['accepted', 'transferred', 'refused'] as const satisfies readonly ComplaintState[];
export type TriageOutcome = (typeof TRIAGE_OUTCOMES)[number];

/** Where the day by which an answer is due comes from: the paper it came with, the organisation's own term, or nowhere. */
export const COMPLAINT_DUE_BASES = ['stated', 'term', 'none'] as const;
export type ComplaintDueBasis = (typeof COMPLAINT_DUE_BASES)[number];

/** What of another noun a complaint led to. */
export const COMPLAINT_LINK_KINDS = ['act', 'case', 'document'] as const;
export type ComplaintLinkKind = (typeof COMPLAINT_LINK_KINDS)[number];

/** Who complained: kept apart from the complaint, encrypted, and shown only to those who may and say why. */
export type ComplainantIdentity = {
    readonly name?: string | undefined;
    readonly phone?: string | undefined;
    readonly idNumber?: string | undefined;
    readonly address?: string | undefined;
    readonly other?: string | undefined;
};
