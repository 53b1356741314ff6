/** What a statement can be given: scalars, bytes, arrays of these for array types, objects for JSON types. */
export type Parameter = Scalar | undefined | readonly (Scalar | undefined)[] | { readonly [key: string]: unknown };
type Scalar = string | number | bigint | boolean | Uint8Array | null;

/** As PostgreSQL reads it: texts, bytes as they are, arrays as literals, objects as JSON. */
export function parameterText(value: Parameter): string | Buffer | null {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return value;
    if (value instanceof Uint8Array) return bufferOf(value);
    if (isArray(value)) return arrayLiteral(value);
    if (typeof value === 'object') return JSON.stringify(value);
    return String(value);
}

/** `Array.isArray` knows no read-only arrays. */
const isArray = (value: Parameter): value is readonly (Scalar | undefined)[] => Array.isArray(value);

const arrayLiteral = (values: readonly (Scalar | undefined)[]): string => `{${values.map(elementLiteral).join(',')}}`;

function elementLiteral(value: Scalar | undefined): string {
    if (value === null || value === undefined) return 'NULL';
    if (typeof value === 'string') return `"${value.replace(/[\\"]/g, '\\$&')}"`;
    if (value instanceof Uint8Array) return `"\\\\x${bufferOf(value).toString('hex')}"`;
    return String(value);
}

/** The same bytes without a copy; a view into a larger buffer stays the view it is. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
