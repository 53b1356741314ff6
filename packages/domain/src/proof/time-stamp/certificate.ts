import { utf8Text } from '../../kernel/bytes.ts';
import {
    bitBytesOf,
    booleanOf,
    DER,
    type Der,
    integerOf,
    oidOf,
    partsOf,
    readDer,
    readParts,
    tagged,
    timeOf,
    unreadable,
} from './der.ts';
import { type AlgorithmId, readAlgorithm } from './signature-algorithm.ts';

/** What a time-stamp needs of a certificate (RFC 5280). Nothing of it has been verified. */
export type Certificate = {
    readonly raw: Uint8Array;
    /** What its issuer signed, by what, and the signature. */
    readonly signed: Uint8Array;
    readonly algorithm: AlgorithmId;
    readonly signature: Uint8Array;
    readonly serial: Uint8Array;
    /** Names as their bytes: those of issuer and subject are compared as they stand. */
    readonly issuer: Uint8Array;
    readonly subject: Uint8Array;
    /** For people: the common name, or an empty text. */
    readonly name: string;
    /** In milliseconds, both ends included. */
    readonly notBefore: number;
    readonly notAfter: number;
    /** SubjectPublicKeyInfo in DER. */
    readonly publicKey: Uint8Array;
    readonly extensions: ReadonlyMap<string, { readonly critical: boolean; readonly value: Uint8Array }>;
};

export const EXTENSION = {
    keyIdentifier: '2.5.29.14',
    keyUsage: '2.5.29.15',
    basicConstraints: '2.5.29.19',
    policies: '2.5.29.32',
    purposes: '2.5.29.37',
} as const;
const COMMON_NAME = '2.5.4.3';
const MOST_EXTENSIONS = 50;

/** Reads a certificate. Throws `timeStamp.unreadable`. */
export function readCertificate(bytes: Uint8Array): Certificate {
    const whole = readParts(readDer(bytes), DER.sequence);
    const signed = whole.take(DER.sequence);
    const algorithm = readAlgorithm(whole.take(DER.sequence));
    const signature = bitBytesOf(whole.take(DER.bitString));
    whole.end();
    const parts = readParts(signed, DER.sequence);
    const version = parts.maybe(tagged(0));
    const serial = parts.take(DER.integer).value;
    const inner = readAlgorithm(parts.take(DER.sequence));
    if (inner.oid !== algorithm.oid) throw unreadable('algorithm');
    const issuer = parts.take(DER.sequence);
    const validity = readParts(parts.take(DER.sequence), DER.sequence);
    const [notBefore, notAfter] = [timeOf(validity.any()), timeOf(validity.any())];
    validity.end();
    const subject = parts.take(DER.sequence);
    const publicKey = parts.take(DER.sequence).raw;
    // Identifiers of issuer and subject, which nobody uses.
    parts.maybe(0x81);
    parts.maybe(0x82);
    const extensions = readExtensions(version, parts.maybe(tagged(3)));
    parts.end();
    return {
        ...{ raw: bytes, signed: signed.raw, algorithm, signature, serial, issuer: issuer.raw, subject: subject.raw },
        ...{ name: commonName(subject), notBefore, notAfter, publicKey, extensions },
    };
}

function readExtensions(version: Der | undefined, wrapped: Der | undefined): Certificate['extensions'] {
    if (version !== undefined) {
        const inside = readParts(version, tagged(0));
        const number = integerOf(inside.take(DER.integer));
        inside.end();
        if (number !== 1n && number !== 2n) throw unreadable('version');
    }
    const extensions = new Map<string, { critical: boolean; value: Uint8Array }>();
    if (wrapped === undefined) return extensions;
    const inside = readParts(wrapped, tagged(3));
    const list = partsOf(inside.take(DER.sequence));
    inside.end();
    if (list.length > MOST_EXTENSIONS) throw unreadable('extensions');
    for (const each of list) {
        const parts = readParts(each, DER.sequence);
        const id = oidOf(parts.take(DER.oid));
        const flag = parts.maybe(DER.boolean);
        const { value } = parts.take(DER.octetString);
        parts.end();
        if (extensions.has(id)) throw unreadable('extensionTwice');
        extensions.set(id, { critical: flag !== undefined && booleanOf(flag), value });
    }
    return extensions;
}

/** The last common name of a subject. One that is in no known coding is left out: nothing is decided by it. */
function commonName(subject: Der): string {
    let name = '';
    for (const set of partsOf(subject)) {
        for (const each of partsOf(set)) {
            const parts = readParts(each, DER.sequence);
            if (oidOf(parts.take(DER.oid)) !== COMMON_NAME) continue;
            const { tag, value } = parts.any();
            // UTF8String, PrintableString, IA5String, TeletexString as far as it is ASCII; BMPString.
            if ([0x0c, 0x13, 0x16, 0x14].includes(tag)) name = utf8Text(value) ?? '';
            if (tag === 0x1e)
                name = String.fromCharCode(
                    ...Array.from(
                        { length: value.length >> 1 },
                        (_, at) => (value[2 * at] ?? 0) * 256 + (value[2 * at + 1] ?? 0),
                    ),
                );
        }
    }
    return name.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ').slice(0, 200);
}

/** Purposes of a key by their object identifiers; `undefined` where the certificate names none. */
export function purposesOf({ extensions }: Certificate): { critical: boolean; purposes: string[] } | undefined {
    const found = extensions.get(EXTENSION.purposes);
    if (found === undefined) return undefined;
    const list = readDer(found.value);
    if (list.tag !== DER.sequence) throw unreadable('purposes');
    return { critical: found.critical, purposes: partsOf(list).map(oidOf) };
}

/** Whether it may sign certificates, and how many authorities may stand below it. */
export function authorityOf({ extensions }: Certificate): { mayIssue: boolean; below: number } {
    const basic = extensions.get(EXTENSION.basicConstraints);
    if (basic === undefined) return { mayIssue: false, below: 0 };
    const parts = readParts(readDer(basic.value), DER.sequence);
    const flag = parts.maybe(DER.boolean);
    const length = parts.maybe(DER.integer);
    parts.end();
    const below = length === undefined ? Number.POSITIVE_INFINITY : Number(integerOf(length));
    return { mayIssue: flag !== undefined && booleanOf(flag) && usageOf(extensions, 5), below };
}

/** Whether it may sign anything that is no certificate (digitalSignature or contentCommitment). */
export const maySign = ({ extensions }: Certificate): boolean => usageOf(extensions, 0) || usageOf(extensions, 1);

/** A bit of the key usage; without that extension everything is allowed. */
function usageOf(extensions: Certificate['extensions'], bit: number): boolean {
    const found = extensions.get(EXTENSION.keyUsage);
    if (found === undefined) return true;
    const { tag, value } = readDer(found.value);
    if (tag !== DER.bitString) throw unreadable('keyUsage');
    return ((value[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0;
}

const KNOWN: readonly string[] = Object.values(EXTENSION);
/** Whether something in it must be understood that is not understood here (RFC 5280, 4.2). */
export const hasUnknown = ({ extensions }: Certificate): boolean =>
    [...extensions].some(([id, { critical }]) => critical && !KNOWN.includes(id));
