import type { ExemptionRow, SegmentRow, TimeScale } from '@liuhen/domain';
import { placeLabels } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { barPath, edges, fitting, type PlacedRow, px, textWidth } from './geometry.ts';
import { haloed, type Palette } from './palette.tsx';
import type { StripChartTexts } from './texts.ts';
import { exemptionTexts, segmentRowTexts } from './words.ts';

const SIZE = 11.5;

type Props<Row> = {
    readonly placed: PlacedRow;
    readonly row: Row;
    readonly scale: TimeScale;
    readonly palette: Palette;
    readonly texts: StripChartTexts;
};

/** One scenario at one site: from when to when, and what it is. */
export function SegmentBar({ placed, row, scale, palette, texts }: Props<SegmentRow>): ReactNode {
    const { barY: y, barHeight: height } = placed;
    const [left, right] = edges(row.during, scale);
    const from = Math.max(left, 0) + 8;
    const words = fitting(segmentRowTexts(row, texts), Math.min(right, scale.widthPx) - 6 - from, SIZE);
    const { fill, stroke, text } = palette.segment;
    return (
        <g fontSize={SIZE}>
            <path className="lh-strip-segment" d={barPath(left, right, y, height)} fill={fill} stroke={stroke} />
            {words !== undefined && (
                <text x={px(from)} y={y + height / 2 + 4} fill={text}>
                    {words}
                </text>
            )}
        </g>
    );
}

/** Nothing had to be recorded here: a stretch of its own kind with its ground, dashed until it is confirmed. */
export function ExemptionBars({ placed, row, scale, palette, texts }: Props<ExemptionRow>): ReactNode {
    const { barY: y, barHeight: height } = placed;
    const visible = row.spans.filter(({ during }) => during.end >= scale.view.start && during.start <= scale.view.end);
    const styleOf = (state: 'confirmed' | 'waiting') => palette.gap[state === 'confirmed' ? 'exempt' : 'exemptWaiting'];
    const labels = placeLabels(
        visible.map((span) => {
            const [left, right] = edges(span.during, scale);
            const inside = fitting(exemptionTexts(span, texts), Math.min(right, scale.widthPx) - Math.max(left, 0) - 12, SIZE);
            const x = inside === undefined ? Math.min(right, scale.widthPx) + 8 : Math.max(left, 0) + 6;
            return {
                item: span,
                x,
                texts: inside === undefined ? exemptionTexts(span, texts) : [inside],
                align: 'start' as const,
            };
        }),
        (text) => textWidth(text, SIZE),
        { from: 0, to: scale.widthPx - 2, apart: 10 },
    );
    return (
        <g fontSize={SIZE}>
            {visible.map(({ id, during, state }) => {
                const { fill, stroke, dash } = styleOf(state);
                const d = barPath(...edges(during, scale), y, height, 3);
                return <path key={id} className="lh-strip-exemption" d={d} fill={fill} stroke={stroke} strokeDasharray={dash} />;
            })}
            {labels.map(({ item, x, text }) => (
                <text key={item.id} x={px(x)} y={y + height / 2 + 4} fill={styleOf(item.state).text} {...haloed(palette)}>
                    {text}
                </text>
            ))}
        </g>
    );
}
