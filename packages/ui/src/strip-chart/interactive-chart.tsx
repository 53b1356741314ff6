import type { Instant, Interval, StripChart } from '@liuhen/domain';
import { stripChartRows } from '@liuhen/domain';
import { type ReactNode, type RefObject, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { tokens } from '../tokens.ts';
import { CursorLine } from './cursor.tsx';
import { placeRows, px } from './geometry.ts';
import { boxOf, HitAreas, itemAt, Ring } from './hit-areas.tsx';
import { itemsOf, type StripChartItem } from './items.ts';
import { keyAction } from './keys.ts';
import { Labels } from './labels.tsx';
import { PaletteDefs, palette } from './palette.tsx';
import { Plot } from './plot.tsx';
import type { StripChartTexts } from './texts.ts';
import { Tooltip } from './tooltip.tsx';
import { usePointer } from './use-pointer.ts';
import { useView, useWheelZoom, useWidth, type ViewControl } from './use-view.ts';
import { cursorWords, describe } from './words.ts';

type Props = {
    readonly model: StripChart;
    readonly axis: Interval;
    readonly texts: StripChartTexts;
    readonly cursor: Instant | null;
    readonly onCursor: (at: Instant) => void;
    readonly onSelect: ((item: StripChartItem) => void) | undefined;
    readonly selectedKey: string | undefined;
    readonly initialWidth: number;
    readonly onFitChange: (isFit: boolean) => void;
    readonly control: RefObject<{ zoomBy: (factor: number) => void; fit: ViewControl['fit'] } | null>;
};

const NARROW = 640;

/** The chart under the hand: labels stay, the plot scrolls, zooms and answers to pointer and keys. */
export function InteractiveChart(props: Props): ReactNode {
    const { model, axis, texts, cursor, onCursor, onSelect, selectedKey, control, onFitChange } = props;
    const scroller = useRef<HTMLElement>(null);
    const plot = useRef<SVGSVGElement>(null);
    const activeRef = useRef<SVGRectElement>(null);
    const wantsFocus = useRef(false);
    const id = `lh${useId().replace(/\W/g, '')}`;
    const [activeKey, setActiveKey] = useState<string>();
    const [pointed, setPointed] = useState<{ readonly item: StripChartItem; readonly by: 'focus' | 'hover' } | null>(null);

    const width = useWidth(scroller, props.initialWidth);
    const narrow = width < NARROW;
    const labelWidth = narrow ? 118 : 200;
    const plotWidth = Math.max(80, width - labelWidth);
    const view = useView(axis, plotWidth, scroller);
    const { scale } = view;
    const { rows, bottom, height } = useMemo(() => placeRows(stripChartRows(model)), [model]);
    const items = useMemo(() => itemsOf(model), [model]);
    const spoken = useMemo(() => spokenOnce(texts), [texts]);
    const paint = useMemo(() => palette('colour', id), [id]);
    useWheelZoom(plot, scale, axis, view.zoomAt);
    useFollow(cursor, scale.view, view.reveal);

    const middle = (scale.view.start + scale.view.end) / 2;
    const pivot = cursor !== null && cursor >= scale.view.start && cursor <= scale.view.end ? cursor : middle;
    useEffect(() => {
        control.current = { zoomBy: (factor) => view.zoom(factor, pivot), fit: view.fit };
    });
    useEffect(() => onFitChange(view.isFit), [onFitChange, view.isFit]);
    useEffect(() => {
        if (!wantsFocus.current) return;
        wantsFocus.current = false;
        activeRef.current?.focus({ preventScroll: true });
    });

    const moveTo = (at: Instant) => {
        const inside = Math.round(Math.min(axis.end, Math.max(axis.start, at)));
        onCursor(inside);
        view.reveal(inside);
    };
    const choose = (item: StripChartItem) => {
        setActiveKey(item.key);
        onSelect?.(item);
    };
    const pointer = usePointer({
        scale,
        bottom,
        onPan: view.pan,
        onCursor: (at) => onCursor(Math.round(Math.min(axis.end, Math.max(axis.start, at)))),
        onHover: (x, y) => {
            const item = itemAt(items, rows, scale, x, y);
            setPointed((now) =>
                item === undefined
                    ? now?.by === 'focus'
                        ? now
                        : null
                    : now?.item.key === item.key
                      ? now
                      : { item, by: 'hover' },
            );
        },
        onClick: (x, y) => {
            onCursor(scale.at(x));
            const item = itemAt(items, rows, scale, x, y);
            if (item !== undefined) choose(item);
        },
        onLeave: () => setPointed(null),
    });

    const goTo = (step: number) => {
        const now = items.findIndex((item) => item.key === activeKey);
        const next = items[Math.min(items.length - 1, Math.max(0, now + step))];
        if (next === undefined) return;
        wantsFocus.current = true;
        setActiveKey(next.key);
        view.reveal(Math.min(Math.max(next.span.start, scale.view.start), Math.max(next.span.end, next.span.start)));
    };
    const onKeyDown = (event: React.KeyboardEvent) => {
        const action = keyAction(event);
        if (action === undefined) return;
        // On a bar it chooses and nothing else; on the cursor it is the page's, whose players start and stop with it.
        if (action.kind === 'choose' && event.target !== activeRef.current) return;
        event.preventDefault();
        const from = cursor ?? model.stated?.start ?? axis.start;
        const active = items.find((item) => item.key === activeKey);
        if (action.kind === 'step') moveTo(from + action.ms);
        else if (action.kind === 'edge') moveTo(axis[action.side]);
        else if (action.kind === 'zoom') view.zoom(action.factor, pivot);
        else if (action.kind === 'fit') view.fit();
        else if (action.kind === 'item') goTo(action.by);
        else if (action.kind === 'dismiss') setPointed(null);
        else if (active !== undefined) {
            moveTo(active.span.start);
            choose(active);
        }
    };

    const onItemFocus = useCallback((item: StripChartItem, seen: boolean) => {
        setActiveKey(item.key);
        if (seen) setPointed({ item, by: 'focus' });
    }, []);
    const onItemBlur = useCallback(() => setPointed((now) => (now?.by === 'focus' ? null : now)), []);
    const ringOf = (item: StripChartItem | undefined, kind: 'focus' | 'selected' | 'hover') => {
        const placed = item === undefined ? undefined : rows[item.rowIndex];
        if (item === undefined || placed === undefined) return null;
        return <Ring box={boxOf(item, placed, scale)} kind={kind} />;
    };
    const shownRow = pointed === null ? undefined : rows[pointed.item.rowIndex];

    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys of the bars and of the cursor inside are handled together
        <div className="lh-strip-frame" onKeyDown={onKeyDown}>
            <section
                className="lh-strip-scroll"
                ref={scroller}
                onScroll={view.onScroll}
                aria-label={texts.chartLabel}
                aria-describedby={`${id}-keys`}
            >
                <div style={{ width: labelWidth + view.contentPx, height }}>
                    <div className="lh-strip-pin" style={{ width, height }}>
                        <svg
                            className="lh-strip-labels"
                            width={labelWidth}
                            height={height}
                            fontFamily={tokens.fontFamily}
                            aria-hidden="true"
                        >
                            <Labels
                                model={model}
                                rows={rows}
                                width={labelWidth}
                                left={narrow ? 12 : 16}
                                palette={paint}
                                texts={texts}
                            />
                        </svg>
                        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn in */}
                        <svg
                            ref={plot}
                            className="lh-strip-plot"
                            width={px(plotWidth)}
                            height={height}
                            fontFamily={tokens.fontFamily}
                            role="group"
                            aria-label={texts.chartLabel}
                            {...pointer}
                        >
                            <PaletteDefs name="colour" id={id} />
                            {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in this drawing takes focus; the hit areas speak for it */}
                            <g aria-hidden="true">
                                <Plot {...{ model, rows, bottom, scale, id, texts }} palette={paint} />
                            </g>
                            {pointed?.by === 'hover' && ringOf(pointed.item, 'hover')}
                            {ringOf(
                                items.find((item) => item.key === selectedKey),
                                'selected',
                            )}
                            <HitAreas
                                {...{ items, rows, scale, texts, spoken, activeKey, selectedKey, activeRef }}
                                onFocus={onItemFocus}
                                onBlur={onItemBlur}
                            />
                            <g
                                className="lh-strip-slider"
                                role="slider"
                                tabIndex={0}
                                aria-label={texts.spoken.cursor.replace('{time}', '').trim()}
                                aria-valuemin={axis.start}
                                aria-valuemax={axis.end}
                                aria-valuenow={cursor ?? axis.start}
                                aria-valuetext={cursorWords(cursor, texts)}
                            >
                                <rect
                                    className="lh-strip-scrub"
                                    x={0}
                                    y={bottom}
                                    width={px(plotWidth)}
                                    height={height - bottom}
                                    fill="transparent"
                                />
                                {cursor !== null && <CursorLine at={cursor} scale={scale} palette={paint} bottom={bottom} />}
                            </g>
                            {pointed?.by === 'focus' && ringOf(pointed.item, 'focus')}
                        </svg>
                    </div>
                </div>
            </section>
            <p id={`${id}-keys`} className="lh-hidden">
                {texts.actions.keys}
            </p>
            {pointed !== null && shownRow !== undefined && (
                <Tooltip
                    item={pointed.item}
                    box={boxOf(pointed.item, shownRow, scale)}
                    texts={texts}
                    left={labelWidth}
                    width={width}
                    scale={scale}
                />
            )}
        </div>
    );
}

const spokenOnce = (texts: StripChartTexts) => {
    const said = new WeakMap<StripChartItem, string>();
    return (item: StripChartItem): string => {
        const words = said.get(item) ?? describe(item, texts).spoken;
        said.set(item, words);
        return words;
    };
};

/** While playback leaves the view that showed it, the view follows; a view turned elsewhere by hand is left alone. */
function useFollow(cursor: Instant | null, view: Interval, reveal: (at: Instant) => void): void {
    const before = useRef(cursor);
    useEffect(() => {
        const from = before.current;
        before.current = cursor;
        const wasSeen = from !== null && from >= view.start && from <= view.end;
        if (cursor !== null && cursor !== from && wasSeen && (cursor < view.start || cursor > view.end)) reveal(cursor);
    }, [cursor, view, reveal]);
}
