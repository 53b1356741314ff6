import { describe, expect, test } from 'vitest';
import { exactly } from '../../act/coverage-facts.ts';
import { actSegment, exemption, NINE_31, officer, seconds, WHOLE } from '../../act/coverage-testing.ts';
import { HOUR } from '../../kernel/instant.ts';
import { facts, footage, verdictOf } from './act-rules-testing.ts';

const [start, end] = [NINE_31, NINE_31 + 76 * 60_000];
const broken = [footage('a', -10, 1800), footage('a', 1860, 4570), footage('b', -10, 4570)];
const gap = { start: start + 1_800_000, end: start + 1_860_000 };

describe('what an explanation makes good (附件1 第5、10条)', () => {
    test('why nothing was recorded may be known: only annex 1, articles 11 and 13 make that good', () => {
        const alone = [footage('a', -10, 4570)];
        const explanations = [
            { id: 'answer/1', personId: 'b', during: seconds(0, 4560), reason: '记录仪无法开机', accepted: true },
        ];
        const explained = facts({ recordings: alone, explanations });
        expect(verdictOf('recordedThroughout', explained)).toMatchObject({
            verdict: 'fail',
            params: { explained: 1 },
            findings: [{ code: 'recording.none', personId: 'b', from: start, to: end }],
        });
        const ground = exemption('e', seconds(0, 4560), { personId: 'b' });
        expect(verdictOf('recordedThroughout', facts({ recordings: alone, explanations, exemptions: [ground] })).verdict).toBe(
            'pass',
        );
        // Before files are late nobody knows that there is nothing.
        const participants = [officer('a'), officer('b', { intake: 'pending' })];
        expect(
            verdictOf('recordedThroughout', facts({ participants, recordings: alone, explanations }), end + HOUR).missing,
        ).toEqual(['notDue']);
        const wanted = [actSegment(WHOLE, seconds(0, 4560), { recording: 'should' })];
        expect(verdictOf('recordedThroughout', facts({ recordings: alone, explanations, segments: wanted }))).toMatchObject({
            verdict: 'fail',
            modal: 'should',
        });
    });
    test('why it was begun late may be known: that is no interruption, and words make nothing good (附件1 第8条)', () => {
        const late = [footage('a', 300, 4570), footage('b', -10, 4570)];
        const words = (accepted: boolean, to = 300) => [
            {
                id: accepted ? 'answer/1' : 'paper a',
                personId: 'a',
                during: seconds(0, to),
                reason: '到场后才想起开机',
                accepted,
            },
        ];
        for (const accepted of [false, true]) {
            const explained = facts({ recordings: late, explanations: words(accepted) });
            expect(verdictOf('recordedThroughout', explained)).toMatchObject({
                verdict: 'fail',
                params: { explained: 1 },
                findings: [{ code: 'beginning.late', personId: 'a', from: start, to: start + 300_000 }],
            });
            expect(verdictOf('interruptionsExplained', explained).verdict).toBe('pass');
        }
        const exemptions = [exemption('e', seconds(0, 300), { personId: 'a' })];
        const verdict = (of: Parameters<typeof facts>[0]) => verdictOf('recordedThroughout', facts(of)).verdict;
        expect(verdict({ recordings: late, explanations: words(true), exemptions })).toBe('pass');
        // What is within the minute to which times are stated is nothing wrong, and words about it make nothing wrong of it.
        const minute = [footage('a', 60, 4570), footage('b', -10, 4570)];
        expect(verdict({ recordings: minute, explanations: words(true, 60) })).toBe('pass');
        // Of a recording that breaks off and does not go on, words explain it (第10条).
        const early = [footage('a', -10, 4000), footage('b', -10, 4570)];
        const why = [{ id: 'paper a', personId: 'a', during: seconds(4000, 4560), reason: '电池耗尽' }];
        const of = facts({ recordings: early, explanations: why });
        const both = (of: Parameters<typeof verdictOf>[1]) =>
            (['recordedThroughout', 'interruptionsExplained'] as const).map((rule) => verdictOf(rule, of).verdict);
        expect(both(of)).toEqual(['pass', 'pass']);
        // So does what is said before it breaks off, near enough to be about that.
        const at = (second: number) => {
            const device = start + second * 1000;
            return { id: 'said', recordingId: 'r a -10', device, corrected: exactly(device), words: '电池耗尽' };
        };
        expect(both(facts({ recordings: early, spoken: [at(3990)] }))).toEqual(['pass', 'pass']);
        expect(both(facts({ recordings: early, spoken: [at(3800)] }))).toEqual(['pass', 'fail']);
    });
    test('where nothing at all was recorded nothing breaks off (附件1 第10条)', () => {
        const verdict = (of: Parameters<typeof facts>[0]) => verdictOf('interruptionsExplained', facts(of)).verdict;
        expect(verdict({ recordings: [] })).toBe('notApplicable');
        expect(verdict({ recordings: [], exemptions: [exemption('e', seconds(0, 4560), { personId: null })] })).toBe(
            'notApplicable',
        );
        // What ran before the act is no record of it; what one of them recorded is looked at.
        expect(verdict({ recordings: [footage('a', -300, -10)] })).toBe('notApplicable');
        expect(verdict({ recordings: [footage('a', -10, 4570)] })).toBe('pass');
        expect(verdict({ recordings: [footage('a', -10, 1800), footage('a', 1860, 4570)] })).toBe('fail');
        expect(verdictOf('recordedThroughout', facts({ recordings: [] })).verdict).toBe('fail');
    });
    test('words about a long time explain no short gap in it, and the finding says of what time they are', () => {
        const saying = (during: typeof gap, accepted = false) =>
            verdictOf(
                'interruptionsExplained',
                facts({ recordings: broken, explanations: [{ id: 'p', personId: 'a', during, reason: '更换电池', accepted }] }),
            );
        for (const accepted of [false, true])
            expect(saying(seconds(0, 4560), accepted)).toMatchObject({
                verdict: 'fail',
                findings: [{ code: 'recording.gap', params: { lengthMs: 60_000, saidFromAt: start, saidToAt: end } }],
            });
        expect(saying(gap).verdict).toBe('pass');
    });
    test('a reason does not make good that the camera of a room recorded nothing (正文二(二)3)', () => {
        const room = { carrierId: 'room', name: '听证室', substituteReason: null };
        const hearing = actSegment(WHOLE, seconds(0, 4560), { onSite: false, room });
        const why = { id: 'answer/1', personId: 'room', during: seconds(0, 4560), reason: '停电', accepted: true };
        const explained = facts({ segments: [hearing], recordings: [], explanations: [why] });
        expect(verdictOf('roomRecorded', explained).findings).toMatchObject([{ code: 'room.none' }]);
    });
    test('a reason spoken before the camera of a room breaks off for good makes that good', () => {
        const room = { carrierId: 'room', name: '听证室', substituteReason: null };
        const hearing = actSegment(WHOLE, seconds(0, 4560), { onSite: false, room });
        const device = start + 3_990_000;
        const said = { id: 'said', recordingId: 'r room -10', device, corrected: exactly(device), words: '停电' };
        const verdict = (spoken: readonly (typeof said)[]) =>
            verdictOf('roomRecorded', facts({ segments: [hearing], recordings: [footage('room', -10, 4000)], spoken })).verdict;
        expect([verdict([]), verdict([said])]).toEqual(['fail', 'pass']);
    });
});
