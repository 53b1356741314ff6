import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
    cosignatureMessage,
    createCompactRange,
    DomainError,
    decideAddCheckpoint,
    formatNote,
    formatTlogProof,
    fromHex,
    type HashFunction,
    judgeCheckpoint,
    merkleLeaf,
    parseNote,
    parsePolicy,
    parseTimestampedSignature,
    parseTlogProof,
    parseVerifierKey,
    toHex,
    utf8Bytes,
    utf8Text,
    verifyTlogProof,
    witnessAnswer,
} from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { verifierDigest } from './digest.ts';
import { verifyWithKey } from './verify-with-key.ts';

type Golden = {
    keys: Record<'log' | 'city' | 'east' | 'west', { seed: string; vkey: string }> & { sm2: { vkey: string } };
    leaves: string[];
    roots: { sha256: string[]; sm3: string[] };
    policy: string;
    checkpoint: string;
    smCheckpoint: string;
    proofs: string[];
    smProof: { index: number; proof: string; expect: string };
    tampered: { index: number; proofs: { name: string; proof: string; expect: string }[] };
    witness: { name: string; latest: number; request: string; status: number; answer?: string }[];
};
const golden = JSON.parse(
    readFileSync(new URL('../../../packages/domain/src/proof/golden/proof-v1.json', import.meta.url), 'utf8'),
) as Golden;

const { sha256, sm3 } = verifierDigest;
const policy = parsePolicy(sha256, utf8Bytes(golden.policy));
const hashOfOrigin = (origin: string): HashFunction => (origin.endsWith('/sm') ? sm3 : sha256);
const leafOf = (hash: HashFunction, at: number) => merkleLeaf(hash, fromHex(golden.leaves[at] ?? ''));

/** What comes of a proof of entry `at`: `sound`, `quorum` when too few have witnessed, or the code of the refusal. */
async function outcome(proof: string, at: number, hash: HashFunction = sha256): Promise<string> {
    try {
        const options = { policy, leaf: leafOf(hash, at), hash: hashOfOrigin, verify: verifyWithKey };
        return (await verifyTlogProof(utf8Bytes(proof), options)).quorum ? 'sound' : 'quorum';
    } catch (error) {
        if (error instanceof DomainError) return error.code;
        throw error;
    }
}

describe('golden proofs', () => {
    it('stay as they are', () => {
        expect(createHash('sha256').update(JSON.stringify(golden)).digest('hex')).toBe(
            'c4b80d9075d0cb33e6b7ff23160ac50d7463ad431ee9380f9b960f8bdaa672d8',
        );
    });

    it('have the roots that their leaves give', () => {
        for (const [name, hash] of [
            ['sha256', sha256],
            ['sm3', sm3],
        ] as const) {
            const tree = createCompactRange(hash);
            expect(toHex(tree.root())).toBe(golden.roots[name][0]);
            for (const at of golden.leaves.keys()) {
                tree.append(leafOf(hash, at));
                expect(toHex(tree.root())).toBe(golden.roots[name][at + 1]);
            }
        }
    });

    it('have the signatures that Node makes with their seeds', () => {
        const note = parseNote(utf8Bytes(golden.checkpoint));
        const names = ['log', 'city', 'east'] as const;
        for (const [at, { name, keyHash, signature }] of note.signatures.entries()) {
            const { seed, vkey } = golden.keys[names[at] ?? 'west'];
            const key = createPrivateKey({
                key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'),
                format: 'der',
                type: 'pkcs8',
            });
            const stamped = parseTimestampedSignature(signature);
            const message = stamped === undefined ? utf8Bytes(note.text) : cosignatureMessage(stamped.time, note.text);
            expect(sign(null, message, key).toString('hex')).toBe(toHex(stamped?.signature ?? signature));
            expect(parseVerifierKey(sha256, vkey)).toMatchObject({ name, keyHash });
        }
        expect(note.signatures).toHaveLength(3);
        expect(utf8Text(formatNote(note))).toBe(golden.checkpoint);
    });

    it.each([...golden.proofs.entries()])('of entry %i is sound, of no other entry, and has one text', async (at, proof) => {
        expect(await outcome(proof, at)).toBe('sound');
        expect(await outcome(proof, (at + 1) % golden.leaves.length)).toBe('tlogProof.notIncluded');
        expect(utf8Text(formatTlogProof(parseTlogProof(utf8Bytes(proof))))).toBe(proof);
    });

    it('of the head in SM3 signed with SM2 is sound, and not witnessed', async () => {
        const { index, proof, expect: expected } = golden.smProof;
        expect(await outcome(proof, index, sm3)).toBe(expected);
        expect(await outcome(proof, index, sha256)).toBe('tlogProof.notIncluded');
        const judged = await judgeCheckpoint(policy, utf8Bytes(golden.smCheckpoint), verifyWithKey);
        expect(judged).toMatchObject({ quorum: false, log: [{ algorithm: 'sm2', name: 'golden.example/log/sm' }] });
        const other = golden.smCheckpoint.replace('\n11\n', '\n12\n');
        await expect(judgeCheckpoint(policy, utf8Bytes(other), verifyWithKey)).rejects.toThrow('note.badSignature');
    });

    it.each(golden.tampered.proofs.map((each) => [each.name, each] as const))(
        'with %s',
        async (_, { proof, expect: expected }) => {
            expect(await outcome(proof, golden.tampered.index)).toBe(expected);
        },
    );

    it.each(golden.witness.map((each) => [each.name, each] as const))('a witness is asked: %s', async (_, each) => {
        const root = fromHex(golden.roots.sha256[each.latest] ?? '');
        const latest = each.latest === 0 ? undefined : { size: BigInt(each.latest), root };
        const log = { keys: [parseVerifierKey(sha256, golden.keys.log.vkey)], hash: sha256, latest };
        const known = (origin: string) => (origin === 'golden.example/log' ? log : undefined);
        const decision = await decideAddCheckpoint(utf8Bytes(each.request), known, verifyWithKey);
        expect(decision.status).toBe(each.status);
        if (each.answer !== undefined) {
            expect(witnessAnswer(decision, [])).toMatchObject({ contentType: 'text/x.tlog.size', body: utf8Bytes(each.answer) });
        }
    });
});
