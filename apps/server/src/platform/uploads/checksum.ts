import { DomainError } from '@liuhen/domain';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from '../hashing/protocol.ts';

export type Checksum = { readonly algorithm: ChecksumAlgorithm; readonly digest: Uint8Array };

const LENGTH: Record<ChecksumAlgorithm, number> = { sha1: 20, sha256: 32, md5: 16 };

const isAlgorithm = (name: string): name is ChecksumAlgorithm => (CHECKSUM_ALGORITHMS as readonly string[]).includes(name);

/** Reads `Upload-Checksum: sha1 <base64>` (tus 1.0, Checksum). Throws `upload.metadataInvalid` for any other text. */
export function parseChecksum(header: string | undefined): Checksum | null {
    if (header === undefined) return null;
    const [name = '', value = '', ...rest] = header.trim().split(' ');
    const digest = new Uint8Array(Buffer.from(value, 'base64'));
    if (!isAlgorithm(name) || rest.length > 0 || digest.length !== LENGTH[name]) {
        throw new DomainError('upload.metadataInvalid', { path: 'Upload-Checksum' });
    }
    return { algorithm: name, digest };
}
