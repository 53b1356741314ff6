import { fill } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import type { Clock } from './clock-words.ts';

const [WIDTH, HEIGHT, EDGE] = [800, 110, 16];

type Point = { readonly at: number; readonly lower: number; readonly upper: number; readonly id: string };

/** The error of the clock over time: a bar for what each check leaves possible, a line through one setting of the clock. */
export function ClockChart({ clock }: { clock: Clock }) {
    const text = useText();
    const format = useFormat();
    const points = new Map(clock.readings.flatMap((each) => pointOf(each) ?? []).map((point) => [point.id, point]));
    const settings = clock.epochs.map((epoch) => epoch.readings.flatMap((id) => points.get(id) ?? []));
    const all = settings.flat();
    // Settings a year apart would press everything else into one line: the newest that fit one picture are drawn.
    const latest = all.at(-1);
    const near = latest === undefined ? [] : all.filter((point) => Math.abs(middle(point) - middle(latest)) < DRAWN_WITHIN);
    const [first, last] = [near[0], near.at(-1)];
    if (first === undefined || last === undefined || near.length < 2) return null;
    const [low, high] = [Math.min(0, ...near.map((each) => each.lower)), Math.max(0, ...near.map((each) => each.upper))];
    const x = (at: number) => EDGE + ((at - first.at) / Math.max(1, last.at - first.at)) * (WIDTH - 2 * EDGE);
    const y = (offset: number) => HEIGHT - EDGE - ((offset - low) / Math.max(1, high - low)) * (HEIGHT - 2 * EDGE);
    const label = fill(text.clock.chart, { from: format.date(first.at), to: format.date(last.at) });
    return (
        <div className="body">
            <svg className="clock-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
                <title>{label}</title>
                {[low, high]
                    .filter((edge) => Math.abs(edge) >= 500)
                    .map((edge) => (
                        <text key={edge} x={4} y={edge === high ? 12 : HEIGHT - 4}>
                            {edge > 0 ? '+' : '−'}
                            {format.duration(Math.round(Math.abs(edge) / 1_000) * 1_000)}
                        </text>
                    ))}
                <line className="zero" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
                {settings.map((setting) => {
                    const drawn = setting.filter((point) => near.includes(point));
                    const line = drawn.map((point) => `${x(point.at)},${y(middle(point))}`).join(' ');
                    return drawn.length < 2 ? null : <polyline key={drawn[0]?.id} points={line} />;
                })}
                {near.map((point) => (
                    <g key={point.id}>
                        <line className="bound" x1={x(point.at)} x2={x(point.at)} y1={y(point.lower)} y2={y(point.upper)} />
                        <circle cx={x(point.at)} cy={y(middle(point))} r={3} />
                    </g>
                ))}
            </svg>
        </div>
    );
}

const DRAWN_WITHIN = 12 * 3_600_000;

const middle = ({ lower, upper }: Pick<Point, 'lower' | 'upper'>): number => (lower + upper) / 2;

function pointOf(reading: Clock['readings'][number]): Point | undefined {
    const { id, device, resolutionMs, lower, upper, withdrawn } = reading;
    if (lower === null || upper === null || withdrawn !== null) return undefined;
    return { id, at: upper, lower: lower - device - resolutionMs, upper: upper - device };
}
