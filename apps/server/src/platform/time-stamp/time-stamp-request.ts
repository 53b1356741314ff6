import { createHash, randomBytes } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs';

export const SHA256_OID = '2.16.840.1.101.3.4.2.1';

/** A question to a time-stamp authority (RFC 3161, 2.4.1), and what its answer must repeat. */
export type TimeStampRequest = { readonly bytes: Uint8Array; readonly nonce: Uint8Array };

/** Asks about the SHA-256 of `message`, with a nonce of 8 bytes, and for the authority's certificate. */
export function timeStampRequest(message: Uint8Array): TimeStampRequest {
    const nonce = positive(randomBytes(8));
    const hashedMessage = new OctetString({ valueHex: exactly(createHash('sha256').update(message).digest()) });
    const request = new TimeStampReq({
        version: 1,
        messageImprint: new MessageImprint({
            hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256_OID, algorithmParams: new Null() }),
            hashedMessage,
        }),
        nonce: new Integer({ valueHex: exactly(nonce) }),
        certReq: true,
    });
    return { bytes: new Uint8Array(request.toSchema().toBER(false)), nonce };
}

/** DER writes a number in as few bytes as it takes; one that begins with 01 to 7f is positive and needs no more. */
function positive(bytes: Uint8Array): Uint8Array {
    const [first = 0] = bytes;
    bytes[0] = (first & 0x7f) | 0x01;
    return bytes;
}

/** The bytes alone: a Buffer may be a view of a larger pool. */
export const exactly = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
