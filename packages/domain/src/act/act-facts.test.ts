import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import { type ActFacts, type FiledRecording, isFootage, isPhotograph, statementInputOf } from './act-facts.ts';
import { coverageOf } from './coverage.ts';
import { documentToleranceOf, exactly, withStoringTerm } from './coverage-facts.ts';
import { statementsOf } from './coverage-statements.ts';

const AT = Date.parse('2026-10-12T01:30:00Z');
const PERSON = '01900000-0000-7000-8000-000000000001';

const file = (id: string, findings: readonly string[]): FiledRecording => ({
    id,
    name: id,
    personId: PERSON,
    device: { id: 'd', number: 'A0173' },
    deviceStart: AT,
    correctedStart: null,
    stretches: [],
    receivedAt: AT + 2 * HOUR,
    state: 'sealed',
    findings: findings.map((code) => ({ code })),
});

const act = (recordings: readonly FiledRecording[]): ActFacts => ({
    id: 'act',
    startsAt: AT,
    endsAt: AT + HOUR,
    segments: [],
    participants: [
        { personId: PERSON, name: '周青', part: 'officer', certificateNumber: '210001', presence: [] },
    ] as unknown as ActFacts['participants'],
    exemptions: [],
    recordings,
    documents: [],
    explanations: [],
    speech: [],
    spoken: [],
    speechRequired: false,
    storeWithinMs: 24 * HOUR,
    documentToleranceMs: MINUTE,
    spokenWithinMs: 2 * MINUTE,
});

const inputOf = (...recordings: FiledRecording[]) => statementInputOf(act(recordings), AT + 3 * HOUR, '');

describe('what was filed under an act', () => {
    test('a photograph is no footage, although it has a moment and no end', () => {
        expect(inputOf(file('photo', ['media.picture'])).recordings).toEqual([]);
        expect(coverageOf(inputOf(file('photo', ['media.picture'])))).toEqual(coverageOf(inputOf()));
    });

    test('nor are positions, nor the log that a recorder keeps; what is only named like a film is', () => {
        const positions = file('track', ['media.positions']);
        expect([isFootage(positions), isPhotograph(positions)]).toEqual([false, false]);
        const named = (name: string, codes: string[]) => inputOf({ ...file('x', codes), name }).recordings.length;
        expect(named('20261118.LOG', ['media.notMedia'])).toBe(0);
        expect(named('DCAM_0001.MP4', ['media.notMedia'])).toBe(1);
        expect(named('film.log', ['media.noMoov'])).toBe(1);
        expect(named('DCAM_0001.MP4', ['media.log'])).toBe(0);
    });

    test('a film that was cut off stays one whose end nobody knows', () => {
        expect(inputOf(file('film', ['media.noIndex'])).recordings).toMatchObject([{ id: 'film', openStart: { device: AT } }]);
    });
});

describe('the term for storing (附件1 第15条)', () => {
    test('is what the organisation has set, where that is sooner', () => {
        expect(withStoringTerm({ length: 12, unit: 'hour' }).storeWithinMs).toBe(12 * HOUR);
        for (const term of [null, { length: 48, unit: 'hour' }, { length: 1, unit: 'workday' }, { length: 0, unit: 'hour' }])
            expect(withStoringTerm(term).storeWithinMs).toBe(24 * HOUR);
    });

    test('decides what is late', () => {
        const came: FiledRecording = {
            ...file('film', []),
            stretches: [
                { id: 's', deviceStart: AT, deviceEnd: AT + HOUR, corrected: { start: exactly(AT), end: exactly(AT + HOUR) } },
            ],
            receivedAt: AT + 19 * HOUR,
        };
        const stored = (hours: number, now: number) => {
            const input = statementInputOf({ ...act([came]), storeWithinMs: hours * HOUR }, now, '');
            return statementsOf(input, coverageOf(input)).find((each) => each.id === 'stored');
        };
        expect(stored(24, AT + 30 * HOUR)?.params).toMatchObject({ late: 0, limitMs: 24 * HOUR });
        expect(stored(12, AT + 30 * HOUR)?.params).toMatchObject({ late: 1, limitMs: 12 * HOUR });
    });
});

describe('the tolerance of times in documents (附件1 第10条)', () => {
    test('is what the organisation has set, where that is stricter', () => {
        expect([0, 30, 60].map(documentToleranceOf)).toEqual([0, 30 * SECOND, MINUTE]);
        for (const none of [null, 61, 3_600, -1]) expect(documentToleranceOf(none)).toBe(MINUTE);
    });

    test('decides what differs', () => {
        const film: FiledRecording = {
            ...file('film', []),
            stretches: [
                { id: 's', deviceStart: AT, deviceEnd: AT + HOUR, corrected: { start: exactly(AT), end: exactly(AT + HOUR) } },
            ],
        };
        // The document says that it began 45 seconds before the recording did.
        const document = { id: 'd', title: '现场笔录', startedAt: AT - 45 * SECOND, endedAt: AT + HOUR };
        const differs = (seconds: number) => {
            const facts = { ...act([film]), documents: [document as never], documentToleranceMs: documentToleranceOf(seconds) };
            const input = statementInputOf(facts, AT + 2 * HOUR, '');
            const found = statementsOf(input, coverageOf(input)).find((each) => each.id === 'documentTimes');
            return found?.details.map((each) => each.code);
        };
        expect(differs(60)).not.toContain('start.short');
        expect(differs(30)).toContain('start.short');
    });
});
