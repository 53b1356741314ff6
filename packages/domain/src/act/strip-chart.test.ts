import { describe, expect, test } from 'vitest';
import { act, cutOff, NINE_31, officer, recording, seconds, segment } from './coverage-testing.ts';
import { stripChart, stripChartRows } from './strip-chart.ts';
import type { StripChartInput } from './strip-chart-input.ts';

const input = (more: Partial<StripChartInput> = {}): StripChartInput => {
    return {
        ...act(),
        clock: 'corrected',
        segmentTitles: {},
        rooms: [],
        positions: [],
        marks: [],
        fits: [],
        cursor: null,
        ...more,
    };
};
const fit = { offsetMs: 4200, plusMinusMs: 800 };

describe('rows', () => {
    test('documents, officers, rooms, assistants, positions, marks', () => {
        const chart = stripChart(
            input({
                participants: [officer('c', { part: 'assistant' }), officer('a'), officer('b')],
                rooms: [{ id: 'room', name: '听证室' }],
                recordings: [
                    recording('r', 'room', [segment('s', seconds(0, 60))]),
                    recording('q', 'c', [segment('t', seconds(0, 60))]),
                ],
                positions: [{ id: 'p', personId: null, during: seconds(0, 60), inside: true, distanceM: 25 }],
                marks: [
                    {
                        id: 'm',
                        kind: 'opening',
                        state: 'confirmed',
                        label: null,
                        personId: 'a',
                        device: NINE_31,
                        corrected: null,
                    },
                    { id: 'n', kind: 'photo', state: 'confirmed', label: null, personId: 'a', device: null, corrected: null },
                ],
            }),
        );
        expect(stripChartRows(chart).map((row) => row.kind)).toEqual([
            'document',
            'officer',
            'officer',
            'room',
            'assistant',
            'position',
            'marks',
        ]);
        expect(chart.assistants[0]).toMatchObject({ name: 'c', gaps: [], permille: null, devices: ['A-0173'] });
        expect(chart.marks?.marks).toMatchObject([{ id: 'm', personName: 'a', at: { at: NINE_31 } }]);
    });
    test('a start without an end has its place, whoever wore the recorder', () => {
        const participants = [officer('a'), officer('b'), officer('c', { part: 'assistant' })];
        const recordings = [cutOff('r', 'a', -900), cutOff('q', 'c', 60)];
        const chart = stripChart(input({ participants, recordings, rooms: [] }));
        expect(chart.officers[0]).toMatchObject({ unplaced: 0, runs: [], openStarts: [{ recordingId: 'r' }] });
        expect(chart.assistants[0]).toMatchObject({ unplaced: 0, openStarts: [{ start: { at: NINE_31 + 60_000 } }] });
        expect(chart.axis?.start).toBeLessThan(NINE_31 - 900_000);
        expect(chart.correctedKnown).toBe('all');
    });
    test('it survives JSON', () => {
        const full = input({ recordings: [recording('r', 'a', [segment('s', seconds(0, 60), fit)])] });
        expect(stripChart(JSON.parse(JSON.stringify(full)))).toEqual(stripChart(full));
        const chart = stripChart(full);
        expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
    });
});

describe('clock', () => {
    const fitted = recording('r', 'a', [segment('s', seconds(0, 4560), fit)]);
    const unfitted = recording('q', 'b', [segment('t', seconds(0, 4560), null)]);
    test('corrected where known', () => {
        const chart = stripChart(input({ recordings: [fitted, unfitted] }));
        expect(chart).toMatchObject({ clock: 'corrected', correctedKnown: 'some' });
        expect(chart.officers.map((row) => [row.basis, row.runs[0]?.start.at])).toEqual([
            ['corrected', NINE_31 + 4200],
            ['device', NINE_31],
        ]);
    });
    test('the switch shows device time; without any fit there is nothing else to show', () => {
        expect(stripChart(input({ recordings: [fitted], clock: 'device' })).officers[0]?.runs[0]?.start.at).toBe(NINE_31);
        expect(stripChart(input({ recordings: [unfitted] }))).toMatchObject({ clock: 'device', correctedKnown: 'no' });
        expect(stripChart(input())).toMatchObject({ clock: 'device', correctedKnown: 'none' });
    });
});

describe('axis', () => {
    test('everything with a time, bounds included, and a margin', () => {
        const long = recording('r', 'a', [segment('s', seconds(-600, 4560), fit)]);
        expect(stripChart(input({ recordings: [long] })).axis).toEqual({
            start: NINE_31 - 600_000 + 3400 - 103_232,
            end: NINE_31 + 4_565_000 + 103_232,
        });
    });
    test('nothing with a time has no axis', () => {
        expect(stripChart(input({ stated: null, documents: [] })).axis).toBeNull();
        const half = [{ id: 'd', title: '', start: NINE_31, end: null }];
        expect(stripChart(input({ stated: null, documents: half })).axis).toEqual({
            start: NINE_31 - 30_000,
            end: NINE_31 + 30_000,
        });
    });
});
