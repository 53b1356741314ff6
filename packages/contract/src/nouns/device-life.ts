import {
    CHECK_PLACES,
    CHECK_POINTS,
    DEVICE_KINDS,
    DEVICE_STATES,
    DEVICE_STEP_KEYS,
    EQUIPMENT,
    FAULT_ENDS,
    FIGURE_SOURCES,
    ISSUE_BASES,
    MODEL_FIGURE_KEYS,
    ROOM_KINDS,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, id, idParams, instant, line, optionalLine, page, pageQuery, personRef } from '../shapes.ts';

const checkAnswers = z.object({
    noFault: z.boolean(),
    timeRight: z.boolean(),
    batteryEnough: z.boolean(),
    spaceEnough: z.boolean(),
});

export const deviceCheckItem = z.object({
    id,
    person: personRef,
    place: z.enum(CHECK_PLACES),
    checkedAt: instant,
    notedAt: instant,
    failed: z.array(z.enum(CHECK_POINTS)),
    batteryPercent: z.number().int().nullable(),
    byOther: z.boolean(),
    note: z.string().nullable(),
});

export const deviceStepItem = z.object({
    id,
    step: z.enum(DEVICE_STEP_KEYS),
    by: personRef,
    at: instant,
    note: z.string().nullable(),
    /** Of a fault of a recorder that somebody had: until when it was to be handed in, by a term of the unit's own (null: it had set none). */
    handIn: z
        .object({
            issueId: id,
            dueAt: instant.nullable(),
            ended: z.enum(FAULT_ENDS).nullable(),
            endedAt: instant.nullable(),
        })
        .nullable(),
});

const deviceRef = z.object({ id, number: z.string(), kind: z.enum(DEVICE_KINDS), state: z.enum(DEVICE_STATES) });

const recorder = z.object({ id, number: z.string(), state: z.enum(DEVICE_STATES), basis: z.enum(ISSUE_BASES) });

const binding = z.object({
    id,
    device: deviceRef,
    view: z.string().nullable(),
    from: instant,
    until: instant.nullable(),
});

export const roomItem = z.object({
    id,
    kind: z.enum(ROOM_KINDS),
    name: z.string(),
    place: z.string().nullable(),
    closedAt: instant.nullable(),
    cameras: z.array(deviceRef),
    lastRecordingAt: instant.nullable(),
    version: z.number().int(),
});

const roomFields = z.object({ kind: z.enum(ROOM_KINDS), name: line(60), place: optionalLine(100) });

export const statedFigure = z.object({
    key: z.enum(MODEL_FIGURE_KEYS),
    value: line(120),
    source: z.enum(FIGURE_SOURCES),
    detail: z.string().max(200).nullable(),
});

export const modelItem = z.object({
    id,
    kind: z.enum(DEVICE_KINDS),
    name: z.string(),
    maker: z.string().nullable(),
    devices: z.number().int(),
    figures: z.array(statedFigure),
    version: z.number().int(),
});

export const coverageItem = z.object({
    person: personRef,
    kind: z.enum(['officer', 'assistant']),
    department: z.string().nullable(),
    equipment: z.enum(EQUIPMENT),
    /** Asked by 附件1 第3条 and not so. */
    short: z.boolean(),
    recorders: z.array(recorder),
    terminals: z.array(z.string()),
    /** An officer without a mobile terminal that can be used (正文二(三)). */
    withoutTerminal: z.boolean(),
    /** The recorder that is away. */
    away: z.object({ id, number: z.string(), state: z.enum(DEVICE_STATES) }).nullable(),
});

export const useRecordItem = z.object({
    id: z.string(),
    kind: z.enum(['recording', 'act', 'issue']),
    organisation: z.string(),
    device: z.object({ id, number: z.string() }).nullable(),
    officer: personRef,
    from: instant,
    to: instant.nullable(),
    /** By the corrected clock; a use that no clock measured is as the register or the act says. */
    corrected: z.boolean(),
    act: z.object({ id, number: z.string(), place: z.string() }).nullable(),
    recording: z.object({ id, name: z.string() }).nullable(),
});

export const deviceLifeEndpoints = {
    'device.step': endpoint({
        method: 'POST',
        path: '/api/devices/:id/steps',
        summary: 'Fault, repair, loss, retirement and the ways back (附件1 第15条)',
        params: idParams,
        body: z.object({ step: z.enum(DEVICE_STEP_KEYS), note: line(300) }),
        response: z.object({ state: z.enum(DEVICE_STATES) }),
        errors: ['device.notFound', 'device.stepNotPossible', 'device.notYours', 'device.isIssued', 'conflict.changedMeanwhile'],
        permission: 'device.use',
        kind: 'command',
    }),
    'device.check': endpoint({
        method: 'POST',
        path: '/api/devices/:id/checks',
        summary: 'The check before use: no fault, time right, battery, space (附件1 第7条)',
        params: idParams,
        body: checkAnswers.extend({
            place: z.enum(CHECK_PLACES),
            /** When it was made, perhaps without network. */
            at: instant,
            /** Whose check it is, where the manager makes it at the dock. */
            personId: id.optional(),
            batteryPercent: z.number().int().min(0).max(100).optional(),
            note: optionalLine(200),
        }),
        response: z.object({ id, failed: z.array(z.enum(CHECK_POINTS)), state: z.enum(DEVICE_STATES), byOther: z.boolean() }),
        errors: [
            'device.notFound',
            'device.notPersonal',
            'device.isRetired',
            'device.checkInFuture',
            'device.notYours',
            'person.notFound',
        ],
        permission: 'device.use',
        kind: 'command',
    }),
    'device.mine': endpoint({
        method: 'GET',
        path: '/api/my-devices',
        summary: 'What somebody has in hand, with its last check and what counts as enough',
        response: z.object({
            items: z.array(
                deviceRef.extend({
                    since: instant,
                    basis: z.enum(ISSUE_BASES),
                    dueBackAt: instant.nullable(),
                    lastCheck: deviceCheckItem.nullable(),
                }),
            ),
            batteryEnoughPercent: z.number().int(),
            spaceEnoughHours: z.number().int(),
        }),
        errors: [],
        permission: 'device.use',
        kind: 'query',
    }),
    'device.coverage': endpoint({
        method: 'GET',
        path: '/api/device-coverage',
        summary: 'Who has a recorder, who none, who two, whose is in repair (附件1 第3条)',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            kind: z.enum(['officer', 'assistant']).optional(),
            equipment: z.enum(EQUIPMENT).optional(),
            short: z.enum(['yes']).optional(),
            withoutTerminal: z.enum(['yes']).optional(),
            departmentId: id.optional(),
            order: z.enum(['name', 'department']).optional(),
        }),
        response: page(coverageItem).extend({
            counts: z.array(
                z.object({ equipment: z.enum(EQUIPMENT), kind: z.enum(['officer', 'assistant']), count: z.number().int() }),
            ),
            spare: z.number().int(),
            inRepair: z.number().int(),
            withoutTerminal: z.number().int(),
        }),
        errors: [],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.useRecord': endpoint({
        method: 'GET',
        path: '/api/use-records',
        summary: 'The record file of an officer: unit, recorder number, officer, times of use (附件1 第14条)',
        query: z.object({
            ...pageQuery,
            personId: id.optional(),
            deviceId: id.optional(),
            kind: z.enum(['recording', 'act', 'issue']).optional(),
            from: z.coerce.number().int().optional(),
            to: z.coerce.number().int().optional(),
        }),
        response: page(useRecordItem),
        errors: [],
        permission: 'recording.list',
        kind: 'query',
    }),
    'device.rooms': endpoint({
        method: 'GET',
        path: '/api/recording-rooms',
        summary: 'Recording rooms with their cameras (正文二(二)3)',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            kind: z.enum(ROOM_KINDS).optional(),
            closed: z.enum(['yes', 'no']).optional(),
        }),
        response: page(roomItem).extend({ missing: z.array(z.enum(ROOM_KINDS)) }),
        errors: [],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.room': endpoint({
        method: 'GET',
        path: '/api/recording-rooms/:id',
        summary: 'One room with every camera that ever looked into it',
        params: idParams,
        response: roomItem.extend({ bindings: z.array(binding), recordingCount: z.number().int() }),
        errors: ['room.notFound'],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.saveRoom': endpoint({
        method: 'POST',
        path: '/api/recording-rooms',
        summary: 'Registers a room, or changes one',
        body: roomFields.extend({ id: id.optional(), version: z.number().int().optional() }),
        response: createdId,
        errors: ['room.nameTaken', 'room.notFound', 'conflict.changedMeanwhile'],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.closeRoom': endpoint({
        method: 'POST',
        path: '/api/recording-rooms/:id/close',
        summary: 'The room is no recording room any more',
        params: idParams,
        body: z.object({ note: line(200) }),
        response: empty,
        errors: ['room.notFound', 'room.closed', 'room.camerasLeft'],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.bindCamera': endpoint({
        method: 'POST',
        path: '/api/recording-rooms/:id/cameras',
        summary: 'From a moment on a camera looks into the room',
        params: idParams,
        body: z.object({ deviceId: id, from: instant.optional(), view: optionalLine(60) }),
        response: createdId,
        errors: [
            'room.notFound',
            'room.closed',
            'room.notCamera',
            'room.cameraBound',
            'room.bindingInFuture',
            'room.bindingOverlaps',
            'device.notFound',
            'device.notInService',
        ],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.releaseCamera': endpoint({
        method: 'POST',
        path: '/api/recording-rooms/:id/cameras/:bindingId/release',
        summary: 'The camera looks into the room no more',
        params: idParams.extend({ bindingId: id }),
        body: z.object({ note: optionalLine(200) }),
        response: empty,
        errors: ['room.notFound', 'room.bindingEnded'],
        permission: 'device.manage',
        kind: 'command',
    }),
    'device.models': endpoint({
        method: 'GET',
        path: '/api/device-models',
        summary: 'Models with what is stated of them, and where that is from (附件2, 供参考)',
        query: z.object({ ...pageQuery, q: z.string().max(100).optional(), kind: z.enum(DEVICE_KINDS).optional() }),
        response: page(modelItem).extend({ unregistered: z.array(z.object({ name: z.string(), devices: z.number().int() })) }),
        errors: [],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.model': endpoint({
        method: 'GET',
        path: '/api/device-models/:id',
        summary: 'One model',
        params: idParams,
        response: modelItem,
        errors: ['device.modelNotFound'],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.saveModel': endpoint({
        method: 'POST',
        path: '/api/device-models',
        summary: 'Registers a model, or changes what is stated of it',
        body: z.object({
            id: id.optional(),
            version: z.number().int().optional(),
            kind: z.enum(DEVICE_KINDS),
            name: line(80),
            maker: optionalLine(80),
            figures: z.array(statedFigure).max(60),
        }),
        response: createdId,
        errors: ['device.modelNotFound', 'device.modelNameTaken', 'device.modelFigureTwice', 'conflict.changedMeanwhile'],
        permission: 'device.manage',
        kind: 'command',
    }),
};
