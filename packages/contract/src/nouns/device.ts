import { DEVICE_KINDS, DEVICE_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, id, idParams, instant, line, optionalLine, page, pageQuery, personRef } from '../shapes.ts';

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
                z.object({ id, holder: personRef, from: instant, until: instant.nullable(), note: z.string().nullable() }),
            ),
            recordingCount: z.number().int(),
        }),
        errors: ['device.notFound'],
        permission: 'device.list',
        kind: 'query',
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
        body: deviceFields.extend({ state: z.enum(DEVICE_STATES), version: z.number().int() }),
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
        body: z.object({ personId: id, note: line(200).optional() }),
        response: createdId,
        errors: [
            'device.notFound',
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
