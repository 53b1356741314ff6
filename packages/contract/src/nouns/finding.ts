import {
    ACT_RULE_IDS,
    ANSWER_KINDS,
    ANSWER_STATES,
    FINDING_CODES,
    FINDING_STATES,
    MISSING_FACTS,
    OUTCOME_KINDS,
    ROLES,
    RULE_IDS,
    RULING_KINDS,
    SUBJECT_KINDS,
    VERDICTS,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import {
    byClock,
    createdId,
    day,
    empty,
    id,
    idParams,
    instant,
    line,
    optionalLine,
    page,
    pageQuery,
    personRef,
    scenario,
    text,
} from '../shapes.ts';

const params = z.record(z.string(), z.number());

export const ruleVerdict = z.object({
    rule: z.enum(ACT_RULE_IDS),
    version: z.number().int(),
    verdict: z.enum(VERDICTS),
    modal: z.enum(['must', 'should']),
    missing: z.array(z.enum(MISSING_FACTS)),
    /** Recordings of which it is missing; what was judged before that was kept says none. */
    missingOf: z.array(id),
    params,
    counts: z.boolean(),
});

const organisationRef = z.object({ id, name: z.string() });
const moment = z.object({ recordingId: id, mediaMs: z.number().int().min(0) });

export const findingAnswer = z.object({
    id,
    kind: z.enum(ANSWER_KINDS),
    words: z.string(),
    /** Where in a recording of the act it was spoken. */
    moment: moment.extend({ fileName: z.string() }).nullable(),
    state: z.enum(ANSWER_STATES),
    statedBy: personRef,
    statedAt: instant,
    decidedBy: personRef.nullable(),
    decidedAt: instant.nullable(),
    decision: z.string().nullable(),
    /** The stretch of time it is about: as it stood when it was given, and from its acceptance on as it stood then. */
    from: instant.nullable(),
    to: instant.nullable(),
});

/** What somebody ruled by themselves: a violation, or by facts that came later none. */
export const findingRuling = z.object({
    id,
    kind: z.enum(RULING_KINDS),
    words: z.string(),
    by: personRef,
    at: instant,
    from: instant.nullable(),
    to: instant.nullable(),
});

export const findingItem = z.object({
    id,
    rule: z.enum(RULE_IDS),
    code: z.enum(FINDING_CODES),
    params,
    modal: z.enum(['must', 'should']),
    state: z.enum(FINDING_STATES),
    /** Whose; of an organisation below the reader's it is read and no more. */
    organisation: organisationRef,
    own: z.boolean(),
    /** What it is about: one of the three is there. */
    act: z
        .object({ id, number: z.string(), scenario, place: z.string(), startsAt: instant, party: z.string().nullable() })
        .nullable(),
    device: z.object({ id, number: z.string(), model: z.string().nullable() }).nullable(),
    unit: z.object({ id, name: z.string() }).nullable(),
    /** The one clause that it is about, where its rule rests on several. */
    clause: z.string().nullable(),
    /** Whose matter it is; null: nobody's in particular. */
    person: personRef.nullable(),
    /** Who answers. */
    owner: personRef.nullable(),
    /** Of a unit or a device: whoever holds this role answers. */
    ownerRole: z.enum(ROLES).nullable(),
    /** Where the owner has left or nobody was named: whoever holds this role answers instead. */
    standIn: z.enum(ROLES).nullable(),
    /** The recording, document, exemption or device it is about. */
    aboutId: id.nullable(),
    from: instant.nullable(),
    to: instant.nullable(),
    foundAt: instant,
    /** The unit's own; the notice sets none. */
    dueAt: instant.nullable(),
    /** Nobody answered, and the unit's own time for it is over. */
    overdue: byClock(z.boolean()),
    settledAt: instant.nullable(),
    /** Of a confirmed violation: since when it is no longer found, because facts came. It stands until somebody settles it. */
    goneSince: instant.nullable(),
    answers: z.array(findingAnswer),
    mayAnswer: z.boolean(),
    mayDecide: z.boolean(),
    mayRevise: z.boolean(),
});

const rangeQuery = {
    from: z.coerce.number().refine(Number.isSafeInteger).optional(),
    to: z.coerce.number().refine(Number.isSafeInteger).optional(),
};

export const interruption = z.object({
    key: z.string(),
    /** Whose; of an organisation below the reader's it is read and no more. */
    organisation: organisationRef,
    own: z.boolean(),
    act: z.object({ id, number: z.string(), place: z.string(), startsAt: instant }),
    /** The officer, or null for the camera of a room. */
    person: personRef.nullable(),
    from: instant,
    to: instant,
    place: z.enum(['whole', 'leading', 'between', 'trailing']),
    state: z.enum(['open', 'explained', 'exempt', 'exemptWaiting', 'notDue', 'tolerated']),
    modal: z.enum(['must', 'should']),
    /** Reason or ground in the words of whoever gave it. */
    words: z.string().nullable(),
    /** Where the reason stands: a paper, a moment of a recording, an answer to a finding, an exemption. */
    source: z.enum(['paper', 'spoken', 'answer', 'exemption']).nullable(),
    /** Null: nobody did; what is spoken in the recording needs no consent. */
    acceptedBy: personRef.nullable(),
    /** Of a spoken reason: who listened and marked where it is said. */
    markedBy: personRef.nullable(),
});

const standing = z.object({
    pass: z.number().int(),
    fail: z.number().int(),
    /** Not met, and only wanted. */
    wanted: z.number().int(),
    needsReview: z.number().int(),
});

const ANSWER_ERRORS = ['finding.notFound', 'act.restricted', 'conflict.changedMeanwhile'] as const;

export const findingEndpoints = {
    'finding.ofAct': endpoint({
        method: 'GET',
        path: '/api/acts/:id/findings',
        summary: 'How an act stands by each rule, as last judged, and what was found',
        params: idParams,
        response: z.object({
            /** Null: not judged yet. By its id the log lists every judgement that there was, each naming the one before. */
            judgement: z
                .object({
                    ...{ id, judgedAt: instant, verdict: z.enum(VERDICTS) },
                    ...{ verdicts: z.array(ruleVerdict), count: z.number().int() },
                })
                .nullable(),
            findings: z.array(findingItem),
        }),
        errors: ['act.notFound', 'act.restricted'],
        permission: 'finding.list',
        kind: 'query',
    }),
    'finding.list': endpoint({
        method: 'GET',
        path: '/api/findings',
        summary: 'What the rules found in the own organisation and those below it, newest first',
        query: z.object({
            ...pageQuery,
            ...rangeQuery,
            q: optionalLine(100),
            /** Of all that are seen: the own and those below it. */
            organisationId: id.optional(),
            subject: z.enum(SUBJECT_KINDS).optional(),
            rule: z.enum(RULE_IDS).optional(),
            /** Of the rules that judge this clause of the notice. */
            clause: optionalLine(20),
            state: z.enum([...FINDING_STATES, 'unanswered']).optional(),
            modal: z.enum(['must', 'should']).optional(),
            ownerId: id.optional(),
            /** For the reader to answer, in person, by a role, or in place of somebody who is gone. */
            mine: z.enum(['yes']).optional(),
            /** An answer waits, and the reader may decide on it. */
            toDecide: z.enum(['yes']).optional(),
            overdue: z.enum(['yes']).optional(),
            /** Confirmed ones that nothing followed yet; for whoever sees all outcomes. */
            withoutOutcome: z.enum(['yes']).optional(),
            /** Confirmed ones that are no longer found: all of them, or those that the reader confirmed. */
            overtaken: z.enum(['yes', 'mine']).optional(),
            order: z.enum(['newest', 'oldest', 'due']).default('newest'),
        }),
        response: page(findingItem).extend({
            counts: z.array(z.object({ state: z.enum(FINDING_STATES), count: z.number().int() })),
            organisations: z.array(organisationRef),
            now: instant,
        }),
        errors: ['access.denied', 'serverClock.doubted'],
        permission: 'finding.list',
        kind: 'query',
    }),
    'finding.standing': endpoint({
        method: 'GET',
        path: '/api/findings/standing',
        summary:
            'How many acts, units and recorders of the own organisation stand how by each rule now, and what is to be answered',
        response: z.object({
            rules: z.array(
                standing.extend({
                    rule: z.enum(RULE_IDS),
                    subject: z.enum(SUBJECT_KINDS),
                    /** Of clauses that are about a part only of what the rule looks at: a kind of act, a must, one requirement. */
                    parts: z.array(standing.extend({ clause: z.string() })),
                }),
            ),
            /**
             * Findings that wait for an answer or a decision, by the clause that they are about; null: all of the rule's. Those about
             * a part are counted at its clause once more.
             */
            unanswered: z.array(z.object({ rule: z.enum(RULE_IDS), clause: z.string().nullable(), count: z.number().int() })),
        }),
        errors: [],
        permission: 'finding.list',
        kind: 'query',
    }),
    'finding.get': endpoint({
        method: 'GET',
        path: '/api/findings/:id',
        summary: 'One finding with its answers',
        params: idParams,
        response: findingItem.extend({
            next: id.nullable(),
            rulings: z.array(findingRuling),
            /**
             * Of the own organisation: how what it is about was judged last. By its id the log lists every judgement that there was, of the act,
             * the recorder or the unit, each naming the one before.
             */
            judgement: z.object({ id, judgedAt: instant, count: z.number().int() }).nullable(),
            /** What followed it, as far as the reader may see it; what was taken back is not among it. */
            outcomes: z.array(z.object({ id, kind: z.enum(OUTCOME_KINDS), decidedDay: day })),
        }),
        errors: ['finding.notFound', 'act.restricted'],
        permission: 'finding.list',
        kind: 'query',
    }),
    'finding.answer': endpoint({
        method: 'POST',
        path: '/api/findings/:id/answers',
        summary: 'Explains a finding or disputes it (附件1 第10条)',
        params: idParams,
        body: z.object({
            kind: z.enum(ANSWER_KINDS),
            words: text(1000),
            /** An explanation that was spoken: a moment of a recording of the act. */
            moment: moment.optional(),
        }),
        response: createdId,
        errors: [
            ...ANSWER_ERRORS,
            'finding.notOpen',
            'finding.answeredAlready',
            'finding.onBoard',
            'finding.notYours',
            'finding.momentUnknown',
        ],
        permission: 'finding.answer',
        kind: 'command',
    }),
    'finding.decide': endpoint({
        method: 'POST',
        path: '/api/findings/:id/decide',
        summary: 'Accepts the answer that waits, or does not; never by somebody who took part',
        params: idParams,
        body: z.object({ as: z.enum(['accepted', 'refused']), words: optionalLine(500) }),
        response: empty,
        errors: [
            ...ANSWER_ERRORS,
            'finding.answerNotFound',
            'finding.answerSettled',
            'finding.ownAct',
            'finding.reasonMissing',
            'finding.outgrown',
        ],
        permission: 'finding.decide',
        kind: 'command',
    }),
    'finding.withdraw': endpoint({
        method: 'POST',
        path: '/api/findings/:id/withdraw',
        summary: 'Takes an answer back before it is decided on',
        params: idParams,
        body: empty,
        response: empty,
        errors: [...ANSWER_ERRORS, 'finding.answerNotFound', 'finding.answerSettled', 'finding.notYours'],
        permission: 'finding.answer',
        kind: 'command',
    }),
    'finding.confirm': endpoint({
        method: 'POST',
        path: '/api/findings/:id/confirm',
        summary: 'Confirms an open finding as a violation, with the reason (正文三(四))',
        params: idParams,
        body: z.object({ words: line(500) }),
        response: empty,
        errors: [...ANSWER_ERRORS, 'finding.notOpen', 'finding.answerWaits', 'finding.ownAct', 'finding.forReference'],
        permission: 'finding.decide',
        kind: 'command',
    }),
    'finding.revise': endpoint({
        method: 'POST',
        path: '/api/findings/:id/revise',
        summary:
            'Settles a confirmed violation that by facts which came later is none, with the reason; the confirmation stays in its history',
        params: idParams,
        body: z.object({ words: line(500) }),
        response: empty,
        errors: [...ANSWER_ERRORS, 'finding.notConfirmed', 'finding.stillFound', 'finding.ownAct'],
        permission: 'finding.decide',
        kind: 'command',
    }),
    'finding.interruptions': endpoint({
        method: 'GET',
        path: '/api/interruptions',
        summary:
            'Every gap in the recordings of acts of the own organisation and those below it, with its reason and who accepted it (附件1 第10条)',
        query: z.object({
            ...pageQuery,
            ...rangeQuery,
            state: z.enum(['open', 'explained', 'exempt', 'exemptWaiting', 'notDue', 'tolerated']).optional(),
            place: z.enum(['whole', 'leading', 'between', 'trailing']).optional(),
            personId: id.optional(),
            /** Of all that are seen: the own and those below it. */
            organisationId: id.optional(),
        }),
        response: page(interruption).extend({ organisations: z.array(organisationRef) }),
        errors: [],
        permission: 'finding.list',
        kind: 'query',
    }),
};
