import type { DocumentType } from '../document/document-type.ts';
import type { DocumentContent } from '../document/template.ts';
import type { Instant } from '../kernel/instant.ts';
import { interval } from '../kernel/interval.ts';
import type { ExplanationFacts } from './coverage-facts.ts';

/** 附件1 第10条: what an officer writes when the recording could not say itself why it broke off. */
export const INTERRUPTION_PAPER = 'interruptionStatement' satisfies DocumentType;

/** A paper about an interruption with what it says. */
export type InterruptionPaper = {
    readonly id: string;
    readonly content: DocumentContent;
    readonly startedAt: Instant | null;
    readonly endedAt: Instant | null;
    /** The head who signed it; null where nobody did, as with a paper that came in whole from elsewhere. */
    readonly approvedBy: string | null;
};

/** Somebody of the act, as a paper names them. */
type Named = { readonly personId: string | null; readonly name: string; readonly certificateNumber: string | null };

/**
 * What papers explain, for each recorder's user they name: known by person, else by certificate, else by name. A paper without
 * an interval or a reason explains nothing, nor does one that no head has signed who did not take part: people do not excuse
 * themselves, whoever signs first and is named as a participant afterwards included.
 */
export function explanationsOf(papers: readonly InterruptionPaper[], people: readonly Named[]): ExplanationFacts[] {
    return papers.flatMap(({ id, content, startedAt, endedAt, approvedBy }) => {
        if (approvedBy === null || people.some((each) => each.personId === approvedBy)) return [];
        const from = startedAt ?? numberOf(content.start);
        const to = endedAt ?? numberOf(content.end);
        const during = from === null || to === null ? undefined : interval(from, to);
        const reason = content.reason;
        if (during === undefined || typeof reason !== 'string' || reason.trim() === '') return [];
        const users = Array.isArray(content.officers) ? content.officers : [];
        const meant = users.flatMap((user) => (typeof user === 'object' ? (personOf(user, people) ?? []) : []));
        return [...new Set(meant)].map((personId) => ({ id: `${id} ${personId}`, personId, during, reason }));
    });
}

const numberOf = (value: unknown): Instant | null => (typeof value === 'number' ? value : null);

function personOf(user: Readonly<Record<string, unknown>>, people: readonly Named[]): string | undefined {
    const found =
        people.find((each) => each.personId !== null && each.personId === user.person) ??
        people.find((each) => each.certificateNumber !== null && each.certificateNumber === user.certificate) ??
        people.find((each) => each.name === user.name);
    return found?.personId ?? undefined;
}
