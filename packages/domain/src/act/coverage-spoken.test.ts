import { describe, expect, it } from 'vitest';
import { coverageOf } from './coverage.ts';
import type { Clock, SpokenReason } from './coverage-facts.ts';
import { exactly } from './coverage-facts.ts';
import { act, NINE_31, officer, recording, seconds, segment } from './coverage-testing.ts';

const at = (second: number) => NINE_31 + second * 1000;
const said = (second: number, more: Partial<SpokenReason> = {}): SpokenReason => {
    return {
        id: `at ${second}`,
        recordingId: 'a2',
        device: at(second),
        corrected: exactly(at(second)),
        words: '更换电池',
        ...more,
    };
};
/** Three stretches of 甲 with two interruptions of five minutes, and the last minutes missing; 乙 recorded throughout. */
const input = (...spoken: SpokenReason[]) =>
    act({
        participants: [officer('甲'), officer('乙')],
        recordings: [
            recording('a1', '甲', [segment('a1', seconds(0, 1200))]),
            recording('a2', '甲', [segment('a2', seconds(1500, 2700))]),
            recording('a3', '甲', [segment('a3', seconds(3000, 4200))]),
            recording('b', '乙', [segment('b', seconds(0, 76 * 60))]),
        ],
        spoken,
    });
const gapsOf = (spoken: SpokenReason[], clock: Clock = 'corrected') =>
    coverageOf(input(...spoken), clock)[0]?.gaps.map(({ state, words, sourceId }) => [state, words, sourceId]);
const [open, explained] = [
    ['open', null, null],
    ['explained', '更换电池', 'at 1510'],
];

describe('a reason that is spoken in the recording (附件1 第10条)', () => {
    it('explains the interruption it stands beside, and no other', () => {
        expect(gapsOf([])).toEqual([open, open, open]);
        expect(gapsOf([said(1510)])).toEqual([explained, open, open]);
        expect(gapsOf([said(2690)])).toEqual([open, ['explained', '更换电池', 'at 2690'], open]);
        expect(gapsOf([said(1510), said(2690)])?.map(([state]) => state)).toEqual(['explained', 'explained', 'open']);
    });

    it('explains nothing that is missing at the end, however near it is said', () => {
        expect(gapsOf([said(4199, { recordingId: 'a3' })])).toEqual([open, ['explained', '更换电池', 'at 4199'], open]);
    });

    it('is of the carrier in whose recording it is spoken', () => {
        expect(gapsOf([said(1510, { recordingId: 'b' })])).toEqual([open, open, open]);
    });

    it('goes by the clock that is asked for, by the device where nothing else is known, and by nothing where no time is', () => {
        const moved = said(1510, { corrected: exactly(at(2690)) });
        expect(gapsOf([moved])?.map(([state]) => state)).toEqual(['open', 'explained', 'open']);
        expect(gapsOf([moved], 'device')?.map(([state]) => state)).toEqual(['explained', 'open', 'open']);
        expect(gapsOf([said(1510, { corrected: null })])?.[0]).toEqual(explained);
        expect(gapsOf([said(1510, { corrected: null, device: null })])).toEqual([open, open, open]);
    });

    it('gives way to a paper about the same interruption', () => {
        const paper = { id: 'paper', personId: '甲', during: seconds(1200, 1500), reason: '设备故障' };
        const gaps = coverageOf({ ...input(said(1510)), explanations: [paper] })[0]?.gaps;
        expect(gaps?.[0]).toMatchObject({ state: 'explained', words: '设备故障', sourceId: 'paper' });
    });
});
