import type { DocumentRow, Mark, MarksRow, PositionRow, TimeScale } from '@liuhen/domain';
import { formatTime, placeLabels } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { fill } from '../fill.ts';
import { barPath, edges, type PlacedRow, px, textWidth } from './geometry.ts';
import { haloed, type Palette } from './palette.tsx';
import type { StripChartTexts } from './texts.ts';
import { positionWhat, sayOnce } from './words.ts';

const SIZE = 11.5;

type Props<Row> = {
    readonly placed: PlacedRow;
    readonly row: Row;
    readonly scale: TimeScale;
    readonly palette: Palette;
    readonly texts: StripChartTexts;
};

/** The interval a document states; with one side only, a flag at that minute. */
export function DocumentBar({ placed, row, scale, palette, texts }: Props<DocumentRow>): ReactNode {
    const { barY: y, barHeight: height } = placed;
    const style = palette.document;
    const baseline = y + height / 2 + 4;
    const one = row.start ?? row.end;
    if (one === null) return null;
    if (row.start === null || row.end === null) {
        const x = px(scale.x(one));
        const isStart = row.start !== null;
        const words = fill(isStart ? texts.documentFrom : texts.documentTo, { time: formatTime(one, 'minute') });
        return (
            <g fontSize={SIZE}>
                <path
                    d={`M${x} ${y}V${y + height}M${x} ${y + 2}l${isStart ? 9 : -9} 5l${isStart ? -9 : 9} 5`}
                    fill={palette.fieldEdge}
                    stroke={palette.fieldEdge}
                    strokeWidth={1.5}
                />
                <text
                    x={x + (isStart ? 14 : -14)}
                    y={baseline}
                    textAnchor={isStart ? 'start' : 'end'}
                    fill={palette.name === 'mono' ? palette.ink : palette.document.fill}
                >
                    {words}
                </text>
            </g>
        );
    }
    const [left, right] = edges({ start: row.start, end: row.end }, scale);
    const [from, to] = [Math.max(left, 0), Math.min(right, scale.widthPx)];
    const both = to - from > 100;
    return (
        <g fontSize={SIZE}>
            <path d={barPath(left, right, y, height)} fill={style.fill} stroke={style.stroke} />
            {to - from > 48 && (
                <text x={px(from + 10)} y={baseline} fill={style.text}>
                    {formatTime(row.start, 'minute')}
                </text>
            )}
            {both && (
                <text x={px(to - 10)} y={baseline} fill={style.text} textAnchor="end">
                    {formatTime(row.end, 'minute')}
                </text>
            )}
        </g>
    );
}

/** Inside the premises full, outside hollow, unknown hatched; the words beside the end or above. */
export function PositionBars({ placed, row, scale, palette, texts }: Props<PositionRow>): ReactNode {
    const { barY: y, barHeight: height } = placed;
    const style = (inside: boolean | null) => (inside === null ? palette.nowhere : inside ? palette.inside : palette.outside);
    const visible = row.spans.filter(({ during }) => during.end >= scale.view.start && during.start <= scale.view.end);
    const last = sayOnce(row, texts) === undefined ? visible.at(-1) : undefined;
    const beside = last === undefined ? 0 : scale.x(last.during.end) + 10;
    const lastWords = last === undefined ? '' : positionWhat(last, texts);
    const fits = last !== undefined && beside >= 0 && beside + textWidth(lastWords, SIZE) <= scale.widthPx;
    const above = placeLabels(
        visible
            .filter((span) => last !== undefined && !(fits && span === last))
            .map((span) => ({
                item: span,
                x: Math.max(0, scale.x(span.during.start)),
                texts: [positionWhat(span, texts)],
                align: 'start' as const,
            })),
        (text) => textWidth(text, SIZE),
        { from: 0, to: scale.widthPx - 2, apart: 12 },
    );
    return (
        <g fontSize={SIZE}>
            {visible.map((span) => {
                const { fill: paint, stroke } = style(span.inside);
                const d = barPath(...edges(span.during, scale), y, height, height / 2);
                return <path key={span.id} d={d} fill={paint} stroke={stroke} strokeWidth={1.5} />;
            })}
            {above.map(({ item, x, text }) => (
                <text key={item.id} x={px(x)} y={y - 5} fill={style(item.inside).text} {...haloed(palette)}>
                    {text}
                </text>
            ))}
            {fits && last !== undefined && (
                <text x={px(beside)} y={y + height / 2 + 4} fill={style(last.inside).text}>
                    {lastWords}
                </text>
            )}
        </g>
    );
}

const STAR = 'M0-7.6l2.3 4.9 5.4.7-4 3.7 1 5.3L0 4.4l-4.7 2.6 1-5.3-4-3.7 5.4-.7z';

function MarkSign({
    mark,
    x,
    y,
    palette,
}: {
    readonly mark: Mark;
    readonly x: number;
    readonly y: number;
    readonly palette: Palette;
}): ReactNode {
    const { held, plain, photo, key, proposed } = palette.marks;
    const hollow = mark.state === 'proposed';
    const at = `translate(${px(x)} ${y})`;
    const paint = (colour: string) =>
        hollow
            ? { fill: palette.ground, stroke: proposed, strokeWidth: 2 }
            : { fill: colour, stroke: palette.ground, strokeWidth: 1 };
    if (mark.kind === 'key') return <path transform={at} d={STAR} {...paint(key)} />;
    if (mark.kind === 'photo') {
        return (
            <g transform={at}>
                <rect x={-7} y={-5.5} width={14} height={11} rx={2} {...paint(photo)} />
                <circle r={2.4} fill="none" stroke={hollow ? proposed : palette.ground} strokeWidth={1.3} />
            </g>
        );
    }
    if (mark.kind === 'phrase') return <path transform={at} d="M0-6L6 0 0 6-6 0z" {...paint(plain)} />;
    const spoken = mark.kind === 'opening' || mark.kind === 'closing';
    return <circle transform={at} r={5.5} {...paint(spoken ? held : plain)} />;
}

type Wish = { readonly item: string; readonly x: number; readonly texts: readonly string[]; readonly align: 'middle' };

/** Signs at their true moment; neighbouring photos share one label; labels take a second line before they are left out. */
export function Marks({ placed, row, scale, palette, texts }: Props<MarksRow>): ReactNode {
    const y = placed.barY + 6;
    const visible = row.marks.filter(({ at }) => at.at >= scale.view.start && at.at <= scale.view.end);
    const wishes = markWishes(visible, scale, texts);
    const box = { from: 0, to: scale.widthPx, apart: 8 };
    const width = (text: string) => textWidth(text, SIZE);
    const first = placeLabels(wishes, width, box);
    const rest = wishes.filter((wish) => !first.some((each) => each.item === wish.item));
    const second = placeLabels(rest, width, box);
    return (
        <g fontSize={SIZE}>
            {visible.map((mark) => (
                <MarkSign key={mark.id} mark={mark} x={scale.x(mark.at.at)} y={y} palette={palette} />
            ))}
            {[first, second].flatMap((line, index) =>
                line.map(({ item, x, text }) => (
                    <text key={item} x={px(x)} y={y + 21 + index * 15} fill={palette.ink2} {...haloed(palette)}>
                        {text}
                    </text>
                )),
            )}
        </g>
    );
}

const TOGETHER_PX = 48;

function markWishes(marks: readonly Mark[], scale: TimeScale, texts: StripChartTexts): Wish[] {
    const wishes: Wish[] = [];
    let photos: Mark[] = [];
    const flush = () => {
        const first = photos[0];
        if (first === undefined) return;
        const mean = photos.reduce((sum, each) => sum + scale.x(each.at.at), 0) / photos.length;
        const words =
            photos.length === 1 ? (first.label ?? texts.mark.kind.photo) : fill(texts.mark.photos, { count: photos.length });
        wishes.push({ item: first.id, x: mean, texts: [words], align: 'middle' });
        photos = [];
    };
    for (const mark of marks) {
        const x = scale.x(mark.at.at);
        if (mark.kind === 'photo') {
            const last = photos.at(-1);
            if (last !== undefined && x - scale.x(last.at.at) > TOGETHER_PX) flush();
            photos.push(mark);
            continue;
        }
        flush();
        const label = mark.label ?? texts.mark.kind[mark.kind];
        const said = mark.state === 'proposed' ? fill(texts.mark.proposed, { label }) : label;
        const kind = texts.mark.kind[mark.kind];
        wishes.push({
            item: mark.id,
            x,
            texts: said === kind || mark.state === 'proposed' ? [said] : [said, kind],
            align: 'middle',
        });
    }
    flush();
    return wishes;
}
