import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
    type AddCheckpoint,
    formatAddCheckpoint,
    formatNoteSignatures,
    originHash,
    parseCheckpoint,
    parseNote,
    readAddCheckpointAnswer,
    TLOG_SIZE_TYPE,
    utf8Bytes,
    utf8Text,
    verifyNote,
} from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';
import { verifyWithKey } from '@liuhen/verify/signatures';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leafData, signed, testKey, testSigner, testTree } from '../../../packages/domain/src/proof/golden/test-log.ts';
import { startWitnessProcess, type WitnessOptions, type WitnessProcess, writeLogs } from './testing/witness-process.ts';

const ORIGIN = 'example.org/log';
const log = testSigner(ORIGIN);
const tree = testTree(64);
const forked = testTree(64, undefined, (at) => (at < 7 ? leafData(at) : utf8Bytes(`other ${at}`)));

let folder: string;
let witness: WitnessProcess;
const running: WitnessProcess[] = [];

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-witness-'));
    await writeLogs(folder, [log.key, testSigner('example.org/other').key]);
    witness = await start();
});
afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
});

async function start(options?: WitnessOptions): Promise<WitnessProcess> {
    const started = await startWitnessProcess(folder, options);
    running.push(started);
    return started;
}

const note = (size: number, of = tree, origin = ORIGIN, signer = log) =>
    signed(of.text(origin, size), signer.sign(of.text(origin, size)));
const request = async (from: number, to: number, change: Partial<AddCheckpoint> = {}) =>
    formatAddCheckpoint({ oldSize: BigInt(from), proof: await tree.consistency(from, to), checkpoint: note(to), ...change });

async function post(body: Uint8Array | string, to = witness) {
    const response = await fetch(`${to.url}/add-checkpoint`, { method: 'POST', body: body as BodyInit });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, contentType: response.headers.get('content-type') ?? undefined, body: bytes };
}
const statusOf = async (body: Uint8Array | string) => (await post(body)).status;
const textOf = async (body: Uint8Array) => {
    const answer = await post(body);
    return [answer.status, answer.contentType, utf8Text(answer.body)];
};

const keptFolder = async (name = 'witness') => {
    const [only = ''] = await readdir(join(folder, name, 'logs'));
    return join(folder, name, 'logs', only);
};
const kept = async () =>
    (await readFile(join(await keptFolder(), 'kept.jsonl'), 'utf8'))
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as { time: string; note: string });
const latestSize = async () =>
    parseCheckpoint(parseNote(new Uint8Array(await readFile(join(await keptFolder(), 'latest.note')))).text).size;

describe('the witness', () => {
    it('cosigns what follows, with a signature that others verify, and keeps it before', async () => {
        const before = BigInt(Math.floor(Date.now() / 1000));
        const answer = await post(await request(0, 5));
        expect(answer).toMatchObject({ status: 200, contentType: 'text/plain' });
        const read = readAddCheckpointAnswer(answer);
        if (read.kind !== 'cosigned') throw new Error('not cosigned');
        const { verified } = await verifyNote(
            { text: tree.text(ORIGIN, 5), signatures: read.signatures },
            [witness.key],
            verifyWithKey,
        );
        expect(verified).toHaveLength(1);
        expect(Number(verified[0]?.time)).toBeGreaterThanOrEqual(Number(before));
        expect(await latestSize()).toBe(5n);
        expect((await post(await request(5, 23))).status).toBe(200);
        expect((await kept()).map((each) => parseCheckpoint(parseNote(utf8Bytes(each.note)).text).size)).toEqual([5n, 23n]);
        // Signed by the log and by the witness: what is kept proves itself.
        for (const each of await kept())
            expect(
                (await verifyNote(parseNote(utf8Bytes(each.note)), [log.key, witness.key], verifyWithKey)).verified,
            ).toHaveLength(2);
        expect((await stat(join(folder, 'witness', 'witness-ed25519.pem'))).mode & 0o777).toBe(0o600);
    });

    it('answers with the statuses of the protocol', async () => {
        expect(await statusOf('nothing of the kind')).toBe(400);
        expect(await statusOf(await request(0, 5, { checkpoint: note(5, tree, 'example.org/unknown') }))).toBe(404);
        expect(
            await statusOf(await request(0, 5, { checkpoint: note(5, tree, ORIGIN, testSigner(ORIGIN, testKey('thief'))) })),
        ).toBe(403);
        expect(await statusOf(await request(0, 5, { oldSize: 6n }))).toBe(400);
        expect(await textOf(await request(3, 5))).toEqual([409, TLOG_SIZE_TYPE, '0\n']);
        expect(await statusOf(await request(0, 5))).toBe(200);
        expect(await textOf(await request(0, 9))).toEqual([409, TLOG_SIZE_TYPE, '5\n']);
        expect(await statusOf(await request(5, 9, { proof: [] }))).toBe(422);
        expect(await statusOf(await request(5, 9))).toBe(200);
        const [status, type, text] = await textOf(await request(9, 9, { checkpoint: note(9, forked) }));
        expect([status, type, text]).toEqual([409, 'text/plain', 'root\n']);
        await witness.said(ORIGIN);
        // What the log signed and cannot both be true is kept, once.
        await post(await request(9, 9, { checkpoint: note(9, forked) }));
        // The same with the log's own line twice, or with lines of others below, is nothing new.
        const fork = forked.text(ORIGIN, 9);
        for (const more of [log, testSigner('example.org/stranger')]) {
            const checkpoint = signed(fork, log.sign(fork), more.sign(fork));
            expect(await statusOf(await request(9, 9, { checkpoint }))).toBe(409);
        }
        expect((await readdir(join(await keptFolder(), 'evidence'))).map((name) => name.split('-')[0]).sort()).toEqual([
            'proof',
            'root',
        ]);
        expect(
            await statusOf(await request(9, 20, { checkpoint: note(20, forked), proof: await forked.consistency(9, 20) })),
        ).toBe(422);
        expect(await latestSize()).toBe(9n);
        const other = async (method: string, path: string) => (await fetch(`${witness.url}${path}`, { method })).status;
        expect([await other('GET', '/add-checkpoint'), await other('POST', '/'), await other('GET', '/')]).toEqual([
            405, 404, 200,
        ]);
    });

    it('hands out what it cosigned last, signed by the log and by itself', async () => {
        const at = `${witness.url}/${originHash(verifierDigest.sha256, ORIGIN)}/checkpoint`;
        expect((await fetch(at)).status).toBe(404);
        await post(await request(0, 5));
        await post(await request(5, 23));
        const answer = await fetch(at);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
        const shown = parseNote(new Uint8Array(await answer.arrayBuffer()));
        expect(parseCheckpoint(shown.text).size).toBe(23n);
        expect((await verifyNote(shown, [log.key, witness.key], verifyWithKey)).verified).toHaveLength(2);
        expect((await fetch(at, { method: 'POST' })).status).toBe(405);
        for (const path of ['..%2f..%2fwitness-ed25519.pem', `${'0'.repeat(63)}/checkpoint`, `${'g'.repeat(64)}/checkpoint`])
            expect((await fetch(`${witness.url}/${path}`)).status).toBe(404);
    });

    it('decides one request of a log at a time, however many come at once', async () => {
        const sizes = Array.from({ length: 60 }, (_, at) => at + 1);
        const bodies = await Promise.all(sizes.map((size) => request(0, size)));
        const answers = await Promise.all(bodies.map((body) => post(body)));
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
        const first = await latestSize();
        expect(await kept()).toHaveLength(1);
        const told = answers.filter(({ status }) => status === 409).map(({ body }) => utf8Text(body));
        expect(new Set(told)).toEqual(new Set([`${first}\n`]));
        // From where it stands on: of all that follow one another at once, what is kept never goes back.
        const from = Number(first);
        const more = await Promise.all(sizes.filter((size) => size > from).map((size) => request(from, size)));
        await Promise.all(more.map((body) => post(body)));
        const order = (await kept()).map((each) => Number(parseCheckpoint(parseNote(utf8Bytes(each.note)).text).size));
        expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(new Set(order).size).toBe(order.length);
    });

    it('refuses hostile bodies and goes on', async () => {
        const good = utf8Text(await request(0, 5)) ?? '';
        const lines = parseNote(note(5)).signatures;
        const tooMany = `old 0\n\n${tree.text(ORIGIN, 5)}\n${Array.from({ length: 10_000 }, () => formatNoteSignatures(lines)).join('')}`;
        const bodies: (Uint8Array | string)[] = [
            '',
            '\n'.repeat(1_000_000),
            'a'.repeat(1_000_000),
            `${good}${'b'.repeat(1_000_000)}`,
            'c'.repeat(3_000_000),
            tooMany,
            Uint8Array.from([...utf8Bytes('old 0\n\n'), 0xff, 0xfe, 0xc0, 0x80, 0x0a]),
            Uint8Array.from(utf8Bytes(good), (byte, at) => (at === good.length - 5 ? 0xff : byte)),
            good.replace('old 0', 'old 00'),
            good.replace('old 0', `old ${'9'.repeat(4_000)}`),
            good.replace('\n', '\r\n'),
            `old 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}${good.slice(6)}`,
        ];
        for (const body of bodies) expect(await statusOf(body)).toBe(400);
        // Somebody who says much and sends little, or goes away in the middle.
        const { port } = new URL(witness.url);
        for (const head of [
            'POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 999\r\n\r\nold',
            'POST /\r\n\r\n',
            '\0\0\0',
        ])
            await new Promise<void>((resolve) => {
                const socket = connect(Number(port), '127.0.0.1', () => socket.write(head, () => socket.destroy()));
                socket.once('close', () => resolve());
                socket.on('error', () => undefined);
            });
        expect(await statusOf(good)).toBe(200);
        expect(witness.process.exitCode).toBeNull();
        expect(witness.output()).not.toContain('内部错误');
    });
});

describe('a witness that was killed', () => {
    // Case 6 of the fault list.
    it('after it kept a checkpoint and before it answered has not forgotten it, and cosigns it when asked again', async () => {
        expect((await post(await request(0, 5))).status).toBe(200);
        await witness.stop('SIGKILL');
        witness = await start({ failpoint: 'witness.kept:kill' });
        await expect(post(await request(5, 9))).rejects.toThrow();
        expect(await witness.ended).toBe('SIGKILL');
        witness = await start();
        // Asked as if nothing had happened it says where it stands, and asked with that it gives the signature that was lost.
        expect(await textOf(await request(5, 9))).toEqual([409, TLOG_SIZE_TYPE, '9\n']);
        expect(await statusOf(await request(9, 9))).toBe(200);
        expect(await statusOf(await request(9, 9, { checkpoint: note(9, forked) }))).toBe(409);
        expect(await latestSize()).toBe(9n);
        expect(await kept()).toHaveLength(2);
    });

    it('between its list and its latest checkpoint goes on, and a torn line spoils no other', async () => {
        await post(await request(0, 5));
        await witness.stop('SIGKILL');
        await rm(join(await keptFolder(), 'latest.note'));
        witness = await start();
        expect(await textOf(await request(0, 9))).toEqual([409, TLOG_SIZE_TYPE, '5\n']);
        expect(await statusOf(await request(5, 9))).toBe(200);
        await witness.stop('SIGKILL');
        const list = join(await keptFolder(), 'kept.jsonl');
        await writeFile(list, '{"time":"17', { flag: 'a' });
        witness = await start();
        expect(await statusOf(await request(9, 20))).toBe(200);
        const lines = (await readFile(list, 'utf8')).split('\n');
        expect(lines.map((line) => line.slice(0, 9))).toEqual(['{"time":"', '{"time":"', '{"time":"', '{"time":"', '']);
        expect(lines[3]).toContain('20');
    });
});

describe('a witness does not start', () => {
    const refusal = async (options?: WitnessOptions) =>
        start(options).then(
            () => 'started',
            (error: Error) => error.message,
        );

    it('a second time on its folder, under another name, or with another key', async () => {
        expect(await refusal()).toContain('已有一个见证在使用这个文件夹');
        await witness.stop();
        expect(await refusal({ name: 'witness.example/second' })).toContain('witness.example/first');
        await rm(join(folder, 'witness', 'witness-ed25519.pem'));
        expect(await refusal({ language: 'en' })).toContain('The key file is gone');
    });

    it('on a state that it did not sign, or that was taken away', async () => {
        await post(await request(0, 5));
        await post(await request(5, 9));
        await witness.stop();
        const file = join(await keptFolder(), 'latest.note');
        const sound = await readFile(file);
        await writeFile(file, note(5));
        expect(await refusal()).toContain('不予启动');
        await rm(file);
        expect(await refusal({ language: 'en' })).toContain('It does not start');
        await writeFile(file, sound);
        witness = await start();
        expect(await statusOf(await request(9, 10))).toBe(200);
    });

    it('with a file of keys that has a mistake in it; and one that is read anew does not end it', async () => {
        await writeFile(join(folder, 'logs.txt'), 'log nonsense\nquorum none\n');
        witness.process.kill('SIGHUP');
        await witness.said('第 1 行有误');
        expect(await statusOf(await request(0, 5))).toBe(200);
        await writeLogs(folder, [log.key, testSigner('example.org/new').key]);
        witness.process.kill('SIGHUP');
        await witness.said('已重新读取');
        const other = testSigner('example.org/new');
        expect(await statusOf(await request(0, 5, { checkpoint: note(5, tree, 'example.org/new', other) }))).toBe(200);
        await witness.stop();
        await writeFile(join(folder, 'logs.txt'), 'log nonsense\nquorum none\n');
        expect(await refusal()).toContain('第 1 行有误');
    });

    it('and ends in order when it is told to', async () => {
        expect(await witness.stop()).toBe(0);
    });
});
