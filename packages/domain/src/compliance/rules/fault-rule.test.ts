import { describe, expect, it } from 'vitest';
import type { FaultReport } from '../../device/fault-report.ts';
import { DAY, HOUR } from '../../kernel/instant.ts';
import { type DeviceRuleFacts, faultHandedIn, judgeDevice } from './device-rules.ts';

const AT = Date.UTC(2026, 10, 26, 2);
const fault: FaultReport = {
    ...{ id: 'f', issueId: 'i', holderId: 'h', reportedAt: AT, dueAt: AT + DAY, decision: 'd', ended: null, endedAt: null },
};
const handedIn = (after: number, more: Partial<FaultReport> = {}): FaultReport => ({
    ...{ ...fault, ended: 'handedIn', endedAt: AT + after },
    ...more,
});
const device = (faults: readonly FaultReport[], kind: DeviceRuleFacts['kind'] = 'recorder'): DeviceRuleFacts => ({
    ...{ kind, issue: null, otherUses: [], otherChecks: [], withoutTime: 0, withoutPerson: 0, requirements: [], paperEnds: [] },
    faults,
});
const judgeAt = (now: number, ...faults: FaultReport[]) => judgeDevice(device(faults), now, [faultHandedIn]);
const verdictAt = (now: number, ...faults: FaultReport[]) => judgeAt(now, ...faults).verdicts[0];

describe('a faulty recorder is handed in at once (附件1 第15条)', () => {
    it('by the term that the unit set itself: to its last moment it is in time, and the holder answers', () => {
        expect(verdictAt(AT + DAY, fault)).toMatchObject({ verdict: 'needsReview', missing: ['handIn'] });
        expect(judgeAt(AT + DAY, fault).judgeAgainAt).toBe(AT + DAY + 1);
        expect(verdictAt(AT + DAY + 1, fault)).toMatchObject({
            ...{ verdict: 'fail', modal: 'must', params: { faults: 1, withoutTerm: 0, late: 1 } },
            findings: [{ code: 'fault.notHandedIn', personId: 'h', role: null, aboutId: 'i', params: { reportedAt: AT } }],
        });
        expect(judgeAt(AT + DAY + 1, fault).judgeAgainAt).toBeNull();
        expect(verdictAt(AT + 9 * DAY, handedIn(DAY))?.verdict).toBe('pass');
        expect(verdictAt(AT + 9 * DAY, handedIn(DAY + 1))?.findings).toMatchObject([
            { code: 'fault.handedInLate', params: { dueAt: AT + DAY, handedInAt: AT + DAY + 1 } },
        ]);
    });
    it('that it was handed in late is the same finding as that it was not', () => {
        const keys = [fault, handedIn(2 * DAY)].map((each) => verdictAt(AT + 3 * DAY, each)?.findings[0]?.key);
        expect(keys).toEqual(['fault/f', 'fault/f']);
    });
    it('what the manager cleared and what was lost within the term is nothing to hand in; after it, it was not handed in', () => {
        for (const ended of ['cleared', 'lost'] as const) {
            expect(verdictAt(AT + 9 * DAY, handedIn(HOUR, { ended }))?.verdict).toBe('pass');
            expect(verdictAt(AT + 9 * DAY, handedIn(2 * DAY, { ended }))?.findings).toMatchObject([
                { code: 'fault.notHandedIn' },
            ]);
        }
    });
    it('without a term of the unit nothing is said of time; what is still in hand a person looks at', () => {
        const none = { dueAt: null, decision: null };
        expect(verdictAt(AT + 90 * DAY, handedIn(80 * DAY, none))?.verdict).toBe('notApplicable');
        expect(verdictAt(AT + 90 * DAY, { ...fault, ...none })).toMatchObject({
            verdict: 'needsReview',
            missing: ['handInTerm'],
        });
        expect(judgeAt(AT, { ...fault, ...none }).judgeAgainAt).toBeNull();
        // One that was reported under a term is judged by it all the same.
        expect(verdictAt(AT + 90 * DAY, handedIn(80 * DAY, none), handedIn(HOUR))).toMatchObject({
            ...{ verdict: 'pass', params: { faults: 2, withoutTerm: 1, late: 0 } },
        });
    });
    it('where no fault was reported, and of a camera, there is nothing to judge', () => {
        expect(verdictAt(AT)?.verdict).toBe('notApplicable');
        const camera = judgeDevice(device([fault], 'roomCamera'), AT + 9 * DAY, [faultHandedIn]);
        expect(camera.verdicts[0]?.verdict).toBe('notApplicable');
    });
});
