import { describe, expect, it } from 'vitest';
import { ANNEX_2_IDS } from '../../device/annex-2.ts';
import { startOfDay } from '../../kernel/day.ts';
import { DAY, HOUR } from '../../kernel/instant.ts';
import { CATALOGUE } from '../catalogue.ts';
import { conforms, DEVICE_RULES, type DeviceRuleFacts, judgeDevice, type OpenIssue } from './device-rules.ts';
import { RULE_IDS } from './rule.ts';
import { RULES, rulesOfClause } from './rules.ts';
import { type EquippedPerson, judgeUnit, UNIT_RULES, type UnitRuleFacts } from './unit-rules.ts';

const NOW = startOfDay('2026-11-26') + 10 * HOUR;

const unit = (change: Partial<UnitRuleFacts> = {}): UnitRuleFacts => ({
    kind: 'districtInstitute',
    holders: [
        { role: 'recordingManager', personId: 'm', grantId: 'gm' },
        { role: 'archivist', personId: 'a', grantId: 'ga' },
    ],
    words: [],
    people: [],
    ...change,
});
const recorder = (id: string, state: 'inService' | 'faulty' | 'lost' = 'inService') => ({
    ...{ id, number: id, state, basis: 'personal' as const },
});
const person = (id: string, change: Partial<EquippedPerson> = {}): EquippedPerson => ({
    ...{ id, kind: 'officer', held: [recorder(`r ${id}`)], last: null },
    ...change,
});
const verdictOfUnit = (rule: keyof typeof UNIT_RULES, facts: UnitRuleFacts, now = NOW) =>
    judgeUnit(facts, now, [UNIT_RULES[rule]]).verdicts[0];

describe('roles are filled', () => {
    it('by whoever holds them, or by the word of a head to the end of its last day', () => {
        expect(verdictOfUnit('rolesFilled', unit())).toMatchObject({ verdict: 'pass', params: { roles: 2, held: 2, byWord: 0 } });
        const words = [{ id: 'w', clause: 'A3-6', untilDay: '2026-11-26' }];
        const facts = unit({ holders: unit().holders.slice(0, 1), words });
        expect(verdictOfUnit('rolesFilled', facts)).toMatchObject({ verdict: 'pass', params: { held: 1, byWord: 1 } });
        const end = startOfDay('2026-11-27');
        expect(judgeUnit(facts, NOW).judgeAgainAt).toBe(end);
        expect(verdictOfUnit('rolesFilled', facts, end - 1)?.verdict).toBe('pass');
        expect(verdictOfUnit('rolesFilled', facts, end)).toMatchObject({
            verdict: 'fail',
            findings: [{ code: 'role.noArchivist', clause: 'A3-6', role: 'instituteHead' }],
        });
    });

    it('a word about one clause says nothing of the other', () => {
        const words = [{ id: 'w', clause: 'A3-6', untilDay: '2027-01-01' }];
        expect(verdictOfUnit('rolesFilled', unit({ holders: [], words }))?.findings.map(({ code }) => code)).toEqual([
            'role.noRecordingManager',
        ]);
    });

    it('a commission keeps archives and no recordings; its head answers', () => {
        expect(verdictOfUnit('rolesFilled', unit({ kind: 'districtCommission', holders: [] }))).toMatchObject({
            verdict: 'fail',
            params: { roles: 1, held: 0 },
            findings: [{ code: 'role.noArchivist', role: 'agencyHead' }],
        });
    });
});

describe('each officer has a recorder', () => {
    it.each([
        ['recorder.none', {}],
        ['recorder.inRepair', { last: { id: 'x', state: 'inRepair' } }],
        ['recorder.unusable', { held: [recorder('x', 'faulty')] }],
        ['recorder.several', { held: [recorder('x'), recorder('y')] }],
    ] as const)('%s', (code, change) => {
        const people = [person('a'), person('b', { held: [], ...change })];
        expect(verdictOfUnit('ownRecorder', unit({ people }))).toMatchObject({
            verdict: 'fail',
            modal: 'must',
            params: { officers: 2, short: 1 },
            findings: [{ code, personId: 'b', role: 'recordingManager' }],
        });
    });

    it('one that can be used is enough, a lost one beside it counts for nothing; without officers nothing is asked', () => {
        const people = [person('a', { held: [recorder('x'), recorder('y', 'lost')] })];
        expect(verdictOfUnit('ownRecorder', unit({ people }))?.verdict).toBe('pass');
        expect(verdictOfUnit('ownRecorder', unit())?.verdict).toBe('notApplicable');
    });

    it('an assistant may have none; a faulty one is wanted mended, and no must', () => {
        const assistant = (held: EquippedPerson['held']) => person('c', { kind: 'assistant', held });
        expect(verdictOfUnit('ownRecorder', unit({ people: [person('a'), assistant([])] }))?.verdict).toBe('pass');
        expect(verdictOfUnit('ownRecorder', unit({ people: [assistant([recorder('x', 'faulty')])] }))).toMatchObject({
            verdict: 'fail',
            modal: 'should',
            findings: [{ clause: 'A1-3-4' }],
        });
    });
});

const device = (change: Partial<DeviceRuleFacts> = {}): DeviceRuleFacts => ({
    ...{
        kind: 'recorder',
        issue: null,
        otherUses: [],
        otherChecks: [],
        faults: [],
        withoutTime: 0,
        withoutPerson: 0,
        paperEnds: [],
    },
    requirements: ANNEX_2_IDS.map((id) => ({ id, verdict: 'met', sources: [] })),
    ...change,
});
const use = { issueId: 'i', holderId: 'h', userId: 'u', recordings: 3, firstId: 'r', firstAt: NOW - DAY, lastAt: NOW };
const check = { holderId: 'h', personId: 'u', place: 'phone', checks: 1, firstId: 'c', firstAt: NOW } as const;
const issue: OpenIssue = { id: 'i', personId: 'h', basis: 'shift', dueBackAt: NOW, instead: null };
const verdictOfDevice = (rule: keyof typeof DEVICE_RULES, change: Partial<DeviceRuleFacts>, now = NOW) =>
    judgeDevice(device(change), now, [DEVICE_RULES[rule]]).verdicts[0];

describe('a recorder is not lent', () => {
    it('whoever lent it is named with how often and when', () => {
        expect(verdictOfDevice('notLent', { otherUses: [use] })).toMatchObject({
            verdict: 'fail',
            modal: 'must',
            findings: [
                { code: 'lent.used', personId: 'h', aboutId: 'r', params: { recordings: 3, firstAt: NOW - DAY, lastAt: NOW } },
            ],
        });
    });

    it('a check by another is looked into; at the dock the manager checks for all', () => {
        expect(verdictOfDevice('notLent', { otherChecks: [check] })).toMatchObject({
            verdict: 'fail',
            modal: 'should',
            findings: [{ code: 'lent.checked' }],
        });
        expect(verdictOfDevice('notLent', { otherChecks: [{ ...check, place: 'dock' }] })?.verdict).toBe('pass');
    });

    it('what was for a shift comes back in time, a spare when the own one is mended', () => {
        expect(verdictOfDevice('notLent', { issue })?.verdict).toBe('pass');
        const again = judgeDevice(device({ issue }), NOW).judgeAgainAt;
        expect(again).toBe(NOW + 1);
        expect(verdictOfDevice('notLent', { issue }, NOW + 1)?.findings).toMatchObject([
            { code: 'lent.notReturned', personId: 'h' },
        ]);
        const spare = (state: 'inRepair' | 'inService') => ({
            issue: { ...issue, basis: 'spare' as const, dueBackAt: null, instead: { id: 'o', state } },
        });
        expect(verdictOfDevice('notLent', spare('inRepair'))?.verdict).toBe('pass');
        expect(verdictOfDevice('notLent', spare('inService'))?.verdict).toBe('fail');
    });

    it('who held or used it then, or when it was, is a missing fact and no loan', () => {
        expect(verdictOfDevice('notLent', { otherUses: [{ ...use, holderId: null, issueId: null }] })).toMatchObject({
            verdict: 'needsReview',
            missing: ['holder'],
        });
        expect(verdictOfDevice('notLent', { withoutTime: 1, withoutPerson: 2 })).toMatchObject({
            verdict: 'needsReview',
            missing: ['recordingTime', 'user'],
        });
    });
});

describe('a recorder agrees with annex 2', () => {
    const having = (verdict: DeviceRuleFacts['requirements'][number]['verdict']) => ({
        requirements: device().requirements.map((each) => (each.id === 'A2-14' ? { ...each, verdict, sources: ['f'] } : each)),
    });
    it.each([
        ['below', 'conformity.below'],
        ['mixed', 'conformity.mixed'],
        ['statedBelow', 'conformity.statedBelow'],
        ['expired', 'conformity.expired'],
    ] as const)('%s is a finding about its own clause, and never a must', (verdict, code) => {
        expect(verdictOfDevice('conforms', having(verdict))).toMatchObject({
            verdict: 'fail',
            modal: 'should',
            findings: [{ code, clause: 'A2-14', aboutId: 'f', role: 'recordingManager', modal: 'should' }],
        });
    });

    it('what was not measured, and what has no paper, needs review and says which', () => {
        expect(verdictOfDevice('conforms', having('unknown'))).toMatchObject({
            verdict: 'needsReview',
            missing: ['measurement'],
        });
        expect(verdictOfDevice('conforms', having('paperOnly'))).toMatchObject({ verdict: 'needsReview', missing: ['paper'] });
        expect(verdictOfDevice('conforms', having('statedOpen'))).toMatchObject({ verdict: 'needsReview', missing: ['person'] });
        expect(verdictOfDevice('conforms', having('certified'))).toMatchObject({ verdict: 'pass', params: { reached: 32 } });
    });

    it('says of each requirement how it stands, whatever the others do', () => {
        const verdicts = { 'A2-1': 'stated', 'A2-2': 'statedOpen', 'A2-3': 'statedBelow', 'A2-4': 'expired' } as const;
        const requirements = Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict, sources: [] }));
        expect(verdictOfDevice('conforms', { requirements })?.byClause).toEqual({
            'A2-1': { verdict: 'pass', modal: 'should' },
            'A2-2': { verdict: 'needsReview', modal: 'should' },
            'A2-3': { verdict: 'fail', modal: 'should' },
            'A2-4': { verdict: 'fail', modal: 'should' },
        });
        expect(verdictOfDevice('conforms', { kind: 'roomCamera' })?.byClause).toEqual({});
    });

    it('is judged again on the day after a paper in force runs out', () => {
        expect(judgeDevice(device({ paperEnds: ['2026-12-31', '2026-11-26'] }), NOW).judgeAgainAt).toBe(startOfDay('2026-11-27'));
    });

    it('a camera of a room is no recorder', () => {
        expect(judgeDevice(device({ kind: 'roomCamera' }), NOW).verdicts.map(({ verdict }) => verdict)).toEqual([
            'notApplicable',
            'notApplicable',
            'notApplicable',
        ]);
    });
});

describe('rules', () => {
    it('that throw need review by their name and take no other verdict with them', () => {
        const broken = {
            ...conforms,
            judge: () => {
                throw new Error('broken');
            },
        };
        expect(judgeDevice(device(), NOW, [broken, DEVICE_RULES.notLent]).verdicts).toMatchObject([
            { rule: 'conforms', verdict: 'needsReview', missing: ['rule'] },
            { rule: 'notLent', verdict: 'pass' },
        ]);
    });

    it('rest on clauses of the notice, which know them', () => {
        const known = new Set(CATALOGUE.map(({ clause }) => clause.id));
        for (const id of RULE_IDS) {
            const { clauses, partClauses } = RULES[id];
            expect([...clauses, ...partClauses].filter((each) => !known.has(each))).toEqual([]);
        }
        expect(RULES.conforms.partClauses).toEqual(ANNEX_2_IDS);
        expect([rulesOfClause('A1-10-1'), rulesOfClause('A3-6'), RULES.rolesFilled.subject]).toEqual([
            ['recordedThroughout', 'interruptionsExplained'],
            ['rolesFilled'],
            'unit',
        ]);
    });
});
