/** 调取 (附件1 第20条): recordings are handed out as evidence after the head of the institution has consented. */
export const RETRIEVAL_STATES = ['requested', 'consented', 'refused', 'withdrawn'] as const;
export type RetrievalState = (typeof RETRIEVAL_STATES)[number];

/** What it is asked from: an act, a case, or recordings that were chosen one by one. */
export const RETRIEVAL_SOURCES = ['act', 'case', 'recordings'] as const;
export type RetrievalSource = (typeof RETRIEVAL_SOURCES)[number];

/** In which proceeding it is to be evidence: 行政处罚, 行政强制, 行政复议, 行政诉讼, 移送刑事, 监察或者督察, other. */
export const RETRIEVAL_PURPOSES = [
    'penalty',
    'coercion',
    'reconsideration',
    'litigation',
    'criminal',
    'supervision',
    'other',
] as const;
export type RetrievalPurpose = (typeof RETRIEVAL_PURPOSES)[number];

export const RETRIEVAL_STEPS = ['consent', 'refuse', 'withdraw'] as const;
export type RetrievalStep = (typeof RETRIEVAL_STEPS)[number];

/** From which states a step is made, and what it leads to. A state that nothing leads away from is an end. */
export const RETRIEVAL_TABLE: Readonly<
    Record<RetrievalStep, { readonly from: readonly RetrievalState[]; readonly to: RetrievalState }>
> = {
    consent: { from: ['requested'], to: 'consented' },
    refuse: { from: ['requested'], to: 'refused' },
    withdraw: { from: ['requested', 'consented'], to: 'withdrawn' },
};

/** Of one retrieval; more are asked for in several. */
export const MOST_RETRIEVED = 200;
