import { Worker } from 'node:worker_threads';
import { columnPlaces, DomainError } from '@liuhen/domain';
import { readCsv } from './csv.ts';
import { TABLE_LIMITS, type Table } from './table.ts';
import { readXlsx } from './xlsx.ts';

const PATIENCE_MS = 30_000;
const MEMORY_MIB = 512;

export type TableAnswer = { table: Table } | { code: string; params: Readonly<Record<string, string | number>> };

/**
 * Reads a CSV or XLSX file from outside in a thread of its own, with a limit of time and memory: a file made to be costly
 * ends the thread, not the server.
 */
export async function readTable(bytes: Uint8Array): Promise<Table> {
    if (bytes.length === 0) throw new DomainError('table.empty');
    if (bytes.length > TABLE_LIMITS.bytes) throw new DomainError('table.tooLarge', { most: TABLE_LIMITS.bytes });
    const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
        workerData: bytes,
        resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
        stdout: false,
    });
    try {
        const answer = await new Promise<TableAnswer>((resolve, reject) => {
            const timer = setTimeout(() => reject(new DomainError('table.tooLarge', { most: TABLE_LIMITS.bytes })), PATIENCE_MS);
            worker.once('message', (message: TableAnswer) => {
                clearTimeout(timer);
                resolve(message);
            });
            worker.once('error', (cause) => {
                clearTimeout(timer);
                reject(new DomainError('table.format', {}, { cause }));
            });
        });
        if ('table' in answer) return answer.table;
        throw new DomainError(answer.code, answer.params);
    } finally {
        await worker.terminate();
    }
}

/** What the thread does. Which it is the bytes say, not the name. */
export function readTableHere(bytes: Uint8Array): TableAnswer {
    try {
        const begins = (...mark: number[]) => mark.every((byte, place) => bytes[place] === byte);
        if (begins(0xd0, 0xcf, 0x11, 0xe0)) throw new DomainError('table.oldFormat');
        const score = (headings: readonly string[]) => columnPlaces(headings).places.size;
        const table = begins(0x50, 0x4b) ? readXlsx(bytes, score) : readCsv(bytes, score);
        if (table.rows.length === 0) throw new DomainError('table.empty');
        return { table };
    } catch (error) {
        if (error instanceof DomainError) return { code: error.code, params: error.params };
        throw error;
    }
}
