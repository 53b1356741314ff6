import { HEARD_KINDS, HEARD_STATES, LISTENING_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { boundedInstant, empty, id, idParams, instant } from '../shapes.ts';

/** Where a program for speech recognition heard words of 附件1 第8、9条; it proves nothing before somebody has listened. */
export const heardPlace = z.object({
    id,
    recordingId: id,
    kind: z.enum(HEARD_KINDS),
    state: z.enum(HEARD_STATES),
    /** Where in the original. */
    mediaMs: z.number().int(),
    /** By the device's clock, and by the corrected clock as it is now; null while unknown. */
    deviceAt: instant.nullable(),
    corrected: boundedInstant.nullable(),
    /** As the program wrote them down. */
    words: z.string(),
    decided: z.object({ by: z.object({ id, name: z.string() }), at: instant }).nullable(),
});

export const recordingHeardEndpoints = {
    'recording.heard': endpoint({
        method: 'GET',
        path: '/api/recordings/:id/heard',
        summary: 'Where a program heard opening and closing words, to be checked by a person, and how far its listening is',
        params: idParams,
        response: z.object({
            /** Whether a program is set up that could listen. */
            available: z.boolean(),
            listening: z.object({ state: z.enum(LISTENING_STATES), program: z.string().nullable(), at: instant }).nullable(),
            items: z.array(heardPlace),
        }),
        errors: ['act.restricted', 'recording.notFound'],
        permission: 'recording.list',
        kind: 'query',
    }),
    'recording.listen': endpoint({
        method: 'POST',
        path: '/api/recordings/:id/listen',
        summary: 'Asks the program for speech recognition to listen to a recording',
        params: idParams,
        body: empty,
        response: empty,
        errors: [
            'act.restricted',
            'recording.notFound',
            'recording.damaged',
            'recording.quarantined',
            'recording.notListenable',
            'recording.listening',
            'recording.noSpeechProgram',
        ],
        permission: 'recording.play',
        kind: 'command',
    }),
    'recording.decideHeard': endpoint({
        method: 'POST',
        path: '/api/heard-places/:id/decide',
        summary: 'Somebody who opened the recording confirms the words, which marks the moment, or rejects them',
        params: idParams,
        body: z.discriminatedUnion('as', [
            z.object({ as: z.literal('confirmed'), mediaMs: z.number().int().min(0).optional() }),
            z.object({ as: z.literal('rejected') }),
        ]),
        response: empty,
        errors: [
            'act.restricted',
            'access.denied',
            'recording.damaged',
            'recording.quarantined',
            'recording.markOutside',
            'recording.heardNotFound',
            'recording.heardDecided',
            'recording.notViewed',
        ],
        permission: 'recording.play',
        kind: 'command',
    }),
};
