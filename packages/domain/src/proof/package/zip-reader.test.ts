import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8Bytes } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type ZipFile, zipOf } from './golden/make-zip.ts';
import { isPackagePath } from './package-paths.ts';
import { readZip } from './zip-reader.ts';

const access = (bytes: Uint8Array) => ({
    size: bytes.length,
    async read(offset: number, length: number) {
        if (offset < 0 || offset + length > bytes.length) throw new Error(`read outside: ${offset} ${length}`);
        return bytes.slice(offset, offset + length);
    },
});

/** What is read, or the code of the refusal; anything else that is thrown is a bug. */
async function outcome(bytes: Uint8Array): Promise<Record<string, string> | string> {
    try {
        const files = await readZip(access(bytes));
        const read: Record<string, string> = {};
        for (const path of files.paths) {
            read[path] = '';
            for await (const piece of files.read(path)) read[path] += Buffer.from(piece).toString('latin1');
        }
        return read;
    } catch (error) {
        if (error instanceof DomainError) return error.code;
        throw error;
    }
}

const a: ZipFile = { name: 'a.txt', bytes: utf8Bytes('first') };
const b: ZipFile = { name: 'content/b.mp4', bytes: utf8Bytes('second one') };
const read = { 'a.txt': 'first', 'content/b.mp4': 'second one' };

describe('a ZIP of a package', () => {
    it('is read with and without ZIP64', async () => {
        expect(await outcome(zipOf([a, b]))).toEqual(read);
        expect(await outcome(zipOf([a, b], { wide: true }))).toEqual(read);
        expect(await outcome(zipOf([]))).toBe('zip.notZip');
    });

    it.each([
        ['compressed', [{ ...a, method: 8 }], 'zip.compressed'],
        ['encrypted', [{ ...a, flags: 0x0801 }], 'zip.encrypted'],
        ['with sizes behind the bytes', [{ ...a, flags: 0x0808 }], 'zip.dataDescriptor'],
        ['with a name twice', [a, a], 'zip.duplicate'],
        ['with a name out of the folder', [{ ...a, name: '../a' }], 'zip.name'],
        ['with an absolute name', [{ ...a, name: '/a' }], 'zip.name'],
        ['with a drive', [{ ...a, name: 'C:/a' }], 'zip.name'],
        ['with a backslash', [{ ...a, name: 'a\\b' }], 'zip.name'],
        ['with a NUL', [{ ...a, name: 'a\0.txt' }], 'zip.name'],
        ['with a folder of its own', [{ name: 'content/', bytes: new Uint8Array(0) }], 'zip.name'],
        ['whose local name differs', [{ ...a, localName: 'b.txt' }], 'zip.headersDiffer'],
        ['whose local size differs', [{ ...a, localSize: 4 }], 'zip.headersDiffer'],
        ['whose local sum differs', [{ ...a, localCrc: 1 }], 'zip.headersDiffer'],
        ['whose files overlap', [a, { ...b, offset: 0 }], 'zip.overlap'],
        ['with a remark on a file', [{ ...a, comment: 'x' }], 'zip.malformed'],
    ] as const)('%s is refused', async (_, files, code) => {
        expect(await outcome(zipOf(files))).toBe(code);
        expect(await outcome(zipOf(files, { wide: true }))).toBe(code);
    });

    it('with anything before, between or behind is refused', async () => {
        const sound = zipOf([a, b]);
        expect(await outcome(concatBytes(sound, utf8Bytes('x')))).toBe('zip.trailing');
        expect(await outcome(zipOf([a, b], { comment: 'more' }))).toBe('zip.trailing');
        expect(await outcome(zipOf([a, b], { gap: 1 }))).toBe('zip.malformed');
        expect(await outcome(concatBytes(utf8Bytes('MZ..'), sound))).toBe('zip.notZip');
        expect(await outcome(new Uint8Array(0))).toBe('zip.notZip');
    });

    it.each([false, true])('cut short anywhere is refused (ZIP64: %s)', async (wide) => {
        const sound = zipOf([a, b], { wide });
        for (let length = 0; length < sound.length; length++)
            expect(await outcome(sound.subarray(0, length))).toMatch(/^zip\.(notZip|truncated|malformed|trailing)$/);
    });

    it('of any files is read as they are', async () => {
        const name = fc.stringMatching(/^[a-z0-9]{1,8}(\/[a-z0-9]{1,8}){0,2}$/).filter(isPackagePath);
        const file = fc.record({ name, bytes: fc.uint8Array({ maxLength: 50 }) });
        await fc.assert(
            fc.asyncProperty(
                fc.uniqueArray(file, { selector: (each) => each.name, minLength: 1, maxLength: 6 }),
                fc.boolean(),
                async (files, wide) => {
                    const expected = Object.fromEntries(
                        files.map((each) => [each.name, Buffer.from(each.bytes).toString('latin1')]),
                    );
                    expect(await outcome(zipOf(files, { wide }))).toEqual(expected);
                },
            ),
        );
    });

    it('with any bytes changed is refused or has only proper names, and is never read outside itself', async () => {
        for (const wide of [false, true]) {
            const sound = zipOf([a, b], { wide });
            await fc.assert(
                fc.asyncProperty(
                    fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
                    async (changes) => {
                        const spoilt = sound.slice();
                        for (const [at, byte] of changes) spoilt[at] = byte;
                        const found = await outcome(spoilt);
                        if (typeof found !== 'string') expect(Object.keys(found).every(isPackagePath)).toBe(true);
                    },
                ),
                { numRuns: 500 },
            );
        }
    });
});
