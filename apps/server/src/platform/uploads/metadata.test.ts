import { describe, expect, it } from 'vitest';
import { parseChecksum } from './checksum.ts';
import { parseMetadata } from './metadata.ts';

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

describe('metadata of an upload', () => {
    it('keeps the name byte for byte beside a harmless one to show', () => {
        const gbk = Buffer.from([0xd6, 0xb4, 0x00, 0xb7, 0xa8, 0x2e, 0x6d, 0x70, 0x34]);
        const parsed = parseMetadata(`filename ${base64(gbk)},deviceId ${base64('x')},empty`);
        expect(Buffer.from(parsed.fileName)).toEqual(gbk);
        expect(parsed.displayName).toBe('执\ufffd法.mp4');
        expect([...parsed.fields.keys()]).toEqual(['filename', 'deviceId', 'empty']);
        expect(parsed.fields.get('empty')).toHaveLength(0);
    });

    it('needs nothing', () => {
        expect(parseMetadata('')).toMatchObject({ displayName: 'unnamed', declaredSha256: undefined, requestId: undefined });
    });

    it.each([
        ['filename !!!', 'filename'],
        ['a b c', 'a'],
        ['a YQ==,a YQ==', 'a'],
        [`filename ${base64(new Uint8Array(4097))}`, 'filename'],
        [`sha256 ${base64('abc')}`, 'sha256'],
        [`requestId ${base64('1')}`, 'requestId'],
        ['käse YQ==', 'Upload-Metadata'],
        [`x ${'A'.repeat(12_000)}`, 'Upload-Metadata'],
    ])('refuses %.40s', (header, path) => {
        expect(() => parseMetadata(header)).toThrowError(
            expect.objectContaining({ code: 'upload.metadataInvalid', params: { path } }),
        );
    });

    it('reads the checksum of a request', () => {
        expect(parseChecksum(undefined)).toBeNull();
        expect(parseChecksum(`sha1 ${base64(new Uint8Array(20))}`)).toEqual({ algorithm: 'sha1', digest: new Uint8Array(20) });
        for (const wrong of ['', 'sha1', `crc32 ${base64('abcd')}`, `md5 ${base64(new Uint8Array(20))}`]) {
            expect(() => parseChecksum(wrong)).toThrowError(expect.objectContaining({ code: 'upload.metadataInvalid' }));
        }
    });
});
