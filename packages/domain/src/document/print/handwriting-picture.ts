/** Room around the strokes, and their width, as parts of what was written: thin writing is seen when it is set small. */
const PEN = 0.045;
const MARGIN = 1.5;
/** The field of the screen, where a path has no point that could be read. */
const FIELD = { x: 0, y: 0, width: 1_000, height: 480 };

/** What was written as a picture of its own size, cut to the strokes, so that it fills the line on which it is set. */
export function handwritingPicture(path: string): string {
    const { x, y, width, height } = boundsOf(path);
    const pen = Math.max(height, width / 3.2, 20) * PEN;
    const edge = pen * MARGIN;
    const box = [x - edge, y - edge, width + 2 * edge, height + 2 * edge].map(short).join(' ');
    const line = `fill="none" stroke="#000" stroke-width="${short(pen)}" stroke-linecap="round" stroke-linejoin="round"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path ${line} d="${path}"/></svg>`;
}

const short = (value: number): string => String(Math.round(value * 10) / 10);

/** The paths that are taken in have absolute coordinates only. */
function boundsOf(path: string): typeof FIELD {
    const values = (path.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    const [xs, ys] = [0, 1].map((odd) => values.filter((_, at) => at % 2 === odd)) as [number[], number[]];
    if (xs.length === 0 || xs.length !== ys.length) return FIELD;
    const least = (of: number[]) => of.reduce((a, b) => Math.min(a, b));
    const most = (of: number[]) => of.reduce((a, b) => Math.max(a, b));
    const [x, y] = [least(xs), least(ys)];
    return { x, y, width: most(xs) - x, height: most(ys) - y };
}
