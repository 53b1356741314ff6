import type { Duration, Instant } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, length, subtract, totalLength } from '../kernel/interval.ts';
import type { Clock, ClockBasis, CoverageInput, ParticipantFacts } from './coverage-facts.ts';
import type { PlacedRun } from './coverage-runs.ts';
import { placeSegments, runsOf } from './coverage-runs.ts';

export type GapPlace = 'whole' | 'leading' | 'between' | 'trailing';

/**
 * `open`: somebody must explain · `explained`: a reason is given · `exempt`: nothing had to be recorded ·
 * `notDue`: files may still arrive in time · `tolerated`: at an edge, within the tolerance of a stated minute.
 */
export type GapState = 'open' | 'explained' | 'exempt' | 'notDue' | 'tolerated';

export type Gap = Interval & {
    /** Stable while the gap is: `person/start`. */
    readonly id: string;
    readonly personId: string;
    readonly place: GapPlace;
    readonly state: GapState;
    /** Reason or ground in the words of whoever gave it. */
    readonly words: string | null;
    /** The exemption or explanation it rests on. */
    readonly sourceId: string | null;
    /** `false`: within the uncertainty of the clocks there may be no gap at all. */
    readonly certain: boolean;
    /** While `notDue`: when it becomes due. */
    readonly dueAt: Instant | null;
};

/** Footage of one person against what had to be recorded. `coveredMs` + the lengths of `gaps` = `requiredMs`, always. */
export type PersonCoverage = {
    readonly personId: string;
    readonly required: Interval | null;
    readonly basis: ClockBasis;
    readonly runs: readonly PlacedRun[];
    readonly gaps: readonly Gap[];
    readonly requiredMs: Duration;
    readonly coveredMs: Duration;
    /** Cut, never rounded up: 1000 only without any gap. `null` when nothing was required. */
    readonly permille: number | null;
    /** Recordings of this person that have no known time. */
    readonly unplaced: number;
};

/**
 * How far each officer's own recordings cover what they had to record: the act's stated interval, cut to their own.
 * Assistants never count (附件1 第5条) and are not in the result.
 */
export function coverageOf(input: CoverageInput, clock: Clock = 'corrected'): PersonCoverage[] {
    return input.participants.filter((each) => each.part === 'officer').map((officer) => officerCoverage(officer, input, clock));
}

function officerCoverage(officer: ParticipantFacts, input: CoverageInput, clock: Clock): PersonCoverage {
    const own = input.recordings.filter((each) => each.carrierId === officer.id);
    const { placed, basis } = placeSegments(own, clock);
    const runs = runsOf(placed, input.parameters.joinWithinMs);
    const unplaced = own.filter((each) => each.segments.length === 0).length;
    const required = requiredOf(officer, input.stated);
    if (required === null) {
        return { personId: officer.id, required, basis, runs, gaps: [], requiredMs: 0, coveredMs: 0, permille: null, unplaced };
    }
    const gaps = rawGaps(required, runs).flatMap((raw) => judgeGap(raw, officer, required, input));
    const requiredMs = length(required);
    const coveredMs = requiredMs - totalLength(gaps);
    const permille = Math.floor((coveredMs * 1000) / requiredMs);
    return { personId: officer.id, required, basis, runs, gaps, requiredMs, coveredMs, permille, unplaced };
}

const requiredOf = (officer: ParticipantFacts, stated: Interval | null): Interval | null => {
    if (stated === null) return null;
    return officer.own === null ? stated : (intersect(stated, officer.own) ?? null);
};

type RawGap = Interval & { readonly place: GapPlace; readonly certain: boolean };

function rawGaps(required: Interval, runs: readonly PlacedRun[]): RawGap[] {
    const spans = runs.map((run) => ({ start: run.start.at, end: run.end.at }));
    let next = 0;
    return subtract(required, spans).map((gap) => {
        // Runs and gaps are both in order, so one walk finds the neighbours of each gap.
        while ((runs[next]?.start.at ?? Number.POSITIVE_INFINITY) < gap.end) next += 1;
        const before = runs[next - 1];
        const after = runs[next];
        const leading = gap.start === required.start;
        const trailing = gap.end === required.end;
        const place = leading && trailing ? 'whole' : leading ? 'leading' : trailing ? 'trailing' : 'between';
        return { ...gap, place, certain: isCertain(gap, place, before, after) };
    });
}

/** Within one device both edges move together, so a hole between its own segments is sure whatever its clock says. */
function isCertain(gap: Interval, place: GapPlace, before: PlacedRun | undefined, after: PlacedRun | undefined): boolean {
    const left = place === 'leading' || place === 'whole' ? gap.start : (before?.end.upper ?? gap.start);
    const right = place === 'trailing' || place === 'whole' ? gap.end : (after?.start.lower ?? gap.end);
    const oneDevice = place === 'between' && before !== undefined && before.lastDeviceId === after?.firstDeviceId;
    return oneDevice || left < right;
}

/** Cuts a gap at the edges of exemptions, so that each piece has one state. */
function judgeGap(raw: RawGap, officer: ParticipantFacts, required: Interval, input: CoverageInput): Gap[] {
    const grounds = input.exemptions.filter((each) => each.personId === null || each.personId === officer.id);
    const pieces: Gap[] = [];
    let rest: Interval[] = [raw];
    const piece = (at: Interval, judged: Pick<Gap, 'state' | 'words' | 'sourceId' | 'dueAt'>): Gap => {
        const { start, end } = at;
        return {
            id: `${officer.id}/${start}`,
            personId: officer.id,
            start,
            end,
            place: raw.place,
            certain: raw.certain,
            ...judged,
        };
    };
    for (const { id, during, ground } of grounds) {
        for (const left of rest) {
            const covered = intersect(left, during);
            if (covered !== undefined) pieces.push(piece(covered, { state: 'exempt', words: ground, sourceId: id, dueAt: null }));
        }
        rest = rest.flatMap((left) => subtract(left, [during]));
    }
    for (const left of rest) pieces.push(piece(left, judgeRest(left, raw, officer, required, input)));
    return pieces.sort((a, b) => a.start - b.start);
}

function judgeRest(
    gap: Interval,
    raw: RawGap,
    officer: ParticipantFacts,
    required: Interval,
    { now, explanations, parameters }: CoverageInput,
): Pick<Gap, 'state' | 'words' | 'sourceId' | 'dueAt'> {
    const none = { words: null, sourceId: null, dueAt: null };
    const reason = explanations.find(
        (each) => each.personId === officer.id && explains(each.during, gap, parameters.toleranceMs),
    );
    if (reason !== undefined) return { state: 'explained', words: reason.reason, sourceId: reason.id, dueAt: null };
    const atEdge = raw.place === 'leading' || raw.place === 'trailing';
    if (atEdge && length(raw) <= parameters.toleranceMs) return { state: 'tolerated', ...none };
    const dueAt = required.end + parameters.storeWithinMs;
    if (officer.intake === 'pending' && now < dueAt) return { state: 'notDue', ...none, dueAt };
    return { state: 'open', ...none };
}

/**
 * An explanation was given for the gap as it looked then; a later clock fit may move the edges. It still explains the
 * gap while it meets at least half of it and leaves no more than the tolerance.
 */
function explains(reason: Interval, gap: Interval, toleranceMs: Duration): boolean {
    const met = intersect(reason, gap);
    if (met === undefined) return false;
    return length(met) * 2 >= length(gap) && length(gap) - length(met) <= toleranceMs;
}
