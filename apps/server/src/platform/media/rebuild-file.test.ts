import { createCipheriv } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodingOfRebuilt, derivationOfRebuilt } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { deriveFile, deriveLimits, installedFfmpeg, type MediaProgram } from './derive-file.ts';
import { inspectFile } from './inspect-file.ts';
import { type RebuildAsked, readStreamSets, rebuildStreams } from './rebuild-file.ts';

const SECONDS = 6;
const PICTURES = SECONDS * 25;
let folder = '';
let program: MediaProgram;
const at = (name: string) => join(folder, name);
const clip = (name: string, ...more: readonly string[]) =>
    ffmpeg(...picture('320x240', 25, SECONDS), ...tone(SECONDS), ...H264, '-g', '25', ...AAC, ...more, at(name));

/** As a recorder leaves it that loses power: media data without the index that would have come behind it. */
async function withoutIndex(from: string, to: string, change: (bytes: Buffer) => Buffer = (bytes) => bytes): Promise<Buffer> {
    const whole = await readFile(at(from));
    const moov = whole.lastIndexOf('moov') - 4;
    const bytes = change(whole.subarray(0, moov));
    await writeFile(at(to), bytes);
    return bytes;
}

const rebuild = (name: string, asked: RebuildAsked) =>
    rebuildStreams(at(name), asked, { pictures: at('pictures.h264'), sound: at('sound.aac') });

async function like(name: string, sampleRate?: number): Promise<RebuildAsked> {
    const sets = await readStreamSets(at(name));
    if (sets === undefined) throw new Error(`${name} has no parameters`);
    return { sets, rateMilli: 25_000, ...(sampleRate === undefined ? {} : { sound: { sampleRate, channels: 1 } }) };
}

async function decodes(): Promise<boolean> {
    await writeFile(at('null'), '');
    const derivation = decodingOfRebuilt();
    const limits = deriveLimits(derivation, 1 << 20);
    return (await deriveFile(program, derivation, { from: at('pictures.h264'), to: at('null') }, limits)) === undefined;
}

async function copied(came: { pictures: number; rateMilli: number; reorders: boolean }, hasSound: boolean) {
    await writeFile(at('copy.mp4'), '');
    const derivation = derivationOfRebuilt({ ...came, hasSound }, 1_000_000);
    const paths = { from: at('pictures.h264'), second: at('sound.aac'), to: at('copy.mp4') };
    expect(await deriveFile(program, derivation, paths, deriveLimits(derivation, 64 << 20))).toBeUndefined();
    return inspectFile(at('copy.mp4'));
}

/** Pictures with the parameters among them and blocks of sound, each without what marks it. */
async function streams(name: string): Promise<{ units: Buffer[][]; blocks: Buffer[] }> {
    await ffmpeg('-i', at(name), '-c', 'copy', '-an', at('units.h264'), '-c', 'copy', '-vn', at('blocks.aac'));
    const units: Buffer[][] = [];
    let before: Buffer[] = [];
    for (const nal of splitAt(await readFile(at('units.h264')), Buffer.from([0, 0, 1]))) {
        before.push(nal);
        const type = (nal[0] ?? 0) & 31;
        if (type !== 1 && type !== 5) continue;
        units.push(before);
        before = [];
    }
    const sound = await readFile(at('blocks.aac'));
    const blocks: Buffer[] = [];
    for (let from = 0; from + 7 < sound.length; ) {
        const length = (sound.readUIntBE(from + 3, 3) >> 5) & 0x1fff;
        blocks.push(sound.subarray(from + 7, from + length));
        from += length;
    }
    return { units, blocks };
}

function splitAt(bytes: Buffer, code: Buffer): Buffer[] {
    const parts: Buffer[] = [];
    for (let from = bytes.indexOf(code); from >= 0; ) {
        const next = bytes.indexOf(code, from + 3);
        let end = next < 0 ? bytes.length : next;
        while (bytes[end - 1] === 0) end -= 1;
        parts.push(bytes.subarray(from + 3, end));
        from = next;
    }
    return parts;
}

function interleaved(pictures: readonly Buffer[][], blocks: readonly Buffer[], together: number): Buffer[] {
    const parts: Buffer[] = [];
    const each = Math.ceil((blocks.length * together) / pictures.length);
    for (let from = 0, sound = 0; from < pictures.length; from += together, sound += each) {
        for (const nal of pictures.slice(from, from + together).flat()) {
            const length = Buffer.alloc(4);
            length.writeUInt32BE(nal.length);
            parts.push(length, nal);
        }
        parts.push(...blocks.slice(sound, sound + each));
    }
    return parts;
}

/** A file whose recorder was to write the length of its media data at the end, and did not. */
const movieData = (parts: readonly Buffer[]): Buffer =>
    Buffer.concat([
        Buffer.from('00000014667479706d70343200000000', 'hex'),
        Buffer.from('mp42'),
        Buffer.from('000000006d646174', 'hex'),
        ...parts,
    ]);

const noise = (length: number): Buffer =>
    createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16)).update(Buffer.alloc(length));

/** Average colour of each picture, in the order shown; coding anew changes a picture by little. */
async function frames(name: string): Promise<number[]> {
    await ffmpeg('-i', at(name), '-vf', 'crop=64:64:128:88,scale=1:1,format=gray', '-f', 'rawvideo', at('frames.raw'));
    return [...(await readFile(at('frames.raw')))].map((each) => Math.round(each / 16));
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-rebuild-'));
    const found = await installedFfmpeg();
    if (found === undefined) throw new Error('ffmpeg is missing: install the Debian package ffmpeg');
    program = found;
    await clip('fine.mp4', '-ar', '16000');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('pictures without an index', () => {
    test('are found by the parameters of another recording, with sound where each stretch is one block of it', async () => {
        const bytes = await withoutIndex('fine.mp4', 'lost.mp4');
        const came = await rebuild('lost.mp4', await like('fine.mp4', 16_000));
        expect(came).toMatchObject({ came: 'rebuilt', parameters: 'reference', pictures: PICTURES, holes: 0, leftOut: 0 });
        expect(came).toMatchObject({ sound: 'kept', rateMilli: 25_000, rateFrom: 'reference', reorders: false });
        if (typeof came === 'string' || came.came !== 'rebuilt') throw new Error('nothing was rebuilt');
        expect(came.readBytes / came.dataBytes).toBeGreaterThan(0.98);
        expect(await decodes()).toBe(true);
        const copy = await copied(came, true);
        expect(Math.abs((copy.durationMs ?? 0) - SECONDS * 1_000)).toBeLessThan(150);
        expect(copy.tracks.map((track) => track.kind)).toEqual(['video', 'audio']);
        expect(copy.tracks[0]).toMatchObject({ sampleCount: PICTURES, frameRateMilli: 25_000 });
        expect((await readFile(at('lost.mp4'))).equals(bytes)).toBe(true);
    });

    test('are found where blocks of sound lie together; the sound is left out, and that is said', async () => {
        await clip('dense.mp4', '-ar', '44100');
        await withoutIndex('dense.mp4', 'dense-lost.mp4');
        const came = await rebuild('dense-lost.mp4', await like('dense.mp4', 44_100));
        expect(came).toMatchObject({ pictures: PICTURES, holes: 0, sound: 'notApart' });
        expect((await stat(at('sound.aac'))).size).toBe(0);
        expect(await decodes()).toBe(true);
    });

    test.each([
        [5, 'five pictures, then their sound'],
        [25, 'a second of pictures, then a second of sound'],
    ])('in stretches of %i', async (together) => {
        const { units, blocks } = await streams('fine.mp4');
        await writeFile(at('coarse.mp4'), movieData(interleaved(units, blocks, together)));
        // Their parameters stand among the pictures, so no other recording is needed.
        const came = await rebuild('coarse.mp4', {});
        expect(came).toMatchObject({ parameters: 'inStream', pictures: PICTURES, holes: 0, sound: 'notKnown' });
        expect(came).toMatchObject({ rateMilli: 25_000, rateFrom: 'stream' });
        expect(await decodes()).toBe(true);
    });

    test('in several slices each', async () => {
        await clip('slices.mp4', '-x264-params', 'slices=4', '-ar', '16000');
        await withoutIndex('slices.mp4', 'slices-lost.mp4');
        const came = await rebuild('slices-lost.mp4', await like('slices.mp4', 16_000));
        expect(came).toMatchObject({ pictures: PICTURES, holes: 0, sound: 'kept' });
        expect(await decodes()).toBe(true);
    });

    test('shown in another order than they lie in are decoded and coded anew, in the right order', async () => {
        await ffmpeg(...picture('320x240', 25, SECONDS), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-bf', '3', at('order.mp4'));
        await withoutIndex('order.mp4', 'order-lost.mp4');
        const came = await rebuild('order-lost.mp4', await like('order.mp4'));
        expect(came).toMatchObject({ pictures: PICTURES, reorders: true });
        if (typeof came === 'string' || came.came !== 'rebuilt') throw new Error('nothing was rebuilt');
        const copy = await copied(came, false);
        expect(copy.tracks[0]).toMatchObject({ sampleCount: PICTURES, frameRateMilli: 25_000 });
        expect(await frames('copy.mp4')).toEqual(await frames('order.mp4'));
    });
});

describe('what is damaged beside', () => {
    test('bytes that are nothing make a hole; pictures that build on lost ones are left out, and counted', async () => {
        // Key pictures are the 1st, 26th, 51st and so on; five are lost behind the 30th.
        const { units, blocks } = await streams('fine.mp4');
        const parts = [...interleaved(units.slice(0, 30), blocks, 1), noise(40_000), ...interleaved(units.slice(35), blocks, 1)];
        await writeFile(at('torn.mp4'), movieData(parts));
        const came = await rebuild('torn.mp4', await like('fine.mp4', 16_000));
        expect(came).toMatchObject({ came: 'rebuilt', holes: 1, pictures: 130, leftOut: 15, sound: 'notApart' });
        if (typeof came === 'string' || came.came !== 'rebuilt') throw new Error('nothing was rebuilt');
        expect(came.readBytes).toBeLessThan(came.dataBytes - 40_000);
        expect((await copied(came, false)).tracks[0]).toMatchObject({ sampleCount: 130 });
    });

    test('a hole that ends at a key picture is one too', async () => {
        const { units, blocks } = await streams('fine.mp4');
        const [before, behind] = [units.slice(0, 75), units.slice(75)];
        const parts = [...interleaved(before, blocks, 1), noise(40_000), ...interleaved(behind, blocks, 1)];
        await writeFile(at('key.mp4'), movieData(parts));
        expect(await rebuild('key.mp4', await like('fine.mp4', 16_000))).toMatchObject({ holes: 1, sound: 'notApart' });
    });

    test('room that was reserved and never written, and a picture that was cut, cost no more than themselves', async () => {
        await withoutIndex('fine.mp4', 'room.mp4', (bytes) => {
            const cut = bytes.subarray(0, Math.floor(bytes.length * 0.8));
            return Buffer.concat([cut, Buffer.alloc(3_000_000)]);
        });
        const came = await rebuild('room.mp4', await like('fine.mp4', 16_000));
        expect(came).toMatchObject({ came: 'rebuilt', holes: 0, leftOut: 0 });
        if (typeof came === 'string' || came.came !== 'rebuilt') throw new Error('nothing was rebuilt');
        expect(came.pictures).toBeGreaterThan(PICTURES * 0.7);
        expect(await decodes()).toBe(true);
    });

    test('without parameters, or with none that fit, nothing is made up', async () => {
        await withoutIndex('fine.mp4', 'lost.mp4');
        expect(await rebuild('lost.mp4', {})).toEqual({ came: 'noParameters' });
        await ffmpeg(...picture('640x360', 25, 1), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', at('other.mp4'));
        const came = await rebuild('lost.mp4', await like('other.mp4'));
        expect(typeof came !== 'string' && came.came === 'rebuilt' && (await decodes())).toBe(false);
        await writeFile(at('noise.mp4'), movieData([noise(400_000)]));
        expect(await rebuild('noise.mp4', await like('fine.mp4', 16_000))).toEqual({ came: 'nothing' });
    });

    test('what looks like a unit everywhere is given up within its time', async () => {
        const unit = Buffer.from('000fffff658880', 'hex');
        await writeFile(at('hostile.mp4'), movieData([Buffer.alloc(24 << 20, unit)]));
        const to = { pictures: at('pictures.h264'), sound: at('sound.aac') };
        const asked = await like('fine.mp4');
        const came = await rebuildStreams(at('hostile.mp4'), asked, to, { cpuSeconds: 1 });
        expect(came).toBe('timedOut');
    });

    test('nothing is written beyond what it may', async () => {
        const to = { pictures: at('pictures.h264'), sound: at('sound.aac') };
        const asked = await like('fine.mp4');
        expect(await rebuildStreams(at('lost.mp4'), asked, to, { writtenBytes: 4_096 })).toBe('program');
        expect((await stat(at('pictures.h264'))).size).toBeLessThanOrEqual(4_096);
    });
});
