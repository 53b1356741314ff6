import { DomainError } from '../kernel/domain-error.ts';
import type { DocumentStanding } from './document.decide.ts';
import { isStateFor } from './document-flow.ts';
import { documentTypeFacts } from './document-type.ts';

/**
 * After the first signature content changes by a recorded correction of one field, with what stood there, what stands
 * there now, and why; never silently (《卫生行政执法文书规范》第5条). What only its head has signed is written anew instead.
 * Gives whether the party has to sign at the change. Throws `document.correctNotNow` or `document.nothingChanged`.
 */
export function decideCorrection(
    document: DocumentStanding,
    { before, after, partySigned }: { readonly before: string; readonly after: string; readonly partySigned: boolean },
): { readonly needsSignature: boolean } {
    if (!isCorrectable(document)) throw new DomainError('document.correctNotNow');
    if (before === after) throw new DomainError('document.nothingChanged');
    const theirs = documentTypeFacts(document.type).side === 'party';
    return { needsSignature: theirs && (partySigned || isStateFor('correct', document)) };
}

/** Signed already, and not in the hands of those who review. */
export const isCorrectable = (document: Pick<DocumentStanding, 'type' | 'state' | 'firstSignedAt'>): boolean =>
    isStateFor('correct', document) ||
    (documentTypeFacts(document.type).flow === 'scene' && document.state === 'draft' && document.firstSignedAt !== null);
