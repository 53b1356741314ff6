import { MINUTE } from '@liuhen/domain';
import { expect, test } from 'vitest';
import type { Track } from '../recording/tracks.ts';
import { type ActFinding, findingFactsOf } from './finding-facts.ts';
import type { ActDetail } from './strip-chart-input.ts';

const START = Date.UTC(2026, 10, 18, 1, 31);
const at = (minutes: number) => START + minutes * MINUTE;
const finding = (more: Partial<ActFinding>) =>
    ({
        id: 'f',
        code: 'recording.gap',
        state: 'open',
        from: null,
        to: null,
        aboutId: null,
        params: {},
        person: null,
        goneSince: null,
        ...more,
    }) as ActFinding;
const act = {
    startsAt: at(0),
    endsAt: at(60),
    recordings: [
        {
            id: 'r',
            stretches: [
                { deviceStart: at(1), deviceEnd: at(10), corrected: { start: { at: at(3) } } },
                { deviceStart: at(12), deviceEnd: at(20), corrected: { start: { at: at(14) } } },
            ],
        },
    ],
} as unknown as ActDetail;
/** A recorder whose clock is two minutes slow. */
const track: Track = {
    ...{ id: 'zhang', label: '' },
    segments: [{ recordingId: 'r', name: '', start: at(3), end: at(22), mediaStartMs: 0, deviceStart: at(1) }],
};
const words = { what: () => 'what', note: () => 'note' };
const places = (of: ActFinding, clock: 'corrected' | 'device' = 'corrected') =>
    findingFactsOf([of], act, { tracks: [track], clock, words }).map(({ during }) => [
        (during.start - START) / MINUTE,
        (during.end - START) / MINUTE,
    ]);

test('a finding lies at its own stretch, at the recording or at the moment that it is about', () => {
    expect(places(finding({ from: at(20), to: at(25) }))).toEqual([[20, 25]]);
    expect(places(finding({ code: 'stored.late', aboutId: 'r' }))).toEqual([[3, 22]]);
    expect(places(finding({ code: 'check.missing', params: { usedAt: at(3) } }))).toEqual([[3, 3]]);
    expect(places(finding({ code: 'document.startDiffers' }))).toEqual([[0, 0]]);
    expect(places(finding({ code: 'document.endDiffers' }))).toEqual([[60, 60]]);
});

test('what concerns the act as a whole, and what was made good, has no place', () => {
    expect(places(finding({ code: 'party.missing' }))).toEqual([]);
    expect(places(finding({ from: at(20), to: at(25), state: 'settled' }))).toEqual([]);
});

test('on the clock of the devices it stands where the recorder of that person showed it', () => {
    const person = { id: 'zhang', name: '张明', certificateNumber: null };
    expect(places(finding({ from: at(10), to: at(12), person }), 'device')).toEqual([[8, 10]]);
});

test('what was ruled on a gap says whose it is; what facts overtook, and what is about no gap, says nothing', () => {
    const person = { id: 'zhang', name: '张明', certificateNumber: null };
    const ruled = (more: Partial<ActFinding>) =>
        findingFactsOf([finding({ from: at(1), to: at(2), person, ...more })], act, { tracks: [], clock: 'corrected', words })[0]
            ?.ruled;
    expect(ruled({ state: 'stands' })).toEqual({ carrierId: 'zhang', ruling: 'confirmed' });
    expect(ruled({ state: 'disputed', code: 'recording.none' })).toEqual({ carrierId: 'zhang', ruling: 'disputed' });
    expect(ruled({ state: 'stands', code: 'room.gap', person: null, aboutId: 'room' })).toEqual({
        carrierId: 'room',
        ruling: 'confirmed',
    });
    for (const state of ['open', 'answered', 'explained'] as const) expect(ruled({ state })).toBeUndefined();
    expect(ruled({ state: 'stands', goneSince: at(99) })).toBeUndefined();
    expect(ruled({ state: 'stands', code: 'officers.alone' })).toBeUndefined();
});

test('states are told apart, an upheld dispute like an explanation', () => {
    const looks = (['open', 'answered', 'stands', 'explained', 'disputed'] as const).flatMap((state) =>
        findingFactsOf([finding({ from: at(1), to: at(2), state })], act, { tracks: [], clock: 'corrected', words }),
    );
    expect(looks.map(({ look }) => look)).toEqual(['open', 'waiting', 'stands', 'explained', 'explained']);
    // That nothing was recorded is explained, and the chart does not draw it as done with (附件1 第5条).
    const inVain = finding({ code: 'recording.none', from: at(1), to: at(2), state: 'explained' });
    expect(findingFactsOf([inVain], act, { tracks: [], clock: 'corrected', words }).map(({ look }) => look)).toEqual(['unmet']);
    // Confirmed, and not found any more by facts that came: it waits for somebody.
    const overtaken = finding({ from: at(1), to: at(2), state: 'stands', goneSince: at(99) });
    expect(findingFactsOf([overtaken], act, { tracks: [], clock: 'corrected', words }).map(({ look }) => look)).toEqual([
        'waiting',
    ]);
});
