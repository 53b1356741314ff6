import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Id, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { cuesIn } from '../../platform/media/listen.ts';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { foundInstitute, INSTITUTE_PASSWORD, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

/**
 * Stands in for a program that recognises speech, which is not part of the software: it is called as one would be, looks at the sound that
 * it is given, and answers from a file beside it.
 */
const PROGRAM = `#!${process.execPath}
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
if (process.argv[2] === '--version') { console.log('listener 1.2'); process.exit(0); }
const sound = readFileSync(process.argv[2]);
const [channels, rate, bits] = [sound.readUInt16LE(22), sound.readUInt32LE(24), sound.readUInt16LE(34)];
if (sound.toString('latin1', 0, 4) !== 'RIFF' || channels !== 1 || rate !== 16000 || bits !== 16) process.exit(3);
const said = readFileSync(join(__dirname, 'said.jsonl'), 'utf8');
if (said === 'crash') process.exit(1);
process.stdout.write(said);
`;
const OPENING = { startMs: 1_000, endMs: 3_000, text: '你好，我们是区卫健委执法人员，监督员证号分别是' };
const CLOSING = { startMs: 5_000, endMs: 5_900, text: '本次执法结束，关闭执法记录仪' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let manager: Remote;
let officer: Remote;
const at = (name: string) => join(folder.path, name);
const says = (...cues: readonly object[]) => writeFile(at('said.jsonl'), cues.map((each) => JSON.stringify(each)).join('\n'));

async function handIn(name: string): Promise<Id> {
    const client = new SignedInUploader(officer);
    const bytes = await readFile(at(name));
    const path = await client.create(bytes.length, { filename: name });
    await client.resume(path, bytes);
    return client.recording(path);
}

const heard = (id: Id, who = manager) => who.call('recording.heard', { params: { id } });
async function heardAs(id: Id, state: string) {
    await vi.waitUntil(async () => (await heard(id)).listening?.state === state, { timeout: 60_000, interval: 100 });
    return heard(id);
}
const decide = (who: Remote, id: Id, body: { as: 'confirmed'; mediaMs?: number } | { as: 'rejected' }) =>
    who.call('recording.decideHeard', { params: { id }, body });
const view = (who: Remote, id: Id) => who.call('recording.openViewing', { params: { id }, body: { purpose: '核对规定用语' } });
const refused = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
    folder = await temporaryFolder('listening');
    await writeFile(at('listener.cjs'), PROGRAM);
    await chmod(at('listener.cjs'), 0o755);
    await says(OPENING, CLOSING);
    app = await startApp({
        config: readConfig(
            {
                LIUHEN_PORT: '0',
                LIUHEN_LOG_LEVEL: 'silent',
                LIUHEN_STORAGE_FLOOR_MIB: '0',
                LIUHEN_DERIVED_AFTER_SECONDS: '0',
                LIUHEN_SPEECH_PROGRAM: at('listener.cjs'),
            },
            { dataFolder: at('data') },
        ),
    });
    await foundInstitute(app.url, USUAL_PEOPLE);
    manager = await remote(app.url).signIn('lumanager', INSTITUTE_PASSWORD);
    officer = await remote(app.url).signIn('zhouqing', INSTITUTE_PASSWORD);
    await ffmpeg(...picture('320x240', 10, 6), ...tone(6), ...H264, ...AAC, at('spoken.mp4'));
    await ffmpeg(...picture('320x240', 10, 5), ...tone(5), ...H264, ...AAC, at('other.mp4'));
    await ffmpeg(...picture('320x240', 10, 4), ...H264, at('silent.mp4'));
}, 120_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

describe('a program that listens', () => {
    it('says where the words of the clauses seem to be said, and nothing more', async () => {
        const id = await handIn('spoken.mp4');
        const { available, listening, items } = await heardAs(id, 'done');
        expect([available, listening?.program]).toEqual([true, 'listener 1.2']);
        expect(items).toMatchObject([
            { kind: 'opening', mediaMs: 1_000, words: OPENING.text, state: 'waiting', decided: null },
            { kind: 'closing', mediaMs: 5_000, state: 'waiting' },
        ]);
        expect((await manager.call('recording.marks', { params: { id } })).items).toEqual([]);
        const [entry] = (await manager.call('ledger.list', { query: { objectId: id, kind: 'recording.listened' } })).items;
        expect(entry).toBeDefined();
    });

    it('is believed only once somebody has opened the recording; the moment may be set right, and each is decided on once', async () => {
        const [id] = (await manager.call('recording.list', { query: { q: 'spoken' } })).items.map((each) => each.id);
        const { items } = await heard(id ?? '');
        const [opening, closing] = items.map((each) => each.id);
        await expect(decide(manager, opening ?? '', { as: 'confirmed' })).rejects.toEqual(refused('recording.notViewed'));
        await view(manager, id ?? '');
        await expect(decide(manager, opening ?? '', { as: 'confirmed', mediaMs: 60 * SECOND })).rejects.toEqual(
            refused('recording.markOutside'),
        );
        await decide(manager, opening ?? '', { as: 'confirmed', mediaMs: 1_500 });
        await decide(manager, closing ?? '', { as: 'rejected' });
        const marks = (await manager.call('recording.marks', { params: { id: id ?? '' } })).items;
        expect(marks).toMatchObject([{ kind: 'opening', mediaMs: 1_500, madeBy: { name: expect.any(String) } }]);
        expect((await heard(id ?? '')).items.map((each) => each.state)).toEqual(['confirmed', 'rejected']);
        await expect(decide(manager, closing ?? '', { as: 'confirmed' })).rejects.toEqual(refused('recording.heardDecided'));
    });

    it('may be asked again, and then adds only what it did not point at before', async () => {
        const [id] = (await manager.call('recording.list', { query: { q: 'spoken' } })).items.map((each) => each.id);
        const before = (await heard(id ?? '')).listening?.at ?? 0;
        await manager.call('recording.listen', { params: { id: id ?? '' }, body: {} });
        await vi.waitUntil(
            async () => {
                const { listening } = await heard(id ?? '');
                return listening?.state === 'done' && listening.at > before;
            },
            { timeout: 60_000, interval: 100 },
        );
        expect((await heard(id ?? '')).items).toHaveLength(2);
    });

    it('that ends badly or answers otherwise than agreed has heard nothing, and a file without sound is not given to it', async () => {
        await writeFile(at('said.jsonl'), 'crash');
        const id = await handIn('other.mp4');
        expect((await heardAs(id, 'failed')).items).toEqual([]);
        await writeFile(at('said.jsonl'), `${JSON.stringify(CLOSING)}\n{"startMs": -1}`);
        await manager.call('recording.listen', { params: { id }, body: {} });
        await heardAs(id, 'failed');
        expect((await heard(id)).items).toEqual([]);
        const silent = await handIn('silent.mp4');
        const inspected = async () => (await manager.call('recording.get', { params: { id: silent } })).inspected;
        await vi.waitUntil(inspected, { timeout: 60_000, interval: 100 });
        await expect(manager.call('recording.listen', { params: { id: silent }, body: {} })).rejects.toEqual(
            refused('recording.notListenable'),
        );
        expect(await heard(silent)).toMatchObject({ listening: null, items: [] });
    });

    it('leaves a log and rows that verify', async () => {
        await app.stop();
        expect(await verifyInstallation({ dataFolder: at('data') })).toMatchObject({ outcome: 'sound', findings: [] });
    });
});

describe('what it writes', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    it.each([
        ['nothing', '', []],
        ['lines, empty ones among them', `\n${JSON.stringify(CLOSING)}\r\n\n`, [CLOSING]],
        ['no JSON', 'listener: ready', undefined],
        ['a stretch that ends before it begins', JSON.stringify({ ...CLOSING, endMs: 0 }), undefined],
        ['a time that is no whole number', JSON.stringify({ ...CLOSING, startMs: 0.5 }), undefined],
        ['a text without end', JSON.stringify({ ...CLOSING, text: '啊'.repeat(10_001) }), undefined],
        ['more lines than anybody speaks', `${JSON.stringify(CLOSING)}\n`.repeat(50_001), undefined],
    ] as const)('%s', (_, text, cues) => {
        expect(cuesIn(bytes(text))).toEqual(cues);
    });
    it('bytes that are no UTF-8', () => {
        expect(cuesIn(Uint8Array.of(0xff, 0xfe))).toBeUndefined();
    });
});
