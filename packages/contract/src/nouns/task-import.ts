import { IMPORT_ORIGINS, IMPORT_ROW_STATES, TASK_ROW_FAULTS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { day, empty, id, idParams, instant, line, optionalLine, page, pageQuery, partyRef, personRef } from '../shapes.ts';
import { TABLE_BODY_LIMIT, TABLE_ERRORS, tableFile } from './table-shapes.ts';

/** One row as it stands in the list; what is wrong with it is said of the row, not of the request. */
const given = z.object({
    externalId: optionalLine(80),
    title: optionalLine(120),
    partyName: optionalLine(120),
    creditCode: optionalLine(40),
    address: optionalLine(200),
    dueDay: optionalLine(30),
    scenario: optionalLine(60),
    note: optionalLine(500),
});

const counts = z.object(
    Object.fromEntries(IMPORT_ROW_STATES.map((state) => [state, z.number().int()])) as Record<
        (typeof IMPORT_ROW_STATES)[number],
        z.ZodNumber
    >,
);

export const taskImportItem = z.object({
    id,
    origin: z.enum(IMPORT_ORIGINS),
    source: z.string(),
    fileName: z.string().nullable(),
    rowCount: z.number().int(),
    counts,
    receivedBy: personRef,
    receivedAt: instant,
});

export const MOST_IMPORT_ROWS = 1_000;

export const taskImportEndpoints = {
    'taskImport.receive': endpoint({
        method: 'POST',
        path: '/api/task-imports',
        summary:
            'Receives a list of tasks from the national or city platform. Rows are matched to parties by credit code, then by name and address; a number that came before makes no second task. `apply` makes tasks of what is matched at once',
        body: z.object({
            origin: z.enum(IMPORT_ORIGINS),
            source: line(120),
            fileName: optionalLine(200),
            dueDay: day.optional(),
            rows: z.array(given).min(1).max(MOST_IMPORT_ROWS),
            apply: z.boolean().default(false),
        }),
        response: z.object({ id, counts }),
        errors: [],
        permission: 'task.import',
        kind: 'command',
    }),
    'taskImport.receiveFile': endpoint({
        method: 'POST',
        path: '/api/task-import-files',
        summary: 'Receives a list as a CSV or XLSX file; what becomes of each row is seen before any task is made',
        body: z.object({
            origin: z.enum(IMPORT_ORIGINS),
            source: line(120),
            ...tableFile,
            dueDay: day.optional(),
        }),
        response: z.object({ id, counts }),
        errors: [...TABLE_ERRORS, 'task.listNoColumns', 'request.tooLarge'],
        permission: 'task.import',
        kind: 'command',
        bodyLimit: TABLE_BODY_LIMIT,
    }),
    'taskImport.list': endpoint({
        method: 'GET',
        path: '/api/task-imports',
        summary: 'Lists received, newest first',
        query: z.object(pageQuery),
        response: page(taskImportItem),
        errors: [],
        permission: 'task.list',
        kind: 'query',
    }),
    'taskImport.get': endpoint({
        method: 'GET',
        path: '/api/task-imports/:id',
        summary: 'One list with every row, whatever became of it',
        params: idParams,
        response: taskImportItem.extend({
            dueDay: day.nullable(),
            rows: z.array(
                z.object({
                    id,
                    place: z.number().int(),
                    given,
                    state: z.enum(IMPORT_ROW_STATES),
                    faults: z.array(z.enum(TASK_ROW_FAULTS)),
                    dueDay: day.nullable(),
                    party: partyRef.nullable(),
                    task: z.object({ id, number: z.string(), dueDay: day }).nullable(),
                    skipReason: z.string().nullable(),
                }),
            ),
        }),
        errors: ['task.listNotFound'],
        permission: 'task.list',
        kind: 'query',
    }),
    'taskImport.match': endpoint({
        method: 'POST',
        path: '/api/task-import-rows/:id/match',
        summary: 'Says which party a row means',
        params: idParams,
        body: z.object({ partyId: id }),
        response: empty,
        errors: ['task.rowNotFound', 'task.rowDone', 'task.rowFaulty', 'party.notFound', 'party.merged'],
        permission: 'task.import',
        kind: 'command',
    }),
    'taskImport.skip': endpoint({
        method: 'POST',
        path: '/api/task-import-rows/:id/skip',
        summary: 'Makes no task of a row, with the reason',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['task.rowNotFound', 'task.rowDone'],
        permission: 'task.import',
        kind: 'command',
    }),
    'taskImport.apply': endpoint({
        method: 'POST',
        path: '/api/task-imports/:id/apply',
        summary: 'Makes tasks of the rows that are matched, and takes over changed due days',
        params: idParams,
        response: z.object({ created: z.number().int(), changed: z.number().int() }),
        errors: ['task.listNotFound', 'task.nothingToApply'],
        permission: 'task.import',
        kind: 'command',
    }),
};
