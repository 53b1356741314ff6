import { describe, expect, it } from 'vitest';
import { exactly } from '../act/coverage-facts.ts';
import { placeSegments, runsOf } from '../act/coverage-runs.ts';
import { changeLimitOf, fileRuns, jointOf, measuredChange, type RunFile } from './run.ts';

const T0 = Date.UTC(2026, 10, 18, 1, 0);
const file = (id: string, from: number, to: number | null, corrected = true): RunFile => ({
    id,
    name: `${id}.mp4`,
    deviceStart: T0 + from,
    deviceEnd: to === null ? null : T0 + to,
    start: corrected ? exactly(T0 + from) : null,
    end: corrected && to !== null ? exactly(T0 + to) : null,
});

describe('files of one device', () => {
    it.each([
        [0, 'joined'],
        [2_000, 'joined'],
        [2_001, 'gap'],
        [-1_000, 'joined'],
        [-2_001, 'review'],
    ])('a hole of %i ms is %s', (hole, verdict) => {
        expect(jointOf(file('a', 0, 60_000), file('b', 60_000 + hole, 120_000), 2_000)).toMatchObject({ holeMs: hole, verdict });
    });

    it('need a look where the clock was not checked, or the end is not known', () => {
        expect(jointOf(file('a', 0, 60_000, false), file('b', 60_500, 90_000), 2_000)).toMatchObject({
            holeMs: 500,
            verdict: 'review',
        });
        expect(jointOf(file('a', 0, null), file('b', 60_500, 90_000), 2_000)).toMatchObject({ holeMs: null, verdict: 'review' });
    });

    it('are one run while they continue each other, and every joint stays', () => {
        const runs = fileRuns(
            [file('c', 121_000, 180_000), file('a', 0, 60_000), file('b', 60_400, 120_500), file('d', 400_000, 460_000)],
            2_000,
        );
        expect(runs.map((run) => run.files.map((each) => each.id))).toEqual([['a', 'b', 'c'], ['d']]);
        expect(runs[0]?.joints.map((each) => each.holeMs)).toEqual([400, 500]);
        expect(runs[0]).toMatchObject({ start: T0, end: T0 + 180_000, next: { holeMs: 220_000, verdict: 'gap' } });
        expect(runs[1]).not.toHaveProperty('next');
    });

    it('without any time are in no run', () => {
        expect(fileRuns([{ ...file('a', 0, 1, false), deviceStart: null, deviceEnd: null }], 2_000)).toEqual([]);
    });

    it('say how fast a model changes files; pauses say nothing of it', () => {
        const files = [0, 60_400, 121_000, 181_900, 900_000].map((from, index) => file(String(index), from, from + 60_000));
        const joints = files.slice(1).map((each, index) => jointOf(files[index] ?? each, each, 2_000));
        expect(measuredChange(joints)).toEqual({ count: 3, medianMs: 600, mostMs: 900 });
        expect(measuredChange([])).toBeUndefined();
    });
});

it('a line for a model only tightens; another model, or a line without a figure, changes nothing', () => {
    const lines = ['DSJ-X1 | 800', 'DSJ-X2｜5000', 'DSJ-X3 | soon'];
    expect(changeLimitOf('DSJ-X1', 2_000, lines)).toEqual({ limitMs: 800, source: 'model' });
    expect(changeLimitOf('DSJ-X2', 2_000, lines)).toEqual({ limitMs: 2_000, source: 'model' });
    for (const model of ['DSJ-X3', 'other', null])
        expect(changeLimitOf(model, 2_000, lines)).toEqual({ limitMs: 2_000, source: 'organisation' });
});

it('the coverage of an act joins by the limit of each device, and between devices by the general one', () => {
    const recording = (id: string, deviceId: string, from: number, joinWithinMs?: number) => ({
        ...{ id, carrierId: 'p', deviceId, deviceLabel: deviceId, openStart: null, storedAt: null },
        segments: [{ id, device: { start: T0 + from, end: T0 + from + 60_000 }, corrected: null }],
        ...(joinWithinMs === undefined ? {} : { joinWithinMs }),
    });
    const runs = (...of: ReturnType<typeof recording>[]) => runsOf(placeSegments(of, 'device').placed, 2_000).length;
    expect(runs(recording('a', 'x', 0, 800), recording('b', 'x', 61_000, 800))).toBe(2);
    expect(runs(recording('a', 'x', 0), recording('b', 'x', 61_000))).toBe(1);
    expect(runs(recording('a', 'x', 0, 800), recording('b', 'y', 61_000, 800))).toBe(1);
});
