import { expect, test } from 'vitest';
import { inspectionOf } from './inspection.decide.ts';
import type { BoxLayout, InspectedAudioTrack, InspectedVideoTrack, Inspection, MeasuredFile } from './inspection.ts';
import { INSPECTION_VERSION, mediaMs } from './inspection.ts';

const video: InspectedVideoTrack = {
    kind: 'video',
    id: 1,
    codec: 'avc',
    codecString: 'avc1.640028',
    codecId: 'avc1',
    first: { ticks: 0, timescale: 30_000 },
    duration: { ticks: 1_800_000, timescale: 30_000 },
    sampleCount: 1_800,
    bitrate: 4_000_000,
    codedWidth: 1_920,
    codedHeight: 1_080,
    width: 1_920,
    height: 1_080,
    rotation: 0,
    frameRateMilli: 30_000,
};
const audio: InspectedAudioTrack = {
    kind: 'audio',
    id: 2,
    codec: 'aac',
    codecString: 'mp4a.40.2',
    codecId: 'mp4a',
    first: { ticks: -1_024, timescale: 44_100 },
    duration: { ticks: 2_647_024, timescale: 44_100 },
    sampleCount: 2_585,
    sampleRate: 44_100,
    channels: 1,
};
const boxes: BoxLayout = { majorBrand: 'isom', compatibleBrands: [], moov: 'beforeData', fragmented: false, fragmentCount: 0 };
const sound: MeasuredFile = { container: 'mp4', fileLength: 1_000_000, boxes, tracks: [video, audio], encoders: [] };

const codes = (inspection: Inspection) => inspection.findings.map((finding) => finding.code);
const judged = (change: Partial<MeasuredFile>) => inspectionOf({ ...sound, ...change });
const later = (seconds: number) => ({ ...audio, first: { ticks: seconds * 44_100 - 1_024, timescale: 44_100 } });

test('a whole 1080p30 H.264/AAC file has nothing to say', () => {
    const inspection = inspectionOf(sound);
    expect(inspection).toMatchObject({ inspectionVersion: INSPECTION_VERSION, durationMs: 60_000, findings: [] });
});

/** 0.6 s early at the start, 0.6 s late at the end: neither is a second, the drift is. */
const drifting = { ...audio, first: { ticks: 0, timescale: 10 }, duration: { ticks: 606, timescale: 10 } };
const drifted = { ...video, first: { ticks: 18_000, timescale: 30_000 }, duration: { ticks: 1_782_000, timescale: 30_000 } };

const cases: readonly [string, Partial<MeasuredFile>, readonly string[]][] = [
    ['0 bytes', { fileLength: 0, container: 'unknown', tracks: [] }, ['media.empty']],
    ['text', { container: 'unknown', tracks: [] }, ['media.notMedia']],
    ['no index', { boxes: { ...boxes, moov: 'absent' }, tracks: [] }, ['media.noMoov']],
    [
        'cut before its index',
        { boxes: { ...boxes, moov: 'absent', missingBytes: 9 }, tracks: [] },
        ['media.noMoov', 'media.truncated'],
    ],
    ['an index that cannot be read', { tracks: [], failed: 'damaged' }, ['media.inspectionFailed']],
    ['an index without tracks', { tracks: [] }, ['media.inspectionFailed']],
    ['a child that ran out of memory', { tracks: [], failed: 'memory' }, ['media.inspectionFailed']],
    ['a child that took too long', { container: 'unknown', tracks: [], failed: 'timedOut' }, ['media.inspectionTimedOut']],
    ['a PNG photograph', { container: 'png', tracks: [] }, ['media.picture']],
    ['a JPEG photograph', { container: 'jpeg', tracks: [] }, ['media.picture']],
    ['FLV', { container: 'flv', tracks: [] }, ['media.unsupportedContainer']],
    ['AVI', { container: 'avi' }, ['media.containerNotPlayable']],
    ['satellite sentences', { container: 'nmea', tracks: [] }, ['media.positions']],
    [
        'a stream that says nothing of its end',
        { container: 'mpegPs', stream: { end: 'unknown' } },
        ['media.endUnknown', 'media.containerNotPlayable'],
    ],
    [
        'a stream that says its end and has it',
        { container: 'asf', stream: { end: 'stated', declaredMs: 61_000 } },
        ['media.containerNotPlayable'],
    ],
    [
        'a stream shorter than it says',
        { container: 'flv', stream: { end: 'stated', declaredMs: 90_000 } },
        ['media.endsEarly', 'media.containerNotPlayable'],
    ],
    [
        'a photograph that was cut off',
        { container: 'jpeg', tracks: [], photo: { width: 9, height: 9, ended: false } },
        ['media.photoCut', 'media.picture'],
    ],
    [
        'an AVI cut short',
        { container: 'avi', avi: { index: false, emptyFrames: 0, missingBytes: 7 } },
        ['media.truncated', 'media.containerNotPlayable'],
    ],
    [
        'a slow minute',
        { tracks: [{ ...video, worst: { frameRateMilli: 12_000, atMs: 30_000 } }, audio] },
        ['media.lowFrameRateAtTimes'],
    ],
    ['sound that drifts across the picture', { tracks: [drifted, drifting] }, ['media.audioOffset']],
    ['sound only', { tracks: [audio] }, ['media.noVideo']],
    ['picture only', { tracks: [video] }, ['media.noAudio']],
    ['HEVC', { tracks: [{ ...video, codec: 'hevc' }, audio] }, ['media.codecNotPlayable']],
    ['G.711', { tracks: [video, { ...audio, codec: 'alaw' }] }, ['media.codecNotPlayable']],
    ['MPEG-TS', { container: 'mpegTs' }, ['media.endUnknown', 'media.containerNotPlayable']],
    ['720p', { tracks: [{ ...video, width: 1_280, height: 720 }, audio] }, ['media.lowResolution']],
    ['1080p upright', { tracks: [{ ...video, width: 1_080, height: 1_920, rotation: 90 }, audio] }, []],
    ['29.97 fps', { tracks: [{ ...video, frameRateMilli: 29_970 }, audio] }, []],
    ['25 fps', { tracks: [{ ...video, frameRateMilli: 25_000 }, audio] }, ['media.lowFrameRate']],
    ['sound 1 s late', { tracks: [video, later(1)] }, []],
    ['sound 2 s late', { tracks: [video, later(2)] }, ['media.audioOffset']],
];
test.each(cases)('%s', (_, change, expected) => {
    expect(codes(judged(change))).toEqual(expected);
});

test('truncation names what is missing and up to where the file is good', () => {
    const cut = { ...boxes, missingBytes: 400_000, lastUsableMs: 36_000 };
    expect(judged({ boxes: cut }).findings).toEqual([
        { code: 'media.truncated', severity: 'limited', missingBytes: 400_000, lastUsableMs: 36_000 },
    ]);
});

test('the stored result holds integers only and no null', () => {
    const walk = (value: unknown): void => {
        expect(value).not.toBeNull();
        expect(value).not.toBeUndefined();
        if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
        if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    for (const [, change] of cases) walk(judged(change));
});

test('ticks become ms without drift', () => {
    expect(mediaMs({ ticks: 1_001, timescale: 30_000 })).toBe(33);
    expect(mediaMs({ ticks: -1_024, timescale: 44_100 })).toBe(-23);
    expect(mediaMs({ ticks: Number.MAX_SAFE_INTEGER, timescale: 1_000_000_000 })).toBe(9_007_199_255);
});

test('text is a log by what it holds, or because a profile names it one; a process that died says neither', () => {
    const text = (form: 'timed' | 'plain', more: Partial<MeasuredFile> = {}): MeasuredFile => ({
        ...{ container: 'text', fileLength: 100, tracks: [], encoders: [], log: { form, encoding: 'utf-8', lines: 3 } },
        ...more,
    });
    const found = (file: MeasuredFile, named: boolean) => inspectionOf(file, named).findings;
    expect(found(text('timed'), false)).toEqual([{ code: 'media.log', severity: 'advisory', form: 'timed', encoding: 'utf-8' }]);
    expect(found(text('plain'), true)).toMatchObject([{ code: 'media.log', form: 'plain' }]);
    expect(found(text('plain'), false)).toEqual([{ code: 'media.notMedia', severity: 'broken' }]);
    expect(codes(inspectionOf(text('timed', { failed: 'crashed' }), true))).toEqual(['media.inspectionFailed']);
});
