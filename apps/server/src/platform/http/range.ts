/** Half-open range of bytes. */
export type ByteRange = { readonly start: bigint; readonly end: bigint };

const SINGLE = /^bytes=(\d{0,20})-(\d{0,20})$/;

/**
 * The one range that a `Range` header asks for (RFC 9110 section 14.2). `undefined`: none, or a form we need not honour
 * (other units, several ranges), so the whole is sent; `unsatisfiable`: 416.
 */
export function parseRange(header: string | undefined, size: bigint): ByteRange | 'unsatisfiable' | undefined {
    const match = header === undefined ? null : SINGLE.exec(header.trim());
    if (match === null) return undefined;
    const [, first = '', last = ''] = match;
    if (first === '' && last === '') return undefined;
    if (first === '') {
        const suffix = BigInt(last);
        if (suffix === 0n || size === 0n) return 'unsatisfiable';
        return { start: suffix >= size ? 0n : size - suffix, end: size };
    }
    const start = BigInt(first);
    // last-pos before first-pos makes the header invalid, and an invalid header is ignored.
    if (last !== '' && BigInt(last) < start) return undefined;
    if (start >= size) return 'unsatisfiable';
    const end = last === '' || BigInt(last) >= size ? size : BigInt(last) + 1n;
    return { start, end };
}
