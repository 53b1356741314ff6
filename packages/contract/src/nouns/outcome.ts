import { FINDING_BASES, FINDING_CODES, OUTCOME_ENDS, OUTCOME_KINDS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import {
    createdId,
    day,
    empty,
    id,
    idParams,
    instant,
    line,
    optionalLine,
    organisationRef,
    page,
    pageQuery,
    personRef,
    text,
} from '../shapes.ts';

const outcomeItem = z.object({
    id,
    organisation: organisationRef,
    /** Null: the organisation itself. */
    person: personRef.nullable(),
    clause: z.string(),
    article: z.string(),
    happenedDay: day,
    facts: z.string(),
    act: z.object({ id, number: z.string() }).nullable(),
    /** The confirmed finding that it followed. */
    finding: z
        .object({
            ...{ id, code: z.enum(FINDING_CODES), params: z.record(z.string(), z.number()) },
            /** Whether it still is what it was: `overtaken`: by facts that came it is no longer found · `revised`: somebody settled that. */
            standing: z.enum(FINDING_BASES),
            revision: z.object({ words: z.string(), by: personRef, at: instant }).nullable(),
        })
        .nullable(),
    kind: z.enum(OUTCOME_KINDS),
    measure: z.string().nullable(),
    decidedBy: z.string(),
    decidedDay: day,
    paperNumber: z.string().nullable(),
    recordedBy: personRef,
    recordedAt: instant,
    ended: z.object({ as: z.enum(OUTCOME_ENDS), at: instant, by: z.string(), why: z.string() }).nullable(),
    mayChange: z.boolean(),
});

const wish = {
    clause: line(20),
    /** Absent: the organisation itself. */
    personId: id.optional(),
    happenedDay: day,
    facts: text(2_000),
    actId: id.optional(),
    /** A confirmed finding; its act is taken from it. */
    findingId: id.optional(),
    kind: z.enum(OUTCOME_KINDS),
    /** The measure in the words of the decision. */
    measure: optionalLine(120),
    /** Which body or head decided. */
    decidedBy: line(120),
    decidedDay: day,
    paperNumber: optionalLine(60),
};
const WISH_ERRORS = [
    'outcome.clauseNotBinding',
    'outcome.ownCase',
    'outcome.inFuture',
    'outcome.decidedBefore',
    'outcome.paperMissing',
    'person.notFound',
    'act.notFound',
    'finding.notFound',
    'outcome.findingNotConfirmed',
] as const;

/** What followed confirmed violations of the notice (正文三(四), 附件1 第21条). */
export const outcomeEndpoints = {
    'outcome.list': endpoint({
        method: 'GET',
        path: '/api/outcomes',
        summary:
            "What followed confirmed violations: one's own; for a section head the department's; for heads and inspectors all, also below",
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            kind: z.enum(OUTCOME_KINDS).optional(),
            state: z.enum(['standing', 'ended', 'all']).default('standing'),
            personId: id.optional(),
            organisationId: id.optional(),
            /** Those that rest on a confirmation which facts have overtaken, or which was revised. */
            basis: z.enum(['changed']).optional(),
            /** Days of the decision, both included. */
            from: day.optional(),
            to: day.optional(),
        }),
        response: page(outcomeItem),
        errors: [],
        permission: 'signedIn',
        kind: 'query',
    }),
    'outcome.get': endpoint({
        method: 'GET',
        path: '/api/outcomes/:id',
        summary: 'One entry with those it replaced',
        params: idParams,
        response: outcomeItem.extend({ replacedBy: id.nullable(), earlier: z.array(outcomeItem) }),
        errors: ['outcome.notFound'],
        permission: 'signedIn',
        kind: 'query',
    }),
    'outcome.report': endpoint({
        method: 'GET',
        path: '/api/outcome-report',
        summary: 'How many entries stand by organisation, kind and month of the decision',
        query: z.object({ from: day.optional(), to: day.optional() }),
        response: z.object({
            organisations: z.array(
                z.object({ organisation: organisationRef, counts: z.record(z.enum(OUTCOME_KINDS), z.number().int()) }),
            ),
            /** `2026-11`, newest first. */
            months: z.array(z.object({ month: z.string(), counts: z.record(z.enum(OUTCOME_KINDS), z.number().int()) })),
        }),
        errors: [],
        permission: 'outcome.view',
        kind: 'query',
    }),
    'outcome.record': endpoint({
        method: 'POST',
        path: '/api/outcomes',
        summary: 'Enters what was decided after a violation was confirmed',
        body: z.object(wish),
        response: createdId,
        errors: WISH_ERRORS,
        permission: 'outcome.manage',
        kind: 'command',
    }),
    'outcome.correct': endpoint({
        method: 'POST',
        path: '/api/outcomes/:id/correct',
        summary: 'Puts another entry in the place of one that stands, with the reason; the former stays in the register',
        params: idParams,
        body: z.object({ ...wish, reason: line(200) }),
        response: createdId,
        errors: [...WISH_ERRORS, 'outcome.notFound', 'outcome.ended'],
        permission: 'outcome.manage',
        kind: 'command',
    }),
    'outcome.withdraw': endpoint({
        method: 'POST',
        path: '/api/outcomes/:id/withdraw',
        summary: 'Takes an entry back with a reason; it stays in the register',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['outcome.notFound', 'outcome.ended', 'outcome.ownCase'],
        permission: 'outcome.manage',
        kind: 'command',
    }),
};
