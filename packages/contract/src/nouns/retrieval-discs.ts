import { DISC_MEDIA, DISC_SET_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, hex32, id, idParams, instant, personRef, size } from '../shapes.ts';

/** The discs of a package, of one kind. */
export const discSet = z.object({
    id,
    medium: z.enum(DISC_MEDIA),
    state: z.enum(DISC_SET_STATES),
    by: personRef,
    since: instant,
    madeAt: instant.nullable(),
    /** How far the making is; null when none goes on. `bytes` are written twice: beside each other, and as an image. */
    progress: z.object({ discs: z.number(), discsDone: z.number(), bytes: size, bytesDone: size }).nullable(),
    /** Why the last making came to nothing: the code of an error. */
    failed: z.string().nullable(),
    discs: z.array(
        z.object({
            id,
            volume: z.number(),
            volumes: z.number(),
            fileName: z.string(),
            /** Name of the disc in its own file system. */
            label: z.string(),
            size,
            sha256: hex32,
            sm3: hex32,
            madeAt: instant,
        }),
    ),
});

/** Discs of an evidence package: images in volumes, made of the package that is kept. */
export const retrievalDiscEndpoints = {
    'retrieval.makeDiscs': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/disc-sets',
        summary: 'Begins to make images of discs of the package, or goes on after it was stopped',
        params: idParams,
        body: z.object({ medium: z.enum(DISC_MEDIA) }),
        response: createdId,
        errors: [
            'retrieval.notFound',
            'retrieval.notPackaged',
            'retrieval.discsImpossible',
            'retrieval.discsMade',
            'retrieval.discsBeingMade',
            'act.restricted',
        ],
        permission: 'retrieval.provide',
        kind: 'command',
    }),
    'retrieval.stopDiscs': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/disc-sets/:setId/stop',
        summary: 'Stops the making of images of discs; it may be begun again, and discs that are there stay',
        params: z.object({ id, setId: id }),
        body: empty,
        response: empty,
        errors: ['retrieval.notFound', 'retrieval.discsNotFound', 'act.restricted'],
        permission: 'retrieval.provide',
        kind: 'command',
    }),
};
