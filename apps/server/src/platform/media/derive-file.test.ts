import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Derivation, type DullStretch, derivationOf, dullStretches, type Levels } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { type DeriveLimits, deriveFile, installedFfmpeg, type MediaProgram } from './derive-file.ts';
import { inspectFile } from './inspect-file.ts';

const LIMITS: DeriveLimits = { wallMs: 30_000, cpuSeconds: 30, addressSpaceMiB: 3_072, writtenBytes: 4 << 20 };
const WORK = { mediaType: 'image/jpeg', detail: {}, workMs: 1 } as const;
const THUMBNAIL: Derivation = {
    ...WORK,
    input: ['-f', 'mov'],
    output: ['-frames:v', '1', '-c:v', 'mjpeg', '-f', 'image2', '-update', '1'],
};
let folder = '';
let program: MediaProgram;
const at = (name: string) => join(folder, name);
async function derive(from: string, derivation: Derivation, limits: Partial<DeriveLimits> = {}, by = program) {
    await writeFile(at('out'), '');
    return deriveFile(by, derivation, { from: at(from), to: at('out') }, { ...LIMITS, ...limits });
}
/** A program of our own in the place of the real one, under the same limits. */
async function standIn(body: string): Promise<MediaProgram> {
    await writeFile(at('program'), `#!/bin/sh\n${body}\n`, { mode: 0o700 });
    return { path: at('program'), version: '0' };
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-derive-'));
    const found = await installedFfmpeg();
    if (found === undefined) throw new Error('ffmpeg is missing: install the Debian package ffmpeg');
    program = found;
    await ffmpeg(...picture('320x240', 30, 4), ...tone(4), ...H264, ...AAC, at('plain.mp4'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a picture is made through two open files, without a name among the arguments', async () => {
    expect(await derive('plain.mp4', THUMBNAIL)).toBeUndefined();
    expect((await readFile(at('out'))).subarray(0, 3).toString('hex')).toBe('ffd8ff');
});

describe('beside a storyboard it is watched where nothing is to be seen or heard', () => {
    const board = async (name: string) => {
        const derivation = derivationOf('storyboard', await inspectFile(at(name)));
        const heard: Levels[] = [];
        await writeFile(at('out'), '');
        const onLevels = (of: Levels) => void heard.push(of);
        expect(await deriveFile(program, derivation, { from: at(name), to: at('out') }, LIMITS, { onLevels })).toBeUndefined();
        expect((await readFile(at('out'))).subarray(0, 3).toString('hex')).toBe('ffd8ff');
        expect(heard).toHaveLength(1);
        return heard.map(dullStretches)[0];
    };
    /** Key pictures are a second apart here, and so is what is said of them. */
    const expectNear = (of: readonly DullStretch[] | null | undefined, ...wanted: [number, number][]) => {
        expect(of).toHaveLength(wanted.length);
        for (const [index, [from, to]] of wanted.entries()) {
            expect(Math.abs((of?.[index]?.fromMs ?? 0) - from * 1_000)).toBeLessThanOrEqual(2_000);
            expect(Math.abs((of?.[index]?.toMs ?? 0) - to * 1_000)).toBeLessThanOrEqual(2_000);
        }
    };

    test('by key pictures and sound of a long file, in one reading; by every picture of a short one', async () => {
        const black = ['-vf', "drawbox=color=black:t=fill:enable='between(t,20,40)'"];
        const mute = ['-af', "volume=0:enable='between(t,10,76)'"];
        await ffmpeg(...picture('160x120', 10, 90), ...tone(90), ...black, ...mute, ...H264, '-g', '10', ...AAC, at('long.mp4'));
        const long = await board('long.mp4');
        expectNear(long?.dark, [20, 40]);
        expectNear(long?.silent, [10, 76]);
        await ffmpeg(...picture('160x120', 10, 36), ...tone(36), ...black, ...H264, '-g', '300', ...AAC, at('short.mp4'));
        const short = await board('short.mp4');
        expectNear(short?.dark, [20, 36]);
        expect(short?.silent).toEqual([]);
    });

    test('without sound nothing is said of silence', async () => {
        await ffmpeg(...picture('160x120', 10, 14), ...H264, at('mute.mp4'));
        expect(await board('mute.mp4')).toEqual({ dark: [], silent: null, more: 0 });
    });
});

describe('what a file or a program may do is bounded by the system', () => {
    test('time of the processor', async () => {
        const by = await standIn('while :; do :; done');
        expect(await derive('plain.mp4', THUMBNAIL, { cpuSeconds: 1 }, by)).toBe('timedOut');
    });

    test('time on the wall', async () => {
        const by = await standIn('exec sleep 30');
        expect(await derive('plain.mp4', THUMBNAIL, { wallMs: 300 }, by)).toBe('timedOut');
    });

    test('memory', async () => {
        const by = await standIn('exec dd if=/dev/zero of=/dev/null bs=1000000000 count=1 2>/dev/null');
        expect(await derive('plain.mp4', THUMBNAIL, { addressSpaceMiB: 200, wallMs: 20_000 }, by)).toBe('program');
    });

    test('what is written', async () => {
        const by = await standIn('exec dd if=/dev/zero of=/dev/fd/4 bs=65536 count=1024 2>/dev/null');
        expect(await derive('plain.mp4', THUMBNAIL, { writtenBytes: 1 << 20 }, by)).toBe('program');
        expect((await stat(at('out'))).size).toBeLessThanOrEqual(1 << 20);
    });

    test('nothing of our environment is handed on', async () => {
        const by = await standIn('[ -z "$HOME$LIUHEN_PORT$DATABASE_URL$USER" ]');
        expect(await derive('plain.mp4', THUMBNAIL, {}, by)).toBeUndefined();
    });
});

describe('hostile files', () => {
    test('a playlist under the name of a recording opens no other file', async () => {
        await writeFile(at('secret.txt'), 'secret');
        await writeFile(at('list.mp4'), `ffconcat version 1.0\nfile '${at('plain.mp4')}'\n`);
        expect(await derive('list.mp4', THUMBNAIL)).toBe('program');
        await writeFile(at('hls.mp4'), `#EXTM3U\n#EXTINF:4,\n${at('plain.mp4')}\n`);
        expect(await derive('hls.mp4', THUMBNAIL)).toBe('program');
    });

    test('noise, zeros and an index that promises everything end in a reason, not in a hang', async () => {
        await writeFile(at('zeros.mp4'), Buffer.alloc(500_000));
        expect(await derive('zeros.mp4', THUMBNAIL)).toBe('program');
        const bytes = await readFile(at('plain.mp4'));
        for (const table of ['stts', 'stsc', 'stsz']) bytes.writeUInt32BE(0xffff_fff0, bytes.indexOf(table) + 8);
        await writeFile(at('bomb.mp4'), bytes);
        const began = performance.now();
        await derive('bomb.mp4', THUMBNAIL, { cpuSeconds: 5, wallMs: 15_000 });
        expect(performance.now() - began).toBeLessThan(16_000);
    });

    test('a picture of claimed gigapixels is not decoded', async () => {
        await ffmpeg(...picture('64x64', 5, 1), '-c:v', 'mjpeg', at('small.avi'));
        const bytes = await readFile(at('small.avi'));
        // Width and height in the header of the stream and in every picture (SOF0).
        const strf = bytes.indexOf('strf') + 8;
        bytes.writeInt32LE(60_000, strf + 4);
        bytes.writeInt32LE(60_000, strf + 8);
        for (let sof = bytes.indexOf('ffc0', 0, 'hex'); sof >= 0; sof = bytes.indexOf('ffc0', sof + 1, 'hex')) {
            bytes.writeUInt16BE(60_000, sof + 5);
            bytes.writeUInt16BE(60_000, sof + 7);
        }
        await writeFile(at('huge.avi'), bytes);
        const avi = { ...THUMBNAIL, input: ['-f', 'avi'] };
        expect(await derive('huge.avi', avi, { cpuSeconds: 10 })).toBe('program');
    });

    test('the original cannot be written to', async () => {
        const before = await readFile(at('plain.mp4'));
        const by = await standIn('echo x >&3');
        await derive('plain.mp4', THUMBNAIL, {}, by);
        expect((await readFile(at('plain.mp4'))).equals(before)).toBe(true);
    });
});
