import { describe, expect, test } from 'vitest';
import { decideHeard, decideListening, type HeardCue, heardPlaces, newPlaces } from './heard.ts';
import type { Inspection } from './inspection.ts';

const cue = (startMs: number, text: string): HeardCue => ({ startMs, endMs: startMs + 3_000, text });
const codeOf = (body: () => unknown): string => {
    try {
        body();
        return 'none';
    } catch (error) {
        return (error as { code: string }).code;
    }
};

describe('places at which words of the clauses seem to be said', () => {
    test('the words of 附件1 第9条, in one piece or in several, with what was written down', () => {
        const whole = cue(12_000, '你好，我们是区卫健委执法人员，监督员证号分别是一一零二零七，本次执法全程录音录像。');
        expect(heardPlaces([whole])).toEqual([{ kind: 'opening', mediaMs: 12_000, words: whole.text }]);
        const parts = [cue(1_000, '把门打开一下'), cue(5_000, '我们是卫健委执法人员'), cue(9_000, '这是我们的执法证件')];
        expect(heardPlaces(parts)).toEqual([
            { kind: 'opening', mediaMs: 5_000, words: '我们是卫健委执法人员 这是我们的执法证件' },
        ]);
    });
    test('the words of 附件1 第8条', () => {
        expect(heardPlaces([cue(600_000, '本次执法结束，关闭执法记录仪。')])).toMatchObject([
            { kind: 'closing', mediaMs: 600_000 },
        ]);
    });
    test('not from one part alone, nor from parts that are far from each other', () => {
        expect(heardPlaces([cue(0, '请出示健康证件')])).toEqual([]);
        expect(heardPlaces([cue(0, '我们是执法人员'), cue(40_001, '这是执法证')])).toEqual([]);
        expect(heardPlaces([cue(0, '我们是执法人员'), cue(40_000, '这是执法证')])).toHaveLength(1);
    });
    test('in the order of the file, whatever the order of the lines, width and punctuation', () => {
        const cues = [cue(90_000, '本次执 法,结束'), cue(2_000, '依法监督检查，全程录音　录像')];
        expect(heardPlaces(cues).map((each) => [each.kind, each.mediaMs])).toEqual([
            ['opening', 2_000],
            ['closing', 90_000],
        ]);
    });
    test('each once, said again later again, and never more than anybody would listen to', () => {
        const said = (at: number) => [cue(at, '我们是执法人员'), cue(at + 3_000, '这是证件，请配合')];
        expect(heardPlaces([...said(0), ...said(60_000)]).map((each) => each.mediaMs)).toEqual([0, 60_000]);
        expect(heardPlaces(Array.from({ length: 500 }, (_, index) => said(index * 60_000)).flat())).toHaveLength(20);
    });
    test('what was written down is cut at a length that can be read, between characters', () => {
        const [place] = heardPlaces([cue(0, `执法结束${'𠮷'.repeat(500)}`)]);
        expect([...(place?.words ?? '')]).toHaveLength(200);
        expect(place?.words.isWellFormed()).toBe(true);
    });
    test('a later listening adds what an earlier one did not point at', () => {
        const found = heardPlaces([cue(10_000, '执法结束'), cue(100_000, '执法结束')]);
        expect(newPlaces(found, [{ kind: 'closing', mediaMs: 45_000 }]).map((each) => each.mediaMs)).toEqual([100_000]);
        expect(newPlaces(found, [{ kind: 'opening', mediaMs: 10_000 }])).toEqual(found);
    });
});

describe('listening', () => {
    const track = { kind: 'audio', sampleCount: 1 };
    const inspection = { tracks: [track] } as unknown as Inspection;
    test.each([
        ['sealed', inspection, undefined, 'none'],
        ['sealed', inspection, 'failed', 'none'],
        ['sealed', inspection, 'asked', 'recording.listening'],
        ['sealed', null, undefined, 'recording.notListenable'],
        ['sealed', { tracks: [] } as unknown as Inspection, undefined, 'recording.notListenable'],
        ['damaged', inspection, undefined, 'recording.damaged'],
        ['quarantined', inspection, undefined, 'recording.quarantined'],
    ] as const)('to one that is %s (case %#)', (state, of, before, code) => {
        expect(codeOf(() => decideListening({ state, inspection: of }, before))).toBe(code);
    });
    test('is followed by a person who opened the recording, once', () => {
        expect(codeOf(() => decideHeard('waiting', { viewed: true }))).toBe('none');
        expect(codeOf(() => decideHeard('waiting', { viewed: false }))).toBe('recording.notViewed');
        for (const state of ['confirmed', 'rejected'] as const)
            expect(codeOf(() => decideHeard(state, { viewed: true }))).toBe('recording.heardDecided');
    });
});
