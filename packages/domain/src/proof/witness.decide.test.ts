import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes, utf8Text } from '../kernel/bytes.ts';
import {
    type AddCheckpoint,
    formatAddCheckpoint,
    parseAddCheckpoint,
    readAddCheckpointAnswer,
    TLOG_SIZE_TYPE,
} from './add-checkpoint.ts';
import { ed25519Verify, hashOf, sha256, signed, testKey, testSigner, testTree, testWitness } from './golden/test-log.ts';
import { PROOF_MAX_LINES } from './hash-lines.ts';
import { decideAddCheckpoint, type WitnessedLog, witnessAnswer } from './witness.decide.ts';

const ORIGIN = 'example.org/log';
const log = testSigner(ORIGIN);
const tree = testTree(20);
const text = (size: number) => tree.text(ORIGIN, size);
const note = (size: number) => signed(text(size), log.sign(text(size)));
const at = (size: number): WitnessedLog['latest'] => ({ size: BigInt(size), root: tree.root(size) });

async function ask(latest: WitnessedLog['latest'], request: AddCheckpoint | Uint8Array, change: Partial<WitnessedLog> = {}) {
    const body = request instanceof Uint8Array ? request : formatAddCheckpoint(request);
    const known: WitnessedLog = { keys: [log.key], hash: sha256, latest, ...change };
    return decideAddCheckpoint(body, (origin) => (origin === ORIGIN ? known : undefined), ed25519Verify);
}
const statusOf = async (...question: Parameters<typeof ask>) => {
    const decision = await ask(...question);
    return decision.status === 200 ? '200' : `${decision.status} ${decision.reason}`;
};
const request = async (from: number, to: number, change: Partial<AddCheckpoint> = {}): Promise<AddCheckpoint> => ({
    oldSize: BigInt(from),
    proof: await tree.consistency(from, to),
    checkpoint: note(to),
    ...change,
});

describe('what a witness answers', () => {
    it('200 to what follows, from nothing, from every size to every other, and to the same again', async () => {
        for (let from = 0; from <= 20; from += 1) {
            for (let to = from; to <= 20; to += 1) {
                const decision = await ask(from === 0 ? undefined : at(from), await request(from, to));
                expect(decision).toMatchObject({ status: 200, text: text(to), checkpoint: at(to) ?? {} });
            }
        }
    });

    it('400 to what is no request, no note, no checkpoint, or goes backwards', async () => {
        const sound = await request(5, 9);
        const body = utf8Text(formatAddCheckpoint(sound)) ?? '';
        const spoilt = (from: string, to: string) => statusOf(at(5), utf8Bytes(body.replace(from, to)));
        expect(await statusOf(at(5), sound)).toBe('200');
        expect(await spoilt('old 5', 'old 05')).toBe('400 addCheckpoint.malformed oldSize');
        expect(await spoilt('old 5', 'old  5')).toBe('400 addCheckpoint.malformed oldSize');
        expect(await spoilt('old 5', 'new 5')).toBe('400 addCheckpoint.malformed oldSize');
        expect(await spoilt('old 5', 'old -5')).toBe('400 addCheckpoint.malformed oldSize');
        expect(await spoilt('old 5', 'old 9223372036854775808')).toBe('400 addCheckpoint.malformed oldSize');
        expect(await spoilt('old 5\n', '')).toBe('400 addCheckpoint.malformed oldSize');
        expect(await spoilt('=\n\n', '\n\n')).toBe('400 addCheckpoint.malformed proof');
        expect(await spoilt(`\n\n${ORIGIN}`, `\n${ORIGIN}`)).toBe('400 addCheckpoint.malformed proof');
        expect(await spoilt('\u2014', '-')).toBe('400 note.malformed signatureLine');
        expect(await spoilt('\n9\n', '\n09\n')).toBe('400 checkpoint.malformed size');
        expect(await statusOf(at(5), utf8Bytes('old 5\n'))).toBe('400 addCheckpoint.malformed noEmptyLine');
        expect(await statusOf(at(5), new Uint8Array(2_000_000))).toBe('400 addCheckpoint.malformed tooLong');
        expect(await statusOf(at(5), Uint8Array.of(0xff, 10, 10))).toBe('400 addCheckpoint.malformed noEmptyLine');
        expect(await statusOf(at(9), await request(5, 5, { oldSize: 9n }))).toBe('400 oldSizeAboveSize');
        // Also when it has another size: the text asks for 400 first.
        expect(await statusOf(at(3), await request(5, 5, { oldSize: 9n }))).toBe('400 oldSizeAboveSize');
    });

    it('400 to more hashes than a client may send, before it looks at any', async () => {
        const hashes = (count: number) => `${'A'.repeat(43)}=\n`.repeat(count);
        const checkpoint = utf8Text(note(9)) ?? '';
        const body = (count: number) => utf8Bytes(`old 5\n${hashes(count)}\n${checkpoint}`);
        expect(await statusOf(at(5), body(PROOF_MAX_LINES))).toBe('422 proof');
        expect(await statusOf(at(5), body(PROOF_MAX_LINES + 1))).toBe('400 addCheckpoint.malformed proof');
    });

    it('404 to an origin it does not know, whoever signed', async () => {
        const other = 'example.org/other';
        const checkpoint = signed(tree.text(other, 9), log.sign(tree.text(other, 9)));
        expect(await statusOf(at(5), await request(5, 9, { checkpoint }))).toBe('404 unknownOrigin');
    });

    it('403 to a checkpoint that no known key signed, or one did not sign', async () => {
        const stranger = testSigner(ORIGIN, testKey('stranger'));
        const by = (...signatures: Parameters<typeof signed>[1][]) =>
            request(5, 9, { checkpoint: signed(text(9), ...signatures) });
        expect(await statusOf(at(5), await by(stranger.sign(text(9))))).toBe('403 note.unsigned');
        expect(await statusOf(at(5), await by(stranger.sign(text(9)), log.sign(text(9))))).toBe('200');
        expect(await statusOf(at(5), await by(log.sign(text(8))))).toBe('403 note.badSignature');
        const second = testSigner(ORIGIN, testKey('second'));
        const keys = { keys: [log.key, second.key] };
        expect(await statusOf(at(5), await by(second.sign(text(9))), keys)).toBe('200');
        expect(await statusOf(at(5), await by(second.sign(text(9)), log.sign(text(8))), keys)).toBe('403 note.badSignature');
        // Before anything is told of sizes.
        expect(await statusOf(at(5), await request(3, 9, { checkpoint: signed(text(9), stranger.sign(text(9))) }))).toBe(
            '403 note.unsigned',
        );
    });

    it('409 with its size to any other old size', async () => {
        expect(await ask(at(5), await request(4, 9))).toEqual({ status: 409, reason: 'oldSize', size: 5n });
        expect(await ask(at(5), await request(6, 9))).toEqual({ status: 409, reason: 'oldSize', size: 5n });
        expect(await ask(at(5), await request(0, 9))).toEqual({ status: 409, reason: 'oldSize', size: 5n });
        expect(await ask(undefined, await request(4, 9))).toEqual({ status: 409, reason: 'oldSize', size: 0n });
        expect(await statusOf(at(9), await request(4, 5))).toBe('409 oldSize');
    });

    it('409 to another root of the same size, with what the log signed as evidence', async () => {
        const forked = { size: 9n, root: sha256(utf8Bytes('another')) };
        expect(await ask(forked, await request(9, 9))).toEqual({ status: 409, reason: 'root', evidence: note(9) });
        const empty = 'example.org/log\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
        const checkpoint = signed(empty, log.sign(empty));
        expect(await statusOf(undefined, { oldSize: 0n, proof: [], checkpoint })).toBe('409 root');
    });

    it('keeps as evidence what the log signed and no line of anybody else, who could make the same look new without end', async () => {
        const forked = { size: 9n, root: sha256(utf8Bytes('another')) };
        const padded = signed(text(9), log.sign(text(9)), testSigner('example.org/stranger').sign(text(9)));
        expect(await ask(forked, await request(9, 9, { checkpoint: padded }))).toMatchObject({ evidence: note(9) });
        expect(await ask({ ...forked, size: 5n }, await request(5, 9, { checkpoint: padded }))).toMatchObject({
            evidence: note(9),
        });
    });

    it('422 to a proof that does not lead there, is too long, or is given where there is none', async () => {
        const sound = await request(5, 9);
        expect(await ask({ size: 5n, root: sha256(utf8Bytes('another')) }, sound)).toEqual({
            status: 422,
            reason: 'proof',
            evidence: note(9),
        });
        expect(await statusOf(at(5), { ...sound, proof: [] })).toBe('422 proof');
        expect(await statusOf(at(5), { ...sound, proof: sound.proof.slice(1) })).toBe('422 proof');
        expect(await statusOf(at(5), { ...sound, proof: [...sound.proof, tree.root(1)] })).toBe('422 proof');
        expect(await statusOf(at(5), { ...sound, proof: sound.proof.toReversed() })).toBe('422 proof');
        expect(await statusOf(undefined, await request(0, 9, { proof: [tree.root(1)] }))).toBe('422 proof');
        expect(await ask(at(9), await request(9, 9, { proof: [tree.root(1)] }))).toEqual({ status: 422, reason: 'proof' });
        const other: WitnessedLog['latest'] = { size: 9n, root: sha256(utf8Bytes('another')) };
        expect(await statusOf(other, await request(9, 9, { proof: [tree.root(1)] }))).toBe('409 root');
        // A tree of SM3 is judged with SM3.
        const sm3 = testTree(9, hashOf('sm3'));
        const sm3Text = sm3.text(ORIGIN, 9);
        const sm3Request = { oldSize: 5n, proof: await sm3.consistency(5, 9), checkpoint: signed(sm3Text, log.sign(sm3Text)) };
        const latest = { size: 5n, root: sm3.root(5) };
        expect(await statusOf(latest, sm3Request, { hash: hashOf('sm3') })).toBe('200');
        expect(await statusOf(latest, sm3Request)).toBe('422 proof');
    });

    it('never 200 to a request with any byte changed, but in signatures of others', async () => {
        const body = formatAddCheckpoint(await request(5, 9));
        await fc.assert(
            fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
                const decision = await ask(at(5), body.with(place, (body[place] ?? 0) ^ change));
                expect(decision.status).not.toBe(200);
            }),
            { numRuns: 1000 },
        );
    });
});

describe('the answer on the wire', () => {
    const witness = testWitness('witness.example/w1');
    const read = (answer: ReturnType<typeof witnessAnswer>) => readAddCheckpointAnswer(answer);

    it('to 200 is signature lines that the log can read and verify', async () => {
        const decision = await ask(at(5), await request(5, 9));
        const line = witness.cosign(text(9), 1_700_000_000n);
        const answer = witnessAnswer(decision, [line]);
        expect(utf8Text(answer.body)).toMatch(/^\u2014 witness\.example\/w1 [A-Za-z0-9+/]{100,}={0,2}\n$/);
        expect(read(answer)).toEqual({ kind: 'cosigned', signatures: [line] });
        expect(() => witnessAnswer(decision, [])).toThrow('note.malformed');
    });

    it('to another size is that size in its own type, and nothing else is', async () => {
        const answer = witnessAnswer(await ask(at(5), await request(4, 9)), []);
        expect(answer).toEqual({ status: 409, contentType: 'text/x.tlog.size', body: utf8Bytes('5\n') });
        expect(read(answer)).toEqual({ kind: 'otherSize', size: 5n });
        const root = witnessAnswer(await ask({ size: 9n, root: tree.root(8) }, await request(9, 9)), []);
        expect([root.status, root.contentType]).toEqual([409, 'text/plain']);
        expect(read(root)).toEqual({ kind: 'refused', status: 409 });
        expect(read(witnessAnswer({ status: 404, reason: 'unknownOrigin' }, []))).toEqual({ kind: 'refused', status: 404 });
    });

    // The cases of the tests of sigsum-go (BSD-2-Clause) are among these.
    it.each([
        ['text/plain', '10', undefined],
        [TLOG_SIZE_TYPE, '', undefined],
        [TLOG_SIZE_TYPE, '0\n', 0n],
        [TLOG_SIZE_TYPE, '50\n', 50n],
        [TLOG_SIZE_TYPE, '50', undefined],
        [TLOG_SIZE_TYPE, '050\n', undefined],
        [TLOG_SIZE_TYPE, '-5\n', undefined],
        [TLOG_SIZE_TYPE, '9223372036854775808\n', undefined],
        ['text/x.tlog.size; charset=utf8', '51\n', undefined],
        [undefined, '51\n', undefined],
    ])('of type %j and body %j names size %s', (contentType, body, size) => {
        const answer = readAddCheckpointAnswer({ status: 409, contentType, body: utf8Bytes(body) });
        expect(answer).toEqual(size === undefined ? { kind: 'refused', status: 409 } : { kind: 'otherSize', size });
    });

    it('of a witness that answers anything else is a refusal', () => {
        const answer = (status: number, body: Uint8Array) => readAddCheckpointAnswer({ status, contentType: undefined, body });
        expect(answer(200, utf8Bytes('ok\n'))).toEqual({ kind: 'refused', status: 200 });
        expect(answer(200, Uint8Array.of(0xff))).toEqual({ kind: 'refused', status: 200 });
        expect(answer(200, new Uint8Array(1_000_001))).toEqual({ kind: 'refused', status: 200 });
        expect(answer(500, utf8Bytes('\u2014 w AQIDBAU=\n'))).toEqual({ kind: 'refused', status: 500 });
    });

    it('and the request come back as they were written', () => {
        const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
        const any = fc.record({
            oldSize: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
            proof: fc.array(hash, { maxLength: PROOF_MAX_LINES }),
            checkpoint: fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
        });
        fc.assert(
            fc.property(any, (each) => {
                expect(parseAddCheckpoint(formatAddCheckpoint(each))).toEqual(each);
            }),
        );
        expect(() => formatAddCheckpoint({ oldSize: -1n, proof: [], checkpoint: note(1) })).toThrow('addCheckpoint.malformed');
        const proof = Array.from({ length: PROOF_MAX_LINES + 1 }, () => tree.root(1));
        expect(() => formatAddCheckpoint({ oldSize: 1n, proof, checkpoint: note(1) })).toThrow('hashLines.malformed');
        expect(() => formatAddCheckpoint({ oldSize: 1n, proof: [new Uint8Array(31)], checkpoint: note(1) })).toThrow(
            'hashLines.malformed',
        );
    });
});
