import { describe, expect, it } from 'vitest';
import { decideGrade, gradesOn, gradeWeights, type PartyGrade } from './grade.ts';

const grade = (fromDay: string, value: string, decidedAt: number, more: Partial<PartyGrade> = {}): PartyGrade => ({
    partyId: 'p',
    scheme: 'risk',
    grade: value,
    fromDay,
    decidedAt,
    ...more,
});

describe('grades', () => {
    it('hold from their day; of two of one day the one decided last', () => {
        const all = [
            grade('2026-01-01', 'A', 1),
            grade('2026-06-01', 'B', 2),
            grade('2026-06-01', 'C', 3),
            grade('2026-12-01', 'D', 4),
            grade('2026-03-01', 'A', 5, { scheme: 'credit' }),
            grade('2026-03-01', 'D', 5, { partyId: 'q' }),
        ];
        const on = (day: string) => gradesOn(all, 'risk', day).get('p')?.grade;
        expect(['2025-12-31', '2026-01-01', '2026-05-31', '2026-06-01', '2026-12-01'].map(on)).toEqual([
            undefined,
            'A',
            'A',
            'C',
            'D',
        ]);
        expect(gradesOn(all.toReversed(), 'risk', '2026-06-01').get('p')?.grade).toBe('C');
        expect(gradesOn(all, 'credit', '2026-06-01').get('p')?.grade).toBe('A');
    });

    it('weigh what their line says; a slip weighs nothing', () => {
        expect(gradeWeights(['A级｜1', 'B级 | 2', 'B级|9', 'C级|0', 'D级|101', 'E级', '｜3', 'F级|1.5', 'G级|2|3'])).toEqual([
            { grade: 'A级', weight: 1 },
            { grade: 'B级', weight: 2 },
        ]);
    });

    it('are decided once, from a day that has come, among those there are', () => {
        const decide =
            (wanted: object, of: object = {}) =>
            () =>
                decideGrade(
                    { grade: 'B', fromDay: '2026-06-01', ...wanted },
                    { known: ['A', 'B'], current: 'A', today: '2026-06-01', ...of },
                );
        expect(decide({})).not.toThrow();
        expect(decide({ grade: 'Z' })).toThrow('party.gradeUnknown');
        expect(decide({ grade: 'Z' }, { known: [] })).not.toThrow();
        expect(decide({ fromDay: '2026-06-02' })).toThrow('party.gradeInFuture');
        expect(decide({ grade: 'A' })).toThrow('party.gradeSame');
    });
});

it('the earlier of two days gives way, whatever was decided last', () => {
    const grades = [grade('2026-01-01', 'A级', 9), grade('2026-02-01', 'B级', 1), grade('2026-02-01', 'C级', 1)];
    expect(gradesOn(grades, 'risk', '2026-03-01').get('p')).toMatchObject({ grade: 'B级' });
    expect(gradeWeights(['A级｜100', 'B级｜101', 'C级｜0', 'D级｜1'])).toEqual([
        { grade: 'A级', weight: 100 },
        { grade: 'D级', weight: 1 },
    ]);
});
