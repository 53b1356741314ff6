/** What PDF is made of (ISO 32000-1, 7.2 and 7.3). A reader of our own, so that a test needs no program that may be missing. */
export type PdfName = { readonly name: string };
export type PdfString = { readonly bytes: Buffer };
export type PdfRef = { readonly ref: number };
export type PdfDict = ReadonlyMap<string, PdfValue>;
export type PdfStream = { readonly dict: PdfDict; readonly raw: Buffer };
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfDict | PdfStream | readonly PdfValue[];
export type PdfOperator = { readonly operator: string };

/** What is written in a way that ISO 19005-2 does not let pass, noted while reading: the clause, and what stands there. */
export type Note = (clause: string, said: string) => void;

export const isDict = (value: unknown): value is PdfDict => value instanceof Map;
export const isStream = (value: unknown): value is PdfStream => has(value, 'raw');
export const isName = (value: unknown): value is PdfName => has(value, 'name');
export const isString = (value: unknown): value is PdfString => has(value, 'bytes');
export const isRef = (value: unknown): value is PdfRef => has(value, 'ref');
export const isOperator = (value: unknown): value is PdfOperator => has(value, 'operator');
const has = (value: unknown, key: string) =>
    typeof value === 'object' && value !== null && !(value instanceof Map) && !Array.isArray(value) && key in value;

export type Lexer = {
    /** The next value or operator, or `undefined` at the end. A dictionary or an array is read whole. */
    next(): PdfValue | PdfOperator | undefined;
    /** Where the next byte is read. */
    at(): number;
};

const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((each) => each.charCodeAt(0)));
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

export function lexer(bytes: Buffer, start: number, note: Note): Lexer {
    let at = start;
    const char = (offset = 0) => String.fromCharCode(bytes[at + offset] ?? 0);
    const ended = () => at >= bytes.length;

    const skip = () => {
        while (!ended()) {
            if (SPACE.has(bytes[at] ?? 0)) at++;
            else if (char() === '%') while (!ended() && char() !== '\n' && char() !== '\r') at++;
            else return;
        }
    };
    const word = () => {
        const from = at;
        while (!ended() && !SPACE.has(bytes[at] ?? 0) && !DELIMITERS.has(bytes[at] ?? 0)) at++;
        return bytes.toString('latin1', from, at);
    };

    const name = (): PdfName => {
        at++;
        const read = word().replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        if (read.length > 127) note('6.1.13', `a name of ${read.length} bytes`);
        return { name: read };
    };
    const string = (read: Buffer): PdfString => {
        if (read.length > 32_767) note('6.1.13', `a string of ${read.length} bytes`);
        return { bytes: read };
    };
    const hexString = (): PdfString => {
        const end = bytes.indexOf('>', at);
        const digits = bytes.toString('latin1', at + 1, end).replace(/\s/g, '');
        at = end + 1;
        if (digits.length % 2 === 1 || /[^0-9a-fA-F]/.test(digits)) note('6.1.6', `<${digits.slice(0, 40)}>`);
        return string(Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex'));
    };
    const literalString = (): PdfString => {
        let [read, depth] = ['', 1];
        at++;
        while (!ended()) {
            const each = char();
            at++;
            if (each === '\\') read += escaped();
            else {
                if (each === '(') depth++;
                if (each === ')' && --depth === 0) break;
                read += each;
            }
        }
        return string(Buffer.from(read, 'latin1'));
    };
    const escaped = (): string => {
        const octal = /^[0-7]{1,3}/.exec(bytes.toString('latin1', at, at + 3))?.[0];
        if (octal !== undefined) {
            at += octal.length;
            return String.fromCharCode(Number.parseInt(octal, 8));
        }
        const each = char();
        at++;
        return each === '\n' ? '' : (ESCAPES[each] ?? each);
    };

    const array = (): PdfValue[] => {
        at++;
        const read: PdfValue[] = [];
        for (;;) {
            skip();
            if (ended() || char() === ']') break;
            const value = next();
            if (value !== undefined && !isOperator(value)) read.push(value);
        }
        at++;
        return read;
    };
    const dictionary = (): PdfDict => {
        at += 2;
        const read = new Map<string, PdfValue>();
        for (;;) {
            skip();
            if (ended() || char() === '>') break;
            const key = next();
            const value = next();
            if (!isName(key) || value === undefined || isOperator(value)) throw new Error(`no dictionary at byte ${at}`);
            read.set(key.name, value);
        }
        at += 2;
        return read;
    };
    const number = (read: string): PdfValue => {
        const value = Number(read);
        if (Number.isInteger(value) && (value > 2_147_483_647 || value < -2_147_483_648)) note('6.1.13', `the number ${read}`);
        const reference = /^\s+\d+\s+R(?![^\s()<>[\]{}/%])/.exec(bytes.toString('latin1', at, at + 24));
        if (!/^\d+$/.test(read) || reference === null) return value;
        at += reference[0].length;
        return { ref: value };
    };

    function next(): PdfValue | PdfOperator | undefined {
        skip();
        if (ended()) return undefined;
        const first = char();
        if (first === '/') return name();
        if (first === '(') return literalString();
        if (first === '<') return char(1) === '<' ? dictionary() : hexString();
        if (first === '[') return array();
        if (DELIMITERS.has(bytes[at] ?? 0)) throw new Error(`${first} at byte ${at}`);
        const read = word();
        if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(read)) return number(read);
        if (read === 'null') return null;
        return read === 'true' || read === 'false' ? read === 'true' : { operator: read };
    }
    return { next, at: () => at };
}
