/** Chance that comes out the same for the same numbers, on every machine. */
export type Dice = {
    /** A whole number from `from` to `to`, both included. */
    readonly between: (from: number, to: number) => number;
    readonly chance: (permille: number) => boolean;
    readonly pick: <T>(from: readonly [T, ...T[]]) => T;
};

export function diceOf(...of: readonly number[]): Dice {
    let state = of.reduce((mixed, next) => Math.imul(mixed ^ next, 0x9e3779b1) ^ (mixed >>> 13), 0x51ed270b);
    // A counter of 32 bits whose every value is scattered once more.
    const next = (): number => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
    return {
        between,
        chance: (permille) => next() * 1000 < permille,
        pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    };
}
