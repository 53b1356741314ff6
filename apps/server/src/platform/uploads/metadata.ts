import { type DecodeName, DomainError, displayName, MAX_NAME_BYTES } from '@liuhen/domain';

/** What a client said about a file: the bytes of each value as sent, never trusted, never a path. */
export type UploadMetadata = {
    /** Original name, byte for byte; empty when none was given. */
    readonly fileName: Uint8Array;
    readonly displayName: string;
    /** Digest the client computed itself, lower-case hex. */
    readonly declaredSha256: string | undefined;
    /** Makes a repeated creation return the same upload. */
    readonly requestId: string | undefined;
    /** Every value by its key, `filename` and the others above included. */
    readonly fields: ReadonlyMap<string, Uint8Array>;
};

const MAX_HEADER = 12_000;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const KEY = /^[\x21-\x2b\x2d-\x7e]{1,64}$/;
const SHA256 = /^[0-9a-fA-F]{64}$/;
const REQUEST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const invalid = (path: string): DomainError => new DomainError('upload.metadataInvalid', { path });

/**
 * Reads an `Upload-Metadata` header (tus 1.0, Creation). The library decodes values as UTF-8 and so loses GBK names;
 * here they stay bytes. Throws `upload.metadataInvalid {path}` where `path` is the key at fault.
 */
export function parseMetadata(header: string): UploadMetadata {
    if (header.length > MAX_HEADER) throw invalid('Upload-Metadata');
    const fields = new Map<string, Uint8Array>();
    for (const pair of header.trim() === '' ? [] : header.split(',')) {
        const [key = '', value = '', ...rest] = pair.trim().split(' ');
        if (!KEY.test(key) || fields.has(key) || rest.length > 0) throw invalid(KEY.test(key) ? key : 'Upload-Metadata');
        if (!BASE64.test(value)) throw invalid(key);
        fields.set(key, new Uint8Array(Buffer.from(value, 'base64')));
    }
    const fileName = fields.get('filename') ?? new Uint8Array(0);
    if (fileName.length > MAX_NAME_BYTES) throw invalid('filename');
    return {
        fileName,
        displayName: displayName(fileName, decodeName),
        declaredSha256: matching(fields, 'sha256', SHA256),
        requestId: matching(fields, 'requestId', REQUEST_ID),
        fields,
    };
}

function matching(fields: ReadonlyMap<string, Uint8Array>, key: string, pattern: RegExp): string | undefined {
    const bytes = fields.get(key);
    if (bytes === undefined || bytes.length === 0) return undefined;
    const text = Buffer.from(bytes).toString('latin1');
    if (!pattern.test(text)) throw invalid(key);
    return text.toLowerCase();
}

/** Strict decoders for names of files. */
export const decodeName: DecodeName = (bytes, encoding) => {
    try {
        return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        return undefined;
    }
};
