import type { TimeScale } from '@liuhen/domain';
import type { ReactNode, RefObject } from 'react';
import { memo } from 'react';
import { SIGN_WIDTH } from './finding-signs.tsx';
import { clip, OPEN_END_WIDTH, type PlacedRow, px } from './geometry.ts';
import type { StripChartItem } from './items.ts';
import type { StripChartTexts } from './texts.ts';

/** With more in view than this, only the one in focus is an element; keys still reach every one, the table lists all. */
const MOST_ELEMENTS = 160;

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where a thing stands on screen. A moment gets the size of its sign. */
export function boxOf(item: StripChartItem, placed: PlacedRow, scale: TimeScale): Box {
    if (item.kind === 'mark') return { x: scale.x(item.span.start) - 9, y: placed.barY - 3, width: 18, height: 18 };
    const left = clip(scale.x(item.span.start), scale);
    if (item.kind === 'finding') {
        const wide = Math.max(SIGN_WIDTH, clip(scale.x(item.span.end), scale) - left + SIGN_WIDTH / 2);
        return { x: left - SIGN_WIDTH / 2, y: placed.barY - 3, width: wide, height: placed.barHeight + 4 };
    }
    if (item.kind === 'start') return { x: left, y: placed.barY, width: OPEN_END_WIDTH, height: placed.barHeight };
    const right = clip(scale.x(item.span.end), scale);
    const out = item.kind === 'gap' ? 4 : 0;
    return { x: left, y: placed.barY - out, width: Math.max(0, right - left), height: placed.barHeight + 2 * out };
}

/** The thing under a point, with a few pixels of mercy for narrow ones. Gaps win over bars beneath them, open ends over gaps. */
export function itemAt(
    items: readonly StripChartItem[],
    rows: readonly PlacedRow[],
    scale: TimeScale,
    x: number,
    y: number,
): StripChartItem | undefined {
    const rowIndex = rows.findIndex((placed) => y >= placed.y && y < placed.y + placed.height);
    let nearest: StripChartItem | undefined;
    let least = 5;
    for (const item of items) {
        if (item.rowIndex !== rowIndex) continue;
        const placed = rows[rowIndex];
        if (placed === undefined) continue;
        const box = boxOf(item, placed, scale);
        const away = Math.max(0, box.x - x, x - box.x - box.width);
        if (away < least || (away === 0 && least === 0 && layerOf(item) > layerOf(nearest))) {
            least = away;
            nearest = item;
        }
    }
    return nearest;
}

const layerOf = (item: StripChartItem | undefined): number => (item?.kind === 'start' ? 2 : item?.kind === 'gap' ? 1 : 0);

type Props = {
    readonly items: readonly StripChartItem[];
    readonly rows: readonly PlacedRow[];
    readonly scale: TimeScale;
    /** What is said of a thing; words do not change with the view, so they are made once. */
    readonly spoken: (item: StripChartItem) => string;
    readonly texts: StripChartTexts;
    readonly activeKey: string | undefined;
    readonly selectedKey: string | undefined;
    readonly activeRef: RefObject<SVGRectElement | null>;
    /** `seen`: the focus came by keys and must show; a press of the mouse that begins a drag must not. */
    readonly onFocus: (item: StripChartItem, seen: boolean) => void;
    readonly onBlur: () => void;
};

/** Invisible shapes over what is drawn: they carry focus and the spoken description. One tab stop; keys rove. */
export const HitAreas = memo(function HitAreas({
    items,
    rows,
    scale,
    spoken,
    texts,
    activeKey,
    selectedKey,
    activeRef,
    onFocus,
    onBlur,
}: Props): ReactNode {
    const inView = items.filter(({ span }) => span.end >= scale.view.start && span.start <= scale.view.end);
    const some = inView.length <= MOST_ELEMENTS ? inView : inView.filter((item) => item.key === activeKey);
    const stop = some.some((item) => item.key === activeKey) ? activeKey : some[0]?.key;
    return (
        // biome-ignore lint/a11y/useSemanticElements: an SVG group has no semantic element of its own
        // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a plain SVG group takes no input itself
        <g role="group" aria-label={texts.spoken.bars}>
            {some.map((item) => {
                const placed = rows[item.rowIndex];
                if (placed === undefined) return null;
                const box = boxOf(item, placed, scale);
                const active = item.key === stop;
                return (
                    // biome-ignore lint/a11y/useSemanticElements: an SVG shape cannot be a button element
                    <rect
                        key={item.key}
                        ref={active ? activeRef : undefined}
                        className="lh-strip-hit"
                        role="button"
                        tabIndex={active ? 0 : -1}
                        aria-label={spoken(item)}
                        aria-pressed={item.key === selectedKey}
                        data-key={item.key}
                        x={px(box.x)}
                        y={px(box.y)}
                        width={px(box.width)}
                        height={px(box.height)}
                        rx={4}
                        onFocus={(event) => onFocus(item, event.currentTarget.matches(':focus-visible'))}
                        onBlur={onBlur}
                    />
                );
            })}
        </g>
    );
});

/** Outline of what is in focus, selected or pointed at: dark with a light halo, so that it is seen on every ground. */
export function Ring({ box, kind }: { readonly box: Box; readonly kind: 'focus' | 'selected' | 'hover' }): ReactNode {
    const out = kind === 'hover' ? 1 : 2.5;
    const [x, y, width, height] = [
        px(box.x - out),
        px(box.y - out),
        px(Math.max(3, box.width) + 2 * out),
        px(box.height + 2 * out),
    ];
    return (
        <g className={`lh-strip-ring lh-${kind}`} fill="none" pointerEvents="none">
            {kind !== 'hover' && <rect {...{ x, y, width, height }} rx={6} stroke="#ffffff" strokeWidth={5} />}
            <rect {...{ x, y, width, height }} rx={6} stroke="#16202b" strokeWidth={kind === 'hover' ? 1 : 2} />
        </g>
    );
}
