import type { Instant, Interval, TimeScale } from '@liuhen/domain';
import { type PointerEvent, useRef } from 'react';
import { AXIS_HEIGHT } from './geometry.ts';

type Options = {
    readonly scale: TimeScale;
    readonly bottom: number;
    readonly onPan: (from: Interval, byMs: number) => void;
    readonly onCursor: (at: Instant) => void;
    readonly onHover: (x: number, y: number) => void;
    readonly onClick: (x: number, y: number) => void;
    readonly onLeave: () => void;
};

type Drag = { readonly kind: 'pan' | 'cursor'; readonly x: number; readonly y: number; readonly from: TimeScale; moved: boolean };

/** A hand that trembles by less than this clicks. */
const STILL_PX = 4;

/**
 * A mouse or a pen drags the plot sideways, or the cursor when it starts on the axis or under the rows. A finger scrolls,
 * which the browser does itself; its tap sets the cursor.
 */
export function usePointer(options: Options) {
    const drag = useRef<Drag | null>(null);
    const where = (event: PointerEvent<SVGSVGElement>) => {
        const box = event.currentTarget.getBoundingClientRect();
        return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    return {
        onPointerDown(event: PointerEvent<SVGSVGElement>) {
            if (event.button !== 0) return;
            const { x, y } = where(event);
            const onScrub = y < AXIS_HEIGHT || y > options.bottom;
            if (event.pointerType === 'touch' && !onScrub) {
                drag.current = { kind: 'pan', x, y, from: options.scale, moved: false };
                return;
            }
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { kind: onScrub ? 'cursor' : 'pan', x, y, from: options.scale, moved: false };
            if (onScrub) options.onCursor(options.scale.at(x));
        },
        onPointerMove(event: PointerEvent<SVGSVGElement>) {
            const { x, y } = where(event);
            const now = drag.current;
            if (now === null) {
                if (event.pointerType !== 'touch') options.onHover(x, y);
                return;
            }
            if (Math.hypot(x - now.x, y - now.y) > STILL_PX) now.moved = true;
            if (now.kind === 'cursor') options.onCursor(options.scale.at(x));
            else if (now.moved && event.pointerType !== 'touch') options.onPan(now.from.view, (now.x - x) * now.from.msPerPx);
        },
        onPointerUp(event: PointerEvent<SVGSVGElement>) {
            const now = drag.current;
            drag.current = null;
            const { x, y } = where(event);
            if (now?.kind === 'pan' && !now.moved) options.onClick(x, y);
        },
        onPointerCancel() {
            drag.current = null;
        },
        onPointerLeave() {
            options.onLeave();
        },
    };
}
