/**
 * 调取 (附件1 第20条): recordings are handed out as evidence after the head of the institution has consented. `packing`: the package is
 * being written; `packaged`: it lies in storage; `handedOver`: somebody has received it.
 */
export const RETRIEVAL_STATES = ['requested', 'consented', 'packing', 'packaged', 'handedOver', 'refused', 'withdrawn'] as const;
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

export const RETRIEVAL_STEPS = ['consent', 'refuse', 'withdraw', 'pack', 'stopPacking', 'finishPacking', 'handOver'] as const;
export type RetrievalStep = (typeof RETRIEVAL_STEPS)[number];

/** From which states a step is made, and what it leads to. A state that nothing leads away from is an end. */
export const RETRIEVAL_TABLE: Readonly<
    Record<RetrievalStep, { readonly from: readonly RetrievalState[]; readonly to: RetrievalState }>
> = {
    consent: { from: ['requested'], to: 'consented' },
    refuse: { from: ['requested'], to: 'refused' },
    withdraw: { from: ['requested', 'consented'], to: 'withdrawn' },
    pack: { from: ['consented'], to: 'packing' },
    // By somebody, or because something that belongs into it is damaged: the consent stands, and it may be begun again.
    stopPacking: { from: ['packing'], to: 'consented' },
    finishPacking: { from: ['packing'], to: 'packaged' },
    handOver: { from: ['packaged'], to: 'handedOver' },
};

/** Making of the discs of a package: goes on, is over, or ended before that and may be begun again. */
export const DISC_SET_STATES = ['making', 'made', 'stopped'] as const;
export type DiscSetState = (typeof DISC_SET_STATES)[number];

/** Of one retrieval; more are asked for in several. */
export const MOST_RETRIEVED = 200;

/** Pictures of signed receipts of one retrieval. */
export const MOST_RECEIPT_PAPERS = 10;

/** Bytes of a package may be fetched for so long after the fetching was registered, milliseconds. */
export const DOWNLOAD_OPEN_MS = 12 * 60 * 60 * 1000;
