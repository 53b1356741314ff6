import { sameBytes } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { Instant } from '../../kernel/instant.ts';
import { authorityOf, type Certificate, hasUnknown, purposesOf } from './certificate.ts';
import { type CertificateCrypto, schemeOf } from './signature-algorithm.ts';

export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const ANY_PURPOSE = '2.5.29.37.0';
/** Most certificates from the first to one that is believed, and most signatures that are checked on the way. */
const MOST_STEPS = 8;
const MOST_CHECKS = 30;

export type ChainOf = { readonly anchors: readonly Certificate[]; readonly others: readonly Certificate[]; readonly at: Instant };

/**
 * Whether a certificate leads, over `others`, to one that is believed: each signed by the next, which may issue, is valid at that time, and
 * asks for nothing that is not understood here (RFC 5280, 6, without policies, constraints of names and revocation).
 */
export async function leadsTo(
    certificate: Certificate,
    { anchors, others, at }: ChainOf,
    crypto: CertificateCrypto,
): Promise<boolean> {
    let checks = 0;
    const lead = async (from: Certificate, step: number): Promise<boolean> => {
        if (anchors.some((each) => sameBytes(each.raw, from.raw))) return true;
        if (step >= MOST_STEPS) return false;
        for (const issuer of [...anchors, ...others]) {
            if (!sameBytes(issuer.subject, from.issuer) || !mayIssueAt(issuer, at, step)) continue;
            checks += 1;
            if (checks > MOST_CHECKS) return false;
            if ((await isIssuedBy(from, issuer, crypto)) && (await lead(issuer, step + 1))) return true;
        }
        return false;
    };
    return lead(certificate, 0);
}

/** `below` counts the authorities between this one and the certificate that is asked about. */
function mayIssueAt(issuer: Certificate, at: Instant, below: number): boolean {
    return orRefused(() => {
        const authority = authorityOf(issuer);
        const purposes = purposesOf(issuer)?.purposes;
        const fit = purposes === undefined || purposes.includes(TIME_STAMPING) || purposes.includes(ANY_PURPOSE);
        const inTime = issuer.notBefore <= at && at <= issuer.notAfter;
        return authority.mayIssue && below <= authority.below && fit && inTime && !hasUnknown(issuer);
    });
}

async function isIssuedBy(certificate: Certificate, issuer: Certificate, crypto: CertificateCrypto): Promise<boolean> {
    let scheme: ReturnType<typeof schemeOf>;
    orRefused(() => {
        scheme = schemeOf(certificate.algorithm, issuer.publicKey);
        return true;
    });
    return scheme !== undefined && crypto.verify(scheme, issuer.publicKey, certificate.signed, certificate.signature);
}

/** What cannot be read issues nothing: another certificate of the same name still may. */
function orRefused(decide: () => boolean): boolean {
    try {
        return decide();
    } catch (error) {
        if (error instanceof DomainError) return false;
        throw error;
    }
}
