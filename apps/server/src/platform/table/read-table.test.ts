import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import { readTable } from './read-table.ts';
import { type Files, xlsxFile, zipFile } from './xlsx.fixture.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const texts = async (bytes: Uint8Array) => (await readTable(bytes)).rows.map((row) => row.cells.map((cell) => cell.text));
const refusal = (bytes: Uint8Array, code: string, params: object = {}) =>
    expect(readTable(bytes)).rejects.toMatchObject({ code, params });

/** 名称,地址 / 阳光诊所,世纪大道1号 in GB18030. */
const GB = Uint8Array.from([
    0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xd8, 0xd6, 0xb7, 0x0a, 0xd1, 0xf4, 0xb9, 0xe2, 0xd5, 0xef, 0xcb, 0xf9, 0x2c, 0xca, 0xc0,
    0xbc, 0xcd, 0xb4, 0xf3, 0xb5, 0xc0, 0x31, 0xba, 0xc5,
]);

describe('a CSV file', () => {
    const wanted = [
        ['名称', '地址'],
        ['阳光诊所', '世纪大道1号'],
    ];

    it.each([
        ['UTF-8', utf8('名称,地址\n阳光诊所,世纪大道1号'), 'utf-8', ','],
        ['UTF-8 with mark', utf8('\uFEFF名称,地址\r\n阳光诊所,世纪大道1号\r\n'), 'utf-8', ','],
        ['GB18030', GB, 'gb18030', ','],
        [
            'UTF-16 and tabs, as Excel saves Unicode text',
            Buffer.from('\uFEFF名称\t地址\r\n阳光诊所\t世纪大道1号', 'utf16le'),
            'utf-16le',
            '\t',
        ],
        ['semicolons', utf8('名称;地址\n阳光诊所;世纪大道1号'), 'utf-8', ';'],
        ['full-width commas', utf8('名称，地址\n阳光诊所，世纪大道1号'), 'utf-8', '，'],
    ])('in %s is read', async (_, bytes, encoding, delimiter) => {
        expect(await texts(bytes)).toEqual(wanted);
        expect(await readTable(bytes)).toMatchObject({ format: 'csv', encoding, delimiter });
    });

    it('may quote delimiters, quotes and line ends, and counts lines as an editor does', async () => {
        const { rows } = await readTable(utf8('名称,地址\n"甲,乙","一楼\n""大厅"""\n\n丙,"丁"尾\n'));
        expect(rows.map((row) => [row.line, ...row.cells.map((cell) => cell.text)])).toEqual([
            [1, '名称', '地址'],
            [2, '甲,乙', '一楼\n"大厅"'],
            [5, '丙', '丁尾'],
        ]);
    });

    it('tells formulas apart', async () => {
        const { rows } = await readTable(utf8('名称\n=HYPERLINK("http://x")\n'));
        expect(rows[1]?.cells[0]?.form).toBe('formula');
    });

    it('means the text itself where a sign only keeps a spreadsheet from running it', async () => {
        const { rows } = await readTable(utf8(`'=1+1,'+1,'-1,'@a,'a,"=""007""",="8",==1\n`));
        expect(rows[0]?.cells.map((cell) => [cell.text, cell.form])).toEqual(
            ['=1+1', '+1', '-1', '@a', "'a", '007', '8', '==1'].map((text) => [text, 'text']),
        );
    });

    it('in UTF-8 with something broken in it is refused with the line, never read as other characters', () => {
        const whole = utf8('名称,地址\n阳光诊所,世纪大道1号\n安沐门诊部,示范路302号\n');
        const refused = (bytes: Uint8Array) =>
            expect(() => readCsv(bytes, () => 0)).toThrow(
                expect.objectContaining({ code: 'table.brokenByte', params: { line: 3 } }),
            );
        // The first byte of 安 is gone, then changed, then the file ends in the middle of 号.
        const at = utf8('名称,地址\n阳光诊所,世纪大道1号\n').length;
        refused(Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]));
        refused(Buffer.from(whole).fill(0xff, at, at + 1));
        refused(whole.subarray(0, -2));
        refused(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), whole.subarray(0, -2)]));
        // Some pairs of GB18030 are UTF-8 by chance: 模 is; the text stays what it is.
        const { rows } = readCsv(Buffer.concat([GB, Buffer.from([0x0a, 0xc4, 0xa3])]), () => 0);
        expect(rows[2]?.cells[0]?.text).toBe('模');
    });

    it('that is none is refused with what is wrong', async () => {
        await refusal(new Uint8Array(0), 'table.empty');
        await refusal(utf8('\n\n  \n'), 'table.empty');
        await refusal(utf8('名称\n"没有结束'), 'table.quote', { line: 2 });
        await refusal(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0xff]), 'table.encoding');
        await refusal(Uint8Array.from([0xef, 0xbb, 0xbf, 0xff, 0xff]), 'table.brokenByte', { line: 1 });
        await refusal(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'table.oldFormat');
        await refusal(new Uint8Array((5 << 20) + 1), 'table.tooLarge', { most: 5 << 20 });
        await refusal(utf8(`名称\n${'甲\n'.repeat(20_002)}`), 'table.tooManyRows', { most: 20_000 });
    });
});

describe('an XLSX file', () => {
    it('is read with what its cells are: texts, numbers, days, formulas, errors', async () => {
        const file = xlsxFile({
            strings: '<si><t>名称</t></si><si><r><t>阳光</t></r><r><t>诊所</t></r><rPh><t>yg</t></rPh></si>',
            rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>有效期止</t></is></c></row>
                <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>13800000000</v></c><c r="C3" s="1"><v>46344</v></c>
                <c r="D3" s="2"><v>46344.5</v></c><c r="E3"><f>A1&amp;"x"</f><v>5</v></c><c r="F3" t="e"><v>#REF!</v></c>
                <c r="AA3" t="str"><v>x &lt; y</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t> </t></is></c></row>`,
        });
        const table = await readTable(file);
        expect(table).toMatchObject({ format: 'xlsx', sheet: '名单', otherSheets: 1 });
        const [head, row, ...more] = table.rows;
        expect(more).toEqual([]);
        expect(head?.cells.map((cell) => cell.text)).toEqual(['名称', '', '有效期止']);
        expect(row?.line).toBe(3);
        expect(row?.cells.slice(0, 6).map((cell) => [cell.text, cell.form])).toEqual([
            ['阳光诊所', 'text'],
            ['13800000000', 'number'],
            ['2026-11-18', 'day'],
            ['2026-11-18', 'day'],
            ['5', 'formula'],
            ['#REF!', 'error'],
        ]);
        expect(row?.cells[26]).toEqual({ text: 'x < y', form: 'text' });
    });

    it('counts days from 1904 where the workbook does', async () => {
        const rows = '<row r="1"><c r="A1" s="1"><v>44882</v></c></row>';
        const table = await readTable(xlsxFile({ rows, properties: '<workbookPr date1904="1"/>' }));
        expect(table.rows[0]?.cells[0]).toEqual({ text: '2026-11-18', form: 'day' });
    });

    it('shows what is merged downwards in each row that says something, however many ranges are named', async () => {
        const cell = (at: string) => `<c r="${at}" t="str"><v>${at}</v></c>`;
        const rows = `<row r="1">${cell('A1')}${cell('B1')}</row><row r="2">${cell('B2')}</row><row r="3"><c r="A3"/></row>
            <row r="4">${cell('B4')}</row><row r="5">${cell('C5')}</row>`;
        const hostile = Array.from({ length: 50_000 }, () => 'A1:A1048576');
        const table = await readTable(xlsxFile({ rows, merged: ['B4:B5', 'A1:A4', 'XFD1:XFD9', 'A1:B1', 'nonsense'] }));
        expect(table.rows.map((row) => row.cells.map((each) => each.text))).toEqual([
            ['A1', 'B1'],
            ['A1', 'B2'],
            ['A1', 'B4'],
            ['', 'B4', 'C5'],
        ]);
        expect((await readTable(xlsxFile({ rows, merged: hostile }))).rows).toHaveLength(4);
    });

    it('of several sheets is the first with a heading that is known, and reads characters that were written out', async () => {
        const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
        const third = `<row>${text('名称')}</row><row>${text('甲_x000D_店')}<c t="d"><v>2026-11-18T00:00:00</v></c></row>`;
        const table = await readTable(xlsxFile({ rows: `<row>${text('说明')}</row>`, third }));
        expect(table).toMatchObject({ sheet: '说明', otherSheets: 1 });
        expect(table.rows[1]?.cells).toEqual([
            { text: '甲\r店', form: 'text' },
            { text: '2026-11-18', form: 'day' },
        ]);
        expect((await readTable(xlsxFile({ rows: `<row>${text('甲')}</row>`, third: '' }))).sheet).toBe('名单');
    });

    it('that is damaged, no workbook or a bomb is refused', async () => {
        const good = xlsxFile({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>' });
        await refusal(good.subarray(0, good.length - 40), 'table.format');
        await refusal(zipFile({ 'word/document.xml': '<w/>' }), 'table.format');
        await refusal(xlsxFile({ rows: '<row r="1"><c r="A1"><v>1</v></row>' }), 'table.format');
        await refusal(xlsxFile({ rows: '' }), 'table.empty');
        const entity = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
        await refusal(xlsxFile({ rows: '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>', prolog: entity }), 'table.format');
        const many = '<row><c t="str"><v>x</v></c></row>'.repeat(20_002);
        await refusal(xlsxFile({ rows: many }), 'table.tooManyRows', { most: 20_000 });
        const bomb: Files = { 'xl/workbook.xml': deflateRawSync(Buffer.alloc(200 << 20, 0x20), { level: 9 }) };
        await refusal(zipFile(bomb), 'table.tooLarge', { most: 96 << 20 });
    });
});
