/** What to do with a player that should stand at `desired` and stands at `actual` (seconds) while the clock runs at `rate`. */
export type Correction = { readonly kind: 'jump' } | { readonly kind: 'rate'; readonly factor: number };

/** Beyond this a camera is out of step and everybody waits until it has jumped: seconds of the viewer. */
const OUT_OF_STEP = 0.2;
/** Less than half a picture at 25 per second: nothing to do. */
const IN_STEP = 0.015;
/** Up to `NEAR` seconds apart a camera hurries so little that it is not heard; beyond it a second of it is worth being together. */
const NEAR = 0.06;
/** No further ahead of the slowest camera does the clock run: seconds of the viewer. */
const AHEAD = 0.035;
const QUIET_HASTE = 0.15;
const MOST_HASTE = 0.5;

/** Small differences are made up by playing a little faster or slower, which nobody sees; large ones by a jump. */
export function correctionOf(actual: number, desired: number, rate: number): Correction {
    const ahead = (actual - desired) / rate;
    if (Math.abs(ahead) > OUT_OF_STEP) return { kind: 'jump' };
    if (Math.abs(ahead) < IN_STEP) return { kind: 'rate', factor: 1 };
    const most = Math.abs(ahead) < NEAR ? QUIET_HASTE : MOST_HASTE;
    return { kind: 'rate', factor: 1 - Math.max(-most, Math.min(most, ahead * 3)) };
}

/** While one camera lags the clock waits for it so long: ms of the viewer. One that does not move at all has to jump. */
const LONGEST_WAIT_MS = 500;

/** The moment of all cameras, ms, and for how long the slowest has been waited for. */
export type Clock = { readonly at: number; readonly waitedMs: number };

/**
 * The clock after `passedMs` of the viewer, while the slowest camera is at `slowest`: never far ahead of it, so that those in time do
 * not run away from it, never backwards, and not waiting for ever.
 */
export function clockAfter({ at, waitedMs }: Clock, passedMs: number, rate: number, slowest: number | undefined): Clock {
    const next = at + passedMs * rate;
    const most = (slowest ?? next) + AHEAD * 1_000 * rate;
    if (next <= most) return { at: next, waitedMs: 0 };
    const waited = waitedMs + passedMs;
    return { at: waited > LONGEST_WAIT_MS ? next : Math.max(at, most), waitedMs: waited };
}

export const RATES = [0.25, 0.5, 1, 1.5, 2, 4, 8] as const;

/** The next speed in that direction; the ends stay. */
export function nextRate(rate: number, by: 1 | -1): number {
    const faster = RATES.filter((each) => (by === 1 ? each > rate : each < rate));
    return (by === 1 ? faster[0] : faster.at(-1)) ?? rate;
}

/**
 * Where to stand, in seconds, to see the picture before or after the one that stands now: its middle, so that no rounding
 * shows a neighbour. `shownAt` is the moment at which the picture that is shown begins.
 */
export const frameTarget = (shownAt: number, frameMs: number, by: 1 | -1): number =>
    Math.max(0, shownAt + ((by === 1 ? 1.5 : -0.5) * frameMs) / 1_000);

/** Whose sound is heard. */
export type Heard = ReadonlySet<string>;

export function toggleHeard(heard: Heard, id: string): Heard {
    const after = new Set(heard);
    if (!after.delete(id)) after.add(id);
    return after;
}

/** Only this one; asked of the only one, all of them. */
export const soloHeard = (heard: Heard, id: string, all: readonly string[]): Heard =>
    new Set(heard.size === 1 && heard.has(id) ? all : [id]);
