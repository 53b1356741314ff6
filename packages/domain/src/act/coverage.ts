import type { Duration } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, length, subtract, totalLength } from '../kernel/interval.ts';
import type { Clock, ClockBasis, CoverageInput, RecordingFacts } from './coverage-facts.ts';
import { type Gap, judgeGap, rawGaps, spokenFor } from './coverage-gaps.ts';
import { type Carrier, carriersOf } from './coverage-required.ts';
import type { PlacedRun, PlacedSegment, PlacedStart } from './coverage-runs.ts';
import { placeSegments, runsOf } from './coverage-runs.ts';

/** Footage of one carrier inside one segment of the act. */
export type SegmentCoverage = {
    readonly segmentId: string;
    /** When the carrier had to record there. */
    readonly own: readonly Interval[];
    readonly requiredMs: Duration;
    readonly coveredMs: Duration;
    /** Not recorded and, by a confirmed exemption, not to be recorded. */
    readonly exemptMs: Duration;
    /** As of a person. */
    readonly permille: number | null;
};

/** Footage of one officer, or of a room, against what had to be recorded. `coveredMs` + the lengths of `gaps` = `requiredMs`, always. */
export type PersonCoverage = {
    readonly kind: Carrier['kind'];
    /** The officer, or the room. */
    readonly personId: string;
    /** Parts that had to be recorded, in order, none touching the next. */
    readonly required: readonly Interval[];
    readonly basis: ClockBasis;
    readonly runs: readonly PlacedRun[];
    /** Footage of which only the beginning is known: it counts for nothing, and puts the gaps after it in doubt. */
    readonly openStarts: readonly PlacedStart[];
    readonly gaps: readonly Gap[];
    readonly requiredMs: Duration;
    readonly coveredMs: Duration;
    readonly exemptMs: Duration;
    /**
     * Of what had to be recorded and was not exempt. Cut, never rounded up: 1000 only without any other gap. `null` where
     * nothing is left that had to be.
     */
    readonly permille: number | null;
    readonly segments: readonly SegmentCoverage[];
    /** How many recordings of this carrier there are of whose time nothing is known, and which. */
    readonly unplaced: number;
    readonly untimedIds: readonly string[];
    /**
     * What rests on clocks that nobody checked: of `coveredMs` as much as no other footage covers, and the parts of `required` at whose
     * beginning there is no other.
     */
    readonly unproven: { readonly ms: Duration; readonly parts: number };
};

/**
 * How far the footage of each carrier covers what had to be recorded: of every officer, the segments they were present in;
 * of every room, the segments that are judged on its camera (正文二(二)3). What is required is the union of these: where one
 * segment passes into the next, nothing begins or ends, so that how an act is divided changes no gap. Assistants and
 * colleagues of other agencies never count (附件1 第5条) and are not in the result.
 */
export function coverageOf(input: CoverageInput, clock: Clock = 'corrected'): PersonCoverage[] {
    const told = new Map<string, Interval>();
    return carriersOf(input).map((carrier) => carrierCoverage(carrier, input, clock, told));
}

function carrierCoverage(carrier: Carrier, input: CoverageInput, clock: Clock, told: Map<string, Interval>): PersonCoverage {
    const own = recordingsOf(carrier, input.recordings);
    const { joinWithinMs } = input.parameters;
    const { placed, starts: openStarts, basis } = placeSegments(own, clock);
    const runs = runsOf(placed, joinWithinMs);
    const untimedIds = own.filter((each) => each.segments.length === 0 && each.openStart === null).map((each) => each.id);
    const unchecked = new Set([...placed, ...openStarts].flatMap((each) => (each.clock === 'device' ? each.deviceId : [])));
    const raws = carrier.required.flatMap((part) =>
        rawGaps(part, runs, openStarts, unchecked, joinWithinMs).map((raw) => ({ raw, part })),
    );
    const ids = new Set(own.map((each) => each.id));
    const spoken = spokenFor(
        raws.map(({ raw }) => raw),
        runs,
        input.spoken.filter((each) => ids.has(each.recordingId)),
        clock,
        input.parameters,
        told,
    );
    const gaps = raws.flatMap(({ raw, part }) => judgeGap(raw, carrier, part, input, spoken));
    const requiredMs = totalLength(carrier.required);
    const coveredMs = requiredMs - totalLength(gaps);
    const exemptMs = totalLength(gaps.filter((gap) => gap.state === 'exempt'));
    return {
        kind: carrier.kind,
        personId: carrier.id,
        required: carrier.required,
        basis,
        runs,
        openStarts,
        gaps,
        requiredMs,
        coveredMs,
        exemptMs,
        permille: share(coveredMs, requiredMs - exemptMs),
        segments: carrier.segments.map(({ segmentId, own: parts }) => segmentCoverage(segmentId, parts, gaps)),
        unplaced: untimedIds.length,
        untimedIds,
        unproven:
            basis === 'corrected' || basis === 'none' ? PROVEN : unprovenIn(carrier.required, runs, placed, input.parameters),
    };
}

const PROVEN: PersonCoverage['unproven'] = { ms: 0, parts: 0 };

function unprovenIn(
    required: readonly Interval[],
    runs: readonly PlacedRun[],
    placed: readonly PlacedSegment[],
    { joinWithinMs, toleranceMs }: CoverageInput['parameters'],
): PersonCoverage['unproven'] {
    const missingIn = (of: readonly PlacedRun[]) => {
        const spans = of.map(({ start, end }) => ({ start: start.at, end: end.at }));
        return (part: Interval) => {
            const gaps = subtract(part, spans);
            const first = gaps[0];
            return { ms: totalLength(gaps), leadMs: first?.start === part.start ? length(first) : 0 };
        };
    };
    const checked = placed.filter((each) => each.clock === 'corrected');
    const [missing, unproven] = [missingIn(runs), missingIn(runsOf(checked, joinWithinMs))];
    const of = required.map((part) => {
        const [all, proven] = [missing(part), unproven(part)];
        const late = Math.min(toleranceMs, length(part) - 1);
        return { ms: proven.ms - all.ms, lead: proven.leadMs > Math.max(late, all.leadMs) };
    });
    return { ms: of.reduce((sum, each) => sum + each.ms, 0), parts: of.filter((each) => each.lead).length };
}

/** A gap runs through segments; what of it falls into one is that segment's. */
function segmentCoverage(segmentId: string, own: readonly Interval[], gaps: readonly Gap[]): SegmentCoverage {
    const inside = (of: readonly Interval[]) =>
        totalLength(of.flatMap((each) => own.flatMap((part) => intersect(part, each) ?? [])));
    const requiredMs = totalLength(own);
    const coveredMs = requiredMs - inside(gaps);
    const exemptMs = inside(gaps.filter((gap) => gap.state === 'exempt'));
    return { segmentId, own, requiredMs, coveredMs, exemptMs, permille: share(coveredMs, requiredMs - exemptMs) };
}

const share = (coveredMs: Duration, owedMs: Duration): number | null =>
    owedMs === 0 ? null : Math.floor((coveredMs * 1000) / owedMs);

const recordingsOf = ({ recordedBy }: Carrier, recordings: readonly RecordingFacts[]) =>
    recordings.filter((each) => recordedBy.includes(each.carrierId));

/** Whether more may be covered than the figure says, because footage has no known time or no known end. */
export const isLeast = ({ unplaced, gaps }: Pick<PersonCoverage, 'unplaced' | 'gaps'>): boolean =>
    gaps.length > 0 && (unplaced > 0 || gaps.some((gap) => gap.doubt === 'openEnd'));
