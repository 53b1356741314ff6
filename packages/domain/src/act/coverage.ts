import type { Duration, Instant } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, length, subtract, totalLength } from '../kernel/interval.ts';
import type { Clock, ClockBasis, CoverageInput, ParticipantFacts } from './coverage-facts.ts';
import type { PlacedRun, PlacedStart } from './coverage-runs.ts';
import { placeSegments, runsOf } from './coverage-runs.ts';

export type GapPlace = 'whole' | 'leading' | 'between' | 'trailing';

/**
 * `open`: somebody must explain · `explained`: a reason is given · `exempt`: nothing had to be recorded ·
 * `notDue`: files may still arrive in time · `tolerated`: at an edge, within the tolerance of a stated minute.
 */
export type GapState = 'open' | 'explained' | 'exempt' | 'notDue' | 'tolerated';

/**
 * Why there may be no gap at all. `clocks`: it lies within their uncertainty · `openEnd`: a recording began before it and
 * nobody knows how long it ran.
 */
export type GapDoubt = 'clocks' | 'openEnd';

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
    /** `null`: the gap is certain. */
    readonly doubt: GapDoubt | null;
    /** While `notDue`: when it becomes due. */
    readonly dueAt: Instant | null;
};

/** Footage of one person against what had to be recorded. `coveredMs` + the lengths of `gaps` = `requiredMs`, always. */
export type PersonCoverage = {
    readonly personId: string;
    readonly required: Interval | null;
    readonly basis: ClockBasis;
    readonly runs: readonly PlacedRun[];
    /** Footage of which only the beginning is known: it counts for nothing, and puts the gaps after it in doubt. */
    readonly openStarts: readonly PlacedStart[];
    readonly gaps: readonly Gap[];
    readonly requiredMs: Duration;
    readonly coveredMs: Duration;
    /** Cut, never rounded up: 1000 only without any gap. `null` when nothing was required. */
    readonly permille: number | null;
    /** Recordings of this person of whose time nothing is known. */
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
    const { placed, starts: openStarts, basis } = placeSegments(own, clock);
    const runs = runsOf(placed, input.parameters.joinWithinMs);
    const unplaced = own.filter((each) => each.segments.length === 0).length - openStarts.length;
    const required = requiredOf(officer, input.stated);
    const known = { personId: officer.id, required, basis, runs, openStarts, unplaced };
    if (required === null) return { ...known, gaps: [], requiredMs: 0, coveredMs: 0, permille: null };
    const gaps = rawGaps(required, runs, openStarts).flatMap((raw) => judgeGap(raw, officer, required, input));
    const requiredMs = length(required);
    const coveredMs = requiredMs - totalLength(gaps);
    return { ...known, gaps, requiredMs, coveredMs, permille: Math.floor((coveredMs * 1000) / requiredMs) };
}

/** Whether more may be covered than the figure says, because footage has no known time or no known end. */
export const isLeast = ({ unplaced, gaps }: Pick<PersonCoverage, 'unplaced' | 'gaps'>): boolean =>
    gaps.length > 0 && (unplaced > 0 || gaps.some((gap) => gap.doubt === 'openEnd'));

const requiredOf = (officer: ParticipantFacts, stated: Interval | null): Interval | null => {
    if (stated === null) return null;
    return officer.own === null ? stated : (intersect(stated, officer.own) ?? null);
};

type RawGap = Interval & { readonly place: GapPlace; readonly doubt: GapDoubt | null };

function rawGaps(required: Interval, runs: readonly PlacedRun[], openStarts: readonly PlacedStart[]): RawGap[] {
    const spans = runs.map((run) => ({ start: run.start.at, end: run.end.at }));
    const open = openStarts[0];
    let next = 0;
    return subtract(required, spans).flatMap((gap) => {
        // Runs and gaps are both in order, so one walk finds the neighbours of each gap.
        while ((runs[next]?.start.at ?? Number.POSITIVE_INFINITY) < gap.end) next += 1;
        const before = runs[next - 1];
        const after = runs[next];
        return cutAt(gap, open).map(({ start, end, doubtful }) => {
            const leading = start === required.start;
            const trailing = end === required.end;
            const place = leading && trailing ? 'whole' : leading ? 'leading' : trailing ? 'trailing' : 'between';
            const follows = end === open?.start.at && end < gap.end ? openEdge(open) : after && startEdge(after);
            const doubt = doubtful ? 'openEnd' : isCertain({ start, end }, place, before, follows) ? null : 'clocks';
            return { start, end, place, doubt } as const;
        });
    });
}

/** What comes before footage of unknown end is one thing, what comes after it may be covered by it. */
function cutAt(gap: Interval, open: PlacedStart | undefined): (Interval & { readonly doubtful: boolean })[] {
    const at = open?.start.at ?? Number.POSITIVE_INFINITY;
    if (at <= gap.start) return [{ ...gap, doubtful: true }];
    if (at >= gap.end) return [{ ...gap, doubtful: false }];
    return [
        { start: gap.start, end: at, doubtful: false },
        { start: at, end: gap.end, doubtful: true },
    ];
}

type Edge = { readonly lower: Instant; readonly deviceId: string };
const openEdge = ({ start, deviceId }: PlacedStart): Edge => ({ lower: start.lower, deviceId });
const startEdge = ({ start, firstDeviceId }: PlacedRun): Edge => ({ lower: start.lower, deviceId: firstDeviceId });

/** Within one device both edges move together, so a hole between its own segments is sure whatever its clock says. */
function isCertain(gap: Interval, place: GapPlace, before: PlacedRun | undefined, after: Edge | undefined): boolean {
    const left = place === 'leading' || place === 'whole' ? gap.start : (before?.end.upper ?? gap.start);
    const right = place === 'trailing' || place === 'whole' ? gap.end : (after?.lower ?? gap.end);
    const oneDevice = place === 'between' && before !== undefined && before.lastDeviceId === after?.deviceId;
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
            doubt: raw.doubt,
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
