import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interval } from '../kernel/interval.ts';
import { intersect, totalLength, union } from '../kernel/interval.ts';
import { coverageOf } from './coverage.ts';
import type { ActSegmentFacts, CoverageInput, ParticipantFacts } from './coverage-facts.ts';
import { aloneMs } from './coverage-required.ts';
import { act, actSegment, exemption, officer, present, recording, seconds, segment } from './coverage-testing.ts';

const LAST = 600;
const span = fc
    .tuple(fc.integer({ min: 0, max: LAST - 1 }), fc.integer({ min: 1, max: LAST }))
    .map(([from, lasts]) => seconds(from, Math.min(LAST, from + lasts)));
const footage = fc.array(span, { maxLength: 8 });
const officers = fc.array(fc.option(span, { nil: null }), { minLength: 1, maxLength: 4 });

const filmed = (spans: readonly Interval[], by = 'a') =>
    spans.map((each, index) => recording(`r${by}${index}`, by, [segment(`s${by}${index}`, each)]));
const whole = seconds(0, LAST);
const build = (segments: readonly ActSegmentFacts[], participants: readonly ParticipantFacts[], more: Partial<CoverageInput>) =>
    act({ stated: whole, segments, participants, ...more });
const ofA = (input: CoverageInput) => {
    const found = coverageOf(input).find((each) => each.personId === 'a');
    if (found === undefined) throw new Error('officer a is missing');
    return found;
};

/** The same act told as several segments that follow each other, with the same people at the same times. */
function divided(cuts: readonly number[], own: Interval | null): { segments: ActSegmentFacts[]; own: ParticipantFacts['own'] } {
    const edges = [0, ...new Set(cuts), LAST].toSorted((a, b) => a - b);
    const segments = edges.slice(1).flatMap((end, index) => {
        const start = edges[index] ?? 0;
        return start === end ? [] : [actSegment(`p${index}`, seconds(start, end))];
    });
    const stays = segments.flatMap(({ id, during }) => {
        const stay = intersect(during, own ?? whole);
        return stay === undefined ? [] : [present(stay, id)];
    });
    return { segments, own: stays };
}

describe('what was required', () => {
    test('is covered by the union of the footage, instant by instant', () => {
        fc.assert(
            fc.property(footage, fc.array(span, { minLength: 1, maxLength: 4 }), (spans, during) => {
                const segments = during.map((each, index) => actSegment(`p${index}`, each));
                const own = segments.map((each) => present(null, each.id));
                const coverage = ofA(build(segments, [officer('a', { own })], { recordings: filmed(spans) }));
                const required = union(during);
                // Recorders cut files: up to the join limit of 2 s they are one.
                const seen = union(spans, 2_000).flatMap((each) => required.flatMap((part) => intersect(part, each) ?? []));
                expect(coverage.required).toEqual(required);
                expect(coverage.coveredMs + totalLength(coverage.gaps)).toBe(totalLength(required));
                expect(coverage.coveredMs).toBeLessThanOrEqual(totalLength(seen));
                expect(coverage.coveredMs).toBeGreaterThanOrEqual(
                    totalLength(union(spans.flatMap((each) => required.flatMap((part) => intersect(part, each) ?? [])))),
                );
            }),
        );
    });

    test('does not change when a segment is split', () => {
        const cuts = fc.array(fc.integer({ min: 1, max: LAST - 1 }), { maxLength: 5 });
        fc.assert(
            fc.property(
                footage,
                cuts,
                fc.option(span, { nil: null }),
                fc.array(span, { maxLength: 2 }),
                (spans, at, stay, free) => {
                    const recordings = filmed(spans);
                    const exemptions = free.map((each, index) => exemption(`x${index}`, each));
                    const one = ofA(
                        build([actSegment('w', whole)], [officer('a', { own: [present(stay, 'w')] })], {
                            recordings,
                            exemptions,
                        }),
                    );
                    const { segments, own } = divided(at, stay);
                    const several = ofA(build(segments, [officer('a', { own })], { recordings, exemptions }));
                    expect({ ...several, segments: [] }).toEqual({ ...one, segments: [] });
                    const sum = (of: 'requiredMs' | 'coveredMs' | 'exemptMs') =>
                        several.segments.reduce((all, each) => all + each[of], 0);
                    expect([sum('requiredMs'), sum('coveredMs'), sum('exemptMs')]).toEqual([
                        one.requiredMs,
                        one.coveredMs,
                        one.exemptMs,
                    ]);
                },
            ),
        );
    });

    test('of the two officers neither does', () => {
        const cuts = fc.array(fc.integer({ min: 1, max: LAST - 1 }), { maxLength: 5 });
        fc.assert(
            fc.property(officers, cuts, (stays, at) => {
                const { segments } = divided(at, null);
                const one = stays.map((stay) => ({ own: [present(stay, 'w')] }));
                const several = stays.map((stay) => ({ own: divided(at, stay).own }));
                expect(aloneMs(segments, several)).toBe(aloneMs([actSegment('w', whole)], one));
            }),
        );
    });

    test('the two officers are counted instant by instant', () => {
        fc.assert(
            fc.property(officers, (stays) => {
                const seconds_ = Array.from({ length: LAST }, (_, at) => seconds(at, at + 1).start);
                const alone = seconds_.filter(
                    (at) => stays.filter((stay) => stay === null || (stay.start <= at && at < stay.end)).length < 2,
                );
                const own = stays.map((stay) => ({ own: [present(stay, 'w')] }));
                expect(aloneMs([actSegment('w', whole)], own)).toBe(alone.length * 1_000);
            }),
        );
    });
});

describe('split teams', () => {
    const upstairs = actSegment('up', seconds(0, 400));
    const store = actSegment('store', seconds(300, 600));
    const a = officer('a', { own: [present(null, 'up')] });
    const b = officer('b', { own: [present(null, 'store')] });
    test('everybody owes their own segments only', () => {
        const coverage = coverageOf(
            build([upstairs, store], [a, b], { recordings: [...filmed([seconds(0, 400)]), ...filmed([seconds(300, 500)], 'b')] }),
        );
        expect(coverage.map((each) => [each.personId, each.required, each.permille])).toEqual([
            ['a', [seconds(0, 400)], 1000],
            ['b', [seconds(300, 600)], 666],
        ]);
        expect(coverage.map((each) => each.segments.map(({ segmentId, permille }) => [segmentId, permille]))).toEqual([
            [['up', 1000]],
            [['store', 666]],
        ]);
    });
    test('an exemption at one site frees nobody at the other', () => {
        const exemptions = [exemption('x', seconds(0, 600), { segmentId: 'store' })];
        const coverage = coverageOf(build([upstairs, store], [a, b], { exemptions }));
        expect(coverage.map((each) => each.gaps.map((gap) => [gap.start, gap.end, gap.state]))).toEqual([
            [[seconds(0, 1).start, seconds(0, 400).end, 'open']],
            [[seconds(300, 301).start, seconds(0, 600).end, 'exempt']],
        ]);
    });
    test('between two segments nothing is owed, and edges of each are tolerated to the minute', () => {
        const later = actSegment('later', seconds(500, 600));
        const both = officer('a', { own: [present(null, 'up'), present(null, 'later')] });
        const [coverage] = coverageOf(
            build([upstairs, later], [both], { recordings: filmed([seconds(0, 360), seconds(540, 600)]) }),
        );
        expect(coverage?.required).toEqual([seconds(0, 400), seconds(500, 600)]);
        expect(coverage?.gaps.map((gap) => [gap.place, gap.state])).toEqual([
            ['trailing', 'tolerated'],
            ['leading', 'tolerated'],
        ]);
    });
    test('a gap that runs from a wanted part into a must is cut there', () => {
        const wanted = actSegment('up', seconds(0, 300), { recording: 'should' });
        const both = officer('a', { own: [present(null, 'up'), present(null, 'store')] });
        const [coverage] = coverageOf(build([wanted, store], [both], {}));
        expect(coverage?.gaps.map((gap) => [gap.start, gap.end, gap.modal, gap.place])).toEqual([
            [seconds(0, 1).start, seconds(0, 300).end, 'should', 'whole'],
            [seconds(300, 301).start, seconds(0, 600).end, 'must', 'whole'],
        ]);
    });
});
