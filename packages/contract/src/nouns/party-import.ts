import { IMPORT_CHANGE_FIELDS, IMPORT_COLUMNS, IMPORT_PLANS, IMPORT_PROBLEMS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, id, idParams, instant, page, pageQuery, personRef } from '../shapes.ts';
import { TABLE_BODY_LIMIT, TABLE_ERRORS, tableFile } from './table-shapes.ts';

export const IMPORT_STATES = ['previewed', 'running', 'done', 'withdrawn'] as const;
export const IMPORT_OUTCOMES = ['created', 'changed', 'left', 'refused'] as const;

const version = z.number().int();
const count = z.number().int();

const importItem = z.object({
    id,
    version,
    fileName: z.string(),
    sha256: z.string(),
    format: z.enum(['csv', 'xlsx']),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    sheet: z.string().nullable(),
    otherSheets: count,
    /** Columns that are none of ours and were left out. */
    ignored: z.array(z.string()),
    state: z.enum(IMPORT_STATES),
    rows: count,
    planned: z.object({ create: count, change: count, leave: count, refuse: count }),
    done: z.object({ created: count, changed: count, left: count, refused: count }),
    madeBy: personRef,
    madeAt: instant,
    confirmedBy: personRef.nullable(),
    confirmedAt: instant.nullable(),
    finishedAt: instant.nullable(),
});

const importRow = z.object({
    line: count,
    name: z.string(),
    plan: z.enum(IMPORT_PLANS),
    changes: z.array(z.object({ field: z.enum(IMPORT_CHANGE_FIELDS), from: z.string().nullable(), to: z.string() })),
    reasons: z.array(
        z.object({
            problem: z.enum(IMPORT_PROBLEMS),
            column: z.enum(IMPORT_COLUMNS).optional(),
            params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
    ),
    outcome: z.enum(IMPORT_OUTCOMES).nullable(),
    partyId: id.nullable(),
});

export const partyImportEndpoints = {
    'party.previewImport': endpoint({
        method: 'POST',
        path: '/api/party-imports',
        summary: 'Reads a CSV or XLSX list and plans what it would change; nothing is changed before it is confirmed',
        body: z.object(tableFile),
        response: createdId,
        errors: [...TABLE_ERRORS, 'party.importNoNames', 'party.importColumnTwice', 'request.tooLarge'],
        permission: 'party.manage',
        kind: 'command',
        bodyLimit: TABLE_BODY_LIMIT,
    }),
    'party.imports': endpoint({
        method: 'GET',
        path: '/api/party-imports',
        summary: 'Imports, newest first, with their progress',
        query: z.object({ ...pageQuery, state: z.enum(IMPORT_STATES).optional() }),
        response: page(importItem),
        errors: [],
        permission: 'party.manage',
        kind: 'query',
    }),
    'party.getImport': endpoint({
        method: 'GET',
        path: '/api/party-imports/:id',
        summary: 'One import with its progress',
        params: idParams,
        response: importItem,
        errors: ['party.importNotFound'],
        permission: 'party.manage',
        kind: 'query',
    }),
    'party.importRows': endpoint({
        method: 'GET',
        path: '/api/party-import-rows',
        summary: 'The rows of an import: what is planned, why a row is refused, what became of it',
        query: z.object({
            ...pageQuery,
            limit: z.coerce.number().int().min(1).max(1_000).default(100),
            importId: id,
            plan: z.enum(IMPORT_PLANS).optional(),
            outcome: z.enum(IMPORT_OUTCOMES).optional(),
        }),
        response: page(importRow),
        errors: ['party.importNotFound'],
        permission: 'party.manage',
        kind: 'query',
    }),
    'party.confirmImport': endpoint({
        method: 'POST',
        path: '/api/party-imports/:id/confirm',
        summary: 'Begins an import as previewed',
        params: idParams,
        body: z.object({ version }),
        response: z.object({ version }),
        errors: ['party.importNotFound', 'party.importNotPreviewed', 'conflict.changedMeanwhile'],
        permission: 'party.manage',
        kind: 'command',
    }),
    'party.withdrawImport': endpoint({
        method: 'POST',
        path: '/api/party-imports/:id/withdraw',
        summary: 'Gives a previewed import up; its rows are removed',
        params: idParams,
        body: z.object({ version }),
        response: z.object({ version }),
        errors: ['party.importNotFound', 'party.importNotPreviewed', 'conflict.changedMeanwhile'],
        permission: 'party.manage',
        kind: 'command',
    }),
};
