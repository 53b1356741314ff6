import { sameBytes } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type Certificate, EXTENSION, readCertificate } from './certificate.ts';
import {
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
    writeDer,
} from './der.ts';
import { type AlgorithmId, readAlgorithm } from './signature-algorithm.ts';

/** Largest answer of an authority that is read, in bytes: a token with its certificates has a few thousand. */
export const TIME_STAMP_MAX_BYTES = 256 * 1024;
export const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const MOST_CERTIFICATES = 20;

/** A token taken apart (RFC 3161, 2.4.2; RFC 5652, 5): nothing of it has been verified. */
export type TimeStampToken = {
    readonly info: TstInfo;
    /** The bytes of `info`. */
    readonly content: Uint8Array;
    readonly signer: TokenSigner;
    readonly certificates: readonly Certificate[];
    /** The one that the signer names; absent where the token does not hold it. */
    readonly certificate: Certificate | undefined;
};

export type TstInfo = {
    readonly imprint: { readonly algorithm: AlgorithmId; readonly digest: Uint8Array };
    readonly serial: Uint8Array;
    /** In milliseconds, and how far off that may be. */
    readonly at: number;
    readonly accuracyMs: number;
};

export type TokenSigner = {
    readonly digest: AlgorithmId;
    /** What is signed: the attributes as a SET. */
    readonly signed: Uint8Array;
    /** The only value of each signed attribute that stands there once. */
    readonly attributes: ReadonlyMap<string, Der>;
    readonly algorithm: AlgorithmId;
    readonly signature: Uint8Array;
};

/** The answer of an authority (`TimeStampResp`) around a token, as other programs read it from a `.tsr`. */
export const timeStampResponse = (token: Uint8Array): Uint8Array =>
    writeDer(DER.sequence, writeDer(DER.sequence, writeDer(DER.integer, Uint8Array.of(0))), token);

/** Reads the answer of an authority that granted. Throws `timeStamp.unreadable`, and `timeStamp.refused` for one that did not. */
export function readTimeStamp(bytes: Uint8Array): TimeStampToken {
    if (bytes.length > TIME_STAMP_MAX_BYTES) throw unreadable('tooLong');
    const response = readParts(readDer(bytes), DER.sequence);
    const status = integerOf(partsOf(response.take(DER.sequence))[0] ?? unread('status'));
    // granted, grantedWithMods
    if (status !== 0n && status !== 1n) throw new DomainError('timeStamp.refused', { status: String(status) });
    const token = response.take(DER.sequence);
    response.end();
    return readToken(token);
}

function readToken(token: Der): TimeStampToken {
    const content = readParts(token, DER.sequence);
    if (oidOf(content.take(DER.oid)) !== SIGNED_DATA) throw unreadable('type');
    const signed = readParts(only(content.take(tagged(0))), DER.sequence);
    content.end();
    integerOf(signed.take(DER.integer));
    signed.take(DER.set);
    const inside = readParts(signed.take(DER.sequence), DER.sequence);
    if (oidOf(inside.take(DER.oid)) !== TST_INFO) throw unreadable('type');
    const octets = only(inside.take(tagged(0)));
    inside.end();
    if (octets.tag !== DER.octetString) throw unreadable('content');
    const certificates = certificatesIn(signed.maybe(tagged(0)));
    // Lists of certificates that were revoked, which nobody asks.
    signed.maybe(tagged(1));
    const signers = partsOf(signed.take(DER.set));
    signed.end();
    // RFC 3161, 2.4.2: the signature of the authority, and no other.
    const [first, ...others] = signers;
    if (first === undefined || others.length > 0) throw unreadable('signers');
    const { isBy, ...signer } = readSigner(first);
    const info = readInfo(readDer(octets.value));
    return { info, content: octets.value, signer, certificates, certificate: certificates.find(isBy) };
}

function certificatesIn(list: Der | undefined): Certificate[] {
    const found = list === undefined ? [] : partsOf(list);
    if (found.length > MOST_CERTIFICATES) throw unreadable('certificates');
    // Other forms than a certificate of X.509 are tagged, and say nothing here.
    return found.filter(({ tag }) => tag === DER.sequence).map(({ raw }) => readCertificate(raw));
}

function readSigner(der: Der): TokenSigner & { isBy: (certificate: Certificate) => boolean } {
    const parts = readParts(der, DER.sequence);
    integerOf(parts.take(DER.integer));
    const isBy = readSignerId(parts.any());
    const digest = readAlgorithm(parts.take(DER.sequence));
    const attributes = parts.take(tagged(0));
    const algorithm = readAlgorithm(parts.take(DER.sequence));
    const signature = parts.take(DER.octetString).value;
    parts.maybe(tagged(1));
    parts.end();
    return {
        isBy,
        digest,
        signed: writeDer(DER.set, attributes.value),
        attributes: readAttributes(attributes),
        algorithm,
        signature,
    };
}

/** A signer is named by issuer and serial number, or by the identifier of the key. */
function readSignerId(der: Der): (certificate: Certificate) => boolean {
    if (der.tag === 0x80) {
        return ({ extensions }) => {
            const identifier = extensions.get(EXTENSION.keyIdentifier);
            return identifier !== undefined && sameBytes(readDer(identifier.value).value, der.value);
        };
    }
    const parts = readParts(der, DER.sequence);
    const issuer = parts.take(DER.sequence).raw;
    const serial = parts.take(DER.integer).value;
    parts.end();
    return (certificate) => sameBytes(certificate.issuer, issuer) && sameBytes(certificate.serial, serial);
}

/** Attributes that stand there twice, or with several values, are left out: whoever needs one finds none. */
function readAttributes(list: Der): Map<string, Der> {
    const attributes = new Map<string, Der>();
    const seen = new Set<string>();
    for (const each of partsOf(list)) {
        const parts = readParts(each, DER.sequence);
        const type = oidOf(parts.take(DER.oid));
        const values = partsOf(parts.take(DER.set));
        parts.end();
        const [value] = values;
        if (seen.has(type) || values.length !== 1 || value === undefined) attributes.delete(type);
        else attributes.set(type, value);
        seen.add(type);
    }
    return attributes;
}

function readInfo(der: Der): TstInfo {
    const parts = readParts(der, DER.sequence);
    if (integerOf(parts.take(DER.integer)) !== 1n) throw unreadable('version');
    parts.take(DER.oid);
    const imprint = readParts(parts.take(DER.sequence), DER.sequence);
    const algorithm = readAlgorithm(imprint.take(DER.sequence));
    const digest = imprint.take(DER.octetString).value;
    imprint.end();
    const serial = parts.take(DER.integer).value;
    const time = parts.take(DER.generalizedTime);
    const accuracy = parts.maybe(DER.sequence);
    const ordering = parts.maybe(DER.boolean);
    if (ordering !== undefined) booleanOf(ordering);
    const nonce = parts.maybe(DER.integer);
    if (nonce !== undefined) integerOf(nonce);
    parts.maybe(tagged(0));
    // An extension that must be understood would have to be known here, and none is.
    for (const each of extensionsOf(parts.maybe(tagged(1)))) if (each) throw unreadable('extension');
    parts.end();
    return { imprint: { algorithm, digest }, serial, at: timeOf(time), accuracyMs: accuracyOf(accuracy) };
}

/** Whether each extension must be understood. */
const extensionsOf = (list: Der | undefined): boolean[] =>
    (list === undefined ? [] : partsOf(list)).map((each) => {
        const parts = readParts(each, DER.sequence);
        parts.take(DER.oid);
        const flag = parts.maybe(DER.boolean);
        return flag !== undefined && booleanOf(flag);
    });

function accuracyOf(accuracy: Der | undefined): number {
    if (accuracy === undefined) return 0;
    const parts = readParts(accuracy, DER.sequence);
    const seconds = parts.maybe(DER.integer);
    const [millis, micros] = [parts.maybe(0x80), parts.maybe(0x81)].map((each) =>
        each === undefined ? 0 : Number(integerOf({ ...each, tag: DER.integer })),
    );
    parts.end();
    return (seconds === undefined ? 0 : Number(integerOf(seconds)) * 1000) + (millis ?? 0) + (micros ?? 0) / 1000;
}

function only(wrapped: Der): Der {
    const [part, ...more] = partsOf(wrapped);
    if (part === undefined || more.length > 0) throw unreadable('wrapped');
    return part;
}

function unread(reason: string): never {
    throw unreadable(reason);
}
