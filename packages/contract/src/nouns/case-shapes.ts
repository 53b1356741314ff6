import {
    CASE_ANSWERS,
    CASE_FIGURES,
    CASE_PARTS,
    CASE_POSTS,
    CASE_SOURCES,
    COUNTDOWN_STATES,
    DEADLINE_PARAMETERS,
    type DeadlineKey,
    DOCUMENT_LEVELS,
    DOCUMENT_STATES,
    DOCUMENT_TYPE_IDS,
    type DocumentType,
    EVIDENCE_KINDS,
    EXCLUSION_REASONS,
    FIGURE_KEYS,
    FIGURE_STATES,
    isDay,
    PERIOD_UNITS,
    PROCEDURES,
    REMEDY_KINDS,
    REMEDY_RESULTS,
    STANDINGS,
    STEP_ORIGINS,
    STEP_PAPER_STANDINGS,
} from '@liuhen/domain';
import { z } from 'zod';
import { id, instant, line, partyRef, personRef, text } from '../shapes.ts';

const day = z.string().refine(isDay);
export const deadlineKey = z.enum(Object.keys(DEADLINE_PARAMETERS) as [DeadlineKey, ...DeadlineKey[]]);
export const documentTypeShape = z.enum(DOCUMENT_TYPE_IDS as readonly [DocumentType, ...DocumentType[]]);
const fen = z.number().int().min(0).max(1e13);

/** What a step says beside its moment; which of them it asks for stands in the procedure's table. */
export const stepData = z.object({
    proposedFine: fen.optional(),
    fine: fen.optional(),
    grave: z.boolean().optional(),
    hearingDue: z.boolean().optional(),
    legalReviewDue: z.boolean().optional(),
    people: z.number().int().min(0).max(99).optional(),
    passed: z.boolean().optional(),
    day: day.optional(),
    presiderId: id.optional(),
    measure: z.enum(['seizure', 'control']).optional(),
    outcome: line(40).optional(),
    reason: text(1000).optional(),
    cash: z.boolean().optional(),
    hardToCollect: z.boolean().optional(),
});

export const refusal = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });

const left = z.union([
    z.object({ unit: z.literal('hour'), ms: z.number() }),
    z.object({ unit: z.enum(['calendarDay', 'workday']), days: z.number().int() }),
]);

/** A term that has begun: when it ends, what is left, and how sure its figure and its calendar are. */
export const countdown = z.object({
    key: deadlineKey,
    kind: z.enum(['act', 'party', 'wait']),
    state: z.enum(COUNTDOWN_STATES),
    from: instant,
    /** The first instant outside the term; null while it stands still or has no length. */
    due: instant.nullable(),
    lastDay: day.nullable(),
    period: z.object({ length: z.number().int(), unit: z.enum(PERIOD_UNITS) }).nullable(),
    left: left.nullable(),
    standing: z.enum(STANDINGS),
    basis: z.string(),
    metAt: instant.nullable(),
    extended: z.boolean(),
    /** Years whose official calendar is missing or not compared yet. */
    calendar: z.array(z.object({ year: z.number().int(), state: z.enum(['missing', 'verify']) })),
});

export const caseRef = z.object({ id, number: z.string(), procedure: z.enum(PROCEDURES), state: z.string(), title: z.string() });

export const caseItem = caseRef.extend({
    party: partyRef.nullable(),
    source: z.enum(CASE_SOURCES),
    openedAt: instant,
    endedAt: instant.nullable(),
    handlers: z.array(personRef),
    /** The most pressing term that still runs. */
    next: countdown.nullable(),
});

export const evidenceItem = z.object({
    id,
    place: z.number().int(),
    kind: z.enum(EVIDENCE_KINDS),
    target: z.object({ id, name: z.string() }).nullable(),
    fromMs: z.number().int().nullable(),
    toMs: z.number().int().nullable(),
    title: z.string(),
    proves: z.string().nullable(),
    extractedBy: personRef.nullable(),
    extractedAt: instant.nullable(),
    method: z.string().nullable(),
    carrier: z.string().nullable(),
    keptAt: z.string().nullable(),
    withdrawnAt: instant.nullable(),
    withdrawnWhy: z.string().nullable(),
});

export const caseDetail = caseItem.extend({
    version: z.number().int(),
    sourceNote: z.string().nullable(),
    summary: z.string().nullable(),
    breachAt: instant.nullable(),
    graveHarm: z.boolean(),
    parent: caseRef.nullable(),
    children: z.array(caseRef),
    people: z.array(z.object({ id, person: personRef, part: z.enum(CASE_PARTS), since: instant })),
    steps: z.array(
        z.object({
            id,
            step: z.string(),
            at: instant,
            enteredAt: instant,
            person: personRef,
            as: z.enum(CASE_POSTS),
            from: z.string(),
            to: z.string(),
            data: stepData,
            note: z.string().nullable(),
            /** Told by another system; `stated`: not checked. Null: taken here. */
            origin: z.enum(STEP_ORIGINS).nullable(),
            paper: z.object({ number: z.string().nullable(), date: z.string().nullable() }).nullable(),
            /** What the step asks for and the other system did not say. */
            unstated: z.array(z.string()),
        }),
    ),
    /** Where it came from, and its number there. */
    imported: z.object({ from: z.string(), number: z.string() }).nullable(),
    /** Steps of the present state and what speaks against each now. */
    nextSteps: z.array(z.object({ step: z.string(), refusals: z.array(refusal) })),
    documents: z.array(
        z.object({
            id,
            type: documentTypeShape,
            title: z.string(),
            number: z.string().nullable(),
            state: z.enum(DOCUMENT_STATES),
            madeAt: instant,
            servedAt: instant.nullable(),
        }),
    ),
    /** What every step that was taken or can still come needs on paper, in order; ids of `documents`, the one that counts first. */
    papers: z.array(
        z.object({
            step: z.string(),
            taken: z.boolean(),
            types: z.array(documentTypeShape),
            level: z.enum(DOCUMENT_LEVELS),
            standing: z.enum(STEP_PAPER_STANDINGS),
            documents: z.array(id),
        }),
    ),
    acts: z.array(z.object({ linkId: id, id, number: z.string(), place: z.string().nullable(), startsAt: instant })),
    exclusions: z.array(
        z.object({
            id,
            reason: z.enum(EXCLUSION_REASONS),
            keys: z.array(deadlineKey),
            from: instant,
            until: instant.nullable(),
            documentId: id.nullable(),
            notice: z.string().nullable(),
            version: z.number().int(),
        }),
    ),
    /** 行政复议, 行政诉讼 against what it decided, the first in front. */
    remedies: z.array(
        z.object({
            id,
            kind: z.enum(REMEDY_KINDS),
            authority: z.string(),
            number: z.string().nullable(),
            begunOn: day,
            suspendedWhy: z.string().nullable(),
            endedOn: day.nullable(),
            result: z.enum(REMEDY_RESULTS).nullable(),
            note: z.string().nullable(),
            version: z.number().int(),
        }),
    ),
    evidence: z.array(evidenceItem),
    countdowns: z.array(countdown),
    /** Sums worked out from dated parameters: what a fine is compared with, and what may be added to it. */
    figures: z.array(
        z.object({
            code: z.enum(CASE_FIGURES),
            key: z.enum(FIGURE_KEYS),
            /** Whole fen, or per cent a day. */
            limit: z.number().int().nullable(),
            standing: z.enum(STANDINGS),
            basis: z.string(),
            sum: fen.nullable(),
            days: z.number().int().nullable(),
            state: z.enum(FIGURE_STATES),
            differs: z.boolean(),
        }),
    ),
    answers: z.array(
        z.object({
            code: z.enum(CASE_ANSWERS),
            status: z.enum(['held', 'act', 'judge', 'broken']),
            params: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
    ),
});

const lineOrText = {
    optionalLine: (most: number) => line(most).optional(),
    optionalText: (most: number) => text(most).optional(),
};

export const remedyFields = z.object({
    authority: line(200),
    number: lineOrText.optionalLine(100),
    begunOn: day,
    suspendedWhy: lineOrText.optionalText(500),
    endedOn: day.optional(),
    result: z.enum(REMEDY_RESULTS).optional(),
    note: lineOrText.optionalText(1000),
});

export const caseFields = z.object({
    title: line(200),
    partyId: id.optional(),
    sourceNote: lineOrText.optionalText(500),
    summary: lineOrText.optionalText(4000),
    breachAt: instant.optional(),
    graveHarm: z.boolean().default(false),
});

export const stepBody = z.object({
    version: z.number().int(),
    step: line(40),
    at: instant,
    data: stepData,
    note: text(1000).optional(),
});

export const evidenceFields = z.object({
    kind: z.enum(EVIDENCE_KINDS),
    targetId: id.optional(),
    fromMs: z.number().int().min(0).optional(),
    toMs: z.number().int().min(1).optional(),
    title: line(200),
    proves: lineOrText.optionalText(1000),
    extractedById: id.optional(),
    extractedAt: instant.optional(),
    method: line(200).optional(),
    carrier: line(200).optional(),
    keptAt: line(200).optional(),
});
