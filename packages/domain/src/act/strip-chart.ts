import type { Instant } from '../kernel/instant.ts';
import { SECOND } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect } from '../kernel/interval.ts';
import type { PersonCoverage } from './coverage.ts';
import { coverageOf } from './coverage.ts';
import type { BoundedInstant, Clock, ClockBasis, ExemptionFacts, StartFacts } from './coverage-facts.ts';
import type { Gap } from './coverage-gaps.ts';
import { roomKey } from './coverage-required.ts';
import { withRulings } from './coverage-rulings.ts';
import type { PlacedRun, PlacedStart } from './coverage-runs.ts';
import { placeSegments, runsOf } from './coverage-runs.ts';
import {
    type ClockFitFacts,
    type FindingFacts,
    type MarkKind,
    type PositionFacts,
    rulingsIn,
    type StripChartInput,
} from './strip-chart-input.ts';

export type DocumentRow = {
    readonly kind: 'document';
    readonly id: string;
    readonly title: string;
    readonly start: Instant | null;
    readonly end: Instant | null;
};

/** One scenario at one site. Shown as rows only where the act has several. */
export type SegmentRow = {
    readonly kind: 'segment';
    readonly id: string;
    /** From 1, in order of time. */
    readonly number: number;
    readonly title: string;
    readonly during: Interval;
};

/** Where nothing had to be recorded (附件1 第11、13条), recorded or not: a stretch of its own kind, with its ground. */
export type ExemptionRow = {
    readonly kind: 'exemption';
    readonly id: string;
    readonly spans: readonly (Pick<ExemptionFacts, 'id' | 'during' | 'ground' | 'state' | 'note'> & {
        /** Whom it exempts, where not everybody. */
        readonly personName: string | null;
    })[];
};

/** A person's or a room's recorder. Only officers and rooms have gaps: nothing is required of the others. */
export type RecorderRow = {
    readonly kind: 'officer' | 'assistant' | 'room';
    readonly id: string;
    readonly name: string;
    /** Labels of the devices that recorded, in order of first use. */
    readonly devices: readonly string[];
    readonly basis: ClockBasis;
    /** What had to be recorded, in order, none touching the next. */
    readonly required: readonly Interval[];
    /** The segments it belongs to; `null`: all. */
    readonly segmentIds: readonly string[] | null;
    readonly runs: readonly PlacedRun[];
    /** Beginnings of footage whose end nobody knows: drawn as open ends, with words. */
    readonly openStarts: readonly PlacedStart[];
    readonly gaps: readonly Gap[];
    readonly permille: number | null;
    /** Recordings of whose time nothing is known: they cannot be drawn and are named instead. */
    readonly unplaced: number;
};

export type PositionRow = {
    readonly kind: 'position';
    readonly id: string;
    /** Whose; `null` when one row stands for all. */
    readonly name: string | null;
    readonly spans: readonly Pick<PositionFacts, 'id' | 'during' | 'inside' | 'distanceM'>[];
};

export type Mark = {
    readonly id: string;
    readonly kind: MarkKind;
    readonly state: 'confirmed' | 'proposed';
    readonly label: string | null;
    readonly personName: string | null;
    readonly at: BoundedInstant;
};

export type MarksRow = { readonly kind: 'marks'; readonly id: string; readonly marks: readonly Mark[] };

/** What was found, one under the other where stretches overlap. */
export type FindingsRow = {
    readonly kind: 'findings';
    readonly id: string;
    /** From 0; the first names them all. */
    readonly lane: number;
    readonly spans: readonly FindingFacts[];
};

export type StripChartRow = SegmentRow | DocumentRow | ExemptionRow | RecorderRow | PositionRow | MarksRow | FindingsRow;

/** The view model of the strip chart: what is drawn, in which order, on which clock. No pixels and no words. */
export type StripChart = {
    /** All there is to see, with a margin; `null` when there is nothing with a time. */
    readonly axis: Interval | null;
    readonly stated: Interval | null;
    /** The tinted fields, in order of time; their rows are drawn where there are several. */
    readonly segments: readonly SegmentRow[];
    /** The clock that is drawn: never `corrected` while no segment has a fit. */
    readonly clock: Clock;
    /** How much of the footage has a corrected time. `none`: there is no footage with a time. */
    readonly correctedKnown: 'all' | 'some' | 'no' | 'none';
    readonly fits: readonly ClockFitFacts[];
    readonly documents: readonly DocumentRow[];
    readonly exemptions: ExemptionRow | null;
    readonly officers: readonly RecorderRow[];
    readonly rooms: readonly RecorderRow[];
    readonly assistants: readonly RecorderRow[];
    readonly positions: readonly PositionRow[];
    readonly marks: MarksRow | null;
    readonly findings: readonly FindingsRow[];
    readonly cursor: Instant | null;
};

/** Rows from top to bottom. */
export const stripChartRows = (chart: StripChart): StripChartRow[] => [
    ...(chart.segments.length > 1 ? chart.segments : []),
    ...chart.documents,
    ...(chart.exemptions === null ? [] : [chart.exemptions]),
    ...chart.officers,
    ...chart.rooms,
    ...chart.assistants,
    ...chart.positions,
    ...(chart.marks === null ? [] : [chart.marks]),
    ...chart.findings,
];

/** Builds the picture of an act: document, recorders, gaps, positions and marks on one time axis. */
export function stripChart(input: StripChartInput): StripChart {
    const correctedKnown = correctedKnownOf(input);
    const clock: Clock = correctedKnown === 'all' || correctedKnown === 'some' ? input.clock : 'device';
    const coverage = withRulings(coverageOf(input, clock), rulingsIn(input.findings ?? []));
    const judgedRooms = coverage.filter((each) => each.kind === 'room');
    const otherRooms = input.rooms.filter((room) => !judgedRooms.some((each) => each.personId === room.id));
    const rows = {
        segments: input.segments.map(({ id, during }, index): SegmentRow => {
            return { kind: 'segment', id, number: index + 1, title: input.segmentTitles[id] ?? '', during };
        }),
        documents: input.documents.map(({ id, title, start, end }): DocumentRow => ({ kind: 'document', id, title, start, end })),
        exemptions: exemptionRow(input),
        officers: coverage.filter((each) => each.kind === 'officer').map((each) => coverageRow(each, input)),
        rooms: [
            ...judgedRooms.map((each) => coverageRow(each, input)),
            ...otherRooms.map((room) => recorderRow('room', room, input, clock)),
        ],
        assistants: input.participants
            .filter((each) => each.part === 'assistant')
            .map((assistant) => recorderRow('assistant', assistant, input, clock)),
        positions: positionRows(input),
        marks: marksRow(input, clock),
        findings: findingRows(input.findings ?? []),
    };
    const { stated, fits, cursor } = input;
    return { axis: axisOf(stated, rows), stated, clock, correctedKnown, fits, ...rows, cursor };
}

function exemptionRow({ exemptions, segments, participants }: StripChartInput): ExemptionRow | null {
    const spans = exemptions.flatMap(({ id, personId, segmentId, during, ground, state, note }) => {
        const where = segments.find((each) => each.id === segmentId)?.during ?? during;
        const span = intersect(where, during);
        const personName = participants.find((each) => each.id === personId)?.name ?? null;
        return span === undefined ? [] : [{ id, during: span, ground, state, note, personName }];
    });
    if (spans.length === 0) return null;
    return { kind: 'exemption', id: 'exemptions', spans: spans.toSorted((a, b) => a.during.start - b.during.start) };
}

function correctedKnownOf({ recordings }: StripChartInput): StripChart['correctedKnown'] {
    const timed = recordings.flatMap(({ segments, openStart }): readonly Pick<StartFacts, 'corrected'>[] =>
        segments.length > 0
            ? segments.map((each) => ({ corrected: each.corrected?.start ?? null }))
            : openStart === null
              ? []
              : [openStart],
    );
    if (timed.length === 0) return 'none';
    const known = timed.filter((each) => each.corrected !== null).length;
    return known === timed.length ? 'all' : known > 0 ? 'some' : 'no';
}

const devicesOf = (carrierId: string, { recordings }: StripChartInput): string[] => [
    ...new Set(recordings.filter((each) => each.carrierId === carrierId).map((each) => each.deviceLabel)),
];

function coverageRow(coverage: PersonCoverage, input: StripChartInput): RecorderRow {
    const { kind, personId: id, basis, required, runs, openStarts, gaps, permille, unplaced } = coverage;
    const name =
        kind === 'officer'
            ? input.participants.find((each) => each.id === id)?.name
            : (input.rooms.find((each) => each.id === id)?.name ??
              input.segments.find((each) => each.room !== null && roomKey(each) === id)?.room?.name);
    const labels = runs.flatMap((run) => run.segments.map((each) => each.deviceLabel));
    const devices = kind === 'officer' ? devicesOf(id, input) : [...new Set([...labels, ...devicesOf(id, input)])];
    const segmentIds = kind === 'officer' ? segmentIdsOf(id, input) : coverage.segments.map((each) => each.segmentId);
    return { kind, id, name: name ?? '', devices, basis, required, segmentIds, runs, openStarts, gaps, permille, unplaced };
}

const segmentIdsOf = (id: string, { participants }: StripChartInput): string[] | null =>
    participants.find((each) => each.id === id)?.own.map((each) => each.segmentId) ?? null;

function recorderRow(
    kind: 'assistant' | 'room',
    { id, name }: { readonly id: string; readonly name: string },
    input: StripChartInput,
    clock: Clock,
): RecorderRow {
    const own = input.recordings.filter((each) => each.carrierId === id);
    const { placed, starts: openStarts, basis } = placeSegments(own, clock);
    const runs = runsOf(placed, input.parameters.joinWithinMs);
    const unplaced = own.filter((each) => each.segments.length === 0).length - openStarts.length;
    const devices = devicesOf(id, input);
    const segmentIds = kind === 'assistant' ? segmentIdsOf(id, input) : null;
    return { kind, id, name, devices, basis, required: [], segmentIds, runs, openStarts, gaps: [], permille: null, unplaced };
}

function positionRows({ positions, participants }: StripChartInput): PositionRow[] {
    const owners = [...new Set(positions.map((each) => each.personId))];
    return owners.map((owner) => ({
        kind: 'position',
        id: `position/${owner ?? ''}`,
        name: participants.find((each) => each.id === owner)?.name ?? null,
        spans: positions.filter((each) => each.personId === owner).toSorted((a, b) => a.during.start - b.during.start),
    }));
}

function marksRow({ marks, participants }: StripChartInput, clock: Clock): MarksRow | null {
    const placed = marks.flatMap(({ id, kind, state, label, personId, device, corrected }) => {
        const exact = device ?? corrected?.at ?? null;
        const at =
            clock === 'corrected' && corrected !== null
                ? corrected
                : exact === null
                  ? null
                  : { at: exact, lower: exact, upper: exact };
        const personName = participants.find((each) => each.id === personId)?.name ?? null;
        return at === null ? [] : [{ id, kind, state, label, personName, at }];
    });
    if (placed.length === 0) return null;
    return { kind: 'marks', id: 'marks', marks: placed.toSorted((a, b) => a.at.at - b.at.at) };
}

/** Each in the first lane that is free by then, so that none lies over another. */
function findingRows(findings: readonly FindingFacts[]): FindingsRow[] {
    const lanes: FindingFacts[][] = [];
    for (const each of findings.toSorted((a, b) => a.during.start - b.during.start || a.during.end - b.during.end)) {
        const free = lanes.find((lane) => (lane.at(-1)?.during.end ?? Number.NEGATIVE_INFINITY) < each.during.start);
        if (free === undefined) lanes.push([each]);
        else free.push(each);
    }
    return lanes.map((spans, lane) => ({ kind: 'findings', id: `findings/${lane}`, lane, spans }));
}

/** Two per cent on either side, at least 30 s, so that edges and overhangs stand free. */
function axisOf(
    stated: Interval | null,
    rows: Pick<StripChart, 'documents' | 'officers' | 'rooms' | 'assistants' | 'positions' | 'marks'>,
): Interval | null {
    let start = stated?.start ?? Number.POSITIVE_INFINITY;
    let end = stated?.end ?? Number.NEGATIVE_INFINITY;
    const take = (from: Instant | null, to: Instant | null) => {
        if (from !== null && from < start) start = from;
        if (to !== null && to > end) end = to;
    };
    for (const document of rows.documents) take(document.start ?? document.end, document.end ?? document.start);
    for (const row of [...rows.officers, ...rows.rooms, ...rows.assistants]) {
        for (const run of row.runs) take(run.start.lower, run.end.upper);
        for (const { start } of row.openStarts) take(start.lower, start.upper);
    }
    for (const row of rows.positions) for (const span of row.spans) take(span.during.start, span.during.end);
    for (const mark of rows.marks?.marks ?? []) take(mark.at.lower, mark.at.upper);
    if (start > end) return null;
    const margin = Math.max(30 * SECOND, Math.ceil((end - start) * 0.02));
    return { start: start - margin, end: end + margin };
}
