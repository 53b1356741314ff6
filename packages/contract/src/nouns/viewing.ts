import { VIEWING_KINDS, VIEWING_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, instant, page, pageQuery, personRef } from '../shapes.ts';

const viewingItem = z.object({
    id,
    kind: z.enum(VIEWING_KINDS),
    state: z.enum(VIEWING_STATES),
    by: personRef,
    purpose: z.string(),
    openedAt: instant,
    /** Until when something was served for it, at the latest. */
    until: instant,
    /** When whoever looked ended it. */
    endedAt: instant.nullable(),
    /** Of how many recordings: one, or those whose small pictures were on a page. */
    recordings: z.number().int(),
    /** The one, or the first of them; null where there was none to be shown. */
    recording: z.object({ id, name: z.string() }).nullable(),
    act: z.object({ id, number: z.string() }).nullable(),
    /** A photograph and small pictures are shown and do not play. */
    plays: z.boolean(),
    /** What of it was really played, in order, without overlaps; null where nothing plays, or that is not known. */
    played: z.array(z.object({ startMs: z.number(), endMs: z.number() })).nullable(),
});

/** The register of viewings (附件1 第19条: 对查阅音像资料实行登记). */
export const viewingEndpoints = {
    'viewing.list': endpoint({
        method: 'GET',
        path: '/api/viewings',
        summary:
            'Who viewed which recording, when, for what and which parts, the latest first: all for custodians, their own for others',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            kind: z.enum(VIEWING_KINDS).optional(),
            personId: id.optional(),
            recordingId: id.optional(),
            from: z.coerce.number().pipe(instant).optional(),
            to: z.coerce.number().pipe(instant).optional(),
        }),
        response: page(viewingItem).extend({
            /** Counting stops at some thousands: there are at least `total`. */
            totalIsLeast: z.boolean(),
            /** Whether these are everybody's viewings, or the reader's own only. */
            everybody: z.boolean(),
        }),
        errors: [],
        permission: 'recording.play',
        kind: 'query',
    }),
};
