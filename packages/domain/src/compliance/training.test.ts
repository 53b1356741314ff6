import { expect, test } from 'vitest';
import { startOfDay } from '../kernel/day.ts';
import { decideAttendance, decideTraining } from './training.decide.ts';
import { countsAsTrained, topicsFor, trainingState } from './training.ts';

test('who has to be trained in what (正文四(一), 附件3 第4条)', () => {
    expect(topicsFor('officer', ['officer'])).toEqual(['wholeProcess', 'recorder']);
    expect(topicsFor('assistant', ['assistant'])).toEqual(['recorder']);
    expect(topicsFor('staff', ['archivist'])).toEqual(['archive']);
    expect(topicsFor('staff', [])).toEqual([]);
});

test('a failed test leaves somebody untrained, and a training holds to the end of its last day', () => {
    expect([countsAsTrained('passed'), countsAsTrained('notTested'), countsAsTrained('failed')]).toEqual([true, true, false]);
    const time = { now: startOfDay('2026-11-18'), trusted: true };
    expect(trainingState(null, time)).toBe('never');
    expect(trainingState('2026-11-18', time)).toBe('trained');
    expect(trainingState('2026-11-17', time)).toBe('expired');
    expect(trainingState('2026-11-17', { ...time, trusted: false })).toBe('clockDoubted');
    expect(trainingState(null, { ...time, trusted: false })).toBe('never');
});

test('attendance is entered once the training has begun, with the day of the test where there was one', () => {
    expect(() => decideTraining({ fromDay: '2026-11-18', toDay: '2026-11-17' })).toThrow('training.endsBefore');
    const training = { fromDay: '2026-11-10', cancelledAt: null };
    const attend = (given: object, of: object = {}) =>
        decideAttendance({ ...training, ...of }, { result: 'notTested', testedDay: null, ...given }, '2026-11-18');
    expect(() => attend({})).not.toThrow();
    expect(() => attend({ result: 'passed', testedDay: '2026-11-18' })).not.toThrow();
    expect(() => attend({ result: 'passed' })).toThrow('training.testDayWrong');
    expect(() => attend({ testedDay: '2026-11-12' })).toThrow('training.testDayWrong');
    expect(() => attend({ result: 'failed', testedDay: '2026-11-09' })).toThrow('training.testDayWrong');
    expect(() => attend({ result: 'failed', testedDay: '2026-11-19' })).toThrow('training.testDayWrong');
    expect(() => attend({}, { fromDay: '2026-11-19' })).toThrow('training.notYet');
    expect(() => attend({}, { cancelledAt: 1 })).toThrow('training.cancelled');
});
