import { describe, expect, it } from 'vitest';
import { dayOf } from '../kernel/day.ts';
import type { CaseFacts } from './case.ts';
import { caseAnswers } from './case-answers.ts';
import { countdownFor, countdownsOf } from './case-deadlines.ts';
import { figuresOf } from './case-figures.ts';
import { at, codes, given, noticed, walk } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';
import { decideRemedy } from './remedy.decide.ts';
import { type CaseRemedy, REMEDY_RESULTS } from './remedy.ts';

const remedy = (more: Partial<CaseRemedy> = {}): CaseRemedy => ({
    kind: 'review',
    authority: '示例区人民政府',
    begunOn: '2026-11-20',
    suspendedWhy: null,
    endedOn: null,
    result: null,
    ...more,
});
const ended = (result: CaseRemedy['result'], endedOn = '2027-01-15') => remedy({ result, endedOn });

/** Decided on 19 October, served the next day; 15 days of payment end on 4 November. */
const served = walk(noticed({}, { now: at('2029-01-01 09:00') }), [
    ['decide', '2026-10-19 09:00', { fine: 1_000_000 }],
    ['serve', '2026-10-20 09:00'],
    ['publish', '2026-10-21 09:00'],
]);
const contested = (of: CaseFacts, ...remedies: CaseRemedy[]): CaseFacts => ({ ...of, remedies });

describe('a record of a review or a lawsuit', () => {
    type Others = Parameters<typeof decideRemedy>[0]['others'];
    const decide = (
        more: Partial<CaseRemedy> & { note?: string },
        procedure: CaseFacts['procedure'] = 'penalty',
        others: Others = [],
    ) => {
        try {
            const of = { procedure, openedAt: at('2023-09-01 09:00'), others };
            decideRemedy(
                procedure === 'simplePenalty' ? of : { ...of, openedAt: at('2026-09-01 09:00') },
                { note: null, ...remedy(more) },
                '2026-12-01',
            );
            return 'done';
        } catch (error) {
            return (error as { code: string }).code;
        }
    };
    it.each<[string, Partial<CaseRemedy>, string]>([
        ['that runs', {}, 'done'],
        ['that ended the day it began', { endedOn: '2026-11-20', result: 'notHeard' }, 'done'],
        ['that ended before it began', { endedOn: '2026-11-19', result: 'upheld' }, 'case.remedyReversed'],
        ['with a result and no end', { result: 'upheld' }, 'case.remedyHalf'],
        ['with an end and no result', { endedOn: '2026-11-21' }, 'case.remedyHalf'],
        ['of today', { begunOn: '2026-12-01' }, 'done'],
        ['that ended today', { endedOn: '2026-12-01', result: 'upheld' }, 'done'],
        ['of tomorrow', { begunOn: '2026-12-02' }, 'case.dateInFuture'],
        ['that ends tomorrow', { endedOn: '2026-12-02', result: 'upheld' }, 'case.dateInFuture'],
        ['of the day of the opening', { begunOn: '2026-09-01' }, 'done'],
        ['from before the case', { begunOn: '2026-08-31' }, 'case.dateBeforeOpening'],
    ])('%s', (_, more, expected) => {
        expect(decide(more)).toBe(expected);
    });

    it('a lawsuit against a penalty decided on the spot follows a review, or the note says what the court did (复议法 23)', () => {
        const suit = (more: Parameters<typeof decide>[0] = {}, others: Others = []) =>
            decide({ kind: 'lawsuit', ...more }, 'simplePenalty', others);
        expect(suit()).toBe('case.reviewFirst');
        expect(suit({ note: '示例区人民法院裁定不予立案' })).toBe('done');
        expect(suit({}, [{ kind: 'review', begunOn: '2026-11-20' }])).toBe('done');
        // A review that began later came second, and another lawsuit is none.
        expect(suit({}, [{ kind: 'review', begunOn: '2026-11-21' }])).toBe('case.reviewFirst');
        expect(suit({}, [{ kind: 'lawsuit', begunOn: '2026-11-01' }])).toBe('case.reviewFirst');
        // The law asks for it since 2024.
        expect([suit({ begunOn: '2023-12-31' }), suit({ begunOn: '2024-01-01' })]).toEqual(['done', 'case.reviewFirst']);
        expect([decide({}, 'simplePenalty'), decide({ kind: 'lawsuit' })]).toEqual(['done', 'done']);
    });

    it('is of a procedure that decides something', () => {
        const of = (procedure: CaseFacts['procedure']) => decide({}, procedure);
        expect([of('penalty'), of('simplePenalty'), of('coercion'), of('licence')]).toEqual(['done', 'done', 'done', 'done']);
        expect([of('hearing'), of('preservation'), of('complaint')]).toEqual(
            Array.from({ length: 3 }, () => 'case.notContestable'),
        );
    });
});

describe('while it runs', () => {
    it('the case is not closed and the court not asked; what is paid is paid', () => {
        const performed = walk(contested(served, remedy()), [['perform', '2026-12-01 09:00']]);
        expect(codes(performed, 'close', '2026-12-02 09:00')).toEqual(['case.remedyPending']);
        expect(codes(contested(performed, ended('upheld')), 'close', '2027-01-16 09:00')).toEqual([]);
        const demanded = walk(contested(served, remedy()), [['demand', '2026-11-10 09:00']]);
        expect(codes(demanded, 'applyCourt', '2027-06-01 09:00')).toEqual(['case.remedyPending']);
        expect(codes(contested(demanded, ended('upheld')), 'applyCourt', '2027-06-01 09:00')).toEqual([]);
        // Two at once, one of which has ended, still are one that runs.
        expect(
            codes(contested(demanded, ended('notHeard'), remedy({ kind: 'lawsuit' })), 'applyCourt', '2027-06-01 09:00'),
        ).toEqual(['case.remedyPending']);
    });

    it('the page says so', () => {
        const answer = (of: CaseFacts) => caseAnswers(of, [], 0).find((each) => each.code === 'contested');
        expect(answer(served)).toBeUndefined();
        expect(answer(contested(served, remedy()))).toMatchObject({
            status: 'act',
            params: { kind: 'review', authority: '示例区人民政府' },
        });
        expect(answer(contested(served, ended('upheld')))).toBeUndefined();
    });

    it('no day of it adds to a late fine (处罚法 73(3))', () => {
        const days = (now: string, ...remedies: CaseRemedy[]) =>
            figuresOf({ ...contested(served, ...remedies), now: at(now) }).find((each) => each.code === 'lateFine')?.days;
        const without = days('2026-12-01 09:00') ?? 0;
        expect(without).toBeGreaterThan(20);
        // Twelve days from 20 November to 1 December, both counted.
        expect(days('2026-12-01 09:00', remedy())).toBe(without - 12);
        expect(days('2026-12-01 09:00', remedy({ begunOn: '2026-11-20', endedOn: '2026-11-21', result: 'withdrawn' }))).toBe(
            without - 2,
        );
        // Two at the same time take no day twice.
        expect(days('2026-12-01 09:00', remedy(), remedy({ kind: 'lawsuit', begunOn: '2026-11-25' }))).toBe(without - 12);
    });
});

describe('what came of it', () => {
    it.each(REMEDY_RESULTS.map((result) => ({ result })))('$result', ({ result }) => {
        const of = contested(served, ended(result));
        const withdraw = countdownFor(
            PROCEDURE_TABLES.penalty,
            { ...of, now: at('2027-01-18 09:00') },
            'deadline.withdrawPublication',
        );
        const overturns = ['changed', 'annulled', 'illegal', 'void'].includes(result);
        expect(withdraw === undefined ? undefined : dayOf(withdraw.from)).toBe(overturns ? '2027-01-15' : undefined);
        const answer = caseAnswers(of, countdownsOf(PROCEDURE_TABLES.penalty, of), 0).find((each) => each.code === 'overturned');
        expect(answer?.params.result).toBe(overturns ? result : undefined);
        const demanded = walk(of, [['demand', '2026-11-10 09:00']]);
        const undone = result === 'annulled' || result === 'void';
        expect(codes(demanded, 'applyCourt', '2027-06-01 09:00')).toEqual(undone ? ['case.decisionUndone'] : []);
    });

    it('a publication that was taken back owes nothing more, also after the end of the case', () => {
        const closed = walk(contested(served, ended('annulled')), [
            ['perform', '2026-12-01 09:00'],
            ['close', '2026-12-02 09:00'],
        ]);
        const term = (of: CaseFacts) =>
            countdownFor(PROCEDURE_TABLES.penalty, { ...of, now: at('2027-02-01 09:00') }, 'deadline.withdrawPublication')?.state;
        expect(term(closed)).toBe('late');
        // Before it is late the page says that it will be soon, also of a case that is closed.
        const soon = { ...closed, now: at('2027-01-18 09:00') };
        const terms = caseAnswers(soon, countdownsOf(PROCEDURE_TABLES.penalty, soon), 0).find((each) => each.code === 'terms');
        expect(terms).toMatchObject({ status: 'act', params: { late: 0, soon: 1 } });
        expect(term(walk(closed, [['withdrawPublication', '2027-01-18 09:00']]))).toBe('met');
    });

    it('a publication on the day on which the decision fell is taken back as well, be it on that day', () => {
        const term = (...steps: Parameters<typeof walk>[1]) => {
            const of = walk(contested(noticed({}, { now: at('2029-01-01 09:00') }), ended('annulled', '2026-10-21')), [
                ['decide', '2026-10-19 09:00', { fine: 1_000_000 }],
                ['serve', '2026-10-20 09:00'],
                ...steps,
            ]);
            const now = { ...of, now: at('2026-10-22 09:00') };
            return countdownFor(PROCEDURE_TABLES.penalty, now, 'deadline.withdrawPublication')?.state;
        };
        expect(term(['publish', '2026-10-21 09:00'])).toBe('soon');
        expect(term(['publish', '2026-10-21 09:00'], ['withdrawPublication', '2026-10-21 10:00'])).toBe('met');
        // What was taken back before it fell, or never made public, owes nothing.
        expect(term(['publish', '2026-10-20 10:00'], ['withdrawPublication', '2026-10-20 11:00'])).toBeUndefined();
        expect(term()).toBeUndefined();
    });

    it('the window for the court is the one of a party that contested nothing (强制法 53)', () => {
        const window = (...remedies: CaseRemedy[]) =>
            countdownFor(PROCEDURE_TABLES.penalty, contested(served, ...remedies), 'deadline.courtWindow');
        expect(window()).toBeDefined();
        expect(window(ended('upheld'))).toBeUndefined();
    });

    it('a case decided anew is no longer the one that was annulled', () => {
        const reopened = (annulledOn: string) =>
            walk(contested(served, ended('annulled', annulledOn)), [
                ['reopen', '2026-11-25 09:00', { outcome: 'annulledByReview', reason: '重新作出' }],
            ]);
        const isOverturned = (of: CaseFacts) => caseAnswers(of, [], 0).some((each) => each.code === 'overturned');
        // Annulled before, or on the day itself; afterwards it is the new one that fell.
        expect(['2026-11-24', '2026-11-25', '2026-11-26'].map((day) => isOverturned(reopened(day)))).toEqual([
            false,
            false,
            true,
        ]);
        expect(given('penalty').remedies).toEqual([]);
    });
});
