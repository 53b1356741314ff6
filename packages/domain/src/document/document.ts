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

/** Ways of service (民事诉讼法 2023 第87–95条; 13号令 第53–57条). `lien` and `publicNotice` are recorded in any case (正文二(二)1). */
export const SERVICE_MODES = ['direct', 'lien', 'post', 'entrusted', 'electronic', 'publicNotice'] as const;
export type ServiceMode = (typeof SERVICE_MODES)[number];

/** What was decided about the sample form: until the organisation's legal section has confirmed it, it says 样张未核对. */
export type SampleState = 'unseen' | 'confirmed';
