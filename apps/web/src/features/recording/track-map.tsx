import { fill } from '@liuhen/contract';
import {
    type Datum,
    datumOf,
    type FilePositions,
    formatMediaTime,
    metresBetween,
    type Place,
    placeAt,
    planOf,
} from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';

type Props = {
    positions: FilePositions;
    /** Where the party's premises are, as the register has it. */
    premises: (Place & { readonly name: string }) | null;
    /** The moment that is shown, in the file. */
    mediaMs: number;
};

const WIDTH = 560;
const degrees = (e7: number): string => (e7 / 1e7).toFixed(6);

/** Where the recorder was, drawn here: no map of anybody else is asked, so that no place leaves the house and it works offline. */
export function TrackMap({ positions, premises, mediaMs }: Props) {
    const text = useText();
    const format = useFormat();
    const plan = planOf(positions.points, premises);
    const now = placeAt(positions.points, mediaMs);
    if (plan === undefined || now === undefined) return null;
    const datum: Datum = datumOf(positions.source);
    const scale = WIDTH / plan.widthM;
    const height = plan.heightM * scale;
    const here = placeAt(plan.points, mediaMs);
    const line = plan.points.map(({ x, y }) => `${(x * scale).toFixed(1)},${(y * scale).toFixed(1)}`).join(' ');
    const away = premises === null ? undefined : Math.round(metresBetween(now, premises));
    const words = fill(text.map.now, { lat: degrees(now.latE7), lon: degrees(now.lonE7) });
    const bar = plan.barM >= 1_000 ? `${plan.barM / 1_000} km` : `${plan.barM} m`;
    return (
        <Card title={text.map.title} small={text.map.datum[datum]}>
            <div className="body track-map">
                <svg viewBox={`0 0 ${WIDTH} ${height.toFixed(0)}`} role="img" aria-label={`${text.map.title}. ${words}`}>
                    <rect width={WIDTH} height={height} fill="#f6f8fa" />
                    <polyline points={line} fill="none" stroke="#0f5fa6" strokeWidth="2.5" strokeLinejoin="round" />
                    {plan.premises !== null && (
                        <g transform={`translate(${plan.premises.x * scale} ${plan.premises.y * scale})`}>
                            <rect x={-7} y={-7} width={14} height={14} fill="#fff" stroke="#5b4bb7" strokeWidth="2.5" />
                            <text
                                {...(plan.premises.x * scale > WIDTH / 2 ? { x: -12, textAnchor: 'end' } : { x: 12 })}
                                y={4}
                                fontSize={12}
                                fill="#5b4bb7"
                            >
                                {premises?.name}
                            </text>
                        </g>
                    )}
                    {here !== undefined && (
                        <circle cx={here.x * scale} cy={here.y * scale} r={6} fill="#b42318" stroke="#fff" strokeWidth="2" />
                    )}
                    <g stroke="#16202b" strokeWidth="1.5" fill="none">
                        <path d={`M12 ${height - 16}v6h${plan.barM * scale}v-6`} />
                        <path d={`M${WIDTH - 20} 34V12m-5 7 5-8 5 8`} />
                    </g>
                    <text x={16} y={height - 20} fontSize={12} fill="#16202b">
                        {bar}
                    </text>
                    <text x={WIDTH - 20} y={48} fontSize={12} textAnchor="middle" fill="#16202b">
                        {text.map.north}
                    </text>
                </svg>
                <p>
                    <span className="mono">{words}</span>
                    {away !== undefined && premises !== null && (
                        <> · {fill(text.map.away, { name: premises.name, metres: format.count(away) })}</>
                    )}
                </p>
                <p className="second">{text.map.datumWhat[datum]}</p>
                <details>
                    <summary className="soft">{fill(text.map.points, { count: format.count(positions.points.length) })}</summary>
                    <ol className="track-points mono">
                        {positions.points.map((each) => (
                            <li key={each.atMs}>
                                {formatMediaTime(each.atMs)} {degrees(each.latE7)}, {degrees(each.lonE7)}
                            </li>
                        ))}
                    </ol>
                </details>
            </div>
        </Card>
    );
}
