import type { Gap, Interval, PlacedRun, RecorderRow, TimeScale } from '@liuhen/domain';
import { placeLabels, union, visibleOf } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { barPath, clip, edges, fitting, OPEN_END_WIDTH, type PlacedRow, px, textWidth, tornPath } from './geometry.ts';
import { haloed, type Palette } from './palette.tsx';
import type { StripChartTexts } from './texts.ts';
import { type GapLook, gapLook, gapTexts, openEndTexts, runTexts, segmentTexts } from './words.ts';

const SIZE = 11.5;
/** Below this a soft edge cannot be seen, and the run is drawn sharp at its best estimate. */
const SOFT_FROM_PX = 0.75;
const SEGMENT_LABEL_FROM_PX = 110;
/** Nothing that can be read fits into less, so its words are not even made. */
const LABEL_FROM_PX = 32;

type Props = {
    readonly placed: PlacedRow;
    readonly row: RecorderRow;
    readonly scale: TimeScale;
    readonly palette: Palette;
    readonly id: string;
    readonly texts: StripChartTexts;
    /** What is tinted in this row. */
    readonly fields: readonly Interval[];
};

/** One recorder: all its visible runs are one path, all joints another, gaps one path per state. */
export function RecorderBars(props: Props): ReactNode {
    const { row, scale } = props;
    const runs = visibleOf(row.runs, scale.view, (run) => ({ start: run.start.lower, end: run.end.upper }));
    return (
        <>
            {row.gaps.length > 0 && <Gaps {...props} />}
            <Runs {...props} runs={runs} />
            <StatedEdges {...props} runs={runs} />
            <RunLabels {...props} runs={runs} />
            <OpenEnds {...props} />
            <OwnPart {...props} />
        </>
    );
}

function Runs({ runs, placed, row, scale, palette, id }: Props & { readonly runs: readonly PlacedRun[] }): ReactNode {
    const style = palette[row.kind];
    const { barY: y, barHeight: height } = placed;
    let solid = '';
    let hairs = '';
    let holes = '';
    const soft: ReactNode[] = [];
    for (const run of runs) {
        const fadesIn = (run.start.upper - run.start.lower) / scale.msPerPx >= SOFT_FROM_PX;
        const fadesOut = (run.end.upper - run.end.lower) / scale.msPerPx >= SOFT_FROM_PX;
        const left = clip(scale.x(fadesIn ? run.start.upper : run.start.at), scale);
        const right = clip(scale.x(fadesOut ? run.end.lower : run.end.at), scale);
        if (right > left) solid += barPath(left, right, y, height, fadesIn || fadesOut ? 0 : 4);
        if (fadesIn)
            soft.push(
                <Soft
                    key={`${run.start.at}in`}
                    span={{ start: run.start.lower, end: run.start.upper }}
                    to={`${id}-${row.kind}-in`}
                    {...{ y, height, scale }}
                />,
            );
        if (fadesOut)
            soft.push(
                <Soft
                    key={`${run.end.at}out`}
                    span={{ start: run.end.lower, end: run.end.upper }}
                    to={`${id}-${row.kind}-out`}
                    {...{ y, height, scale }}
                />,
            );
        const joints = jointPaths(run, scale, y, height);
        hairs += joints.hairs;
        holes += joints.holes;
    }
    return (
        <>
            {soft}
            {solid !== '' && <path className="lh-strip-runs" d={solid} fill={style.fill} stroke={style.stroke} />}
            {holes !== '' && <path className="lh-strip-holes" d={holes} fill={style.joint} fillOpacity={0.8} />}
            {hairs !== '' && (
                <path
                    className="lh-strip-joints"
                    d={hairs}
                    stroke={style.joint}
                    strokeOpacity={hairOpacity(palette, runs, scale)}
                    fill="none"
                />
            )}
        </>
    );
}

/** Hair lines that stand close are drawn fainter, so that a bar of many segments still reads as one bar. */
function hairOpacity(palette: Palette, runs: readonly PlacedRun[], scale: TimeScale): number {
    if (palette.name === 'mono') return 1;
    const segments = runs.reduce((sum, run) => sum + run.segments.length, 0);
    const length = runs.reduce((sum, run) => sum + run.end.at - run.start.at, 0);
    return Math.min(0.6, Math.max(0.22, length / scale.msPerPx / segments / 60));
}

/** Footage that began and was cut off: a torn bar says that it goes on nobody knows how far, and so do its words. */
function OpenEnds({ row, placed, scale, palette, texts }: Props): ReactNode {
    const seen = row.openStarts.filter(({ start }) => scale.x(start.at) > -OPEN_END_WIDTH && start.at <= scale.view.end);
    if (seen.length === 0) return null;
    const { barY, barHeight } = placed;
    const d = seen.map(({ start }) => tornPath(scale.x(start.at), barY, barHeight)).join('');
    const style = palette[row.kind];
    return (
        <>
            <path className="lh-strip-open-ends" d={d} fill={style.fill} stroke={style.stroke} />
            <g fontSize={SIZE}>
                {seen.map((open) => {
                    const x = scale.x(open.start.at);
                    const next = [...row.runs, ...row.openStarts].map((each) => scale.x(each.start.at)).filter((at) => at > x);
                    const room = Math.min(scale.widthPx, ...next) - x - OPEN_END_WIDTH - 8;
                    const words = fitting(openEndTexts(open, texts), room, SIZE);
                    return words === undefined ? null : (
                        <text
                            key={open.recordingId}
                            x={px(x + OPEN_END_WIDTH + 4)}
                            y={barY + barHeight / 2 + 4}
                            fill={palette.ink2}
                            {...haloed(palette)}
                        >
                            {words}
                        </text>
                    );
                })}
            </g>
        </>
    );
}

/** Somebody who was there for a part only: brackets under the bar show what they had to record. */
function OwnPart({ row, placed, scale, palette, fields }: Props): ReactNode {
    const whole = union(fields);
    const same = (own: Interval, index: number) => own.start === whole[index]?.start && own.end === whole[index]?.end;
    if (row.required.length === whole.length && row.required.every(same)) return null;
    const y = placed.barY + placed.barHeight + 3;
    const d = row.required.map((own) => {
        const [left, right] = edges(own, scale);
        return `M${px(left)} ${y}v4H${px(right)}v-4`;
    });
    return d.length === 0 ? null : <path d={d.join('')} stroke={palette.ink3} fill="none" />;
}

/** Where footage goes past a stated start or end, the dashed edge goes on over the bar. */
function StatedEdges({ runs, placed, row, scale, palette, fields }: Props & { readonly runs: readonly PlacedRun[] }): ReactNode {
    const stated = [...new Set(fields.flatMap(({ start, end }) => [start, end]))];
    const over = stated.filter((at) => runs.some((run) => run.start.at < at && at < run.end.at));
    const d = over.map((at) => `M${px(clip(scale.x(at), scale))} ${placed.barY}v${placed.barHeight}`).join('');
    return d === '' ? null : (
        <path
            d={d}
            stroke={row.kind === 'assistant' ? palette.fieldEdge : palette[row.kind].joint}
            strokeDasharray="3 3"
            fill="none"
        />
    );
}

/** Joints as hair lines, at most one a pixel; a hole of up to the join limit shows its true width once it has one. */
function jointPaths(
    run: PlacedRun,
    scale: TimeScale,
    y: number,
    height: number,
): { readonly hairs: string; readonly holes: string } {
    let hairs = '';
    let holes = '';
    let last = Number.NEGATIVE_INFINITY;
    const joints = visibleOf(run.joints, scale.view, (joint) => ({ start: joint.at - joint.holeMs, end: joint.at }));
    for (const { at, holeMs } of joints) {
        const right = scale.x(at);
        const left = scale.x(at - holeMs);
        if (right - left >= 1) {
            holes += `M${px(left)} ${y}H${px(right)}V${y + height}H${px(left)}Z`;
        } else if (right - last >= 1) {
            hairs += `M${px(right)} ${y}v${height}`;
            last = right;
        }
    }
    return { hairs, holes };
}

function Soft({
    span,
    to,
    y,
    height,
    scale,
}: {
    readonly span: { start: number; end: number };
    readonly to: string;
    readonly y: number;
    readonly height: number;
    readonly scale: TimeScale;
}): ReactNode {
    const [left, right] = edges(span, scale);
    if (right <= left) return null;
    return <rect className="lh-strip-soft" x={px(left)} y={y} width={px(right - left)} height={height} fill={`url(#${to})`} />;
}

function RunLabels({
    runs,
    placed,
    row,
    scale,
    palette,
    texts,
    fields,
}: Props & { readonly runs: readonly PlacedRun[] }): ReactNode {
    const style = palette[row.kind];
    const baseline = placed.barY + placed.barHeight / 2 + 4;
    const stated = fields.flatMap(({ start, end }) => [scale.x(start), scale.x(end)]).toSorted((a, b) => a - b);
    const labels: ReactNode[] = [];
    const write = (key: string, left: number, right: number, words: readonly string[]) => {
        const at = labelPlace(words, Math.max(left, 0) + 8, Math.min(right, scale.widthPx) - 6, stated);
        if (at === undefined) return;
        const { x, text } = at;
        labels.push(
            <text
                key={key}
                x={px(x)}
                y={baseline}
                fill={style.text}
                stroke={style.halo}
                strokeWidth={4}
                strokeLinejoin="round"
                paintOrder="stroke"
            >
                {text}
            </text>,
        );
    };
    for (const run of runs) {
        const span = (run.end.at - run.start.at) / scale.msPerPx;
        if (span < LABEL_FROM_PX) continue;
        if (run.segments.length > 1 && span / run.segments.length >= SEGMENT_LABEL_FROM_PX) {
            for (const [index, segment] of run.segments.entries()) {
                const [left, right] = [scale.x(segment.start.at), scale.x(segment.end.at)];
                if (right < 0 || left > scale.widthPx) continue;
                write(segment.id, left, right, segmentTexts(run.firstNumber + index, segment.end.at - segment.start.at, texts));
            }
        } else {
            write(`${run.start.at}`, scale.x(run.start.at), scale.x(run.end.at), runTexts(run, texts));
        }
    }
    return <g fontSize={SIZE}>{labels}</g>;
}

/**
 * The longest words that fit, from the left and beside the stated edges: a dashed line through them could not be read, nor could
 * they. Where only words across an edge fit, those.
 */
function labelPlace(
    words: readonly string[],
    from: number,
    to: number,
    stated: readonly number[],
): { readonly x: number; readonly text: string } | undefined {
    for (const text of words) {
        const width = textWidth(text, SIZE);
        let x = from;
        for (const edge of stated) if (edge > x - 5 && edge < x + width + 5) x = edge + 7;
        if (x + width <= to) return { x, text };
    }
    const text = fitting(words, to - from, SIZE);
    return text === undefined ? undefined : { x: from, text };
}

/** A gap is an outlined box of true width that stands out above and below the bar, with its words above. */
function Gaps({ row, placed, scale, palette, texts }: Props): ReactNode {
    const gaps = visibleOf(row.gaps, scale.view, (gap) => gap);
    const top = placed.barY - 4;
    const height = placed.barHeight + 8;
    const byState = new Map<GapLook, Gap[]>();
    for (const gap of gaps) {
        const look = gapLook(gap, row);
        const some = byState.get(look);
        if (some === undefined) byState.set(look, [gap]);
        else some.push(gap);
    }
    const wishes = gaps.map((gap, index) => {
        const x = Math.max(0, scale.x(gap.start));
        const next = gaps[index + 1];
        const room = next === undefined ? Number.POSITIVE_INFINITY : scale.x(next.start) - x;
        return { item: gap, x, texts: room < LABEL_FROM_PX ? [] : gapTexts(gap, row, texts), align: 'start' as const };
    });
    const labels = placeLabels(wishes, (text) => textWidth(text, SIZE), { from: 0, to: scale.widthPx - 2, apart: 14 });
    return (
        <>
            {[...byState].map(([state, some]) => {
                const style = palette.gap[state];
                const d = some.map((gap) => barPath(...edges(gap, scale), top, height, 3)).join('');
                return (
                    <path
                        key={state}
                        className={`lh-strip-gap lh-${state}`}
                        d={d}
                        fill={style.fill}
                        stroke={style.stroke}
                        strokeDasharray={style.dash}
                    />
                );
            })}
            <g fontSize={SIZE}>
                {labels.map(({ item, x, text }) => (
                    <text
                        key={item.id}
                        x={px(x)}
                        y={placed.barY - 9}
                        fill={palette.gap[gapLook(item, row)].text}
                        {...haloed(palette)}
                        fontWeight={['open', 'unmet'].includes(gapLook(item, row)) ? 600 : 400}
                    >
                        {text}
                    </text>
                ))}
            </g>
        </>
    );
}
