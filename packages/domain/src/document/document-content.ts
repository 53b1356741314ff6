import { DomainError } from '../kernel/domain-error.ts';
import type { DocumentStanding } from './document.decide.ts';
import { lacksInterval } from './document.decide.ts';
import type { DocumentContent, FieldValue } from './template.ts';

/** Something that a document still lacks or that its rules do not allow; `fault` stops it, `notice` does not. */
export type ContentFinding = {
    readonly code: string;
    readonly level: 'fault' | 'notice';
    /** Field of the template, where one is meant. */
    readonly field: string | null;
    readonly params: Readonly<Record<string, string | number>>;
};

/** Longest canonical text of a content: a record of forty written pages has about a third of it. */
export const MOST_CONTENT = 600_000;

/** Throws `document.contentTooLong` (most). */
export function decideContentLength(canonical: string): void {
    if (canonical.length > MOST_CONTENT) throw new DomainError('document.contentTooLong', { most: MOST_CONTENT });
}

const isEmpty = (value: FieldValue): boolean => value === '' || (Array.isArray(value) && value.length === 0);

/** What every document must have, whatever its form asks for beyond it. */
export function findingsOfDocument(
    document: Pick<DocumentStanding, 'type' | 'startedAt' | 'endedAt'>,
    content: DocumentContent,
): ContentFinding[] {
    const findings: ContentFinding[] = [];
    if (Object.values(content).every(isEmpty)) findings.push({ code: 'content.empty', level: 'fault', field: null, params: {} });
    if (lacksInterval(document)) findings.push({ code: 'content.intervalMissing', level: 'fault', field: null, params: {} });
    return findings;
}
