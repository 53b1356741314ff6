import { BOARD_KINDS, BOARD_STATES, CLOCK_DOUBTED, EXCUSE_STATES, LATE_GROUND_KEYS, SAME_NIGHT } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { byClock, createdId, empty, id, idParams, instant, line, optionalLine, page, pageQuery, personRef } from '../shapes.ts';

const actRef = z.object({ id, number: z.string(), place: z.string(), party: z.string().nullable() });
const deviceRef = z.object({ id, number: z.string() });

const excuse = z.object({
    id,
    ground: z.enum(LATE_GROUND_KEYS),
    words: z.string(),
    state: z.enum(EXCUSE_STATES),
    statedBy: personRef,
    statedAt: instant,
    decidedBy: personRef.nullable(),
    decision: z.string().nullable(),
});

export const boardItem = z.object({
    key: z.string(),
    kind: z.enum(BOARD_KINDS),
    state: z.enum(BOARD_STATES),
    person: personRef.nullable(),
    department: z.string().nullable(),
    device: deviceRef.nullable(),
    act: actRef.nullable(),
    recording: z.object({ id, name: z.string() }).nullable(),
    /** Of footage that is known of and not here; of a file that came late, its own. Null: nobody knows how much. */
    minutes: z.number().int().nullable(),
    /** From its end the term runs. */
    endedAt: instant.nullable(),
    due: instant.nullable(),
    receivedAt: instant.nullable(),
    /** Recordings of that time that wait to be filed: it may be here already. */
    unfiled: z.number().int(),
    reminders: z.array(z.object({ kind: z.enum(['shiftEnd', 'morning', 'escalation']), at: instant })),
    /** Due before anybody is back at work. */
    tonight: z.boolean(),
    excuse: excuse.nullable(),
    mine: z.boolean(),
});

const counts = z.object({
    late: z.number().int(),
    soon: z.number().int(),
    running: z.number().int(),
    unsure: z.number().int(),
    explained: z.number().int(),
    noTerm: z.number().int(),
    settled: z.number().int(),
    [CLOCK_DOUBTED]: z.number().int(),
});

export const sameNightItem = z.object({
    key: z.string(),
    kind: z.enum(SAME_NIGHT),
    at: instant,
    person: personRef.nullable(),
    /** The other one: whose recorder it is by the register, who checked it. */
    other: personRef.nullable(),
    device: deviceRef.nullable(),
    otherDevice: deviceRef.nullable(),
    recording: z.object({ id, name: z.string() }).nullable(),
    act: actRef.nullable(),
});

const stating = z.object({ ground: z.enum(LATE_GROUND_KEYS), words: line(500) });

export const boardEndpoints = {
    'board.list': endpoint({
        method: 'GET',
        path: '/api/board',
        summary: 'What is known and not stored, what runs out next first (附件1 第15条)',
        query: z.object({
            ...pageQuery,
            kind: z.enum(BOARD_KINDS).optional(),
            state: z.enum(BOARD_STATES).optional(),
            personId: id.optional(),
            deviceId: id.optional(),
            departmentId: id.optional(),
            mine: z.enum(['yes']).optional(),
            escalated: z.enum(['yes']).optional(),
        }),
        response: page(boardItem).extend({
            counts,
            /** Known minutes that are not here, of all that the filter leaves. */
            minutes: z.number().int(),
            officers: z.number().int(),
            escalated: z.number().int(),
            /** What is left is counted from it. */
            now: byClock(instant),
            termMs: z.number().int(),
            hours: z.object({ from: z.string(), to: z.string() }),
            /** What the calendar of working days rests on, where it was not entered or not compared. */
            calendarUnsure: z.boolean(),
        }),
        errors: [],
        permission: 'recording.list',
        kind: 'query',
    }),
    'board.sameNight': endpoint({
        method: 'GET',
        path: '/api/board/same-night',
        summary: 'Recordings without an act, two recorders on one person, recorders in other hands',
        query: z.object({
            ...pageQuery,
            kind: z.enum(SAME_NIGHT).optional(),
            personId: id.optional(),
            deviceId: id.optional(),
            mine: z.enum(['yes']).optional(),
        }),
        response: page(sameNightItem).extend({
            counts: z.array(z.object({ kind: z.enum(SAME_NIGHT), count: z.number().int() })),
        }),
        errors: [],
        permission: 'recording.list',
        kind: 'query',
    }),
    'board.excuse': endpoint({
        method: 'POST',
        path: '/api/board/excuses',
        summary: 'Gives the reason why something came late or not at all; the mark of lateness stays',
        body: z.union([stating.extend({ recordingId: id }), stating.extend({ actId: id, personId: id })]),
        response: createdId,
        errors: [
            'recording.notFound',
            'act.notFound',
            'act.restricted',
            'late.notYours',
            'late.excusedAlready',
            'late.nothingOwed',
        ],
        permission: 'device.use',
        kind: 'command',
    }),
    'board.decideExcuse': endpoint({
        method: 'POST',
        path: '/api/board/excuses/:id/decide',
        summary: 'Confirms or does not confirm such a reason',
        params: idParams,
        body: z.object({ as: z.enum(['accepted', 'refused']), words: optionalLine(300) }),
        response: empty,
        errors: ['late.excuseNotFound', 'late.excuseSettled', 'late.ownExcuse', 'late.reasonMissing'],
        permission: 'recording.confirmLate',
        kind: 'command',
    }),
    'board.withdrawExcuse': endpoint({
        method: 'POST',
        path: '/api/board/excuses/:id/withdraw',
        summary: 'Takes such a reason back before it is decided on',
        params: idParams,
        body: empty,
        response: empty,
        errors: ['late.excuseNotFound', 'late.excuseSettled', 'late.notYours'],
        permission: 'device.use',
        kind: 'command',
    }),
};
