import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, idParams } from '../shapes.ts';
import { documentContent, stated } from './document-shapes.ts';

const pageNumber = z.coerce.number().int().min(1).max(5_000);
/** Of a page as it was drawn: another one where anything on it changed. */
const mark = z.string().regex(/^[0-9a-f]{12}$/);

const marks = (most: number) =>
    z
        .string()
        .max(most)
        .regex(/^[0-9a-f,]*$/)
        .optional();

/** Pages in view; joined by commas the marks of all bodies that were seen before, and those of pictures that need not be sent. */
const wanted = z.object({ first: pageNumber, last: pageNumber, before: marks(8_000), known: marks(800) });
const pictures = z.object({
    /** Of every page, so that a page that was not fetched has its room. In points. */
    shapes: z.array(z.object({ width: z.number(), height: z.number(), picture: mark, body: mark })),
    pictures: z.array(z.object({ page: z.number().int(), svg: z.string() })),
    /** The first page on which something else stands than before; if it was not in view, its picture is sent instead of those. */
    changed: z.number().int().nullable(),
});
const ERRORS = [
    'document.notFound',
    'act.restricted',
    'template.notFound',
    'document.characterMissing',
    'document.printFailed',
] as const;

export const documentPictureEndpoints = {
    'document.draftPictures': endpoint({
        method: 'GET',
        path: '/api/documents/:id/draft-pictures',
        summary: 'Pages of a document as it stands now, as pictures: those in view, and how large the others are',
        params: idParams,
        query: wanted,
        response: pictures,
        errors: ERRORS,
        permission: 'document.list',
        kind: 'query',
    }),
    'document.setAhead': endpoint({
        method: 'POST',
        path: '/api/documents/:id/draft-ahead',
        summary: 'Sets the pages of a draft while it is typed, so that they are there once it is saved; nothing of it is kept',
        params: idParams,
        body: z.object({ content: documentContent, ...stated }),
        /** Not where nobody looked at the pages, nor while others wait for theirs. */
        response: z.object({ set: z.boolean() }),
        errors: [...ERRORS, 'document.notDraft', 'document.contentTooLong'],
        permission: 'document.write',
        kind: 'query',
    }),
    'document.printPictures': endpoint({
        method: 'GET',
        path: '/api/documents/:id/prints/:printId/pictures',
        summary: 'Pages of a print as pictures, shown only while they still come out as they were printed',
        params: z.object({ id, printId: id }),
        query: wanted,
        response: pictures,
        errors: [...ERRORS, 'document.printNotFound', 'document.printDiffers'],
        permission: 'document.list',
        kind: 'query',
    }),
};
