import { type DocumentType, dayOf, type Instant, templateOf } from '@liuhen/domain';

/** Which version of its form a document takes that is begun at a moment. */
export const templateVersionFor = (type: DocumentType, at: Instant): number => templateOf(type, dayOf(at))?.version ?? 1;
