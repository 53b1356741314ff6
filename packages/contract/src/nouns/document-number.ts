import { BLOCK_STATES, MOST_IN_BLOCK, NUMBER_STATES, SERIES_NUMBERINGS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, id, idParams, instant, line, pageQuery } from '../shapes.ts';
import { documentType } from './document-shapes.ts';

const series = z.object({
    id,
    numbering: z.enum(SERIES_NUMBERINGS),
    category: z.string(),
    /** Nature code of a 文号, type of document of a 编号. */
    nature: z.string(),
    year: z.number().int(),
    last: z.number().int(),
});
const numbers = z.array(z.object({ id, place: z.number().int(), text: z.string(), state: z.enum(NUMBER_STATES) }));
const block = z.object({
    id,
    series,
    first: z.number().int(),
    last: z.number().int(),
    terminal: z.string(),
    person: z.object({ id, name: z.string() }),
    reservedAt: instant,
    state: z.enum(BLOCK_STATES),
    returnedAt: instant.nullable(),
    reason: z.string().nullable(),
    numbers,
});

export const documentNumberEndpoints = {
    'document.numberSeries': endpoint({
        method: 'GET',
        path: '/api/document-numbers/series',
        summary: 'Registers of document numbers, with the last place given in each',
        query: z.object({ year: z.coerce.number().int().optional() }),
        response: z.object({ items: z.array(series) }),
        errors: [],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.numberRegister': endpoint({
        method: 'GET',
        path: '/api/document-numbers/series/:id',
        summary: 'Every number of one register, the void ones with their reason; the latest first',
        params: idParams,
        query: z.object({ ...pageQuery, state: z.enum(NUMBER_STATES).optional(), q: z.string().max(100).optional() }),
        response: z.object({
            series,
            items: z.array(
                z.object({
                    id,
                    place: z.number().int(),
                    text: z.string(),
                    state: z.enum(NUMBER_STATES),
                    document: z.object({ id, title: z.string(), type: documentType }).nullable(),
                    blockId: id.nullable(),
                    givenAt: instant.nullable(),
                    endedAt: instant.nullable(),
                    reason: z.string().nullable(),
                }),
            ),
            next: z.string().nullable(),
            total: z.number().int(),
            /** Of the whole register, whatever is filtered. */
            counts: z.record(z.enum(NUMBER_STATES), z.number().int()),
            /** Places up to the last one given that no number stands at; none in a register that was kept. */
            missing: z.array(z.number().int()),
        }),
        errors: ['document.seriesNotFound'],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.numberBlocks': endpoint({
        method: 'GET',
        path: '/api/document-numbers/blocks',
        summary: 'Blocks of numbers that terminals took along',
        query: z.object({ state: z.enum(BLOCK_STATES).optional(), personId: id.optional() }),
        response: z.object({ items: z.array(block) }),
        errors: [],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.reserveNumbers': endpoint({
        method: 'POST',
        path: '/api/document-numbers/blocks',
        summary: 'Reserves the next numbers of a register for a terminal that may be without network',
        body: z.object({
            type: documentType,
            category: line(10).optional(),
            count: z.number().int().min(1).max(MOST_IN_BLOCK),
            terminal: line(60),
        }),
        response: createdId.extend({ numbers }),
        errors: [
            'document.hasNoNumber',
            'document.categoryMissing',
            'document.categoryUnknown',
            'document.natureMissing',
            'document.regionMissing',
            'document.patternUnusable',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.returnNumbers': endpoint({
        method: 'POST',
        path: '/api/document-numbers/blocks/:id/return',
        summary: 'Ends a block: what was not used is never given again and stays visible with the reason',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: z.object({ returned: z.number().int() }),
        errors: ['document.blockNotFound', 'document.blockReturned'],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.spoilNumber': endpoint({
        method: 'POST',
        path: '/api/document-numbers/:id/void',
        summary: 'Voids one reserved number whose form was spoiled, with the reason',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['document.numberNotReserved'],
        permission: 'document.write',
        kind: 'command',
    }),
};
