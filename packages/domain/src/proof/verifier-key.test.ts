import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../kernel/base64.ts';
import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import {
    formatVerifierKey,
    NOTE_TYPE_COSIGNATURE_V1,
    NOTE_TYPE_ED25519,
    NOTE_TYPE_ML_DSA_44,
    NOTE_TYPE_SM2,
    noteKeyHash,
    parseVerifierKey,
    verifierKey,
} from './verifier-key.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

/** Keys of the tests of golang.org/x/mod/sumdb/note (BSD-3-Clause). */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';

/** The algorithm of a text that is a key, or the code of the refusal. */
function algorithmOf(text: string): string {
    try {
        return parseVerifierKey(sha256, text).algorithm;
    } catch (error) {
        if (error instanceof DomainError && error.code === 'vkey.malformed') return `refused: ${error.params.reason}`;
        throw error;
    }
}

describe('a verifier key', () => {
    it.each([PETER, ENOCH])('%s is read and written', (text) => {
        const key = parseVerifierKey(sha256, text);
        expect([key.name, toHex(key.keyHash), key.algorithm, key.publicKey.length]).toEqual([
            ...text.split('+', 2),
            'ed25519',
            32,
        ]);
        expect(formatVerifierKey(key)).toBe(text);
        expect(noteKeyHash(sha256, key.name, 0x01, key.publicKey)).toEqual(key.keyHash);
    });

    it('is refused in every part of itself, and with every letter changed, unless its type became another', () => {
        for (let from = 0; from <= PETER.length; from += 1) {
            for (let to = from + 1; to <= PETER.length; to += 1) {
                if (from > 0 || to < PETER.length) expect(algorithmOf(PETER.slice(from, to)), `${from}-${to}`).toMatch(/refused/);
            }
        }
        for (let at = 0; at < PETER.length; at += 1) {
            for (let code = 0x20; code < 0x7f; code += 1) {
                const changed = PETER.slice(0, at) + String.fromCharCode(code) + PETER.slice(at + 1);
                if (changed !== PETER) expect(algorithmOf(changed), changed).toMatch(/refused|unknown/);
            }
        }
    });

    it.each([
        // The two of the Go tests: a wrong length and an unknown algorithm, each with the key id that follows from it.
        ['PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==', 'refused: key'],
        ['PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'unknown'],
        ['PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'refused: keyHash'],
        ['Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'refused: name'],
        ['PeterNeumann+c74f20a3+', 'refused: key'],
        ['PeterNeumann+c74f20a3', 'refused: key'],
        ['', 'refused: name'],
    ])('%j: %s', (text, expected) => {
        expect(algorithmOf(text)).toBe(expected);
    });

    it.each([
        ['ed25519', NOTE_TYPE_ED25519, 32],
        ['cosignature/v1', NOTE_TYPE_COSIGNATURE_V1, 32],
        ['ml-dsa-44', NOTE_TYPE_ML_DSA_44, 1312],
        ['sm2', NOTE_TYPE_SM2, 65],
    ] as const)('of %s comes back, and has the id the text says', (algorithm, type, length) => {
        fc.assert(
            fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (bytes) => {
                const publicKey = new Uint8Array(bytes);
                const key = verifierKey(sha256, 'witness.example/w1', type, publicKey);
                expect(key).toMatchObject({ algorithm, publicKey, type });
                expect(parseVerifierKey(sha256, formatVerifierKey(key))).toEqual(key);
                const hashed = createHash('sha256').update('witness.example/w1\n').update(type).update(publicKey).digest();
                expect(toHex(key.keyHash)).toBe(hashed.subarray(0, 4).toString('hex'));
            }),
            { numRuns: 20 },
        );
        expect(() => verifierKey(sha256, 'w', type, new Uint8Array(length + 1))).toThrow('vkey.malformed');
        expect(() => verifierKey(sha256, 'w', type, new Uint8Array(length - 1))).toThrow('vkey.malformed');
        expect(() => verifierKey(sha256, 'w+', type, new Uint8Array(length))).toThrow('vkey.malformed');
    });

    it('of SM2 writes its identifier after 0xff; another identifier is unknown', () => {
        expect(toHex(NOTE_TYPE_SM2)).toBe(`ff${Buffer.from('sm2-with-sm3/GBT35276').toString('hex')}`);
        const material = concatBytes(Uint8Array.of(0xff), utf8Bytes('sm2-with-sm3/other'), new Uint8Array(65));
        expect(algorithmOf(`w+00000000+${toBase64(material)}`)).toBe('unknown');
    });
});
