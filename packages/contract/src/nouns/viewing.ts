import { VIEWING_KINDS, VIEWING_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, idParams, instant, organisationRef, page, pageQuery, personRef } from '../shapes.ts';

/** What a player is given: an address that serves nothing but this viewing, and until when. */
export const openedViewing = z.object({
    viewingId: id,
    contentUrl: z.string(),
    shown: z.enum(['original', 'repaired', 'playable']),
    until: instant,
});

const viewingItem = z.object({
    id,
    kind: z.enum(VIEWING_KINDS),
    state: z.enum(VIEWING_STATES),
    by: personRef,
    /** Whose person looked, where it is another organisation than the one whose register this is. */
    from: organisationRef.nullable(),
    /** The review sheet of an inspection that was the reason (正文四(四)), in place of words of one's own. */
    sheet: z.object({ inspection: z.string(), title: z.string(), place: z.number().int() }).nullable(),
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
    'viewing.openForSheet': endpoint({
        method: 'POST',
        path: '/api/inspection-sheets/:id/viewings',
        summary:
            'Registers that the reviewer of an open sheet, or whoever decides on an objection to it, plays a recording of its act, in the register of whoever owns it; never of a secret act',
        params: idParams,
        body: z.object({ recordingId: id }),
        response: openedViewing,
        errors: [
            ...(['inspection.sheetNotFound', 'inspection.sheetClosed', 'inspection.wrongState'] as const),
            ...(['inspection.reviewerTookPart', 'inspection.notReviewer', 'inspection.recordingElsewhere'] as const),
            'inspection.ownWork',
            ...(['act.restricted', 'recording.notFound', 'recording.damaged', 'recording.quarantined'] as const),
            'access.denied',
        ],
        permission: 'inspection.list',
        kind: 'command',
    }),
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
