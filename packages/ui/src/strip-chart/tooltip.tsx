import type { TimeScale } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { textWidth } from './geometry.ts';
import type { Box } from './hit-areas.tsx';
import type { StripChartItem } from './items.ts';
import type { StripChartTexts } from './texts.ts';
import { describe } from './words.ts';

type Props = {
    readonly item: StripChartItem;
    readonly box: Box;
    readonly texts: StripChartTexts;
    /** Where the plot begins, and how wide everything is. */
    readonly left: number;
    readonly width: number;
    readonly scale: TimeScale;
};

/** The facts of what is pointed at or in focus. Seen only: the spoken description says the same. */
export function Tooltip({ item, box, texts, left, width, scale }: Props): ReactNode {
    const { title, lines } = describe(item, texts);
    const wide = Math.min(360, width - 16, 26 + Math.max(textWidth(title, 13), ...lines.map((line) => textWidth(line, 12.5))));
    const from = Math.max(0, box.x);
    const to = Math.min(scale.widthPx, box.x + box.width);
    const centre = left + (from + to) / 2;
    const x = Math.max(8, Math.min(width - wide - 8, centre - wide / 2));
    return (
        <div className="lh-strip-tip" style={{ left: x, top: box.y + box.height + 9, width: wide }} aria-hidden="true">
            <strong>{title}</strong>
            {lines.map((line) => (
                <span key={line}>{line}</span>
            ))}
        </div>
    );
}
