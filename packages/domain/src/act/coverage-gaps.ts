import type { Duration, Instant } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, interval, length, subtract, totalLength, union } from '../kernel/interval.ts';
import type {
    Clock,
    ClockBasis,
    CoverageInput,
    CoverageParameters,
    ExemptionFacts,
    GapRuling,
    Modal,
    SpokenReason,
} from './coverage-facts.ts';
import type { Carrier } from './coverage-required.ts';
import { joinLimit, type PlacedRun, type PlacedStart } from './coverage-runs.ts';
import { saidOfOther, writtenOf } from './coverage-written.ts';

export type GapPlace = 'whole' | 'leading' | 'between' | 'trailing';

/**
 * `open`: somebody must explain · `explained`: a reason is given · `exempt`: nothing had to be recorded ·
 * `exemptWaiting`: an exemption is recorded and not yet confirmed · `notDue`: files may still arrive in time ·
 * `tolerated`: at an edge, within the tolerance of a stated minute.
 */
export type GapState = 'open' | 'explained' | 'exempt' | 'exemptWaiting' | 'notDue' | 'tolerated';

/**
 * Why there may be no gap at all. `clocks`: it lies within their uncertainty · `openEnd`: a recording began before it and
 * nobody knows how long it ran.
 */
export type GapDoubt = 'clocks' | 'openEnd';

export type Gap = Interval & {
    /** Stable while the gap is: `person/start`. */
    readonly id: string;
    /** The officer or the room. */
    readonly personId: string;
    readonly place: GapPlace;
    readonly state: GapState;
    /** Whether recording was a must there (正文二(二)1) or only wanted. */
    readonly modal: Modal;
    /** Reason or ground in the words of whoever gave it. */
    readonly words: string | null;
    /** The exemption or explanation it rests on. */
    readonly sourceId: string | null;
    /** `null`: the gap is certain. */
    readonly doubt: GapDoubt | null;
    /** While `notDue`: when it becomes due. */
    readonly dueAt: Instant | null;
    /** Of an interruption that nothing explains: how far from it a reason is spoken that is too far away to be about it. */
    readonly spokenFarMs?: Duration;
    /** Of a gap that nothing explains: the time of which a written explanation speaks that reaches into it and is about another one. */
    readonly saidOf?: Interval;
    /** What somebody ruled on the finding about it, where findings are read as well. */
    readonly ruling?: GapRuling;
};

/**
 * What no words make good: that nothing was recorded, and that an officer began late. Every officer records throughout (附件1 第5条) and begins
 * on arrival (第8条); a reason is asked for where a recording breaks off (第10条 中断), which one that has not begun does not, and only what 第11
 * and 第13条 name, or for a room a substitute (正文二(二)3), allows that there is none. Of a room whose camera began late the notice says nothing.
 */
const isInexcusable = (place: GapPlace, kind: Carrier['kind']): boolean =>
    place === 'whole' || (place === 'leading' && kind === 'officer');

/** Why it was not recorded is known, and that makes nothing good. */
export const isUnexcused = ({ place, state }: Pick<Gap, 'place' | 'state'>, kind: Carrier['kind']): boolean =>
    state === 'explained' && isInexcusable(place, kind);

/**
 * Whether a gap is there for sure. One inside a recorder's own footage is there whatever its clock says; others move with the clock, and may be
 * none at all where nobody checked it; and none is sure while a file of the same recorder does not say when it ran.
 */
export const isSureGap = (
    { doubt, place }: Pick<Gap, 'doubt' | 'place'>,
    { basis, unplaced }: { readonly basis: ClockBasis; readonly unplaced: number },
): boolean => doubt === null && unplaced === 0 && (basis === 'corrected' || basis === 'none' || place === 'between');

export type RawGap = Interval & {
    readonly place: GapPlace;
    readonly doubt: GapDoubt | null;
    /** Nothing at all of what was required there is known to be recorded. */
    readonly bare: boolean;
};

/** Parts of what was required that no run covers. `unchecked`: devices with footage by a clock that nobody checked. */
export function rawGaps(
    required: Interval,
    runs: readonly PlacedRun[],
    openStarts: readonly PlacedStart[],
    unchecked: ReadonlySet<string>,
    joinWithinMs: Duration,
): RawGap[] {
    const open = openStarts[0];
    const spans = [
        ...runs.map((run) => ({ start: run.start.at, end: run.end.at })),
        ...(open === undefined ? [] : joint(runs, open, joinWithinMs)),
    ];
    let next = 0;
    const missing = subtract(required, spans);
    const bare = totalLength(missing) === length(required);
    return missing.flatMap((gap) => {
        // Runs and gaps are both in order, so one walk finds the neighbours of each gap.
        while ((runs[next]?.start.at ?? Number.POSITIVE_INFINITY) < gap.end) next += 1;
        const before = runs[next - 1];
        const after = runs[next];
        return cutAt(gap, open).map(({ start, end, doubtful }) => {
            const leading = start === required.start;
            const trailing = end === required.end;
            const place = leading && trailing ? 'whole' : leading ? 'leading' : trailing ? 'trailing' : 'between';
            const follows = end === open?.start.at && end < gap.end ? openEdge(open) : after && startEdge(after);
            const doubt = doubtful ? 'openEnd' : isCertain({ start, end }, place, before, follows, unchecked) ? null : 'clocks';
            return { start, end, place, doubt, bare } as const;
        });
    });
}

/** The hole between a run and footage of unknown end that goes on from it: as between any two files that join, it is none. */
function joint(runs: readonly PlacedRun[], open: PlacedStart, joinWithinMs: Duration): Interval[] {
    const before = runs.findLast((run) => run.start.at <= open.start.at);
    if (before === undefined || open.start.at > before.end.at + joinLimit(before.lastDeviceId, open, joinWithinMs)) return [];
    const hole = interval(before.end.at, open.start.at);
    return hole === undefined ? [] : [hole];
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

/**
 * Within one device both edges move together, so a hole between its own segments is sure whatever its clock says. What another device recorded
 * by a clock that nobody checked may lie there.
 */
function isCertain(
    gap: Interval,
    place: GapPlace,
    before: PlacedRun | undefined,
    after: Edge | undefined,
    unchecked: ReadonlySet<string>,
): boolean {
    const left = place === 'leading' || place === 'whole' ? gap.start : (before?.end.upper ?? gap.start);
    const right = place === 'trailing' || place === 'whole' ? gap.end : (after?.lower ?? gap.end);
    if (place !== 'between') return left < right;
    const own = before !== undefined && before.lastDeviceId === after?.deviceId ? after.deviceId : undefined;
    return [...unchecked].every((each) => each === own) && (own !== undefined || left < right);
}

/**
 * So short at an edge that it is none: when an act began and ended is stated to the minute. Of a short act all of it may be so short: where
 * footage of unknown end is all there is, that is no edge of anything, and it stays what is perhaps recorded.
 */
const isAtStatedEdge = (raw: RawGap, toleranceMs: Duration): boolean =>
    (raw.place === 'leading' || raw.place === 'trailing') && length(raw) <= toleranceMs && !(raw.bare && raw.doubt === 'openEnd');

/** What was spoken about the interruptions of one carrier. */
type Spoken = {
    readonly reasons: ReadonlyMap<RawGap, SpokenReason>;
    /** Of an interruption the nearest reason beside it that is spoken too far away to be about it. */
    readonly far: ReadonlyMap<RawGap, Duration>;
};

/**
 * Which interruption each spoken reason is about: the nearer one of the two between which the footage runs without a break in which it is
 * said, and only within `spokenWithinMs` of it (附件1 第10条: 应在音像记录中说明中断原因). A reason is about one interruption, so where another one
 * stands nearer to that, it does not pass on to the next. A recording that breaks off and does not go on is interrupted too; one that ends within the
 * minute to which an act's end is stated is not, and takes no reason from another. What is missing before anything was recorded is no interruption, and
 * no word in the recording explains it. `told` keeps what each reason was about, for the carriers after this one.
 */
export function spokenFor(
    raws: readonly RawGap[],
    runs: readonly PlacedRun[],
    spoken: readonly SpokenReason[],
    clock: Clock,
    { spokenWithinMs, toleranceMs }: Pick<CoverageParameters, 'spokenWithinMs' | 'toleranceMs'>,
    told: Map<string, Interval>,
): Spoken {
    const reasons = new Map<RawGap, SpokenReason>();
    const near = new Map<RawGap, Duration>();
    const far = new Map<RawGap, Duration>();
    if (spoken.length === 0) return { reasons, far };
    const interruptions = raws.filter(
        (raw) => raw.place === 'between' || (raw.place === 'trailing' && !isAtStatedEdge(raw, toleranceMs)),
    );
    for (const reason of spoken) {
        const at = clock === 'corrected' ? (reason.corrected?.at ?? reason.device) : reason.device;
        const run = at === null ? undefined : runs.find((each) => isSaidIn(each, reason, at));
        if (at === null || run === undefined) continue;
        const distances = interruptions.flatMap((raw) => {
            if (raw.start === run.end.at) return [{ raw, ms: run.end.at - at }];
            return raw.end === run.start.at ? [{ raw, ms: at - run.start.at }] : [];
        });
        const nearest = distances.toSorted((a, b) => a.ms - b.ms)[0];
        if (nearest === undefined) continue;
        const { raw, ms } = nearest;
        const before = told.get(reason.id);
        if (ms > spokenWithinMs) far.set(raw, Math.min(ms, far.get(raw) ?? ms));
        else if (ms < (near.get(raw) ?? Number.POSITIVE_INFINITY) && (before === undefined || intersect(before, raw))) {
            reasons.set(raw, reason);
            near.set(raw, ms);
            told.set(reason.id, raw);
        }
    }
    return { reasons, far };
}

const isSaidIn = ({ start, end, segments }: PlacedRun, { recordingId }: SpokenReason, at: Instant): boolean =>
    start.at <= at && at <= end.at && segments.some((each) => each.recordingId === recordingId);

type Judged = Pick<Gap, 'state' | 'words' | 'sourceId' | 'dueAt' | 'spokenFarMs' | 'saidOf'>;

/** Cuts a gap at the edges of exemptions and of what was a must, so that each piece has one state and one modal. */
export function judgeGap(raw: RawGap, carrier: Carrier, required: Interval, input: CoverageInput, spoken: Spoken): Gap[] {
    const pieces: Gap[] = [];
    let rest: Interval[] = [raw];
    const add = (at: Interval, judged: (piece: Interval) => Judged) => {
        for (const { start, end, modal } of byModal(at, carrier.must)) {
            const { place, doubt } = raw;
            const own = judged({ start, end });
            pieces.push({ id: `${carrier.id}/${start}`, personId: carrier.id, start, end, place, doubt, modal, ...own });
        }
    };
    for (const { id, ground, state, parts } of groundsFor(carrier, input.exemptions)) {
        for (const left of rest) {
            for (const part of parts) {
                const covered = intersect(left, part);
                const judged = state === 'confirmed' ? ('exempt' as const) : ('exemptWaiting' as const);
                if (covered !== undefined) add(covered, () => ({ state: judged, words: ground, sourceId: id, dueAt: null }));
            }
        }
        rest = rest.flatMap((left) => subtract(left, parts));
    }
    // Whoever explains writes of the interruption, of what no exemption covers, or of the piece that they were asked about.
    for (const left of rest) add(left, (piece) => judgeRest([piece, left, raw], raw, carrier, required, input, spoken));
    return pieces.sort((a, b) => a.start - b.start);
}

function byModal(at: Interval, must: readonly Interval[]): (Interval & { readonly modal: Modal })[] {
    const musts = must.flatMap((each) => intersect(at, each) ?? []);
    return [
        ...musts.map((each) => ({ ...each, modal: 'must' as const })),
        ...subtract(at, musts).map((each) => ({ ...each, modal: 'should' as const })),
    ];
}

/** Confirmed grounds come first: what is exempt already waits for nobody. Of several the earlier cuts, in whatever order they are given. Each is cut to where the carrier had to record. */
function groundsFor({ id, segments }: Carrier, exemptions: readonly ExemptionFacts[]) {
    return exemptions
        .filter((each) => each.personId === null || each.personId === id)
        .map((each) => {
            const own = segments.filter(({ segmentId }) => each.segmentId === null || each.segmentId === segmentId);
            const parts = union(own.flatMap((segment) => segment.own.flatMap((part) => intersect(part, each.during) ?? [])));
            return { ...each, parts };
        })
        .sort(
            (a, b) =>
                Number(a.state === 'waiting') - Number(b.state === 'waiting') ||
                a.during.start - b.during.start ||
                (a.id < b.id ? -1 : 1),
        );
}

function judgeRest(
    spans: readonly Interval[],
    raw: RawGap,
    carrier: Carrier,
    required: Interval,
    { now, explanations, parameters }: CoverageInput,
    { reasons, far }: Spoken,
): Judged {
    const none = { words: null, sourceId: null, dueAt: null };
    const dueAt = required.end + parameters.storeWithinMs;
    const notDue = carrier.intake === 'pending' && now < dueAt;
    const inexcusable = isInexcusable(raw.place, carrier.kind);
    const tolerated = isAtStatedEdge(raw, parameters.toleranceMs);
    const own = explanations.filter((each) => each.personId === carrier.id);
    const reason = writtenOf(own, spans, parameters.toleranceMs);
    const said = { words: reason?.reason ?? null, sourceId: reason?.id ?? null, dueAt: null };
    // Words about what is nothing wrong make nothing wrong of it.
    if (inexcusable && tolerated) return { state: 'tolerated', ...said };
    // Whether nothing was recorded is not known before files are late: until then there is nothing to explain.
    if (inexcusable && notDue) return { state: 'notDue', ...none, dueAt };
    if (reason !== undefined) return { state: 'explained', ...said };
    const spoken = reasons.get(raw);
    // Before files are late nobody knows that the recording does not go on: until then no end of it is explained, and it keeps waiting.
    const mayGoOn = notDue && raw.place === 'trailing';
    if (spoken !== undefined && !mayGoOn) return { state: 'explained', words: spoken.words, sourceId: spoken.id, dueAt: null };
    if (tolerated) return { state: 'tolerated', ...none };
    if (notDue) return { state: 'notDue', ...none, dueAt };
    const [spokenFarMs, saidOf] = [far.get(raw), saidOfOther(own, raw)];
    return {
        ...{ state: 'open', ...none },
        ...(spokenFarMs === undefined ? {} : { spokenFarMs }),
        ...(saidOf === undefined ? {} : { saidOf }),
    };
}
