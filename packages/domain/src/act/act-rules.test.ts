import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../kernel/instant.ts';
import { CHECK_KEYS, checklistOf } from './act-checklist.ts';
import {
    decideExemption,
    decideExemptionDecision,
    decideNote,
    decideWithdrawal,
    exemptionFactsOf,
} from './act-exemption.decide.ts';
import { decideSecrecy, maySeeAct } from './act-secrecy.ts';
import { decideCodeAtClose, decideInspectionCode } from './inspection-code.ts';

const NOW = Date.UTC(2026, 10, 18, 4);
const refusal = (code: string, params: Record<string, unknown> = {}) => expect.objectContaining({ code, params });

describe('exemptions (附件1 第11、13条)', () => {
    const segment = { startsAt: NOW, endsAt: NOW + HOUR };
    const grounds = ['易燃易爆场所', '无菌区域'];
    const sterile = { kind: 'highRisk', ground: '无菌区域', startsAt: NOW, endsAt: NOW + MINUTE } as const;
    test('lie within their segment, on a ground of the list', () => {
        expect(() => decideExemption(sterile, segment, grounds)).not.toThrow();
        expect(() => decideExemption({ ...sterile, endsAt: NOW }, segment, grounds)).toThrow('act.endBeforeStart');
        expect(() => decideExemption({ ...sterile, endsAt: NOW + HOUR }, segment, grounds)).not.toThrow();
        expect(() => decideExemption({ ...sterile, startsAt: NOW - 1 }, segment, grounds)).toThrow('act.exemptionOutside');
        expect(() => decideExemption({ ...sterile, endsAt: NOW + HOUR + 1 }, segment, grounds)).toThrow('act.exemptionOutside');
        expect(() => decideExemption({ ...sterile, ground: '太远' }, segment, grounds)).toThrow(
            refusal('act.groundUnknown', { ground: '太远' }),
        );
        expect(() => decideExemption({ ...sterile, kind: 'forceMajeure', ground: '暴雨' }, segment, grounds)).not.toThrow();
    });
    test('are confirmed by somebody else, once', () => {
        const waiting = { state: 'waiting', recordedBy: 'zhang' } as const;
        expect(() => decideExemptionDecision(waiting, 'head', ['zhang', 'li'])).not.toThrow();
        expect(() => decideExemptionDecision(waiting, 'zhang', ['zhang'])).toThrow('act.ownExemption');
        expect(() => decideExemptionDecision(waiting, 'li', ['zhang', 'li'])).toThrow('act.exemptionOfParticipant');
        expect(() => decideExemptionDecision({ ...waiting, state: 'confirmed' }, 'head', [])).toThrow('act.exemptionSettled');
        for (const state of ['refused', 'withdrawn'] as const)
            expect(() => decideWithdrawal({ state })).toThrow('act.exemptionSettled');
        expect(() => decideNote({ kind: 'highRisk', state: 'waiting' })).toThrow('act.noteNotNeeded');
        expect(() => decideNote({ kind: 'forceMajeure', state: 'confirmed' })).not.toThrow();
    });
    test('only force majeure wants the written note; refused ones exempt nothing', () => {
        const kept = { ...sterile, id: 'x', personId: null, segmentId: 's', words: null, noteDone: false, decidedBy: 'head' };
        const facts = (more: object, there: string[] = []) => exemptionFactsOf({ ...kept, state: 'confirmed', ...more }, there);
        const note = (more: object) => facts(more).map((each) => each.note);
        expect([note({}), note({ kind: 'forceMajeure' }), note({ kind: 'forceMajeure', noteDone: true })]).toEqual([
            ['notNeeded'],
            ['missing'],
            ['present'],
        ]);
        expect([note({ state: 'refused' }), note({ state: 'withdrawn' })]).toEqual([[], []]);
        // Whoever confirmed and is named as a participant afterwards has confirmed for themselves.
        expect([[], ['zhang'], ['head']].map((there) => facts({}, there)[0]?.state)).toEqual([
            'confirmed',
            'confirmed',
            'waiting',
        ]);
    });
});

describe('the list of what to do', () => {
    test('is the catalogue and what was added, phase by phase; what was ticked stays', () => {
        const keys = (added: string[], ticked: string[] = []) => checklistOf(added, ticked).map((item) => item.key);
        expect(keys([])).toEqual([...CHECK_KEYS]);
        const added = keys(['执法前｜带齐采样箱', 'during|当面清点', 'later｜不知何时', '没有阶段']);
        expect(added).toHaveLength(CHECK_KEYS.length + 2);
        expect(added.indexOf('before｜带齐采样箱')).toBeLessThan(added.indexOf('recorderOn'));
        expect(keys([], ['before｜带齐采样箱', 'recorderOn'])).toContain('before｜带齐采样箱');
        for (const { clause } of checklistOf([])) expect(clause).toMatch(/^附件1 第\d+条$/);
    });
});

describe('检查码', () => {
    const inspection = { scenarios: ['doubleRandomInspection'] as const, code: null, exempt: null, inCase: false };
    test('is asked of planned inspections where it is switched on', () => {
        expect(() => decideCodeAtClose(inspection, { required: true })).toThrow('act.inspectionCodeMissing');
        expect(() => decideCodeAtClose(inspection, { required: false })).not.toThrow();
        for (const more of [
            { code: '123456' },
            { exempt: 'recheck' },
            { inCase: true },
            { scenarios: ['complaintHandling'] as const },
        ])
            expect(() => decideCodeAtClose({ ...inspection, ...more }, { required: true })).not.toThrow();
    });
    test('has its form', () => {
        expect(() => decideInspectionCode('abc', { format: '999' })).toThrow('act.inspectionCodeWrong');
        expect(() => decideInspectionCode('SH-123', { format: 'AA-999' })).not.toThrow();
        expect(() => decideInspectionCode('任何', { format: null })).not.toThrow();
    });
});

describe('secrecy (附件1 第12条)', () => {
    test('state secrets are refused', () => {
        expect(() => decideSecrecy('state')).toThrow('act.stateSecret');
        expect([decideSecrecy('open'), decideSecrecy('trade')]).toEqual([null, 'trade']);
    });
    test('whoever takes part sees it, and the heads', () => {
        const secret = { secrecy: 'privacy', participants: ['zhang', null] } as const;
        expect(maySeeAct(secret, { personId: 'zhang', roles: ['officer'] })).toBe(true);
        expect(maySeeAct(secret, { personId: 'li', roles: ['officer', 'recordingManager'] })).toBe(false);
        for (const head of ['sectionHead', 'instituteHead', 'agencyHead'] as const)
            expect(maySeeAct(secret, { personId: 'li', roles: [head] })).toBe(true);
        expect(maySeeAct({ ...secret, secrecy: null }, { personId: 'li', roles: [] })).toBe(true);
    });
});
