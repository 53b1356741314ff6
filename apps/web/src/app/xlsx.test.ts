import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { WORKBOOK_LIMITS, workbookOf } from './xlsx.ts';

const sheetOf = async (columns: Parameters<typeof workbookOf>[0], rows: string[][]): Promise<string> => {
    const book = workbookOf(columns);
    for (const row of rows) book.row(row);
    const parts = unzipSync(new Uint8Array(await book.end().arrayBuffer()));
    const part = parts['xl/worksheets/sheet1.xml'];
    if (part === undefined) throw new Error('no sheet');
    return strFromU8(part);
};

/** The texts of the cells as they stand in the part. */
const cellsOf = (sheet: string): string[] =>
    [...sheet.matchAll(/<c(?=[ >])[^>]*?(?:\/>|>(?:<is><t xml:space="preserve">([^<]*)<\/t><\/is>|<v>([^<]*)<\/v>)<\/c>)/g)].map(
        ([, text, number]) => text ?? (number === undefined ? '' : `#${number}`),
    );

test('a long code, a leading zero and what looks like a formula stay text', async () => {
    const sheet = await sheetOf([{ title: '代码' }], [['123456789012345678'], ['007'], ['=1+1'], ['']]);
    expect(cellsOf(sheet)).toEqual(['代码', '123456789012345678', '007', '=1+1', '']);
});

test('a column of numbers has numbers where they are exact', async () => {
    const values = ['12', '-3', '0', '', '1,234', '1234567890123456', '1.5'];
    const sheet = await sheetOf(
        [{ title: '分钟', number: true }],
        values.map((value) => [value]),
    );
    expect(cellsOf(sheet)).toEqual(['分钟', '#12', '#-3', '#0', '', '1,234', '1234567890123456', '1.5']);
});

test('what XML cannot hold is written as the standard wants it, and what only looks like that is kept apart', async () => {
    const sheet = await sheetOf([{ title: 'a' }], [['<b>&"\u0007\uD800𠮷 _x0041_ _x1_\r\nz\ry\tw']]);
    expect(cellsOf(sheet)[1]).toBe('&lt;b&gt;&amp;"_x0007__xD800_𠮷 _x005F_x0041_ _x1_\nz_x000D_y\tw');
});

test('many rows come through whole', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [`第 ${index} 行 ${'字'.repeat(20)}`]);
    const cells = cellsOf(await sheetOf([{ title: '行' }], rows));
    expect(cells.slice(1)).toEqual(rows.flat());
});

test('what a workbook cannot hold is refused, not cut', async () => {
    const book = workbookOf([{ title: 'a' }]);
    book.row(['x'.repeat(WORKBOOK_LIMITS.characters)]);
    expect(() => book.row(['x'.repeat(WORKBOOK_LIMITS.characters + 1)])).toThrow('characters');
    const full = workbookOf([]);
    for (let row = 1; row < WORKBOOK_LIMITS.rows; row += 1) full.row([]);
    expect(() => full.row([])).toThrow('rows');
});
