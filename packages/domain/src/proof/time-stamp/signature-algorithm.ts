import { concatBytes } from '../../kernel/bytes.ts';
import { DER, type Der, integerOf, oidOf, readDer, readParts, tagged, unreadable } from './der.ts';

export type DigestName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';
/** An algorithm as a file names it, with its parameters where there are any. */
export type AlgorithmId = { readonly oid: string; readonly parameters: Der | undefined };

/** How a signature is to be checked, in the words of WebCrypto. Signatures of ECDSA are both numbers, one after the other. */
export type SignatureScheme =
    | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly digest: DigestName }
    | { readonly name: 'RSA-PSS'; readonly digest: DigestName; readonly saltLength: number }
    | { readonly name: 'ECDSA'; readonly digest: DigestName; readonly curve: 'P-256' | 'P-384' | 'P-521' }
    | { readonly name: 'Ed25519' };

/** Digests and signatures of the machine, for certificates of others: few algorithms, none of them ours to choose. */
export type CertificateCrypto = {
    digest(name: DigestName, bytes: Uint8Array): Promise<Uint8Array>;
    /** `publicKey` is SubjectPublicKeyInfo in DER. False for a wrong signature and for a key that is none. */
    verify(scheme: SignatureScheme, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
};

const DIGESTS: Readonly<Record<string, DigestName>> = {
    '2.16.840.1.101.3.4.2.1': 'SHA-256',
    '2.16.840.1.101.3.4.2.2': 'SHA-384',
    '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
const SIGNATURES: Readonly<Record<string, { key: 'rsa' | 'ec'; digest?: DigestName }>> = {
    '1.2.840.113549.1.1.1': { key: 'rsa' },
    '1.2.840.113549.1.1.11': { key: 'rsa', digest: 'SHA-256' },
    '1.2.840.113549.1.1.12': { key: 'rsa', digest: 'SHA-384' },
    '1.2.840.113549.1.1.13': { key: 'rsa', digest: 'SHA-512' },
    '1.2.840.10045.4.3.2': { key: 'ec', digest: 'SHA-256' },
    '1.2.840.10045.4.3.3': { key: 'ec', digest: 'SHA-384' },
    '1.2.840.10045.4.3.4': { key: 'ec', digest: 'SHA-512' },
};
const PSS = '1.2.840.113549.1.1.10';
const ED25519 = '1.3.101.112';
const RSA_KEY = '1.2.840.113549.1.1.1';
const EC_KEY = '1.2.840.10045.2.1';
const CURVES: Readonly<Record<string, { curve: 'P-256' | 'P-384' | 'P-521'; bytes: number }>> = {
    '1.2.840.10045.3.1.7': { curve: 'P-256', bytes: 32 },
    '1.3.132.0.34': { curve: 'P-384', bytes: 48 },
    '1.3.132.0.35': { curve: 'P-521', bytes: 66 },
};
const MGF1 = '1.2.840.113549.1.1.8';

export function readAlgorithm(der: Der): AlgorithmId {
    const parts = readParts(der, DER.sequence);
    const oid = oidOf(parts.take(DER.oid));
    // Absent, NULL, or a structure of the algorithm.
    let parameters: Der | undefined;
    for (const tag of [0x05, DER.sequence, DER.oid]) parameters ??= parts.maybe(tag);
    parts.end();
    return { oid, parameters };
}

/** SHA-2 only: what is older is believed by nobody. */
export const digestNamed = ({ oid }: AlgorithmId): DigestName | undefined => DIGESTS[oid];

/**
 * How this signature by this key is checked; `undefined` where nobody here can, or where the two do not belong together. `digest` is
 * the one of the signed attributes, which a certificate does not have: there the algorithm itself must name one.
 */
export function schemeOf(algorithm: AlgorithmId, publicKey: Uint8Array, digest?: DigestName): SignatureScheme | undefined {
    const key = readAlgorithm(readParts(readDer(publicKey), DER.sequence).take(DER.sequence));
    if (algorithm.oid === ED25519)
        return key.oid === ED25519 && (digest ?? 'SHA-512') === 'SHA-512' ? { name: 'Ed25519' } : undefined;
    if (algorithm.oid === PSS) return key.oid === RSA_KEY ? pssOf(algorithm, digest) : undefined;
    const kind = SIGNATURES[algorithm.oid];
    const named = kind?.digest ?? digest;
    // Of an algorithm that names a digest it must be the same.
    if (kind === undefined || named === undefined || (digest !== undefined && named !== digest)) return undefined;
    if (kind.key === 'rsa') return key.oid === RSA_KEY ? { name: 'RSASSA-PKCS1-v1_5', digest: named } : undefined;
    const curve = key.oid === EC_KEY && key.parameters?.tag === DER.oid ? CURVES[oidOf(key.parameters)]?.curve : undefined;
    return curve === undefined ? undefined : { name: 'ECDSA', digest: named, curve };
}

/** RFC 4055, 3.1: what is left out stands for SHA-1, and that is not accepted. */
function pssOf({ parameters }: AlgorithmId, digest: DigestName | undefined): SignatureScheme | undefined {
    if (parameters === undefined) return undefined;
    const parts = readParts(parameters, DER.sequence);
    const inside = (number: number) => {
        const wrapped = parts.maybe(tagged(number));
        return wrapped === undefined ? undefined : readParts(wrapped, tagged(number));
    };
    const hash = inside(0)?.take(DER.sequence);
    const mask = inside(1)?.take(DER.sequence);
    const salt = inside(2)?.take(DER.integer);
    const trailer = inside(3)?.take(DER.integer);
    parts.end();
    if (hash === undefined || mask === undefined || (trailer !== undefined && integerOf(trailer) !== 1n)) return undefined;
    const named = digestNamed(readAlgorithm(hash));
    const { oid, parameters: masked } = readAlgorithm(mask);
    const maskDigest = masked?.tag === DER.sequence ? digestNamed(readAlgorithm(masked)) : undefined;
    const saltLength = salt === undefined ? 20 : Number(integerOf(salt));
    if (named === undefined || oid !== MGF1 || maskDigest !== named || (digest !== undefined && named !== digest))
        return undefined;
    return saltLength < 0 || saltLength > 512 ? undefined : { name: 'RSA-PSS', digest: named, saltLength };
}

/** A signature of ECDSA from its DER to both numbers, each in as many bytes as the curve has. */
export function ecdsaNumbers(signature: Uint8Array, curve: 'P-256' | 'P-384' | 'P-521'): Uint8Array {
    const bytes = Object.values(CURVES).find((each) => each.curve === curve)?.bytes ?? 0;
    const parts = readParts(readDer(signature), DER.sequence);
    const numbers = [parts.take(DER.integer), parts.take(DER.integer)].map(({ value }) => {
        const [first = 0, second = 0] = value;
        const zero = first === 0 && value.length > 1;
        if (first >= 0x80 || (zero && second < 0x80)) throw unreadable('integer');
        const short = zero ? value.subarray(1) : value;
        if (short.length < 1 || short.length > bytes) throw unreadable('integer');
        return concatBytes(new Uint8Array(bytes - short.length), short);
    });
    parts.end();
    return concatBytes(...numbers);
}
