import { describe, expect, it } from 'vitest';
import { ROLES } from '../identity/roles.ts';
import { CATALOGUE } from './catalogue.ts';
import { decideOutcome, decideOutcomeEnd, type OutcomeWish } from './outcome.decide.ts';
import { BREACHABLE, OUTCOME_BASIS, outcomeScope } from './outcome.ts';

const WISH: OutcomeWish = {
    clause: 'A1-17-1',
    personId: 'p',
    happenedDay: '2026-11-02',
    kind: 'instruction',
    decidedDay: '2026-11-10',
    paperNumber: null,
};
const refused = (given: Partial<OutcomeWish>, actor = 'head'): string | undefined => {
    try {
        decideOutcome({ ...WISH, ...given }, actor, '2026-11-18');
    } catch (error) {
        return (error as { code: string }).code;
    }
    return undefined;
};

describe('what followed a confirmed violation (附件1 第21条, 正文三(四))', () => {
    it('is entered for a clause that binds, by somebody else, after it was decided', () => {
        expect(refused({})).toBeUndefined();
        expect(refused({ personId: null })).toBeUndefined();
        // 附件1 第17条: each of what it forbids.
        for (const { clause } of CATALOGUE.filter((each) => each.clause.id.startsWith('A1-17-')))
            expect([clause.id, refused({ clause: clause.id })]).toEqual([clause.id, undefined]);
        expect(refused({ clause: 'A2-1' })).toBe('outcome.clauseNotBinding');
        expect(refused({ clause: 'A1-6-3' })).toBe('outcome.clauseNotBinding');
        expect(refused({ clause: 'no such clause' })).toBe('outcome.clauseNotBinding');
        expect(refused({}, 'p')).toBe('outcome.ownCase');
        expect(refused({ decidedDay: '2026-11-18' })).toBeUndefined();
        expect(refused({ decidedDay: '2026-11-19' })).toBe('outcome.inFuture');
        expect(refused({ happenedDay: '2026-11-11' })).toBe('outcome.decidedBefore');
        expect(refused({ kind: 'sanction' })).toBe('outcome.paperMissing');
        expect(refused({ kind: 'sanction', paperNumber: '示卫处〔2026〕1号' })).toBeUndefined();
    });

    it('ends once, and not by whom it is about', () => {
        const end = (endedAt: number | null, actor: string) => () => decideOutcomeEnd({ endedAt, personId: 'p' }, actor);
        expect(end(null, 'head')).not.toThrow();
        expect(end(1, 'head')).toThrow('outcome.ended');
        expect(end(null, 'p')).toThrow('outcome.ownCase');
    });

    it('names a place of the notice, and no clause that binds nobody', () => {
        const articles = CATALOGUE.map(({ clause }) => clause.article);
        for (const basis of Object.values(OUTCOME_BASIS)) expect(articles).toContain(basis);
        expect(BREACHABLE.some(({ article }) => article.startsWith('附件2'))).toBe(false);
        expect(BREACHABLE.map(({ id }) => id)).toContain('Z3.4-2');
    });

    it('is seen by heads and inspectors; others see their department or themselves', () => {
        const scopes = ROLES.map((role) => [role, outcomeScope([role])] as const).filter(([, scope]) => scope !== 'own');
        expect(scopes).toEqual([
            ['sectionHead', 'department'],
            ['instituteHead', 'all'],
            ['agencyHead', 'all'],
            ['inspector', 'all'],
        ]);
        expect(outcomeScope(['sectionHead', 'inspector'])).toBe('all');
    });
});
