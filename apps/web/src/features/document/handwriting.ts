/** Handwriting is kept in a field of this size whatever the screen, so that it looks the same everywhere. */
export const PAD_WIDTH = 1_000;
export const PAD_HEIGHT = 480;

export type Point = readonly [x: number, y: number];
/** From one touch of the pen to its lifting. */
export type Stroke = readonly Point[];

/** Movements smaller than this are the trembling of the screen, not of the hand. */
const LEAST_STEP = 4;

/** The stroke with one point more, or as it is when the pen hardly moved. */
export function extended(stroke: Stroke, [x, y]: Point): Stroke {
    const last = stroke.at(-1);
    if (last !== undefined && Math.hypot(x - last[0], y - last[1]) < LEAST_STEP) return stroke;
    return [...stroke, [x, y]];
}

/** An SVG path of moves and lines in whole units: nothing but handwriting fits into it. */
export const pathOf = (strokes: readonly Stroke[]): string =>
    strokes
        .filter((stroke) => stroke.length > 0)
        .map((stroke) => {
            // A dot is a line of no length; round ends make it visible.
            const points = stroke.length === 1 ? [...stroke, ...stroke] : stroke;
            return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${Math.round(x)} ${Math.round(y)}`).join('');
        })
        .join('');

/** How far the pen went; a signature is more than a dot. */
const lengthOf = (strokes: readonly Stroke[]): number =>
    strokes.reduce(
        (sum, stroke) =>
            sum +
            stroke.reduce((length, [x, y], at) => {
                const before = stroke[at - 1];
                return before === undefined ? length : length + Math.hypot(x - before[0], y - before[1]);
            }, 0),
        0,
    );

const LEAST_LENGTH = 120;
export const isSignature = (strokes: readonly Stroke[]): boolean => lengthOf(strokes) >= LEAST_LENGTH;
