import { CLOCK_DOUBTS, CLOCK_SOURCES, DEVICE_KINDS, DEVICE_STATES, DEVICE_STEP_KEYS, ISSUE_BASES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, id, idParams, instant, line, optionalLine, page, pageQuery, personRef } from '../shapes.ts';
import { deviceCheckItem, deviceStepItem } from './device-life.ts';

export const deviceNumber = z
    .string()
    .transform((v) => v.trim().toUpperCase())
    .pipe(z.string().regex(/^[0-9A-Z][0-9A-Z-]{1,29}$/));

export const deviceItem = z.object({
    id,
    kind: z.enum(DEVICE_KINDS),
    number: z.string(),
    model: z.string().nullable(),
    serial: z.string().nullable(),
    state: z.enum(DEVICE_STATES),
    holder: personRef.nullable(),
    room: z.string().nullable(),
    lastRecordingAt: instant.nullable(),
    version: z.number().int(),
});

const deviceFields = z.object({
    kind: z.enum(DEVICE_KINDS),
    number: deviceNumber,
    model: optionalLine(80),
    serial: optionalLine(80),
    room: optionalLine(60),
});

const offsetBounds = z.object({ lower: z.number().int(), upper: z.number().int() });

const clockReading = z.object({
    id,
    source: z.enum(CLOCK_SOURCES),
    /** What was shown, letter by letter. */
    shown: z.string(),
    device: instant,
    resolutionMs: z.number().int(),
    /** The true moment lay between these; null: open on that side. */
    lower: instant.nullable(),
    upper: instant.nullable(),
    afterSet: z.boolean(),
    learntAt: instant,
    reader: z.string().nullable(),
    note: z.string().nullable(),
    withdrawn: z.object({ at: instant, why: z.string() }).nullable(),
});

/** What a docking computer learnt of a clock. Moments are by its own clock: `sentAt` says how long ago they are. */
const dockedReading = z.object({
    /** As the device's channel gave it, `2026-11-26 09:31:30`. */
    shown: line(30),
    resolutionMs: z.number().int().min(1).max(3_600_000),
    before: instant,
    after: instant,
    afterSet: z.boolean(),
});

export const deviceEndpoints = {
    'device.list': endpoint({
        method: 'GET',
        path: '/api/devices',
        summary: 'Recorders, room cameras and terminals',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            kind: z.enum(DEVICE_KINDS).optional(),
            state: z.enum(DEVICE_STATES).optional(),
            model: z.string().max(80).optional(),
            holderId: id.optional(),
        }),
        response: page(deviceItem),
        errors: [],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.get': endpoint({
        method: 'GET',
        path: '/api/devices/:id',
        summary: 'One device with its issue register',
        params: idParams,
        response: deviceItem.extend({
            issues: z.array(
                z.object({
                    id,
                    holder: personRef,
                    from: instant,
                    until: instant.nullable(),
                    basis: z.enum(ISSUE_BASES),
                    dueBackAt: instant.nullable(),
                    /** The device in repair that a spare stands in for. */
                    instead: z.object({ id, number: z.string() }).nullable(),
                    note: z.string().nullable(),
                }),
            ),
            recordingCount: z.number().int(),
            steps: z.array(deviceStepItem),
            /** The last twenty. */
            checks: z.array(deviceCheckItem),
            /** Steps that whoever asks can take now. */
            possible: z.array(z.enum(DEVICE_STEP_KEYS)),
            holds: z.boolean(),
            /** The room it looks into. */
            inRoom: z.object({ id, name: z.string() }).nullable(),
            modelId: id.nullable(),
        }),
        errors: ['device.notFound'],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.clock': endpoint({
        method: 'GET',
        path: '/api/devices/:id/clock',
        summary: "Readings of the device's clock, how wrong it is and how sure that is",
        params: idParams,
        response: z.object({
            readings: z.array(clockReading),
            /** Settings of the clock in order of time; between two it was set or jumped. `ratePerDay` ms, null while not measured. */
            epochs: z.array(
                z.object({
                    begins: z.enum(['first', 'set', 'jump']),
                    readings: z.array(id),
                    ratePerDay: offsetBounds.nullable(),
                }),
            ),
            findings: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.number()) })),
            /** What to add to the clock now, ms; null while a side is open. */
            offsetNow: offsetBounds.nullable(),
            parameters: z.object({ allowedDriftMs: z.number().int(), usableMs: z.number().int() }),
            /** Recordings that stand on device time alone, by why. */
            uncorrected: z.array(z.object({ doubt: z.enum(CLOCK_DOUBTS), count: z.number().int() })),
        }),
        errors: ['device.notFound'],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.readClock': endpoint({
        method: 'POST',
        path: '/api/devices/:id/clock/readings',
        summary: 'Notes what the clock shows at this moment (附件1 第7条)',
        params: idParams,
        body: z.object({
            /** As shown, `2026-11-26 09:31:30`, by the clock's own zone. */
            shown: line(30),
            /** The clock was set just before. */
            afterSet: z.boolean(),
            note: line(200).optional(),
        }),
        response: createdId,
        errors: ['device.notFound', 'device.clockTimeInvalid'],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.noteDocking': endpoint({
        method: 'POST',
        path: '/api/dock/dockings',
        summary: 'Notes that a device was docked, what its clock showed then, and what was left on it',
        body: z.object({
            station: line(100),
            /** Number of the device as read from its files or given by the place. */
            device: line(40).optional(),
            serial: line(100).optional(),
            zone: z.enum(['Asia/Shanghai', 'UTC']),
            seenAt: instant,
            sentAt: instant,
            counts: z.object({
                files: z.number().int().min(0),
                taken: z.number().int().min(0),
                ignored: z.number().int().min(0),
                /** Marked as state secrets: not opened, not copied, not named. */
                secret: z.number().int().min(0),
            }),
            /** Start of the newest file that came in now, by the device's clock. */
            newest: z.object({ text: line(60), wallClock: instant }).optional(),
            readings: z.array(dockedReading).max(4),
        }),
        /** False: nobody knows this device yet, and nothing was noted; to be sent again once it is. */
        response: z.object({ known: z.boolean() }),
        errors: ['device.clockTimeInvalid'],
        permission: 'dock.use',
        kind: 'command',
    }),
    'device.withdrawClockReading': endpoint({
        method: 'POST',
        path: '/api/devices/:id/clock/readings/:readingId/withdraw',
        summary: 'Withdraws a mistaken reading; it stays in the register',
        params: idParams.extend({ readingId: id }),
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['device.readingNotFound', 'device.readingWithdrawn'],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.create': endpoint({
        method: 'POST',
        path: '/api/devices',
        summary: 'Registers a device',
        body: deviceFields,
        response: createdId,
        errors: ['device.numberTaken'],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.update': endpoint({
        method: 'PATCH',
        path: '/api/devices/:id',
        summary: 'Changes a device',
        params: idParams,
        body: deviceFields.extend({ version: z.number().int() }),
        response: z.object({ version: z.number().int() }),
        errors: ['device.notFound', 'device.numberTaken', 'device.isIssued', 'conflict.changedMeanwhile'],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.issue': endpoint({
        method: 'POST',
        path: '/api/devices/:id/issue',
        summary: 'Hands the device to a person (附件1 第3条: one each)',
        params: idParams,
        body: z.object({
            personId: id,
            basis: z.enum(ISSUE_BASES).optional(),
            /** The end of the shift. */
            dueBackAt: instant.optional(),
            /** The device in repair that a spare stands in for. */
            forDeviceId: id.optional(),
            note: line(200).optional(),
        }),
        response: createdId,
        errors: [
            'device.notFound',
            'device.shiftNeedsEnd',
            'device.spareNeedsRepair',
            'device.isIssued',
            'device.notInService',
            'device.notPersonal',
            'person.notFound',
            'person.hasLeft',
            'person.holdsDevices',
        ],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.return': endpoint({
        method: 'POST',
        path: '/api/devices/:id/return',
        summary: 'Takes the device back',
        params: idParams,
        body: z.object({ note: line(200).optional() }),
        response: empty,
        errors: ['device.notFound', 'device.notIssued'],
        permission: 'device.manage',
        kind: 'command',
    }),
};
