import { RECORDING_MARK_KINDS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { boundedInstant, createdId, empty, id, idParams, instant, line, optionalLine } from '../shapes.ts';

const who = z.object({ id, name: z.string() });

/** What somebody found at a moment of a recording; never in the original. Withdrawn ones stay readable. */
export const recordingMark = z.object({
    id,
    recordingId: id,
    kind: z.enum(RECORDING_MARK_KINDS),
    /** Where in the original. */
    mediaMs: z.number().int(),
    /** By the device's clock, and by the corrected clock as it is now; null while unknown. */
    deviceAt: instant.nullable(),
    corrected: boundedInstant.nullable(),
    words: z.string().nullable(),
    madeBy: who,
    madeAt: instant,
    withdrawn: z.object({ by: who, at: instant, reason: z.string() }).nullable(),
});

export const recordingMarkEndpoints = {
    'recording.marks': endpoint({
        method: 'GET',
        path: '/api/recordings/:id/marks',
        summary: 'Marks and notes at moments of a recording, in the order of the file, withdrawn ones among them',
        params: idParams,
        response: z.object({ items: z.array(recordingMark) }),
        errors: ['act.restricted', 'recording.notFound'],
        permission: 'recording.list',
        kind: 'query',
    }),
    'recording.mark': endpoint({
        method: 'POST',
        path: '/api/recordings/:id/marks',
        summary: 'Marks a moment of a recording (附件1 第8–11条); who may play it may mark it',
        params: idParams,
        body: z.object({
            kind: z.enum(RECORDING_MARK_KINDS),
            mediaMs: z.number().int().min(0),
            words: optionalLine(200),
        }),
        response: createdId,
        errors: [
            'act.restricted',
            'access.denied',
            'recording.notFound',
            'recording.damaged',
            'recording.quarantined',
            'recording.markOutside',
            'recording.markNeedsWords',
        ],
        permission: 'recording.play',
        kind: 'command',
    }),
    'recording.withdrawMark': endpoint({
        method: 'POST',
        path: '/api/recording-marks/:id/withdraw',
        summary: 'Takes a mark back with a reason; it stays readable',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['act.restricted', 'access.denied', 'recording.markNotFound', 'recording.markWithdrawn'],
        permission: 'recording.play',
        kind: 'command',
    }),
};
