import { z } from 'zod';
import type { EndpointId } from './endpoints.ts';

/** Lists that can be exported whole: each answers page by page, with `items` and `next`. */
export const EXPORTABLE = [
    'act.list',
    'attestation.list',
    'board.list',
    'board.sameNight',
    'case.list',
    'complaint.list',
    'device.coverage',
    'device.list',
    'device.passport',
    'device.models',
    'device.rooms',
    'device.useRecord',
    'document.list',
    'document.numberRegister',
    'document.sealRegister',
    'draw.list',
    'finding.list',
    'finding.interruptions',
    'inspection.compared',
    'inspection.frame',
    'inspection.list',
    'inspection.scores',
    'inspection.sheets',
    'ledger.checkpoints',
    'ledger.list',
    'ledger.sheets',
    'logCheck.findings',
    'logCheck.list',
    'outcome.list',
    'party.importRows',
    'party.imports',
    'party.list',
    'party.merges',
    'party.timeline',
    'person.list',
    'recording.list',
    'retrieval.list',
    'statistics.compliance',
    'statistics.counted',
    'task.list',
    'taskImport.list',
    'training.attended',
    'training.due',
    'training.list',
    'viewing.list',
] as const satisfies readonly EndpointId[];
export type ExportableList = (typeof EXPORTABLE)[number];

/**
 * Rows of a list as lines of JSON, all that the filter matches, by the rights of the list. A command: what left the house,
 * by which filter and how much of it, is an entry before the first byte goes out.
 */
export const EXPORT_PATH = '/api/exports/:list';
export const EXPORT_COUNT_HEADER = 'liuhen-count';

export const exportBody = z.object({
    params: z.record(z.string().max(20), z.string().max(100)).optional(),
    query: z.record(z.string().max(40), z.union([z.string().max(200), z.number()])).default({}),
    /** Of the table that is made from the rows. */
    columns: z
        .array(z.string().regex(/^[A-Za-z]{1,40}$/))
        .min(1)
        .max(40),
    language: z.enum(['zh-CN', 'en']),
});
export type ExportBody = z.input<typeof exportBody>;
