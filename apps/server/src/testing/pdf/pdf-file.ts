import { inflateSync } from 'node:zlib';
import {
    isDict,
    isName,
    isRef,
    isStream,
    isString,
    lexer,
    type Note,
    type PdfDict,
    type PdfStream,
    type PdfValue,
} from './pdf-lexer.ts';

/** A whole file, read by its own cross-reference table. One table without object streams: what our type-setter writes. */
export type PdfFile = {
    readonly bytes: Buffer;
    readonly trailer: PdfDict;
    readonly objects: ReadonlyMap<number, PdfValue>;
    /** Breaches of the way in which it is written, as `clause: what`. */
    readonly notes: readonly string[];
    /** What a reference leads to; any other value as it is. */
    get(value: PdfValue | undefined): PdfValue;
    dict(value: PdfValue | undefined): PdfDict;
    array(value: PdfValue | undefined): readonly PdfValue[];
    name(value: PdfValue | undefined): string;
    /** The bytes behind a stream's filters. */
    content(stream: PdfStream): Buffer;
    /** Every dictionary of the file, those inside others and of streams too, with the number of its object. */
    readonly dicts: readonly { readonly object: number; readonly dict: PdfDict }[];
    readonly catalogue: PdfDict;
    readonly pages: readonly PdfDict[];
};

const NONE: PdfDict = new Map();

export function readPdf(bytes: Buffer): PdfFile {
    const notes: string[] = [];
    const note: Note = (clause, said) => notes.push(`${clause}: ${said}`);
    const { offsets, trailer } = readTable(bytes, note);
    const objects = new Map<number, PdfValue>();
    const lengths = (value: PdfValue | undefined) => {
        const offset = isRef(value) ? offsets.get(value.ref) : undefined;
        return offset === undefined ? value : lexer(bytes, bodyAt(bytes, offset), () => {}).next();
    };
    for (const [object, offset] of offsets) objects.set(object, readObject(bytes, object, offset, lengths, note));

    const get = (value: PdfValue | undefined): PdfValue => (isRef(value) ? get(objects.get(value.ref) ?? null) : (value ?? null));
    const dict = (value: PdfValue | undefined): PdfDict => {
        const found = get(value);
        if (isStream(found)) return found.dict;
        return isDict(found) ? found : NONE;
    };
    const array = (value: PdfValue | undefined): readonly PdfValue[] => {
        const found = get(value);
        return Array.isArray(found) ? (found as readonly PdfValue[]) : [];
    };
    const name = (value: PdfValue | undefined) => {
        const found = get(value);
        return isName(found) ? found.name : '';
    };
    const pagesUnder = (node: PdfDict): PdfDict[] =>
        name(node.get('Type')) === 'Page' ? [node] : array(node.get('Kids')).flatMap((kid) => pagesUnder(dict(kid)));
    const catalogue = dict(trailer.get('Root'));
    return {
        bytes,
        trailer,
        objects,
        notes,
        get,
        dict,
        array,
        name,
        content: (stream) => filtersOf(stream.dict).reduce((read, filter) => unfiltered(read, filter), stream.raw),
        dicts: [
            ...dictsIn(trailer).map((each) => ({ object: 0, dict: each })),
            ...[...objects].flatMap(([object, value]) => dictsIn(value).map((each) => ({ object, dict: each }))),
        ],
        catalogue,
        pages: pagesUnder(dict(catalogue.get('Pages'))),
    };
}

/** Names of a stream's filters, in the order in which they are undone. */
export const filtersOf = (dict: PdfDict): string[] =>
    [dict.get('Filter') ?? []].flat().flatMap((each) => (isName(each) ? [each.name] : []));

function unfiltered(bytes: Buffer, filter: string): Buffer {
    if (filter === 'FlateDecode') return inflateSync(bytes);
    if (filter === 'ASCIIHexDecode') return Buffer.from(bytes.toString('latin1').replace(/[^0-9a-fA-F]/g, ''), 'hex');
    return bytes;
}

function dictsIn(value: PdfValue): PdfDict[] {
    if (Array.isArray(value)) return (value as readonly PdfValue[]).flatMap(dictsIn);
    if (isStream(value)) return dictsIn(value.dict);
    return isDict(value) ? [value, ...[...value.values()].flatMap(dictsIn)] : [];
}

/** Every string of the values of a dictionary, as text. */
export const textOf = (value: PdfValue): string => {
    if (!isString(value)) return '';
    const { bytes } = value;
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
    return bytes.toString('latin1');
};

function readTable(bytes: Buffer, note: Note): { offsets: Map<number, number>; trailer: PdfDict } {
    const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString('latin1', bytes.length - 1024))?.[1] ?? Number.NaN);
    if (Number.isNaN(start)) throw new Error('no table of objects at the end of the file');
    const text = bytes.toString('latin1', start);
    if (!/^xref\r?\n\d+ \d+\r?\n/.test(text)) note('6.1.4', JSON.stringify(text.slice(0, 24)));
    const offsets = new Map<number, number>();
    const [, lines = ''] = /^xref\s+([\s\S]*?)trailer/.exec(text) ?? [];
    let object = 0;
    for (const line of lines.split(/\r?\n|\r/)) {
        const entry = /^(\d{10}) \d{5} ([nf]) ?$/.exec(line);
        if (entry === null) object = Number(/^(\d+) \d+/.exec(line)?.[1] ?? object);
        else if (entry[2] === 'n') offsets.set(object++, Number(entry[1]));
        else object++;
    }
    const trailer = lexer(bytes, start + text.indexOf('trailer') + 'trailer'.length, note).next();
    if (!isDict(trailer)) throw new Error('no trailer');
    if (trailer.has('Prev')) note('6.1.4', 'older tables are not read');
    return { offsets, trailer };
}

const bodyAt = (bytes: Buffer, offset: number) => bytes.indexOf('obj', offset) + 'obj'.length;

function readObject(
    bytes: Buffer,
    object: number,
    offset: number,
    resolved: (value: PdfValue | undefined) => unknown,
    note: Note,
): PdfValue {
    const where = `object ${object}`;
    if (!new RegExp(`^${object} \\d+ obj[\\r\\n]`).test(bytes.toString('latin1', offset, offset + 24))) note('6.1.9', where);
    const body = lexer(bytes, bodyAt(bytes, offset), (clause, said) => note(clause, `${where}: ${said}`));
    const value = body.next();
    if (value === undefined || 'operator' in Object(value)) throw new Error(`${where} cannot be read`);
    const after = bytes.toString('latin1', body.at(), body.at() + 20);
    if (!isDict(value) || !/^\s*stream/.test(after)) {
        if (!/^\s*[\r\n]endobj[\r\n]/.test(after)) note('6.1.9', `${where} ends with ${JSON.stringify(after)}`);
        return value as PdfValue;
    }
    const [opening] = /^\s*stream(\r\n|\n)?/.exec(after) ?? [''];
    if (!opening.endsWith('\n')) note('6.1.7.1', `${where}: no line end behind "stream"`);
    const from = body.at() + opening.length;
    const length = Number(resolved(value.get('Length')));
    if (!/^(\r\n|\n|\r)endstream/.test(bytes.toString('latin1', from + length, from + length + 12)))
        note('6.1.7.1', `${where}: its length is not ${length}`);
    return { dict: value, raw: bytes.subarray(from, from + length) };
}
