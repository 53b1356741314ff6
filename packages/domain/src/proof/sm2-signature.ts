const BYTES = 32;

/**
 * The two numbers of a signature, or `undefined` when the bytes are not their DER: shortest lengths, no superfluous zero, not
 * negative, nothing behind. So one signature has one spelling.
 */
export function parseSm2Signature(bytes: Uint8Array): { r: bigint; s: bigint } | undefined {
    if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) return undefined;
    const r = readInteger(bytes, 2);
    const s = r === undefined ? undefined : readInteger(bytes, r.end);
    return r === undefined || s === undefined || s.end !== bytes.length ? undefined : { r: r.value, s: s.value };
}

function readInteger(bytes: Uint8Array, at: number): { value: bigint; end: number } | undefined {
    const length = bytes[at + 1] ?? 0;
    const [first = 0, second = 0] = bytes.subarray(at + 2, at + 4);
    // 33 bytes when the highest bit is set: then a zero stands before it.
    if (bytes[at] !== 0x02 || length < 1 || length > BYTES + 1 || first >= 0x80) return undefined;
    if (first === 0 && length > 1 && second < 0x80) return undefined;
    const end = at + 2 + length;
    return end > bytes.length ? undefined : { value: numberOf(bytes.subarray(at + 2, end)), end };
}

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
