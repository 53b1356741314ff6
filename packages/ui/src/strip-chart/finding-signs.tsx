import type { FindingLook, FindingsRow, TimeScale } from '@liuhen/domain';
import { placeLabels } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { edges, type PlacedRow, px, textWidth } from './geometry.ts';
import { haloed, type Palette } from './palette.tsx';

const SIZE = 11.5;
/** A sign at the beginning of a stretch, or at its moment. */
export const SIGN_WIDTH = 18;

type Props = {
    readonly placed: PlacedRow;
    readonly row: FindingsRow;
    readonly scale: TimeScale;
    readonly palette: Palette;
};

/** What was found, where it lies: a bracket over the stretch, and a sign whose shape says what is to be done. */
export function FindingSigns({ placed, row, scale, palette }: Props): ReactNode {
    const y = placed.barY + 7;
    const floor = placed.barY + placed.barHeight;
    const visible = row.spans.filter(({ during }) => during.end >= scale.view.start && during.start <= scale.view.end);
    const signAt = (start: number) => Math.max(SIGN_WIDTH / 2, scale.x(start));
    const labels = placeLabels(
        visible.map((span) => ({
            item: span,
            x: signAt(span.during.start) + 11,
            texts: [`${span.words} · ${span.note}`, span.words],
            align: 'start' as const,
        })),
        (text) => textWidth(text, SIZE),
        { from: 0, to: scale.widthPx - 2, apart: 22 },
    );
    return (
        <g fontSize={SIZE}>
            {visible.map((span) => {
                const colour = palette.finding[span.look];
                const [left, right] = edges(span.during, scale);
                return (
                    <g key={span.id}>
                        {right > left && (
                            <path
                                className="lh-strip-finding"
                                d={`M${px(left)} ${floor - 4}V${floor}H${px(right)}V${floor - 4}`}
                                fill="none"
                                stroke={colour}
                                strokeWidth={1.5}
                            />
                        )}
                        <Sign look={span.look} x={signAt(span.during.start)} y={y} colour={colour} ground={palette.ground} />
                    </g>
                );
            })}
            {labels.map(({ item, x, text }) => (
                <text key={item.id} x={px(x)} y={y + 4} fill={palette.ink2} {...haloed(palette)}>
                    {text}
                </text>
            ))}
        </g>
    );
}

const TRIANGLE = 'M0-6.5L7 5.5H-7Z';

type SignProps = {
    readonly look: FindingLook;
    readonly x: number;
    readonly y: number;
    readonly colour: string;
    readonly ground: string;
};

/** Told apart without colour: a full triangle, a hollow one, a crossed square full or hollow, a ticked circle. */
function Sign({ look, x, y, colour, ground }: SignProps): ReactNode {
    const at = { transform: `translate(${px(x)} ${px(y)})`, className: `lh-strip-sign lh-${look}` };
    const line = { fill: 'none', strokeWidth: 1.6, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
    if (look === 'open') return <path {...at} d={TRIANGLE} fill={colour} stroke={ground} />;
    if (look === 'waiting') return <path {...at} d={TRIANGLE} {...line} fill={ground} stroke={colour} />;
    if (look === 'stands')
        return (
            <g {...at}>
                <rect x={-6} y={-6} width={12} height={12} rx={1.5} fill={colour} />
                <path d="M-3-3L3 3M3-3L-3 3" {...line} stroke={ground} />
            </g>
        );
    if (look === 'unmet')
        return (
            <g {...at}>
                <rect x={-6} y={-6} width={12} height={12} rx={1.5} {...line} fill={ground} stroke={colour} />
                <path d="M-2.6-2.6L2.6 2.6M2.6-2.6L-2.6 2.6" {...line} stroke={colour} />
            </g>
        );
    return (
        <g {...at}>
            <circle r={6} {...line} fill={ground} stroke={colour} />
            <path d="M-2.8 .2L-.8 2.4 3-2.2" {...line} stroke={colour} />
        </g>
    );
}
