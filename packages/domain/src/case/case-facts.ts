import type { DocumentType } from '../document/document-type.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CaseDocument, CaseFacts, DocumentLevel, StepData, StepRecord } from './case.ts';

/** Steps since the case was last reopened: what was told, heard and reviewed before must be told, heard and reviewed again. */
function current(facts: CaseFacts): readonly StepRecord[] {
    const reopened = facts.steps.findLastIndex((record) => record.step === 'reopen');
    return reopened < 0 ? facts.steps : facts.steps.slice(reopened);
}

/** Last time the step was taken. */
export const lastStep = (facts: CaseFacts, ...ids: readonly string[]): StepRecord | undefined =>
    current(facts).findLast((record) => ids.includes(record.step));

export const took = (facts: CaseFacts, ...ids: readonly string[]): boolean => lastStep(facts, ...ids) !== undefined;

/** What the steps have said so far; the last word counts. */
export function said<F extends keyof StepData>(facts: CaseFacts, field: F): StepData[F] | undefined {
    return current(facts).findLast((record) => record.data[field] !== undefined)?.data[field];
}

const MADE = ['approved', 'issued', 'checked', 'served', 'filed', 'imported'];
const ISSUED = ['issued', 'checked', 'served', 'filed', 'imported'];

export function hasLevel(document: CaseDocument, level: DocumentLevel): boolean {
    if (level === 'served') return document.servedAt !== null || document.state === 'served' || document.state === 'imported';
    return (level === 'made' ? MADE : ISSUED).includes(document.state);
}

export const documentAt = (facts: CaseFacts, types: readonly DocumentType[], level: DocumentLevel): CaseDocument | undefined =>
    facts.documents.find((document) => types.includes(document.type) && hasLevel(document, level));

// Beginnings of terms.
export const opened = (facts: CaseFacts): Instant => facts.openedAt;
export const after =
    (...ids: readonly string[]) =>
    (facts: CaseFacts): Instant | undefined =>
        lastStep(facts, ...ids)?.at;

/** Since a document was served; the step stands in where the document does not say when. */
export const servedOr =
    (type: DocumentType, ...ids: readonly string[]) =>
    (facts: CaseFacts): Instant | undefined => {
        const step = lastStep(facts, ...ids);
        return step === undefined ? undefined : (documentAt(facts, [type], 'served')?.servedAt ?? step.at);
    };
