import type { Instant } from '@liuhen/domain';

/** One camera at this drawing of the page. */
export type Place = {
    /** The moment of the common axis that it has reached. */
    readonly at: Instant;
    readonly heard: boolean;
    /** It stands, because the others have to come up to it. */
    readonly holds: boolean;
    /** It has moved since it was told to run. */
    readonly begun: boolean;
    /** It has been running for a while: just begun, what a player says of itself leaps. */
    readonly settled: boolean;
};
export type Order = { readonly kind: 'run'; readonly factor: number } | { readonly kind: 'hold' } | { readonly kind: 'jump' };
/** The moment of all cameras, and for how long the slowest has been waited for, ms of the viewer. */
export type Clock = { readonly at: Instant; readonly waitedMs: number };

/** All in ms of the viewer. Less than this nobody sees: a picture stands for 40 ms at 25 per second. */
const IN_STEP = 8;
/** Who is further ahead of the slowest stands until it has come up; who is heard is interrupted later, for that is heard. */
const HOLD = 60;
const HOLD_HEARD = 80;
/** While one that was told to run has not begun, the others are let less far ahead, for it may take long. */
const HOLD_FOR_BEGIN = 40;
/** The clock itself is never further ahead of the slowest. */
const AHEAD = 40;
/** Who is further from the clock than this is faster there by a jump. */
const OUT_OF_STEP = 250;
/** A camera that does not come up in this time has to jump. */
const LONGEST_WAIT = 1_000;
/** How quickly the clock follows the camera that is heard. */
const FOLLOW = 80;
/** A little faster or slower is not heard; of a silent camera much more goes unseen. */
const QUIET_HASTE = 0.15;
const SILENT_HASTE = 0.5;

/** At high speed one drawing of the page is already long in the recording; what counts is what the viewer sees. */
export const viewerScale = (rate: number): number => Math.max(1, rate);

/**
 * One step of the clock and what every camera does in it. The clock follows the camera that is heard, so that its sound is never bent;
 * with no sound, the one in the middle. The silent ones are led to the clock. While one is far behind, those ahead stand at once and
 * begin again when it has come to them; nobody is sought for, because a jump costs more than a wait.
 */
export function lead(
    clock: Clock,
    places: readonly Place[],
    passedMs: number,
    rate: number,
): { readonly clock: Clock; readonly orders: readonly Order[] } {
    const next = clock.at + passedMs * rate;
    if (places.length === 0) return { clock: { at: next, waitedMs: 0 }, orders: [] };
    const scale = viewerScale(rate);
    const slowest = Math.min(...places.map((each) => each.at));
    const notBegun = places.some((each) => !each.holds && !each.begun && each.at === slowest);
    const leader = leaderOf(places);
    // One that is heard takes longer to begin than those whose sound goes nowhere: they wait until it says that it moves.
    const toBegin = places.find((each) => each.heard && (each.holds ? (each.at - clock.at) / scale <= IN_STEP : !each.begun));
    const running = leader === undefined ? next : next + (leader.at - next) * Math.min(1, passedMs / FOLLOW);
    const led = toBegin === undefined ? running : clock.at;
    const most = slowest + AHEAD * scale;
    const waitedMs = led > most || toBegin !== undefined ? clock.waitedMs + passedMs : 0;
    const at = Math.max(clock.at, Math.min(led, most));
    const tooLong = waitedMs > LONGEST_WAIT;
    const orders = places.map((place): Order => {
        const ahead = (place.at - at) / scale;
        if (Math.abs(ahead) > OUT_OF_STEP || (tooLong && place.at === slowest)) return { kind: 'jump' };
        const above = (place.at - slowest) / scale;
        const tooFar = notBegun ? above > HOLD_FOR_BEGIN : place.settled && above > (place.heard ? HOLD_HEARD : HOLD);
        const overtakes = place.holds && !place.heard && toBegin !== undefined && (place.at - toBegin.at) / scale > -IN_STEP;
        if (overtakes || ((place.holds || tooFar) && ahead > IN_STEP)) return { kind: 'hold' };
        // Whoever hurries after a leap of the first moments overshoots, at twice the speed by more than a picture.
        return { kind: 'run', factor: place === leader || !place.settled ? 1 : factorOf(ahead, place.heard) };
    });
    return { clock: { at, waitedMs: tooLong ? 0 : waitedMs }, orders };
}

/**
 * Where the clock begins when all begin together: with the one that is furthest back of those near it; the others begin when it comes
 * to them, and who is far away has yet to jump. With nobody near it stays.
 */
export function meetingAt(at: Instant, places: readonly Instant[], rate: number): Instant {
    const near = places.filter((each) => Math.abs(each - at) <= OUT_OF_STEP * viewerScale(rate));
    return near.length === 0 ? at : Math.min(...near);
}

export const middleOf = (places: readonly Instant[]): Instant | undefined =>
    places.toSorted((a, b) => a - b)[Math.floor(places.length / 2)];

/** The first that is heard, else the one in the middle, of those that run. */
function leaderOf(places: readonly Place[]): Place | undefined {
    const running = places.filter((each) => !each.holds);
    const byPlace = running.toSorted((a, b) => a.at - b.at);
    return running.find((each) => each.heard) ?? byPlace[Math.floor((byPlace.length - 1) / 2)];
}

function factorOf(ahead: number, heard: boolean): number {
    if (Math.abs(ahead) < IN_STEP) return 1;
    const [gain, most] = heard ? [3, QUIET_HASTE] : [10, SILENT_HASTE];
    return 1 - Math.max(-most, Math.min(most, (ahead / 1_000) * gain));
}
