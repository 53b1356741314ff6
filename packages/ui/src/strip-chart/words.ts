import type {
    Clock,
    ExemptionRow,
    Gap,
    GapRuling,
    GapState,
    Instant,
    PlacedRun,
    PlacedStart,
    PositionRow,
    RecorderRow,
    SegmentRow,
    StripChart,
    StripChartRow,
} from '@liuhen/domain';
import { formatDateTime, formatDuration, formatMediaTime, formatTime, isSureGap, isUnexcused } from '@liuhen/domain';
import { fill } from '../fill.ts';
import type { StripChartItem } from './items.ts';
import type { StripChartTexts } from './texts.ts';

/** Name and second line of a row, each from long to short: the longest that fits is drawn. */
export function rowLabel(
    row: StripChartRow,
    texts: StripChartTexts,
): { readonly name: string; readonly more: readonly string[] } {
    switch (row.kind) {
        case 'segment':
            return { name: fill(texts.row.segment, { number: row.number }), more: [row.title] };
        case 'exemption':
            return { name: texts.row.exemption, more: [] };
        case 'document':
            return { name: row.title, more: [] };
        case 'position':
            return {
                name: row.name === null ? texts.row.position : fill(texts.row.positionOf, { name: row.name }),
                more: [sayOnce(row, texts) ?? []].flat(),
            };
        case 'marks':
            return { name: texts.row.marks, more: [] };
        case 'findings':
            return { name: row.lane === 0 ? texts.row.findings : '', more: [] };
        default:
            return { name: row.name, more: recorderMore(row, texts) };
    }
}

function recorderMore(row: RecorderRow, texts: StripChartTexts): string[] {
    const devices = row.devices.join('、');
    if (row.kind === 'assistant') return [texts.row.assistant, texts.row.assistantShort];
    if (row.unplaced > 0) return [fill(texts.row.unplaced, { count: row.unplaced })];
    if (row.kind === 'room') return [fill(texts.row.room, { devices }), fill(texts.row.roomBare, { devices })];
    if (row.devices.length === 0) return [texts.row.noFootage];
    return [fill(texts.row.officer, { devices }), fill(texts.row.officerBare, { devices }), devices];
}

/** What is written on a segment's bar, from long to short. */
export const segmentRowTexts = ({ title, during }: SegmentRow, texts: StripChartTexts): string[] => {
    const length = formatDuration(during.end - during.start, texts.locale);
    return [`${title} · ${length}`, title, length];
};

/** What is written on an exemption, from long to short. */
export function exemptionTexts(span: ExemptionRow['spans'][number], texts: StripChartTexts): string[] {
    const said = exemptionState(span, texts);
    return [[span.ground, ...said].join(' · '), span.ground];
}

/** Whether it holds yet, and what is still owed for it (附件1 第13条). */
export const exemptionState = ({ state, note }: ExemptionRow['spans'][number], texts: StripChartTexts): string[] => [
    texts.exemption[state],
    ...(note === 'missing' ? [texts.exemption.noteMissing] : []),
];

/** What is written on a run, from long to short. */
export function runTexts(run: PlacedRun, texts: StripChartTexts): string[] {
    const length = formatMediaTime(run.end.at - run.start.at);
    const first = run.firstNumber;
    const last = first + run.segments.length - 1;
    if (first === last) return [fill(texts.segment, { first, length }), length];
    return [fill(texts.segments, { first, last, length }), fill(texts.segmentsShort, { first, last, length }), length];
}

export const segmentTexts = (number: number, lengthMs: number, texts: StripChartTexts): string[] => {
    const length = formatMediaTime(lengthMs);
    return [fill(texts.segment, { first: number, length }), length];
};

/** What is written beside a start without an end, from long to short. */
export const openEndTexts = ({ start }: PlacedStart, texts: StripChartTexts): string[] => [
    fill(texts.openEnd.from, { time: formatTime(start.at) }),
    texts.openEnd.short,
];

export const gapWhat = (gap: Gap, texts: StripChartTexts): string =>
    fill(gap.doubt === 'openEnd' ? texts.gap.openEnd : texts.gap.label[gap.place], {
        length: formatDuration(gap.end - gap.start, texts.locale),
    });

/**
 * How a gap looks: its state, `judge` while an unchecked clock or a file of unknown time leaves it open whether it is one, or `unmet` where
 * nothing was recorded, or it was begun late, and the reason that was accepted makes nothing good (附件1 第5、8条), or it was confirmed as a
 * violation.
 */
export type GapLook = GapState | 'judge' | 'unmet';

type OfGap = Pick<RecorderRow, 'kind' | 'basis' | 'unplaced'>;

const isInVain = (gap: Gap, row: OfGap): boolean => isUnexcused(gap, row.kind === 'room' ? 'room' : 'officer');

/** What somebody ruled on it, where that is still what there is to say of it. */
const rulingOf = (gap: Gap, row: OfGap): GapRuling | undefined =>
    gap.state === 'open' || isInVain(gap, row) ? gap.ruling : undefined;

/** The same rule as the answer row's. */
export const gapLook = (gap: Gap, row: OfGap): GapLook => {
    const ruled = rulingOf(gap, row);
    if (ruled !== undefined) return ruled === 'confirmed' ? 'unmet' : 'explained';
    if (isInVain(gap, row) && gap.modal === 'must') return isSureGap(gap, row) ? 'unmet' : 'judge';
    if (gap.state !== 'open') return gap.state;
    // Where recording is only wanted nobody owes an explanation.
    if (gap.modal === 'should') return 'judge';
    return isSureGap(gap, row) ? 'open' : 'judge';
};

/** What the gap owes, in words: what somebody ruled on it, else how it looks. */
function owedWords(gap: Gap, row: OfGap, texts: StripChartTexts): string {
    const { ruling, state, unmet, unexplained, judge } = texts.gap;
    const ruled = rulingOf(gap, row);
    if (ruled === 'disputed') return ruling.disputed;
    if (ruled === 'confirmed') return `${gap.state === 'open' ? unexplained : unmet} · ${ruling.confirmed}`;
    const look = gapLook(gap, row);
    return look === 'judge' ? judge : look === 'unmet' ? unmet : state[look];
}

/** `已解释：更换电池`: the state, and the reason or ground in the words of whoever gave it. */
export const gapState = (gap: Gap, row: OfGap, texts: StripChartTexts): string => {
    if (gap.state === 'open' && gap.modal === 'should' && gap.ruling === undefined) return texts.gap.wanted;
    const plain = owedWords(gap, row, texts);
    const colon = texts.locale === 'en' ? ': ' : '：';
    return gap.words === null ? plain : `${plain}${colon}${gap.words}`;
};

/** What is written above a gap, from long to short. */
export function gapTexts(gap: Gap, row: OfGap, texts: StripChartTexts): string[] {
    const what = gapWhat(gap, texts);
    const state = gapState(gap, row, texts);
    const during = `${formatTime(gap.start)} → ${formatTime(gap.end)}`;
    const plain = owedWords(gap, row, texts);
    const ruled = rulingOf(gap, row);
    const length = formatDuration(gap.end - gap.start, texts.locale);
    return [
        ...new Set([
            `${what} · ${during} · ${state}`,
            `${what} · ${state}`,
            `${what} · ${plain}`,
            `${length} · ${plain}`,
            ...(ruled === undefined ? [] : [`${length} · ${texts.gap.ruling[ruled]}`]),
            length,
        ]),
    ];
}

export function positionWhat(span: PositionRow['spans'][number], texts: StripChartTexts): string {
    const { inside, distanceM } = span;
    if (inside === null) return texts.position.unknown;
    if (distanceM === null) return inside ? texts.position.inside : texts.position.outside;
    return fill(inside ? texts.position.insideAt : texts.position.outsideAt, { metres: distanceM });
}

/** Where the same is true of a whole track, it is said once, beside its name. */
export function sayOnce(row: PositionRow, texts: StripChartTexts): string | undefined {
    const words = new Set(row.spans.map((span) => positionWhat(span, texts)));
    return words.size === 1 ? [...words][0] : undefined;
}

/** Title and lines of what is shown on hover and focus; `spoken` says the same to a screen reader. */
export type Description = { readonly title: string; readonly lines: readonly string[]; readonly spoken: string };

export function describe(item: StripChartItem, texts: StripChartTexts): Description {
    const { spoken } = texts;
    const start = formatTime(item.span.start, item.kind === 'document' ? 'minute' : 'second');
    const end = formatTime(item.span.end, item.kind === 'document' ? 'minute' : 'second');
    const length = formatDuration(item.span.end - item.span.start, texts.locale);
    const between = `${start} → ${end} · ${length}`;
    const and = (base: string, extra: readonly string[]) => [base, ...extra].join(texts.locale === 'en' ? ', ' : '，');
    switch (item.kind) {
        case 'segment': {
            const { number, title } = item.subject;
            const name = fill(texts.row.segment, { number });
            return {
                title: `${name} · ${title}`,
                lines: [`${formatTime(item.span.start, 'minute')} → ${formatTime(item.span.end, 'minute')} · ${length}`],
                spoken: fill(spoken.segment, {
                    number,
                    title,
                    start: formatTime(item.span.start, 'minute'),
                    end: formatTime(item.span.end, 'minute'),
                    length,
                }),
            };
        }
        case 'exemption': {
            const { ground, personName } = item.subject;
            const state = exemptionState(item.subject, texts);
            const who = personName === null ? [] : [personName];
            const said = fill(spoken.exemption, { ground, start, end, length });
            return {
                title: `${texts.row.exemption} · ${ground}`,
                lines: [between, ...who, ...state],
                spoken: and(said, [...who, ...state]),
            };
        }
        case 'document': {
            const text = {
                title: item.subject.title,
                start: item.subject.start === null ? '?' : start,
                end: item.subject.end === null ? '?' : end,
                length,
            };
            return {
                title: item.subject.title,
                lines: [`${text.start} → ${text.end} · ${length}`],
                spoken: fill(spoken.document, text),
            };
        }
        case 'run': {
            const first = item.subject.firstNumber;
            const last = first + item.subject.segments.length - 1;
            const devices = [...new Set(item.subject.segments.map((each) => each.deviceLabel))].join('、');
            const extra = runExtra(item.row, item.subject, texts);
            const params = { name: item.row.name, devices, first, last, start, end, length };
            return {
                title: `${item.row.name} · ${devices}`,
                lines: [runTexts(item.subject, texts)[0] ?? '', between, ...extra],
                spoken: and(fill(first === last ? spoken.run : spoken.runJoined, params), extra),
            };
        }
        case 'start': {
            const { deviceLabel: devices, clock, start: began } = item.subject;
            const extra = recordedExtra(item.row, [clock], began.upper - began.lower, texts);
            const said = fill(spoken.openEnd, { name: item.row.name, devices, start });
            return {
                title: `${item.row.name} · ${devices}`,
                lines: [texts.openEnd.what, fill(texts.openEnd.from, { time: start }), ...extra],
                spoken: and(said, extra),
            };
        }
        case 'gap': {
            const what = gapWhat(item.subject, texts);
            const state = gapState(item.subject, item.row, texts);
            const extra = gapExtra(item.subject, texts);
            const said = fill(spoken.gap, { name: item.row.name, what, start, end, state });
            return {
                title: `${item.row.name} · ${what}`,
                lines: [`${start} → ${end}`, state, ...extra],
                spoken: and(said, extra),
            };
        }
        case 'position': {
            const what = positionWhat(item.subject, texts);
            const { name } = rowLabel(item.row, texts);
            return { title: what, lines: [between], spoken: fill(spoken.position, { name, what, start, end, length }) };
        }
        case 'finding': {
            const { words, note } = item.subject;
            const isMoment = item.span.start === item.span.end;
            return {
                title: words,
                lines: [isMoment ? start : between, note],
                spoken: fill(isMoment ? spoken.findingAt : spoken.finding, { words, note, start, end }),
            };
        }
        case 'mark': {
            const { kind, label, state, personName, at } = item.subject;
            const proposed = state === 'proposed' ? [texts.mark.proposedLong] : [];
            const slack = plusMinus(at.upper - at.lower, texts);
            const what = label ?? texts.mark.kind[kind];
            const said = fill(personName === null ? spoken.mark : spoken.markOf, { what, name: personName ?? '', start });
            const who = personName === null ? [] : [personName];
            return {
                title: what,
                lines: [[start, ...who].join(' · '), ...proposed, ...slack],
                spoken: and(said, [...proposed, ...slack]),
            };
        }
    }
}

const plusMinus = (widthMs: number, texts: StripChartTexts): string[] =>
    widthMs === 0 ? [] : [fill(texts.spoken.uncertain, { plusMinus: formatDuration(widthMs / 2, texts.locale) })];

function runExtra(row: RecorderRow, run: PlacedRun, texts: StripChartTexts): string[] {
    const widthMs = Math.max(run.start.upper - run.start.lower, run.end.upper - run.end.lower);
    const clocks = run.segments.map((each) => each.clock);
    return recordedExtra(row, clocks, widthMs, texts);
}

function recordedExtra(row: RecorderRow, clocks: readonly Clock[], widthMs: number, texts: StripChartTexts): string[] {
    const onDevice = clocks.includes('device') ? [texts.clock.device] : [];
    const notCounted = row.kind === 'assistant' ? [texts.spoken.notCounted] : [];
    return [...onDevice, ...plusMinus(widthMs, texts), ...notCounted];
}

const gapExtra = (gap: Gap, texts: StripChartTexts): string[] => [
    ...(gap.dueAt === null ? [] : [fill(texts.spoken.dueAt, { time: formatDateTime(gap.dueAt, texts.locale) })]),
    ...(gap.doubt === null ? [] : [gap.doubt === 'openEnd' ? texts.spoken.openEndGap : texts.spoken.uncertainGap]),
];

/** The line beside the title: which clock, and how far each device is off. */
export function clockNote(chart: StripChart, texts: StripChartTexts): string {
    const clock = chart.clock === 'corrected' ? texts.note.corrected : texts.note.device;
    const said: string[] = [];
    if (chart.correctedKnown === 'none') return texts.note.noFootage;
    if (chart.correctedKnown === 'no') said.push(texts.note.noFit);
    const shown = chart.fits.slice(0, 2);
    for (const { deviceLabel: device, offsetMs, plusMinusMs } of shown) {
        const text = offsetMs > 0 ? texts.note.slow : offsetMs < 0 ? texts.note.fast : texts.note.exact;
        const offset = formatDuration(Math.abs(offsetMs), texts.locale);
        said.push(fill(text, { device, offset, plusMinus: formatDuration(plusMinusMs, texts.locale) }));
    }
    if (chart.fits.length > shown.length) said.push(fill(texts.note.more, { count: chart.fits.length - shown.length }));
    if (chart.correctedKnown === 'some') said.push(texts.note.mixed);
    return chart.correctedKnown === 'no' ? said.join(' · ') : [clock, ...said].join(' · ');
}

export const cursorWords = (at: Instant | null, texts: StripChartTexts): string =>
    at === null ? texts.spoken.noCursor : fill(texts.spoken.cursor, { time: formatTime(at, 'tenth') });
