import { describe, expect, it } from 'vitest';
import { PARAMETERS } from '../parameter/parameter-catalogue.ts';
import { attestableFor, decideAttestation, decideAttestationWithdrawal } from './attestation.decide.ts';
import { ATTESTABLES, attestableOf, attestationState, isAsked } from './attestation.ts';
import { CATALOGUE } from './catalogue.ts';

const refused = (work: () => unknown): string | undefined => {
    try {
        work();
    } catch (error) {
        return (error as { code: string }).code;
    }
    return undefined;
};

describe('what people confirm', () => {
    it("has a question, somebody who may answer it and a term that is the unit's own, for every clause of which there is only their word", () => {
        const asked = ATTESTABLES.map(({ clause }) => clause.id);
        for (const { clause, treatment } of CATALOGUE) if (treatment.as === 'attestation') expect(asked).toContain(clause.id);
        for (const { question, by, term } of ATTESTABLES) {
            expect(question.zh).toMatch(/？$/);
            expect(question.en).toMatch(/\?$/);
            expect(question.en).not.toMatch(/[\u4e00-\u9fff]/);
            expect(by.length).toBeGreaterThan(0);
            expect(PARAMETERS[`attestation.${term}Term`].standing).toBe('own');
        }
        expect(new Set(ATTESTABLES.map(({ question }) => question.zh)).size).toBe(ATTESTABLES.length);
    });

    it('is asked of whom the clause binds', () => {
        const rules = attestableOf('A1-14-1');
        const archives = attestableOf('A3-2');
        if (rules === undefined || archives === undefined) throw new Error('missing');
        expect([isAsked(rules, 'districtInstitute'), isAsked(rules, 'districtCommission')]).toEqual([true, false]);
        expect([isAsked(archives, 'districtInstitute'), isAsked(archives, 'cityCommission')]).toEqual([true, true]);
    });

    it('is confirmed by the roles of the question only, and never ahead', () => {
        const head = { roles: ['instituteHead'], kind: 'districtInstitute' } as const;
        expect(attestableFor('A1-14-1', head).clause.article).toBe('附件1 第14条');
        expect(refused(() => attestableFor('A1-14-1', { ...head, roles: ['officer'] }))).toBe('attestation.notYours');
        expect(refused(() => attestableFor('A1-14-1', { ...head, kind: 'cityCommission' }))).toBe('attestation.notAsked');
        expect(refused(() => attestableFor('A1-1', head))).toBe('attestation.notFound');
        expect(refused(() => decideAttestation({ fromDay: '2026-11-18', paperDay: '2026-11-18' }, '2026-11-18'))).toBeUndefined();
        expect(refused(() => decideAttestation({ fromDay: '2026-11-19', paperDay: null }, '2026-11-18'))).toBe(
            'attestation.inFuture',
        );
        expect(refused(() => decideAttestation({ fromDay: '2026-11-01', paperDay: '2026-11-19' }, '2026-11-18'))).toBe(
            'attestation.paperLater',
        );
        expect(refused(() => decideAttestationWithdrawal({ withdrawnAt: 1 }))).toBe('attestation.withdrawn');
    });

    it('holds to the end of its last day', () => {
        expect(attestationState(undefined, '2026-11-18')).toBe('none');
        expect(attestationState('2026-11-18', '2026-11-18')).toBe('confirmed');
        expect(attestationState('2026-11-17', '2026-11-18')).toBe('expired');
    });
});
