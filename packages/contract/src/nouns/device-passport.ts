import { ANNEX_2_IDS, FIGURE_STANDINGS, PAPER_KINDS, PASSPORT_CONFLICTS, PASSPORT_VERDICTS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { empty, id, idParams, instant, line } from '../shapes.ts';
import { statedFigure } from './device-life.ts';

const paper = z.object({
    id,
    kind: z.enum(PAPER_KINDS),
    requirements: z.array(z.string()),
    /** Of the model, or of this device alone. */
    forModel: z.boolean(),
    number: z.string(),
    issuer: z.string(),
    issuedOn: z.string().nullable(),
    expiresOn: z.string().nullable(),
    expired: z.boolean(),
    note: z.string().nullable(),
    fileName: z.string(),
    recordedBy: z.string(),
    recordedAt: instant,
    withdrawn: z.object({ at: instant, why: z.string() }).nullable(),
});

const passportRow = z.object({
    id: z.enum(ANNEX_2_IDS),
    item: z.string(),
    quote: z.string(),
    verdict: z.enum(PASSPORT_VERDICTS),
    measure: z.string().nullable(),
    /** Files that say something about it, and how many of them are below it. */
    files: z.number().int(),
    below: z.number().int(),
    from: instant.nullable(),
    to: instant.nullable(),
    sure: z.enum(['firm', 'thin']).nullable(),
    values: z.record(z.string(), z.number()),
    examples: z.array(z.object({ id, name: z.string() })),
    papers: z.array(id),
    /** What the register states of the model, with how each stands to what is asked; apart from what was measured. */
    stated: z.array(statedFigure.extend({ standing: z.enum(FIGURE_STANDINGS) })),
    /** Stated and measured contradict each other. */
    conflict: z.enum(PASSPORT_CONFLICTS).nullable(),
});

/** What is known of a device against 附件2. */
export const passportEndpoints = {
    'device.passport': endpoint({
        method: 'GET',
        path: '/api/devices/:id/passport',
        summary: 'What is known of the device against 附件2, which is for reference: measured, certified, stated or not known',
        params: idParams,
        query: z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().optional() }),
        response: z.object({
            items: z.array(passportRow),
            total: z.number().int(),
            next: z.string().nullable(),
            device: z.object({ id, number: z.string(), model: z.string().nullable(), serial: z.string().nullable() }),
            /** Inspected originals that were looked at: the newest, at most so many. */
            files: z.number().int(),
            papers: z.array(paper),
            change: z.object({
                limitMs: z.number().int(),
                limitSource: z.enum(['model', 'organisation']),
                measured: z.object({ count: z.number().int(), medianMs: z.number().int(), mostMs: z.number().int() }).nullable(),
            }),
            at: instant,
        }),
        errors: ['device.notFound'],
        permission: 'device.list',
        kind: 'query',
    }),
    'device.withdrawPaper': endpoint({
        method: 'POST',
        path: '/api/devices/:id/papers/:paperId/withdraw',
        summary: 'Withdraws a certificate or data sheet that was recorded by mistake; it stays in the register',
        params: idParams.extend({ paperId: id }),
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['device.paperNotFound', 'device.paperWithdrawn'],
        permission: 'device.manage',
        kind: 'command',
    }),
};
