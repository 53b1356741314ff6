import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecodeName, displayName, MAX_DISPLAY_NAME, UNNAMED } from './file-name.ts';

const decode: DecodeName = (bytes, encoding) => {
    try {
        return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        return undefined;
    }
};
const named = (text: string): string => displayName(new TextEncoder().encode(text), decode);

describe('display name', () => {
    it.each([
        ['执法现场.mp4', '执法现场.mp4'],
        ['../../etc/passwd', 'passwd'],
        ['..\\..\\windows\\x.mp4', 'x.mp4'],
        ['C:\\DCIM\\100MEDIA\\', '100MEDIA'],
        ['a\0b.mp4', 'a\ufffdb.mp4'],
        ['line\r\nbreak.mp4', 'line\ufffd\ufffdbreak.mp4'],
        ['evidence\u202e4pm.exe', 'evidence4pm.exe'],
        ['a\u200bb\u2066c\u2069.mp4', 'abc.mp4'],
        ['e\u0301te\u0301.mp4', 'été.mp4'],
        ['  spaced .mp4  ', 'spaced .mp4'],
        ['', UNNAMED],
        ['/', UNNAMED],
        ['..', UNNAMED],
        ['\u202e\u200b', UNNAMED],
        ['.mp4', '.mp4'],
    ])('of %j is %j', (name, shown) => {
        expect(named(name)).toBe(shown);
    });

    it('reads GBK as recorders write it, also where its second byte is a backslash', () => {
        // 执法.mp4 in GBK; then 乗 (0x81 0x5C), whose second byte alone would be a path separator.
        expect(displayName(Uint8Array.of(0xd6, 0xb4, 0xb7, 0xa8, 0x2e, 0x6d, 0x70, 0x34), decode)).toBe('执法.mp4');
        expect(displayName(Uint8Array.of(0x81, 0x5c, 0x2e, 0x6d, 0x70, 0x34), decode)).toBe('乗.mp4');
    });

    it('keeps the readable part of bytes in no known encoding', () => {
        expect(displayName(Uint8Array.of(0x61, 0xff, 0xff, 0x62), decode)).toBe('a\ufffd\ufffdb');
    });

    it('shortens a 300-character name and keeps the extension', () => {
        const shown = named(`${'长'.repeat(296)}.mp4`);
        expect([...shown]).toHaveLength(MAX_DISPLAY_NAME);
        expect(shown.endsWith('长….mp4')).toBe(true);
        expect([...named('x'.repeat(300))]).toHaveLength(MAX_DISPLAY_NAME);
    });

    it('is always a harmless NFC component of bounded length, and stays so', () => {
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.uint8Array({ maxLength: 1200 }),
                    fc.string({ unit: 'binary', maxLength: 400 }).map((s) => new TextEncoder().encode(s)),
                ),
                (bytes) => {
                    const shown = displayName(bytes, decode);
                    expect(shown).not.toMatch(/^$|^\.+$|[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
                    expect(shown.normalize('NFC')).toBe(shown);
                    expect(shown.isWellFormed()).toBe(true);
                    expect([...shown].length).toBeLessThanOrEqual(MAX_DISPLAY_NAME);
                    expect(named(shown)).toBe(shown);
                },
            ),
        );
    });
});
