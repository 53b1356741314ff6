import { ACT_STATES, PARTS, SCENARIOS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import {
    createdId,
    deviceRef,
    empty,
    id,
    idParams,
    instant,
    line,
    optionalLine,
    organisationRef,
    page,
    pageQuery,
    partyRef,
    personRef,
} from '../shapes.ts';
import { mediaFinding } from './recording.ts';

/** How an act stands at a glance; worked out by the domain from the facts, the same on list and page. */
export const standing = z.object({
    status: z.enum(['held', 'act', 'judge', 'broken']),
    openGaps: z.number().int(),
    coveragePermille: z.number().int().nullable(),
    missingOfficers: z.number().int(),
});

export const actItem = z.object({
    id,
    number: z.string(),
    scenario: z.enum(SCENARIOS),
    party: partyRef.nullable(),
    place: z.string(),
    startsAt: instant,
    endsAt: instant,
    state: z.enum(ACT_STATES),
    participants: z.array(z.object({ name: z.string(), part: z.enum(PARTS) })),
    recordingCount: z.number().int(),
    standing,
});

export const actParticipant = z.object({ id, person: personRef, part: z.enum(PARTS), device: deviceRef.nullable() });

export const actRecording = z.object({
    id,
    name: z.string(),
    personId: id.nullable(),
    device: deviceRef.nullable(),
    deviceStart: instant.nullable(),
    deviceEnd: instant.nullable(),
    durationMs: z.number().int().nullable(),
    /** Unbroken stretches by the device's clock, in order; `mediaStartMs` is where in the file each begins. Empty while unknown. */
    stretches: z.array(z.object({ id, mediaStartMs: z.number().int(), deviceStart: instant, deviceEnd: instant })),
    state: z.string(),
    playable: z.boolean(),
    inspected: z.boolean(),
    findings: z.array(mediaFinding),
    receivedAt: instant,
});

export const actDetail = actItem.omit({ participants: true }).extend({
    organisation: organisationRef,
    /** Which of the party's premises, where one was chosen; `place` is what the record says in words. */
    premises: z.object({ id, name: z.string() }).nullable(),
    note: z.string().nullable(),
    /** Start and end as the officers state them (附件1 第10条); never prefilled from a recording. */
    participants: z.array(actParticipant),
    recordings: z.array(actRecording),
    version: z.number().int(),
});

const actFields = z.object({
    scenario: z.enum(SCENARIOS),
    partyId: id.optional(),
    premisesId: id.optional(),
    place: line(200),
    startsAt: instant,
    endsAt: instant,
    note: optionalLine(500),
});
const participant = z.object({ personId: id, part: z.enum(PARTS) });

export const actEndpoints = {
    'act.list': endpoint({
        method: 'GET',
        path: '/api/acts',
        summary: 'Acts, newest first',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            scenario: z.enum(SCENARIOS).optional(),
            state: z.enum(ACT_STATES).optional(),
            personId: id.optional(),
            partyId: id.optional(),
            from: z.coerce.number().int().optional(),
            to: z.coerce.number().int().optional(),
            order: z.enum(['newest', 'oldest']).default('newest'),
        }),
        response: page(actItem),
        errors: [],
        permission: 'act.list',
        kind: 'query',
    }),
    'act.get': endpoint({
        method: 'GET',
        path: '/api/acts/:id',
        summary: 'One act with participants and recordings, the facts of the strip chart',
        params: idParams,
        response: actDetail,
        errors: ['act.notFound'],
        permission: 'act.list',
        kind: 'query',
    }),
    'act.create': endpoint({
        method: 'POST',
        path: '/api/acts',
        summary: 'Creates an act with its participants',
        body: actFields.extend({ participants: z.array(participant).min(1).max(20) }),
        response: createdId,
        errors: [
            'act.nobodyTakesPart',
            'act.premisesNotOfParty',
            'act.endBeforeStart',
            'act.tooLong',
            'act.inFuture',
            'party.notFound',
            'party.merged',
            'person.notFound',
            'person.hasLeft',
            'act.participantTwice',
            'act.officerNeedsCertificate',
            'act.assistantAsOfficer',
        ],
        permission: 'act.manage',
        kind: 'command',
    }),
    'act.update': endpoint({
        method: 'PATCH',
        path: '/api/acts/:id',
        summary: 'Changes an open act',
        params: idParams,
        body: actFields.extend({ version: z.number().int() }),
        response: z.object({ version: z.number().int() }),
        errors: [
            'act.notFound',
            'act.notOpen',
            'act.premisesNotOfParty',
            'act.endBeforeStart',
            'act.tooLong',
            'act.inFuture',
            'party.notFound',
            'party.merged',
            'conflict.changedMeanwhile',
        ],
        permission: 'act.manage',
        kind: 'command',
    }),
    'act.addParticipant': endpoint({
        method: 'POST',
        path: '/api/acts/:id/participants',
        summary: 'Adds a participant',
        params: idParams,
        body: participant,
        response: createdId,
        errors: [
            'act.notFound',
            'act.notOpen',
            'person.notFound',
            'person.hasLeft',
            'act.participantTwice',
            'act.officerNeedsCertificate',
            'act.assistantAsOfficer',
        ],
        permission: 'act.manage',
        kind: 'command',
    }),
    'act.removeParticipant': endpoint({
        method: 'POST',
        path: '/api/act-participants/:id/remove',
        summary: 'Removes a participant who has no recording in the act',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['act.participantNotFound', 'act.notOpen', 'act.participantHasRecordings'],
        permission: 'act.manage',
        kind: 'command',
    }),
    'act.close': endpoint({
        method: 'POST',
        path: '/api/acts/:id/close',
        summary: 'Closes or cancels an act',
        params: idParams,
        body: z.object({ as: z.enum(['closed', 'cancelled']), reason: optionalLine(200) }),
        response: empty,
        errors: ['act.notFound', 'act.notOpen', 'act.reasonMissing', 'act.hasRecordings'],
        permission: 'act.manage',
        kind: 'command',
    }),
};
