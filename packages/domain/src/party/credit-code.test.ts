import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CREDIT_CODE_ALPHABET, creditCodeCheck, creditCodeFault, normaliseCreditCode } from './credit-code.ts';

/** The example of GB 32100-2015, and codes that large companies print on their own pages. */
const PUBLISHED = [
    '91350100M000100Y43',
    '914403001922038216',
    '9144030071526726XG',
    '91110000802100433B',
    '91330100799655058B',
    '91440300708461136T',
];

const first17 = fc
    .array(fc.constantFrom(...CREDIT_CODE_ALPHABET), { minLength: 17, maxLength: 17 })
    .map((characters) => characters.join(''));
const valid = first17.map((start) => start + creditCodeCheck(start));

describe('unified social credit code', () => {
    it.each(PUBLISHED)('%s holds', (code) => {
        expect(creditCodeFault(code)).toBeUndefined();
    });

    it('holds with its own check character and with no other', () => {
        fc.assert(
            fc.property(first17, fc.constantFrom(...CREDIT_CODE_ALPHABET), (start, last) => {
                expect(creditCodeFault(start + last)).toBe(last === creditCodeCheck(start) ? undefined : 'checkCharacter');
            }),
        );
    });

    it('finds every single wrong character and every two neighbours exchanged', () => {
        fc.assert(
            fc.property(valid, fc.nat(17), fc.constantFrom(...CREDIT_CODE_ALPHABET), (code, at, other) => {
                const changed = code.slice(0, at) + other + code.slice(at + 1);
                expect(creditCodeFault(changed) === undefined).toBe(changed === code);
                if (at === 17) return;
                const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
                expect(creditCodeFault(swapped) === undefined).toBe(swapped === code);
            }),
        );
    });

    it('says what is wrong', () => {
        expect([creditCodeFault(''), creditCodeFault('9135010'), creditCodeFault(`${PUBLISHED[0]}0`)]).toEqual([
            'length',
            'length',
            'length',
        ]);
        for (const character of 'IOSVZ-中a') expect(creditCodeFault(`91350100M000100Y4${character}`)).toBe('character');
        expect(creditCodeFault('91350100M000100Y34')).toBe('checkCharacter');
    });

    it('is read as people type it', () => {
        expect(normaliseCreditCode(' 91350100-m000100y-43 ')).toBe('91350100M000100Y43');
        expect(normaliseCreditCode('９１３５０１００ Ｍ０００１００Ｙ４３')).toBe('91350100M000100Y43');
        fc.assert(
            fc.property(valid, (code) => {
                expect(normaliseCreditCode(code.toLowerCase())).toBe(code);
            }),
        );
    });
});
