import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../kernel/instant.ts';
import { decideInsideSite, decidePresence, decideRoom, decideSegmentRemoval, decideSegments } from './act-segment.decide.ts';
import { type ActSegment, addedScenarios, modalOf, segmentFactsOf, segmentsOrWhole } from './act-segments.ts';

const NOW = Date.UTC(2026, 10, 18, 4);
const refusal = (code: string, params: Record<string, unknown> = {}) => expect.objectContaining({ code, params });
const one: ActSegment = {
    id: 'one',
    scenario: 'routineInspection',
    siteKind: 'premises',
    place: '示范路 188 号',
    premisesId: 'p',
    roomDeviceId: null,
    substituteReason: null,
    startsAt: NOW - 3 * HOUR,
    endsAt: NOW - HOUR,
};
const store: ActSegment = { ...one, id: 'store', scenario: 'evidencePreservation', siteKind: 'inside', place: '三楼库房' };

describe('segments', () => {
    test('an act without any is one made from its own columns', () => {
        const act = { ...one, id: 'act' };
        expect(segmentsOrWhole(act, [])).toEqual([{ ...one, id: 'act' }]);
        expect(segmentsOrWhole({ ...act, premisesId: null }, [])).toMatchObject([{ siteKind: 'place' }]);
        expect(segmentsOrWhole({ ...act, premisesId: null, scenario: 'hearing' }, [])).toMatchObject([{ siteKind: 'room' }]);
        expect(segmentsOrWhole(act, [store])).toEqual([store]);
    });
    test('the act spans all of them', () => {
        const late = { startsAt: NOW - 2 * HOUR, endsAt: NOW + HOUR };
        expect(decideSegments([one, late], 'open', NOW)).toEqual({ startsAt: NOW - 3 * HOUR, endsAt: NOW + HOUR });
        expect(() => decideSegments([], 'open', NOW)).toThrow('act.lastSegment');
        expect(() => decideSegments([{ startsAt: NOW + 1, endsAt: NOW + 2 }], 'open', NOW)).toThrow('act.inFuture');
        expect(decideSegments([{ startsAt: NOW + 1, endsAt: NOW + 2 }], 'planned', NOW).startsAt).toBe(NOW + 1);
        const apart = { startsAt: NOW - 30 * HOUR, endsAt: NOW - 29 * HOUR };
        expect(() => decideSegments([one, apart], 'open', NOW)).toThrow(refusal('act.tooLong', { hours: 24 }));
    });
    test('presence lies within its segment', () => {
        const at = (from: number | null, to: number | null) => [{ name: '张明', presence: [{ segmentId: 'one', from, to }] }];
        expect(() => decidePresence(at(null, null), [one])).not.toThrow();
        expect(() => decidePresence(at(one.startsAt + MINUTE, null), [one])).not.toThrow();
        for (const people of [at(one.startsAt - 1, null), at(null, one.endsAt + 1), at(one.endsAt, null)])
            expect(() => decidePresence(people, [one])).toThrow(refusal('act.presenceOutside', { name: '张明' }));
        expect(() => decidePresence(at(null, null), [store])).toThrow('act.segmentNotFound');
    });
    test('nobody is at two sites at once; inside the premises is there too', () => {
        const everywhere = (ids: string[]) => [
            { name: '张明', presence: ids.map((segmentId) => ({ segmentId, from: null, to: null })) },
        ];
        expect(() => decidePresence(everywhere(['one', 'store']), [one, store])).not.toThrow();
        const kitchen = { ...store, id: 'kitchen', place: '厨房' };
        expect(() => decidePresence(everywhere(['store', 'kitchen']), [store, kitchen])).toThrow(
            refusal('act.inTwoPlaces', { name: '张明' }),
        );
        const after = { ...kitchen, startsAt: store.endsAt, endsAt: store.endsAt + MINUTE };
        expect(() => decidePresence(everywhere(['store', 'kitchen']), [store, after])).not.toThrow();
        const room = { ...one, id: 'room', siteKind: 'room' as const, premisesId: null, roomDeviceId: 'r' };
        expect(() => decidePresence(everywhere(['one', 'room']), [one, room])).toThrow('act.inTwoPlaces');
    });
    test('what stood before and is left as it was is no fault of a change', () => {
        const kitchen = { ...store, id: 'kitchen', place: '厨房' };
        const people = (from: number | null) => [
            {
                name: '张明',
                presence: [
                    { segmentId: 'store', from: null, to: null },
                    { segmentId: 'kitchen', from, to: null },
                ],
            },
        ];
        const before = { people: people(NOW - 2 * HOUR), segments: [store, kitchen] };
        const named = { ...kitchen, place: '厨房和备餐间' };
        expect(() => decidePresence(people(NOW - 2 * HOUR), [store, named], before)).not.toThrow();
        expect(() => decidePresence(people(NOW - HOUR - MINUTE), [store, named], before)).not.toThrow();
        // Longer than it stood, or somebody else: that is this change's own.
        expect(() => decidePresence(people(NOW - 2 * HOUR - 1), [store, named], before)).toThrow('act.inTwoPlaces');
        const other = people(NOW - 2 * HOUR).map((each) => ({ ...each, name: '李强' }));
        expect(() => decidePresence(other, [store, named], before)).toThrow('act.inTwoPlaces');
    });
    test('premises are one place whatever words name it; a site of them and a camera are known by what they are', () => {
        const two = (a: Partial<ActSegment>, b: Partial<ActSegment>) => () =>
            decidePresence(
                [{ name: '张明', presence: ['a', 'b'].map((segmentId) => ({ segmentId, from: null, to: null })) }],
                [
                    { ...one, ...a, id: 'a' },
                    { ...one, ...b, id: 'b' },
                ],
            );
        const inside = { siteKind: 'inside', siteId: 's', place: '库房' } as const;
        const room = { siteKind: 'room', premisesId: null, roomDeviceId: 'r', place: '询问室' } as const;
        const cases: [Partial<ActSegment>, Partial<ActSegment>, boolean][] = [
            [{}, { place: '示范路 188 号（二期）' }, false],
            [inside, { ...inside, place: '三楼库房' }, false],
            [inside, { ...inside, siteId: 't' }, true],
            [{ ...inside, siteId: null }, { ...inside, siteId: 's' }, false],
            [{}, { premisesId: 'q' }, true],
            [{}, { premisesId: null }, true],
            [room, { ...room, place: '一号询问室' }, false],
            [room, { ...room, roomDeviceId: 'q' }, true],
            // A camera and a place are told apart by what they are; two rooms whose camera is not known, by their words.
            [room, { ...room, roomDeviceId: null }, false],
            [{ ...room, roomDeviceId: null }, { ...room, roomDeviceId: null, place: '听证室' }, true],
            [{ siteKind: 'place', premisesId: null }, { siteKind: 'place', premisesId: null }, false],
            [{ siteKind: 'place', premisesId: null }, { siteKind: 'place', premisesId: null, place: '路口' }, true],
        ];
        for (const [a, b, apart] of cases)
            if (apart) expect(two(a, b), JSON.stringify([a, b])).toThrow('act.inTwoPlaces');
            else expect(two(a, b), JSON.stringify([a, b])).not.toThrow();
    });
    test('the last one and an exempt one stay', () => {
        expect(() => decideSegmentRemoval(1, 0)).toThrow('act.lastSegment');
        expect(() => decideSegmentRemoval(2, 1)).toThrow('act.segmentHasExemption');
        expect(() => decideSegmentRemoval(2, 0)).not.toThrow();
        for (const device of [undefined, { kind: 'recorder' }]) expect(() => decideRoom(device)).toThrow('act.roomNotRoom');
        expect(() => decideRoom({ kind: 'roomCamera' })).not.toThrow();
        const site = { premisesId: 'p', closedDay: null };
        expect(() => decideInsideSite(site, 'p')).not.toThrow();
        for (const [other, premises] of [
            [undefined, 'p'],
            [site, 'q'],
            [site, null],
            [{ ...site, closedDay: '2026-11-18' }, 'p'],
        ] as const)
            expect(() => decideInsideSite(other, premises)).toThrow('act.siteNotOfPremises');
    });
    test('a hearing and what is in a room are judged on the room; the nine are a must (正文二(二)1, 3)', () => {
        const facts = (more: Partial<ActSegment>) => segmentFactsOf({ ...one, ...more, recording: 'must' })[0];
        expect(facts({})).toMatchObject({ onSite: true, room: null });
        expect(facts({ siteKind: 'room', roomDeviceId: 'r' })).toMatchObject({ onSite: false, room: { carrierId: 'r' } });
        expect(facts({ scenario: 'hearing', siteKind: 'place' })).toMatchObject({ onSite: false, room: { carrierId: null } });
        expect([modalOf('hearing'), modalOf('routineInspection'), modalOf('own.应急', { 'own.应急': 'must' })]).toEqual([
            'must',
            'should',
            'must',
        ]);
    });
    test('an organisation adds scenarios by name; only 应当 is a must', () => {
        expect(addedScenarios(['日常检查｜应当', '夜间巡查|应当', '应急处置｜可以', '写错了', '｜应当'])).toEqual({
            routineInspection: 'must',
            'own.夜间巡查': 'must',
            'own.应急处置': 'should',
            'own.写错了': 'should',
        });
    });
});
