import { describe, expect, it } from 'vitest';
import { coverageOf } from './coverage.ts';
import type { Clock, SpokenReason } from './coverage-facts.ts';
import { COVERAGE_PARAMETERS, exactly, spokenWithinOf } from './coverage-facts.ts';
import { act, actSegment, NINE_31, officer, present, recording, seconds, segment } from './coverage-testing.ts';
import { throughoutStatement } from './coverage-throughout.ts';

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

    it('explains that the recording breaks off and does not go on, where it is said within two minutes before that', () => {
        const end = (second: number) => gapsOf([said(second, { recordingId: 'a3' })]);
        for (const second of [4200, 4199, 4080])
            expect(end(second)).toEqual([open, open, ['explained', '更换电池', `at ${second}`]]);
        expect(end(4079.999)).toEqual([open, open, open]);
        // What is said in the footage before the one that breaks off is about something else.
        expect(gapsOf([said(2699)])?.[2]).toEqual(open);
    });

    it('explains no end of a recording before files are late: until then it may go on', () => {
        const until = (now: number) =>
            coverageOf({
                ...input(said(4199, { recordingId: 'a3' })),
                participants: [officer('甲', { intake: 'pending' }), officer('乙')],
                now,
            })[0]?.gaps[2];
        const dueAt = at(76 * 60) + COVERAGE_PARAMETERS.storeWithinMs;
        expect(until(dueAt - 1)).toMatchObject({ state: 'notDue', words: null, dueAt });
        expect(until(dueAt)).toMatchObject({ state: 'explained', words: '更换电池', dueAt: null });
    });

    it('is not taken from an interruption by an end that is within the minute to which times are stated', () => {
        const ends = (second: number) =>
            coverageOf({
                ...input(said(4460, { recordingId: 'a3' })),
                recordings: [
                    recording('a1', '甲', [segment('a1', seconds(0, 4000))]),
                    recording('a3', '甲', [segment('a3', seconds(4370, second))]),
                ],
            })[0]?.gaps.map(({ place, state }) => [place, state]);
        expect(ends(4500)).toEqual([
            ['between', 'explained'],
            ['trailing', 'tolerated'],
        ]);
        expect(ends(4499)).toEqual([
            ['between', 'open'],
            ['trailing', 'explained'],
        ]);
    });

    it('explains neither a late beginning nor that nothing was recorded, however near it is said', () => {
        const gaps = coverageOf({
            ...act({
                segments: [actSegment('site', seconds(0, 1800)), actSegment('store', seconds(2400, 3600))],
                participants: [officer('甲', { own: [present(null, 'site'), present(null, 'store')] })],
                recordings: [recording('a1', '甲', [segment('a1', seconds(300, 2400))])],
                spoken: [said(301, { recordingId: 'a1' }), said(2399, { recordingId: 'a1' })],
            }),
        })[0]?.gaps.map(({ place, state }) => [place, state]);
        expect(gaps).toEqual([
            ['leading', 'open'],
            ['whole', 'open'],
        ]);
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

    it('is said within two minutes of its interruption, before or after it, to the millisecond', () => {
        for (const second of [1500, 1620]) expect(gapsOf([said(second)])?.[0]?.[0]).toBe('explained');
        for (const second of [2580, 2700]) expect(gapsOf([said(second)])?.[1]?.[0]).toBe('explained');
        for (const second of [1620.001, 2100, 2579.999]) {
            expect(gapsOf([said(second)])).toEqual([open, open, open]);
        }
    });

    it('says how far away it is where it is too far, beside the interruption it would be about and nowhere else', () => {
        const far = (...spoken: SpokenReason[]) => coverageOf(input(...spoken))[0]?.gaps.map((each) => each.spokenFarMs);
        expect(far(said(1700))).toEqual([200_000, undefined, undefined]);
        expect(far(said(2000), said(1700))).toEqual([200_000, undefined, undefined]);
        expect(far(said(1700), said(1510))).toEqual([undefined, undefined, undefined]);
        expect(far(said(3500, { recordingId: 'a3' }))).toEqual([undefined, 500_000, undefined]);
        expect(far(said(4000, { recordingId: 'a3' }))).toEqual([undefined, undefined, 200_000]);
        const statement = throughoutStatement(input(said(1700)), coverageOf(input(said(1700))));
        expect(statement.details).toContainEqual({
            code: 'gaps.spokenFar',
            params: { count: 1, farMs: 200_000, limitMs: 120_000 },
        });
    });

    it('is asked for nearer where an organisation decided so, and never allowed farther', () => {
        expect([spokenWithinOf(null), spokenWithinOf(600), spokenWithinOf(30), spokenWithinOf(0), spokenWithinOf(-1)]).toEqual([
            120_000, 120_000, 30_000, 0, 120_000,
        ]);
        const within = (seconds: number, second: number) => {
            const parameters = { ...COVERAGE_PARAMETERS, spokenWithinMs: spokenWithinOf(seconds) };
            return coverageOf({ ...input(said(second)), parameters })[0]?.gaps[0]?.state;
        };
        expect([within(30, 1530), within(30, 1530.001), within(0, 1500), within(0, 1500.001)]).toEqual([
            'explained',
            'open',
            'explained',
            'open',
        ]);
    });

    it('is about one interruption: a second word about the same one is not passed on to the next', () => {
        const short = (...spoken: SpokenReason[]) =>
            coverageOf({
                ...input(...spoken),
                recordings: [
                    recording('a1', '甲', [segment('a1', seconds(0, 1200))]),
                    recording('a2', '甲', [segment('a2', seconds(1500, 1560))]),
                    recording('a3', '甲', [segment('a3', seconds(1800, 4560))]),
                ],
            })[0]?.gaps.map(({ state, sourceId }) => [state, sourceId]);
        expect(short(said(1190, { recordingId: 'a1' }), said(1520))).toEqual([
            ['explained', 'at 1190'],
            ['open', null],
        ]);
        expect(short(said(1520), said(1190, { recordingId: 'a1' }))).toEqual([
            ['explained', 'at 1190'],
            ['open', null],
        ]);
    });

    it('is said where the footage beside the interruption runs on, not in a file from elsewhere in the act', () => {
        // The clock of the mark puts it beside the first interruption, where its file is not.
        expect(gapsOf([said(1510, { recordingId: 'a3' })])).toEqual([open, open, open]);
    });

    it('explains the interruption of an officer and not another one of the room that their recorder stands in for', () => {
        const room = { carrierId: null, name: '约谈室', substituteReason: '设备故障' };
        const coverage = coverageOf({
            ...act({
                segments: [
                    actSegment('site', seconds(0, 1800)),
                    actSegment('room', seconds(1800, 3600), { onSite: false, room }),
                ],
                participants: [officer('甲', { own: [present(null, 'site'), present(null, 'room')] })],
                recordings: [
                    recording('a1', '甲', [segment('a1', seconds(0, 1500))]),
                    recording('a2', '甲', [segment('a2', seconds(1740, 1860))]),
                    recording('a3', '甲', [segment('a3', seconds(2100, 3600))]),
                ],
                spoken: [said(1800)],
            }),
        });
        expect(coverage.map(({ kind, gaps }) => [kind, gaps.map(({ state }) => state)])).toEqual([
            ['officer', ['explained']],
            ['room', ['open']],
        ]);
    });
});
