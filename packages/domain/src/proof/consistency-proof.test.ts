import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { formatAddCheckpoint } from './add-checkpoint.ts';
import { verifyGrowth } from './consistency-proof.ts';
import { ed25519Verify, leafData, sha256, signed, testKey, testSigner, testTree, testWitness } from './golden/test-log.ts';
import { parsePolicy } from './policy.ts';
import { formatVerifierKey } from './verifier-key.ts';

const ORIGIN = 'example.org/log';
const OTHER = 'example.org/other';
const log = testSigner(ORIGIN);
const other = testSigner(OTHER);
const city = testWitness('witness.example/city');
const tree = testTree(40);
const rewritten = testTree(40, undefined, (at) => (at === 3 ? utf8Bytes('changed') : leafData(at)));
const policy = parsePolicy(
    sha256,
    utf8Bytes(
        `log ${formatVerifierKey(log.key)}\nlog ${formatVerifierKey(other.key)}\nwitness city ${formatVerifierKey(city.key)}\nquorum city\n`,
    ),
);

const note = (size: number, of = tree, origin = ORIGIN) => {
    const text = of.text(origin, size);
    return signed(text, (origin === ORIGIN ? log : other).sign(text));
};
const proofOf = async (from: number, to: number, of = tree, checkpoint = note(to, of)) =>
    formatAddCheckpoint({ oldSize: BigInt(from), proof: await of.consistency(from, to), checkpoint });
const verify = (older: Uint8Array, proof: Uint8Array) =>
    verifyGrowth({ older, proof }, { policy, hash: () => sha256, verify: ed25519Verify });

async function codeOf(run: Promise<unknown>): Promise<string> {
    try {
        await run;
    } catch (error) {
        if (error instanceof DomainError) return error.code;
        throw error;
    }
    return 'sound';
}

describe('that a log only grew', () => {
    it('is verified from every size to every later one, and says who has witnessed', async () => {
        for (let to = 1; to <= 40; to++)
            for (let from = 1; from <= to; from++) {
                const { older, newer } = await verify(note(from), await proofOf(from, to));
                expect([older.checkpoint.size, newer.checkpoint.size, newer.quorum]).toEqual([BigInt(from), BigInt(to), false]);
            }
        const text = tree.text(ORIGIN, 9);
        const cosigned = signed(text, log.sign(text), city.cosign(text, 1_790_000_000n));
        expect((await verify(cosigned, await proofOf(9, 12))).older.quorum).toBe(true);
    });

    it('is not believed of a log in which an entry was changed, whichever side it is on', async () => {
        for (const [from, to] of [
            [4, 5],
            [8, 16],
            [7, 40],
            [40, 40],
        ] as const) {
            expect(await codeOf(verify(note(from), await proofOf(from, to, rewritten)))).toBe('consistency.notShown');
            expect(await codeOf(verify(note(from, rewritten), await proofOf(from, to)))).toBe('consistency.notShown');
        }
        // Before the change both are the same log.
        expect(await codeOf(verify(note(3), await proofOf(3, 20, rewritten)))).toBe('sound');
    });

    it('needs the two in their order, of one log, and the proof from the very size', async () => {
        expect(await codeOf(verify(note(20), await proofOf(5, 9)))).toBe('consistency.order');
        expect(await codeOf(verify(note(6), await proofOf(5, 9)))).toBe('consistency.otherSize');
        expect(await codeOf(verify(note(5, tree, OTHER), await proofOf(5, 9)))).toBe('consistency.otherLog');
        expect(await codeOf(verify(note(5), await proofOf(5, 9, tree, note(10))))).toBe('consistency.notShown');
        const proof = [...(await tree.consistency(5, 9)), new Uint8Array(32)];
        const more = formatAddCheckpoint({ oldSize: 5n, proof, checkpoint: note(9) });
        expect(await codeOf(verify(note(5), more))).toBe('consistency.notShown');
        const equal = formatAddCheckpoint({ oldSize: 9n, proof: [new Uint8Array(32)], checkpoint: note(9) });
        expect(await codeOf(verify(note(9), equal))).toBe('consistency.notShown');
    });

    it('is not believed of checkpoints that the log did not sign', async () => {
        const text = tree.text(ORIGIN, 9);
        const thief = signed(text, testSigner(ORIGIN, testKey('thief')).sign(text));
        expect(await codeOf(verify(note(5), await proofOf(5, 9, tree, thief)))).not.toBe('sound');
        expect(await codeOf(verify(utf8Bytes('nothing'), await proofOf(5, 9)))).toBe('note.malformed');
        expect(await codeOf(verify(note(5), utf8Bytes('nothing')))).toBe('addCheckpoint.malformed');
    });
});
