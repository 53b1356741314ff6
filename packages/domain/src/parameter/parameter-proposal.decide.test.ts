import { describe, expect, it } from 'vitest';
import { PERMISSIONS_OF, ROLES } from '../identity/roles.ts';
import { addDays, dayOf, startOfDay } from '../kernel/day.ts';
import type { ParameterRow } from './parameter.ts';
import { PARAMETERS } from './parameter-catalogue.ts';
import {
    beginOfChange,
    decideOnProposal,
    decideProposal,
    decideProposalApproval,
    decideProposalWithdrawal,
    proposalWaitsFor,
} from './parameter-proposal.decide.ts';

const NOW = Date.parse('2026-11-18T10:00:00+08:00');
const TODAY = dayOf(NOW);
const tolerance = PARAMETERS['act.documentToleranceSeconds'];
const grounds = PARAMETERS['act.highRiskGrounds'];
const row = (id: string, from: number, value: number): ParameterRow => ({
    ...{ id, value, standing: 'own', basis: '本所', from, decidedAt: from },
});
const to = (value: number, from: string | null = null) => ({ value, standing: 'own' as const, from });
const thrown = (code: string, params: object = {}) => expect.objectContaining({ code, params: expect.objectContaining(params) });

describe('a proposal', () => {
    it('names what it would take the place of on its day', () => {
        expect(decideProposal(tolerance, [], to(30), NOW)).toBeNull();
        const rows = [row('a', NOW - 1, 50), row('b', startOfDay('2026-12-01'), 40)];
        expect(decideProposal(tolerance, rows, to(30), NOW)).toBe('a');
        expect(decideProposal(tolerance, rows, to(30, '2026-12-02'), NOW)).toBe('b');
    });

    it('begins now where its day is today or its approval', () => {
        expect([null, TODAY, addDays(TODAY, 1)].map((from) => beginOfChange(from, NOW))).toEqual([
            NOW,
            NOW,
            startOfDay(addDays(TODAY, 1)),
        ]);
    });

    it('is asked the same when it is approved, and whether something else has come between', () => {
        const at = { ...to(30, '2026-12-01'), replaces: null };
        expect(decideProposalApproval(tolerance, [], at, NOW)).toBe(startOfDay('2026-12-01'));
        expect(() => decideProposalApproval(tolerance, [row('a', NOW, 40)], at, NOW)).toThrow(thrown('parameter.changedSince'));
        const late = startOfDay('2026-12-02');
        expect(() => decideProposalApproval(tolerance, [], at, late)).toThrow(thrown('parameter.rewritesHistory'));
        expect(() => decideProposalApproval(tolerance, [], { ...at, value: 61 }, NOW)).toThrow(thrown('parameter.looser'));
    });
});

it('heads of section and of the institute propose, those of the institute and of the agency approve', () => {
    const may = (permission: 'parameter.manage' | 'parameter.approve') =>
        ROLES.filter((role) => PERMISSIONS_OF[role].includes(permission));
    expect([may('parameter.manage'), may('parameter.approve')]).toEqual([
        ['sectionHead', 'instituteHead'],
        ['instituteHead', 'agencyHead'],
    ]);
});

describe('who decides', () => {
    const asked = { state: 'waiting' as const, proposedBy: 'a' };
    it('is another person of the organisation, and one above it only where there is none', () => {
        expect(() => decideOnProposal(asked, { personId: 'b', from: 'within' }, 1)).not.toThrow();
        expect(() => decideOnProposal(asked, { personId: 'c', from: 'above' }, 0)).not.toThrow();
        expect(() => decideOnProposal(asked, { personId: 'a', from: 'within' }, 0)).toThrow(thrown('parameter.ownProposal'));
        expect(() => decideOnProposal(asked, { personId: 'a', from: 'above' }, 0)).toThrow(thrown('parameter.ownProposal'));
        expect(() => decideOnProposal(asked, { personId: 'c', from: 'above' }, 1)).toThrow(thrown('parameter.decidedWithin'));
    });

    it('does so once, and only who proposed takes it back', () => {
        for (const state of ['approved', 'refused', 'withdrawn'] as const) {
            const settled = thrown('parameter.proposalSettled', { state });
            expect(() => decideOnProposal({ ...asked, state }, { personId: 'b', from: 'within' }, 1)).toThrow(settled);
            expect(() => decideProposalWithdrawal({ ...asked, state }, 'a')).toThrow(settled);
        }
        expect(() => decideProposalWithdrawal(asked, 'a')).not.toThrow();
        expect(() => decideProposalWithdrawal(asked, 'b')).toThrow(thrown('parameter.notYourProposal'));
    });

    it.each([
        [{ within: 1, above: 1 }, 'within'],
        [{ within: 0, above: 2 }, 'above'],
        [{ within: 0, above: 0 }, 'nobody'],
    ] as const)('of %j waits for %s', (counts, expected) => {
        expect(proposalWaitsFor(counts)).toBe(expected);
    });
});

describe('grounds that exempt from recording (附件1 第11条)', () => {
    const change =
        (...value: string[]) =>
        () =>
            decideProposal(grounds, [], { value, standing: 'verified', from: null }, NOW);
    it.each([[[]], [['无菌场所']], [['易燃易爆场所', '无菌场所']], [['无菌场所（手术室限制区）', '易燃易爆场所(加油站罩棚下)']]])(
        '%j leaves out or narrows',
        (lines) => {
            expect(change(...lines)).not.toThrow();
        },
    );

    it.each([
        '放射场所',
        '无菌场所及周边',
        '无菌场所（）',
        '无菌场所（手术室）及走廊',
        '无菌场所（',
        '手术室（无菌场所）',
        '无菌',
        ' ',
    ])('“%s” adds, and is refused with its clause', (line) => {
        expect(change('无菌场所', line)).toThrow(thrown('parameter.widens', { line, basis: grounds.basis }));
        expect(grounds.basis).toContain('第11条');
    });
});
