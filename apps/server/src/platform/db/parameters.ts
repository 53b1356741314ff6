/** What a statement can be given: scalars, bytes, arrays of these for array types, objects for JSON types. */
export type Parameter = Scalar | undefined | readonly (Scalar | undefined)[] | { readonly [key: string]: unknown };
type Scalar = string | number | bigint | boolean | Uint8Array | null;

/** As PostgreSQL reads it: texts, bytes as they are, arrays as literals, objects as JSON. */
export function parameterText(value: Parameter): string | Buffer | null {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return value;
    if (value instanceof Uint8Array) return bufferOf(value);
    if (isArray(value)) return isBytes(value) ? bytesArray(value) : arrayLiteral(value);
    if (typeof value === 'object') return JSON.stringify(value);
    return String(value);
}

/** `Array.isArray` knows no read-only arrays. */
const isArray = (value: Parameter): value is readonly (Scalar | undefined)[] => Array.isArray(value);

const isBytes = (values: readonly (Scalar | undefined)[]): values is readonly Uint8Array[] =>
    values.length > 0 && values.every((value) => value instanceof Uint8Array);

const BYTEA = 17;

/** `bytea[]` as PostgreSQL's binary format has it: as text every byte would be two, written here and read there. */
function bytesArray(values: readonly Uint8Array[]): Buffer {
    const header = [1, 0, BYTEA, values.length, 1];
    const made = Buffer.allocUnsafe(values.reduce((size, value) => size + 4 + value.length, 4 * header.length));
    let at = 0;
    for (const number of header) at = made.writeInt32BE(number, at);
    for (const value of values) {
        at = made.writeInt32BE(value.length, at);
        made.set(value, at);
        at += value.length;
    }
    return made;
}

const arrayLiteral = (values: readonly (Scalar | undefined)[]): string => `{${values.map(elementLiteral).join(',')}}`;

function elementLiteral(value: Scalar | undefined): string {
    if (value === null || value === undefined) return 'NULL';
    if (typeof value === 'string') return `"${value.replace(/[\\"]/g, '\\$&')}"`;
    if (value instanceof Uint8Array) return `"\\\\x${bufferOf(value).toString('hex')}"`;
    return String(value);
}

/** The same bytes without a copy; a view into a larger buffer stays the view it is. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
