import { open, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deviceTimeOfFile, type InspectedVideoTrack, type Inspection, isTimedTrack, structureSigns } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { inspectFile } from './inspect-file.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const at = (name: string) => join(folder.path, name);
const inspect = (name: string) => inspectFile(at(name));
const codes = (inspection: Inspection) => inspection.findings.map((each) => each.code);
const videoOf = (inspection: Inspection) =>
    inspection.tracks.find((each): each is InspectedVideoTrack => each.kind === 'video') as InspectedVideoTrack;
const audioOf = (inspection: Inspection) => inspection.tracks.filter(isTimedTrack).find((each) => each.kind === 'audio');

/** Twelve seconds, so that the worst ten are measured; 1080 is no multiple of 16 and is cropped in the stream. */
const SECONDS = 12;
beforeAll(async () => {
    folder = await temporaryFolder('streams');
    const source = [...picture('1920x1080', 30, SECONDS), ...tone(SECONDS)];
    await ffmpeg(...source, ...H264, '-g', '30', ...AAC, '-shortest', at('a.mp4'));
    await ffmpeg('-i', at('a.mp4'), '-c', 'copy', at('a.flv'));
    await ffmpeg('-i', at('a.mp4'), '-c:v', 'copy', '-bsf:v', 'h264_mp4toannexb', '-c:a', 'mp2', '-f', 'vob', at('avc.mpg'));
    await ffmpeg(...picture('640x480', 25, 3), ...tone(3), '-c:v', 'mpeg2video', '-c:a', 'mp2', at('mpeg2.mpg'));
    await ffmpeg(...picture('1280x720', 15, SECONDS), ...tone(SECONDS), '-c:v', 'wmv2', '-c:a', 'wmav2', at('a.wmv'));
    await ffmpeg(
        '-i',
        at('a.mp4'),
        '-c',
        'copy',
        '-metadata',
        'creation_time=2026-10-05T01:30:00Z',
        '-metadata',
        'title=剪映',
        at('a.mkv'),
    );
}, 120_000);
afterAll(() => folder.remove());

/** A copy that ends after a part of the original. */
async function cut(name: string, part: number): Promise<string> {
    const cutName = `cut-${part}-${name}`;
    const bytes = await readFile(at(name));
    await writeFile(at(cutName), bytes.subarray(0, Math.floor(bytes.length * part)));
    return cutName;
}

describe('streams without an index', () => {
    test.each([
        ['a.flv', 'flv', 'avc', 1_920, 1_080, 30_000, 'aac'],
        ['avc.mpg', 'mpegPs', 'avc', 1_920, 1_080, 30_000, 'mp2'],
        ['mpeg2.mpg', 'mpegPs', 'mpeg2', 640, 480, 25_000, 'mp2'],
        ['a.wmv', 'asf', 'wmv2', 1_280, 720, 15_000, 'wma'],
    ])('%s: codec, size, rate and sound are said', async (name, container, codec, width, height, rate, sound) => {
        const inspection = await inspect(name);
        const video = videoOf(inspection);
        expect([inspection.container, video.codec, video.width, video.height]).toEqual([container, codec, width, height]);
        const measured = video.frameRateMilli ?? video.declaredFrameRateMilli ?? 0;
        expect(Math.abs(measured - rate)).toBeLessThan(rate / 50);
        expect(audioOf(inspection)).toMatchObject({ codec: sound, sampleRate: 44_100, channels: 1 });
        const seconds = (inspection.durationMs ?? 0) / 1_000;
        expect(Math.abs(seconds - (name === 'mpeg2.mpg' ? 3 : SECONDS))).toBeLessThan(0.3);
        expect(codes(inspection)).toContain('media.containerNotPlayable');
    });

    test('the rate of a stream whose pictures have times is measured, also its worst ten seconds', async () => {
        for (const name of ['a.flv', 'avc.mpg', 'a.wmv']) {
            const video = videoOf(await inspect(name));
            // This program stream gives times to some pictures only.
            const isWhole = name !== 'avc.mpg';
            expect([name, video.frameRateMilli !== undefined, video.worst !== undefined]).toEqual([name, true, isWhole]);
        }
    });

    test('what a file promises and does not have is missing', async () => {
        for (const name of ['a.flv', 'a.wmv', 'a.mkv']) {
            const whole = await inspect(name);
            expect([name, codes(whole).filter((each) => /truncated|ends|endUnknown/.test(each))]).toEqual([name, []]);
            const short = await inspect(await cut(name, 0.5));
            const [finding] = short.findings;
            expect([name, finding?.code]).toEqual([name, 'media.truncated']);
            const missing = finding?.code === 'media.truncated' ? finding.missingBytes : 0;
            expect(Math.abs(missing - whole.fileLength / 2)).toBeLessThan(whole.fileLength / 20);
        }
    });

    test('a program stream never looks whole: cut within a packet it is short, between packets nobody can know', async () => {
        expect(codes(await inspect('avc.mpg'))).toContain('media.endUnknown');
        const bytes = await readFile(at('avc.mpg'));
        const pack = bytes.indexOf('000001ba', Math.floor(bytes.length / 2), 'hex');
        await writeFile(at('pack.mpg'), bytes.subarray(0, pack));
        expect(codes(await inspect('pack.mpg'))).toContain('media.endUnknown');
        await writeFile(at('within.mpg'), bytes.subarray(0, pack - 500));
        const within = await inspect('within.mpg');
        expect(within.findings[0]).toMatchObject({ code: 'media.truncated', severity: 'limited' });
        expect(codes(within)).not.toContain('media.endUnknown');
    });

    test('a file that says it is longer than what it holds ends early', async () => {
        const bytes = await readFile(at('a.flv'));
        // Without its size, as some recorders write it, the length alone is left to compare with.
        const name = bytes.indexOf('filesize', 0, 'latin1');
        bytes.write('fileskip', name, 'latin1');
        const half = Math.floor(bytes.length / 2);
        const tag = lastTag(bytes, half);
        await writeFile(at('early.flv'), bytes.subarray(0, tag));
        const { findings } = await inspect('early.flv');
        expect(findings[0]).toMatchObject({ code: 'media.endsEarly', declaredMs: expect.closeTo(SECONDS * 1_000, -3) });
    });

    test('any bytes changed still give an answer', async () => {
        for (const name of ['a.flv', 'avc.mpg', 'a.wmv', 'a.mkv']) {
            const bytes = await readFile(at(name));
            for (let hit = 0; hit < 400; hit += 1) bytes[16 + ((hit * 7_919) % 60_000)] = (hit * 37) % 256;
            await writeFile(at('changed'), bytes);
            const inspection = await inspect('changed');
            expect([name, inspection.findings.some((each) => each.code === 'media.inspectionTimedOut')]).toEqual([name, false]);
        }
    });

    test('names and the day of making inside a Matroska file are read', async () => {
        const inspection = await inspect('a.mkv');
        expect(inspection.encoders.some((each) => each.startsWith('Lavf'))).toBe(true);
        expect(inspection.encoders).toContain('剪映');
        const signs = structureSigns(inspection, { name: '20261005_093000.mkv', receivedAt: Date.UTC(2026, 10, 20) });
        expect(signs.map((each) => each.code)).toContain('softwareName');
        const time = deviceTimeOfFile({ name: 'x.mkv', receivedAt: Date.UTC(2026, 10, 20) }, inspection);
        expect(time).toMatchObject({ basis: 'container', start: Date.UTC(2026, 9, 5, 1, 30) });
    });
});

/** The end of the last whole tag of an FLV file before `limit`. */
function lastTag(bytes: Buffer, limit: number): number {
    let end = 13;
    for (let next = end; next <= limit; next += 11 + bytes.readUIntBE(next + 1, 3) + 4) end = next;
    return end;
}

describe('photographs', () => {
    test('have a size, the time their camera wrote, and an end', async () => {
        await ffmpeg(...picture('1920x1080', 1, 1), '-frames:v', '1', at('plain.jpg'));
        await ffmpeg(...picture('1280x720', 1, 1), '-frames:v', '1', at('plain.png'));
        const jpeg = await readFile(at('plain.jpg'));
        await writeFile(at('taken.jpg'), Buffer.concat([jpeg.subarray(0, 2), exif('2026:10:05 09:30:00'), jpeg.subarray(2)]));
        expect((await inspect('plain.jpg')).photo).toEqual({ width: 1_920, height: 1_080, ended: true });
        expect((await inspect('plain.png')).photo).toEqual({ width: 1_280, height: 720, ended: true });
        const taken = await inspect('taken.jpg');
        expect(taken.photo).toEqual({ width: 1_920, height: 1_080, takenText: '2026:10:05 09:30:00', ended: true });
        expect(codes(taken)).toEqual(['media.picture']);
        // Its own zone, though by UTC it would not lie in the future either.
        const time = deviceTimeOfFile({ name: 'IMG_0001.JPG', receivedAt: Date.UTC(2026, 10, 20) }, taken);
        expect(time).toMatchObject({ basis: 'container', zone: 'Asia/Shanghai', start: Date.UTC(2026, 9, 5, 1, 30) });
        const named = deviceTimeOfFile({ name: '20261005_103000.JPG', receivedAt: Date.UTC(2026, 10, 20) }, taken);
        expect(named).toMatchObject({ basis: 'fileName', conflict: { differenceMs: 3_600_000 } });
        await truncate(at('taken.jpg'), jpeg.length - 400);
        expect(codes(await inspect('taken.jpg'))).toEqual(['media.photoCut', 'media.picture']);
    });
});

/** APP1 with the one entry that says when it was taken, in the directory that the first one leads to. */
function exif(taken: string): Buffer {
    const text = Buffer.from(`${taken}\0`, 'latin1');
    const tiff = Buffer.alloc(44 + text.length);
    tiff.write('MM\0*', 0, 'latin1');
    tiff.writeUInt32BE(8, 4);
    const entry = (from: number, tag: number, type: number, count: number, value: number) => {
        tiff.writeUInt16BE(1, from);
        tiff.writeUInt16BE(tag, from + 2);
        tiff.writeUInt16BE(type, from + 4);
        tiff.writeUInt32BE(count, from + 6);
        tiff.writeUInt32BE(value, from + 10);
    };
    entry(8, 0x8769, 4, 1, 26);
    entry(26, 0x9003, 2, text.length, 44);
    text.copy(tiff, 44);
    const head = Buffer.alloc(4);
    head.writeUInt16BE(0xffe1, 0);
    head.writeUInt16BE(2 + 6 + tiff.length, 2);
    return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

describe('files of positions', () => {
    test('say where and when a receiver was, and are no damaged recordings', async () => {
        const sentence = (fields: string) => {
            const sum = [...fields].reduce((all, char) => all ^ char.charCodeAt(0), 0);
            return `$${fields}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
        };
        const lines = [
            sentence('GNRMC,013000.00,V,,,,,,,051026,,,N'),
            ...Array.from({ length: 60 }, (_, second) => {
                const time = `0130${String(second).padStart(2, '0')}.00`;
                return sentence(`GNRMC,${time},A,3113.${String(9_000 + second)},N,12128.0000,E,1.5,0.0,051026,,,A`);
            }),
        ];
        await writeFile(at('track.gps'), lines.join(''));
        const inspection = await inspect('track.gps');
        expect(codes(inspection)).toEqual(['media.positions']);
        expect(inspection.positions).toMatchObject({
            ...{ source: 'nmea', fixes: 60, noFix: 1, fastestMmPerS: 772, firstUtc: Date.UTC(2026, 9, 5, 1, 30) },
            points: { length: 60, 0: { atMs: 0, latE7: 312_316_667, lonE7: 1_214_666_667 }, 59: { atMs: 59_000 } },
        });
        // Text that only looks like it is nothing of the kind.
        await writeFile(at('false.gps'), lines.join('').replaceAll('*', '*0').slice(0, 4_000));
        const file = await open(at('false.gps'));
        await file.close();
        expect(codes(await inspect('false.gps'))).toEqual(['media.notMedia']);
    });
});
