import { concatBytes } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';

/** One value of DER (X.690), not looked into: its tag, all of its bytes, and those of its contents. Views of what was read. */
export type Der = { readonly tag: number; readonly raw: Uint8Array; readonly value: Uint8Array };

/** Tags of this reader: universal ones, and `[n]` as constructed or as primitive. */
export const DER = {
    boolean: 0x01,
    integer: 0x02,
    bitString: 0x03,
    octetString: 0x04,
    oid: 0x06,
    utcTime: 0x17,
    generalizedTime: 0x18,
    sequence: 0x30,
    set: 0x31,
} as const;
export const tagged = (number: number): number => 0xa0 | number;

/** Never a guess at what other bytes may have meant. */
export const unreadable = (reason: string): DomainError => new DomainError('timeStamp.unreadable', { reason });

/** The one value in these bytes, and nothing behind it. Throws `timeStamp.unreadable`. */
export function readDer(bytes: Uint8Array): Der {
    const value = valueAt(bytes, 0);
    if (value.raw.length !== bytes.length) throw unreadable('behind');
    return value;
}

/** The values in the contents of a constructed one, in order. Throws `timeStamp.unreadable`. */
export function partsOf(whole: Der): Der[] {
    if ((whole.tag & 0x20) === 0) throw unreadable('primitive');
    const parts: Der[] = [];
    for (let at = 0; at < whole.value.length; ) {
        const part = valueAt(whole.value, at);
        parts.push(part);
        at += part.raw.length;
    }
    return parts;
}

/** Tags of one byte, lengths in as few bytes as they take and at most three of them: nothing here is longer than 16 MiB. */
function valueAt(bytes: Uint8Array, from: number): Der {
    const tag = bytes[from];
    const first = bytes[from + 1];
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw unreadable('tag');
    let at = from + 2;
    let length = first;
    if (first >= 0x80) {
        const octets = first - 0x80;
        // 0x80 is the open length of BER.
        if (octets < 1 || octets > 3 || at + octets > bytes.length) throw unreadable('length');
        length = bytes.subarray(at, at + octets).reduce((sum, octet) => sum * 256 + octet, 0);
        at += octets;
        if (length < (octets === 1 ? 0x80 : 256 ** (octets - 1))) throw unreadable('length');
    }
    if (at + length > bytes.length) throw unreadable('length');
    return { tag, raw: bytes.subarray(from, at + length), value: bytes.subarray(at, at + length) };
}

/** A value of this tag and contents. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
    const value = concatBytes(...contents);
    const octets = value.length < 0x80 ? 0 : value.length < 0x100 ? 1 : value.length < 0x10000 ? 2 : 3;
    if (value.length >= 0x1000000) throw unreadable('length');
    const length = Array.from({ length: octets }, (_, at) => (value.length >>> (8 * (octets - 1 - at))) & 0xff);
    return concatBytes(Uint8Array.of(tag, ...(octets === 0 ? [value.length] : [0x80 | octets, ...length])), value);
}

/** The parts of a constructed value of `tag`, taken one after the other. */
export type DerParts = {
    /** The next part, which must be there and of this tag. */
    take(tag: number): Der;
    /** The next part where it is of this tag. */
    maybe(tag: number): Der | undefined;
    /** The next part, of whatever tag. */
    any(): Der;
    /** Nothing may follow. */
    end(): void;
};

export function readParts(whole: Der, tag: number): DerParts {
    if (whole.tag !== tag) throw unreadable('tag');
    const parts = partsOf(whole);
    let at = 0;
    const maybe = (wanted: number) => (parts[at]?.tag === wanted ? parts[at++] : undefined);
    const must = (part: Der | undefined): Der => {
        if (part === undefined) throw unreadable('missing');
        return part;
    };
    return {
        maybe,
        take: (wanted) => must(maybe(wanted)),
        any: () => must(parts[at++]),
        end: () => {
            if (at < parts.length) throw unreadable('surplus');
        },
    };
}

/** An object identifier as text (`1.2.840…`). */
export function oidOf({ tag, value }: Der): string {
    if (tag !== DER.oid || value.length === 0 || value.length > 32) throw unreadable('oid');
    const arcs: bigint[] = [];
    let arc = 0n;
    let begun = false;
    for (const octet of value) {
        if (!begun && octet === 0x80) throw unreadable('oid');
        arc = (arc << 7n) | BigInt(octet & 0x7f);
        begun = octet >= 0x80;
        if (begun) continue;
        arcs.push(arc);
        arc = 0n;
    }
    if (begun) throw unreadable('oid');
    const [joined = 0n, ...rest] = arcs;
    const root = joined < 40n ? 0n : joined < 80n ? 1n : 2n;
    return [root, joined - root * 40n, ...rest].join('.');
}

/** An integer of at most 32 bytes in its one spelling. */
export function integerOf({ tag, value }: Der): bigint {
    const [first = 0, second = 0] = value;
    if (tag !== DER.integer || value.length < 1 || value.length > 33) throw unreadable('integer');
    if (value.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) throw unreadable('integer');
    return BigInt.asIntN(
        8 * value.length,
        value.reduce((number, octet) => (number << 8n) | BigInt(octet), 0n),
    );
}

/** A boolean, which DER writes as 00 or ff. */
export function booleanOf({ tag, value }: Der): boolean {
    if (tag !== DER.boolean || value.length !== 1 || (value[0] !== 0 && value[0] !== 0xff)) throw unreadable('boolean');
    return value[0] === 0xff;
}

/** The bytes in a bit string of whole bytes. */
export function bitBytesOf({ tag, value }: Der): Uint8Array {
    if (tag !== DER.bitString || value[0] !== 0) throw unreadable('bitString');
    return value.subarray(1);
}

/** UTCTime or GeneralizedTime in UTC with seconds (RFC 5280, 4.1.2.5; RFC 3161, 2.4.2, lets the latter have a fraction). */
export function timeOf({ tag, value }: Der): number {
    const text = String.fromCharCode(...value.subarray(0, 40));
    const found =
        tag === DER.utcTime
            ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()Z$/.exec(text)
            : tag === DER.generalizedTime
              ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/.exec(text)
              : null;
    if (found === null) throw unreadable('time');
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
    // RFC 5280: two digits from 50 on are of the last century.
    const full = tag === DER.utcTime ? year + (year >= 50 ? 1900 : 2000) : year;
    const date = new Date(0);
    date.setUTCFullYear(full, month - 1, day);
    date.setUTCHours(hour, minute, second, Math.floor(Number(`0.${found[7] || '0'}`) * 1000));
    const back = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()];
    // A 31st of a month without one, an hour 24, a second 60: the clock of this reader has none of them.
    if ([full, month, day, hour, minute].some((part, at) => part !== back[at]) || date.getUTCSeconds() !== second)
        throw unreadable('time');
    return date.getTime();
}
