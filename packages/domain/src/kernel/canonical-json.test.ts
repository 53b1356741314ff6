import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from './bytes.ts';
import { CANONICAL_DEPTH, canonicalBytes, canonicalJson, parseCanonical } from './canonical-json.ts';
import { DomainError } from './domain-error.ts';
import { fromHex, toHex } from './hex.ts';

const refusal = (attempt: () => unknown): { code: string; params: object } => {
    try {
        attempt();
    } catch (error) {
        if (error instanceof DomainError) return { code: error.code, params: error.params };
        throw error;
    }
    throw new Error('nothing was refused');
};
const read = (text: string) => parseCanonical(utf8Bytes(text));
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((each) => each.normalize('NFC'));
const anyValue = fc.letrec((tie) => ({
    value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        text,
        fc.maxSafeInteger().map((n) => n + 0),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
    ),
})).value;

describe('canonical JSON', () => {
    it('writes what RFC 8785 §3.2.3 sorts, with the escapes of §3.2.2.2', () => {
        const sorted = canonicalJson({
            '\u20ac': 'Euro Sign',
            '\r': 'Carriage Return',
            '1': 'One',
            '\ud83d\ude00': 'Emoji: Grinning Face',
            '\u0080': 'Control',
            '\u00f6': 'Latin Small Letter O With Diaeresis',
        });
        expect(sorted).toBe(
            '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
                '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face"}',
        );
        expect(toHex(canonicalBytes('\u20ac$\u000f\nA\'B"\\\\"/'))).toBe('22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f22');
        expect(canonicalJson('\b\t\n\f\r\u0000\u001f\u007f\u2028/')).toBe('"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028/"');
    });

    it('sorts members by UTF-16 code units, not by code points', () => {
        // RFC 8785 shows U+FB33 here, which is not NFC; U+FFEE stands in the same place.
        expect(refusal(() => canonicalJson({ '\ufb33': 1 })).code).toBe('canonical.notNfc');
        expect(canonicalJson({ '\uffee': 1, '\ud83d\ude00': 2 })).toBe('{"\ud83d\ude00":2,"\uffee":1}');
    });

    it('takes a character exactly where it is well-formed and NFC, alone and behind another', () => {
        const refused = (given: string) => {
            try {
                canonicalJson(given);
                return false;
            } catch {
                return true;
            }
        };
        const wrong: string[] = [];
        for (let unit = 0; unit < 0x10000; unit++)
            for (const before of ['', 'e', '\u4e2d']) {
                const given = before + String.fromCharCode(unit);
                const sound = given.isWellFormed() && given === given.normalize('NFC');
                if (refused(given) === sound) wrong.push(`${before} ${unit.toString(16)}`);
            }
        expect(wrong).toEqual([]);
    });

    it('writes the largest integers in full', () => {
        expect(canonicalJson([0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])).toBe(
            '[0,-1,9007199254740991,-9007199254740991]',
        );
    });

    it.each<[unknown, string, string]>([
        [{ a: [1, null] }, 'canonical.null', '$.a[1]'],
        [{ a: undefined }, 'canonical.undefined', '$.a'],
        [new Array(1), 'canonical.undefined', '$[0]'],
        [1n, 'canonical.unsupportedType', '$'],
        [[() => 1], 'canonical.unsupportedType', '$[0]'],
        [{ when: new Date(0) }, 'canonical.unsupportedType', '$.when'],
        [{ bytes: new Uint8Array(1) }, 'canonical.unsupportedType', '$.bytes'],
        [new Map(), 'canonical.unsupportedType', '$'],
        [{ n: 1.5 }, 'canonical.notInteger', '$.n'],
        [Number.NaN, 'canonical.notInteger', '$'],
        [Number.POSITIVE_INFINITY, 'canonical.notInteger', '$'],
        [2 ** 53, 'canonical.integerRange', '$'],
        [-0, 'canonical.negativeZero', '$'],
        [{ 'two words': { 名: 'e\u0301' } }, 'canonical.notNfc', '$["two words"]["名"]'],
        [{ 'e\u0301': 1 }, 'canonical.notNfc', '$["e\u0301"]'],
        [['\ud800'], 'canonical.loneSurrogate', '$[0]'],
        [{ '\udc00x': 1 }, 'canonical.loneSurrogate', '$["\\udc00x"]'],
    ])('refuses %o as %s at %s', (value, code, path) => {
        const found = refusal(() => canonicalJson(value));
        expect(found.code).toBe(code);
        expect(found.params).toMatchObject({ path });
    });

    it('writes and reads 64 levels and refuses 65, however deep it gets', () => {
        expect(canonicalJson(read(nested(CANONICAL_DEPTH)))).toBe(nested(CANONICAL_DEPTH));
        expect(refusal(() => read(nested(CANONICAL_DEPTH + 1))).code).toBe('canonical.tooDeep');
        expect(refusal(() => read(nested(200_000))).code).toBe('canonical.tooDeep');
        const endless: unknown[] = [];
        endless.push(endless);
        expect(refusal(() => canonicalJson(endless)).code).toBe('canonical.tooDeep');
    });

    it.each([
        ['{"a":1,"a":1}', 'canonical.notCanonical'],
        ['{"b":1,"a":1}', 'canonical.notCanonical'],
        ['{"a": 1}', 'canonical.notCanonical'],
        ['[1]\n', 'canonical.notCanonical'],
        ['"\\u0041"', 'canonical.notCanonical'],
        ['"\\/"', 'canonical.notCanonical'],
        ['"\\u000A"', 'canonical.notCanonical'],
        ['"\\u001F"', 'canonical.notCanonical'],
        ['1.0', 'canonical.notCanonical'],
        ['1e0', 'canonical.notCanonical'],
        ['9007199254740993', 'canonical.integerRange'],
        ['9007199254740991.4', 'canonical.notCanonical'],
        ['-0', 'canonical.negativeZero'],
        ['0.5', 'canonical.notInteger'],
        ['1e999', 'canonical.notInteger'],
        ['01', 'canonical.notJson'],
        ['[1,]', 'canonical.notJson'],
        ['', 'canonical.notJson'],
        ['[1][2]', 'canonical.notJson'],
        ['{"a":null}', 'canonical.null'],
        ['\ufeff{}', 'canonical.notJson'],
        ['"e\u0301"', 'canonical.notNfc'],
        ['"\\ud800"', 'canonical.loneSurrogate'],
    ])('does not read %s: %s', (source, code) => {
        expect(refusal(() => read(source)).code).toBe(code);
    });

    it.each(['22ff22', '22c08022', '22eda08022', '22f4908080', 'fffe5b005d00', '22e282'])(
        'does not read bytes %s, which are not UTF-8, and reads the next good ones',
        (bytes) => {
            expect(refusal(() => parseCanonical(fromHex(bytes))).code).toBe('canonical.notUtf8');
            expect(read('"好"')).toBe('好');
        },
    );

    it('says where the bytes leave their canonical form, and quotes none of them', () => {
        expect(refusal(() => read('{"a":1, "b":2}')).params).toEqual({ offset: 7 });
        expect(refusal(() => read('{"张三":')).params).toEqual({});
    });

    it('keeps a member called __proto__', () => {
        const value = read('{"__proto__":{"x":1}}');
        expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
        expect(canonicalJson(value)).toBe('{"__proto__":{"x":1}}');
    });

    it('reads back everything it writes, whatever the order of members was', () => {
        fc.assert(
            fc.property(anyValue, (value) => {
                const bytes = canonicalBytes(value);
                expect(parseCanonical(bytes)).toEqual(value);
                const reversed = JSON.parse(JSON.stringify(value), (_, each: unknown) =>
                    typeof each === 'object' && each !== null && !Array.isArray(each)
                        ? Object.fromEntries(Object.entries(each).reverse())
                        : each,
                );
                expect(canonicalBytes(reversed)).toEqual(bytes);
            }),
        );
    });

    it('reads no other bytes than those it writes', () => {
        fc.assert(
            fc.property(anyValue, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, flip) => {
                const bytes = canonicalBytes(value);
                const changed = bytes.with(at % bytes.length, (bytes[at % bytes.length] ?? 0) ^ flip);
                let other: unknown;
                try {
                    other = parseCanonical(changed);
                } catch (error) {
                    expect(error).toBeInstanceOf(DomainError);
                    return;
                }
                expect(canonicalBytes(other)).toEqual(changed);
                expect(other).not.toEqual(value);
            }),
        );
    });
});
