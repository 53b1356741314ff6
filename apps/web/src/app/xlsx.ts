import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** What a worksheet can hold (ECMA-376 Part 1, 18.3.1; Excel's own limits): beyond it a program would call the file damaged. */
export const WORKBOOK_LIMITS = { rows: 1_048_576, characters: 32_767 };

/** The table does not fit a workbook; nothing of it is given, since half a register looks like a whole one. */
export class WorkbookLimit extends Error {
    readonly what: keyof typeof WORKBOOK_LIMITS;
    constructor(what: keyof typeof WORKBOOK_LIMITS) {
        super(what);
        this.what = what;
    }
}

export type SheetColumn = { readonly title: string; readonly number?: boolean | undefined };

/** Rows are put together to texts of about this length before they are packed. */
const PART = 100_000;
const TEXT_STYLE = 1;
const HEAD_STYLE = 2;
/** More digits than this a spreadsheet program would round. */
const EXACT_NUMBER = /^-?(0|[1-9]\d{0,14})$/;

/**
 * A workbook of one sheet (ECMA-376 Part 1), packed row by row. Every cell is text, so that a code of 18 digits keeps them
 * all and nothing from outside turns into a formula; whole numbers of a column of numbers stay numbers.
 */
export function workbookOf(columns: readonly SheetColumn[]): { row(cells: readonly string[]): void; end(): Blob } {
    const packed: Uint8Array<ArrayBuffer>[] = [];
    const zip = new Zip((error, chunk) => {
        if (error !== null) throw error;
        // The packer may write into the same memory again.
        packed.push(new Uint8Array(chunk));
    });
    for (const [name, content] of Object.entries(FIXED_PARTS)) {
        const part = new ZipPassThrough(name);
        zip.add(part);
        part.push(strToU8(content), true);
    }
    const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 });
    zip.add(sheet);
    let text = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths(columns)}<sheetData>`;
    let rows = 0;
    const add = (cells: readonly string[], cellOf: (value: string, index: number) => string) => {
        if (rows === WORKBOOK_LIMITS.rows) throw new WorkbookLimit('rows');
        rows += 1;
        text += `<row r="${rows}">${cells.map(cellOf).join('')}</row>`;
        if (text.length < PART) return;
        sheet.push(strToU8(text));
        text = '';
    };
    add(
        columns.map(({ title }) => title),
        (value) => textCell(value, HEAD_STYLE),
    );
    return {
        row: (cells) =>
            add(cells, (value, index) =>
                columns[index]?.number === true && EXACT_NUMBER.test(value)
                    ? `<c><v>${value}</v></c>`
                    : textCell(value, TEXT_STYLE),
            ),
        end() {
            sheet.push(strToU8(`${text}</sheetData></worksheet>`), true);
            zip.end();
            return new Blob(packed, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
        },
    };
}

function textCell(value: string, style: number): string {
    if (value === '') return `<c s="${style}"/>`;
    if (value.length > WORKBOOK_LIMITS.characters) throw new WorkbookLimit('characters');
    return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/**
 * Text of a cell, type ST_Xstring (ECMA-376 Part 1, 22.9.2.19): what XML 1.0 cannot hold stands as `_xHHHH_`, and so does the
 * underscore of a text that looks like that.
 */
const escaped = (value: string): string =>
    value
        .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
        .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\r(?!\n)|[\uD800-\uDFFF]/gu, hexOf)
        .replace(/\r\n/g, '\n')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;');

const hexOf = (character: string): string => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

const widths = (columns: readonly SheetColumn[]): string =>
    `<cols>${columns.map(({ number }, index) => `<col min="${index + 1}" max="${index + 1}" width="${number === true ? 12 : 22}" customWidth="1"/>`).join('')}</cols>`;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const FIXED_PARTS: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPES}.styles+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    // Number format 49 is "text": a program that opens a cell for editing keeps leading zeros and long codes.
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
};
