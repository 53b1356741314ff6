import { sameBytes } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { toHex } from '../../kernel/hex.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type Certificate, hasUnknown, maySign, purposesOf } from './certificate.ts';
import { leadsTo, TIME_STAMPING } from './certificate-chain.ts';
import { DER, type Der, oidOf, partsOf } from './der.ts';
import { type CertificateCrypto, type DigestName, digestNamed, readAlgorithm, schemeOf } from './signature-algorithm.ts';
import { readTimeStamp, type TimeStampToken, TST_INFO } from './time-stamp-token.ts';

/** What a time-stamp says that holds. */
export type TimeStampVerdict = {
    readonly at: Instant;
    /** How far off that may be, in milliseconds. */
    readonly accuracyMs: number;
    /** Name of the authority, from its certificate, and the number of the token there in hex. */
    readonly authority: string;
    readonly serial: string;
    /** Whether its certificate leads to one of the believed ones. */
    readonly believed: boolean;
};

const ATTRIBUTE = {
    contentType: '1.2.840.113549.1.9.3',
    messageDigest: '1.2.840.113549.1.9.4',
    certificate: '1.2.840.113549.1.9.16.2.12',
    certificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/**
 * Verifies the answer of a time-stamp authority about `message` (RFC 3161, 2.4.2; RFC 5652, 5.4 and 5.6; RFC 5816; RFC 5280, 6), all of it
 * at the time that the token says. `anchors` are certificates that are believed. Throws `timeStamp.unreadable`, `.refused`, `.otherImprint`,
 * `.certificateMissing`, `.signature`, `.otherCertificate`, `.purpose`, `.notYetValid`, `.expired`.
 */
export async function verifyTimeStamp(
    bytes: Uint8Array,
    { message, anchors }: { message: Uint8Array; anchors: readonly Certificate[] },
    crypto: CertificateCrypto,
): Promise<TimeStampVerdict> {
    const token = readTimeStamp(bytes);
    const { info, certificate } = token;
    const imprint = digestNamed(info.imprint.algorithm);
    if (imprint === undefined || !sameBytes(await crypto.digest(imprint, message), info.imprint.digest))
        throw refused('otherImprint');
    if (certificate === undefined) throw refused('certificateMissing');
    await checkSignature(token, certificate, crypto);
    await checkNamed(token, certificate, crypto);
    checkPurpose(certificate);
    if (info.at < certificate.notBefore) throw refused('notYetValid');
    if (info.at > certificate.notAfter) throw refused('expired');
    const others = token.certificates.filter((each) => each !== certificate);
    return {
        at: info.at,
        accuracyMs: info.accuracyMs,
        authority: certificate.name,
        serial: toHex(info.serial),
        believed: await leadsTo(certificate, { anchors, others, at: info.at }, crypto),
    };
}

/** RFC 5652, 5.4: what is signed are the attributes, and among them stand the digest and the type of the content. */
async function checkSignature({ signer, content }: TimeStampToken, certificate: Certificate, crypto: CertificateCrypto) {
    const digest = digestNamed(signer.digest);
    const type = signer.attributes.get(ATTRIBUTE.contentType);
    const hash = signer.attributes.get(ATTRIBUTE.messageDigest);
    if (digest === undefined || type?.tag !== DER.oid || oidOf(type) !== TST_INFO || hash?.tag !== DER.octetString)
        throw refused('signature');
    if (!sameBytes(hash.value, await crypto.digest(digest, content))) throw refused('signature');
    const scheme = schemeOf(signer.algorithm, certificate.publicKey, digest);
    if (scheme === undefined || !(await crypto.verify(scheme, certificate.publicKey, signer.signed, signer.signature)))
        throw refused('signature');
}

/** RFC 5816: the signed attributes name the certificate by its hash, so that no other with the same key can be put in its place. */
async function checkNamed({ signer }: TimeStampToken, { raw }: Certificate, crypto: CertificateCrypto): Promise<void> {
    const v2 = signer.attributes.get(ATTRIBUTE.certificateV2);
    const named = firstOf(firstOf(v2 ?? signer.attributes.get(ATTRIBUTE.certificate)));
    if (named?.tag !== DER.sequence) throw refused('otherCertificate');
    const [first, second] = partsOf(named);
    // ESSCertIDv2 begins with an algorithm unless that is SHA-256; ESSCertID is SHA-1 always.
    const algorithm: DigestName | undefined =
        first?.tag === DER.sequence ? digestNamed(readAlgorithm(first)) : v2 === undefined ? 'SHA-1' : 'SHA-256';
    const hash = first?.tag === DER.sequence ? second : first;
    if (algorithm === undefined || hash?.tag !== DER.octetString) throw refused('otherCertificate');
    if (!sameBytes(hash.value, await crypto.digest(algorithm, raw))) throw refused('otherCertificate');
}

const firstOf = (der: Der | undefined): Der | undefined => (der?.tag === DER.sequence ? partsOf(der)[0] : undefined);

/** RFC 3161, 2.3: one purpose, and whoever does not know it must not accept the certificate. */
function checkPurpose(certificate: Certificate): void {
    const found = purposesOf(certificate);
    const alone = found?.purposes.length === 1 && found.purposes[0] === TIME_STAMPING;
    if (found?.critical !== true || !alone || !maySign(certificate) || hasUnknown(certificate)) throw refused('purpose');
}

const refused = (why: string): DomainError => new DomainError(`timeStamp.${why}`);
