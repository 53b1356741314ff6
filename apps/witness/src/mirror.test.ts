import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
    formatAddCheckpoint,
    formatAddEntries,
    MIRROR_INFO_TYPE,
    originHash,
    packageRuns,
    parseBundle,
    parseCheckpoint,
    parseMirrorInfo,
    parseNote,
    parseNoteSignatures,
    parseVerifierKey,
    utf8Bytes,
    utf8Text,
    verifyNote,
} from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';
import { verifyWithKey } from '@liuhen/verify/signatures';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leafData, signed, testSigner, testTree } from '../../../packages/domain/src/proof/golden/test-log.ts';
import { startWitnessProcess, type WitnessOptions, type WitnessProcess, writeLogs } from './testing/witness-process.ts';

const ORIGIN = 'example.org/log';
const log = testSigner(ORIGIN);
const tree = testTree(1_400);
const hash = originHash(verifierDigest.sha256, ORIGIN);

let folder: string;
let mirror: WitnessProcess;
const running: WitnessProcess[] = [];

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-mirror-'));
    await writeLogs(folder, [log.key]);
    mirror = await start();
});
afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
});

async function start(options: WitnessOptions = {}): Promise<WitnessProcess> {
    const started = await startWitnessProcess(folder, { mirror: true, ...options });
    running.push(started);
    return started;
}

const note = (size: number) => signed(tree.text(ORIGIN, size), log.sign(tree.text(ORIGIN, size)));
const post = async (path: string, body: Uint8Array) => {
    const response = await fetch(`${mirror.url}/${path}`, { method: 'POST', body: body as BodyInit });
    return {
        status: response.status,
        type: response.headers.get('content-type'),
        body: new Uint8Array(await response.arrayBuffer()),
    };
};
const witness = async (from: number, to: number) =>
    (
        await post(
            'add-checkpoint',
            formatAddCheckpoint({ oldSize: BigInt(from), proof: await tree.consistency(from, to), checkpoint: note(to) }),
        )
    ).status;
const packagesOf = (from: number, to: number, entry = leafData) =>
    Promise.all(
        [...packageRuns(BigInt(from), BigInt(to))].map(async ({ block, from: first, to: end }) => ({
            entries: Array.from({ length: Number(end - first) }, (_, at) => entry(Number(first) + at)),
            proof: await tree.run(block, end, to),
        })),
    );
async function send(from: number, to: number, change: { most?: number; entry?: typeof leafData; origin?: string } = {}) {
    const packages = (await packagesOf(from, to, change.entry)).slice(0, change.most);
    const origin = change.origin ?? ORIGIN;
    return post(
        'add-entries',
        formatAddEntries({ origin, from: BigInt(from), to: BigInt(to), ticket: new Uint8Array(0), packages }),
    );
}
const info = ({ status, type, body }: Awaited<ReturnType<typeof send>>) => {
    const read = type === MIRROR_INFO_TYPE ? parseMirrorInfo(body) : undefined;
    return [status, Number(read?.size), Number(read?.next)];
};
const get = async (path: string) => {
    const response = await fetch(`${mirror.url}/mirror/${hash}/${path}`);
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
};
const mirrorKey = async () =>
    parseVerifierKey(verifierDigest.sha256, (await readFile(join(folder, 'witness', 'mirror.vkey'), 'utf8')).trim());
const bundle = async (path: string) => parseBundle((await get(`tile/entries/${path}`)).body)?.map((each) => utf8Text(each));
const entriesOf = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => utf8Text(leafData(from + at)));

describe('a mirror', () => {
    it('keeps every entry of a witnessed checkpoint, says so with a key of its own, and hands them out', async () => {
        expect(info(await send(0, 700))).toEqual([409, 0, 0]);
        expect(await witness(0, 700)).toBe(200);
        expect((await get('checkpoint')).status).toBe(404);
        const answer = await send(0, 700);
        expect(answer.status).toBe(200);
        const key = await mirrorKey();
        expect(key.name).toBe('witness.example/first/mirror');
        const signatures = parseNoteSignatures(utf8Text(answer.body) ?? '');
        expect((await verifyNote({ text: tree.text(ORIGIN, 700), signatures }, [key], verifyWithKey)).verified).toHaveLength(1);
        const shown = parseNote((await get('checkpoint')).body);
        // The witness and the mirror are two, and each says only what it knows.
        expect(
            (await verifyNote(shown, [log.key, key, mirror.key], verifyWithKey)).verified.map(({ key: by }) => by.name),
        ).toEqual([ORIGIN, key.name]);
        expect(await bundle('000')).toEqual(entriesOf(0, 256));
        expect(await bundle('002.p/188')).toEqual(entriesOf(512, 700));
        const leaves = Buffer.concat(Array.from({ length: 256 }, (_, at) => tree.leaf(256 + at)));
        expect((await get('tile/0/001')).body).toEqual(new Uint8Array(leaves));
        expect((await get('tile/1/000.p/2')).body.length).toBe(64);
        for (const path of [
            'tile/entries/002',
            'tile/entries/002.p/189',
            'tile/1/000.p/3',
            'tile/2/000.p/1',
            'tile/entries/x000/000',
            'tile/64/000',
        ])
            expect((await get(path)).status).toBe(404);
    });

    it('takes entries in parts, goes on after each, and grows with the log', async () => {
        await witness(0, 700);
        expect(info(await send(0, 700, { most: 1 }))).toEqual([202, 700, 256]);
        expect(info(await send(512, 700))).toEqual([409, 700, 256]);
        expect(await witness(700, 1_300)).toBe(200);
        expect(info(await send(256, 700))).toEqual([409, 1_300, 256]);
        expect(info(await send(256, 1_300, { most: 2 }))).toEqual([202, 1_300, 768]);
        // Some of it was sent before; it is kept once.
        expect((await send(760, 1_300)).status).toBe(200);
        expect(parseCheckpoint(parseNote((await get('checkpoint')).body).text).size).toBe(1_300n);
        expect(await bundle('002')).toEqual(entriesOf(512, 768));
        expect(await bundle('003')).toEqual(entriesOf(768, 1_024));
        expect(await bundle('005.p/20')).toEqual(entriesOf(1_280, 1_300));
        await witness(1_300, 1_301);
        expect((await send(1_300, 1_301)).status).toBe(200);
        expect(await bundle('005.p/21')).toEqual(entriesOf(1_280, 1_301));
    });

    it('keeps nothing that does not lead to the checkpoint, of unknown logs or without form', async () => {
        await witness(0, 700);
        expect((await send(0, 700, { entry: (at) => (at === 600 ? utf8Bytes('another') : leafData(at)) })).status).toBe(422);
        // What came before it was right.
        expect(info(await send(0, 0))).toEqual([409, 700, 512]);
        expect((await send(0, 700, { origin: 'example.org/unknown' })).status).toBe(404);
        expect((await post('add-entries', utf8Bytes('nothing of the kind'))).status).toBe(400);
        // What is too long is not read to its end; the sender may notice before it has the answer.
        const tooLong = await post('add-entries', new Uint8Array(19 * 1024 * 1024)).then(
            ({ status }) => status,
            () => 413,
        );
        expect(tooLong).toBe(413);
        expect((await send(512, 700)).status).toBe(200);
        expect(await bundle('002.p/188')).toEqual(entriesOf(512, 700));
    });

    it('that was killed in the middle of an upload goes on from what it kept', async () => {
        await mirror.stop('SIGKILL');
        mirror = await start({ failpoint: 'mirror.kept:kill' });
        await witness(0, 700);
        await expect(send(0, 700)).rejects.toThrow();
        expect(await mirror.ended).toBe('SIGKILL');
        mirror = await start();
        expect(info(await send(0, 0))).toEqual([409, 700, 256]);
        expect((await send(256, 700)).status).toBe(200);
        expect(await bundle('000')).toEqual(entriesOf(0, 256));
        await mirror.stop('SIGTERM');
        mirror = await start();
        expect(mirror.output()).toContain(`${ORIGIN}  已存 700 条`);
    });

    it('does not start where entries of its checkpoint are gone', async () => {
        await witness(0, 700);
        await send(0, 700);
        await mirror.stop('SIGTERM');
        await writeFile(join(folder, 'witness', 'mirror', hash, 'entries', '002'), new Uint8Array(0));
        await expect(start()).rejects.toThrow('已损坏');
    });

    it('is only one where it was asked for', async () => {
        await mirror.stop('SIGTERM');
        mirror = await start({ mirror: false });
        await witness(0, 5);
        expect((await send(0, 5)).status).toBe(404);
        expect((await get('checkpoint')).status).toBe(404);
    });
});
