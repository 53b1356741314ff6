import { describe, expect, test } from 'vitest';
import { exemption, officer, recording, seconds } from '../act/coverage-testing.ts';
import { MINUTE } from '../kernel/instant.ts';
import {
    decideFindingRevision,
    decideOnFindingAnswer,
    FINDING_STATES,
    foundAgain,
    goneSince,
    isConfirmable,
    outgrows,
    standInFor,
    stateAfterJudging,
} from './finding.decide.ts';
import { BOTH, DURING, facts, footage, judged } from './rules/act-rules-testing.ts';
import { ACT_RULES, judgeAct } from './rules/judge-act.ts';
import type { ActRule, ActRuleFacts, RuleFinding, RuleId } from './rules/rule.ts';

/** What one act was found to lack, as it is kept. */
const raised = (of: ActRuleFacts, code: string) => {
    const found = judged(of).verdicts.flatMap(({ rule, findings }) =>
        findings.map((each) => ({ ...each, rule: rule as RuleId })),
    );
    const finding = found.find((each) => each.code === code);
    if (finding === undefined) throw new Error(`no ${code} among ${found.map((each) => each.code)}`);
    return finding;
};
/** What becomes of it by other facts; `null`: it is found. */
const after = (lost: RuleFinding & { readonly rule: RuleId }, of: ActRuleFacts, now?: number) =>
    foundAgain(lost, judged(of, now).verdicts);

const broken = [footage('a', -10, 1800), footage('a', 1860, 2400), footage('a', 2700, 4570), footage('b', -10, 4570)];
const gap = { start: seconds(1800, 1860).start, end: seconds(1800, 1860).end };

describe('something that was found, and is not found any more', () => {
    test('is gone where the rule knows all that it asks for, or judges no more', () => {
        const lost = raised(facts({ recordings: broken }), 'recording.gap');
        expect(after(lost, facts())).toBe('gone');
        expect(after(lost, facts({ participants: [officer('b'), officer('c')], recordings: [] }))).toBe('gone');
        expect(foundAgain(lost, [])).toBe('gone');
        // Another gap is found, and this one is not there.
        expect(after(lost, facts({ recordings: [...broken, footage('a', 1790, 1870)] }))).toBe('gone');
    });
    test('is not gone because a fact is missing now: a file without a time, a ground that nobody confirmed, a clock nobody checked', () => {
        const lost = raised(facts({ recordings: broken }), 'recording.gap');
        expect(after(lost, facts({ recordings: [...broken, recording('x', 'a', [])] }))).toBe('unknown');
        const waiting = exemption('e', gap, { state: 'waiting' });
        expect(after(lost, facts({ recordings: broken, exemptions: [waiting] }))).toBe('unknown');
        const confirmed = exemption('e', gap);
        expect(after(lost, facts({ recordings: broken, exemptions: [confirmed] }))).toBe('gone');
        const alone = raised(facts({ recordings: [footage('a', -10, 4570)] }), 'recording.none');
        const pending = officer('b', { intake: 'pending' });
        const due = facts({ participants: [officer('a'), pending], recordings: [footage('a', -10, 4570)] });
        expect(after(alone, due, gap.end)).toBe('unknown');
    });
    test('nor because the rule failed, or waits for the end of the act', () => {
        const lost = raised(facts({ recordings: broken }), 'recording.gap');
        const throwing: ActRule = {
            ...ACT_RULES.interruptionsExplained,
            judge: () => {
                throw new TypeError('x');
            },
        };
        expect(foundAgain(lost, judgeAct(facts(), gap.end, [throwing]).verdicts)).toBe('unknown');
        const fewer = raised(facts({ participants: [officer('a')] }), 'officers.fewer');
        expect(after(fewer, facts({ participants: [officer('a')] }, { closed: false }), DURING)).toBe('unknown');
        expect(after(fewer, facts())).toBe('gone');
    });
    test('nor because one side of a document, or one file, is in doubt where others are not', () => {
        const late = (id: string, afterMs: number, slack: number) => {
            const [file] = [footage(id === 'ra' ? 'a' : 'b', -10, 4570, id)];
            const segments = file.segments.map((each) => ({
                ...each,
                corrected: {
                    start: { ...exactlyOf(each.device.start), upper: each.device.start + slack },
                    end: { ...exactlyOf(each.device.end), upper: each.device.end + slack },
                },
            }));
            return { ...file, segments, storedAt: seconds(0, 4570).end + afterMs };
        };
        const day = 24 * 60 * MINUTE;
        const both = raised(facts({ recordings: [late('ra', day + 10, 0), late('rb', day + 10, 0)] }), 'stored.late');
        expect(both.aboutId).toBe('ra');
        expect(after(both, facts({ recordings: [late('ra', day + 10, 500), late('rb', day + 10, 0)] }))).toBe('unknown');
        expect(after(both, facts({ recordings: [late('ra', day - 10, 0), late('rb', day + 10, 0)] }))).toBe('gone');
    });
    test('what only a person can say is known once they said it', () => {
        const lost = raised(facts({}, { speechRequired: true }), 'speech.openingMissing');
        const corrected = exactlyOf(gap.start);
        const speech = [{ kind: 'opening' as const, state: 'confirmed' as const, corrected }];
        expect(after(lost, facts({ speech }, { speechRequired: true }))).toBe('gone');
        expect(after(lost, facts({}, { speechRequired: false }))).toBe('gone');
    });
    test('changes its state only where that is known', () => {
        const states = (again: 'found' | 'unknown' | 'gone') =>
            FINDING_STATES.map((each) => stateAfterJudging(each, again, false));
        expect(states('found')).toEqual(['open', 'answered', 'explained', 'disputed', 'stands', 'open']);
        expect(states('unknown')).toEqual([...FINDING_STATES]);
        expect(states('gone')).toEqual(['settled', 'settled', 'explained', 'disputed', 'stands', 'settled']);
        expect(stateAfterJudging('open', 'found', true)).toBe('explained');
    });
});

const exactlyOf = (at: number) => ({ at, lower: at, upper: at });

describe('a violation that was confirmed', () => {
    test('says since when it is no longer found, and that only of what is known', () => {
        expect(goneSince('stands', 'gone', null, 7)).toBe(7);
        expect(goneSince('stands', 'gone', 5, 7)).toBe(5);
        expect([goneSince('stands', 'unknown', 5, 7), goneSince('stands', 'found', 5, 7)]).toEqual([null, null]);
        expect(FINDING_STATES.filter((each) => goneSince(each, 'gone', null, 7) !== null)).toEqual(['stands']);
    });
    test('is settled by somebody who is not concerned, once facts came', () => {
        const code = (state: 'stands' | 'open', since: number | null, isConcerned: boolean) => {
            try {
                decideFindingRevision({ state, goneSince: since }, isConcerned);
                return 'settled';
            } catch (error) {
                return (error as { code: string }).code;
            }
        };
        expect([code('stands', 5, false), code('stands', null, false), code('stands', 5, true), code('open', 5, false)]).toEqual([
            'settled',
            'finding.stillFound',
            'finding.ownAct',
            'finding.notConfirmed',
        ]);
    });
});

describe('what was said of a stretch of time', () => {
    const stretch = (from: number, to: number) => ({ from: from * MINUTE, to: to * MINUTE });
    test('holds for as much of it as was said, and a minute', () => {
        expect([outgrows(stretch(0, 11), stretch(0, 10)), outgrows(stretch(0, 12), stretch(0, 10))]).toEqual([false, true]);
        expect(outgrows({ from: null, to: null }, stretch(0, 10))).toBe(false);
    });
    test('is not accepted of one that grew out of it', () => {
        const decide = (found: ReturnType<typeof stretch>, as: 'accepted' | 'refused') => () =>
            decideOnFindingAnswer(
                { state: 'waiting', statedBy: 'a', ...stretch(0, 10) },
                found,
                { personId: 'b', isConcerned: false },
                as,
                '请重新说明',
            );
        expect(decide(stretch(0, 11), 'accepted')).not.toThrow();
        expect(decide(stretch(0, 30), 'accepted')).toThrow(expect.objectContaining({ code: 'finding.outgrown' }));
        expect(decide(stretch(0, 30), 'refused')).not.toThrow();
        expect(decide(stretch(4, 9), 'accepted')).not.toThrow();
        // Of an hour of which four minutes are left, it is no longer what was spoken of.
        expect(decide(stretch(4, 8), 'accepted')).toThrow(expect.objectContaining({ code: 'finding.outgrown' }));
    });
});

test('what nothing makes good is confirmed as a violation though it was explained, and nothing else is', () => {
    const states = (code: 'recording.none' | 'recording.gap' | 'beginning.late' | 'room.none') =>
        FINDING_STATES.filter((state) => isConfirmable({ state, code }));
    for (const code of ['recording.none', 'beginning.late', 'room.none'] as const)
        expect([code, states(code)]).toEqual([code, ['open', 'explained']]);
    expect(states('recording.gap')).toEqual(['open']);
});

test('footage of everybody leaves nothing to be found', () => {
    expect(judged(facts({ recordings: BOTH })).verdicts.flatMap(({ findings, unsure }) => [...findings, ...unsure])).toEqual([]);
});

describe('who stands in', () => {
    const of = { ofAct: true, ownerId: 'a', ownerRole: null, ownerLeftAt: null } as const;

    test('is nobody while somebody can answer', () => {
        expect(standInFor(of)).toBeNull();
        expect(standInFor({ ...of, ownerId: null, ownerRole: 'recordingManager' })).toBeNull();
        expect(standInFor({ ...of, ofAct: false, ownerRole: 'instituteHead', ownerLeftAt: 1 })).toBeNull();
    });

    test('is a role in the unit once the owner has left, and where nobody was named', () => {
        expect(standInFor({ ...of, ownerLeftAt: 1 })).toBe('sectionHead');
        expect(standInFor({ ...of, ownerId: null })).toBe('sectionHead');
        expect(standInFor({ ...of, ofAct: false, ownerLeftAt: 1 })).toBe('recordingManager');
        expect(standInFor({ ...of, ofAct: false, ownerId: null })).toBe('recordingManager');
    });
});
