import type { UniformBelow } from './draw-stream.ts';

/** The length of the secret half of a seed, in bytes. */
export const DRAW_SECRET_LENGTH = 32;

/** How many are drawn: so many, or so many of each thousand that may be drawn, rounded up. */
export type DrawShare = { readonly number: number } | { readonly permille: number };

/** Whole numbers, from none to `most`, or to all of a thousand. */
export function isDrawShare(take: DrawShare, most: number): boolean {
    if ('number' in take) return Number.isSafeInteger(take.number) && take.number >= 0 && take.number <= most;
    return Number.isSafeInteger(take.permille) && take.permille >= 0 && take.permille <= 1_000;
}

/** How many are drawn of so many: never more than there are; of a share any part counts as one. */
export const shareOf = (take: DrawShare, eligible: number): number =>
    'number' in take ? Math.min(take.number, eligible) : Math.ceil((eligible * take.permille) / 1_000);

/**
 * Draws so many, one after the other, each time by lots: an item has `weightOf` of them, and what is drawn is not put
 * back. With equal weights every choice of so many is equally likely.
 */
export function sample<T>(items: readonly T[], count: number, weightOf: (item: T) => number, below: UniformBelow): T[] {
    const rest = [...items];
    const drawn: T[] = [];
    let lots = rest.reduce((sum, each) => sum + weightOf(each), 0);
    while (drawn.length < count && rest.length > 0) {
        let lot = below(lots);
        const at = rest.findIndex((each) => {
            lot -= weightOf(each);
            return lot < 0;
        });
        for (const each of rest.splice(at, 1)) {
            drawn.push(each);
            lots -= weightOf(each);
        }
    }
    return drawn;
}
