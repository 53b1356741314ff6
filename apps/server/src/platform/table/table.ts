import type { ImportCell } from '@liuhen/domain';

/** A row as a spreadsheet counts it, with its cells by place; what is missing is empty. */
export type TableRow = { readonly line: number; readonly cells: readonly ImportCell[] };

/** What a file holds as a table, and how it was read. */
export type Table = {
    readonly format: 'csv' | 'xlsx';
    readonly rows: readonly TableRow[];
    /** Of a CSV. */
    readonly encoding?: string;
    readonly delimiter?: string;
    /** Of an XLSX: the sheet that was read, and how many more there are. */
    readonly sheet?: string;
    readonly otherSheets?: number;
};

/** Limits of what is read: a list of a district is far below, what is above is no list. */
export const TABLE_LIMITS = { bytes: 5 << 20, unpacked: 96 << 20, rows: 20_000, columns: 200 } as const;
