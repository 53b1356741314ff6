import { readDelimited, readTaskTable, type TaskTable } from '@liuhen/domain';

export type ReadList = { name: string; table: TaskTable } | 'unreadable' | 'noColumns';

/** A list out of a CSV file: UTF-8, or GBK as spreadsheets in Chinese write it. */
export function readListFile(name: string, bytes: Uint8Array): ReadList {
    const text = decode(bytes);
    if (text === undefined) return 'unreadable';
    const cells = readDelimited(text);
    if (cells.length < 2) return 'unreadable';
    const table = readTaskTable(cells);
    return table === undefined ? 'noColumns' : { name, table };
}

function decode(bytes: Uint8Array): string | undefined {
    // A spreadsheet file by mistake: a ZIP archive or an old binary one.
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return undefined;
    for (const label of ['utf-8', 'gb18030']) {
        try {
            const text = new TextDecoder(label, { fatal: true }).decode(bytes);
            return text.includes('\0') ? undefined : text;
        } catch {
            // The next one, or none.
        }
    }
    return undefined;
}
