import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { inspectFile } from './inspect-file.ts';
import { openInspections } from './inspections.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const digest = async (name: string) =>
    createHash('sha256')
        .update(await readFile(at(name)))
        .digest('hex');
const going = () => new AbortController().signal;

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-ahead-'));
    await ffmpeg(...picture(), ...tone(), ...H264, ...AAC, at('clip.mp4'));
    await copyFile(at('clip.mp4'), at('same.mp4'));
    await writeFile(at('words.txt'), 'switched on\nswitched off\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('answers what the file itself would, once for each time it was measured ahead', async () => {
    const inspections = openInspections();
    await inspections.measureAhead([at('clip.mp4')], going());
    const sha256 = await digest('clip.mp4');
    // The bytes are gone, so this answer was there before.
    await rm(at('clip.mp4'));
    expect(await inspections.inspect(at('clip.mp4'), sha256, {})).toEqual(await inspectFile(at('same.mp4')));
    await expect(inspections.inspect(at('clip.mp4'), sha256, {})).rejects.toMatchObject({ code: 'ENOENT' });
});

it('gives each of several the answer that it gets alone', async () => {
    const inspections = openInspections();
    const names = ['lines.txt', 'short.mp4', 'empty.mp4', 'small.mp4'];
    await writeFile(at('lines.txt'), 'one\ntwo\nthree\n');
    await ffmpeg(...picture('320x240', 25, 1), ...H264, at('short.mp4'));
    await writeFile(at('empty.mp4'), '');
    await ffmpeg(...picture('160x120', 10, 3), ...H264, at('small.mp4'));
    await inspections.measureAhead(names.map(at), going());
    const alone = new Map<string, unknown>();
    for (const name of names) alone.set(name, await inspectFile(at(name)));
    expect(new Set([...alone.values()].map((each) => JSON.stringify(each))).size).toBe(names.length);
    for (const name of names.toReversed()) {
        const sha256 = await digest(name);
        await rm(at(name));
        expect(await inspections.inspect(at(name), sha256, {}), name).toEqual(alone.get(name));
        await expect(inspections.inspect(at(name), sha256, {}), name).rejects.toMatchObject({ code: 'ENOENT' });
    }
});

it('does not take one file for another, nor what a profile names a log for what was measured without it', async () => {
    const inspections = openInspections();
    await inspections.measureAhead([at('same.mp4'), at('words.txt')], going());
    const named = { namedLog: true };
    const words = await inspections.inspect(at('words.txt'), await digest('words.txt'), named);
    expect(words).toEqual(await inspectFile(at('words.txt'), named));
    expect(words).not.toEqual(await inspectFile(at('words.txt')));
    expect((await inspections.inspect(at('same.mp4'), '0'.repeat(64), {})).container).toBe('mp4');
});

it('measures when it comes in what it was stopped before', async () => {
    const inspections = openInspections();
    const stopped = AbortSignal.abort();
    await inspections.measureAhead([at('same.mp4')], stopped);
    expect((await inspections.inspect(at('same.mp4'), await digest('same.mp4'), {})).findings).toEqual([]);
});
