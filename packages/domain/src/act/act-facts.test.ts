import { describe, expect, test } from 'vitest';
import { HOUR } from '../kernel/instant.ts';
import { type ActFacts, type FiledRecording, statementInputOf } from './act-facts.ts';
import { coverageOf } from './coverage.ts';

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
});

const inputOf = (...recordings: FiledRecording[]) => statementInputOf(act(recordings), AT + 3 * HOUR, '');

describe('what was filed under an act', () => {
    test('a photograph is no footage, although it has a moment and no end', () => {
        expect(inputOf(file('photo', ['media.picture'])).recordings).toEqual([]);
        expect(coverageOf(inputOf(file('photo', ['media.picture'])))).toEqual(coverageOf(inputOf()));
    });

    test('a film that was cut off stays one whose end nobody knows', () => {
        expect(inputOf(file('film', ['media.noIndex'])).recordings).toMatchObject([{ id: 'film', openStart: { device: AT } }]);
    });
});
