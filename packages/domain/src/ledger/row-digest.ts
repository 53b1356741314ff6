import { utf8Bytes } from '../kernel/bytes.ts';
import { CANONICAL_DEPTH, canonicalBytes, canonicalJson, isCanonicalText, isPlainObject } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import type { Digest } from './digest.ts';

/**
 * The after-image of a database row as the pg driver returns it, in canonical form:
 *
 * | column value        | becomes               | why |
 * |---------------------|-----------------------|-----|
 * | null                | left out              | a nullable column added later leaves old digests as they were |
 * | integer number      | the number            | |
 * | bigint              | decimal text          | beyond 2^53, and what the driver gives for int8 and numeric unless told otherwise |
 * | bytes               | lower-case hex text   | JSON has no bytes |
 * | boolean             | itself                | |
 * | text, NFC           | itself                | |
 * | text, not NFC       | `{"utf8":"<hex>"}`    | names from outside are kept as they came; both forms must stay apart |
 * | array               | element by element    | null inside is refused: leaving it out would shift the rest |
 * | plain object (jsonb)| member by member      | null members are left out, as columns are |
 *
 * Everything else has no encoding and is refused with the `canonical.*` code and path of canonical-json.ts: fractions
 * (their text differs between engines), dates (instants are integers here), undefined (a column nobody selected).
 * A column has one SQL type, so a digest of text "10" and one of bigint 10 never meet in the same column; only in jsonb
 * could a stored object be taken for a wrapped text, so an object with `utf8` as its one member is refused
 * (`row.reservedMember`). Object members not in NFC are refused too: text from outside is a value, not a name.
 */
export const canonicalRow = (row: Readonly<Record<string, unknown>>): string => canonicalJson(encode(row, 0));

/** SHA-256 over the canonical bytes of `{"row": …, "table": …}`, in hex: the `sha256` of an entry's row. */
export const rowDigest = (digest: Digest, table: string, row: Readonly<Record<string, unknown>>): string =>
    toHex(digest.sha256(canonicalBytes({ table, row: encode(row, 0) })));

const WRAPPED_TEXT = 'utf8';

function encode(value: unknown, depth: number): unknown {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'string') return encodeText(value);
    if (value instanceof Uint8Array) return toHex(value);
    // Deeper than any reader takes: left for the writer to refuse, before our own recursion runs out of stack.
    if (depth > CANONICAL_DEPTH) return value;
    if (Array.isArray(value)) return Array.from(value, (element) => encode(element, depth + 1));
    if (isPlainObject(value)) return encodeMembers(value, depth);
    return value;
}

function encodeText(text: string): unknown {
    // A lone surrogate has no UTF-8 form to wrap; the writer refuses it.
    if (isCanonicalText(text) || !text.isWellFormed()) return text;
    return { [WRAPPED_TEXT]: toHex(utf8Bytes(text)) };
}

/** Every row of the log goes through here: a loop, because lists of pairs cost more than all the rest. */
function encodeMembers(value: Readonly<Record<string, unknown>>, depth: number): unknown {
    const encoded: Record<string, unknown> = {};
    let members = 0;
    for (const name of Object.keys(value)) {
        const member = value[name];
        if (member === null) continue;
        members++;
        // A member called __proto__ is kept as any other; assignment would lose it from the digest.
        if (name === '__proto__') Object.defineProperty(encoded, name, { value: encode(member, depth + 1), enumerable: true });
        else encoded[name] = encode(member, depth + 1);
    }
    if (depth > 0 && members === 1 && Object.hasOwn(encoded, WRAPPED_TEXT))
        throw new DomainError('row.reservedMember', { member: WRAPPED_TEXT });
    return encoded;
}
