import type { Interval, StripChart } from '@liuhen/domain';
import { stripChartRows, timeScale } from '@liuhen/domain';
import type { ReactNode, Ref } from 'react';
import { tokens } from '../tokens.ts';
import { CursorLine } from './cursor.tsx';
import { placeRows, px } from './geometry.ts';
import { Labels } from './labels.tsx';
import { PaletteDefs, type PaletteName, palette } from './palette.tsx';
import { Plot } from './plot.tsx';
import type { StripChartTexts } from './texts.ts';

export type StripChartSvgProps = {
    readonly model: StripChart;
    readonly texts: StripChartTexts;
    /** Pixels, labels included. */
    readonly width: number;
    /** What is shown; by default all. */
    readonly view?: Interval | undefined;
    readonly labelWidth?: number;
    readonly paletteName?: PaletteName;
    /** Where the picture is set by something that has other faces than a browser. */
    readonly fontFamily?: string;
    /** Names the paint servers; unique on a page. */
    readonly id?: string;
    readonly ref?: Ref<SVGSVGElement>;
};

/** The whole chart as one self-contained picture: for print, for files, for documents. Nothing happens in it. */
export function StripChartSvg({
    model,
    texts,
    width,
    view,
    labelWidth = 200,
    paletteName = 'colour',
    fontFamily = tokens.fontFamily,
    id = 'lh-strip',
    ref,
}: StripChartSvgProps): ReactNode {
    const axis = view ?? model.axis;
    if (axis === null) return null;
    const paint = palette(paletteName, id);
    const { rows, bottom, height } = placeRows(stripChartRows(model));
    const plotWidth = width - labelWidth;
    const scale = timeScale(axis, plotWidth);
    return (
        <svg
            ref={ref}
            xmlns="http://www.w3.org/2000/svg"
            width={px(width)}
            height={px(height)}
            viewBox={`0 0 ${px(width)} ${px(height)}`}
            role="img"
            aria-label={texts.chartLabel}
            fontFamily={fontFamily}
            style={{ fontVariantNumeric: 'tabular-nums' }}
        >
            <title>{texts.chartLabel}</title>
            <PaletteDefs name={paletteName} id={id} />
            <rect width={px(width)} height={px(height)} fill={paint.ground} />
            <Labels model={model} rows={rows} width={labelWidth} left={16} palette={paint} texts={texts} />
            <svg
                x={labelWidth}
                width={px(plotWidth)}
                height={px(height)}
                viewBox={`0 0 ${px(plotWidth)} ${px(height)}`}
                overflow="hidden"
                aria-hidden="true"
            >
                <Plot {...{ model, rows, bottom, scale, id, texts }} palette={paint} />
                {model.cursor !== null && <CursorLine at={model.cursor} scale={scale} palette={paint} bottom={bottom} />}
            </svg>
        </svg>
    );
}
