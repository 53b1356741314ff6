import type { ImportCell } from '@liuhen/domain';
import { addDays, DomainError } from '@liuhen/domain/table';
import { SaxesParser } from 'saxes';
import { TABLE_LIMITS, type Table, type TableRow } from './table.ts';
import { openZip } from './zip.ts';

type Tag = { name: string; attributes: Record<string, string> };
type Handlers = { open?(tag: Tag): void; close?(name: string): void; text?(text: string): void };

/** Rows in which a heading is looked for. */
const MOST_ABOVE = 10;

/**
 * ECMA-376: the first sheet that is shown and has a heading that is known (`score`), else the first that is shown, with what each
 * cell is. Entities and DTDs of XML are not expanded.
 */
export function readXlsx(bytes: Uint8Array, score: (headings: readonly string[]) => number): Table {
    const zip = openZip(bytes);
    const part = (name: string): string | undefined => {
        const content = zip.read(name);
        return content === undefined ? undefined : new TextDecoder().decode(content);
    };
    const workbook = workbookOf(part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels'));
    const book = {
        strings: sharedStrings(part('xl/sharedStrings.xml')),
        days: dayStyles(part('xl/styles.xml')),
        epoch: workbook.epoch,
    };
    const otherSheets = workbook.sheets.length - 1;
    let first: Table | undefined;
    for (const { name, path } of workbook.sheets) {
        const sheet = part(path);
        if (sheet === undefined) throw new DomainError('table.format');
        const rows = rowsOf(sheet, book);
        const table: Table = { format: 'xlsx', rows, sheet: name, otherSheets };
        if (rows.slice(0, MOST_ABOVE).some(({ cells }) => score(cells.map((cell) => cell.text)) > 0)) return table;
        first ??= table;
    }
    if (first === undefined) throw new DomainError('table.format');
    return first;
}

function walk(xml: string, { open, close, text }: Handlers): void {
    const parser = new SaxesParser();
    const local = (name: string) => name.slice(name.indexOf(':') + 1);
    parser.on('error', (error) => {
        throw new DomainError('table.format', {}, { cause: error });
    });
    if (open !== undefined)
        parser.on('opentag', ({ name, attributes }) =>
            open({ name: local(name), attributes: attributes as Record<string, string> }),
        );
    if (close !== undefined) parser.on('closetag', ({ name }) => close(local(name)));
    if (text !== undefined) {
        parser.on('text', text);
        parser.on('cdata', text);
    }
    parser.write(xml).close();
}

type Workbook = { sheets: { name: string; path: string }[]; epoch: string };

function workbookOf(workbook: string | undefined, relations: string | undefined): Workbook {
    if (workbook === undefined || relations === undefined) throw new DomainError('table.format');
    const targets = new Map<string, string>();
    walk(relations, {
        open: ({ name, attributes: { Id, Target } }) => {
            if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
            targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
        },
    });
    const found: Workbook = { sheets: [], epoch: '1899-12-30' };
    walk(workbook, {
        open: ({ name, attributes }) => {
            // Days of old Macintosh workbooks are counted from another day.
            if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) found.epoch = '1904-01-01';
            const path = targets.get(attributes['r:id'] ?? attributes['d:id'] ?? '');
            if (name === 'sheet' && path !== undefined && (attributes.state ?? 'visible') === 'visible')
                found.sheets.push({ name: attributes.name ?? '', path });
        },
    });
    return found;
}

/** Texts of the workbook; phonetic hints above characters (`rPh`) are no part of them. */
function sharedStrings(xml: string | undefined): string[] {
    const strings: string[] = [];
    if (xml === undefined) return strings;
    let [inText, hint, text] = [false, false, ''];
    walk(xml, {
        open: ({ name }) => {
            if (name === 'si') text = '';
            if (name === 'rPh') hint = true;
            if (name === 't') inText = !hint;
        },
        close: (name) => {
            if (name === 'si') strings.push(unescaped(text));
            if (name === 'rPh') hint = false;
            if (name === 't') inText = false;
        },
        text: (more) => {
            if (inText) text += more;
        },
    });
    return strings;
}

/** Characters that XML cannot hold, or that the program would rather not, stand as `_x000D_`. */
const unescaped = (text: string): string =>
    text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Formats 14–17 and 22 are dates everywhere, 27–31, 36 and 50–58 in Chinese and Japanese workbooks. */
const isBuiltInDay = (id: number): boolean =>
    (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
const isDayFormat = (code: string): boolean => /[yd年日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

/** Places in the list of cell styles that show a number as a day. */
function dayStyles(xml: string | undefined): ReadonlySet<number> {
    const days = new Set<number>();
    if (xml === undefined) return days;
    const own = new Map<number, boolean>();
    let [inCells, place] = [false, 0];
    walk(xml, {
        open: ({ name, attributes }) => {
            if (name === 'numFmt') own.set(Number(attributes.numFmtId), isDayFormat(attributes.formatCode ?? ''));
            if (name === 'cellXfs') inCells = true;
            if (name !== 'xf' || !inCells) return;
            const id = Number(attributes.numFmtId);
            if (own.get(id) ?? isBuiltInDay(id)) days.add(place);
            place++;
        },
        close: (name) => {
            if (name === 'cellXfs') inCells = false;
        },
    });
    return days;
}

type Book = { strings: readonly string[]; days: ReadonlySet<number>; epoch: string };

function rowsOf(xml: string, book: Book): TableRow[] {
    const rows: TableRow[] = [];
    let [line, column, cells] = [0, 0, [] as ImportCell[]];
    let cell = { type: 'n', style: 0, formula: false, value: '' };
    let taking = false;
    const merged: Range[] = [];
    walk(xml, {
        open: ({ name, attributes }) => {
            if (name === 'mergeCell') merged.push(...rangeOf(attributes.ref));
            else if (name === 'row') {
                line = Number(attributes.r ?? line + 1);
                [column, cells] = [0, []];
            } else if (name === 'c') {
                column = columnOf(attributes.r) ?? column;
                cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), formula: false, value: '' };
            } else if (name === 'f') cell.formula = true;
            taking = name === 'v' || (name === 't' && cell.type === 'inlineStr');
        },
        close: (name) => {
            if (name === 'v' || name === 't') taking = false;
            if (name === 'c') {
                if (column < TABLE_LIMITS.columns && (cell.value !== '' || cell.formula)) cells[column] = cellOf(cell, book);
                column++;
            }
            if (name !== 'row' || !cells.some((each) => each.text.trim() !== '' || each.form === 'formula')) return;
            if (rows.length > TABLE_LIMITS.rows) throw new DomainError('table.tooManyRows', { most: TABLE_LIMITS.rows });
            rows.push({ line, cells: Array.from(cells, (each) => each ?? EMPTY) });
        },
        text: (more) => {
            if (taking) cell.value += more;
        },
    });
    return fillDown(rows, merged);
}

/** Cells merged one below the other: the first of them holds what they all show. */
type Range = { readonly column: number; readonly from: number; readonly to: number };

function rangeOf(reference: string | undefined): Range[] {
    const [, first = '', from, last = '', to] = /^([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)$/.exec(reference ?? '') ?? [];
    const column = columnOf(first);
    // Titles and headings run across; a row's own cells are left as they are.
    if (column === undefined || column >= TABLE_LIMITS.columns || first !== last || from === to) return [];
    return [{ column, from: Number(from), to: Number(to) }];
}

/** What is merged counts for each row that says something of its own. A cell is filled once, however often it is named. */
function fillDown(rows: readonly TableRow[], merged: readonly Range[]): TableRow[] {
    const byColumn = Map.groupBy(merged, (range) => range.column);
    const filled = rows.map(({ line, cells }) => ({ line, cells: [...cells] }));
    for (const [column, ranges] of byColumn) {
        ranges.sort((a, b) => a.from - b.from);
        let [next, shown, until] = [0, EMPTY, 0];
        for (const { line, cells } of filled) {
            while (next < ranges.length && (ranges[next]?.from ?? 0) <= line) {
                const range = ranges[next++];
                if (range === undefined) break;
                [shown, until] = [range.from === line ? (cells[column] ?? EMPTY) : EMPTY, range.to];
            }
            if (line > until || shown === EMPTY || (cells[column]?.text ?? '') !== '') continue;
            while (cells.length < column) cells.push(EMPTY);
            cells[column] = shown;
        }
    }
    return filled;
}

const EMPTY: ImportCell = { text: '', form: 'text' };

/** `AB12` is column 27. */
function columnOf(reference: string | undefined): number | undefined {
    const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
    if (letters === undefined) return undefined;
    return [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellOf(
    { type, style, formula, value }: { type: string; style: number; formula: boolean; value: string },
    book: Book,
): ImportCell {
    if (formula) return { text: value, form: 'formula' };
    if (type === 'e') return { text: value, form: 'error' };
    if (type === 's') return { text: book.strings[Number(value)] ?? '', form: 'text' };
    if (type === 'd') return { text: value.slice(0, 10), form: 'day' };
    if (type === 'inlineStr') return { text: unescaped(value), form: 'text' };
    if (type !== 'n') return { text: value, form: 'text' };
    const serial = Number(value);
    if (book.days.has(style) && Number.isFinite(serial) && serial >= 0 && serial < 3_000_000)
        return { text: addDays(book.epoch, Math.trunc(serial)), form: 'day' };
    return { text: value, form: 'number' };
}
