import type { RecorderRow, StripChart } from '@liuhen/domain';
import { formatDateTime, formatPermille, isLeast } from '@liuhen/domain';
import { memo, type ReactNode } from 'react';
import { fill } from '../fill.ts';
import { fitting, type PlacedRow, px, shorten, textWidth } from './geometry.ts';
import type { Palette } from './palette.tsx';
import type { StripChartTexts } from './texts.ts';
import { gapLook, rowLabel } from './words.ts';

/** How much of what was required is recorded; where a file's time or end is unknown, that is the least. */
function shareOf(row: RecorderRow, texts: StripChartTexts): string {
    if (row.permille === null) return '';
    const share = formatPermille(row.permille);
    return isLeast(row) ? fill(texts.row.atLeast, { share }) : share;
}

const NAME = 13;
const MORE = 11.5;

type Props = {
    readonly model: StripChart;
    readonly rows: readonly PlacedRow[];
    readonly width: number;
    readonly left: number;
    readonly palette: Palette;
    readonly texts: StripChartTexts;
};

/** The column that names the rows: who, which recorder, and how much of what was required is recorded. */
export const Labels = memo(function Labels({ model, rows, width, left, palette, texts }: Props): ReactNode {
    const room = width - left - 12;
    const date =
        model.axis === null
            ? ''
            : formatDateTime(model.stated?.start ?? model.axis.start, texts.locale)
                  .slice(0, -5)
                  .trim();
    return (
        <>
            <text x={left} y={19} fontSize={12} fill={palette.ink3}>
                {fitting([date, date.slice(0, 10), date.slice(5, 10)], room, 12) ?? ''}
            </text>
            {rows.map(({ row, barY, barHeight }) => {
                const { name, more } = rowLabel(row, texts);
                const onDevice =
                    'basis' in row && model.clock === 'corrected' && (row.basis === 'device' || row.basis === 'mixed');
                const devices = 'devices' in row ? row.devices.join('、') : '';
                const second = onDevice ? [texts.row.deviceTime.replace('{devices}', devices), ...more] : more;
                const words =
                    fitting(second, room, MORE) ??
                    (second.at(-1) === undefined ? undefined : shorten(second.at(-1) ?? '', room, MORE));
                const middle = barY + barHeight / 2;
                const permille = 'permille' in row ? shareOf(row, texts) : '';
                const looks = 'gaps' in row ? row.gaps.map((gap) => gapLook(gap, row)) : [];
                // What is not met is as loud as what somebody still has to explain.
                const loud = (['open', 'unmet'] as const).find((look) => looks.includes(look));
                const nameRoom = room - (permille === '' ? 0 : textWidth(permille, MORE) + 8);
                return (
                    <g key={`${row.kind}/${row.id}`}>
                        <text x={left} y={px(words === undefined ? middle + 4.5 : middle - 2)} fontSize={NAME} fill={palette.ink}>
                            {shorten(name, nameRoom, NAME)}
                        </text>
                        {permille !== '' && (
                            <text
                                x={width - 12}
                                y={px(words === undefined ? middle + 4.5 : middle - 2)}
                                fontSize={MORE}
                                textAnchor="end"
                                fill={loud === undefined ? palette.ink2 : palette.gap[loud].text}
                                fontWeight={loud === undefined ? 400 : 600}
                            >
                                {permille}
                            </text>
                        )}
                        {words !== undefined && (
                            <text
                                x={left}
                                y={px(middle + 14)}
                                fontSize={MORE}
                                fill={onDevice ? palette.gap.open.text : palette.ink3}
                            >
                                {words}
                            </text>
                        )}
                    </g>
                );
            })}
        </>
    );
});
