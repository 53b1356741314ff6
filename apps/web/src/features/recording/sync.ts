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
