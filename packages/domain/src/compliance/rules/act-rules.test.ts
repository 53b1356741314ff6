import { afterAll, describe, expect, test } from 'vitest';
import {
    actSegment,
    cutOff,
    exemption,
    NINE_31,
    officer,
    present,
    recording,
    seconds,
    segment,
    WHOLE,
} from '../../act/coverage-testing.ts';
import { HOUR } from '../../kernel/instant.ts';
import { KEY_FOOTAGE } from '../../recording/recording-mark.ts';
import { CLAUSES } from '../clauses.ts';
import { DURING, facts, footage, judged, mark, verdictOf } from './act-rules-testing.ts';
import { ACT_RULES, judgeAct, worstVerdict } from './judge-act.ts';
import {
    ACT_FINDING_CODES,
    ACT_RULE_IDS,
    type ActRule,
    type ActRuleFacts,
    type ActRuleId,
    MISSING_FACTS,
    pass,
    VERDICTS,
} from './rule.ts';

const given = new Map<ActRuleId, Set<string>>();
const [codes, missing] = [new Set<string>(), new Set<string>()];

/** A verdict, kept so that the end of this file sees which verdicts no example gives. */
function verdict(rule: ActRuleId, of: ActRuleFacts, now?: number) {
    const result = verdictOf(rule, of, now);
    given.set(rule, (given.get(rule) ?? new Set()).add(result.verdict));
    for (const each of result.findings) codes.add(each.code);
    for (const each of result.missing) missing.add(each);
    return result;
}

const [start, end] = [NINE_31, NINE_31 + 76 * 60_000];
const roomSegment = (carrierId: string | null, substituteReason: string | null = null) =>
    actSegment(WHOLE, seconds(0, 4560), { onSite: false, room: { carrierId, name: '听证室', substituteReason } });

describe('two officers on site (附件1 第5条)', () => {
    test('pass, fail, needs review, not applicable', () => {
        expect(verdict('twoOfficers', facts()).verdict).toBe('pass');
        expect(
            verdict('twoOfficers', facts({ participants: [officer('a'), officer('b', { part: 'assistant' })] })),
        ).toMatchObject({
            verdict: 'fail',
            params: { entitled: 1, required: 2 },
            findings: [{ code: 'officers.fewer', personId: null }],
        });
        const leaves = officer('b', { own: [present(seconds(0, 4000))] });
        expect(verdict('twoOfficers', facts({ participants: [officer('a'), leaves] })).findings).toEqual([
            expect.objectContaining({ code: 'officers.alone', from: start + 4_000_000, to: end, params: { missingMs: 560_000 } }),
        ]);
        expect(
            verdict('twoOfficers', facts({ participants: [officer('a'), officer('b', { certificate: 'unknown' })] })),
        ).toMatchObject({
            verdict: 'needsReview',
            missing: ['certificate'],
        });
        expect(verdict('twoOfficers', facts({ segments: [roomSegment('room')] })).verdict).toBe('notApplicable');
        expect(verdict('twoOfficers', facts({ stated: null, segments: [] })).missing).toEqual(['actTimes']);
    });
    test('until it is over somebody can still come', () => {
        const alone = facts({ participants: [officer('a')] }, { closed: false });
        expect(verdict('twoOfficers', alone, end - 1)).toMatchObject({ verdict: 'needsReview', missing: ['actEnd'] });
        expect(verdict('twoOfficers', alone, end).verdict).toBe('fail');
    });
});

describe('recorded throughout (附件1 第5、10条)', () => {
    test('pass, fail, needs review, not applicable', () => {
        expect(verdict('recordedThroughout', facts()).verdict).toBe('pass');
        expect(verdict('recordedThroughout', facts({ recordings: [footage('a', -10, 4570)] }))).toMatchObject({
            verdict: 'fail',
            modal: 'must',
            findings: [{ code: 'recording.none', personId: 'b', from: start, to: end, modal: 'must' }],
        });
        expect(
            verdict(
                'recordedThroughout',
                facts({
                    participants: [officer('a'), officer('b', { intake: 'pending' })],
                    recordings: [footage('a', -10, 4570)],
                }),
                end + HOUR,
            ),
        ).toMatchObject({ verdict: 'needsReview', missing: ['notDue'] });
        expect(verdict('recordedThroughout', facts({ segments: [roomSegment('room')] })).verdict).toBe('notApplicable');
    });
    test('whoever began late is found as well (附件1 第8条)', () => {
        const late = facts({ recordings: [footage('a', -10, 4570), footage('b', 300, 4570)] });
        expect(verdict('recordedThroughout', late).findings).toMatchObject([{ code: 'beginning.late', personId: 'b' }]);
    });
    test('where it is only wanted it fails as that, and does not fail the act', () => {
        const wanted = facts({
            recordings: [footage('a', -10, 4570)],
            segments: [actSegment(WHOLE, seconds(0, 4560), { recording: 'should' })],
        });
        expect(verdict('recordedThroughout', wanted)).toMatchObject({ verdict: 'fail', modal: 'should' });
        expect(judged(wanted).verdict).toBe('needsReview');
    });
    test('a file that does not say when it ran leaves it in doubt, whoever it belongs to', () => {
        const untimed = facts({ recordings: [footage('a', -10, 4570), recording('x', 'b', [])] });
        expect(verdict('recordedThroughout', untimed)).toMatchObject({ verdict: 'needsReview', missing: ['recordingTime'] });
    });
});

describe('interruptions are explained (附件1 第10条)', () => {
    const broken = [footage('a', -10, 1800), footage('a', 1860, 4570), footage('b', -10, 4570)];
    const gap = { start: start + 1_800_000, end: start + 1_860_000 };
    test('a gap between two files is found, with its length; joined files have none', () => {
        expect(verdict('interruptionsExplained', facts({ recordings: broken }))).toMatchObject({
            verdict: 'fail',
            findings: [{ code: 'recording.gap', personId: 'a', from: gap.start, to: gap.end, params: { lengthMs: 60_000 } }],
        });
        const joined = [footage('a', -10, 1800), footage('a', 1802, 4570), footage('b', -10, 4570)];
        expect(verdict('interruptionsExplained', facts({ recordings: joined })).verdict).toBe('pass');
        expect(
            verdict(
                'interruptionsExplained',
                facts({ recordings: [footage('a', -10, 1800), footage('a', 1802.001, 4570), footage('b', -10, 4570)] }),
            ).verdict,
        ).toBe('fail');
    });
    test('a reason in writing or spoken explains, an exemption exempts', () => {
        const explanations = [{ id: 'paper a', personId: 'a', during: gap, reason: '更换电池' }];
        expect(verdict('interruptionsExplained', facts({ recordings: broken, explanations }))).toMatchObject({
            verdict: 'pass',
            params: { explained: 1 },
        });
        const exemptions = [exemption('e', gap)];
        expect(verdict('interruptionsExplained', facts({ recordings: broken, exemptions }))).toMatchObject({
            verdict: 'pass',
            params: { exempt: 1 },
        });
        const waiting = [exemption('e', gap, { state: 'waiting' })];
        expect(verdict('interruptionsExplained', facts({ recordings: broken, exemptions: waiting })).missing).toEqual([
            'exemptionDecision',
        ]);
        expect(verdict('interruptionsExplained', facts({ segments: [roomSegment('room')] })).verdict).toBe('notApplicable');
    });
    test('at the edges an unchecked clock needs review; a file cut off leaves its end in doubt', () => {
        const byDevice = recording('x', 'a', [segment('s', seconds(300, 4570), null)]);
        expect(verdict('interruptionsExplained', facts({ recordings: [byDevice, footage('b', -10, 4570)] }))).toMatchObject({
            verdict: 'needsReview',
            missing: ['clock'],
        });
        const cut = [footage('a', -10, 1800), cutOff('c', 'a', 1900), footage('b', -10, 4570)];
        expect(verdict('interruptionsExplained', facts({ recordings: cut })).findings.map((each) => each.to)).toEqual([
            start + 1_900_000,
        ]);
        const onlyCut = [footage('a', -10, 1800), cutOff('c', 'a', 1800), footage('b', -10, 4570)];
        expect(verdict('interruptionsExplained', facts({ recordings: onlyCut }))).toMatchObject({
            verdict: 'needsReview',
            missing: ['recordingLength'],
        });
    });
});

describe('rooms (正文二(二)3)', () => {
    const room = (recordings: Parameters<typeof facts>[0], reason?: string) =>
        facts({
            segments: [roomSegment(recordings?.recordings?.length === 0 && reason === undefined ? null : 'room', reason ?? null)],
            ...recordings,
        });
    test('pass, fail, needs review, not applicable', () => {
        expect(verdict('roomRecorded', room({ recordings: [footage('room', -10, 4570)] })).verdict).toBe('pass');
        expect(verdict('roomRecorded', room({ recordings: [footage('room', 600, 4570)] }))).toMatchObject({
            verdict: 'fail',
            findings: [{ code: 'room.gap', personId: null }],
        });
        expect(verdict('roomRecorded', facts({ segments: [roomSegment('room')], recordings: [] })).findings).toMatchObject([
            { code: 'room.none' },
        ]);
        expect(
            verdict('roomRecorded', facts({ segments: [roomSegment(null)], recordings: [footage('a', -10, 4570)] })).findings,
        ).toMatchObject([{ code: 'room.reasonMissing' }]);
        expect(
            verdict('roomRecorded', facts({ segments: [roomSegment(null, '摄像头故障')], recordings: [footage('a', -10, 4570)] }))
                .verdict,
        ).toBe('pass');
        expect(
            verdict('roomRecorded', room({ recordings: [recording('x', 'room', [segment('s', seconds(300, 4570), null)])] }))
                .verdict,
        ).toBe('needsReview');
        expect(verdict('roomRecorded', facts()).verdict).toBe('notApplicable');
    });
});

describe('document times (附件1 第10条)', () => {
    const spoken = (opening: number, closing: number) => facts({ speech: [mark('opening', opening), mark('closing', closing)] });
    test('the words agree with the document to the minute', () => {
        expect(verdict('documentTimes', facts()).verdict).toBe('pass');
        expect(verdict('documentTimes', spoken(59, 4560 - 59)).verdict).toBe('pass');
        expect(verdict('documentTimes', spoken(62, 4560 + 62))).toMatchObject({
            verdict: 'fail',
            findings: [
                { code: 'document.startDiffers', params: { differenceMs: 62_000 } },
                { code: 'document.endDiffers', params: { differenceMs: 62_000 } },
            ],
        });
        expect(verdict('documentTimes', spoken(60, 4560))).toMatchObject({ verdict: 'needsReview', missing: ['clock'] });
    });
    test('of several documents the earliest start and the latest end are the process; what was written between lies within it', () => {
        const stated = (id: string, from: number, to: number) => ({
            id,
            title: id,
            start: seconds(from, to).start,
            end: seconds(from, to).end,
        });
        const scene = stated('scene', 0, 1000);
        const of = (...documents: ReturnType<typeof stated>[]) =>
            verdict('documentTimes', facts({ documents, speech: [mark('opening', 10), mark('closing', 4550)] }));
        // An inquiry during the inspection, and the record of a measure at its end.
        expect(of(scene, stated('inquiry', 1200, 2000), stated('measure', 4000, 4560)).verdict).toBe('pass');
        expect(of(scene, stated('inquiry', 1200, 2000)).findings).toMatchObject([
            { code: 'document.endDiffers', params: { differenceMs: 2_550_000 } },
        ]);
        expect(of(scene, stated('measure', 4000, 4700)).findings).toMatchObject([{ code: 'document.endDiffers' }]);
        expect(of(stated('early', -300, 100), scene, stated('measure', 4000, 4560)).findings).toMatchObject([
            { code: 'document.startDiffers' },
        ]);
    });
    test('of two that end at the same moment the one that is known more exactly counts, whoever is named first', () => {
        const ending = (carrier: string, plusMinusMs: number) =>
            recording(`r ${carrier}`, carrier, [segment('s', seconds(0, 4500), { offsetMs: 0, plusMinusMs })]);
        const people = [officer('a'), officer('b')];
        const recordings = [ending('a', 5_000), ending('b', 0)];
        for (const participants of [people, people.toReversed()])
            expect(verdict('documentTimes', facts({ participants, recordings })).verdict).toBe('pass');
    });
    test('footage after an exemption is not short, and not perhaps short by the bounds of its clock', () => {
        const after = (plusMinusMs: number) => (carrier: string) =>
            recording(`r ${carrier}`, carrier, [segment('s', seconds(120, 4700), { offsetMs: 0, plusMinusMs })]);
        const exemptions = [exemption('e', seconds(0, 120))];
        for (const plusMinusMs of [500, 90_000]) {
            const recordings = ['a', 'b'].map(after(plusMinusMs));
            expect(verdict('documentTimes', facts({ recordings, exemptions })).verdict).toBe('pass');
        }
    });
    test('while files may still come their edges say nothing', () => {
        const pending = {
            participants: [officer('a', { intake: 'pending' as const }), officer('b', { intake: 'pending' as const })],
            recordings: [footage('a', 600, 4570)],
        };
        expect(verdict('documentTimes', facts(pending), end + HOUR)).toMatchObject({
            verdict: 'needsReview',
            missing: ['notDue'],
        });
        expect(verdict('documentTimes', facts({ documents: [] })).missing).toEqual(['document']);
        const exempt = facts({ recordings: [], exemptions: [exemption('e', seconds(0, 4560))] });
        expect(verdict('documentTimes', exempt).verdict).toBe('notApplicable');
    });
});

describe('stored in time (附件1 第15条)', () => {
    const storedAfter = (ms: number, slack = 0) => {
        const of = recording('r', 'a', [segment('s', seconds(-10, 4570), { offsetMs: 0, plusMinusMs: slack })]);
        return { ...of, storedAt: NINE_31 + 4_570_000 + ms };
    };
    test('to the millisecond, by the bounds of the clock', () => {
        expect(verdict('storedInTime', facts({ recordings: [storedAfter(24 * HOUR)] })).verdict).toBe('pass');
        expect(verdict('storedInTime', facts({ recordings: [storedAfter(24 * HOUR + 1)] }))).toMatchObject({
            verdict: 'fail',
            findings: [
                { code: 'stored.late', aboutId: 'r', personId: 'a', params: { tookMs: 24 * HOUR + 1, limitMs: 24 * HOUR } },
            ],
        });
        expect(verdict('storedInTime', facts({ recordings: [storedAfter(24 * HOUR + 400, 500)] }))).toMatchObject({
            verdict: 'needsReview',
            missing: ['clock'],
        });
    });
    test('damaged, on its way, without a known end, excused, exempt', () => {
        expect(verdict('storedInTime', facts({ recordings: [{ ...storedAfter(HOUR), damaged: true }] })).findings).toMatchObject([
            { code: 'stored.damaged' },
        ]);
        expect(verdict('storedInTime', facts({ recordings: [{ ...storedAfter(HOUR), storedAt: null }] })).missing).toEqual([
            'notDue',
        ]);
        expect(
            verdict('storedInTime', facts({ recordings: [{ ...cutOff('c', 'a', 0), storedAt: NINE_31 + 25 * HOUR }] })).missing,
        ).toEqual(['recordingLength']);
        const excuses = [{ id: 'e', recordingId: 'r', words: '采集站故障' }];
        expect(verdict('storedInTime', facts({ recordings: [storedAfter(25 * HOUR)] }, { excuses }))).toMatchObject({
            verdict: 'fail',
            params: { late: 1, excused: 1 },
        });
        expect(verdict('storedInTime', facts({ recordings: [], exemptions: [exemption('e', seconds(0, 4560))] })).verdict).toBe(
            'notApplicable',
        );
        expect(verdict('storedInTime', facts({ recordings: [] })).missing).toEqual(['notDue']);
    });
});

describe('what only a person can say (附件1 第8、9、11条)', () => {
    test('the words: never fail, are asked for in a case, and count only there', () => {
        expect(verdict('spokenWords', facts({ speech: [mark('opening', 0), mark('closing', 4560)] })).verdict).toBe('pass');
        expect(verdict('spokenWords', facts())).toMatchObject({
            verdict: 'needsReview',
            missing: ['person'],
            counts: false,
            findings: [],
        });
        expect(verdict('spokenWords', facts({ speech: [mark('opening', 0)] }, { speechRequired: true }))).toMatchObject({
            verdict: 'needsReview',
            counts: true,
            findings: [{ code: 'speech.closingMissing' }],
        });
        expect(verdict('spokenWords', facts({}, { speechRequired: true })).findings.map((each) => each.code)).toEqual([
            'speech.openingMissing',
            'speech.closingMissing',
        ]);
        expect(verdict('spokenWords', facts({ recordings: [] })).verdict).toBe('notApplicable');
        expect(judged(facts()).verdict).toBe('pass');
        expect(judged(facts({}, { speechRequired: true })).verdict).toBe('needsReview');
    });
    test('key footage is counted by kinds; that nobody marked any is asked about where it is required, and only there', () => {
        const of = (speechRequired: boolean, ...marked: ActRuleFacts['marked']) => {
            const { counts, findings, ...rest } = verdict('keyFootage', facts({}, { marked, speechRequired }));
            return `${rest.verdict} ${rest.params.marked} ${counts} ${findings.map(({ code }) => code)}`;
        };
        expect([of(false, 'opening'), of(true, 'scene')]).toEqual(['needsReview 0 false ', 'needsReview 1 false ']);
        expect(of(true, 'opening')).toBe('needsReview 0 true footage.unmarked');
        expect(of(true, ...KEY_FOOTAGE)).toBe('pass 5 false ');
        expect(verdict('keyFootage', facts({ recordings: [] })).verdict).toBe('notApplicable');
    });
});

describe('papers and checks (附件1 第7、13、16条)', () => {
    test('an exemption by force majeure has its work record', () => {
        const exempt = (note: 'missing' | 'present') => ({ exemptions: [exemption('e', seconds(0, 60), { note })] });
        expect(verdict('exemptionsWritten', facts(exempt('present'))).verdict).toBe('pass');
        expect(verdict('exemptionsWritten', facts(exempt('missing')))).toMatchObject({
            verdict: 'fail',
            findings: [{ code: 'exemption.noteMissing', aboutId: 'e' }],
        });
        expect(verdict('exemptionsWritten', facts(exempt('missing'), { closed: false }), DURING).missing).toEqual(['actEnd']);
        expect(verdict('exemptionsWritten', facts()).verdict).toBe('notApplicable');
    });
    test('recordings belong to a party once the act is over', () => {
        expect(verdict('partyLinked', facts()).verdict).toBe('pass');
        expect(verdict('partyLinked', facts({}, { partyId: null })).findings).toMatchObject([{ code: 'party.missing' }]);
        expect(verdict('partyLinked', facts({}, { partyId: null, closed: false }), DURING).verdict).toBe('needsReview');
        expect(verdict('partyLinked', facts({ recordings: [] }, { partyId: null })).verdict).toBe('notApplicable');
    });
    test('a recorder is checked on the day, before it records, and found in order', () => {
        const check = (checkedAt: number, passed = true) => [{ id: 'c', deviceId: 'device of a', checkedAt, passed }];
        const only = (checks: ActRuleFacts['checks']) =>
            verdict('checkedBeforeUse', facts({ recordings: [footage('a', -10, 4570)] }, { checks }));
        expect(only(check(NINE_31 - HOUR)).verdict).toBe('pass');
        expect(only([])).toMatchObject({
            verdict: 'fail',
            findings: [{ code: 'check.missing', personId: 'a', aboutId: 'device of a' }],
        });
        expect(only(check(NINE_31 - HOUR, false)).findings).toMatchObject([{ code: 'check.failed' }]);
        expect(only([...check(NINE_31 - 2 * HOUR, false), ...check(NINE_31 - HOUR)]).verdict).toBe('pass');
        // The evening before, and after the first picture, are not before use.
        expect(only(check(NINE_31 - 10 * HOUR)).findings).toMatchObject([{ code: 'check.missing' }]);
        expect(only(check(NINE_31 - 9_000)).findings).toMatchObject([{ code: 'check.missing' }]);
        expect(only(check(NINE_31 - 9_500)).verdict).toBe('pass');
        expect(verdict('checkedBeforeUse', facts({ recordings: [footage('c', 0, 10)] })).verdict).toBe('notApplicable');
        // Of a file that was cut off it is known when it began, and so that its recorder was used.
        const cut = [cutOff('x', 'a', 60)];
        expect(verdict('checkedBeforeUse', facts({ recordings: cut }, { checks: [] })).findings).toMatchObject([
            { code: 'check.missing', personId: 'a', params: { usedAt: NINE_31 + 60_000 } },
        ]);
        expect(verdict('checkedBeforeUse', facts({ recordings: cut }, { checks: check(NINE_31 + 60_000) })).verdict).toBe('pass');
        expect(verdict('checkedBeforeUse', facts({ recordings: cut }, { checks: check(NINE_31 + 60_001) })).verdict).toBe('fail');
    });
});

describe('the act as a whole', () => {
    test('meets every rule', () => {
        const {
            verdict: whole,
            verdicts,
            ...figures
        } = judged(facts({ speech: [mark('opening', 0), mark('closing', 4560)] }, { marked: [...KEY_FOOTAGE] }));
        expect(whole).toBe('pass');
        expect(verdicts.filter((each) => each.verdict === 'fail' || each.verdict === 'needsReview')).toEqual([]);
        expect(figures).toMatchObject({
            requiredMs: 2 * 4_560_000,
            coveredMs: 2 * 4_560_000,
            interruptions: 0,
            judgeAgainAt: null,
        });
    });
    test('a rule that throws needs review by its name, and the others judge on', () => {
        const broken: ActRule = {
            id: 'partyLinked',
            version: 1,
            clauses: [],
            counts: () => true,
            judge: () => {
                throw new TypeError('x');
            },
        };
        const fine: ActRule = { id: 'keyFootage', version: 1, clauses: [], counts: () => true, judge: () => pass() };
        const { verdicts, verdict: whole } = judgeAct(facts(), NINE_31, [broken, fine]);
        expect(verdicts).toMatchObject([
            { rule: 'partyLinked', verdict: 'needsReview', missing: ['rule'] },
            { rule: 'keyFootage', verdict: 'pass' },
        ]);
        expect(whole).toBe('needsReview');
        for (const each of verdicts[0]?.missing ?? []) missing.add(each);
    });
    test('it is judged again when it ends and when something becomes due', () => {
        const pending = facts(
            { participants: [officer('a', { intake: 'pending' }), officer('b', { intake: 'pending' })], recordings: [] },
            { closed: false },
        );
        expect(judged(pending, DURING).judgeAgainAt).toBe(end);
        expect(judged(pending, end).judgeAgainAt).toBe(end + 24 * HOUR);
        expect(judged(pending, end + 24 * HOUR).judgeAgainAt).toBeNull();
    });
    test('the worst that counts colours it', () => {
        const of = (v: (typeof VERDICTS)[number], counts = true, modal: 'must' | 'should' = 'must') => ({
            verdict: v,
            counts,
            modal,
        });
        expect(worstVerdict([])).toBe('notApplicable');
        expect(worstVerdict([of('pass'), of('fail', false)])).toBe('pass');
        expect(worstVerdict([of('pass'), of('fail', true, 'should')])).toBe('needsReview');
        expect(worstVerdict([of('needsReview'), of('fail'), of('notApplicable')])).toBe('fail');
    });
    test('the gaps say where their reason stands', () => {
        const gap = { start: start + 1_800_000, end: start + 1_860_000 };
        const recordings = [footage('a', -10, 1800), footage('a', 1860, 4570), footage('b', -10, 4570)];
        const source = (more: Parameters<typeof facts>[0]) =>
            judged(facts({ recordings, ...more })).gaps.map((each) => [each.source, each.sourceId]);
        const reason = { personId: 'a', during: gap, reason: '更换电池' };
        expect(source({})).toEqual([[null, null]]);
        expect(source({ explanations: [{ ...reason, id: 'paper a' }] })).toEqual([['paper', 'paper']]);
        expect(source({ explanations: [{ ...reason, id: 'answer/n' }] })).toEqual([['answer', 'n']]);
        expect(source({ exemptions: [exemption('e', gap)] })).toEqual([['exemption', 'e']]);
        const at = start + 1_870_000;
        expect(
            source({
                spoken: [
                    { id: 'm', recordingId: 'r a 1860', device: at, corrected: { at, lower: at, upper: at }, words: '换电池' },
                ],
            }),
        ).toEqual([['spoken', 'm']]);
    });
});

describe('the catalogue of rules', () => {
    test('names clauses that are there', () => {
        const known = new Set(CLAUSES.map((each) => each.id));
        const named = ACT_RULE_IDS.flatMap((id) => [...ACT_RULES[id].clauses, ...(ACT_RULES[id].partClauses ?? [])]);
        expect(named.filter((clause) => !known.has(clause))).toEqual([]);
        expect(Object.keys(ACT_RULES)).toEqual([...ACT_RULE_IDS]);
        for (const id of ACT_RULE_IDS) expect(ACT_RULES[id].id).toBe(id);
    });
});

// 第8、9、11条 are said by people alone: without a person nothing is known to fail.
const NEVER_FAIL: readonly ActRuleId[] = ['spokenWords', 'keyFootage'];
const NEVER_UNSURE: readonly ActRuleId[] = ['checkedBeforeUse'];
afterAll(() => {
    const lacking = ACT_RULE_IDS.flatMap((rule) =>
        VERDICTS.filter(
            (each) =>
                !(each === 'fail' && NEVER_FAIL.includes(rule)) &&
                !(each === 'needsReview' && NEVER_UNSURE.includes(rule)) &&
                !given.get(rule)?.has(each),
        ).map((each) => `${rule} ${each}`),
    );
    expect(lacking).toEqual([]);
    expect(ACT_FINDING_CODES.filter((each) => !codes.has(each))).toEqual([]);
    // What only units and recorders lack.
    expect(MISSING_FACTS.filter((each) => !missing.has(each))).toEqual([
        'handIn',
        'handInTerm',
        'holder',
        'measurement',
        'paper',
        'user',
    ]);
});
