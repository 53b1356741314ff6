import { type PdfARule, unless } from './pdf-a-rule.ts';
import type { PdfContent } from './pdf-content.ts';
import type { PdfFile } from './pdf-file.ts';
import { isStream, type PdfDict, type PdfValue } from './pdf-lexer.ts';

/** A font of a file and, where there is one, the font of outlines it stands for. */
type Font = { readonly object: number; readonly font: PdfDict; readonly cid: PdfDict; readonly descriptor: PdfDict };

const fontsOf = (file: PdfFile): Font[] =>
    file.dicts
        .filter(({ dict }) => file.name(dict.get('Type')) === 'Font' && !file.name(dict.get('Subtype')).startsWith('CIDFont'))
        .map(({ object, dict: font }) => {
            const cid = file.dict(file.array(font.get('DescendantFonts'))[0]);
            return { object, font, cid, descriptor: file.dict(cid.get('FontDescriptor')) };
        });
const each = (file: PdfFile, faults: (font: Font) => readonly string[]) =>
    fontsOf(file).flatMap((font) => faults(font).map((said) => `font ${font.object}: ${said}`));

/** The outlines of a font: their key and bytes. */
function programOf(file: PdfFile, { descriptor }: Font): { key: string; subtype: string; bytes: Buffer } | undefined {
    for (const key of ['FontFile2', 'FontFile3']) {
        const stream = file.get(descriptor.get(key));
        if (isStream(stream)) return { key, subtype: file.name(stream.dict.get('Subtype')), bytes: file.content(stream) };
    }
    return undefined;
}

/** How wide each outline is, in thousandths, by its number; of TrueType outlines only. */
function advances(bytes: Buffer): number[] | undefined {
    if (bytes.length < 12 || bytes.readUInt32BE(0) !== 0x00010000) return undefined;
    const tables = new Map<string, number>();
    for (let at = 0; at < bytes.readUInt16BE(4); at++)
        tables.set(bytes.toString('latin1', 12 + at * 16, 16 + at * 16), bytes.readUInt32BE(20 + at * 16));
    const [head, hhea, hmtx, maxp] = ['head', 'hhea', 'hmtx', 'maxp'].map((name) => tables.get(name));
    if (head === undefined || hhea === undefined || hmtx === undefined || maxp === undefined) return undefined;
    const [units, metrics] = [bytes.readUInt16BE(head + 18), bytes.readUInt16BE(hhea + 34)];
    return Array.from(
        { length: bytes.readUInt16BE(maxp + 4) },
        (_, at) => (bytes.readUInt16BE(hmtx + Math.min(at, metrics - 1) * 4) * 1000) / units,
    );
}

/** Widths as the file states them, by code. */
function statedWidths(file: PdfFile, { cid }: Font): (code: number) => number {
    const widths = new Map<number, number>();
    const list = file.array(cid.get('W')).map((value) => file.get(value));
    for (let at = 0; at < list.length; ) {
        const [first, second] = [Number(list[at]), list[at + 1]];
        if (Array.isArray(second)) {
            for (const [offset, width] of (second as readonly PdfValue[]).entries())
                widths.set(first + offset, Number(file.get(width)));
            at += 2;
        } else {
            for (let code = first; code <= Number(second); code++) widths.set(code, Number(list[at + 2]));
            at += 3;
        }
    }
    const usual = Number(file.get(cid.get('DW')) ?? 1000);
    return (code) => widths.get(code) ?? usual;
}

/** What a code means to whoever selects and searches, as UTF-16; by ISO 32000-1, 9.10.3. */
function meanings(file: PdfFile, { font }: Font): ReadonlyMap<number, string> | undefined {
    const stream = file.get(font.get('ToUnicode'));
    if (!isStream(stream)) return undefined;
    const text = file.content(stream).toString('latin1');
    const read = new Map<number, string>();
    const utf16 = (hex: string) => (hex.length < 4 ? '' : Buffer.from(hex, 'hex').swap16().toString('utf16le'));
    for (const [, block = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
        for (const [, code = '', hex = ''] of block.matchAll(/<(\w+)>\s*<(\w*)>/g))
            read.set(Number.parseInt(code, 16), utf16(hex));
    for (const [, block = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
        for (const [, from = '', to = '', hex = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
            const start = Number.parseInt(from, 16);
            for (let code = start; code <= Number.parseInt(to, 16); code++)
                read.set(code, utf16((Number.parseInt(hex, 16) + code - start).toString(16).padStart(hex.length, '0')));
        }
    return read;
}
const MEANINGLESS = new Set(['', '\u0000', '\ufffe', '\ufeff', '\ufffd']);

const shownWith = (content: PdfContent, { object }: Font): number[] => [...(content.codes.get(object) ?? [])];

export const FONT_RULES: readonly PdfARule[] = [
    {
        clause: '6.2.11.2',
        says: 'composite fonts of outlines: no other kind is looked into here',
        find: (file) =>
            each(file, ({ font, cid }) => [
                ...unless(file.name(font.get('Subtype')) === 'Type0', `kind ${file.name(font.get('Subtype'))}`),
                ...unless(/^CIDFontType[02]$/.test(file.name(cid.get('Subtype'))), `outlines ${file.name(cid.get('Subtype'))}`),
            ]),
    },
    {
        clause: '6.2.11.3',
        says: 'codes are numbers of outlines, and the file says so',
        find: (file) =>
            each(file, ({ font, cid }) => [
                ...unless(file.name(font.get('Encoding')) === 'Identity-H', `codes by ${file.name(font.get('Encoding'))}`),
                ...unless(
                    file.name(cid.get('Subtype')) !== 'CIDFontType2' || file.name(cid.get('CIDToGIDMap')) === 'Identity',
                    'no map of codes to outlines',
                ),
            ]),
    },
    {
        clause: '6.2.11.4.1',
        says: 'every font is inside',
        find: (file) =>
            each(file, (font) => {
                const program = programOf(file, font);
                const fits = file.name(font.cid.get('Subtype')) === 'CIDFontType2' ? 'FontFile2' : 'FontFile3';
                return program === undefined
                    ? ['not inside']
                    : [
                          ...unless(program.key === fits, `outlines in ${program.key}`),
                          ...unless(program.key === 'FontFile2' || program.subtype === 'CIDFontType0C', program.subtype),
                          ...unless(program.bytes.length > 0, 'without outlines'),
                      ];
            }),
    },
    {
        clause: '6.2.11.4.2',
        says: 'a list of the outlines inside names all of them',
        find: (file) =>
            each(file, (font) => {
                const list = file.get(font.descriptor.get('CIDSet'));
                const count = advances(programOf(file, font)?.bytes ?? Buffer.alloc(0))?.length;
                if (!isStream(list) || count === undefined) return [];
                const bits = file.content(list);
                const named = (at: number) => (((bits[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1;
                const wrong = Array.from({ length: bits.length * 8 }, (_, at) => at).filter((at) => named(at) !== at < count);
                return unless(wrong.length === 0 && bits.length * 8 >= count, `outlines ${wrong.slice(0, 5).join(' ')}`);
            }),
    },
    {
        clause: '6.2.11.5',
        says: 'widths are those of the outlines',
        find: (file, content) =>
            each(file, (font) => {
                const own = advances(programOf(file, font)?.bytes ?? Buffer.alloc(0));
                const stated = statedWidths(file, font);
                const wrong = shownWith(content, font).filter(
                    (code) => Math.abs((own?.[code] ?? stated(code)) - stated(code)) > 1,
                );
                return unless(wrong.length === 0, `codes ${wrong.slice(0, 5).join(' ')}`);
            }),
    },
    {
        clause: '6.2.11.7.2',
        says: 'every code that is shown says which character it is: more than 2b asks for, and what searching needs',
        find: (file, content) =>
            each(file, (font) => {
                const known = meanings(file, font);
                if (known === undefined) return ['no table of characters'];
                const unknown = shownWith(content, font).filter((code) => MEANINGLESS.has(known.get(code) ?? ''));
                return unless(unknown.length === 0, `codes ${unknown.slice(0, 5).join(' ')}`);
            }),
    },
    {
        clause: '6.2.11.8',
        says: 'no outline that stands for a missing one is shown',
        find: (file, content) =>
            each(file, (font) => {
                const count = advances(programOf(file, font)?.bytes ?? Buffer.alloc(0))?.length ?? 65_536;
                const wrong = shownWith(content, font).filter((code) => code === 0 || code >= count);
                return unless(wrong.length === 0, `codes ${wrong.slice(0, 5).join(' ')}`);
            }),
    },
];
