import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import { formatNote, NOTE_MAX_SIGNATURES, type NoteSignature, parseNote } from './note.ts';

/** The example of c2sp.org/signed-note. */
const QUASIMODO = `Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed \u00e8 subito sera.

\u2014 quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
`;

/** What the tests of golang.org/x/mod/sumdb/note (BSD-3-Clause) take as a note, and what they refuse. */
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER =
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH = '\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

function reasonOf(run: () => unknown): unknown {
    try {
        run();
    } catch (error) {
        if (error instanceof DomainError) return [error.code, error.params.reason].join(' ');
        throw error;
    }
    return undefined;
}

const signature = (change: Partial<NoteSignature> = {}): NoteSignature => ({
    name: 'example.org/log',
    keyHash: Uint8Array.of(1, 2, 3, 4),
    signature: Uint8Array.of(5),
    ...change,
});

describe('a signed note', () => {
    it('is read as its text says, blank lines of the text included, and written the same', () => {
        const note = parseNote(utf8Bytes(QUASIMODO));
        expect(note.text.split('\n')).toHaveLength(5);
        expect(note.text.endsWith('subito sera.\n')).toBe(true);
        expect(note.signatures.map(({ name, keyHash, signature }) => [name, toHex(keyHash), signature.length])).toEqual([
            ['quasimodo.example/salvatore', '367ba04b', 64],
        ]);
        expect(formatNote(note)).toEqual(utf8Bytes(QUASIMODO));
    });

    it('keeps every signature, also several by one key, in their order', () => {
        const note = parseNote(utf8Bytes(`${TEXT}\n${PETER}${PETER}${ENOCH}${ENOCH}`));
        expect(note.text).toBe(TEXT);
        expect(note.signatures.map(({ name }) => name)).toEqual(['PeterNeumann', 'PeterNeumann', 'EnochRoot', 'EnochRoot']);
    });

    it.each([
        ['no signature part', TEXT, 'noSeparator'],
        ['no signature', `${TEXT}\n`, 'noSignature'],
        ['no final newline', `${TEXT}\n${PETER.slice(0, -1)}`, 'signatureEnd'],
        ['a control character', `\u0001${TEXT}\n${PETER}`, 'characters'],
        ['a tab', `\t${TEXT}\n${PETER}`, 'characters'],
        ['a carriage return', `${TEXT.replace('\n', '\r\n')}\n${PETER}`, 'characters'],
        ['a blank in the name', `${TEXT}\n\u2014 Bad Name ${PETER.slice(15)}`, 'signature'],
        ['another blank in the name', `${TEXT}\n\u2014 Bad\u3000Name ${PETER.slice(15)}`, 'name'],
        ['no-break space in the name', `${TEXT}\n\u2014 Bad\u00a0Name ${PETER.slice(15)}`, 'name'],
        ['a plus in the name', `${TEXT}\n\u2014 Bad+Name ${PETER.slice(15)}`, 'name'],
        ['no name', `${TEXT}\n\u2014  ${PETER.slice(15)}`, 'name'],
        ['something after the signatures', `${TEXT}\n${PETER}Unexpected line.\n`, 'signatureLine'],
        ['a hyphen for the dash', `${TEXT}\n${PETER.replace('\u2014', '-')}`, 'signatureLine'],
        ['something after the signature', `${TEXT}\n${PETER.replace('\n', ' x\n')}`, 'signature'],
        ['only a key id', `${TEXT}\n\u2014 a AQIDBA==\n`, 'signature'],
        ['half a key id', `${TEXT}\n\u2014 a AQI=\n`, 'signature'],
        ['no padding', `${TEXT}\n${PETER.replace('=', '')}`, 'signature'],
        ['unused bits', `${TEXT}\n${PETER.replace('AM=', 'AN=')}`, 'signature'],
        ['a byte order mark before the dash', `${TEXT}\n\ufeff${PETER}`, 'signatureLine'],
        ['a blank line at the end', `${TEXT}\n${PETER}\n`, 'noSignature'],
        ['too many signatures', `${TEXT}\n${PETER.repeat(NOTE_MAX_SIGNATURES + 1)}`, 'tooManySignatures'],
        ['too many bytes', `${'a'.repeat(1_000_000)}\n\n${PETER}`, 'tooLong'],
    ])('with %s is refused', (_, text, reason) => {
        expect(reasonOf(() => parseNote(utf8Bytes(text)))).toBe(`note.malformed ${reason}`);
    });

    it('that is not UTF-8 is refused', () => {
        const bytes = utf8Bytes(`\u00e8${TEXT}\n${PETER}`);
        expect(reasonOf(() => parseNote(bytes.slice(1)))).toBe('note.malformed notUtf8');
    });

    it('with as many signatures as are allowed is read', () => {
        expect(parseNote(utf8Bytes(`${TEXT}\n${PETER.repeat(NOTE_MAX_SIGNATURES)}`)).signatures).toHaveLength(100);
    });

    it.each([
        ['a text without newline', 'abc', [signature()], 'textEnd'],
        ['a tab', 'a\tb\n', [signature()], 'characters'],
        ['half a letter', '\ud800\n', [signature()], 'characters'],
        ['no signature', 'abc\n', [], 'noSignature'],
        ['a name with a plus', 'abc\n', [signature({ name: 'a+b' })], 'name'],
        ['a name with a newline', 'abc\n', [signature({ name: 'a\nb' })], 'name'],
        ['a name with a control character', 'abc\n', [signature({ name: 'a\u0001b' })], 'name'],
        ['no name', 'abc\n', [signature({ name: '' })], 'name'],
        ['a short key id', 'abc\n', [signature({ keyHash: Uint8Array.of(1, 2, 3) })], 'signature'],
        ['an empty signature', 'abc\n', [signature({ signature: new Uint8Array(0) })], 'signature'],
    ])('with %s is not written', (_, text, signatures, reason) => {
        expect(reasonOf(() => formatNote({ text, signatures }))).toBe(`note.malformed ${reason}`);
    });

    const line = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => text.isWellFormed() && /^\P{Cc}*$/u.test(text));
    const name = fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
        .filter((text) => /^[^\p{White_Space}+\p{Cc}\p{Cs}]+$/u.test(text));
    const note = fc.record({
        text: fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => lines.map((each) => `${each}\n`).join('')),
        signatures: fc.array(
            fc.record({
                name,
                keyHash: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => new Uint8Array(bytes)),
                signature: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => new Uint8Array(bytes)),
            }),
            { minLength: 1, maxLength: 5 },
        ),
    });

    it('comes back as it was written, whatever it holds', () => {
        fc.assert(
            fc.property(note, (each) => {
                expect(parseNote(formatNote(each))).toEqual(each);
            }),
        );
    });

    it('has one meaning: whatever bytes are read are the bytes that are written', () => {
        fc.assert(
            fc.property(note, fc.nat(), fc.nat(255), (each, at, byte) => {
                const bytes = formatNote(each);
                bytes[at % bytes.length] = byte;
                let read: ReturnType<typeof parseNote>;
                try {
                    read = parseNote(bytes);
                } catch (error) {
                    expect((error as DomainError).code).toBe('note.malformed');
                    return;
                }
                expect(formatNote(read)).toEqual(bytes);
            }),
            { numRuns: 1000 },
        );
    });
});
