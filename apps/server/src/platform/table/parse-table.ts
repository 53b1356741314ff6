import { columnPlaces, DomainError } from '@liuhen/domain/table';
import { readCsv } from './csv.ts';
import type { Table } from './table.ts';
import { readXlsx } from './xlsx.ts';

export type TableAnswer = { table: Table } | { code: string; params: Readonly<Record<string, string | number>> };

/** Reads a table where it is called. Which kind it is the bytes say, not the name. */
export function parseTable(bytes: Uint8Array): TableAnswer {
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
