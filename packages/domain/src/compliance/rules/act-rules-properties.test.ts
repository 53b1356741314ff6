import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../act/coverage.ts';
import type { RecordingFacts, SegmentFacts } from '../../act/coverage-facts.ts';
import { cutOff, recording, seconds, segment } from '../../act/coverage-testing.ts';
import { HOUR } from '../../kernel/instant.ts';
import { facts, judged } from './act-rules-testing.ts';
import { type City, cityAct } from './city/act-testing.ts';
import { ACT_RULE_IDS, type ActRuleFacts, type RuleVerdict } from './rule.ts';

const CITY: City = { seed: 7, organisations: 3, officers: 240, from: Date.UTC(2025, 11, 31, 16), months: 12, wrongPermille: 60 };
/** Of any act of the city: of every kind, right and wrong. */
const numbers = fc.integer({ min: 0, max: 1e6 });

/** Every time and only times are that large. */
const shifted = <T>(value: T, by: number): T =>
    JSON.parse(JSON.stringify(value), (_, at) => (typeof at === 'number' && at > 1e12 ? at + by : at));

const withStatement = (of: ActRuleFacts, more: Partial<ActRuleFacts['statement']>): ActRuleFacts => ({
    ...of,
    statement: { ...of.statement, ...more },
});
const byRule = (of: ActRuleFacts, now: number) => new Map(judged(of, now).verdicts.map((each) => [each.rule, each]));
const gapsOf = (of: ActRuleFacts, now: number) =>
    coverageOf({ ...of.statement, now }).map(({ personId, gaps, coveredMs }) => ({ personId, gaps, coveredMs }));

describe('what may not change a verdict', () => {
    test('all times a whole number of days later', () => {
        fc.assert(
            fc.property(numbers, fc.integer({ min: -300, max: 3_000 }), (number, days) => {
                const { facts: of, now } = cityAct(CITY, number);
                const by = days * 24 * HOUR;
                const there = judged(of, now).verdicts.map(withoutKeys);
                const moved = judged(shifted(of, by), now + by).verdicts.map(withoutKeys);
                expect(moved).toEqual(shifted(there, by));
            }),
        );
    });
    test('the order in which files, reasons and exemptions are given', () => {
        fc.assert(
            fc.property(numbers, (number) => {
                const { facts: of, now } = cityAct(CITY, number);
                const { recordings, explanations, exemptions, spoken } = of.statement;
                const turned = withStatement(of, {
                    recordings: recordings.toReversed(),
                    explanations: explanations.toReversed(),
                    exemptions: exemptions.toReversed(),
                    spoken: spoken.toReversed(),
                });
                expect(judged({ ...turned, checks: of.checks.toReversed() }, now).verdicts.map(inAnyOrder)).toEqual(
                    judged(of, now).verdicts.map(inAnyOrder),
                );
            }),
        );
    });
    test('the order of the people', () => {
        fc.assert(
            fc.property(numbers, (number) => {
                const { facts: of, now } = cityAct(CITY, number);
                const turned = withStatement(of, { participants: of.statement.participants.toReversed() });
                expect(judged(turned, now).verdicts.map(inAnyOrder)).toEqual(judged(of, now).verdicts.map(inAnyOrder));
            }),
        );
    });
    test('a segment cut in two where nothing is missing', () => {
        fc.assert(
            fc.property(numbers, fc.integer({ min: 1, max: 999 }), (number, permille) => {
                const { facts: of, now } = cityAct(CITY, number);
                const cut = (each: RecordingFacts) => ({
                    ...each,
                    segments: each.segments.flatMap((one) => inTwo(one, permille)),
                });
                const more = withStatement(of, { recordings: of.statement.recordings.map(cut) });
                expect(gapsOf(more, now)).toEqual(gapsOf(of, now));
                expect(judged(more, now).verdicts).toEqual(judged(of, now).verdicts);
            }),
        );
    });
    test('a clock that shows another zone, once it is corrected', () => {
        fc.assert(
            fc.property(numbers, fc.integer({ min: -14, max: 14 }), (number, hours) => {
                const { facts: of, now } = cityAct(CITY, number);
                const away = (each: SegmentFacts): SegmentFacts =>
                    each.corrected === null
                        ? each
                        : { ...each, device: { start: each.device.start + hours * HOUR, end: each.device.end + hours * HOUR } };
                const recordings = of.statement.recordings.map((each) => ({ ...each, segments: each.segments.map(away) }));
                expect(judged(withStatement(of, { recordings }), now).verdicts).toEqual(judged(of, now).verdicts);
            }),
        );
    });
});

/** Of several files or words of one moment, any may be named first. */
const withoutKeys = ({ findings, unsure, ...verdict }: RuleVerdict) => ({
    ...verdict,
    findings: findings.map(({ key: _, ...each }) => each),
    unsure: unsure.map(({ key: _, ...each }) => each),
});
const inAnyOrder = ({ findings, unsure, ...verdict }: RuleVerdict) => ({
    ...verdict,
    findings: findings.map((each) => JSON.stringify(each)).toSorted(),
    unsure: unsure.map((each) => JSON.stringify(each)).toSorted(),
});

function inTwo(of: SegmentFacts, permille: number): SegmentFacts[] {
    const { device, corrected } = of;
    const into = Math.floor(((device.end - device.start) * permille) / 1000);
    if (into === 0) return [of];
    const at = device.start + into;
    const moved =
        corrected === null
            ? null
            : { at: corrected.start.at + into, lower: corrected.start.lower + into, upper: corrected.start.upper + into };
    return [
        {
            id: `${of.id}<`,
            device: { start: device.start, end: at },
            corrected: corrected && moved && { start: corrected.start, end: moved },
        },
        {
            id: `${of.id}>`,
            device: { start: at, end: device.end },
            corrected: corrected && moved && { start: moved, end: corrected.end },
        },
    ];
}

describe('what may only help', () => {
    test('footage of everybody throughout never makes a fail of what passed', () => {
        fc.assert(
            fc.property(numbers, (number) => {
                const { facts: of, now } = cityAct(CITY, number);
                const { participants, recordings, segments } = of.statement;
                const carriers = [
                    ...participants.filter((each) => each.part === 'officer').map((each) => each.id),
                    ...segments.flatMap((each) => each.room?.carrierId ?? []),
                ];
                const hull = segments.map((each) => each.during);
                if (hull.length === 0) return;
                const at = { start: Math.min(...hull.map((each) => each.start)), end: Math.max(...hull.map((each) => each.end)) };
                const whole = carriers.map((id) => ({
                    ...recording(`whole ${id}`, id, [segment(`whole ${id}`, at)]),
                    storedAt: at.end,
                }));
                const more = { ...withStatement(of, { recordings: [...recordings, ...whole] }), checks: of.checks };
                const before = byRule(of, now);
                for (const { rule, verdict, findings } of judged(more, now).verdicts) {
                    if (['recordedThroughout', 'interruptionsExplained'].includes(rule))
                        expect([rule, verdict]).toEqual([
                            rule,
                            // What nobody had to record is not interrupted either; where nobody did, it was not before.
                            before.get('recordedThroughout')?.verdict === 'notApplicable' ? 'notApplicable' : 'pass',
                        ]);
                    if (rule === 'roomRecorded')
                        expect(findings.filter((each) => each.code !== 'room.reasonMissing')).toEqual([]);
                    if (rule !== 'checkedBeforeUse' && before.get(rule)?.verdict === 'pass')
                        expect([rule, verdict]).toEqual([rule, 'pass']);
                }
            }),
        );
    });
    test('a wider limit for files that join, a wider tolerance, a longer term never find more', () => {
        const wider = fc.record({
            join: fc.integer({ min: 0, max: 600_000 }),
            edge: fc.integer({ min: 0, max: 600_000 }),
            term: fc.integer({ min: 0, max: 48 * HOUR }),
        });
        fc.assert(
            fc.property(numbers, wider, (number, { join, edge, term }) => {
                const { facts: of, now } = cityAct(CITY, number);
                const { parameters } = of.statement;
                const covered = (joinWithinMs: number) =>
                    gapsOf(withStatement(of, { parameters: { ...parameters, joinWithinMs } }), now).reduce(
                        (sum, each) => sum + each.coveredMs,
                        0,
                    );
                expect(covered(parameters.joinWithinMs + join)).toBeGreaterThanOrEqual(covered(parameters.joinWithinMs));
                const findings = (rule: string, more: Partial<typeof parameters>) =>
                    judged(withStatement(of, { parameters: { ...parameters, ...more } }), now).verdicts.find(
                        (each) => each.rule === rule,
                    )?.findings.length ?? 0;
                const wider = {
                    interruptionsExplained: { toleranceMs: parameters.toleranceMs + edge },
                    documentTimes: { documentToleranceMs: parameters.documentToleranceMs + edge },
                };
                for (const [rule, more] of Object.entries(wider))
                    expect([rule, findings(rule, more) <= findings(rule, {})]).toEqual([rule, true]);
                const storeWithinMs = parameters.storeWithinMs + term;
                expect(findings('storedInTime', { storeWithinMs })).toBeLessThanOrEqual(findings('storedInTime', {}));
            }),
        );
    });
});

describe('what is not known', () => {
    const RULES = ['recordedThroughout', 'interruptionsExplained'] as const;
    const verdicts = (of: ActRuleFacts, now: number) => RULES.map((rule) => byRule(of, now).get(rule)?.verdict);
    /** One file of an officer, and the act without limits of single devices, which files of others may break. */
    const oneOf = (number: number, which: number) => {
        const { facts: of, now } = cityAct(CITY, number);
        const officers = of.statement.participants.filter((each) => each.part === 'officer').map((each) => each.id);
        const recordings = of.statement.recordings.map(({ joinWithinMs: _, ...each }) => each);
        const own = recordings.filter((each) => officers.includes(each.carrierId) && each.segments.length > 0);
        return { of, now, recordings, chosen: own[which % Math.max(own.length, 1)] };
    };
    /** Words about all that may be missing explain what of it is; what is under a minute at an edge may be more in two parts. */
    const isWordless = (of: ActRuleFacts, now: number) =>
        judged(of, now).gaps.every((gap) => gap.state !== 'explained' && gap.state !== 'tolerated');
    test('whatever passes with a file of unknown time passes whenever that ran', () => {
        fc.assert(
            fc.property(numbers, fc.nat(9), fc.integer({ min: -7_200, max: 7_200 }), (number, which, second) => {
                const { of, now, recordings, chosen } = oneOf(number, which);
                if (chosen === undefined || of.statement.stated === null) return;
                const withFile = (file: RecordingFacts) =>
                    withStatement(of, { recordings: recordings.map((each) => (each.id === chosen.id ? file : each)) });
                const start = of.statement.stated.start + second * 1_000;
                const then = segment(chosen.id, { start, end: start + 600_000 });
                const unknown = withFile({ ...chosen, segments: [] });
                const known = withFile({ ...chosen, segments: [then] });
                const [before, after] = [verdicts(unknown, now), verdicts(known, now)];
                for (const at of isWordless(unknown, now) ? [0, 1] : [0])
                    if (before[at] === 'pass') expect([RULES[at], after[at]]).toEqual([RULES[at], 'pass']);
                if (before[0] === 'fail') expect(after[0]).toBe('fail');
            }),
            { numRuns: 300 },
        );
    });
    test('whatever is said of a clock that nobody checked holds whatever it was off', () => {
        fc.assert(
            fc.property(numbers, fc.nat(9), fc.integer({ min: -7_200, max: 7_200 }), (number, which, offset) => {
                const { of, now, recordings, chosen } = oneOf(number, which);
                if (chosen === undefined) return;
                const byClock = (fit: { offsetMs: number; plusMinusMs: number } | null) =>
                    withStatement(of, {
                        recordings: recordings.map((each) =>
                            each.deviceId === chosen.deviceId
                                ? { ...each, segments: each.segments.map(({ id, device }) => segment(id, device, fit)) }
                                : each,
                        ),
                    });
                const unknown = byClock(null);
                const known = byClock({ offsetMs: offset * 1_000, plusMinusMs: 0 });
                const [before, after] = [verdicts(unknown, now), verdicts(known, now)];
                for (const at of isWordless(unknown, now) ? [0, 1] : [0])
                    if (before[at] === 'pass') expect([RULES[at], after[at]]).toEqual([RULES[at], 'pass']);
                if (before[0] === 'fail') expect(after[0]).toBe('fail');
            }),
            { numRuns: 300 },
        );
    });
});

describe('files at the edge of the arithmetic', () => {
    const lengths = fc.integer({ min: 0, max: 4_000 });
    test('footage of no length changes nothing that is covered', () => {
        fc.assert(
            fc.property(numbers, fc.integer({ min: 0, max: 4_500 }), (number, second) => {
                const { facts: of, now } = cityAct(CITY, number);
                const officer = of.statement.participants[0]?.id ?? '';
                const at = (of.statement.stated?.start ?? 0) + second * 1_000;
                const none = recording('none', officer, [segment('none', { start: at, end: at })]);
                const covered = (which: ActRuleFacts) => gapsOf(which, now).map((each) => each.coveredMs);
                const more = covered(withStatement(of, { recordings: [...of.statement.recordings, none] }));
                // It may bring two files within the limit of each other, and nothing more.
                for (const [index, ms] of covered(of).entries()) {
                    expect((more[index] ?? 0) - ms).toBeGreaterThanOrEqual(0);
                    expect((more[index] ?? 0) - ms).toBeLessThanOrEqual(10_000);
                }
            }),
        );
    });
    test('a file that was cut off joins exactly where a whole one does', () => {
        fc.assert(
            fc.property(lengths, fc.boolean(), fc.option(fc.integer({ min: 0, max: 4_000 })), (hole, sameDevice, own) => {
                const join = own === null ? {} : { joinWithinMs: own };
                const first = { ...recording('r', 'a', [segment('s', seconds(-10, 1_800))]), ...join };
                const device = sameDevice ? {} : { deviceId: 'another' };
                const whole = { ...recording('w', 'a', [segment('t', seconds(1_800 + hole / 1000, 4_570))]), ...join, ...device };
                const cut = { ...cutOff('w', 'a', 1_800 + hole / 1000), ...join, ...device };
                const holes = (next: RecordingFacts) =>
                    judged(facts({ recordings: [first, next] }))
                        .gaps.filter((gap) => gap.carrierId === 'a' && gap.place === 'between')
                        .map((gap) => [gap.start, gap.end]);
                expect(holes(cut)).toEqual(holes(whole));
                expect(holes(whole).length).toBe(Number(hole > (sameDevice ? (own ?? 2_000) : 2_000)));
            }),
        );
    });
});

test('facts of which coverage cannot be worked out are no lost evaluation: every rule needs review by its name', () => {
    const broken = judged(facts({ segments: [null] as never }));
    expect(broken).toMatchObject({ verdict: 'needsReview', gaps: [], requiredMs: 0 });
    expect(broken.verdicts.map((each) => [each.rule, each.verdict, each.missing])).toEqual(
        ACT_RULE_IDS.map((rule) => [rule, 'needsReview', ['rule']]),
    );
});
