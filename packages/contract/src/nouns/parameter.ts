import { isDay, PARAMETER_KEYS, type ParameterKey, PERIOD_UNITS, PROPOSAL_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, id, idParams, instant, line, personRef, text } from '../shapes.ts';

/** A day of Shanghai's calendar. */
export const day = z.string().refine(isDay);

const period = z.object({ length: z.number().int(), unit: z.enum(PERIOD_UNITS) });
export const parameterValue = z.union([period, z.number().int(), z.boolean(), line(200), z.array(line(200)).max(200)]);
const key = z.enum(PARAMETER_KEYS as readonly [ParameterKey, ...ParameterKey[]]);
const standing = z.enum(['verified', 'verify', 'unknown', 'own']);
const enteredStanding = z.enum(['verified', 'verify', 'own']);

/** Who proposed what was approved, and when; null: entered before approval was asked for. */
const origin = z
    .object({
        by: personRef,
        at: instant,
        /** The organisation above whose head approved it; null: somebody of the own one. */
        approvedAbove: z.string().nullable(),
    })
    .nullable();

/** A decision of the organisation, past or to come. */
export const parameterRow = z.object({
    id,
    /** Null: decided that there is none. */
    value: parameterValue.nullable(),
    standing: enteredStanding,
    basis: z.string(),
    from: instant,
    reason: z.string(),
    /** Who approved it; who entered it, where it is older than approvals. */
    decidedBy: personRef,
    decidedAt: instant,
    proposal: origin,
});

/** What somebody proposed, on what ground and why. */
const proposed = z.object({
    id,
    basis: z.string(),
    reason: z.string(),
    proposedBy: personRef,
    proposedAt: instant,
});
/** What is to count of a parameter. */
const proposedValue = z.object({
    /** Null: there is to be none. */
    value: parameterValue.nullable(),
    standing: enteredStanding,
    /** Null: from its approval on. */
    fromDay: day.nullable(),
});

/** How a proposal stands that did not become a decision, or not yet. */
const unsettled = z.object({
    state: z.enum(PROPOSAL_STATES),
    /** Who refused it or took it back, when and why; null while it waits. */
    ended: z.object({ by: personRef, at: instant, why: z.string(), above: z.string().nullable() }).nullable(),
});

const calendarStanding = z.enum(['verified', 'verify']);
/** What a year of the holiday calendar says: weekdays off, weekend days worked. */
const yearDays = z.object({ off: z.array(day), work: z.array(day), standing: calendarStanding });

/** A proposal that waits, with who can end that. */
const waiting = proposed.extend({
    organisation: z.object({ id, name: z.string() }),
    own: z.boolean(),
    waitsFor: z.enum(['within', 'above', 'nobody']),
    /** People of the organisation who can approve it, where there are any. */
    people: z.array(personRef),
    /** Organisations above with somebody who can, where nobody within can. */
    above: z.array(z.string()),
    mayDecide: z.boolean(),
    mayWithdraw: z.boolean(),
});
const waitingProposal = z.discriminatedUnion('about', [
    waiting.extend({
        ...proposedValue.shape,
        about: z.literal('parameter'),
        key,
        /** What is in force now. */
        present: z.object({ value: parameterValue.nullable(), from: instant.nullable() }),
    }),
    waiting.extend({
        ...yearDays.shape,
        about: z.literal('year'),
        year: z.number().int(),
        /** The notice that is in force now; null: weekends only. */
        present: z.string().nullable(),
        /** Days that become off and days that become worked, against what is in force now. */
        changes: z.object({ off: z.array(day), work: z.array(day) }),
    }),
]);

export const parameterItem = z.object({
    key,
    /** What is in force now; null: not set by anybody, or decided that there is none (`from` is set then). */
    value: parameterValue.nullable(),
    standing,
    basis: z.string(),
    /** Null while the catalogue's own figure is in force. */
    from: instant.nullable(),
    /** The row in force; null while the catalogue's own figure is. */
    decision: id.nullable(),
    /** The organisation's decisions, newest first. */
    rows: z.array(parameterRow),
    /** What was proposed and waits, was refused or taken back, newest first. */
    proposals: z.array(proposed.extend({ ...proposedValue.shape, ...unsettled.shape })),
});

/** A year of the holiday calendar, with how it came to be. */
const calendarYear = z.object({
    year: z.number().int(),
    /** What counts; null: nothing yet, so that only weekends are off. */
    inForce: yearDays
        .extend({
            source: z.string(),
            /** Null: came with the software. */
            entry: id.nullable(),
        })
        .nullable(),
    /** What the organisation entered, newest first; the first counts. */
    rows: z.array(
        yearDays.extend({
            id,
            source: z.string(),
            /** Null: entered before a reason was asked for. */
            reason: z.string().nullable(),
            decidedBy: personRef,
            decidedAt: instant,
            proposal: origin,
        }),
    ),
    /** What was proposed and waits, was refused or taken back, newest first. */
    proposals: z.array(proposed.extend({ ...yearDays.shape, ...unsettled.shape })),
});

const CHANGE_ERRORS = [
    'parameter.valueWrong',
    'parameter.lineWrong',
    'parameter.lineTwice',
    'parameter.standingWrong',
    'parameter.rewritesHistory',
    'parameter.fixed',
    'parameter.unitDiffers',
    'parameter.looser',
    'parameter.shorter',
    'parameter.widens',
] as const;
const YEAR_ERRORS = ['parameter.dayOfOtherYear', 'parameter.dayOffAndWorked'] as const;
const DECIDING_ERRORS = [
    'parameter.proposalNotFound',
    'parameter.proposalSettled',
    'parameter.ownProposal',
    'parameter.decidedWithin',
] as const;

export const parameterEndpoints = {
    'parameter.list': endpoint({
        method: 'GET',
        path: '/api/parameters',
        summary: 'Dated figures and switches with what is in force and how it came to be',
        query: z.object({}),
        response: z.object({ items: z.array(parameterItem) }),
        errors: [],
        permission: 'parameter.view',
        kind: 'query',
    }),
    'parameter.propose': endpoint({
        method: 'POST',
        path: '/api/parameters',
        summary: 'Proposes what is to count from a day on; nothing changes until somebody else has approved it',
        body: z.object({
            key,
            /** Null: there is to be none, where no law wants one. */
            value: parameterValue.nullable(),
            standing: enteredStanding,
            basis: line(300),
            /** The first day on which it counts; today means from the approval on, as null does whenever that is. */
            from: day.nullable(),
            reason: text(500),
        }),
        response: createdId,
        errors: CHANGE_ERRORS,
        permission: 'parameter.manage',
        kind: 'command',
    }),
    'parameter.proposals': endpoint({
        method: 'GET',
        path: '/api/parameter-proposals',
        summary: 'Proposed changes that wait: of the own organisation, and of those below in which nobody else can approve',
        query: z.object({}),
        response: z.object({ items: z.array(waitingProposal) }),
        errors: [],
        permission: 'parameter.view',
        kind: 'query',
    }),
    'parameter.approve': endpoint({
        method: 'POST',
        path: '/api/parameter-proposals/:id/approve',
        summary: 'Approves what somebody else proposed of a parameter or a calendar, which then counts; it is checked once more',
        params: idParams,
        body: z.object({}),
        response: createdId,
        errors: [...CHANGE_ERRORS, ...YEAR_ERRORS, ...DECIDING_ERRORS, 'parameter.changedSince'],
        permission: 'parameter.approve',
        kind: 'command',
    }),
    'parameter.refuse': endpoint({
        method: 'POST',
        path: '/api/parameter-proposals/:id/refuse',
        summary: 'Refuses what somebody else proposed',
        params: idParams,
        body: z.object({ why: text(500) }),
        response: z.object({}),
        errors: DECIDING_ERRORS,
        permission: 'parameter.approve',
        kind: 'command',
    }),
    'parameter.withdraw': endpoint({
        method: 'POST',
        path: '/api/parameter-proposals/:id/withdraw',
        summary: 'Takes back what one proposed oneself and nobody has decided yet',
        params: idParams,
        body: z.object({ why: text(500) }),
        response: z.object({}),
        errors: ['parameter.proposalNotFound', 'parameter.proposalSettled', 'parameter.notYourProposal'],
        permission: 'parameter.manage',
        kind: 'command',
    }),
    'parameter.calendar': endpoint({
        method: 'GET',
        path: '/api/calendar-years',
        summary: 'Years of the official holiday calendar: what counts, how it came to be, and what was proposed',
        query: z.object({}),
        response: z.object({ years: z.array(calendarYear) }),
        errors: [],
        permission: 'parameter.view',
        kind: 'query',
    }),
    'parameter.proposeYear': endpoint({
        method: 'POST',
        path: '/api/calendar-years',
        summary:
            'Proposes what a year of the official holiday calendar is to say; nothing changes until somebody else has approved it',
        body: z.object({
            year: z.number().int().min(2000).max(2100),
            off: z.array(day).min(1).max(60),
            work: z.array(day).max(30),
            standing: calendarStanding,
            /** The notice that it comes from. */
            source: line(300),
            reason: text(500),
        }),
        response: createdId,
        errors: YEAR_ERRORS,
        permission: 'parameter.manage',
        kind: 'command',
    }),
};
