import { ISSUED_STATES, MADE_STATES } from '../document/document.ts';
import { type DocumentType, documentTypeFacts } from '../document/document-type.ts';
import { type Day, dayOf } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CaseDocument, CaseFacts, DocumentLevel, StepData, StepRecord } from './case.ts';

/** Steps since the case was last reopened: what was told, heard and reviewed before must be told, heard and reviewed again. */
function current(facts: CaseFacts): readonly StepRecord[] {
    const reopened = facts.steps.findLastIndex((record) => record.step === 'reopen');
    return reopened < 0 ? facts.steps : facts.steps.slice(reopened);
}

/** When the case was last reopened. */
export const reopenedAt = (facts: CaseFacts): Instant | undefined =>
    facts.steps.findLast((record) => record.step === 'reopen')?.at;

/** Whether something of that moment belongs to what is done anew; of an unknown moment nobody can say that it does. */
export const sinceReopening = (facts: CaseFacts, at: Instant | null): boolean => {
    const reopened = reopenedAt(facts);
    return reopened === undefined || (at !== null && at >= reopened);
};

/** One made elsewhere bears a day and no moment: that of the reopening counts. */
export function isCurrent(facts: CaseFacts, { madeAt, datedOn }: CaseDocument): boolean {
    const reopened = reopenedAt(facts);
    if (reopened !== undefined && datedOn !== null) return datedOn >= dayOf(reopened);
    return sinceReopening(facts, madeAt);
}

/** Last time the step was taken. */
export const lastStep = (facts: CaseFacts, ...ids: readonly string[]): StepRecord | undefined =>
    current(facts).findLast((record) => ids.includes(record.step));

export const took = (facts: CaseFacts, ...ids: readonly string[]): boolean => lastStep(facts, ...ids) !== undefined;

/** What the steps have said so far; the last word counts. */
export function said<F extends keyof StepData>(facts: CaseFacts, field: F): StepData[F] | undefined {
    return current(facts).findLast((record) => record.data[field] !== undefined)?.data[field];
}

export function hasLevel(document: CaseDocument, level: DocumentLevel): boolean {
    if (level === 'served') return document.servedAt !== null || document.state === 'served' || document.state === 'imported';
    return (level === 'made' ? MADE_STATES : ISSUED_STATES).includes(document.state);
}

/** Documents that are so far, of those that count since the case was last reopened, the newest first. */
export const documentsAt = (facts: CaseFacts, types: readonly DocumentType[], level: DocumentLevel): CaseDocument[] =>
    allDocuments(facts).filter((document) => isAt(document, types, level) && isCurrent(facts, document));

/** Those that are here, and those that steps from another system name by number and day. */
const allDocuments = (facts: CaseFacts): readonly CaseDocument[] => {
    const elsewhere = facts.steps.flatMap((record) => record.imported?.documents ?? []);
    return elsewhere.length === 0 ? facts.documents : [...facts.documents, ...elsewhere];
};

export const documentAt = (facts: CaseFacts, types: readonly DocumentType[], level: DocumentLevel): CaseDocument | undefined =>
    documentsAt(facts, types, level)[0];

/** One that is so far, but from before the case was reopened. */
export const staleDocument = (facts: CaseFacts, types: readonly DocumentType[], level: DocumentLevel): CaseDocument | undefined =>
    allDocuments(facts).find((document) => isAt(document, types, level) && !isCurrent(facts, document));

const isAt = (document: CaseDocument, types: readonly DocumentType[], level: DocumentLevel): boolean =>
    types.includes(document.type) && hasLevel(document, level);

/** The day on which a document was so far, by its own word; undefined where it does not say. */
export function provenOn({ datedOn, ...document }: CaseDocument, level: DocumentLevel): Day | undefined {
    if (level === 'served' && document.servedAt !== null) return dayOf(document.servedAt);
    if (datedOn !== null) return datedOn;
    if (level === 'served') return undefined;
    const issued =
        documentTypeFacts(document.type).flow === 'scene' ? (document.signedAt ?? document.issuedAt) : document.issuedAt;
    const at = level === 'made' ? (document.approvedAt ?? issued) : issued;
    return at === null ? undefined : dayOf(at);
}

// Beginnings of terms.
export const opened = (facts: CaseFacts): Instant => facts.openedAt;
export const after =
    (...ids: readonly string[]) =>
    (facts: CaseFacts): Instant | undefined =>
        lastStep(facts, ...ids)?.at;

/** The first time ever: what was done before a case was reopened stays done. */
export const ever =
    (...ids: readonly string[]) =>
    (facts: CaseFacts): Instant | undefined =>
        facts.steps.find((record) => ids.includes(record.step))?.at;

/** Since a document was served (any of these); the step stands in where the document does not say when. */
export const servedOr =
    (types: DocumentType | readonly DocumentType[], ...ids: readonly string[]) =>
    (facts: CaseFacts): Instant | undefined => {
        const step = lastStep(facts, ...ids);
        const any = typeof types === 'string' ? [types] : types;
        const dated = documentsAt(facts, any, 'served').find((each) => each.servedAt !== null);
        return step === undefined ? undefined : (dated?.servedAt ?? step.at);
    };
