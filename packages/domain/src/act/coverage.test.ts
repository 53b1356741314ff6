import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interval } from '../kernel/interval.ts';
import { totalLength } from '../kernel/interval.ts';
import { coverageOf, isLeast } from './coverage.ts';
import type { CoverageInput, RecordingFacts } from './coverage-facts.ts';
import { act, actSegment, cutOff, exemption, officer, present, recording, seconds, segment } from './coverage-testing.ts';

const ofA = (input: CoverageInput, clock: 'corrected' | 'device' = 'corrected') => {
    const found = coverageOf(input, clock).find((each) => each.personId === 'a');
    if (found === undefined) throw new Error('officer a is missing');
    return found;
};

const withFootage = (...spans: [number, number][]) =>
    act({ recordings: spans.map(([from, to], index) => recording(`r${index}`, 'a', [segment(`s${index}`, seconds(from, to))])) });

describe('runs and gaps', () => {
    test('the example: one interruption of 2 min 36 s', () => {
        const { runs, gaps, permille, coveredMs } = ofA(withFootage([-20, 2088], [2244, 4600]));
        expect(runs).toHaveLength(2);
        expect(gaps).toMatchObject([
            { ...seconds(2088, 2244), place: 'between', state: 'open', doubt: null, id: expect.any(String) },
        ]);
        expect(coveredMs).toBe((4560 - 156) * 1000);
        expect(permille).toBe(965);
    });
    test('2,000 ms continue a run and leave a joint; 2,001 ms do not', () => {
        const joined = ofA(withFootage([0, 100], [102, 4560]));
        expect(joined.runs).toHaveLength(1);
        expect(joined.runs[0]?.joints).toEqual([{ at: seconds(102, 103).start, holeMs: 2000 }]);
        expect(joined.permille).toBe(1000);
        const apart = ofA(withFootage([0, 100], [102.001, 4560]));
        expect(apart.runs).toHaveLength(2);
        expect(apart.gaps.map((gap) => gap.end - gap.start)).toEqual([2001]);
        expect(apart.permille).toBe(999);
    });
    test('segments are numbered across runs', () => {
        const { runs } = ofA(withFootage([0, 100], [100, 200], [300, 400]));
        expect(runs.map((run) => run.firstNumber)).toEqual([1, 3]);
    });
    test('are tolerated at the edges whatever documents may differ by', () => {
        const facts = act({ recordings: [recording('r', 'a', [segment('s', seconds(45, 76 * 60))])] });
        const states = (documentToleranceMs: number) =>
            coverageOf({ ...facts, parameters: { ...facts.parameters, documentToleranceMs } })
                .flatMap((each) => each.gaps)
                .map((gap) => [gap.place, gap.state]);
        expect(states(60_000)).toContainEqual(['leading', 'tolerated']);
        expect(states(0)).toEqual(states(60_000));
    });

    test('before the first and after the last; a minute at the edge is tolerated', () => {
        const { gaps } = ofA(withFootage([60, 4000]));
        expect(gaps.map((gap) => [gap.place, gap.state])).toEqual([
            ['leading', 'tolerated'],
            ['trailing', 'open'],
        ]);
        expect(ofA(withFootage([61, 4560])).gaps[0]?.state).toBe('open');
    });
    test('nothing recorded is one gap over the whole; nothing stated asks for nothing', () => {
        expect(ofA(act()).gaps).toMatchObject([{ ...seconds(0, 4560), place: 'whole', state: 'open' }]);
        expect(ofA(act({ stated: null }))).toMatchObject({ required: [], permille: null, gaps: [] });
    });
    test('an officer owes only their own part', () => {
        const participants = [officer('a', { own: [present(seconds(600, 1200))] }), officer('b')];
        const { gaps, requiredMs } = ofA({ ...withFootage([500, 1000]), participants });
        expect(requiredMs).toBe(600_000);
        expect(gaps).toMatchObject([{ ...seconds(1000, 1200), place: 'trailing' }]);
    });
    test('footage of an assistant covers nothing', () => {
        const participants = [officer('a'), officer('b'), officer('c', { part: 'assistant' })];
        const input = act({ participants, recordings: [recording('r', 'c', [segment('s', seconds(0, 4560))])] });
        expect(coverageOf(input).map((each) => [each.personId, each.permille])).toEqual([
            ['a', 0],
            ['b', 0],
        ]);
    });
});

describe('states of a gap', () => {
    const base = withFootage([0, 1000], [1600, 4560]);
    test('an exemption cuts it at its edges and shows its ground', () => {
        const exemptions = [exemption('x', seconds(1200, 1300))];
        expect(ofA({ ...base, exemptions }).gaps).toMatchObject([
            { ...seconds(1000, 1200), state: 'open' },
            { ...seconds(1200, 1300), state: 'exempt', words: '手术进行中', sourceId: 'x' },
            { ...seconds(1300, 1600), state: 'open' },
        ]);
    });
    test('an explanation still holds after a clock fit moved the edges', () => {
        const reason = (from: number, to: number) => [{ id: 'e', personId: 'a', during: seconds(from, to), reason: '更换电池' }];
        expect(ofA({ ...base, explanations: reason(1004, 1604) }).gaps).toMatchObject([
            { state: 'explained', words: '更换电池' },
        ]);
        expect(ofA({ ...base, explanations: reason(1400, 1600) }).gaps).toMatchObject([{ state: 'open' }]);
        expect(ofA({ ...base, explanations: [{ ...reason(1000, 1600)[0], personId: 'b' } as never] }).gaps[0]?.state).toBe(
            'open',
        );
    });
    test('a paper is about the gap whose time it names, to the minute; an answer about the one that it was accepted for', () => {
        const stateBy = (from: number, to: number, accepted = false) => {
            const said = { id: 'e', personId: 'a', during: seconds(from, to), reason: '更换电池', accepted };
            return ofA({ ...base, explanations: [said] }).gaps[0]?.state;
        };
        expect([stateBy(940, 1660), stateBy(939, 1600), stateBy(1000, 1661)]).toEqual(['explained', 'open', 'open']);
        // What arrived since made the gap shorter: it is the same one while it is half of what was accepted.
        expect([stateBy(400, 1600, true), stateBy(399, 1600, true)]).toEqual(['explained', 'open']);
        expect(stateBy(0, 4560, true)).toBe('open');
    });
    test('words about an interruption, or about the part of it that nothing exempts, are about what is left of it', () => {
        const exemptions = [exemption('x', seconds(1300, 1600))];
        for (const [from, to] of [
            [1000, 1600],
            [1000, 1300],
        ] as const) {
            const explanations = [{ id: 'e', personId: 'a', during: seconds(from, to), reason: '更换电池' }];
            expect(ofA({ ...base, exemptions, explanations }).gaps.map((each) => each.state)).toEqual(['explained', 'exempt']);
        }
    });
    test('an answer about the part that is a must explains that part, and the other stays to be explained', () => {
        const segments = [actSegment('m', seconds(0, 1300)), actSegment('s', seconds(1300, 4560), { recording: 'should' })];
        const participants = ['a', 'b'].map((id) => officer(id, { own: [present(null, 'm'), present(null, 's')] }));
        const explanations = [{ id: 'e', personId: 'a', during: seconds(1000, 1300), reason: '更换电池', accepted: true }];
        expect(ofA({ ...base, segments, participants, explanations }).gaps.map((each) => [each.modal, each.state])).toEqual([
            ['must', 'explained'],
            ['should', 'open'],
        ]);
    });
    test('not due while the files may still come, and until when', () => {
        const participants = [officer('a', { intake: 'pending' }), officer('b')];
        const dueAt = seconds(0, 4560).end + 86_400_000;
        expect(ofA({ ...base, participants, now: dueAt - 1 }).gaps).toMatchObject([{ state: 'notDue', dueAt }]);
        expect(ofA({ ...base, participants, now: dueAt }).gaps).toMatchObject([{ state: 'open', dueAt: null }]);
    });
    test('between two devices a gap inside the uncertainty is not certain', () => {
        const unsure = { offsetMs: 0, plusMinusMs: 3000 };
        const one = recording('r1', 'a', [segment('s1', seconds(0, 1000), unsure)]);
        const two = recording('r2', 'a', [segment('s2', seconds(1005, 4560), unsure)]);
        const spare = { ...two, deviceId: 'spare' };
        expect(ofA(act({ recordings: [one, two] })).gaps[0]?.doubt).toBeNull();
        expect(ofA(act({ recordings: [one, spare] })).gaps[0]?.doubt).toBe('clocks');
    });
});

test('two exemptions that overlap cut a gap alike in whatever order they are given', () => {
    const exemptions = [exemption('late', seconds(300, 900)), exemption('early', seconds(0, 600))];
    const pieces = (of: typeof exemptions) => ofA(act({ exemptions: of })).gaps.map((gap) => [gap.start, gap.end, gap.sourceId]);
    expect(pieces(exemptions)).toEqual(pieces(exemptions.toReversed()));
    expect(pieces(exemptions).map(([, , source]) => source)).toEqual(['early', 'late', null]);
});

describe('a start without an end', () => {
    const seen = (more: Parameters<typeof act>[0]) => {
        const { gaps } = ofA(act(more));
        return gaps.map((gap) => [gap.start, gap.end, gap.place, gap.doubt]);
    };
    const from = (second: number) => seconds(second, second + 1).start;
    test('covers nothing by itself, but leaves open what came after it', () => {
        const coverage = ofA(act({ recordings: [cutOff('r', 'a', 600)] }));
        expect(coverage).toMatchObject({ permille: 0, unplaced: 0, basis: 'corrected', openStarts: [{ recordingId: 'r' }] });
        expect(coverage.gaps.map((gap) => [gap.start, gap.end, gap.place, gap.doubt])).toEqual([
            [from(0), from(600), 'leading', null],
            [from(600), from(4560), 'trailing', 'openEnd'],
        ]);
        expect(isLeast(coverage)).toBe(true);
    });
    test('begun before the act, everything is open; begun after, nothing is', () => {
        expect(seen({ recordings: [cutOff('r', 'a', -60)] })).toEqual([[from(0), from(4560), 'whole', 'openEnd']]);
        expect(seen({ recordings: [cutOff('r', 'a', 4600)] })).toEqual([[from(0), from(4560), 'whole', null]]);
    });
    test('is no edge of a short act, of which it is all there is; after what was recorded it is', () => {
        const states = (...recordings: RecordingFacts[]) =>
            ofA(act({ stated: seconds(0, 60), recordings })).gaps.map(({ place, doubt, state }) => [place, doubt, state]);
        expect(states(cutOff('r', 'a', 20))).toEqual([
            ['leading', null, 'tolerated'],
            ['trailing', 'openEnd', 'open'],
        ]);
        expect(states(recording('r', 'a', [segment('s', seconds(0, 20))]), cutOff('t', 'a', 30))).toEqual([
            ['between', null, 'open'],
            ['trailing', 'openEnd', 'tolerated'],
        ]);
    });
    test('a gap before it stays certain, one after it does not', () => {
        const recordings = [
            recording('r', 'a', [
                segment('1', seconds(0, 1000)),
                segment('2', seconds(1500, 3000)),
                segment('3', seconds(3500, 4560)),
            ]),
            cutOff('cut', 'a', 2900),
        ];
        expect(seen({ recordings })).toEqual([
            [from(1000), from(1500), 'between', null],
            [from(3000), from(3500), 'between', 'openEnd'],
        ]);
    });
    test('where other footage covers all, it changes nothing', () => {
        const coverage = ofA(act({ recordings: [recording('r', 'a', [segment('1', seconds(0, 4560))]), cutOff('c', 'a', 10)] }));
        expect(coverage).toMatchObject({ permille: 1000, gaps: [] });
        expect(isLeast(coverage)).toBe(false);
    });
    test('by an unchecked clock it stands at device time', () => {
        expect(ofA(act({ recordings: [cutOff('r', 'a', 600, null)] })).basis).toBe('device');
    });
    test('within the limit after a file of the same recorder it goes on from there, and nothing is missing before it', () => {
        const before = recording('p', 'a', [segment('s', seconds(0, 1800))]);
        const next = (from: number, more: Partial<RecordingFacts> = {}) => [before, { ...cutOff('r', 'a', from), ...more }];
        expect(seen({ recordings: next(1802) })).toEqual([[from(1802), from(4560), 'trailing', 'openEnd']]);
        expect(seen({ recordings: next(1802.001) })).toEqual([
            [from(1800), from(1802.001), 'between', null],
            [from(1802.001), from(4560), 'trailing', 'openEnd'],
        ]);
        // What was measured of a model holds within one recorder.
        expect(seen({ recordings: next(1804, { joinWithinMs: 4_000 }) })).toHaveLength(1);
        expect(seen({ recordings: next(1804, { joinWithinMs: 4_000, deviceId: 'another' }) })).toHaveLength(2);
        expect(seen({ recordings: next(1801, { joinWithinMs: 500 }) })).toHaveLength(2);
        // While another file still runs there is no hole at all.
        expect(seen({ recordings: next(1700) })).toEqual([[from(1800), from(4560), 'trailing', 'openEnd']]);
    });
    test('of another person it leaves nothing open', () => {
        expect(seen({ recordings: [cutOff('r', 'b', 600)] })).toEqual([[from(0), from(4560), 'whole', null]]);
    });
});

describe('clocks', () => {
    test('without a fit the device time stands, and the basis says so', () => {
        const late = recording('r', 'a', [segment('s', seconds(0, 4560), { offsetMs: 120_000, plusMinusMs: 500 })]);
        const unknown = recording('u', 'a', [segment('t', seconds(0, 60), null)]);
        expect(ofA(act({ recordings: [late] }))).toMatchObject({
            basis: 'corrected',
            gaps: [{ ...seconds(0, 120), place: 'leading' }],
        });
        expect(ofA(act({ recordings: [late] }), 'device')).toMatchObject({ basis: 'device', permille: 1000 });
        expect(ofA(act({ recordings: [late, unknown] })).basis).toBe('mixed');
        expect(ofA(act({ recordings: [unknown] })).basis).toBe('device');
        // A clock that had restarted would put its footage into another century: it keeps the place that is known.
        const restarted = { start: Date.UTC(2000, 0, 1), end: Date.UTC(2000, 0, 1) + 4_560_000 };
        const { corrected } = segment('s', seconds(0, 4560), { offsetMs: 0, plusMinusMs: 0 });
        const footage = recording('r', 'a', [{ id: 's', device: restarted, corrected }]);
        expect(ofA(act({ recordings: [footage] }), 'device')).toMatchObject({ basis: 'corrected', permille: 1000 });
        expect(ofA(act({ recordings: [{ ...late, segments: [] }] }))).toMatchObject({ basis: 'none', unplaced: 1 });
    });
});

const span = fc.tuple(fc.integer({ min: -600_000, max: 5_000_000 }), fc.integer({ min: 1, max: 2_000_000 }));
const footage = fc.array(fc.tuple(span, fc.boolean()), { maxLength: 12 });
const inMs = (from: number, lasts: number): Interval => ({
    start: seconds(0, 1).start + from,
    end: seconds(0, 1).start + from + lasts,
});
const build = (spans: readonly (readonly [readonly [number, number], boolean])[], exempt: readonly [number, number][] = []) =>
    act({
        recordings: spans.map(([[from, lasts], known], index) => {
            const fit = known ? { offsetMs: 700, plusMinusMs: 300 } : null;
            return recording(`r${index}`, 'a', [segment(`s${index}`, inMs(from, lasts), fit)]);
        }),
        exemptions: exempt.map(([from, lasts], index) => exemption(`x${index}`, inMs(from, lasts))),
    });

describe('properties', () => {
    test('gaps + covered = required, and gaps neither overlap nor leave the required interval', () => {
        fc.assert(
            fc.property(footage, fc.array(span, { maxLength: 4 }), (spans, exempt) => {
                const { gaps, coveredMs, requiredMs, required, permille } = ofA(build(spans, exempt));
                expect(totalLength(gaps) + coveredMs).toBe(requiredMs);
                const owed = gaps.filter((gap) => gap.state !== 'exempt').length > 0 || coveredMs > 0;
                expect(permille === 1000).toBe(coveredMs > 0 && gaps.every((gap) => gap.state === 'exempt'));
                expect(permille === null).toBe(!owed);
                for (const [index, gap] of gaps.entries()) {
                    expect(gap.start).toBeGreaterThanOrEqual(gaps[index - 1]?.end ?? required[0]?.start ?? Number.NaN);
                    expect(gap.end).toBeLessThanOrEqual(required[0]?.end ?? Number.NaN);
                }
            }),
        );
    });
    test('one more recording never lowers coverage', () => {
        fc.assert(
            fc.property(footage, fc.tuple(span, fc.boolean()), (spans, more) => {
                expect(ofA(build([...spans, more])).coveredMs).toBeGreaterThanOrEqual(ofA(build(spans)).coveredMs);
            }),
        );
    });
    test('the order of recordings does not matter', () => {
        fc.assert(
            fc.property(footage, (spans) => {
                const there = ofA(build(spans));
                const back = ofA({ ...build(spans), recordings: build(spans).recordings.toReversed() });
                expect(back.gaps).toEqual(there.gaps);
            }),
        );
    });
    test('shifting everything changes nothing', () => {
        const shifted = <T>(value: T, by: number): T =>
            JSON.parse(JSON.stringify(value), (_, at) => (typeof at === 'number' && at > 1e12 ? at + by : at));
        fc.assert(
            fc.property(footage, fc.integer({ min: -1e10, max: 1e10 }), (spans, by) => {
                const { gaps, coveredMs, permille } = ofA(build(spans));
                const moved = ofA(shifted(build(spans), by));
                expect(moved.coveredMs).toBe(coveredMs);
                expect(moved.permille).toBe(permille);
                expect(moved.gaps.map(({ id: _, ...gap }) => gap)).toEqual(shifted(gaps, by).map(({ id: _, ...gap }) => gap));
            }),
        );
    });
});
