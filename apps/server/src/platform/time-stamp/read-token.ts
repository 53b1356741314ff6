import { X509Certificate } from 'node:crypto';
import { DomainError } from '@liuhen/domain';
import { type BaseBlock, fromBER, OctetString } from 'asn1js';
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo, TimeStampResp, TSTInfo } from 'pkijs';
import { exactly } from './time-stamp-request.ts';

const ID_SIGNED_DATA = '1.2.840.113549.1.7.2';
const ID_TST_INFO = '1.2.840.113549.1.9.16.1.4';

/** A certificate in both forms: node checks signatures, the parsed one has the extensions. */
export type Cert = { readonly node: X509Certificate; readonly parsed: Certificate };

/** A time-stamp token taken apart (RFC 3161, 2.4.2): nothing of it has been verified. */
export type ReadToken = {
    readonly info: TSTInfo;
    /** The signed bytes of `info`. */
    readonly content: Uint8Array;
    readonly signer: SignerInfo;
    /** Of whoever signed, as the token names it; absent when the token holds no certificate that fits. */
    readonly certificate: Cert | undefined;
    readonly certificates: readonly Cert[];
};

/**
 * Takes an answer apart: the token of one that grants. Throws `timeStamp.refused {status, why}` for one that does not, and
 * `timeStamp.unreadable`.
 */
export function tokenOfResponse(bytes: Uint8Array): Uint8Array {
    const { status, timeStampToken } = orUnreadable(() => TimeStampResp.fromBER(exactly(bytes)));
    // granted, grantedWithMods
    if (status.status !== 0 && status.status !== 1) {
        const why = (status.statusStrings ?? []).map((each) => each.valueBlock.value).join(' ');
        throw new DomainError('timeStamp.refused', { status: status.status, why: why.slice(0, 200) });
    }
    if (timeStampToken === undefined) throw unreadable();
    return new Uint8Array(timeStampToken.toSchema().toBER(false));
}

/** Throws `timeStamp.unreadable` for anything but one signed TSTInfo by one signer. */
export function readToken(bytes: Uint8Array): ReadToken {
    return orUnreadable(() => {
        const content = new ContentInfo({ schema: whole(bytes) });
        if (content.contentType !== ID_SIGNED_DATA) throw unreadable();
        const signed = new SignedData({ schema: content.content });
        const inside = signed.encapContentInfo.eContent;
        const [signer] = signed.signerInfos;
        if (signed.encapContentInfo.eContentType !== ID_TST_INFO || !(inside instanceof OctetString)) throw unreadable();
        // RFC 3161, 2.4.2: the signature of the authority, and no other.
        if (signer === undefined || signed.signerInfos.length !== 1) throw unreadable();
        const octets = new Uint8Array(inside.getValue());
        const info = new TSTInfo({ schema: whole(octets) });
        if (info.version !== 1) throw unreadable();
        const certificates = (signed.certificates ?? []).filter((each) => each instanceof Certificate).map(certOf);
        return { info, content: octets, signer, certificate: certificates.find((each) => isBy(signer, each)), certificates };
    });
}

export const certOf = (parsed: Certificate): Cert => ({
    parsed,
    node: new X509Certificate(Buffer.from(parsed.toSchema(true).toBER(false))),
});

/** Certificates in a PEM file, one after the other. Throws `timeStamp.rootsUnreadable` where there is none. */
export function certificatesIn(pem: string): Cert[] {
    const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    try {
        if (found.length === 0) throw new Error('no certificate');
        return found.map((each) => {
            const node = new X509Certificate(each);
            return { node, parsed: new Certificate({ schema: whole(node.raw) }) };
        });
    } catch (cause) {
        throw new DomainError('timeStamp.rootsUnreadable', {}, { cause });
    }
}

/** A signer is named by issuer and serial number, or by the identifier of the key. */
function isBy({ sid }: SignerInfo, { parsed }: Cert): boolean {
    if (sid instanceof IssuerAndSerialNumber)
        return parsed.issuer.isEqual(sid.issuer) && parsed.serialNumber.isEqual(sid.serialNumber);
    const identifier = parsed.extensions?.find((each) => each.extnID === '2.5.29.14')?.parsedValue;
    return identifier instanceof OctetString && sid instanceof OctetString && identifier.isEqual(sid);
}

/** One value, and nothing behind it. */
function whole(bytes: Uint8Array): BaseBlock {
    const { offset, result } = fromBER(exactly(bytes));
    if (offset !== bytes.length) throw unreadable();
    return result as BaseBlock;
}

function orUnreadable<T>(read: () => T): T {
    try {
        return read();
    } catch (cause) {
        if (cause instanceof DomainError) throw cause;
        throw new DomainError('timeStamp.unreadable', {}, { cause });
    }
}

const unreadable = (): DomainError => new DomainError('timeStamp.unreadable');
