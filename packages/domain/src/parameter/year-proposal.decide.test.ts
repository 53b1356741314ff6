import { describe, expect, it } from 'vitest';
import { decideYearApproval, decideYearProposal } from './year-proposal.decide.ts';

const of = (off: string[], work: string[] = []) => ({ year: 2027, off, work });
const thrown = (code: string, params: object = {}) => expect.objectContaining({ code, params: expect.objectContaining(params) });

describe('a year of the holiday calendar', () => {
    it('has days of its own, each either off or worked', () => {
        expect(() => decideYearProposal(of(['2027-01-01'], ['2027-01-09']))).not.toThrow();
        const other = thrown('parameter.dayOfOtherYear', { year: 2027 });
        expect(() => decideYearProposal(of(['2026-12-31']))).toThrow(other);
        expect(() => decideYearProposal(of(['2027-01-01'], ['2028-01-01']))).toThrow(other);
        expect(() => decideYearProposal(of(['2027-01-01'], ['2027-01-01']))).toThrow(thrown('parameter.dayOffAndWorked'));
    });

    it('is asked the same when it is approved, and whether another entry has come between', () => {
        const year = of(['2027-01-01']);
        expect(() => decideYearApproval({ ...year, replaces: null }, null)).not.toThrow();
        expect(() => decideYearApproval({ ...year, replaces: 'a' }, 'a')).not.toThrow();
        for (const [replaces, inForce] of [
            [null, 'a'],
            ['a', 'b'],
        ] as const)
            expect(() => decideYearApproval({ ...year, replaces }, inForce)).toThrow(thrown('parameter.changedSince'));
        expect(() => decideYearApproval({ ...of(['2026-01-01']), replaces: null }, null)).toThrow(
            thrown('parameter.dayOfOtherYear'),
        );
    });
});
