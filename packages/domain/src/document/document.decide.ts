import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import { type DocumentOrigin, type DocumentState, type DocumentWaiting, hasInterval } from './document.ts';
import { isNumbered, signingFacts } from './document-signing.ts';
import { type DocumentType, documentTypeFacts } from './document-type.ts';

/** What decisions about one document look at. */
export type DocumentStanding = {
    readonly type: DocumentType;
    readonly state: DocumentState;
    readonly origin: DocumentOrigin;
    readonly revision: number;
    readonly writerIds: readonly Id[];
    readonly startedAt: Instant | null;
    readonly endedAt: Instant | null;
    readonly firstSignedAt: Instant | null;
    readonly numberedAt: Instant | null;
    readonly sealedAt: Instant | null;
    readonly approvedAt: Instant | null;
    readonly regulariseBy: Instant | null;
    readonly regularisedAt: Instant | null;
    readonly checkFault: string | null;
    readonly servedAt: Instant | null;
};

/** The start and end that the officers state. Throws `document.endBeforeStart` or `document.inFuture`. */
export function decideStatedTimes(
    { startedAt, endedAt, madeAt }: { startedAt: Instant | null; endedAt: Instant | null; madeAt: Instant },
    now: Instant,
): void {
    if (startedAt !== null && endedAt !== null && endedAt < startedAt) throw new DomainError('document.endBeforeStart');
    for (const at of [startedAt, endedAt, madeAt]) if (at !== null && at > now) throw new DomainError('document.inFuture');
}

/**
 * A draft is saved as it is, however incomplete; two people who wrote at the same time are told, and neither loses
 * anything. Throws `document.notDraft`, `document.alreadySigned` or `document.savedMeanwhile` (revision).
 */
export function decideDocumentSave(document: DocumentStanding, baseRevision: number): void {
    decideDocumentDraft(document);
    if (document.revision !== baseRevision) throw new DomainError('document.savedMeanwhile', { revision: document.revision });
}

/** After the first signature content changes by a recorded correction only. */
export function decideDocumentDraft(document: Pick<DocumentStanding, 'state' | 'firstSignedAt'>): void {
    if (document.state !== 'draft') throw new DomainError('document.notDraft');
    if (document.firstSignedAt !== null) throw new DomainError('document.alreadySigned');
}

/** Handing in an office document. Throws `document.signedOnTheSpot`, `document.notDraft` or `document.incomplete` (count). */
export function decideDocumentSubmit(document: DocumentStanding, faults: number): DocumentState {
    const signing = signingFacts(document.type);
    if (signing === undefined) throw new DomainError('document.signedOnTheSpot');
    decideDocumentDraft(document);
    if (faults > 0) throw new DomainError('document.incomplete', { count: faults });
    // The head of the section reviews by signing: the same person would look twice.
    return signing.head === 'sectionHead' ? 'awaitingSignature' : 'inReview';
}

/** Whether its page numbers, parent or an own number tell it apart, and that is missing. */
export const lacksNumber = (document: Pick<DocumentStanding, 'type' | 'numberedAt'>): boolean =>
    isNumbered(document.type) && document.numberedAt === null;

/** Whether somebody is served with it, so that it is not done before that. */
export const isServedType = (type: DocumentType): boolean => isServable(type) && documentTypeFacts(type).flow === 'office';

/** What a party or a complainant gets; what goes to courts and other agencies is sent with a slip of its own. */
export const isServable = (type: DocumentType): boolean => documentTypeFacts(type).side === 'party' || type === 'complaintReply';

/** Whose turn it is, from what was done so far. */
export function waitingFor(document: DocumentStanding): DocumentWaiting | null {
    switch (document.state) {
        case 'draft':
            return 'writing';
        case 'inReview':
            return 'review';
        case 'inLegalReview':
            return 'legalReview';
        case 'awaitingSignature':
            return signingFacts(document.type)?.head ?? null;
        case 'approved':
            return waitingOnceApproved(document);
        case 'issued':
            return waitingOnceIssued(document);
        case 'checked':
        case 'served':
            return 'filing';
        case 'imported':
            return 'filing';
        case 'filed':
        case 'voided':
            return null;
    }
}

function waitingOnceApproved(document: DocumentStanding): DocumentWaiting {
    if (lacksNumber(document)) return 'number';
    const signing = signingFacts(document.type);
    if (signing?.seal === true) return document.sealedAt === null ? 'seal' : 'issue';
    return documentTypeFacts(document.type).side === 'internal' ? 'filing' : 'issue';
}

function waitingOnceIssued(document: DocumentStanding): DocumentWaiting {
    if (document.regulariseBy !== null && document.regularisedAt === null) return 'regularisation';
    if (documentTypeFacts(document.type).flow === 'scene') return document.checkFault === null ? 'check' : 'correction';
    return isServedType(document.type) && document.servedAt === null ? 'service' : 'filing';
}

/** What is missing before signatures can fix it: the interval, where its type states one (附件1 第10条). */
export const lacksInterval = (document: Pick<DocumentStanding, 'type' | 'startedAt' | 'endedAt'>): boolean =>
    hasInterval(document.type) && (document.startedAt === null || document.endedAt === null);
