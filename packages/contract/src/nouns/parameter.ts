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
    /** Null: entered before approval was asked for. */
    proposal: z
        .object({
            by: personRef,
            at: instant,
            /** The organisation above whose head approved it; null: somebody of the own one. */
            approvedAbove: z.string().nullable(),
        })
        .nullable(),
});

/** A proposed change: what is to count, from when and why. */
const proposedChange = z.object({
    id,
    /** Null: there is to be none. */
    value: parameterValue.nullable(),
    standing: enteredStanding,
    basis: z.string(),
    /** Null: from its approval on. */
    fromDay: day.nullable(),
    reason: z.string(),
    proposedBy: personRef,
    proposedAt: instant,
});

/** A proposal that did not become a decision, or not yet. */
const parameterProposal = proposedChange.extend({
    state: z.enum(PROPOSAL_STATES),
    /** Who refused it or took it back, when and why; null while it waits. */
    ended: z.object({ by: personRef, at: instant, why: z.string(), above: z.string().nullable() }).nullable(),
});

/** A proposal that waits, with who can end that. */
const waitingProposal = proposedChange.extend({
    key,
    organisation: z.object({ id, name: z.string() }),
    own: z.boolean(),
    /** What is in force now. */
    present: z.object({ value: parameterValue.nullable(), from: instant.nullable() }),
    waitsFor: z.enum(['within', 'above', 'nobody']),
    /** People of the organisation who can approve it, where there are any. */
    people: z.array(personRef),
    /** Organisations above with somebody who can, where nobody within can. */
    above: z.array(z.string()),
    mayDecide: z.boolean(),
    mayWithdraw: z.boolean(),
});

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
    proposals: z.array(parameterProposal),
});

const holidayYear = z.object({
    year: z.number().int(),
    off: z.array(day),
    work: z.array(day),
    source: z.string(),
    standing: z.enum(['verified', 'verify']),
    /** Null: came with the software. */
    decidedBy: personRef.nullable(),
    decidedAt: instant.nullable(),
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
        summary: 'Approves what somebody else proposed, which then counts from its day on; it is checked once more',
        params: idParams,
        body: z.object({}),
        response: createdId,
        errors: [...CHANGE_ERRORS, ...DECIDING_ERRORS, 'parameter.changedSince'],
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
        summary: 'Years of the official holiday calendar that are known',
        query: z.object({}),
        response: z.object({ years: z.array(holidayYear) }),
        errors: [],
        permission: 'parameter.view',
        kind: 'query',
    }),
    'parameter.enterYear': endpoint({
        method: 'POST',
        path: '/api/calendar-years',
        summary: 'Enters a year of the official holiday calendar',
        body: z.object({
            year: z.number().int().min(2000).max(2100),
            off: z.array(day).min(1).max(60),
            work: z.array(day).max(30),
            source: line(300),
            standing: z.enum(['verified', 'verify']),
        }),
        response: createdId,
        errors: ['parameter.dayOfOtherYear', 'parameter.dayOffAndWorked'],
        permission: 'parameter.manage',
        kind: 'command',
    }),
};
