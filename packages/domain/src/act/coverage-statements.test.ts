import { describe, expect, test } from 'vitest';
import { coverageOf } from './coverage.ts';
import { withRulings } from './coverage-rulings.ts';
import type { SpeechMark, StatementInput } from './coverage-statement.ts';
import { DETAIL_CODES, STATEMENT_CODES, worstStatus } from './coverage-statement.ts';
import { statementsOf } from './coverage-statements.ts';
import {
    act,
    actSegment,
    cutOff,
    exemption,
    NINE_31,
    officer,
    present,
    recording,
    seconds,
    segment,
} from './coverage-testing.ts';

const seen = new Set<string>();
const answer = (more: Partial<StatementInput>) => {
    const input = act(more);
    const statements = statementsOf(input, coverageOf(input));
    for (const { code, details } of statements)
        for (const each of [code, ...details.map((detail) => detail.code)]) seen.add(each);
    return Object.fromEntries(statements.map((each) => [each.id, each]));
};

const full = (carrier: string, fit: { offsetMs: number; plusMinusMs: number } | null = { offsetMs: 0, plusMinusMs: 500 }) =>
    recording(`r ${carrier}`, carrier, [segment(`s ${carrier}`, seconds(-10, 4570), fit)]);
const both = [full('a'), full('b')];

describe('two officers (附件1 第5条)', () => {
    test('held, broken, partly, unknown', () => {
        expect(answer({ recordings: both }).twoOfficers).toMatchObject({ status: 'held', code: 'twoOfficers.present' });
        expect(answer({ participants: [officer('a')] }).twoOfficers).toMatchObject({
            status: 'broken',
            code: 'twoOfficers.fewer',
        });
        const assistant = officer('b', { part: 'assistant' });
        expect(answer({ participants: [officer('a'), assistant] }).twoOfficers?.status).toBe('broken');
        const expired = officer('b', { certificate: 'invalid' });
        expect(answer({ participants: [officer('a'), expired] }).twoOfficers?.status).toBe('broken');
        const leaves = officer('b', { own: [present(seconds(0, 4000))] });
        expect(answer({ participants: [officer('a'), leaves] }).twoOfficers).toMatchObject({
            status: 'act',
            params: { missingMs: 560_000 },
        });
        const unread = officer('b', { certificate: 'unknown' });
        expect(answer({ participants: [officer('a'), unread] }).twoOfficers).toMatchObject({ status: 'judge' });
        const early = { participants: [officer('a')], now: seconds(0, 4559).end };
        expect(answer(early).twoOfficers).toMatchObject({ status: 'act', code: 'twoOfficers.fewer' });
        expect(answer({ participants: [] }).twoOfficers).toMatchObject({ status: 'broken', details: [] });
        expect(answer({ stated: null }).twoOfficers).toMatchObject({ status: 'judge', code: 'twoOfficers.noTimes' });
    });
    test('a third officer fills in for one who leaves', () => {
        const participants = [
            officer('a'),
            officer('b', { own: [present(seconds(0, 4000))] }),
            officer('c', { own: [present(seconds(3900, 4560))] }),
        ];
        expect(answer({ participants }).twoOfficers?.status).toBe('held');
    });
});

describe('coverage (附件1 第10条)', () => {
    const broken = (fit: { offsetMs: number; plusMinusMs: number } | null = { offsetMs: 0, plusMinusMs: 0 }) =>
        recording('r', 'a', [segment('1', seconds(-10, 2088), fit), segment('2', seconds(2244, 4570), fit)]);
    test('the figure is that of the officer who has least', () => {
        expect(answer({ recordings: [broken(), full('b')] }).coverage).toMatchObject({
            status: 'act',
            code: 'coverage.gapsOpen',
            params: { permille: 965, gaps: 1, gapMs: 156_000 },
        });
        expect(answer({ recordings: both }).coverage).toMatchObject({ status: 'held', code: 'coverage.full' });
    });
    test('an answered gap is held, and says so', () => {
        const explanations = [{ id: 'e', personId: 'a', during: seconds(2088, 2244), reason: '更换电池' }];
        expect(answer({ recordings: [broken(), full('b')], explanations }).coverage).toMatchObject({ code: 'coverage.answered' });
    });
    test('less than a minute at an edge is shown and held', () => {
        const later = recording('r', 'a', [segment('1', seconds(45, 4570))]);
        const { coverage } = answer({ recordings: [later, full('b')] });
        expect(coverage).toMatchObject({ status: 'held', params: { gapMs: 45_000 }, details: [{ code: 'gaps.tolerated' }] });
    });
    test('without a clock fit a person judges the edges, but a hole inside stays a hole', () => {
        expect(answer({ recordings: [full('a', null), full('b')] }).coverage).toMatchObject({
            status: 'judge',
            code: 'coverage.deviceClock',
        });
        expect(answer({ recordings: [broken(null), full('b')] }).coverage).toMatchObject({ status: 'act' });
    });
    test('nothing at all, nothing yet, nothing timed, nothing stated', () => {
        expect(answer({}).coverage).toMatchObject({ status: 'broken', code: 'coverage.none' });
        const participants = [officer('a', { intake: 'pending' }), officer('b', { intake: 'pending' })];
        expect(answer({ participants, now: NINE_31 + 7_200_000 }).coverage).toMatchObject({
            status: 'judge',
            code: 'coverage.notDue',
        });
        expect(answer({ recordings: [{ ...full('a'), segments: [] }, full('b')] }).coverage?.status).toBe('judge');
        expect(answer({ stated: null, recordings: both }).coverage).toMatchObject({ status: 'judge', code: 'coverage.noTimes' });
    });
    test('a file of unknown length leaves the coverage to a person, but not what was missing before it', () => {
        expect(answer({ recordings: [cutOff('c', 'a', -10), full('b')] }).coverage).toMatchObject({
            status: 'judge',
            code: 'coverage.openEnded',
            params: { permille: 0, openEnded: 1 },
            details: [{ code: 'gaps.open' }, { code: 'recordings.openEnded', params: { count: 1 } }],
        });
        expect(answer({ recordings: [cutOff('c', 'a', 600), full('b')] }).coverage).toMatchObject({ code: 'coverage.gapsOpen' });
        expect(answer({ recordings: [cutOff('c', 'a', -10, null), full('b')] }).coverage?.code).toBe('coverage.openEnded');
    });
    test('a gap inside the uncertainty of two devices is for a person', () => {
        const fit = { offsetMs: 0, plusMinusMs: 3000 };
        const spare = { ...recording('r2', 'a', [segment('2', seconds(1005, 4570), fit)]), deviceId: 'spare' };
        const recordings = [recording('r1', 'a', [segment('1', seconds(-10, 1000), fit)]), spare, full('b')];
        expect(answer({ recordings }).coverage).toMatchObject({ status: 'judge', code: 'coverage.uncertain' });
    });
});

describe('document and footage agree (附件1 第10条)', () => {
    const mark = (kind: SpeechMark['kind'], at: number, more: Partial<SpeechMark> = {}): SpeechMark => {
        const moment = NINE_31 + at * 1000;
        return { kind, state: 'confirmed', corrected: { at: moment, lower: moment - 800, upper: moment + 800 }, ...more };
    };
    test('marked moments are compared to the minute', () => {
        const speech = [mark('opening', 29), mark('closing', 4560 + 20)];
        expect(answer({ recordings: both, speech }).documentTimes).toMatchObject({
            status: 'held',
            details: [
                { code: 'start.agrees', params: { ms: 29_000 } },
                { code: 'end.agrees', params: { ms: 20_000 } },
            ],
        });
        expect(answer({ speech: [mark('opening', -90), mark('closing', 4660)] }).documentTimes).toMatchObject({ status: 'act' });
        expect(answer({ speech: [mark('opening', 60)] }).documentTimes).toMatchObject({ status: 'judge' });
        expect(answer({ speech: [mark('opening', 1, { corrected: null })] }).documentTimes?.details[0]?.code).toBe(
            'start.unknown',
        );
    });
    test('a minute to the millisecond agrees, more does not; of several words the outermost count', () => {
        const exact = (kind: SpeechMark['kind'], ms: number, spread = 0) =>
            mark(kind, 0, { corrected: { at: NINE_31 + ms, lower: NINE_31 + ms - spread, upper: NINE_31 + ms + spread } });
        const start = (...speech: SpeechMark[]) => answer({ recordings: both, speech }).documentTimes?.details[0];
        const codes = [-60_001, -60_000, 60_000, 60_001].map((ms) => start(exact('opening', ms))?.code);
        expect(codes).toEqual(['start.differs', 'start.agrees', 'start.agrees', 'start.differs']);
        expect([start(exact('opening', 60_000, 1))?.code, start(exact('opening', 60_002, 1))?.code]).toEqual([
            'start.unknown',
            'start.differs',
        ]);
        expect([start(exact('opening', -60_000, 1))?.code, start(exact('opening', -60_002, 1))?.code]).toEqual([
            'start.unknown',
            'start.differs',
        ]);
        expect(start(exact('opening', 29_000), exact('opening', 10_000), exact('opening', 20_000))?.params.ms).toBe(10_000);
        const end = answer({
            recordings: both,
            speech: [exact('closing', 4_560_000), exact('closing', 4_590_000), exact('closing', 4_570_000)],
        }).documentTimes?.details[1];
        expect(end).toMatchObject({ code: 'end.agrees', params: { ms: 30_000 } });
    });
    test('until then the footage must enclose the interval; longer is right', () => {
        expect(answer({ recordings: both }).documentTimes).toMatchObject({
            status: 'held',
            details: [
                { code: 'start.encloses', params: { ms: -10_000 } },
                { code: 'end.encloses', params: { ms: 10_000 } },
            ],
        });
        const short = recording('r', 'a', [segment('s', seconds(300, 4000))]);
        expect(answer({ recordings: [short] }).documentTimes).toMatchObject({
            status: 'act',
            details: [{ code: 'start.short' }, { code: 'end.short', params: { absMs: 560_000 } }],
        });
        expect(answer({ speech: [mark('closing', 4800)], recordings: both }).documentTimes?.details[1]?.code).toBe('end.differs');
        expect(answer({ recordings: [full('a', null)] }).documentTimes).toMatchObject({
            status: 'judge',
            code: 'documentTimes.unknown',
        });
        expect(answer({ documents: [] }).documentTimes).toMatchObject({ status: 'judge', code: 'documentTimes.noDocument' });
    });
    test('a start without an end is compared at the start only', () => {
        expect(answer({ recordings: [cutOff('c', 'a', -10)] }).documentTimes).toMatchObject({
            status: 'judge',
            details: [{ code: 'start.encloses', params: { ms: -10_000 } }, { code: 'end.unknown' }],
        });
    });
});

describe('stored in time (附件1 第15条)', () => {
    const storedAfter = (hours: number | null, plusMinusMs = 0) => {
        const storedAt = hours === null ? null : seconds(0, 4570).end + hours * 3_600_000;
        return { ...full('a', { offsetMs: 0, plusMinusMs }), storedAt };
    };
    test('24 hours from the end of each recording', () => {
        expect(answer({ recordings: [storedAfter(24)] }).stored).toMatchObject({
            status: 'held',
            params: { longestMs: 86_400_000 },
        });
        expect(answer({ recordings: [storedAfter(24.001)] }).stored).toMatchObject({ status: 'broken', params: { late: 1 } });
        // Within the bounds of the clock nobody can say; on the 24-hour board neither.
        expect(answer({ recordings: [storedAfter(24, 500)] }).stored).toMatchObject({ status: 'judge', code: 'stored.unsure' });
        expect(answer({ recordings: [storedAfter(24.001, 500)] }).stored?.code).toBe('stored.late');
        expect(answer({ recordings: [storedAfter(null)], now: NINE_31 + 9_000_000 }).stored).toMatchObject({
            code: 'stored.waiting',
        });
        expect(answer({ recordings: [full('a', null)] }).stored).toMatchObject({ status: 'judge', code: 'stored.byDeviceClock' });
        expect(answer({}).stored).toMatchObject({ status: 'judge', code: 'stored.nothing' });
    });
    test('what is stored and no longer what was received is no record, whenever it came', () => {
        expect(answer({ recordings: [{ ...storedAfter(1), damaged: true }, full('b')] }).stored).toMatchObject({
            status: 'broken',
            code: 'stored.damaged',
            params: { damaged: 1 },
        });
    });
    test('whenever a cut-off file ended, stored within 24 hours from its start it is in time', () => {
        const stored = (hours: number) => ({ ...cutOff('c', 'a', 0), storedAt: NINE_31 + hours * 3_600_000 });
        expect(answer({ recordings: [stored(24)] }).stored).toMatchObject({ status: 'held' });
        expect(answer({ recordings: [stored(25)] }).stored).toMatchObject({
            status: 'judge',
            code: 'stored.endUnknown',
            params: { unknown: 1 },
        });
        expect(answer({ recordings: [{ ...full('a'), segments: [] }] }).stored?.code).toBe('stored.endUnknown');
    });
});

test('spoken words wait for a person and colour the act only where somebody asked for them', () => {
    const opening: SpeechMark = { kind: 'opening', state: 'confirmed', corrected: null };
    const closing: SpeechMark = { kind: 'closing', state: 'proposed', corrected: null };
    const row = answer({ speech: [opening, closing] }).speech;
    expect(row).toMatchObject({ status: 'judge', counts: false, params: { waiting: 1 } });
    expect(
        answer({
            speech: [
                { ...opening, state: 'proposed' },
                { ...closing, state: 'confirmed' },
            ],
        }).speech?.status,
    ).toBe('judge');
    expect(answer({ speech: [opening, { ...closing, state: 'confirmed' }] }).speech?.status).toBe('held');
    expect(worstStatus([{ status: 'judge', counts: false }])).toBe('held');
    expect(
        worstStatus([
            { status: 'judge', counts: true },
            { status: 'act', counts: true },
        ]),
    ).toBe('act');
});

describe('segments', () => {
    const morning = actSegment('m', seconds(0, 2000));
    const store = actSegment('s', seconds(2000, 4560));
    const at = (...segments: string[]) => segments.map((each) => present(null, each));
    test('two officers at every site; a colleague at the other one is none', () => {
        const segments = [morning, { ...store, during: seconds(1000, 4560) }];
        const split = [officer('a', { own: at('m') }), officer('b', { own: at('m') }), officer('c', { own: at('s') })];
        expect(answer({ segments, participants: split }).twoOfficers).toMatchObject({
            status: 'act',
            code: 'twoOfficers.partly',
            params: { missingMs: 3_560_000 },
        });
        const four = [...split, officer('d', { own: at('s') })];
        expect(answer({ segments, participants: four, recordings: both }).twoOfficers?.status).toBe('held');
        expect(
            answer({ segments, participants: four, recordings: ['a', 'b', 'c', 'd'].map((each) => full(each)) }).coverage,
        ).toMatchObject({
            status: 'held',
            code: 'coverage.full',
        });
    });
    test('a hearing is judged on the room’s camera (正文二(二)3)', () => {
        const room = { carrierId: 'R-301', name: '听证室', substituteReason: null };
        const hearing = actSegment('whole', seconds(0, 4560), { onSite: false, room });
        const said = answer({ segments: [hearing], recordings: [full('R-301')] });
        expect(said.twoOfficers).toMatchObject({ status: 'held', code: 'twoOfficers.notOnSite', counts: false });
        // In the room one may preside alone; on site two are asked for all the same.
        const site = actSegment('site', seconds(0, 1000));
        const participants = [officer('a', { own: at('whole', 'site') }), officer('b', { own: at('site') })];
        expect(answer({ segments: [site, hearing], participants }).twoOfficers?.code).toBe('twoOfficers.present');
        expect(said.coverage).toMatchObject({ status: 'held', code: 'coverage.full' });
        expect(answer({ segments: [hearing], recordings: both }).coverage).toMatchObject({ code: 'coverage.gapsOpen' });
        const worn = { ...hearing, room: { ...room, carrierId: null } };
        expect(answer({ segments: [worn], recordings: both }).coverage).toMatchObject({
            status: 'act',
            code: 'coverage.roomReason',
        });
        const reasoned = { ...hearing, room: { ...room, substituteReason: '摄像故障' } };
        const stoodIn = answer({ segments: [reasoned], recordings: [full('a')] }).coverage;
        expect(stoodIn).toMatchObject({
            status: 'held',
            details: expect.arrayContaining([expect.objectContaining({ code: 'room.substitute' })]),
        });
    });
    test('where recording is only wanted, a gap is left to a person', () => {
        const segments = [actSegment('whole', seconds(0, 4560), { recording: 'should' })];
        expect(answer({ segments, recordings: [full('a')] }).coverage).toMatchObject({
            status: 'judge',
            code: 'coverage.wanted',
        });
        const must = actSegment('s', seconds(2000, 4560));
        const participants = ['a', 'b'].map((id) => officer(id, { own: at('whole', 's') }));
        expect(answer({ segments: [...segments, must], participants, recordings: [full('a')] }).coverage).toMatchObject({
            status: 'act',
            code: 'coverage.gapsOpen',
        });
    });
});

describe('exemptions (附件1 第11、13条)', () => {
    test('count as exempt, never as recorded', () => {
        const said = answer({ exemptions: [exemption('x', seconds(0, 4560))] });
        expect(said.coverage).toMatchObject({ status: 'held', code: 'coverage.exempt' });
        expect(said.coverage?.details).toContainEqual({ code: 'gaps.exempt', params: { count: 2, lengthMs: 9_120_000 } });
        expect(said.documentTimes).toMatchObject({ status: 'held', code: 'documentTimes.exempt' });
        expect(said.twoOfficers?.details).toContainEqual({ code: 'recorders.exempt', params: { count: 2 } });
        expect(said.stored).toMatchObject({ status: 'held', code: 'stored.exempt' });
    });
    test('exempt nothing before they are confirmed', () => {
        const said = answer({ recordings: [full('a')], exemptions: [exemption('x', seconds(0, 4560), { state: 'waiting' })] });
        expect(said.coverage).toMatchObject({ status: 'judge', code: 'coverage.exemptWaiting' });
    });
    test('of force majeure want their written note, whatever was recorded', () => {
        const exemptions = [exemption('x', seconds(0, 60), { note: 'missing' })];
        expect(answer({ recordings: both, exemptions }).coverage).toMatchObject({ status: 'act', code: 'coverage.noteMissing' });
    });
    test('explain why footage begins later than the document', () => {
        const late = (id: string) => recording(`r ${id}`, id, [segment(`s ${id}`, seconds(600, 4570))]);
        const recordings = [late('a'), late('b')];
        expect(answer({ recordings }).documentTimes).toMatchObject({ status: 'act' });
        const exemptions = [exemption('x', seconds(0, 600))];
        expect(answer({ recordings, exemptions }).documentTimes).toMatchObject({ status: 'held' });
    });
});

test('a reason that is spoken too far away is said to be that', () => {
    const at = { at: NINE_31 + 1_500_000, lower: NINE_31 + 1_500_000, upper: NINE_31 + 1_500_000 };
    const parts = [segment('s1', seconds(-10, 1000)), segment('s2', seconds(1200, 4570))];
    const spoken = [{ id: 'm', recordingId: 'r', device: at.at, corrected: at, words: '更换电池' }];
    const { coverage } = answer({ recordings: [recording('r', 'a', parts), full('b')], spoken });
    expect(coverage?.details).toContainEqual({
        code: 'gaps.spokenFar',
        params: { count: 1, farMs: 300_000, limitMs: 120_000 },
    });
});

test('that nothing was recorded is not met, explained or not; words about another time explain nothing', () => {
    const saying = (carrier: string, from: number, to: number) => [
        { id: 'e', personId: carrier, during: seconds(from, to), reason: '更换电池' },
    ];
    const { coverage } = answer({ recordings: [full('a')], explanations: saying('b', 0, 4560) });
    expect(coverage).toMatchObject({ status: 'broken', code: 'coverage.unexcused' });
    expect(coverage?.details).toContainEqual({ code: 'gaps.unexcused', params: { count: 1, lengthMs: 4_560_000 } });
    const parts = [segment('s1', seconds(-10, 1000)), segment('s2', seconds(1200, 4570))];
    const wide = answer({ recordings: [recording('r', 'a', parts), full('b')], explanations: saying('a', 0, 4560) }).coverage;
    expect(wide).toMatchObject({ status: 'act', code: 'coverage.gapsOpen' });
    expect(wide?.details).toContainEqual({ code: 'gaps.saidOfOther', params: { count: 1, lengthMs: 200_000 } });
});

test('of a gap on which somebody ruled it is said what, and nothing is to be explained of it; how the act stands is not changed', () => {
    const input = act({ recordings: [full('a')] });
    const said = (ruling?: 'confirmed' | 'disputed', carrierId = 'b', during = seconds(0, 4560)) => {
        const coverage = withRulings(coverageOf(input), ruling === undefined ? [] : [{ carrierId, ruling, during }]);
        const statement = statementsOf(input, coverage).find((each) => each.id === 'coverage');
        const codes = statement?.details.map((each) => each.code) ?? [];
        for (const code of codes) seen.add(code);
        return { status: statement?.status, gaps: codes.filter((code) => code.startsWith('gaps.')) };
    };
    const { status } = said();
    expect(said()).toEqual({ status, gaps: ['gaps.open'] });
    expect(said('confirmed')).toEqual({ status, gaps: ['gaps.confirmed'] });
    expect(said('disputed')).toEqual({ status, gaps: ['gaps.disputed'] });
    expect(said('confirmed', 'a')).toEqual({ status, gaps: ['gaps.open'] });
    // The finding was about less than half of what is missing now.
    expect(said('confirmed', 'b', seconds(0, 2000))).toEqual({ status, gaps: ['gaps.open'] });
});

test('every code was said at least once', () => {
    expect([...STATEMENT_CODES, ...DETAIL_CODES].filter((code) => !seen.has(code))).toEqual([]);
});
