import { deflateSync, inflateSync } from 'node:zlib';

/** A file taken apart into what lies between `obj` and `endobj`, to be put together again with one thing wrong. */
export type PdfParts = {
    /** Header up to the first object. */
    head: string;
    readonly bodies: Map<number, string>;
    /** Entries of the trailer, without the brackets. */
    trailer: string;
    /** The word before the table, and what stands behind the end. */
    table: string;
    tail: string;
};

export function takeApart(pdf: Buffer): PdfParts {
    const text = pdf.toString('latin1');
    const table = text.lastIndexOf('\nxref\n') + 1;
    const bodies = new Map<number, string>();
    const offsets = [...text.slice(table).matchAll(/^(\d{10}) \d{5} n ?$/gm)]
        .map((each) => Number(each[1]))
        .sort((a, b) => a - b);
    for (const [at, offset] of offsets.entries()) {
        const piece = text.slice(offset, offsets[at + 1] ?? table);
        const [, number = '', body = ''] = /^(\d+) 0 obj\n([\s\S]*)\nendobj\s*$/.exec(piece) ?? [];
        bodies.set(Number(number), body);
    }
    const trailer = /trailer\s*<<([\s\S]*)>>\s*startxref/.exec(text.slice(table))?.[1] ?? '';
    return { head: text.slice(0, offsets[0]), bodies, trailer, table: 'xref\n', tail: '' };
}

export function putTogether({ head, bodies, trailer, table, tail }: PdfParts): Buffer {
    let text = head;
    const size = Math.max(...bodies.keys()) + 1;
    const offsets = new Map<number, number>();
    for (const [number, body] of bodies) {
        offsets.set(number, text.length);
        text += `${number} 0 obj\n${body}\nendobj\n`;
    }
    const line = (number: number) => {
        const offset = offsets.get(number);
        return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
    };
    const lines = Array.from({ length: size }, (_, number) => line(number)).join('');
    const start = text.length;
    return Buffer.from(
        `${text}${table}0 ${size}\n${lines}trailer\n<<${trailer.replace(/\/Size \d+/, `/Size ${size}`)}>>\nstartxref\n${start}\n%%EOF${tail}`,
        'latin1',
    );
}

/** The number of the one object whose body matches, of several the first. */
export function objectLike(parts: PdfParts, pattern: RegExp): number {
    for (const [number, body] of parts.bodies) if (pattern.test(body)) return number;
    throw new Error(`no object like ${pattern}`);
}

/** Changes a body; a pattern that is not there is an error, so that no damage is one in name only. */
export function edit(parts: PdfParts, pattern: RegExp, from: string | RegExp, to: string): void {
    const number = objectLike(parts, pattern);
    const before = parts.bodies.get(number) ?? '';
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`${pattern}: nothing is changed`);
    parts.bodies.set(number, after);
}

/** A new object; its number. */
export function add(parts: PdfParts, body: string): number {
    const number = Math.max(...parts.bodies.keys()) + 1;
    parts.bodies.set(number, body);
    return number;
}

/** Changes what a compressed stream holds, and its length with it. */
export function editStream(parts: PdfParts, number: number, change: (text: string) => string): void {
    const body = parts.bodies.get(number) ?? '';
    const [, dict = '', raw = ''] = /^([\s\S]*?)\nstream\n([\s\S]*)\nendstream$/.exec(body) ?? [];
    const packed = /\/FlateDecode/.test(dict);
    const before = Buffer.from(raw, 'latin1');
    const text = (packed ? inflateSync(before) : before).toString('latin1');
    const changed = Buffer.from(change(text), 'latin1');
    if (changed.toString('latin1') === text) throw new Error(`object ${number}: nothing is changed`);
    const bytes = packed ? deflateSync(changed) : changed;
    const said = dict.replace(/\/Length \d+(?! \d+ R)/, `/Length ${bytes.length}`);
    parts.bodies.set(number, `${said}\nstream\n${bytes.toString('latin1')}\nendstream`);
}
