import type { Instant, TimeScale } from '@liuhen/domain';
import { formatTime } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { AXIS_HEIGHT, px } from './geometry.ts';
import type { Palette } from './palette.tsx';

/** A red line through all rows with the playback time under it; tenths once a pixel is less than 50 ms. */
export function CursorLine({
    at,
    scale,
    palette,
    bottom,
}: {
    readonly at: Instant;
    readonly scale: TimeScale;
    readonly palette: Palette;
    readonly bottom: number;
}): ReactNode {
    const x = scale.x(at);
    if (x < -1 || x > scale.widthPx + 1) return null;
    const tenths = scale.msPerPx < 50;
    const width = tenths ? 70 : 58;
    const left = Math.min(scale.widthPx - width, Math.max(0, x - width / 2));
    return (
        <g className="lh-strip-cursor">
            <line x1={px(x)} x2={px(x)} y1={AXIS_HEIGHT - 8} y2={bottom + 4} stroke={palette.cursor} strokeWidth={1.5} />
            <rect x={px(left)} y={bottom + 4} width={width} height={20} rx={4} fill={palette.cursor} />
            <text x={px(left + width / 2)} y={bottom + 18.5} fontSize={12} fill="#ffffff" textAnchor="middle">
                {formatTime(at, tenths ? 'tenth' : 'second')}
            </text>
        </g>
    );
}
