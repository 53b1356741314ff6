import { LOG_CHECK_REASONS, LOG_CHECK_STATES, SECOND_DISK_TROUBLES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, empty, id, idParams, instant, page, pageQuery, size, text } from '../shapes.ts';

/** Whose log: the own one, that of the system (set-up, sign-ins, keys), or one under an id that no organisation has. */
export const CHECKED_LOGS = ['own', 'system', 'other'] as const;
export type CheckedLog = (typeof CHECKED_LOGS)[number];

const answer = z.object({ reason: z.string(), by: z.string().nullable(), at: instant });

export const logCheckItem = z.object({
    id,
    log: z.enum(CHECKED_LOGS),
    logId: id,
    night: day,
    state: z.enum(LOG_CHECK_STATES),
    reason: z.enum(LOG_CHECK_REASONS).nullable(),
    /** How often it was begun. */
    attempt: z.number().int(),
    startedAt: instant,
    endedAt: instant.nullable(),
    /** Entries read so far, and of how many. */
    read: size,
    size,
    rows: z.number().int(),
    signatures: size,
    /** How many things differ; the first 500 are listed. */
    findings: z.number().int(),
    /** What somebody said of these findings, then or when they were found before. */
    answer: answer.nullable(),
});

export const logCheckEndpoints = {
    'logCheck.list': endpoint({
        method: 'GET',
        path: '/api/ledger/checks',
        summary: 'Checks of the own log and of the system log, newest first: what was looked at and what differed',
        query: z.object({
            ...pageQuery,
            state: z.enum(LOG_CHECK_STATES).optional(),
            log: z.enum(CHECKED_LOGS).optional(),
            from: day.optional(),
            to: day.optional(),
        }),
        response: page(logCheckItem).extend({
            standing: z.object({
                /** Findings that nobody has answered yet, the newest check of each. */
                alarms: z.array(logCheckItem),
                /** What runs now. */
                running: z.array(logCheckItem),
                /** When the own log was checked last and nothing differed. */
                soundAt: instant.nullable(),
                /** In how many nights every signature is looked at once more. */
                signatureNights: z.number().int(),
                /** The second disk on which the log is kept as well; null where none is set up. */
                disk: z
                    .object({
                        size,
                        /** When all that was signed by then was there, compared with the database. */
                        at: instant.nullable(),
                        bodies: z.boolean(),
                        trouble: z
                            .object({
                                code: z.enum(SECOND_DISK_TROUBLES),
                                params: z.record(z.string(), z.string()),
                                since: instant,
                            })
                            .nullable(),
                    })
                    .nullable(),
            }),
        }),
        errors: [],
        permission: 'ledger.view',
        kind: 'query',
    }),
    'logCheck.findings': endpoint({
        method: 'GET',
        path: '/api/ledger/checks/findings',
        summary: 'What differed in one check: by entry, row or key',
        query: z.object({ ...pageQuery, checkId: id }),
        response: page(
            z.object({
                place: z.number().int(),
                /** A code of the check, with the parameters of its sentence. */
                code: z.string(),
                index: size.nullable(),
                table: z.string().nullable(),
                row: id.nullable(),
                params: z.record(z.string(), z.union([z.string(), z.number()])),
            }),
        ).extend({ check: logCheckItem }),
        errors: ['logCheck.notFound'],
        permission: 'ledger.view',
        kind: 'query',
    }),
    'logCheck.start': endpoint({
        method: 'POST',
        path: '/api/ledger/checks',
        summary: 'Has the own log and the system log checked now',
        body: empty,
        response: createdId,
        errors: ['logCheck.running'],
        permission: 'ledger.check',
        kind: 'command',
    }),
    'logCheck.answer': endpoint({
        method: 'POST',
        path: '/api/ledger/checks/:id/answer',
        summary: 'Says what the findings of a check come from; the alarm ends with it, for these findings',
        params: idParams,
        body: z.object({ reason: text(2_000) }),
        response: createdId,
        errors: ['logCheck.notFound', 'logCheck.nothingToAnswer', 'logCheck.answered'],
        permission: 'ledger.check',
        kind: 'command',
    }),
};
