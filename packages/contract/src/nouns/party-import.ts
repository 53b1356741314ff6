import { GRADE_COLUMNS, IMPORT_CHANGE_FIELDS, IMPORT_COLUMNS, IMPORT_PLANS, IMPORT_PROBLEMS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, id, idParams, instant, line, page, pageQuery, personRef, text } from '../shapes.ts';
import { TABLE_BODY_LIMIT, TABLE_ERRORS, tableFile } from './table-shapes.ts';

export const IMPORT_STATES = ['previewed', 'running', 'done', 'withdrawn'] as const;
/** What a list is about. */
export const IMPORT_SUBJECTS = ['parties', 'grades'] as const;
export const IMPORT_OUTCOMES = ['created', 'changed', 'left', 'refused'] as const;

const version = z.number().int();
const count = z.number().int();

const importItem = z.object({
    id,
    version,
    about: z.enum(IMPORT_SUBJECTS),
    /** Of grades: what was said of the whole list, for rows that do not say it themselves. */
    source: z.string().nullable(),
    reason: z.string().nullable(),
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

export const importReason = z.object({
    problem: z.enum(IMPORT_PROBLEMS),
    column: z.enum([...IMPORT_COLUMNS, ...GRADE_COLUMNS]).optional(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const importRow = z.object({
    line: count,
    name: z.string(),
    plan: z.enum(IMPORT_PLANS),
    changes: z.array(z.object({ field: z.enum(IMPORT_CHANGE_FIELDS), from: z.string().nullable(), to: z.string() })),
    reasons: z.array(importReason),
    outcome: z.enum(IMPORT_OUTCOMES).nullable(),
    partyId: id.nullable(),
});

const DECIDED_ERRORS = ['party.importNotFound', 'party.importNotPreviewed', 'conflict.changedMeanwhile'] as const;
const decision = { params: idParams, body: z.object({ version }), response: z.object({ version }), errors: [...DECIDED_ERRORS] };

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
        ...decision,
        permission: 'party.manage',
        kind: 'command',
    }),
    'party.withdrawImport': endpoint({
        method: 'POST',
        path: '/api/party-imports/:id/withdraw',
        summary: 'Gives a previewed import up; its rows are removed',
        ...decision,
        permission: 'party.manage',
        kind: 'command',
    }),
    'party.previewGradeImport': endpoint({
        method: 'POST',
        path: '/api/party-imports/grades',
        summary:
            'Reads a CSV or XLSX list of risk and credit grades and plans what each row would decide; nothing is decided before it is confirmed',
        body: z.object({
            ...tableFile,
            /** For rows that do not say it themselves. */
            source: line(120),
            reason: text(500),
            fromDay: day.optional(),
        }),
        response: createdId,
        errors: [...TABLE_ERRORS, 'party.importNoGrades', 'party.importColumnTwice', 'party.gradeInFuture', 'request.tooLarge'],
        permission: 'party.grade',
        kind: 'command',
        bodyLimit: TABLE_BODY_LIMIT,
    }),
    'party.confirmGradeImport': endpoint({
        method: 'POST',
        path: '/api/party-imports/:id/confirm-grades',
        summary: 'Begins an import of grades as previewed',
        ...decision,
        permission: 'party.grade',
        kind: 'command',
    }),
    'party.withdrawGradeImport': endpoint({
        method: 'POST',
        path: '/api/party-imports/:id/withdraw-grades',
        summary: 'Gives a previewed import of grades up; its rows are removed',
        ...decision,
        permission: 'party.grade',
        kind: 'command',
    }),
};
