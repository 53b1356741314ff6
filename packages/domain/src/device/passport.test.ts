import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../kernel/instant.ts';
import { inspectionOf } from '../recording/inspection.decide.ts';
import type { Inspection, MeasuredFile } from '../recording/inspection.ts';
import { ANNEX_2_IDS, type Annex2Id } from './annex-2.ts';
import { MODEL_FIGURE_KEYS, type ModelFigure, requirementsOf, type StatedFigure } from './device-model.ts';
import { type PassportFacts, passportOf } from './passport.ts';

const T0 = Date.UTC(2026, 10, 2);
const track = { id: 1, first: { ticks: 0, timescale: 1_000 }, duration: { ticks: 60_000, timescale: 1_000 }, sampleCount: 1_800 };
const video = {
    ...{ ...track, kind: 'video' as const, codec: 'avc', bitrate: 4_000_000, codedWidth: 1_920, codedHeight: 1_080 },
    ...{ width: 1_920, height: 1_080, rotation: 0 as const, frameRateMilli: 30_000 },
};
const audio = { ...track, kind: 'audio' as const, codec: 'aac', sampleRate: 44_100, channels: 1 };
const boxes = { compatibleBrands: [], moov: 'beforeData' as const, fragmented: false, fragmentCount: 0 };
const inspected = (change: Partial<MeasuredFile> = {}): Inspection =>
    inspectionOf({ container: 'mp4', fileLength: 30_000_000, tracks: [video, audio], encoders: [], boxes, ...change });
const file = (index: number, inspection = inspected()) => ({
    id: `f${index}`,
    at: T0 + index * 6 * HOUR,
    inspection,
    keyMarked: false,
});
const facts = (change: Partial<PassportFacts> = {}): PassportFacts => ({
    ...{ files: [], papers: [], figures: [], longestRunMs: null, clockRate: null, allowedDriftMs: 3_000, today: '2026-11-26' },
    ...change,
});
const row = (id: string, change: Partial<PassportFacts>) => passportOf(facts(change)).find((each) => each.id === id);
const many = (count: number, last?: Inspection) =>
    Array.from({ length: count }, (_, index) => file(index, index === count - 1 ? last : undefined));

it('has every requirement, and claims nothing of a device nobody has measured', () => {
    const rows = passportOf(facts());
    expect(rows.map((each) => each.id)).toEqual(ANNEX_2_IDS);
    expect(new Set(rows.map((each) => each.verdict))).toEqual(new Set(['unknown', 'paperOnly']));
    expect(rows.every((each) => each.sure === null && each.files === 0)).toBe(true);
});

const figure = (key: ModelFigure, value: string): StatedFigure => ({ key, value, source: 'maker', detail: null });

describe('what the register states of the model', () => {
    it('speaks of every requirement, each figure of its own', () => {
        expect(new Set(MODEL_FIGURE_KEYS.flatMap(requirementsOf))).toEqual(new Set(ANNEX_2_IDS));
    });

    it('is stated, never measured, and stands behind what was measured and what a laboratory tested', () => {
        const figures = [figure('dropMetres', '1.5 米'), figure('temperature', '-20～50 ℃'), figure('frameRate', '30')];
        expect(row('A2-20', { figures })).toMatchObject({
            verdict: 'statedBelow',
            sure: null,
            stated: [
                { key: 'dropMetres', standing: 'below' },
                { key: 'temperature', standing: 'read' },
            ],
        });
        const paper = { id: 'p', requirements: ['A2-20'], expiresOn: null };
        expect(row('A2-20', { figures, papers: [{ ...paper, kind: 'certificate' }] })?.verdict).toBe('certified');
        expect(row('A2-20', { figures, papers: [{ ...paper, kind: 'certificate', expiresOn: '2020-01-01' }] })?.verdict).toBe(
            'expired',
        );
        expect(row('A2-15', { figures, files: many(24) })).toMatchObject({ verdict: 'met', conflict: null });
        expect(row('A2-14', { figures })).toMatchObject({ verdict: 'unknown', stated: [] });
        for (const id of ['A2-26', 'A2-28'])
            expect(row(id, { figures: [figure('integrity', '支持')] })).toMatchObject({ stated: [{ key: 'integrity' }] });
    });

    it('reaches what is asked only where each of its figures is there and can be compared; words are for a person', () => {
        const verdict = (id: Annex2Id, ...figures: StatedFigure[]) => row(id, { figures })?.verdict;
        expect(verdict('A2-10', figure('nightFaceMetres', '6 米'))).toBe('statedOpen');
        expect(verdict('A2-10', figure('nightFaceMetres', '6 米'), figure('nightBodyMetres', '12 米'))).toBe('stated');
        expect(verdict('A2-10', figure('nightFaceMetres', '6 米'), figure('nightBodyMetres', '8 米'))).toBe('statedBelow');
        expect(verdict('A2-4', figure('cameras', '前后双摄'))).toBe('statedOpen');
        expect(verdict('A2-1', figure('cpu', '八核'), figure('securityChip', '有'))).toBe('statedOpen');
        expect(verdict('A2-8', figure('wireless', '支持'))).toBe('statedOpen');
        expect(verdict('A2-8', figure('wireless', '支持'), figure('wifi', '有'))).toBe('stated');
        const sheet = { id: 'p', kind: 'dataSheet' as const, requirements: ['A2-9'], expiresOn: null };
        expect(row('A2-9', { figures: [figure('speakerWatt', '1 W')], papers: [sheet] })?.verdict).toBe('statedBelow');
        expect(row('A2-9', { figures: [figure('speakerWatt', '2 W')], papers: [sheet] })?.verdict).toBe('stated');
    });

    it('is contradicted aloud by files, in either direction, and only by what says the same', () => {
        const slow = inspected({ tracks: [{ ...video, worst: { frameRateMilli: 12_000, atMs: 5_000 } }, audio] });
        const stated = (value: string) => [figure('frameRate', value)];
        expect(row('A2-15', { figures: stated('30 帧/秒'), files: many(4, slow) })).toMatchObject({
            verdict: 'mixed',
            conflict: 'filesBelow',
        });
        expect(row('A2-15', { figures: stated('25'), files: many(4, slow) })?.conflict).toBeNull();
        expect(row('A2-15', { figures: stated('25'), files: many(4) })).toMatchObject({ verdict: 'met', conflict: 'filesMeet' });
        expect(row('A2-15', { figures: stated('看说明书'), files: many(4) })?.conflict).toBeNull();
        expect(row('A2-15', { figures: stated('看说明书'), files: many(4, slow) })?.conflict).toBeNull();
        // Eight hours were recorded: that says nothing of milliampere hours.
        const long = { longestRunMs: 9 * HOUR };
        expect(row('A2-6', { ...long, figures: [figure('batteryMah', '2000')] })).toMatchObject({
            verdict: 'met',
            conflict: null,
        });
        expect(row('A2-6', { ...long, figures: [figure('batteryHours', '6')] })?.conflict).toBe('filesMeet');
    });
});

describe('what files show', () => {
    it('is firm from twenty files on five days on, and thin before', () => {
        expect(row('A2-14', { files: many(24) })).toMatchObject({ verdict: 'met', files: 24, below: 0, sure: 'firm' });
        expect(row('A2-14', { files: many(5) })).toMatchObject({ verdict: 'met', sure: 'thin', from: T0, to: T0 + DAY });
    });

    it.each([
        ['A2-14', { tracks: [{ ...video, width: 1_280, height: 720 }, audio] }],
        ['A2-15', { tracks: [{ ...video, worst: { frameRateMilli: 12_000, atMs: 5_000 } }, audio] }],
        ['A2-16', { tracks: [{ ...video, codec: 'mjpeg' }, audio] }],
        ['A2-16', { tracks: [{ ...video, bitrate: 300_000 }, audio] }],
        ['A2-17', { tracks: [video, { ...audio, duration: { ticks: 57_000, timescale: 1_000 } }] }],
        ['A2-28', { boxes: { ...boxes, missingBytes: 5 } }],
    ] as const)('%s: one file below it among others is named', (id, change) => {
        const found = row(id, { files: many(4, inspected(change)) });
        expect(found).toMatchObject({ verdict: 'mixed', files: 4, below: 1, examples: ['f3'] });
        expect(row(id, { files: [file(1, inspected(change))] })).toMatchObject({ verdict: 'below' });
        expect(row(id, { files: many(4) })).toMatchObject({ verdict: 'met' });
    });

    it('a rate that only a header states is not measured', () => {
        const { frameRateMilli: _, ...declared } = { ...video, declaredFrameRateMilli: 30_000 };
        expect(row('A2-15', { files: [file(1, inspected({ tracks: [declared, audio] }))] })).toMatchObject({
            verdict: 'unknown',
            files: 0,
        });
    });

    it('a signature that is present is no verdict, nor is one that is absent', () => {
        const signed = inspected({ signatures: { found: ['onvifMediaSigning'], searchedBytes: 9 } });
        expect(row('A2-26', { files: [file(1, signed), file(2)] })).toMatchObject({
            verdict: 'unknown',
            values: { looked: 1, having: 1 },
        });
    });

    it('positions are counted and are no verdict: they do not say that they are from BeiDou', () => {
        const placed = inspected({ positions: { source: 'gpmf', fixes: 9, noFix: 0, fastestMmPerS: 0, points: [] } });
        expect(row('A2-7', { files: [file(1, placed), file(2)] })).toMatchObject({
            verdict: 'unknown',
            files: 1,
            values: { looked: 2, having: 1 },
        });
        expect(row('A2-7', { files: [file(2)] })).toMatchObject({ verdict: 'unknown' });
    });
});

it('a run of eight hours shows the battery, a shorter one only that nobody ran it longer', () => {
    expect(row('A2-6', { longestRunMs: 8 * HOUR })).toMatchObject({ verdict: 'met' });
    expect(row('A2-6', { longestRunMs: 8 * HOUR - 1 })).toMatchObject({
        verdict: 'unknown',
        values: { longestMs: 8 * HOUR - 1 },
    });
});

it.each([
    [-2_000, 2_500, 'met'],
    [3_100, 4_000, 'below'],
    [-9_000, -3_001, 'below'],
    [1_000, 5_000, 'unknown'],
])('a clock between %i and %i ms a day is %s', (lower, upper, verdict) => {
    expect(row('A2-32', { clockRate: { lower, upper } })).toMatchObject({ verdict });
});

describe('what rests on paper', () => {
    const paper = (kind: 'certificate' | 'dataSheet', expiresOn: string | null) => ({
        id: kind,
        kind,
        requirements: ['A2-19'],
        expiresOn,
    });
    it.each([
        [[paper('certificate', '2027-01-01')], 'certified'],
        [[paper('certificate', '2026-11-26')], 'certified'],
        [[paper('certificate', '2026-11-25')], 'expired'],
        [[paper('dataSheet', null)], 'stated'],
        [[paper('certificate', '2026-11-25'), paper('dataSheet', null)], 'stated'],
        [[], 'paperOnly'],
    ] as const)('%j is %s', (papers, verdict) => {
        expect(row('A2-19', { papers })).toMatchObject({ verdict, papers: papers.map((each) => each.kind) });
        expect(row('A2-20', { papers })).toMatchObject({ verdict: 'paperOnly' });
    });

    it('never outweighs what was measured', () => {
        const papers = [{ id: 'p', kind: 'certificate' as const, requirements: ['A2-14'], expiresOn: null }];
        const low = inspected({ tracks: [{ ...video, width: 640, height: 480 }, audio] });
        expect(row('A2-14', { files: [file(1, low)], papers })).toMatchObject({ verdict: 'below', papers: ['p'] });
    });
});

it('64 GB at the highest rate seen, in hundredths of an hour', () => {
    // 30 MB in 60 s are 4 Mbps; with a twentieth more, 33.86 h.
    expect(row('A2-3', { files: [file(1)] })).toMatchObject({ values: { topKbps: 4_000, hundredths: 3_386 } });
});

describe('photographs, streams and files of positions', () => {
    const photo = (width: number, height: number) =>
        inspected({ container: 'jpeg', tracks: [], boxes: undefined, photo: { width, height, ended: true } } as never);
    it('photographs are compared with the largest film of the device', () => {
        expect(row('A2-18', { files: [file(0, photo(1_920, 1_080))] })).toMatchObject({ verdict: 'unknown', files: 0 });
        expect(row('A2-18', { files: [file(0), file(1, photo(1_080, 1_920))] })).toMatchObject({ verdict: 'met', files: 1 });
        expect(row('A2-18', { files: [file(0), file(1, photo(1_280, 720)), file(2, photo(4_000, 3_000))] })).toMatchObject({
            ...{ verdict: 'mixed', files: 2, below: 1, examples: ['f1'] },
            values: { width: 1_280, height: 720, filmWidth: 1_920, filmHeight: 1_080 },
        });
    });

    it('a stream that does not say where it ends is no whole file, nor a broken one', () => {
        const stream = (of: object) => inspected({ container: 'mpegPs', boxes: undefined, ...of } as never);
        expect(row('A2-28', { files: [file(0, stream({ stream: { end: 'unknown' } }))] })).toMatchObject({
            verdict: 'unknown',
            files: 0,
        });
        expect(row('A2-28', { files: [file(0, stream({ stream: { end: 'stated' } }))] })).toMatchObject({ verdict: 'met' });
        expect(row('A2-28', { files: [file(0, stream({ stream: { end: 'unknown', missingBytes: 9 } }))] })).toMatchObject({
            verdict: 'below',
        });
    });

    it('positions kept beside recordings count for the receiver', () => {
        const positions = { source: 'nmea' as const, fixes: 60, noFix: 0, fastestMmPerS: 0, points: [] };
        const beside = inspected({ container: 'nmea', tracks: [], boxes: undefined, positions } as never);
        expect(row('A2-7', { files: [file(0), file(1, beside)] })).toMatchObject({
            verdict: 'unknown',
            values: { looked: 2, having: 1 },
        });
    });
});
