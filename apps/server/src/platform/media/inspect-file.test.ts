import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inspection } from '@liuhen/domain';
import { deviceTimeOf } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import type { InspectOptions } from './inspect-file.ts';
import { inspectFile } from './inspect-file.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const inspect = (name: string, options?: InspectOptions) => inspectFile(at(name), options);
const codes = (inspection: Inspection) => inspection.findings.map((finding) => finding.code);
const make = (name: string, ...args: readonly string[]) => ffmpeg(...args, at(name));
const clip = (name: string, ...args: readonly string[]) => make(name, ...picture(), ...tone(), ...H264, ...AAC, ...args);
const cut = async (from: string, to: string, keep: (length: number) => number) => {
    const bytes = await readFile(at(from));
    await writeFile(at(to), bytes.subarray(0, keep(bytes.length)));
};

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-media-'));
    const creation = ['-metadata', 'creation_time=2026-11-18T01:31:00Z'];
    await clip('index-first.mp4', '-movflags', '+faststart', ...creation);
    await clip('index-last.mp4');
    await clip('fragments.mp4', '-g', '15', '-movflags', '+frag_keyframe+delay_moov+default_base_moof');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Integers only, no null, no undefined: the result is stored as JSON and digested. */
function expectStorable(value: unknown): void {
    expect(value === null || value === undefined || (typeof value === 'number' && !Number.isSafeInteger(value))).toBe(false);
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(expectStorable);
}

describe('a whole recording', () => {
    test('is measured and has no finding', async () => {
        const inspection = await inspect('index-first.mp4');
        expectStorable(inspection);
        expect(inspection).toMatchObject({ container: 'mp4', durationMs: 2_000, findings: [] });
        expect(inspection.tracks).toMatchObject([
            { kind: 'video', codec: 'avc', codecId: 'avc1', width: 1_920, height: 1_080, rotation: 0, sampleCount: 60 },
            { kind: 'audio', codec: 'aac', codecString: 'mp4a.40.2', sampleRate: 44_100, channels: 1 },
        ]);
        expect(inspection.tracks[0]).toMatchObject({ frameRateMilli: 30_000, first: { ticks: 0, timescale: 15_360 } });
        expect(inspection.boxes).toMatchObject({ majorBrand: 'isom', moov: 'beforeData', fragmented: false });
        expect(inspection.boxes?.sampleEnd).toBe(inspection.fileLength);
        expect(inspection.encoders[0]).toMatch(/^Lavf/);
    });

    test('its creation time is read raw and agrees with a name in local time', async () => {
        const { boxes, durationMs } = await inspect('index-first.mp4');
        const creationSeconds = boxes?.creationSeconds ?? 0;
        expect(creationSeconds).toBe((Date.UTC(2026, 10, 18, 1, 31) - Date.UTC(1904, 0, 1)) / 1_000);
        expect(deviceTimeOf({ fileName: 'A_20261118_093100.MP4', creationSeconds, durationMs: durationMs ?? 0 })).toMatchObject({
            start: Date.UTC(2026, 10, 18, 1, 31),
            containerReading: { zone: 'UTC', certainty: 'agrees' },
        });
    });

    test('with its index at the end, or in fragments, has no finding either', async () => {
        expect(await inspect('index-last.mp4')).toMatchObject({ findings: [], boxes: { moov: 'afterData' } });
        const fragments = await inspect('fragments.mp4');
        expect(fragments).toMatchObject({ findings: [], durationMs: 2_000, boxes: { fragmented: true, moov: 'beforeData' } });
        expect(fragments.boxes?.fragmentCount).toBeGreaterThan(2);
    });
});

describe('a recording that broke off', () => {
    test('without its index is named so, with what is missing', async () => {
        await cut('index-last.mp4', 'no-index.mp4', (length) => Math.floor(length / 2));
        const inspection = await inspect('no-index.mp4');
        expect(codes(inspection)).toEqual(['media.noMoov', 'media.truncated']);
        expect(inspection.findings[1]).toMatchObject({ severity: 'broken' });
        expect(inspection.tracks).toEqual([]);
    });

    test('with its index first says up to where it is good, though the index promises the full length', async () => {
        await cut('index-first.mp4', 'half.mp4', (length) => Math.floor(length / 2));
        const [whole, half] = [await inspect('index-first.mp4'), await inspect('half.mp4')];
        expect(half.durationMs).toBe(2_000);
        expect(codes(half)).toEqual(['media.truncated']);
        expect(half.findings[0]).toMatchObject({ severity: 'limited', missingBytes: whole.fileLength - half.fileLength });
        expect(half.boxes?.lastUsableMs).toBeGreaterThan(500);
        expect(half.boxes?.lastUsableMs).toBeLessThan(1_500);
    });

    test('by a single byte is noticed', async () => {
        await cut('index-first.mp4', 'last-byte.mp4', (length) => length - 1);
        expect((await inspect('last-byte.mp4')).findings).toMatchObject([{ code: 'media.truncated', missingBytes: 1 }]);
    });

    test('in fragments is good up to the last whole one', async () => {
        await cut('fragments.mp4', 'cut-fragments.mp4', (length) => Math.floor(length * 0.7));
        const inspection = await inspect('cut-fragments.mp4');
        expect(codes(inspection)).toEqual(['media.truncated']);
        expect(inspection.boxes?.lastUsableMs).toBeGreaterThanOrEqual(500);
        expect(inspection.boxes?.lastUsableMs).toBeLessThan(1_500);
    });
});

describe('what is no recording', () => {
    const files: readonly [string, () => Buffer | string, readonly string[]][] = [
        ['empty.mp4', () => '', ['media.empty']],
        ['one-byte.mp4', () => 'x', ['media.notMedia']],
        ['text.mp4', () => '现场检查笔录\n'.repeat(4_000), ['media.notMedia']],
        ['playlist.mp4', () => '#EXTM3U\n#EXTINF:10,\n/etc/passwd\n', ['media.notMedia']],
        ['zeros.mp4', () => Buffer.alloc(300_000), ['media.notMedia']],
        ['noise.mp4', () => noise(300_000), ['media.notMedia']],
        ['picture.mp4', () => Buffer.from('ffd8ffe000104a464946', 'hex'), ['media.photoCut', 'media.picture']],
        ['picture.png', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), ['media.photoCut', 'media.picture']],
        ['stream.mpg', () => Buffer.concat([Buffer.from('000001ba', 'hex'), noise(5_000)]), ['media.unsupportedContainer']],
        ['stream.flv', () => Buffer.concat([Buffer.from('FLV\u0001'), noise(5_000)]), ['media.unsupportedContainer']],
        [
            'stream.wmv',
            () => Buffer.concat([Buffer.from('3026b2758e66cf11', 'hex'), noise(5_000)]),
            ['media.unsupportedContainer'],
        ],
        ['maker.mp4', () => Buffer.concat([Buffer.from('IMKH'), noise(5_000)]), ['media.unsupportedContainer']],
        ['ftyp-only.mp4', () => box('ftyp', Buffer.from('isom\0\0\0\0isom')), ['media.noMoov']],
    ];
    test.each(files)('%s', async (name, bytes, expected) => {
        await writeFile(at(name), bytes());
        const inspection = await inspect(name);
        expect(codes(inspection)).toEqual(expected);
        expectStorable(inspection);
    });
});

describe('hostile structure', () => {
    const head = box('ftyp', Buffer.from('isom\0\0\0\0isom'));
    const wide = (type: string, size: bigint) => {
        const bytes = Buffer.alloc(32);
        bytes.writeUInt32BE(1, 0);
        bytes.write(type, 4, 'latin1');
        bytes.writeBigUInt64BE(size, 8);
        return bytes;
    };
    const files: readonly [string, () => Buffer][] = [
        ['a box of 2^64-1 bytes', () => Buffer.concat([head, wide('mdat', 0xffff_ffff_ffff_ffffn)])],
        ['a moov of 4 TB', () => Buffer.concat([head, wide('moov', 1n << 42n)])],
        ['a box smaller than its header', () => Buffer.concat([head, Buffer.from('\0\0\0\u0004moov', 'latin1')])],
        ['a wide box smaller than its header', () => Buffer.concat([head, wide('moov', 3n)])],
        ['ten thousand boxes in one another', () => Buffer.concat([head, nested(10_000)])],
        ['a million empty boxes', () => Buffer.concat([head, Buffer.alloc(8_000_000, Buffer.from('\0\0\0\bfree', 'latin1'))])],
    ];
    test.each(files)('%s is answered with a finding', async (name, bytes) => {
        await writeFile(at(`${name}.mp4`), bytes());
        const inspection = await inspect(`${name}.mp4`);
        expect(inspection.findings.length).toBeGreaterThan(0);
        expectStorable(inspection);
    });

    test('sample tables that promise four thousand million samples', async () => {
        const bytes = await readFile(at('index-first.mp4'));
        for (const [table, entry] of [
            ['stsz', 4],
            ['stsz', 8],
            ['stts', 8],
            ['stsc', 12],
        ] as const) {
            bytes.writeUInt32BE(table === 'stsz' && entry === 4 ? 1 : 0xffff_fff0, bytes.indexOf(table) + 4 + entry);
        }
        await writeFile(at('bomb.mp4'), bytes);
        // By time of the processor, which is the same on a busy machine: what was known before the end is kept.
        const inspection = await inspect('bomb.mp4', { limits: { cpuSeconds: 3, wallMs: 110_000 } });
        expect(codes(inspection)).toEqual(['media.truncated', 'media.inspectionTimedOut']);
        expectStorable(inspection);
    }, 120_000);

    test('any bytes changed in the index still give an answer', async () => {
        const bytes = await readFile(at('index-first.mp4'));
        const from = bytes.indexOf('moov');
        for (let round = 0; round < 4; round++) {
            const changed = Buffer.from(bytes);
            for (let hit = 0; hit < 40; hit++)
                changed[from + ((round * 7919 + hit * 104_729) % 3_000)] = (round * 31 + hit * 17) % 256;
            await writeFile(at('changed.mp4'), changed);
            expectStorable(await inspect('changed.mp4', { limits: { wallMs: 5_000 } }));
        }
    });
});

describe('codings and containers', () => {
    test('HEVC is measured and named as not playable', async () => {
        const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'];
        // Half a second of it: coding H.265 at this size is what takes long here.
        await make('hevc.mp4', ...picture('1920x1080', 30, 0.5), ...tone(0.5), ...x265, ...AAC);
        const inspection = await inspect('hevc.mp4');
        expect(inspection.findings).toMatchObject([{ code: 'media.codecNotPlayable', track: 'video', codec: 'hevc' }]);
        expect(inspection.tracks[0]).toMatchObject({ codec: 'hevc', codecId: 'hvc1', width: 1_920 });
    }, 120_000);

    test('G.711 in a MOV', async () => {
        await make('alaw.mov', '-i', at('index-last.mp4'), '-c:v', 'copy', '-c:a', 'pcm_alaw');
        const inspection = await inspect('alaw.mov');
        expect(inspection).toMatchObject({ container: 'mov' });
        expect(inspection.findings).toMatchObject([{ code: 'media.codecNotPlayable', track: 'audio', codec: 'alaw' }]);
    });

    test.each([
        ['a.mkv', 'matroska', ['media.containerNotPlayable']],
        // Nothing in a transport stream says where it ends.
        ['a.ts', 'mpegTs', ['media.endUnknown', 'media.containerNotPlayable']],
        ['a.avi', 'avi', ['media.containerNotPlayable']],
        ['a.flv', 'flv', ['media.containerNotPlayable']],
    ])('%s is %s', async (name, container, expected) => {
        await ffmpeg('-i', at('index-last.mp4'), '-c', 'copy', at(name));
        const inspection = await inspect(name);
        expect(inspection.container).toBe(container);
        expect(codes(inspection)).toEqual(expected);
        expectStorable(inspection);
        if (inspection.tracks.length > 0) expect(inspection.durationMs).toBeGreaterThan(1_900);
    });

    test('sound alone, picture alone', async () => {
        await make('sound.m4a', ...tone(), ...AAC);
        await make('silent.mp4', ...picture(), ...H264);
        expect(codes(await inspect('sound.m4a'))).toEqual(['media.noVideo']);
        expect(codes(await inspect('silent.mp4'))).toEqual(['media.noAudio']);
    });

    test('a small and slow picture is below 附件2, one worn upright is not', async () => {
        await make('small.mp4', ...picture('1280x720', 15), ...tone(), ...H264, ...AAC);
        await ffmpeg('-i', at('index-last.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', at('upright.mp4'));
        expect((await inspect('small.mp4')).findings).toEqual([
            { code: 'media.lowResolution', severity: 'advisory', width: 1_280, height: 720 },
            { code: 'media.lowFrameRate', severity: 'advisory', frameRateMilli: 15_000 },
        ]);
        const upright = await inspect('upright.mp4');
        expect(upright.findings).toEqual([]);
        expect(upright.tracks[0]).toMatchObject({ codedWidth: 1_920, width: 1_080, height: 1_920 });
        expect(upright.tracks[0]).toHaveProperty('rotation', expect.toBeOneOf([90, 270]));
    });

    test('sound that begins half a second late is measured, two seconds late is a finding', async () => {
        const late = (name: string, seconds: number) => {
            const whole = ['-i', at('index-last.mp4')];
            return make(name, ...whole, '-itsoffset', `${seconds}`, ...whole, '-map', '0:v', '-map', '1:a', '-c', 'copy');
        };
        await late('late-half.mp4', 0.5);
        await late('late-two.mp4', 2);
        const half = await inspect('late-half.mp4');
        expect(half.findings).toEqual([]);
        expect(half.tracks[1]).toMatchObject({ first: { timescale: 44_100 } });
        expect((await inspect('late-two.mp4')).findings).toMatchObject([{ code: 'media.audioOffset', severity: 'advisory' }]);
    });
});

describe('the inspection process', () => {
    test('that takes too long is ended and said so', async () => {
        expect((await inspect('index-first.mp4', { limits: { wallMs: 5 } })).findings).toEqual([
            { code: 'media.inspectionTimedOut', severity: 'limited' },
        ]);
    });

    test.runIf(process.platform === 'linux')('without memory to start is ended and said so', async () => {
        const { findings } = await inspect('index-first.mp4', { limits: { addressSpaceMiB: 600 } });
        expect(findings).toMatchObject([{ code: 'media.inspectionFailed' }]);
    });

    test('that answers more than it may is not believed', async () => {
        const { findings } = await inspect('index-first.mp4', { limits: { outputBytes: 100 } });
        expect(findings).toMatchObject([{ code: 'media.inspectionFailed', reason: 'output' }]);
    });

    test('ends with the signal', async () => {
        const stop = new AbortController();
        const running = inspect('index-first.mp4', { signal: stop.signal });
        setTimeout(() => stop.abort(new Error('shutdown')), 20);
        await expect(running).rejects.toThrow('shutdown');
        await expect(inspect('index-first.mp4', { signal: stop.signal })).rejects.toThrow('shutdown');
    });

    test('a file that is not there is the caller’s error', async () => {
        await expect(inspect('absent.mp4')).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test('a file far larger than memory is measured by its holes', async () => {
        const bytes = await readFile(at('index-first.mp4'));
        await writeFile(at('sparse.mp4'), bytes);
        const file = await open(at('sparse.mp4'), 'r+');
        const free = Buffer.alloc(16);
        free.writeUInt32BE(1, 0);
        free.write('free', 4, 'latin1');
        free.writeBigUInt64BE(1n << 36n, 8);
        await file.write(free, 0, 16, bytes.length);
        await file.truncate(bytes.length + 2 ** 36);
        await file.close();
        expect(await inspect('sparse.mp4')).toMatchObject({
            durationMs: 2_000,
            findings: [],
            fileLength: bytes.length + 2 ** 36,
        });
    });
});

/** Boxes in one another: only headers, the innermost last. */
function nested(depth: number): Buffer {
    const bytes = Buffer.alloc(depth * 8);
    for (let level = 0; level < depth; level++) {
        bytes.writeUInt32BE((depth - level) * 8, level * 8);
        bytes.write(level === 0 ? 'moov' : 'trak', level * 8 + 4, 'latin1');
    }
    return bytes;
}

function box(type: string, content: Buffer): Buffer {
    const header = Buffer.alloc(8);
    header.writeUInt32BE(8 + content.length, 0);
    header.write(type, 4, 'latin1');
    return Buffer.concat([header, content]);
}

/** The same noise every time: a linear congruential generator. */
function noise(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    let state = 42;
    for (let index = 0; index < length; index++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        bytes[index] = state >>> 24;
    }
    return bytes;
}
