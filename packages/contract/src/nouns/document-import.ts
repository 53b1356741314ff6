import { DOCUMENT_COLUMN_IDS, DOCUMENT_ROW_FAULTS, DOCUMENT_ROW_NOTICES, type DocumentColumn } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { day, id, instant, line, optionalLine, partyRef } from '../shapes.ts';
import { documentType } from './document-shapes.ts';
import { TABLE_BODY_LIMIT, TABLE_ERRORS, tableFile } from './table-shapes.ts';

const version = z.number().int();
const LIST_ERRORS = [...TABLE_ERRORS, 'document.listNoColumns', 'request.tooLarge'] as const;
export const MOST_DOCUMENT_ROWS = 500;
const list = {
    ...tableFile,
    /** The system they come from, for rows that do not say. */
    from: optionalLine(200),
};
const given = z.object(
    Object.fromEntries(DOCUMENT_COLUMN_IDS.map((column) => [column, z.string().optional()])) as Record<
        DocumentColumn,
        z.ZodOptional<z.ZodString>
    >,
);

export const documentImportEndpoints = {
    'document.import': endpoint({
        method: 'POST',
        path: '/api/documents/import',
        summary: 'Takes in a document made in another system, whole: number, day, signers and where it comes from',
        body: z.object({
            type: documentType,
            title: line(200),
            number: optionalLine(100),
            /** Day it bears, `YYYY-MM-DD`. */
            date: z.iso.date(),
            from: line(200),
            signers: optionalLine(300),
            partyId: id.optional(),
            actId: id.optional(),
            caseId: id.optional(),
            startedAt: instant.optional(),
            endedAt: instant.optional(),
        }),
        response: z.object({ id, version }),
        errors: [
            'party.notFound',
            'act.notFound',
            'act.restricted',
            'case.notFound',
            'document.endBeforeStart',
            'document.inFuture',
            'document.dateInFuture',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.importPreview': endpoint({
        method: 'POST',
        path: '/api/document-imports/preview',
        summary: 'What would become of each row of a list of documents made elsewhere; nothing is taken in',
        body: z.object(list),
        response: z.object({
            rows: z.array(
                z.object({
                    /** Line of the list, the first after its headings being 1. */
                    place: z.number().int(),
                    given,
                    type: documentType.nullable(),
                    title: z.string(),
                    date: day.nullable(),
                    party: partyRef.nullable(),
                    act: z.object({ id, number: z.string() }).nullable(),
                    case: z.object({ id, number: z.string() }).nullable(),
                    /** A document of this type and number that is here already: it is not taken in twice. */
                    known: z.object({ id, title: z.string() }).nullable(),
                    faults: z.array(z.enum(DOCUMENT_ROW_FAULTS)),
                    notices: z.array(z.enum(DOCUMENT_ROW_NOTICES)),
                }),
            ),
            /** Columns that nobody knows. */
            others: z.array(z.string()),
        }),
        errors: [...LIST_ERRORS],
        permission: 'document.write',
        // It carries a file and is therefore sent as commands are, other sites kept out; it writes nothing.
        kind: 'command',
        bodyLimit: TABLE_BODY_LIMIT,
    }),
    'document.importMany': endpoint({
        method: 'POST',
        path: '/api/document-imports',
        summary: 'Takes in the chosen rows of a list, all of them or none; their files follow as scans',
        body: z.object({ ...list, places: z.array(z.number().int().min(1)).min(1).max(MOST_DOCUMENT_ROWS) }),
        response: z.object({ items: z.array(z.object({ place: z.number().int(), id })) }),
        errors: [...LIST_ERRORS, 'document.importRowFaulty'],
        permission: 'document.write',
        kind: 'command',
        bodyLimit: TABLE_BODY_LIMIT,
    }),
};
