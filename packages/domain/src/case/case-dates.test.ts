import { describe, expect, it } from 'vitest';
import type { DocumentType } from '../document/document-type.ts';
import type { CaseDocument } from './case.ts';
import { at, codes, document, given, NOTICED, noticed, PANEL, served, walk, without } from './case-testing.ts';

describe('guards refuse', () => {
    it('papers from before a case was reopened', () => {
        const reopened = walk(given('penalty', { documents: served('priorNotice', '2026-10-13 09:00') }), [
            ...NOTICED,
            ['decide', '2026-10-19 09:00', { fine: 500_000 }],
            ['serve', '2026-10-20 09:00'],
            ['reopen', '2026-12-01 09:00', { outcome: 'annulledByReview', reason: '复议撤销' }],
        ]);
        expect(codes(reopened, 'investigate', '2026-12-02 09:00')).toEqual(['case.documentStale']);
        const anew = (each: CaseDocument): CaseDocument => ({ ...each, madeAt: at('2026-12-01 10:00') });
        const again = walk({ ...reopened, documents: reopened.documents.map(anew) }, [
            ['investigate', '2026-12-02 09:00'],
            ['deliberate', '2026-12-03 09:00', PANEL],
            ['notify', '2026-12-04 09:00', { proposedFine: 1 }],
        ]);
        expect(
            codes({ ...again, documents: served('priorNotice', '2026-12-04 09:00').map(anew) }, 'decide', '2026-12-07 09:00', {
                fine: 1,
            }),
        ).toEqual(['case.defenceTermRuns']);
        // One made elsewhere bears a day, and no more.
        const imported = (datedOn: string) => [
            { ...document('investigationReport', 'imported'), datedOn },
            ...without('investigationReport').map(anew),
        ];
        const with_ = (datedOn: string) =>
            codes({ ...reopened, documents: imported(datedOn) }, 'investigate', '2026-12-02 09:00');
        expect(with_('2026-11-30')).toEqual(['case.documentStale']);
        expect(with_('2026-12-01')).toEqual([]);
    });

    it('a hearing of before a case was reopened', () => {
        const closed = (when: string) =>
            [{ procedure: 'hearing', state: 'closed', number: 'TZ-1', openedAt: at(when), heldAt: null }] as const;
        const asked = noticed({ hearingDue: true });
        const record = (step: string, when: string, to: string) =>
            ({ step, at: at(when), actor: 'x', as: 'handler', data: {}, from: 'noticed', to }) as const;
        const steps = [record('reopen', '2026-10-14 09:00', 'filed'), record('requestHearing', '2026-10-14 10:00', 'noticed')];
        const refusals = (when: string) =>
            codes({ ...asked, steps: [...asked.steps, ...steps], children: closed(when) }, 'decide', '2026-11-20 09:00', {
                fine: 1,
            });
        expect(refusals('2026-10-13 09:00')).toContain('case.hearingNotHeld');
        expect(refusals('2026-10-15 09:00')).not.toContain('case.hearingNotHeld');
    });

    describe('days that the papers say themselves', () => {
        const dated = (type: DocumentType, more: Partial<CaseDocument>) => [
            ...without(type),
            { ...document(type, 'approved'), ...more },
        ];
        const filed = (documents: CaseDocument[]) => walk(given('penalty', { documents }), [['file', '2026-09-02 09:00']]);

        it('a paper later than the step it proves', () => {
            const start = given('penalty', { documents: dated('filingReport', { approvedAt: at('2026-09-03 09:00') }) });
            expect(codes(start, 'file', '2026-09-02 09:00')).toEqual(['case.documentLater']);
            expect(codes(start, 'file', '2026-09-03 08:00')).toEqual([]);
        });

        it('a paper earlier than the step it follows from', () => {
            const early = filed(dated('investigationReport', { approvedAt: at('2026-09-01 18:00') }));
            expect(codes(early, 'investigate', '2026-09-10 09:00')).toEqual(['case.documentEarlier']);
            const later = filed(dated('investigationReport', { approvedAt: at('2026-09-02 08:00') }));
            expect(codes(later, 'investigate', '2026-09-10 09:00')).toEqual([]);
        });

        it('a seizure that was handed over before it was approved; on the spot the signature says when', () => {
            const held = (signedAt: string) =>
                codes(
                    walk(
                        given('coercion', {
                            documents: [
                                ...without('sceneRecord'),
                                {
                                    ...document('sceneRecord', 'issued'),
                                    signedAt: at(signedAt),
                                    issuedAt: at('2026-09-09 09:00'),
                                },
                            ],
                        }),
                        [['approve', '2026-09-02 09:00']],
                    ),
                    'execute',
                    '2026-09-02 15:00',
                    { measure: 'seizure' },
                );
            expect(held('2026-09-01 15:00')).toEqual(['case.documentEarlier']);
            expect(held('2026-09-02 15:00')).toEqual([]);
        });

        it('a decision dated before the party was told, whatever day the steps say (处罚法 44)', () => {
            const told = noticed({}, { now: at('2026-12-31 12:00') });
            const decided = (approvedAt: string) =>
                codes(
                    {
                        ...told,
                        documents: told.documents.map((each) =>
                            each.type === 'penaltyDecision' ? { ...each, approvedAt: at(approvedAt) } : each,
                        ),
                    },
                    'decide',
                    '2026-11-20 09:00',
                    { fine: 1 },
                );
            expect(decided('2026-10-12 09:00')).toContain('case.decidedBeforeTold');
            expect(decided('2026-11-20 09:00')).toEqual([]);
        });
    });
});
