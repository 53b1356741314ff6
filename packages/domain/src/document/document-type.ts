import type { DocumentTypeFacts } from './document-type-facts.ts';
import { NORM_DOCUMENT_TYPES } from './document-types-norm.ts';
import { OTHER_DOCUMENT_TYPES } from './document-types-other.ts';

/** Every type of document. An id is for ever: documents name it. */
export const DOCUMENT_TYPES = { ...NORM_DOCUMENT_TYPES, ...OTHER_DOCUMENT_TYPES };

export type DocumentType = keyof typeof DOCUMENT_TYPES;

/** All ids, the norm's in its order first. */
export const DOCUMENT_TYPE_IDS = Object.keys(DOCUMENT_TYPES) as readonly DocumentType[];

export const documentTypeFacts = (type: DocumentType): DocumentTypeFacts => DOCUMENT_TYPES[type];
