import { isDay, PARAMETER_KEYS, type ParameterKey, PERIOD_UNITS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, id, instant, line, personRef, text } from '../shapes.ts';

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
    decidedBy: personRef,
    decidedAt: instant,
});

export const parameterItem = z.object({
    key,
    /** What is in force now; null: not set by anybody, or decided that there is none (`from` is set then). */
    value: parameterValue.nullable(),
    standing,
    basis: z.string(),
    /** Null while the catalogue's own figure is in force. */
    from: instant.nullable(),
    /** The organisation's decisions, newest first. */
    rows: z.array(parameterRow),
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
    'parameter.change': endpoint({
        method: 'POST',
        path: '/api/parameters',
        summary: 'Decides about a figure from a day on; what was in force before stays known',
        body: z.object({
            key,
            /** Null: there is to be none, where no law wants one. */
            value: parameterValue.nullable(),
            standing: enteredStanding,
            basis: line(300),
            /** The first day on which it counts; today means from now on. */
            from: day,
            reason: text(500),
        }),
        response: createdId,
        errors: [
            'parameter.valueWrong',
            'parameter.lineWrong',
            'parameter.lineTwice',
            'parameter.standingWrong',
            'parameter.rewritesHistory',
            'parameter.fixed',
            'parameter.unitDiffers',
            'parameter.looser',
            'parameter.shorter',
        ],
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
