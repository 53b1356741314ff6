import type { Instant, PaperChart } from '@liuhen/domain';
import { formatDate, stripChart } from '@liuhen/domain';
import { clockNote, StripChartSvg, stripChartZh, tableRows, tableTitles } from '@liuhen/ui';
import { renderToStaticMarkup } from 'react-dom/server';
import { scenarioWords } from '../../app/scenario-words.ts';
import { zh } from '../../text/zh-CN.ts';
import { type ActDetail, attachedMomentsOf, factsOf, heardFactsOf, markFactsOf, photoFactsOf } from './strip-chart-input.ts';

/** Of a page of A4 between its margins: at this width the words are as large as small print. */
const WIDTH = 720;
const LABELS = 168;

/** The face that the type-setter of the server has. */
const FACE = 'Noto Serif SC';

/** The same picture as on the page of the act, from the same facts, for paper: built into a program of its own for the server. */
export function printedChart(act: ActDetail, now: Instant): Omit<PaperChart, 'act'> {
    const titleOf = ({ scenario, place }: ActDetail['segments'][number]) => `${scenarioWords(zh, scenario)} · ${place}`;
    const model = stripChart({
        ...factsOf(act, now, zh.act.period, titleOf),
        marks: [
            ...markFactsOf(act, zh.mark.kinds),
            ...heardFactsOf(act, zh.heard.onChart),
            ...photoFactsOf(act, zh.photo.attachedTo),
            ...attachedMomentsOf(act, zh.photo.momentIn),
        ],
    });
    const note = clockNote(model, stripChartZh);
    if (model.axis === null) return { note, picture: null };
    // On paper nobody sees the date of a time by pointing at it: where there are several days each time has its own.
    const several = formatDate(model.axis.start) !== formatDate(model.axis.end);
    const days = (time: string, at: Instant) => (several && time !== '' ? `${formatDate(at).slice(-5)} ${time}` : time);
    const drawing = <StripChartSvg model={model} texts={stripChartZh} width={WIDTH} labelWidth={LABELS} fontFamily={FACE} />;
    return {
        note,
        picture: {
            svg: renderToStaticMarkup(drawing),
            columns: tableTitles(stripChartZh),
            rows: tableRows(model, stripChartZh).map(({ item, cells: [row, what, start, end, ...rest] }) => [
                row,
                what,
                days(start, item.span.start),
                days(end, item.span.end),
                ...rest,
            ]),
        },
    };
}
