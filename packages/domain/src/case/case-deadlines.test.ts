import { describe, expect, it } from 'vitest';
import { DOCUMENT_TYPE_IDS } from '../document/document-type.ts';
import type { CaseFacts } from './case.ts';
import { countdownFor, countdownsOf } from './case-deadlines.ts';
import { at, document, facts, type Move, walk } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

const documents = DOCUMENT_TYPE_IDS.map((type) => document(type));
const HELD: Move[] = [
    ['approve', '2026-09-01 09:30'],
    ['execute', '2026-09-01 10:30', { measure: 'seizure' }],
];
const seized = (more: Partial<CaseFacts> = {}) => walk(facts({ procedure: 'coercion', documents, ...more }), HELD);
const seizure = (of: CaseFacts, now: string) =>
    countdownFor(PROCEDURE_TABLES.coercion, { ...of, now: at(now) }, 'deadline.seizure');

describe('countdowns', () => {
    it('run, warn, and are late the moment they are', () => {
        expect(seizure(seized(), '2026-09-20 12:00')).toMatchObject({
            state: 'running',
            left: { unit: 'calendarDay', days: 11 },
            metAt: null,
        });
        expect(seizure(seized(), '2026-09-28 12:00')).toMatchObject({ state: 'soon', left: { days: 3 } });
        expect(seizure(seized(), '2026-10-01 23:59')).toMatchObject({ state: 'soon', left: { days: 0 } });
        expect(seizure(seized(), '2026-10-02 00:00')).toMatchObject({ state: 'late', left: { days: -1 } });
    });

    it('are met in time or late, and then rest', () => {
        const lifted = walk(seized(), [['release', '2026-09-25 10:00', { reason: '不再需要' }]]);
        expect(seizure(lifted, '2026-12-01 12:00')).toMatchObject({ state: 'met', metAt: at('2026-09-25 10:00') });
        const late = walk(seized(), [['release', '2026-10-03 10:00', { reason: '期限届满' }]]);
        expect(seizure(late, '2026-12-01 12:00')).toMatchObject({ state: 'metLate' });
    });

    it('are neither late nor in time while the clock is doubted, and what was done stays as it was done', () => {
        const doubted = { ...seized(), clockDoubted: true };
        for (const now of ['2026-09-20 12:00', '2026-09-28 12:00', '2026-10-02 00:00'])
            expect(seizure(doubted, now)).toMatchObject({ state: 'clockDoubted', left: null, end: { lastDay: '2026-10-01' } });
        const late = walk(seized(), [['release', '2026-10-03 10:00', { reason: '期限届满' }]]);
        expect(seizure({ ...late, clockDoubted: true }, '2026-12-01 12:00')).toMatchObject({ state: 'metLate' });
    });

    it('are prolonged once, and stand still while something is tested (强制法 25)', () => {
        const prolonged = walk(seized(), [['extend', '2026-09-20 10:00', { reason: '案情复杂' }]]);
        expect(seizure(prolonged, '2026-10-20 12:00')).toMatchObject({ extended: true, end: { lastDay: '2026-10-31' } });
        const keys = ['deadline.seizure'];
        const testing = { ...seized(), exclusions: [{ from: at('2026-09-10 09:00'), keys }] };
        expect(seizure(testing, '2026-10-20 12:00')).toMatchObject({ state: 'suspended', left: null });
        const tested = { ...seized(), exclusions: [{ from: at('2026-09-10 09:00'), until: at('2026-09-15 09:00'), keys }] };
        expect(seizure(tested, '2026-10-05 12:00')).toMatchObject({ end: { lastDay: '2026-10-06' }, left: { days: 1 } });
        // What was excluded for another term does not stop this one.
        const other = { ...seized(), exclusions: [{ from: at('2026-09-10 09:00'), keys: ['deadline.control'] }] };
        expect(seizure(other, '2026-09-20 12:00')).toMatchObject({ state: 'running' });
    });

    it('of an urgent measure count hours through the night (强制法 19)', () => {
        const urgent = walk(facts({ procedure: 'coercion', documents }), [
            ['executeUrgently', '2026-09-01 20:00', { measure: 'control', reason: '疫情' }],
        ]);
        const report = (now: string) =>
            countdownFor(PROCEDURE_TABLES.coercion, { ...urgent, now: at(now) }, 'deadline.coercionReport');
        expect(report('2026-09-02 08:00')).toMatchObject({ state: 'running', left: { unit: 'hour', ms: 12 * 3_600_000 } });
        expect(report('2026-09-02 15:00')).toMatchObject({ state: 'soon' });
        expect(report('2026-09-02 20:00')).toMatchObject({ state: 'late' });
    });

    it('say that a term was never set, and use a figure set since', () => {
        const opened = facts({ procedure: 'penalty', documents });
        expect(countdownsOf(PROCEDURE_TABLES.penalty, opened)).toEqual([
            expect.objectContaining({ key: 'deadline.caseFiling', state: 'unset', end: null, period: null, standing: 'unknown' }),
        ]);
        const set = {
            ...opened,
            parameters: () => ({ value: { length: 7, unit: 'workday' }, standing: 'verify', basis: '旧53号令', from: 0 }),
        } as unknown as CaseFacts;
        expect(
            countdownFor(PROCEDURE_TABLES.penalty, { ...set, now: at('2026-09-02 09:00') }, 'deadline.caseFiling'),
        ).toMatchObject({
            standing: 'verify',
            end: { lastDay: '2026-09-10' },
        });
    });

    it('warn of limitation, by the longer term where people were harmed (处罚法 36)', () => {
        const of = (graveHarm: boolean) =>
            countdownsOf(
                PROCEDURE_TABLES.penalty,
                facts({ procedure: 'penalty', breachAt: at('2024-12-01 09:00'), graveHarm, now: at('2026-12-02 09:00') }),
            ).map(({ key, state }) => [key, state]);
        expect(of(false)).toContainEqual(['deadline.limitation', 'late']);
        expect(of(true)).toContainEqual(['deadline.limitationGrave', 'running']);
    });

    it('begin with the service of the document where it says when', () => {
        const told = walk(
            facts({
                procedure: 'penalty',
                documents: [
                    ...documents.filter((each) => each.type !== 'priorNotice'),
                    document('priorNotice', 'served', at('2026-10-14 16:00')),
                ],
            }),
            [
                ['file', '2026-09-02 09:00'],
                ['investigate', '2026-10-09 09:00'],
                ['deliberate', '2026-10-12 09:00', { people: 3, grave: false, hearingDue: false, legalReviewDue: false }],
                ['notify', '2026-10-15 09:00', { proposedFine: 1 }],
            ],
        );
        expect(countdownFor(PROCEDURE_TABLES.penalty, told, 'deadline.defence')).toMatchObject({
            from: at('2026-10-14 16:00'),
            end: { lastDay: '2026-10-19' },
        });
    });
});
