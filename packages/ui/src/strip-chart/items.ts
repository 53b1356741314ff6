import type {
    DocumentRow,
    ExemptionRow,
    FindingsRow,
    Gap,
    Interval,
    Mark,
    PlacedRun,
    PlacedStart,
    PositionRow,
    RecorderRow,
    SegmentRow,
    StripChart,
    StripChartRow,
} from '@liuhen/domain';
import { stripChartRows } from '@liuhen/domain';

type Of<Kind extends string, Row, Subject> = {
    /** Unique in the chart and stable while the thing is. */
    readonly key: string;
    readonly kind: Kind;
    readonly rowIndex: number;
    readonly row: Row;
    readonly subject: Subject;
    /** Best estimate; a mark is a moment, and so is a start without an end: there `start` = `end`. */
    readonly span: Interval;
};

/** One thing in the chart that can be pointed at, focused, selected and spoken. */
export type StripChartItem =
    | Of<'segment', SegmentRow, SegmentRow>
    | Of<'document', DocumentRow, DocumentRow>
    | Of<'exemption', ExemptionRow, ExemptionRow['spans'][number]>
    | Of<'run', RecorderRow, PlacedRun>
    | Of<'start', RecorderRow, PlacedStart>
    | Of<'gap', RecorderRow, Gap>
    | Of<'position', PositionRow, PositionRow['spans'][number]>
    | Of<'mark', StripChartRow, Mark>
    | Of<'finding', FindingsRow, FindingsRow['spans'][number]>;

/** All things of the chart, row by row and in order of time: the order of keys, of speech and of the table. */
export const itemsOf = (chart: StripChart): StripChartItem[] =>
    stripChartRows(chart).flatMap((row, index) => itemsOfRow(row, index));

function itemsOfRow(row: StripChartRow, rowIndex: number): StripChartItem[] {
    switch (row.kind) {
        case 'document': {
            const start = row.start ?? row.end;
            if (start === null) return [];
            return [
                {
                    key: `document/${row.id}`,
                    kind: 'document',
                    rowIndex,
                    row,
                    subject: row,
                    span: { start, end: row.end ?? start },
                },
            ];
        }
        case 'segment':
            return [{ key: `segment/${row.id}`, kind: 'segment', rowIndex, row, subject: row, span: row.during }];
        case 'exemption':
            return row.spans.map((subject) => {
                return { key: `exemption/${subject.id}`, kind: 'exemption', rowIndex, row, subject, span: subject.during };
            });
        case 'position':
            return row.spans.map((subject) => {
                return { key: `position/${subject.id}`, kind: 'position', rowIndex, row, subject, span: subject.during };
            });
        case 'findings':
            return row.spans.map((subject) => {
                return { key: `finding/${subject.id}`, kind: 'finding', rowIndex, row, subject, span: subject.during };
            });
        case 'marks':
            return row.marks.map((subject) => {
                const { at } = subject.at;
                return { key: `mark/${subject.id}`, kind: 'mark', rowIndex, row, subject, span: { start: at, end: at } };
            });
        default: {
            const runs = row.runs.map((subject): StripChartItem => {
                const span = { start: subject.start.at, end: subject.end.at };
                return { key: `run/${row.id}/${subject.segments[0]?.id}`, kind: 'run', rowIndex, row, subject, span };
            });
            const gaps = row.gaps.map((subject): StripChartItem => {
                return { key: `gap/${subject.id}`, kind: 'gap', rowIndex, row, subject, span: subject };
            });
            const starts = row.openStarts.map((subject): StripChartItem => {
                const { at } = subject.start;
                const span = { start: at, end: at };
                return { key: `start/${subject.recordingId}`, kind: 'start', rowIndex, row, subject, span };
            });
            return [...runs, ...starts, ...gaps].sort((a, b) => a.span.start - b.span.start);
        }
    }
}
