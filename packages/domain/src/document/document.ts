import type { DocumentType } from './document-type.ts';

/**
 * States of a document. Office documents: draft → inReview → (inLegalReview) → awaitingSignature → approved (signed by the
 * right head, then numbered and sealed) → issued (sealed and bound to its paper or file) → served → filed. Scene documents:
 * draft → issued (signed and handed over on the spot) → checked → filed. A number once given stays visible when its
 * document is voided. `imported` was made in another system and came in whole.
 */
export const DOCUMENT_STATES = [
    'draft',
    'inReview',
    'inLegalReview',
    'awaitingSignature',
    'approved',
    'issued',
    'checked',
    'served',
    'filed',
    'voided',
    'imported',
] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** States of a document that has gone out. */
export const ISSUED_STATES: readonly DocumentState[] = ['issued', 'checked', 'served', 'filed', 'imported'];

/** States in which a document says what was written for good: its times were fixed by the first signature (附件1 第10条). */
export const MADE_STATES: readonly DocumentState[] = ['approved', ...ISSUED_STATES];

/** Whether a document is past its draft. */
export const isMade = (state: DocumentState): boolean => MADE_STATES.includes(state);

/** Ways of service (民事诉讼法 2023 第87–95条; 13号令 第53–57条). `lien` and `publicNotice` are recorded in any case (正文二(二)1). */
export const SERVICE_MODES = ['direct', 'lien', 'post', 'entrusted', 'electronic', 'publicNotice'] as const;
export type ServiceMode = (typeof SERVICE_MODES)[number];

/** What was decided about the sample form: until the organisation's legal section has confirmed it, it says 样张未核对. */
export type SampleState = 'unseen' | 'confirmed';

/** `imported` was made in another system and came in whole. */
export const DOCUMENT_ORIGINS = ['made', 'imported'] as const;
export type DocumentOrigin = (typeof DOCUMENT_ORIGINS)[number];

/** Whose signature makes an office document valid. Two heads that are never taken for each other (附件1 第20条). */
export const SIGNING_HEADS = ['sectionHead', 'instituteHead', 'agencyHead'] as const;
export type SigningHead = (typeof SIGNING_HEADS)[number];

/** Whose turn it is with a document: a role's, or its author's. */
export const DOCUMENT_WAITINGS = [
    'writing',
    'review',
    'legalReview',
    ...SIGNING_HEADS,
    'number',
    'seal',
    'issue',
    'check',
    'correction',
    'service',
    'filing',
    'regularisation',
] as const;
export type DocumentWaiting = (typeof DOCUMENT_WAITINGS)[number];

/** What was done with a document, in the words of its way. */
export const DOCUMENT_STEPS = [
    'submitted',
    'reviewed',
    'legallyReviewed',
    'returned',
    'signed',
    'numbered',
    'sealed',
    'issued',
    'issuedUrgently',
    'regularised',
    'checked',
    'faultFound',
    'corrected',
    'served',
    'serviceFailed',
    'filed',
    'reopened',
    'voided',
    'imported',
] as const;
export type DocumentStepKind = (typeof DOCUMENT_STEPS)[number];

/** Types that state when they began and ended (附件1 第10条): the officers say so, and no recording fills it in. */
export const TYPES_WITH_INTERVAL = [
    'sceneRecord',
    'inquiryRecord',
    'defenceRecord',
    'hearingRecord',
    'talkRecord',
] as const satisfies readonly DocumentType[];

export const hasInterval = (type: DocumentType): boolean => TYPES_WITH_INTERVAL.some((each) => each === type);

/** What is listed on a sheet of its own is held or handled by one of these (行政强制法 第24条第2款; 行政处罚法 第56条). */
const LISTED_TYPES: readonly DocumentType[] = [
    'seizureDecision',
    'seizureDisposal',
    'controlDecision',
    'evidencePreserve',
    'evidenceDisposal',
];

/** Whether 物品清单 is attached to documents of a type. */
export const hasItemList = (type: DocumentType): boolean => LISTED_TYPES.includes(type);
