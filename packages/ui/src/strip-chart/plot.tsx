import type { StripChart, TimeScale } from '@liuhen/domain';
import { formatDate, formatTime, HOUR, MINUTE, SHANGHAI_OFFSET, tickStep, ticksIn } from '@liuhen/domain';
import { memo, type ReactNode } from 'react';
import { fieldsOf } from './fields.ts';
import { FindingSigns } from './finding-signs.tsx';
import { AXIS_HEIGHT, clip, edges, type PlacedRow, px } from './geometry.ts';
import { DocumentBar, Marks, PositionBars } from './other-rows.tsx';
import type { Palette } from './palette.tsx';
import { RecorderBars } from './recorder-bars.tsx';
import { ExemptionBars, SegmentBar } from './segment-rows.tsx';
import type { StripChartTexts } from './texts.ts';

export type PlotProps = {
    readonly model: StripChart;
    readonly rows: readonly PlacedRow[];
    readonly bottom: number;
    readonly scale: TimeScale;
    readonly palette: Palette;
    readonly id: string;
    readonly texts: StripChartTexts;
};

/** Everything right of the labels but the cursor: the axis, the document's field, every row. Drawn anew only when it changes. */
export const Plot = memo(function Plot(props: PlotProps): ReactNode {
    return (
        <>
            <Field {...props} />
            <Axis {...props} />
            <FieldEdges {...props} />
            {props.rows.map((placed) => (
                <Row key={`${placed.row.kind}/${placed.row.id}`} {...props} placed={placed} />
            ))}
        </>
    );
});

function Row({ placed, ...props }: PlotProps & { readonly placed: PlacedRow }): ReactNode {
    const { row } = placed;
    switch (row.kind) {
        case 'document':
            return <DocumentBar {...props} placed={placed} row={row} />;
        case 'segment':
            return <SegmentBar {...props} placed={placed} row={row} />;
        case 'exemption':
            return <ExemptionBars {...props} placed={placed} row={row} />;
        case 'position':
            return <PositionBars {...props} placed={placed} row={row} />;
        case 'marks':
            return <Marks {...props} placed={placed} row={row} />;
        case 'findings':
            return <FindingSigns {...props} placed={placed} row={row} />;
        default:
            return <RecorderBars {...props} placed={placed} row={row} fields={fieldsOf(row, props.model)} />;
    }
}

/** One tinted field through all rows; of an act of several segments one of each, in the rows that belong to it. */
function Field({ model, rows, scale, palette, bottom }: PlotProps): ReactNode {
    const boxes =
        model.segments.length > 1
            ? rows.flatMap(({ row, y, height }) => fieldsOf(row, model).map((field) => ({ key: row.id, field, y, height })))
            : model.stated === null
              ? []
              : [{ key: '', field: model.stated, y: AXIS_HEIGHT, height: bottom - AXIS_HEIGHT }];
    return boxes.map(({ key, field, y, height }) => {
        const [left, right] = edges(field, scale);
        if (right <= left) return null;
        return (
            <rect
                key={`${key}/${field.start}/${field.end}/${y}`}
                className="lh-strip-field"
                x={px(left)}
                y={y}
                width={px(right - left)}
                height={height}
                fill={palette.field}
            />
        );
    });
}

/** The stated starts and ends go through all rows they belong to, so that every overhang is seen. */
function FieldEdges({ model, rows, scale, palette, bottom }: PlotProps): ReactNode {
    const at = (field: { start: number; end: number }, from: number, to: number) =>
        [field.start, field.end].map((edge) => `M${px(clip(scale.x(edge), scale))} ${from}V${to}`).join('');
    if (model.stated === null) return null;
    const d =
        model.segments.length > 1
            ? [
                  ...model.segments.map((segment) => at(segment.during, AXIS_HEIGHT - 8, AXIS_HEIGHT)),
                  ...rows.flatMap(({ row, y, height }) => fieldsOf(row, model).map((field) => at(field, y, y + height))),
              ].join('')
            : at(model.stated, AXIS_HEIGHT - 8, bottom);
    return <path className="lh-strip-field-edges" d={d} stroke={palette.fieldEdge} strokeDasharray="3 3" fill="none" />;
}

function Axis({ scale, palette, bottom }: PlotProps): ReactNode {
    const step = tickStep(scale.msPerPx);
    const ticks = ticksIn(scale.view, step).filter((at) => scale.x(at) >= 0);
    const x = (at: number) => px(scale.x(at));
    const write = (at: number): string => {
        const midnight = (at + SHANGHAI_OFFSET) % (24 * HOUR) === 0;
        if (midnight) return formatDate(at).slice(-5);
        return formatTime(at, step < MINUTE ? 'second' : 'minute');
    };
    const half = step < MINUTE ? 28 : 20;
    const minor = step <= 5 * MINUTE || scale.msPerPx < 5000 ? ticksIn(scale.view, step / 5) : [];
    return (
        <>
            <path d={ticks.map((at) => `M${x(at)} ${AXIS_HEIGHT - 5}V${bottom}`).join('')} stroke={palette.grid} fill="none" />
            <path d={minor.map((at) => `M${x(at)} ${AXIS_HEIGHT - 4}v4`).join('')} stroke={palette.grid} fill="none" />
            <g fill={palette.ink3} fontSize={12}>
                {ticks.map((at) => {
                    const near = scale.x(at) < half ? 'start' : scale.x(at) > scale.widthPx - half ? 'end' : 'middle';
                    return (
                        <text
                            key={at}
                            x={
                                near === 'start'
                                    ? Math.max(0, x(at) - 12)
                                    : near === 'end'
                                      ? Math.min(scale.widthPx, x(at) + 12)
                                      : x(at)
                            }
                            y={19}
                            textAnchor={near}
                        >
                            {write(at)}
                        </text>
                    );
                })}
            </g>
        </>
    );
}
