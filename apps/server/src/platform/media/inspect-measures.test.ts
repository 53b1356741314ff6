import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Inspection, isTimedTrack, structureSigns } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { inspectFile } from './inspect-file.ts';

const SMALL = '320x240';
/** A key picture every second and none besides, as the chips of recorders set them. */
const REGULAR = ['-g', '30', '-keyint_min', '30', '-sc_threshold', '0'];
let folder = '';
const at = (name: string) => join(folder, name);
const inspect = (name: string) => inspectFile(at(name));
const make = (name: string, ...args: readonly string[]) => ffmpeg(...args, at(name));
const video = ({ tracks }: Inspection) => tracks.find((each) => each.kind === 'video');
const audio = ({ tracks }: Inspection) => tracks.find((each) => each.kind === 'audio');
const signs = (inspection: Inspection, name = 'a.mp4') =>
    structureSigns(inspection, { name, receivedAt: Date.UTC(2026, 10, 20) }).map((each) => each.code);

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-measures-'));
    await make('plain.mp4', ...picture(SMALL, 30, 24), ...tone(24), ...H264, ...REGULAR, ...AAC);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the rate of pictures', () => {
    test('is that of the whole and of the worst ten seconds', async () => {
        expect(video(await inspect('plain.mp4'))).toMatchObject({
            frameRateMilli: 30_000,
            usualFrameRateMilli: 30_000,
            worst: { frameRateMilli: 30_000 },
        });
    });

    test('that falls for a while is found where it falls, though the mean stays', async () => {
        // Of the pictures between second 8 and 20 two of three are gone.
        const drop = "select='not(between(t,8,20))+not(mod(n,3))'";
        await make('slow.mp4', ...picture(SMALL, 60, 40), '-vf', drop, '-vsync', 'vfr', ...H264, '-g', '30');
        const measured = video(await inspect('slow.mp4'));
        if (measured === undefined) throw new Error('no picture');
        expect(measured.frameRateMilli).toBeGreaterThan(45_000);
        expect(measured.worst?.frameRateMilli).toBeGreaterThanOrEqual(19_800);
        expect(measured.worst?.frameRateMilli).toBeLessThanOrEqual(20_400);
        expect(measured.worst?.atMs).toBeGreaterThanOrEqual(7_900);
        expect(measured.worst?.atMs).toBeLessThanOrEqual(10_200);
        const { findings } = await inspect('slow.mp4');
        expect(findings).toContainEqual(expect.objectContaining({ code: 'media.lowFrameRateAtTimes' }));
    });

    test('of a file of two seconds has no worst ten', async () => {
        await make('short.mp4', ...picture(SMALL, 30, 2), ...H264);
        expect(video(await inspect('short.mp4'))).not.toHaveProperty('worst');
    });

    test('shows where pictures are missed', async () => {
        await make('missed.mp4', ...picture(SMALL, 30, 12), '-vf', "select='not(between(t,5,6.5))'", '-vsync', 'vfr', ...H264);
        const { holes } = video(await inspect('missed.mp4')) ?? {};
        expect(holes).toMatchObject({ count: 1 });
        expect(holes?.longestMs).toBeGreaterThanOrEqual(1_500);
        expect(holes?.longestMs).toBeLessThanOrEqual(1_600);
        expect(holes?.longestAtMs).toBeGreaterThanOrEqual(4_900);
        expect(holes?.longestAtMs).toBeLessThanOrEqual(5_000);
        expect(signs(await inspect('missed.mp4'))).toContain('pictureHoles');
    });

    test('of pictures in another order than they are shown is the same', async () => {
        await make(
            'reordered.mp4',
            ...picture(SMALL, 30, 12),
            '-c:v',
            'libx264',
            '-bf',
            '6',
            '-preset',
            'fast',
            '-pix_fmt',
            'yuv420p',
        );
        const measured = video(await inspect('reordered.mp4'));
        expect(measured).toMatchObject({ usualFrameRateMilli: 30_000, worst: { frameRateMilli: 30_000 } });
        expect(measured).not.toHaveProperty('holes');
        expect(measured).not.toHaveProperty('backwards');
    });
});

describe('sound against picture', () => {
    test('is measured at the start, at the end, and in between', async () => {
        await make('drift.mp4', ...picture(SMALL, 30, 20), ...tone(18), '-c:v', 'libx264', '-preset', 'ultrafast', ...AAC);
        const { skew, findings } = await inspect('drift.mp4');
        expect(skew?.startMs).toBe(0);
        expect(skew?.endMs).toBeGreaterThan(-2_050);
        expect(skew?.endMs).toBeLessThan(-1_900);
        expect(skew?.driftMs).toBe((skew?.endMs ?? 0) - (skew?.startMs ?? 0));
        expect(findings).toContainEqual(expect.objectContaining({ code: 'media.audioOffset' }));
    });

    test('of a plain file is next to nothing', async () => {
        const { skew } = await inspect('plain.mp4');
        expect(Math.abs(skew?.endMs ?? 9_999)).toBeLessThan(60);
    });

    test('that breaks off is found', async () => {
        const gate = "aselect='not(between(t,4,7))'";
        await make('gap.mkv', ...picture(SMALL, 30, 12), ...tone(12), '-af', gate, ...H264, '-c:a', 'pcm_s16le');
        const { holes } = audio(await inspect('gap.mkv')) ?? {};
        expect(holes?.longestMs).toBeGreaterThan(2_800);
        expect(signs(await inspect('gap.mkv'))).toContain('soundHoles');
    });
});

describe('signs in the structure', () => {
    test('a program that wraps and one that encodes are named', async () => {
        const inspection = await inspect('plain.mp4');
        expect(inspection.encoders.some((each) => each.startsWith('x264 - core'))).toBe(true);
        expect(new Set(signs(inspection))).toEqual(new Set(['softwareName', 'softwareEncoder']));
        expect(inspection.boxes?.structure).toMatchObject({ edits: 0, hiddenMs: 0, chunksBack: 0, descriptions: 1 });
        expect(inspection.boxes?.structure?.keys).toEqual({ usual: 30, odd: 0, count: 23 });
    });

    test('what an edit list leaves out is footage that is there and not shown', async () => {
        // Cut without coding anew: the picture before the cut stays from its last key picture on, hidden by the edit list.
        await make('cut.mp4', '-ss', '4.8', '-i', at('plain.mp4'), '-t', '8', '-c', 'copy');
        const inspection = await inspect('cut.mp4');
        expect(signs(inspection)).toContain('hiddenMedia');
        expect(inspection.boxes?.structure?.hiddenMs).toBeGreaterThanOrEqual(500);
        expect(inspection.boxes?.structure?.hiddenMs).toBeLessThanOrEqual(1_500);
    });

    test('files that were joined break the distance of key pictures', async () => {
        await make('part.mp4', '-i', at('plain.mp4'), '-t', '11.5', '-c', 'copy');
        await writeFile(at('list.txt'), ["file 'part.mp4'", "file 'plain.mp4'", ''].join('\n'));
        await make('joined.mp4', '-f', 'concat', '-safe', '0', '-i', at('list.txt'), '-c', 'copy');
        const inspection = await inspect('joined.mp4');
        expect(inspection.boxes?.structure?.keys?.odd).toBeGreaterThanOrEqual(1);
        expect(signs(inspection)).toContain('keyCadence');
    });

    test('data to which nothing refers, and chunks against the order of time', async () => {
        const bytes = await readFile(at('plain.mp4'));
        const extra = Buffer.alloc(400_000);
        extra.writeUInt32BE(extra.length, 0);
        extra.write('mdat', 4, 'latin1');
        await writeFile(at('extra.mp4'), Buffer.concat([bytes, extra]));
        expect(signs(await inspect('extra.mp4'))).toContain('unreferenced');
        const stco = bytes.indexOf('stco') + 12;
        const [first, second] = [bytes.readUInt32BE(stco), bytes.readUInt32BE(stco + 4)];
        bytes.writeUInt32BE(second, stco);
        bytes.writeUInt32BE(first, stco + 4);
        await writeFile(at('swapped.mp4'), bytes);
        expect(signs(await inspect('swapped.mp4'))).toContain('chunksBack');
    });

    test('an edit list of several parts, and one that changes the speed', async () => {
        const bytes = await readFile(at('plain.mp4'));
        const elst = bytes.indexOf('elst');
        bytes.writeInt16BE(2, elst + 8 + 12 + 4 - 4);
        await writeFile(at('speed.mp4'), bytes);
        expect((await inspect('speed.mp4')).boxes?.structure?.editedRate).toBe(true);
    });

    test('the time in the name against the time in the file', async () => {
        await make('timed.mp4', '-i', at('plain.mp4'), '-c', 'copy', '-metadata', 'creation_time=2026-11-18T05:00:00Z');
        const inspection = await inspect('timed.mp4');
        expect(signs(inspection, 'A_20261118_093100.mp4')).toContain('nameAgainstContainer');
        expect(signs(inspection, 'A_20261118_130000.mp4')).not.toContain('nameAgainstContainer');
    });
});

describe('other containers', () => {
    test('AVI with motion JPEG: what the header says is not passed off as measured', async () => {
        await make('mjpeg.avi', ...picture(SMALL, 25, 3), ...tone(3), '-c:v', 'mjpeg', '-c:a', 'pcm_s16le');
        const inspection = await inspect('mjpeg.avi');
        expect(inspection).toMatchObject({ container: 'avi', avi: { index: true, emptyFrames: 0 } });
        expect(video(inspection)).toMatchObject({
            codec: 'mjpeg',
            width: 320,
            height: 240,
            sampleCount: 75,
            declaredFrameRateMilli: 25_000,
        });
        expect(video(inspection)).not.toHaveProperty('frameRateMilli');
        expect(audio(inspection)).toMatchObject({ codec: 'pcm', channels: 1, sampleRate: 44_100 });
        expect(inspection.durationMs).toBeGreaterThan(2_900);
        expect(inspection.durationMs).toBeLessThan(3_100);
        const bytes = await readFile(at('mjpeg.avi'));
        await writeFile(at('cut.avi'), bytes.subarray(0, bytes.length >> 1));
        const cut = await inspect('cut.avi');
        expect(cut.findings.map((each) => each.code)).toContain('media.truncated');
        expect(cut.avi).toMatchObject({ index: false });
        expect(cut.avi?.missingBytes).toBeGreaterThan(0);
    });

    test('an AVI whose lists hold themselves, or whose lengths are nonsense, is answered', async () => {
        const list = (id: string, kind: string, length: number) => {
            const header = Buffer.alloc(12);
            header.write(id, 0, 'latin1');
            header.writeUInt32LE(length, 4);
            header.write(kind, 8, 'latin1');
            return header;
        };
        const nested = Buffer.concat(Array.from({ length: 5_000 }, () => list('LIST', 'movi', 0xffff_fff0)));
        const empty = Buffer.concat(Array.from({ length: 50_000 }, () => Buffer.from('00dc\0\0\0\0', 'latin1')));
        for (const inside of [nested, empty, Buffer.from('strf\xff\xff\xff\xff', 'latin1')]) {
            await writeFile(at('hostile.avi'), Buffer.concat([list('RIFF', 'AVI ', 0xffff_ffff), inside]));
            expect((await inspect('hostile.avi')).container).toBe('avi');
        }
    });

    test('a transport stream and Matroska are measured by their packets', async () => {
        for (const name of ['plain.ts', 'plain.mkv']) {
            await make(name, '-i', at('plain.mp4'), '-c', 'copy');
            const inspection = await inspect(name);
            expect(video(inspection)?.worst?.frameRateMilli).toBeGreaterThanOrEqual(29_900);
            expect(inspection.tracks.filter(isTimedTrack)).toHaveLength(2);
            expect(inspection.signatures?.found).toEqual([]);
        }
    });
});

describe('positions', () => {
    test('one place in the user data', async () => {
        await make('place.mov', '-i', at('plain.mp4'), '-c', 'copy', '-metadata', 'location=+31.2304+121.4737/');
        expect((await inspect('place.mov')).positions).toEqual({
            ...{ source: 'udta', fixes: 1, noFix: 0, fastestMmPerS: 0 },
            points: [{ atMs: 0, latE7: 312_304_000, lonE7: 1_214_737_000 }],
        });
        expect(await inspect('plain.mp4')).not.toHaveProperty('positions');
    });
});

describe('signatures in the stream', () => {
    test.each([
        ['5369676e656420566964656f2e2e2e30', 'axisSignedVideo'],
        ['005bc93f2d715e95ada4796f90877a6f', 'onvifMediaSigning'],
    ])('%s is present, and said to be so in MP4 and in a transport stream', async (uuid, name) => {
        const id = `${uuid.slice(0, 8)}-${uuid.slice(8, 12)}-${uuid.slice(12, 16)}-${uuid.slice(16, 20)}-${uuid.slice(20)}`;
        const sei = ['-c', 'copy', '-bsf:v', `h264_metadata=sei_user_data=${id}+signed`];
        await make('signed.mp4', '-i', at('plain.mp4'), ...sei);
        await make('signed.ts', '-i', at('plain.mp4'), ...sei);
        for (const file of ['signed.mp4', 'signed.ts']) {
            const { signatures } = await inspect(file);
            expect(signatures?.found).toEqual([name]);
            expect(signatures?.searchedBytes).toBeGreaterThan(0);
        }
    });

    test('another author’s unit is none', async () => {
        const id = '086f3693-b7b3-4f2c-9653-21492feee5b8';
        await make('other.mp4', '-i', at('plain.mp4'), '-c', 'copy', '-bsf:v', `h264_metadata=sei_user_data=${id}+hello`);
        expect((await inspect('other.mp4')).signatures?.found).toEqual([]);
    });
});
