import { createHash, verify } from 'node:crypto';
import { DomainError, type Instant, sameBytes } from '@liuhen/domain';
import { type Integer, ObjectIdentifier, OctetString, type Sequence } from 'asn1js';
import { CertificateChainValidationEngine, ExtKeyUsage, RSASSAPSSParams } from 'pkijs';
import { type Cert, type ReadToken, readToken } from './read-token.ts';
import { SHA256_OID } from './time-stamp-request.ts';

/** What a sound token says. */
export type TimeStamp = {
    readonly at: Instant;
    /** How far off that may be, in milliseconds; 0 where the token does not say. */
    readonly accuracyMs: number;
    /** Serial number of the token at its authority, in hex. */
    readonly serial: string;
    /** Name of the authority, from its certificate. */
    readonly authority: string;
};

export type Expected = {
    /** What was stamped. */
    readonly message: Uint8Array;
    /** Of the request; absent for a token that was kept. */
    readonly nonce?: Uint8Array;
    /** Who is believed; absent where nobody is configured: then the token is checked and its authority is not. */
    readonly anchors?: readonly Cert[];
};

const DIGESTS: Readonly<Record<string, string>> = {
    [SHA256_OID]: 'sha256',
    '2.16.840.1.101.3.4.2.2': 'sha384',
    '2.16.840.1.101.3.4.2.3': 'sha512',
};
const ATTRIBUTE = {
    contentType: '1.2.840.113549.1.9.3',
    messageDigest: '1.2.840.113549.1.9.4',
    certificate: '1.2.840.113549.1.9.16.2.12',
    certificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;
const ID_TST_INFO = '1.2.840.113549.1.9.16.1.4';
const ID_TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/**
 * Verifies a token (RFC 3161, 2.4.2; RFC 5652, 5.4 and 5.6; RFC 5816): that it is about this message, that whoever signed it was named in
 * what is signed, that the certificate is for time-stamps and nothing else, and that it leads to an authority that is believed, all of that
 * at the time in the token. Throws `timeStamp.unreadable`, `.otherImprint`, `.otherNonce`, `.certificateMissing`, `.signature`,
 * `.otherCertificate`, `.purpose`, `.notYetValid`, `.expired`, `.notTrusted`.
 */
export async function verifyToken(bytes: Uint8Array, expected: Expected): Promise<TimeStamp> {
    const token = readToken(bytes);
    const { info, certificate } = token;
    checkImprint(token, expected.message);
    if (expected.nonce !== undefined && !sameBytes(unsigned(info.nonce), expected.nonce)) throw refused('otherNonce');
    if (certificate === undefined) throw refused('certificateMissing');
    checkSignature(token, certificate);
    checkNamed(token, certificate);
    checkPurpose(certificate);
    checkTime(certificate, info.genTime);
    if (expected.anchors !== undefined) await checkChain(token, certificate, expected.anchors);
    const { seconds = 0, millis = 0, micros = 0 } = info.accuracy ?? {};
    return {
        at: info.genTime.getTime(),
        accuracyMs: seconds * 1_000 + millis + micros / 1_000,
        serial: Buffer.from(unsigned(info.serialNumber)).toString('hex'),
        authority: nameOf(certificate),
    };
}

function checkImprint({ info }: ReadToken, message: Uint8Array): void {
    const { hashAlgorithm, hashedMessage } = info.messageImprint;
    const digest = DIGESTS[hashAlgorithm.algorithmId];
    if (digest === undefined || !sameBytes(hashOf(digest, message), new Uint8Array(hashedMessage.getValue())))
        throw refused('otherImprint');
}

/** RFC 5652, 5.4: what is signed are the attributes, and among them stand the digest and the type of the content. */
function checkSignature({ signer, content }: ReadToken, certificate: Cert): void {
    const digest = DIGESTS[signer.digestAlgorithm.algorithmId];
    const attributes = signer.signedAttrs;
    if (digest === undefined || attributes === undefined) throw refused('signature');
    const [type, hash] = [theOne(signer, ATTRIBUTE.contentType), theOne(signer, ATTRIBUTE.messageDigest)];
    if (!(type instanceof ObjectIdentifier) || type.getValue() !== ID_TST_INFO) throw refused('signature');
    if (!(hash instanceof OctetString) || !sameBytes(new Uint8Array(hash.getValue()), hashOf(digest, content)))
        throw refused('signature');
    const signed = new Uint8Array(attributes.encodedValue);
    if (!isSigned(signer, digest, signed, certificate)) throw refused('signature');
}

function isSigned(signer: ReadToken['signer'], digest: string, signed: Uint8Array, { node }: Cert): boolean {
    const signature = new Uint8Array(signer.signature.getValue());
    const { algorithmId, algorithmParams } = signer.signatureAlgorithm;
    const kind = SIGNATURES[algorithmId];
    // Of an algorithm that names a digest it must be the same.
    if (kind === undefined || (kind.digest ?? digest) !== digest) return false;
    try {
        const key = node.publicKey;
        if (!kind.keys.includes(key.asymmetricKeyType ?? '')) return false;
        if (kind.pss === true) {
            const { saltLength, hashAlgorithm } = new RSASSAPSSParams({ schema: algorithmParams });
            if (DIGESTS[hashAlgorithm.algorithmId] !== digest) return false;
            return verify(digest, signed, { key, padding: PSS_PADDING, saltLength }, signature);
        }
        return verify(key.asymmetricKeyType === 'ed25519' ? null : digest, signed, key, signature);
    } catch {
        // A key that is none, on no curve, or of parameters that nobody reads.
        return false;
    }
}

/** RSA_PKCS1_PSS_PADDING of OpenSSL. */
const PSS_PADDING = 6;
const SIGNATURES: Readonly<Record<string, { keys: readonly string[]; digest?: string; pss?: true }>> = {
    '1.2.840.113549.1.1.1': { keys: ['rsa'] },
    '1.2.840.113549.1.1.11': { keys: ['rsa'], digest: 'sha256' },
    '1.2.840.113549.1.1.12': { keys: ['rsa'], digest: 'sha384' },
    '1.2.840.113549.1.1.13': { keys: ['rsa'], digest: 'sha512' },
    '1.2.840.113549.1.1.10': { keys: ['rsa', 'rsa-pss'], pss: true },
    '1.2.840.10045.4.3.2': { keys: ['ec'], digest: 'sha256' },
    '1.2.840.10045.4.3.3': { keys: ['ec'], digest: 'sha384' },
    '1.2.840.10045.4.3.4': { keys: ['ec'], digest: 'sha512' },
    // RFC 8419: with SHA-512 as digest of the content.
    '1.3.101.112': { keys: ['ed25519'], digest: 'sha512' },
};

/** RFC 5816: the signed attributes name the certificate by its hash, so that no other with the same key can be put in its place. */
function checkNamed({ signer }: ReadToken, { node }: Cert): void {
    const v2 = theOne(signer, ATTRIBUTE.certificateV2);
    const first = v2 ?? theOne(signer, ATTRIBUTE.certificate);
    const parts = partsOf(partsOf(partsOf(first)[0])[0]);
    // ESSCertIDv2 begins with an algorithm unless that is SHA-256; ESSCertID is SHA-1 always.
    const [maybe, next] = parts;
    const named = maybe instanceof OctetString ? undefined : partsOf(maybe)[0];
    const algorithm = named instanceof ObjectIdentifier ? DIGESTS[named.getValue()] : v2 === undefined ? 'sha1' : 'sha256';
    const hash = maybe instanceof OctetString ? maybe : next;
    if (algorithm === undefined || !(hash instanceof OctetString)) throw refused('otherCertificate');
    if (!sameBytes(new Uint8Array(hash.getValue()), hashOf(algorithm, node.raw))) throw refused('otherCertificate');
}

/** RFC 3161, 2.3: one purpose, and whoever does not know it must not accept the certificate. */
function checkPurpose({ parsed }: Cert): void {
    const extension = parsed.extensions?.find((each) => each.extnID === '2.5.29.37');
    const purposes = extension?.parsedValue instanceof ExtKeyUsage ? extension.parsedValue.keyPurposes : [];
    if (extension?.critical !== true || purposes.length !== 1 || purposes[0] !== ID_TIME_STAMPING) throw refused('purpose');
}

function checkTime({ parsed }: Cert, at: Date): void {
    const params = {
        at: at.toISOString(),
        from: parsed.notBefore.value.toISOString(),
        until: parsed.notAfter.value.toISOString(),
    };
    if (at < parsed.notBefore.value) throw new DomainError('timeStamp.notYetValid', params);
    if (at > parsed.notAfter.value) throw new DomainError('timeStamp.expired', params);
}

/** RFC 5280, 6, at the time in the token. */
async function checkChain({ info, certificates }: ReadToken, certificate: Cert, anchors: readonly Cert[]): Promise<void> {
    const others = certificates.filter((each) => each !== certificate);
    const engine = new CertificateChainValidationEngine({
        trustedCerts: anchors.map((each) => each.parsed),
        // The last is the one that is asked about.
        certs: [...others, certificate].map((each) => each.parsed),
        checkDate: info.genTime,
    });
    // A certificate in between whose key is none makes the library throw.
    const { result, resultMessage } = await engine.verify().catch(() => ({ result: false, resultMessage: '' }));
    if (!result) throw new DomainError('timeStamp.notTrusted', { authority: nameOf(certificate), why: resultMessage ?? '' });
}

/** The one value of an attribute that stands among the signed ones once. */
function theOne({ signedAttrs }: ReadToken['signer'], type: string): unknown {
    const found = (signedAttrs?.attributes ?? []).filter((each) => each.type === type);
    return found.length === 1 && found[0]?.values.length === 1 ? found[0].values[0] : undefined;
}

const partsOf = (block: unknown): readonly unknown[] => {
    const { valueBlock } = (block ?? {}) as Partial<Sequence>;
    return valueBlock !== undefined && 'value' in valueBlock && Array.isArray(valueBlock.value) ? valueBlock.value : [];
};

const hashOf = (digest: string, bytes: Uint8Array): Uint8Array => new Uint8Array(createHash(digest).update(bytes).digest());

/** Without the zero that keeps a number positive. */
function unsigned(number: Integer | undefined): Uint8Array {
    const bytes = new Uint8Array(number?.valueBlock.valueHexView ?? []);
    return bytes[0] === 0 && bytes.length > 1 ? bytes.slice(1) : bytes;
}

/** The common name, or the whole name where there is none. */
const nameOf = ({ node }: Cert): string =>
    (/^CN=(.+)$/m.exec(node.subject)?.[1] ?? node.subject.replaceAll('\n', ', ')).slice(0, 200);

const refused = (why: string): DomainError => new DomainError(`timeStamp.${why}`);
