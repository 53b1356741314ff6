import type { Interval, StripChartRow, TimeScale } from '@liuhen/domain';

/** Heights in pixels. A recorder row keeps a line above its bar for the words of gaps. */
export const AXIS_HEIGHT = 36;
export const FOOT_HEIGHT = 30;
const ROW: Record<StripChartRow['kind'], { readonly height: number; readonly bar: number; readonly thick: number }> = {
    segment: { height: 40, bar: 10, thick: 20 },
    document: { height: 40, bar: 9, thick: 20 },
    exemption: { height: 34, bar: 8, thick: 20 },
    officer: { height: 54, bar: 22, thick: 24 },
    room: { height: 48, bar: 14, thick: 22 },
    assistant: { height: 48, bar: 14, thick: 22 },
    position: { height: 42, bar: 18, thick: 10 },
    marks: { height: 58, bar: 9, thick: 12 },
    findings: { height: 32, bar: 8, thick: 18 },
};

export type PlacedRow = {
    readonly row: StripChartRow;
    readonly y: number;
    readonly height: number;
    readonly barY: number;
    readonly barHeight: number;
};

/** Rows from top to bottom, under the axis. */
export function placeRows(rows: readonly StripChartRow[]): {
    readonly rows: readonly PlacedRow[];
    readonly bottom: number;
    readonly height: number;
} {
    let y = AXIS_HEIGHT;
    const placed = rows.map((row): PlacedRow => {
        const { height, bar, thick } = ROW[row.kind];
        const at = { row, y, height, barY: y + bar, barHeight: thick };
        y += height;
        return at;
    });
    return { rows: placed, bottom: y, height: y + FOOT_HEIGHT };
}

/** Thousandths of a pixel are exact enough, and keep the file short. */
export const px = (value: number): number => Math.round(value * 1000) / 1000;

/** Beyond the view nothing is seen: far edges are drawn just outside of it, so that coordinates stay small at deep zoom. */
const BEYOND = 24;
export const clip = (x: number, scale: TimeScale): number => Math.min(scale.widthPx + BEYOND, Math.max(-BEYOND, x));

/** One bar as a closed path with corners rounded by at most a third of its width. */
export function barPath(left: number, right: number, y: number, height: number, radius = 4): string {
    const r = Math.max(0, Math.min(radius, (right - left) / 3, height / 2));
    const [x0, x1, y0, y1] = [px(left), px(right), px(y), px(y + height)];
    if (r < 2) return `M${x0} ${y0}H${x1}V${y1}H${x0}Z`;
    const [a, b, t, d] = [px(left + r), px(right - r), px(y + r), px(y + height - r)];
    const arc = `A${px(r)} ${px(r)} 0 0 1`;
    return `M${a} ${y0}H${b}${arc} ${x1} ${t}V${d}${arc} ${b} ${y1}H${a}${arc} ${x0} ${d}V${t}${arc} ${a} ${y0}Z`;
}

/** How far an open end is drawn: a sign, not a length. */
export const OPEN_END_WIDTH = 16;

/** A bar torn off at its right: it began here, and nobody knows how far it goes. */
export function tornPath(left: number, y: number, height: number): string {
    const step = px(height / 6);
    const teeth = Array.from({ length: 6 }, (_, tooth) => `l${tooth % 2 === 0 ? -4 : 4} ${step}`).join('');
    return `M${px(left)} ${px(y)}h${OPEN_END_WIDTH}${teeth}H${px(left)}Z`;
}

/** Left and right edge of a span on screen, clipped. */
export const edges = (span: Interval, scale: TimeScale): readonly [number, number] => [
    clip(scale.x(span.start), scale),
    clip(scale.x(span.end), scale),
];

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\u3000-\u303f]/u;

/**
 * Width of a text in pixels without a canvas, a little generous: a CJK character is one em wide, figures and letters of
 * the faces we use at most 0.6 em. Too wide only means a shorter wording is chosen.
 */
export function textWidth(text: string, size: number): number {
    let em = 0;
    for (const char of text)
        em +=
            WIDE.test(char) || char.codePointAt(0) === undefined || (char.codePointAt(0) ?? 0) > 0xffff
                ? 1
                : char === ' '
                  ? 0.3
                  : /[A-Z→–]/.test(char)
                    ? 0.7
                    : 0.56;
    return em * size;
}

/** The longest of `texts` that fits into `width`, or none. */
export const fitting = (texts: readonly string[], width: number, size: number): string | undefined =>
    texts.find((text) => textWidth(text, size) <= width);

/** `text`, cut with an ellipsis where it is too wide. */
export function shorten(text: string, width: number, size: number): string {
    if (textWidth(text, size) <= width) return text;
    const chars = [...text];
    while (chars.length > 1 && textWidth(`${chars.join('')}…`, size) > width) chars.pop();
    return `${chars.join('')}…`;
}
