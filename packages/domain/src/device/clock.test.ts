import { describe, expect, it } from 'vitest';
import type { Instant } from '../kernel/instant.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import { CLOCK_PARAMETERS, type ClockReading } from './clock.ts';
import { correctStretch } from './clock-correct.ts';
import { clockFindings } from './clock-findings.ts';
import { clockEpochs, offsetAt, readingsBehind } from './clock-fit.ts';

const T0: Instant = Date.UTC(2026, 8, 1, 9);

/** A reading of a clock that is `fast` ms ahead of true time `at`, to the second, compared within `slack` ms. */
const read = (at: Instant, fast: number, more: Partial<ClockReading> = {}): ClockReading => ({
    id: String(at),
    source: 'driver',
    device: Math.floor((at + fast) / SECOND) * SECOND,
    resolutionMs: SECOND,
    lower: at - 200,
    upper: at + 200,
    afterSet: false,
    learntAt: at + 200,
    ...more,
});

const epochsOf = (readings: readonly ClockReading[]) => clockEpochs(readings, CLOCK_PARAMETERS);
const stretch = (start: Instant, more: object = {}) => ({
    start,
    end: start + 10 * MINUTE,
    notBefore: null,
    notAfter: start + 30 * DAY,
    ...more,
});
const correct = (readings: readonly ClockReading[], of: ReturnType<typeof stretch>) =>
    correctStretch(of, epochsOf(readings), CLOCK_PARAMETERS);

describe('settings of a clock', () => {
    it('are one while a working clock explains every reading', () => {
        const readings = [0, 1, 2, 3].map((day) => read(T0 + day * DAY, 30 * SECOND + day * 2 * SECOND));
        const [epoch, ...others] = epochsOf(readings);
        expect(others).toEqual([]);
        expect(epoch).toMatchObject({ begins: 'first', measured: true, from: null, until: null });
        // It gains 2 s a day, so what has to be added shrinks by as much.
        expect(epoch?.rate.lower).toBeLessThanOrEqual(-2_000);
        expect(epoch?.rate.upper).toBeGreaterThanOrEqual(-2_000);
    });

    it('begin anew where the clock was set, and nothing read before holds from there on', () => {
        const set = T0 + DAY;
        const epochs = epochsOf([read(T0, MINUTE), read(set, MINUTE), read(set + SECOND, 0, { afterSet: true })]);
        expect(epochs.map((each) => [each.begins, each.readings.length])).toEqual([
            ['first', 2],
            ['set', 1],
        ]);
        expect(clockFindings(epochs, CLOCK_PARAMETERS)).toEqual([]);
    });

    it('take a jump for what it is and make no drift of it', () => {
        const epochs = epochsOf([read(T0, 0), read(T0 + DAY, 5 * MINUTE), read(T0 + 2 * DAY, 5 * MINUTE)]);
        expect(epochs.map((each) => each.begins)).toEqual(['first', 'jump']);
        const findings = clockFindings(epochs, CLOCK_PARAMETERS);
        expect(findings.map((each) => each.code)).toEqual(['clock.jump']);
        expect(findings[0]).toMatchObject({ byMs: 5 * MINUTE, from: T0 + 200, to: T0 + DAY + 200 });
    });

    it('know a clock that restarted by the year it shows', () => {
        const restarted = Date.UTC(2000, 0, 1) - (T0 + DAY - HOUR);
        const findings = clockFindings(epochsOf([read(T0, 0), read(T0 + DAY, restarted)]), CLOCK_PARAMETERS);
        expect(findings.map((each) => each.code)).toEqual(['clock.reset']);
        const alone = clockFindings(epochsOf([read(T0, restarted)]), CLOCK_PARAMETERS);
        expect(alone).toMatchObject([{ code: 'clock.reset', from: null }]);
    });

    it('call a clock unsteady after three jumps in thirty days, and not after two', () => {
        const jumps = (count: number) =>
            Array.from({ length: count + 1 }, (_, day) => read(T0 + day * DAY, day % 2 === 0 ? 0 : 4 * MINUTE));
        const codes = (count: number) => clockFindings(epochsOf(jumps(count)), CLOCK_PARAMETERS).map((each) => each.code);
        expect(codes(2)).not.toContain('clock.unsteady');
        expect(codes(3)).toContain('clock.unsteady');
        // As many in forty days and more are no reason to send it away.
        const rarely = Array.from({ length: 4 }, (_, at) => read(T0 + at * 20 * DAY, at % 2 === 0 ? 0 : HOUR));
        expect(clockFindings(epochsOf(rarely), CLOCK_PARAMETERS).map((each) => each.code)).toEqual(Array(3).fill('clock.jump'));
    });
});

describe('drift (附件2: ≤ 3 s a day)', () => {
    const drifting = (perDay: number, days: number) => [read(T0, 0), read(T0 + days * DAY, perDay * days)];
    const findings = (readings: ClockReading[]) => clockFindings(epochsOf(readings), CLOCK_PARAMETERS);

    it('is a finding only where the readings leave no doubt', () => {
        expect(findings(drifting(2_900, 10))).toEqual([]);
        expect(findings(drifting(3_300, 10))).toMatchObject([{ code: 'clock.drift' }]);
        // A day apart, readings to the second cannot tell 3.3 s from 3.
        expect(findings(drifting(3_300, 1))).toEqual([]);
    });

    it('counts both ways', () => {
        const [gains] = findings(drifting(8_000, 5));
        const [loses] = findings(drifting(-8_000, 5));
        expect(gains?.code === 'clock.drift' && gains.upperMs < 0).toBe(true);
        expect(loses?.code === 'clock.drift' && loses.lowerMs > 0).toBe(true);
    });

    it('is not told from one reading, nor from two within hours', () => {
        expect(findings([read(T0, 9 * SECOND)])).toEqual([]);
        expect(findings([read(T0, 0), read(T0 + HOUR, 800)])).toEqual([]);
    });
});

describe('corrected time', () => {
    it('says what is unknown and why', () => {
        expect(correct([], stretch(T0))).toMatchObject({ state: 'unknown', doubt: 'noReading' });
        const oneSided = [read(T0, 0, { lower: null, source: 'dockFiles' })];
        expect(correct(oneSided, stretch(T0 - HOUR))).toMatchObject({ state: 'unknown', doubt: 'oneSided' });
        const longAgo = [read(T0, 0)];
        expect(correct(longAgo, stretch(T0 + 20 * DAY))).toMatchObject({ state: 'unknown', doubt: 'tooWide' });
    });

    it('adds the offset and widens by what a working clock can have strayed since', () => {
        const answer = correct([read(T0, 40 * SECOND)], stretch(T0 + 40 * SECOND + 6 * HOUR));
        if (answer.state !== 'fitted') throw new Error(answer.doubt);
        const { start } = answer.during;
        expect(Math.abs(start.at - (T0 + 6 * HOUR))).toBeLessThan(SECOND);
        // A quarter of a day at 20 + 2 s a day, both ways, and the reading's own 1.4 s.
        expect(start.upper - start.lower).toBeGreaterThan(11 * SECOND);
        expect(start.upper - start.lower).toBeLessThan(13 * SECOND);
        expect(answer.beyondLast).toBe(true);
    });

    it('bounds a clock that nobody could read by when its files were there, on both sides', () => {
        const between = [
            read(T0, 0, { lower: null, upper: T0 + 10 * SECOND, source: 'dockFiles' }),
            read(T0, 0, { lower: T0 - 10 * SECOND, upper: null, source: 'dockFiles', learntAt: T0 + HOUR }),
        ];
        const answer = correct(between, stretch(T0));
        if (answer.state !== 'fitted') throw new Error(answer.doubt);
        expect(answer.during.start.upper - answer.during.start.lower).toBeGreaterThanOrEqual(20 * SECOND);
    });

    it('takes the setting that was in force, and leaves open what fits before and after a jump', () => {
        const readings = [read(T0, 0), read(T0 + DAY, -2 * HOUR)];
        const before = correct(readings, stretch(T0 - HOUR, { notAfter: T0 }));
        expect(before.state).toBe('fitted');
        const unclear = correct(readings, stretch(T0 + 12 * HOUR, { notAfter: T0 + DAY }));
        expect(unclear).toMatchObject({ state: 'unknown', doubt: 'twoSettings' });
        const after = correct(
            readings,
            stretch(T0 + DAY - 2 * HOUR + 5 * MINUTE, { notAfter: T0 + 2 * DAY, notBefore: T0 + DAY }),
        );
        expect(after.state === 'fitted' && Math.abs(after.during.start.at - (T0 + DAY + 5 * MINUTE)) < SECOND).toBe(true);
    });

    it('brings footage of a restarted clock back to its day', () => {
        const restart = T0 + 10 * HOUR;
        const shown = (at: Instant) => Date.UTC(2000, 0, 1) + (at - restart);
        const readings = [read(T0, 0), read(T0 + DAY, shown(T0 + DAY) - (T0 + DAY))];
        const answer = correct(readings, stretch(shown(T0 + 12 * HOUR), { notAfter: T0 + DAY }));
        expect(answer.state === 'fitted' && Math.abs(answer.during.start.at - (T0 + 12 * HOUR)) < SECOND).toBe(true);
        expect(correct([read(T0, 0)], stretch(shown(T0 + 12 * HOUR)))).toMatchObject({ doubt: 'noSetting' });
    });
});

describe('the bounds hold the truth', () => {
    /** Repeatable chance (mulberry32). */
    const chance = (seed: number) => () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };

    it.each(Array.from({ length: 40 }, (_, seed) => seed))('for a clock that drifts, strays and jumps (%i)', (seed) => {
        const random = chance(seed);
        const rate = (random() - 0.5) * 36 * SECOND;
        const wander = random() * 1.9 * SECOND;
        const phase = random() * 2 * Math.PI;
        const jumps = Array.from({ length: Math.floor(random() * 3) }, () => ({
            at: T0 + random() * 20 * DAY,
            by: (random() < 0.5 ? -1 : 1) * (3 * MINUTE + random() * 5 * HOUR),
        }));
        // The integral of a rate that swings by `wander` around `rate` once a day.
        const fastBy = (at: Instant) =>
            ((at - T0) / DAY) * rate +
            (wander / (2 * Math.PI)) * Math.sin((2 * Math.PI * (at - T0)) / DAY + phase) +
            jumps.filter((jump) => jump.at <= at).reduce((sum, jump) => sum + jump.by, 0);
        const times = Array.from({ length: 20 }, (_, day) => T0 + day * DAY + random() * 4 * HOUR);
        const epochs = epochsOf(times.map((at) => read(Math.round(at), fastBy(Math.round(at)))));
        if (jumps.length === 0) expect(epochs).toHaveLength(1);
        let fitted = 0;
        for (let i = 0; i < 200; i += 1) {
            const at = Math.round(T0 + random() * 20 * DAY);
            if (jumps.some((jump) => jump.at > at && jump.at < at + 10 * MINUTE)) continue;
            // Two jumps with no reading between them leave a setting that nobody ever read, and one after the last reading is
            // not known yet: `beyondLast` says that the latter can be.
            const since = times.findLast((time) => time <= at) ?? T0;
            const until = times.find((time) => time > at) ?? Number.POSITIVE_INFINITY;
            const unseen = jumps.filter((jump) => jump.at > since && jump.at < until).length;
            if (unseen > 1 || (unseen === 1 && until === Number.POSITIVE_INFINITY)) continue;
            const device = Math.round(at + fastBy(at));
            const dock = times.find((time) => time > at + 10 * MINUTE) ?? at + DAY;
            const answer = correctStretch(
                { start: device, end: device + 10 * MINUTE, notBefore: null, notAfter: dock },
                epochs,
                CLOCK_PARAMETERS,
            );
            if (answer.state !== 'fitted') continue;
            fitted += 1;
            expect(answer.during.start.lower).toBeLessThanOrEqual(at);
            expect(answer.during.start.upper).toBeGreaterThanOrEqual(at);
        }
        expect(fitted).toBeGreaterThan(100);
    });

    it('and are as narrow as daily readings allow', () => {
        const readings = Array.from({ length: 10 }, (_, day) => read(T0 + day * DAY, day * 1_500));
        const [epoch] = epochsOf(readings);
        if (epoch === undefined) throw new Error('no epoch');
        const { lower, upper } = offsetAt(epoch, T0 + 5.5 * DAY, CLOCK_PARAMETERS);
        expect(upper - lower).toBeLessThan(8 * SECOND);
    });
});

describe('what a corrected time rests on', () => {
    it('are the readings that bound it, among them what is not next to it; without the rest it is the same', () => {
        const at = T0 + 5 * DAY;
        // Somebody's look at the display just before says less than the driver's reading of the day before that.
        const wide = { lower: at - HOUR - 25 * SECOND, upper: at - HOUR + 25 * SECOND };
        const readings = [0, 1, 4, 9, 10, 11].map((day) => read(T0 + day * DAY, 30 * SECOND));
        readings.push(read(at - HOUR, 30 * SECOND, wide));
        const [epoch] = epochsOf(readings);
        if (epoch === undefined) throw new Error('one setting');
        const behind = readingsBehind(epoch, at, CLOCK_PARAMETERS);
        expect(behind.length).toBeLessThan(readings.length);
        expect(offsetAt({ ...epoch, readings: behind }, at, CLOCK_PARAMETERS)).toEqual(offsetAt(epoch, at, CLOCK_PARAMETERS));
        const fitted = correct(readings, stretch(at));
        expect(fitted).toMatchObject({ state: 'fitted', readings: behind.map(({ id }) => id) });
        expect(correct([read(T0, 0, { id: 'only' })], stretch(T0 + HOUR))).toMatchObject({ readings: ['only'] });
    });
});
