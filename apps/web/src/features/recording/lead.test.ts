import { describe, expect, it } from 'vitest';
import { type Clock, lead, meetingAt, type Place, viewerScale } from './lead.ts';

const place = (at: number, more: Partial<Place> = {}): Place => ({
    at,
    heard: false,
    holds: false,
    begun: true,
    settled: true,
    ...more,
});
const clock = (at: number, waitedMs = 0): Clock => ({ at, waitedMs });

/** Players as a browser gives them: they begin late, hear of another speed late, and one may stand for a while. */
type Simulated = { heard: number; stallOf?: number; seconds?: number; startsAfter?: number[] };
function simulate(rate: number, { heard, stallOf = -1, seconds = 6, startsAfter = [70, 20, 45, 10] }: Simulated) {
    const DRAWING = 17;
    const players = startsAfter.map((ms) => ({ at: 0, factor: 1, heardOf: 1, holds: true, beginsIn: ms, begin: ms, ranFor: 0 }));
    let now = clock(0);
    const spreads: number[] = [];
    let longestStand = 0;
    let stand = 0;
    for (let ms = 0; ms < seconds * 1_000; ms += DRAWING) {
        const stalled = stallOf >= 0 && ms > 2_000 && ms < 2_400;
        for (const [index, each] of players.entries()) {
            each.ranFor = each.holds ? 0 : each.ranFor + DRAWING;
            if (each.beginsIn > 0) each.beginsIn -= DRAWING;
            else if (!each.holds && !(stalled && index === stallOf)) each.at += DRAWING * rate * each.factor;
            // A new speed reaches the sound that is already on its way one drawing later.
            each.factor = each.heardOf;
        }
        const before = now.at;
        const step = lead(
            now,
            players.map(({ at, holds, ranFor, beginsIn }, index) => ({
                at,
                holds,
                begun: beginsIn <= 0,
                settled: ranFor > 150,
                heard: index === heard,
            })),
            DRAWING,
            rate,
        );
        now = step.clock;
        stand = now.at === before ? stand + DRAWING : 0;
        longestStand = Math.max(longestStand, stand);
        for (const [index, each] of players.entries()) {
            const order = step.orders[index];
            if (order?.kind === 'jump') each.at = now.at;
            if (order?.kind === 'run' && each.holds) each.beginsIn = each.begin;
            each.holds = order?.kind === 'hold';
            if (order?.kind === 'run') each.heardOf = order.factor;
        }
        const places = players.map((each) => each.at);
        spreads.push((Math.max(...places) - Math.min(...places)) / viewerScale(rate));
    }
    return { worst: Math.max(...spreads), atEnd: spreads.at(-1) ?? 0, end: now.at, longestStand };
}

describe('cameras are led together', () => {
    for (const rate of [0.25, 0.5, 1, 2, 4, 8])
        for (const heard of [0, 3, -1])
            it(`at ${rate} times the speed, ${heard < 0 ? 'none heard' : `camera ${heard} heard`}`, () => {
                const { worst, atEnd, end } = simulate(rate, { heard });
                expect(worst).toBeLessThan(75);
                expect(atEnd).toBeLessThan(17);
                expect(end).toBeGreaterThan(5_500 * rate);
            });
    it('one that begins much later than the others is not left behind', () => {
        for (const rate of [1, 2, 4])
            for (const heard of [0, 2]) {
                const { worst, atEnd } = simulate(rate, { heard, startsAfter: [20, 10, 20, 140] });
                expect(worst).toBeLessThan(75);
                expect(atEnd).toBeLessThan(17);
            }
    });
    it('when one stands for 400 ms, the others stand at once and all go on together', () => {
        for (const rate of [1, 2])
            for (const heard of [0, 1]) {
                const { worst, atEnd, end, longestStand } = simulate(rate, { heard, stallOf: 1 });
                expect(worst).toBeLessThan(100);
                expect(atEnd).toBeLessThan(17);
                expect(longestStand).toBeGreaterThan(200);
                expect(end).toBeGreaterThan(5_000 * rate);
            }
    });
});

describe('one step', () => {
    it('lets nobody silent begin before the one that is heard says that it moves, but lets come up who is behind', () => {
        const standing = [place(1_000, { heard: true, holds: true }), place(1_000, { holds: true }), place(960, { holds: true })];
        const orders = (places: readonly Place[]) => lead(clock(1_000), places, 17, 1).orders.map((each) => each.kind);
        expect(orders(standing)).toEqual(['run', 'hold', 'run']);
        const [heard, ...silent] = standing;
        const told = { ...heard, holds: false, begun: false } as Place;
        expect(orders([told, ...silent])).toEqual(['run', 'hold', 'run']);
        expect(lead(clock(1_000), [told], 17, 1).clock.at).toBe(1_000);
        expect(orders([{ ...told, at: 1_010, begun: true }, ...silent])).toEqual(['run', 'run', 'run']);
    });
    it('gives up waiting for the sound to begin', () => {
        const silentSound = place(1_000, { heard: true, begun: false });
        expect(lead(clock(1_000, 990), [silentSound, place(1_000, { holds: true })], 17, 1).orders[0]?.kind).toBe('jump');
    });
    it('leaves the sound alone: the clock goes to who is heard, the silent ones hurry after it', () => {
        const { clock: after, orders } = lead(clock(1_000), [place(1_050, { heard: true }), place(1_010)], 17, 1);
        expect(after.at).toBeGreaterThan(1_017);
        expect(orders[0]).toEqual({ kind: 'run', factor: 1 });
        expect(orders[1]?.kind === 'run' && orders[1].factor > 1).toBe(true);
    });
    it('lets those ahead stand, and run when the clock has come to them', () => {
        const { orders } = lead(clock(1_000), [place(1_080), place(1_000), place(1_010)], 17, 1);
        expect(orders.map((each) => each.kind)).toEqual(['hold', 'run', 'run']);
        expect(lead(clock(1_000), [place(1_080, { settled: false }), place(1_000)], 17, 1).orders[0]?.kind).toBe('run');
        const held = (at: number) => lead(clock(1_000), [place(at, { holds: true }), place(1_010)], 17, 1).orders[0]?.kind;
        expect([held(1_080), held(1_015)]).toEqual(['hold', 'run']);
    });
    it('bends nobody who has just begun', () => {
        const factorOf = (settled: boolean) =>
            lead(clock(1_000), [place(1_000, { heard: true }), place(1_060, { settled })], 17, 2).orders[1];
        expect(factorOf(false)).toEqual({ kind: 'run', factor: 1 });
        expect(factorOf(true)).not.toEqual({ kind: 'run', factor: 1 });
    });
    it('never goes back, nor far ahead of the slowest', () => {
        expect(lead(clock(1_000), [place(900), place(1_000, { heard: true })], 17, 1).clock.at).toBe(1_000);
        expect(lead(clock(1_000), [place(990), place(1_100, { heard: true })], 17, 1).clock.at).toBe(1_030);
    });
    it('gives up waiting for one that does not move: it jumps, and the waiting begins anew', () => {
        const { orders, clock: after } = lead(clock(1_000, 990), [place(940), place(1_000, { heard: true })], 17, 1);
        expect(orders.map((each) => each.kind)).toEqual(['jump', 'run']);
        expect(after.waitedMs).toBe(0);
    });
    it('jumps over what is far, in seconds of the viewer', () => {
        const kind = (rate: number) => lead(clock(5_000), [place(5_000), place(4_600)], 1, rate).orders[1]?.kind;
        expect([kind(1), kind(4)]).toEqual(['jump', 'run']);
    });
    it('begins with the one that is furthest back, not with one that has yet to jump', () => {
        expect(meetingAt(70_000, [69_960, 70_010, 5_000], 1)).toBe(69_960);
        expect(meetingAt(70_000, [5_000, 5_010], 1)).toBe(70_000);
        expect(meetingAt(5_000, [5_030, 70_000], 1)).toBe(5_030);
    });
    it('runs on by itself where nobody has anything left to show', () => {
        expect(lead(clock(1_000, 50), [], 20, 2)).toEqual({ clock: { at: 1_040, waitedMs: 0 }, orders: [] });
    });
});
