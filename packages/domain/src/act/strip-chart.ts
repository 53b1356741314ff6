import type { Instant } from '../kernel/instant.ts';
import { SECOND } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import type { Gap, PersonCoverage } from './coverage.ts';
import { coverageOf } from './coverage.ts';
import type { BoundedInstant, Clock, ClockBasis, StartFacts } from './coverage-facts.ts';
import type { PlacedRun, PlacedStart } from './coverage-runs.ts';
import { placeSegments, runsOf } from './coverage-runs.ts';
import type { ClockFitFacts, MarkKind, PositionFacts, StripChartInput } from './strip-chart-input.ts';

export type DocumentRow = {
    readonly kind: 'document';
    readonly id: string;
    readonly title: string;
    readonly start: Instant | null;
    readonly end: Instant | null;
};

/** A person's or a room's recorder. Only an officer has gaps: nothing is required of the others. */
export type RecorderRow = {
    readonly kind: 'officer' | 'assistant' | 'room';
    readonly id: string;
    readonly name: string;
    /** Labels of the devices that recorded, in order of first use. */
    readonly devices: readonly string[];
    readonly basis: ClockBasis;
    readonly required: Interval | null;
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

export type StripChartRow = DocumentRow | RecorderRow | PositionRow | MarksRow;

/** The view model of the strip chart: what is drawn, in which order, on which clock. No pixels and no words. */
export type StripChart = {
    /** All there is to see, with a margin; `null` when there is nothing with a time. */
    readonly axis: Interval | null;
    /** The tinted field. */
    readonly stated: Interval | null;
    /** The clock that is drawn: never `corrected` while no segment has a fit. */
    readonly clock: Clock;
    /** How much of the footage has a corrected time. `none`: there is no footage with a time. */
    readonly correctedKnown: 'all' | 'some' | 'no' | 'none';
    readonly fits: readonly ClockFitFacts[];
    readonly documents: readonly DocumentRow[];
    readonly officers: readonly RecorderRow[];
    readonly rooms: readonly RecorderRow[];
    readonly assistants: readonly RecorderRow[];
    readonly positions: readonly PositionRow[];
    readonly marks: MarksRow | null;
    readonly cursor: Instant | null;
};

/** Rows from top to bottom. */
export const stripChartRows = (chart: StripChart): StripChartRow[] => [
    ...chart.documents,
    ...chart.officers,
    ...chart.rooms,
    ...chart.assistants,
    ...chart.positions,
    ...(chart.marks === null ? [] : [chart.marks]),
];

/** Builds the picture of an act: document, recorders, gaps, positions and marks on one time axis. */
export function stripChart(input: StripChartInput): StripChart {
    const correctedKnown = correctedKnownOf(input);
    const clock: Clock = correctedKnown === 'all' || correctedKnown === 'some' ? input.clock : 'device';
    const coverage = coverageOf(input, clock);
    const rows = {
        documents: input.documents.map(({ id, title, start, end }): DocumentRow => ({ kind: 'document', id, title, start, end })),
        officers: coverage.map((each) => officerRow(each, input)),
        rooms: input.rooms.map((room) => recorderRow('room', room, input, clock)),
        assistants: input.participants
            .filter((each) => each.part === 'assistant')
            .map((assistant) => recorderRow('assistant', assistant, input, clock)),
        positions: positionRows(input),
        marks: marksRow(input, clock),
    };
    const { stated, fits, cursor } = input;
    return { axis: axisOf(stated, rows), stated, clock, correctedKnown, fits, ...rows, cursor };
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

function officerRow(coverage: PersonCoverage, input: StripChartInput): RecorderRow {
    const { personId: id, basis, required, runs, openStarts, gaps, permille, unplaced } = coverage;
    const name = input.participants.find((each) => each.id === id)?.name ?? '';
    const devices = devicesOf(id, input);
    return { kind: 'officer', id, name, devices, basis, required, runs, openStarts, gaps, permille, unplaced };
}

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
    return { kind, id, name, devices, basis, required: null, runs, openStarts, gaps: [], permille: null, unplaced };
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
