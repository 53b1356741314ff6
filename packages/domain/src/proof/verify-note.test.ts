import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { COSIGNATURE_MAX_TIME, cosignature, cosignatureMessage, parseTimestampedSignature } from './cosignature.ts';
import { ed25519Verify, sha256, signed, testKey, testSigner, testWitness } from './golden/test-log.ts';
import { type NoteSignature, parseNote } from './note.ts';
import {
    NOTE_TYPE_COSIGNATURE_V1,
    NOTE_TYPE_ML_DSA_44,
    parseVerifierKey,
    type VerifierKey,
    verifierKey,
} from './verifier-key.ts';
import { verifyNote } from './verify-note.ts';

/** Note and keys of the tests of golang.org/x/mod/sumdb/note (BSD-3-Clause). */
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER =
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH = '\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
const peter = parseVerifierKey(sha256, 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const enoch = parseVerifierKey(sha256, 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop');

async function outcome(note: Uint8Array, keys: readonly VerifierKey[]): Promise<string> {
    try {
        const { verified, ignored } = await verifyNote(parseNote(note), keys, ed25519Verify);
        const times = verified.map(({ key, time }) => (time === undefined ? key.name : `${key.name}@${time}`));
        return [...times, ...ignored.map(({ signature, why }) => `${signature.name}: ${why}`)].join(', ');
    } catch (error) {
        if (error instanceof DomainError) return [error.code, error.params.name].filter(Boolean).join(' ');
        throw error;
    }
}
const go = (signatures: string, ...keys: readonly VerifierKey[]) => outcome(utf8Bytes(`${TEXT}\n${signatures}`), keys);

describe('verifying a note', () => {
    it('takes what the tests of Go take, and refuses what they refuse', async () => {
        expect(await go(PETER + ENOCH, peter)).toBe('PeterNeumann, EnochRoot: unknownKey');
        expect(await go(PETER + ENOCH, peter, enoch)).toBe('PeterNeumann, EnochRoot');
        expect(await go(PETER + ENOCH)).toBe('note.unsigned');
        expect(await go(ENOCH, enoch, peter, enoch)).toBe('note.ambiguousKey EnochRoot');
        expect(await go(PETER, enoch, peter, enoch)).toBe('PeterNeumann');
        expect(await go(`${PETER.slice(0, 60)}ABCD${PETER.slice(60)}`, peter)).toBe('note.badSignature PeterNeumann');
        expect(await go(PETER.replace('PeterNeumann', 'CarmenSandiego'), peter)).toBe('note.unsigned');
        expect(await go(PETER.replace('x08g', 'xxxx'), peter)).toBe('note.unsigned');
    });

    it('refuses the whole note for one wrong signature by a known key, and ignores wrong ones by unknown keys', async () => {
        const wrong = `${ENOCH.slice(0, 60)}ABCD${ENOCH.slice(60)}`;
        expect(await go(PETER + wrong, peter, enoch)).toBe('note.badSignature EnochRoot');
        expect(await go(PETER + ENOCH + wrong, peter, enoch)).toBe('note.badSignature EnochRoot');
        expect(await go(PETER + wrong, peter)).toBe('PeterNeumann, EnochRoot: unknownKey');
        const swapped = ENOCH.replace('EnochRoot rwz+e', 'PeterNeumann x08go');
        expect(await go(swapped, peter)).toMatch(/note\./);
    });

    it('refuses the text with any letter changed', async () => {
        const bytes = utf8Bytes(`${TEXT}\n${PETER}`);
        for (let at = 0; at < TEXT.length; at += 1) {
            const changed = bytes.with(at, (bytes[at] ?? 0) ^ 1);
            expect(await outcome(changed, [peter]), String(at)).toMatch(/note\./);
        }
    });

    it('keeps a signature of an algorithm that is known by name only', async () => {
        const key = verifierKey(sha256, 'witness.example/pq', NOTE_TYPE_ML_DSA_44, new Uint8Array(1312));
        const signature = { name: key.name, keyHash: key.keyHash, signature: new Uint8Array(2428) };
        const log = testSigner('example.org/log');
        expect(await outcome(signed('a\n', log.sign('a\n'), signature), [log.key, key])).toBe(
            'example.org/log, witness.example/pq: unknownAlgorithm',
        );
        expect(await outcome(signed('a\n', signature), [key])).toBe('note.unsigned');
    });
});

describe('a cosignature', () => {
    const TIME = 1_679_315_147n;
    const CHECKPOINT = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const witness = testWitness('witness.example/w1');

    it('signs the message of the text', () => {
        expect(Buffer.from(cosignatureMessage(TIME, CHECKPOINT)).toString()).toBe(
            'cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
        );
    });

    it('holds time and signature in 72 bytes: the example of c2sp.org/tlog-cosignature', () => {
        const line = 'jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==';
        const stamped = parseTimestampedSignature(new Uint8Array(Buffer.from(line, 'base64').subarray(4)));
        expect(stamped?.time).toBe(1_679_315_147n);
        expect(stamped?.signature).toHaveLength(64);
    });

    it('is verified with its time, several of one witness each with its own', async () => {
        const note = signed(CHECKPOINT, witness.cosign(CHECKPOINT, TIME), witness.cosign(CHECKPOINT, TIME + 60n));
        expect(await outcome(note, [witness.key])).toBe('witness.example/w1@1679315147, witness.example/w1@1679315207');
    });

    it('is refused with another time, another text, another length, or as a plain signature', async () => {
        const sound = witness.cosign(CHECKPOINT, TIME);
        const change = (signature: Uint8Array): NoteSignature => ({ ...sound, signature });
        const bad = 'note.badSignature witness.example/w1';
        expect(await outcome(signed(CHECKPOINT, change(sound.signature.with(7, 0))), [witness.key])).toBe(bad);
        expect(await outcome(signed(CHECKPOINT.replace('3\n', '4\n'), sound), [witness.key])).toBe(bad);
        expect(await outcome(signed(CHECKPOINT, change(sound.signature.slice(0, 71))), [witness.key])).toBe(bad);
        expect(await outcome(signed(CHECKPOINT, change(sound.signature.slice(8))), [witness.key])).toBe(bad);
        const plain = testKey('witness.example/w1').sign(utf8Bytes(CHECKPOINT));
        expect(await outcome(signed(CHECKPOINT, change(plain)), [witness.key])).toBe(bad);
    });

    it('has a time from 1 to 2^63 - 1, and is made by a key for it only', () => {
        const signature = new Uint8Array(64);
        expect(parseTimestampedSignature(cosignature(witness.key, { time: COSIGNATURE_MAX_TIME, signature }).signature)).toEqual({
            time: COSIGNATURE_MAX_TIME,
            signature,
        });
        expect(() => cosignature(witness.key, { time: COSIGNATURE_MAX_TIME + 1n, signature })).toThrow('cosignature.malformed');
        expect(() => cosignature(witness.key, { time: 0n, signature })).toThrow('cosignature.malformed');
        expect(() => cosignature(witness.key, { time: 1n, signature: new Uint8Array(63) })).toThrow('cosignature.malformed');
        expect(() => cosignature(testSigner('log').key, { time: 1n, signature })).toThrow('cosignature.malformed');
        expect(parseTimestampedSignature(new Uint8Array(72).fill(0x80, 0, 1))).toBeUndefined();
        expect(verifierKey(sha256, 'w', NOTE_TYPE_COSIGNATURE_V1, testKey('w').publicKey).keyHash).not.toEqual(
            testSigner('w', testKey('w')).key.keyHash,
        );
    });
});
