import type { Duration } from '../kernel/instant.ts';

/**
 * 正文二(二)2 asks for records that are clear. What can be worked out is only where there is nothing to be seen or heard: pictures as dark as a
 * covered lens, and sound below what any microphone in a room picks up. A hint to whoever looks, and no verdict: a dark cellar is dark.
 */
export type DullStretch = { readonly fromMs: Duration; readonly toMs: Duration };

/** `silent` null: there is no sound to listen to. `more`: stretches beyond those that are named. */
export type DullStretches = {
    readonly dark: readonly DullStretch[];
    readonly silent: readonly DullStretch[] | null;
    readonly more: number;
};

/** Levels of one second each: of the picture its brightest part, 0 to 255; of the sound its mean level, 0 to 32,767. */
export type Levels = { readonly pictures: readonly number[]; readonly sound: readonly number[] | null };

/** A picture of which no part is brighter; sound below a thousandth of full scale (-60 dB). No text sets these figures: they are ours. */
export const DARK_MOST = 24;
export const SILENT_MOST = 32;
/** Shorter than these they say nothing: a hand before the lens, nobody speaking. */
export const DARK_SECONDS = 10;
export const SILENT_SECONDS = 60;
const MOST_NAMED = 20;

export function dullStretches({ pictures, sound }: Levels): DullStretches {
    const dark = below(pictures, DARK_MOST, DARK_SECONDS);
    const silent = sound === null ? null : below(sound, SILENT_MOST, SILENT_SECONDS);
    const more = [dark, silent ?? []].reduce((sum, each) => sum + Math.max(0, each.length - MOST_NAMED), 0);
    return { dark: dark.slice(0, MOST_NAMED), silent: silent?.slice(0, MOST_NAMED) ?? null, more };
}

function below(levels: readonly number[], most: number, leastSeconds: number): DullStretch[] {
    const found: DullStretch[] = [];
    let from = -1;
    for (let at = 0; at <= levels.length; at++) {
        const isDull = (levels[at] ?? Number.POSITIVE_INFINITY) <= most;
        if (isDull && from < 0) from = at;
        if (isDull || from < 0) continue;
        if (at - from >= leastSeconds) found.push({ fromMs: from * 1_000, toMs: at * 1_000 });
        from = -1;
    }
    return found;
}
