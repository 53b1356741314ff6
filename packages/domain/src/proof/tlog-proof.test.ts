import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../kernel/base64.ts';
import { concatBytes, sameBytes, utf8Bytes, utf8Text } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { ed25519Verify, hashOf, sha256, signed, testKey, testSigner, testTree, testWitness } from './golden/test-log.ts';
import { judgeCheckpoint } from './judge-checkpoint.ts';
import type { NoteSignature } from './note.ts';
import { parsePolicy } from './policy.ts';
import { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from './tlog-proof.ts';
import { formatVerifierKey } from './verifier-key.ts';

const ORIGIN = 'example.org/log';
const log = testSigner(ORIGIN);
const [city, east, west] = ['city', 'east', 'west'].map((name) => testWitness(`witness.example/${name}`)) as [
    ReturnType<typeof testWitness>,
    ReturnType<typeof testWitness>,
    ReturnType<typeof testWitness>,
];
const tree = testTree(20);
const text = tree.text(ORIGIN, 11);
const TIME = 1_790_000_000n;

const policyText = (quorum: string, groups = '') => `log ${formatVerifierKey(log.key)}
witness city ${formatVerifierKey(city.key)}
witness east ${formatVerifierKey(east.key)}
witness west ${formatVerifierKey(west.key)}
${groups}quorum ${quorum}
`;
const policyOf = (quorum: string, groups = '') => parsePolicy(sha256, utf8Bytes(policyText(quorum, groups)));
const districts = policyOf('both', 'group districts 1 east west\ngroup both all city districts\n');

const note = (...signatures: readonly NoteSignature[]) => signed(text, log.sign(text), ...signatures);
const proofOf = async (index: number, change: Partial<TlogProof> = {}) =>
    formatTlogProof({ index: BigInt(index), proof: await tree.inclusion(index, 11), checkpoint: note(), ...change });
const verify = (bytes: Uint8Array, leaf: Uint8Array, policy = policyOf('none')) =>
    verifyTlogProof(bytes, { policy, leaf, hash: () => sha256, verify: ed25519Verify });

async function codeOf(run: Promise<unknown>): Promise<string> {
    try {
        await run;
    } catch (error) {
        if (error instanceof DomainError) return [error.code, error.params.reason].filter(Boolean).join(' ');
        throw error;
    }
    return 'sound';
}

describe('a checkpoint judged by a policy', () => {
    const judge = (bytes: Uint8Array, policy = districts, notAfter?: bigint) =>
        judgeCheckpoint(policy, bytes, ed25519Verify, notAfter === undefined ? {} : { notAfter });
    const standing = async (...question: Parameters<typeof judge>) => {
        const { quorum, witnesses, groups } = await judge(...question);
        return {
            quorum,
            witnesses: witnesses.map(({ name, times }) => [name, ...times].join(' ')),
            groups: groups.map(({ name, witnessed, threshold, members }) => `${name} ${witnessed}/${threshold}/${members}`),
        };
    };

    it('has its quorum when enough have cosigned, and says who did and when', async () => {
        expect(await standing(note(east.cosign(text, TIME + 5n), city.cosign(text, TIME), east.cosign(text, TIME)))).toEqual({
            quorum: true,
            witnesses: [`city ${TIME}`, `east ${TIME} ${TIME + 5n}`, 'west'],
            groups: ['districts 1/1/2', 'both 2/2/2'],
        });
        expect(await standing(note(city.cosign(text, TIME)))).toMatchObject({
            quorum: false,
            groups: ['districts 0/1/2', 'both 1/2/2'],
        });
        expect(await standing(note(east.cosign(text, TIME), west.cosign(text, TIME)))).toMatchObject({ quorum: false });
        expect(await standing(note())).toMatchObject({ quorum: false, witnesses: ['city', 'east', 'west'] });
    });

    it.each([
        ['none', '', 0],
        ['city', '', 1],
        ['g', 'group g any city east west\n', 1],
        ['g', 'group g 2 city east west\n', 2],
        ['g', 'group g all city east west\n', 3],
    ])('with quorum %s %j needs %i', async (quorum, groups, needed) => {
        const all = [city, east, west].map((each) => each.cosign(text, TIME));
        for (let count = 0; count <= 3; count += 1) {
            const judged = await judge(note(...all.slice(0, count)), policyOf(quorum, groups));
            expect(judged.quorum, `${count} of ${needed}`).toBe(count >= needed);
        }
    });

    it('takes cosignatures of a time to come for none, when asked to', async () => {
        const bytes = note(city.cosign(text, TIME), east.cosign(text, TIME + 5n));
        expect((await judge(bytes, districts, TIME + 5n)).quorum).toBe(true);
        expect(await standing(bytes, districts, TIME + 4n)).toMatchObject({
            quorum: false,
            witnesses: [`city ${TIME}`, 'east', 'west'],
        });
    });

    it('keeps signatures by others and counts them for nothing', async () => {
        const stranger = testWitness('witness.example/east', testKey('stranger'));
        const judged = await judge(note(stranger.cosign(text, TIME)), policyOf('east'));
        expect(judged).toMatchObject({ quorum: false, ignored: [{ why: 'unknownKey' }] });
    });

    it('is refused when no log of the policy signed it, or one that is another log', async () => {
        const other = testSigner('example.org/other');
        const two = parsePolicy(sha256, utf8Bytes(`log ${formatVerifierKey(other.key)}\n${policyText('none')}`));
        expect(await codeOf(judge(signed(text, city.cosign(text, TIME)), two))).toBe('checkpoint.notByLog');
        expect(await codeOf(judge(signed(text, other.sign(text)), two))).toBe('note.unsigned');
        const foreign = tree.text('example.org/third', 11);
        expect(await codeOf(judge(signed(foreign, log.sign(foreign)), two))).toBe('checkpoint.unknownLog');
        const wrong = { ...city.cosign(text, TIME), signature: city.cosign(text, TIME + 1n).signature.with(7, 0) };
        expect(await codeOf(judge(note(wrong), two))).toBe('note.badSignature');
        expect(await codeOf(judge(signed('a\n', log.sign('a\n')), two))).toBe('checkpoint.malformed size');
    });

    it('may be signed by two keys of the log while they change', async () => {
        const next = testSigner(ORIGIN, testKey('next year'));
        const both = parsePolicy(sha256, utf8Bytes(`log ${formatVerifierKey(next.key)}\n${policyText('none')}`));
        expect((await judge(signed(text, log.sign(text), next.sign(text)), both)).log).toEqual([next.key, log.key]);
        expect((await judge(signed(text, next.sign(text)), both)).log).toEqual([next.key]);
    });
});

describe('a proof', () => {
    it('of every entry in every tree leads to the root, of both hash functions', async () => {
        for (const name of ['sha256', 'sm3'] as const) {
            const hash = hashOf(name);
            const grown = testTree(12, hash);
            for (let size = 1; size <= 12; size += 1) {
                const words = grown.text(ORIGIN, size);
                const checkpoint = signed(words, log.sign(words));
                for (let index = 0; index < size; index += 1) {
                    const proof = await grown.inclusion(index, size);
                    const bytes = formatTlogProof({ index: BigInt(index), proof, checkpoint });
                    const options = { policy: policyOf('none'), leaf: grown.leaf(index), verify: ed25519Verify };
                    const verdict = await verifyTlogProof(bytes, { ...options, hash: () => hash });
                    expect(verdict).toMatchObject({ index: BigInt(index), quorum: true, checkpoint: { size: BigInt(size) } });
                    const other = { ...options, hash: () => hashOf(name === 'sm3' ? 'sha256' : 'sm3') };
                    if (size > 1) expect(await codeOf(verifyTlogProof(bytes, other))).toBe('tlogProof.notIncluded');
                }
            }
        }
    });

    it('has the form of its text', async () => {
        const extra = utf8Bytes('age-v1.2.1');
        const proof = await tree.inclusion(3, 11);
        const lines = (utf8Text(await proofOf(3, { extra })) ?? '').split('\n');
        expect(lines.slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', `extra ${toBase64(extra)}`, 'index 3']);
        expect(lines.slice(3, 7)).toEqual(proof.map(toBase64));
        expect(lines.slice(7, 12)).toEqual(['', ORIGIN, '11', toBase64(tree.root(11)), '']);
    });

    it('hands on what else it holds, and works the leaf out of it', async () => {
        const bytes = await proofOf(3, { extra: Uint8Array.of(7) });
        const leaf = (proof: TlogProof) =>
            sameBytes(proof.extra ?? tree.root(1), Uint8Array.of(7)) ? tree.leaf(3) : tree.leaf(4);
        const options = { policy: policyOf('none'), hash: () => sha256, verify: ed25519Verify };
        expect((await verifyTlogProof(bytes, { ...options, leaf })).extra).toEqual(Uint8Array.of(7));
        expect(await codeOf(verifyTlogProof(await proofOf(3), { ...options, leaf }))).toBe('tlogProof.notIncluded');
    });

    it('of a quorum that is not reached is sound and says so', async () => {
        expect(await verify(await proofOf(3), tree.leaf(3), districts)).toMatchObject({ quorum: false });
        const checkpoint = note(city.cosign(text, TIME), west.cosign(text, TIME));
        expect(await verify(await proofOf(3, { checkpoint }), tree.leaf(3), districts)).toMatchObject({ quorum: true });
    });

    it('is refused for another entry, another place, or a place outside the tree', async () => {
        const proof = await tree.inclusion(3, 11);
        expect(await codeOf(verify(await proofOf(3), tree.leaf(4)))).toBe('tlogProof.notIncluded');
        expect(await codeOf(verify(await proofOf(4, { proof }), tree.leaf(3)))).toBe('tlogProof.notIncluded');
        expect(await codeOf(verify(await proofOf(3, { index: 11n, proof }), tree.leaf(3)))).toBe('tlogProof.notIncluded');
        expect(await codeOf(verify(await proofOf(3, { proof: await tree.inclusion(3, 12) }), tree.leaf(3)))).toBe(
            'tlogProof.notIncluded',
        );
    });

    const body = async (from: string | RegExp, to: string) =>
        codeOf(
            verify(utf8Bytes((utf8Text(await proofOf(3, { extra: Uint8Array.of(7) })) ?? '').replace(from, to)), tree.leaf(3)),
        );
    it.each([
        ['@v1', '@v2', 'tlogProof.malformed type'],
        ['c2sp', ' c2sp', 'tlogProof.malformed type'],
        ['extra Bw==\n', 'extra\n', 'tlogProof.malformed index'],
        ['extra Bw==', 'extra Bw', 'tlogProof.malformed extra'],
        ['extra Bw==', 'extra Bw== ', 'tlogProof.malformed extra'],
        [/extra Bw==\n(index 3\n)/, '$1extra Bw==\n', 'tlogProof.malformed proof'],
        ['extra Bw==\n', 'extra Bw==\nextra Bw==\n', 'tlogProof.malformed index'],
        ['index 3', 'index 03', 'tlogProof.malformed index'],
        ['index 3', 'Index 3', 'tlogProof.malformed index'],
        ['index 3', 'index 9223372036854775807', 'tlogProof.malformed index'],
        ['index 3\n', '', 'tlogProof.malformed index'],
        [/(?<=\S{43})=\n/, '\n', 'tlogProof.malformed proof'],
        [/\n\n[\s\S]*/, '\n', 'tlogProof.malformed noEmptyLine'],
        [/\n\n/, '\n\n\n', 'checkpoint.malformed origin'],
        [/\n\n(?=\u2014)/, '\n', 'note.malformed noSeparator'],
        [/(?<=\u2014 )example/, 'exempel', 'note.unsigned'],
    ])('with %s for %s is refused: %s', async (from, to, expected) => {
        expect(await body(from, to)).toBe(expected);
    });

    it('is refused when it is too long, has too many hashes or is not UTF-8', async () => {
        expect(await codeOf(verify(new Uint8Array(2_000_001), tree.leaf(3)))).toBe('tlogProof.malformed tooLong');
        const hashes = `${toBase64(tree.root(1))}\n`.repeat(64);
        expect(await body('index 3\n', `index 3\n${hashes}`)).toBe('tlogProof.malformed proof');
        const bytes = concatBytes(Uint8Array.of(0xff), await proofOf(3));
        expect(await codeOf(verify(bytes, tree.leaf(3)))).toBe('tlogProof.malformed noEmptyLine');
        expect(() => formatTlogProof({ index: -1n, proof: [], checkpoint: note() })).toThrow('tlogProof.malformed');
        expect(() => formatTlogProof({ index: 0n, proof: [new Uint8Array(33)], checkpoint: note() })).toThrow(
            'hashLines.malformed',
        );
    });

    it('comes back as it was written, whatever it holds', () => {
        const bytes = (length: object) => fc.uint8Array(length).map((each) => new Uint8Array(each));
        const any = fc.record(
            {
                extra: bytes({ maxLength: 50 }),
                index: fc.bigInt({ min: 0n, max: 2n ** 63n - 2n }),
                proof: fc.array(bytes({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
                checkpoint: bytes({ maxLength: 200 }),
            },
            { requiredKeys: ['index', 'proof', 'checkpoint'] },
        );
        fc.assert(
            fc.property(any, (each) => {
                expect(parseTlogProof(formatTlogProof(each as TlogProof))).toEqual(each);
            }),
        );
    });

    it('does not hold with any byte changed, but in signatures of others and in what nobody signed', async () => {
        const checkpoint = note(city.cosign(text, TIME), west.cosign(text, TIME));
        const bytes = await proofOf(3, { checkpoint });
        const sound = await verify(bytes, tree.leaf(3), districts);
        expect(sound.quorum).toBe(true);
        for (let at = 0; at < bytes.length; at += 1) {
            for (const change of [0x01, 0x20, 0x80]) {
                const changed = bytes.with(at, (bytes[at] ?? 0) ^ change);
                const verdict = await verify(changed, tree.leaf(3), districts).catch((error: unknown) => {
                    if (error instanceof DomainError) return undefined;
                    throw error;
                });
                // A name or key id that became another is somebody unknown: fewer have signed than before.
                if (verdict !== undefined) expect(verdict.quorum, String(at)).toBe(false);
            }
        }
    });
});
