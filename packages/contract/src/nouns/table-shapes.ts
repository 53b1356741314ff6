import { z } from 'zod';
import { line } from '../shapes.ts';

/** Largest file of a CSV or XLSX list, in bytes before base64. */
export const IMPORT_MOST_BYTES = 5 << 20;

/** A list handed in whole: its file's name and its bytes in base64. */
export const tableFile = {
    fileName: line(200),
    content: z.base64().max(Math.ceil(IMPORT_MOST_BYTES / 3) * 4),
};

/** Bytes of a request that carries one. */
export const TABLE_BODY_LIMIT = 8 << 20;

/** What can be wrong with a list before one of its rows is looked at. */
export const TABLE_ERRORS = [
    'table.empty',
    'table.tooLarge',
    'table.tooManyRows',
    'table.format',
    'table.oldFormat',
    'table.encoding',
    'table.brokenByte',
    'table.quote',
] as const;
