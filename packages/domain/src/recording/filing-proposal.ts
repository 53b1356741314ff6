import type { ActState } from '../act/act.ts';
import type { BoundedInterval } from '../act/coverage-facts.ts';
import type { Id } from '../kernel/ids.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { MINUTE } from '../kernel/instant.ts';
import { type Interval, intersect, totalLength, union } from '../kernel/interval.ts';
import { nearestMetres, type Place } from './track-plan.ts';

/**
 * How a recording finds its act without a label. `sure`: one act only, by a checked clock, its own holder there, nothing
 * against it · `likely`: one act, but something of that is missing · `question`: several acts, or something contradicts ·
 * `noAct`: nobody has entered an act it could belong to · `noTime`, `noHolder`: what it would be found by is unknown.
 */
export const FILING_LEVELS = ['sure', 'likely', 'question', 'noAct', 'noTime', 'noHolder'] as const;
export type FilingLevel = (typeof FILING_LEVELS)[number];

/** What speaks for an act, and what keeps it from being sure. */
export const FILING_REASONS = [
    'heldThen',
    'tookPart',
    'roomOfAct',
    'ranDuring',
    'ranNear',
    'clockCorrected',
    'clockUnchecked',
    'partOnly',
    'officerInName',
    // By its positions: they came close to the premises of the act, or stayed far from them.
    'atPlace',
    'elsewhere',
] as const;
export type FilingReason = (typeof FILING_REASONS)[number];

/** What contradicts: a person has to say. `lent`: the name says another officer than the holder (附件1 第15条). */
export const FILING_CONFLICTS = ['severalActs', 'lent', 'handedOver', 'twoDevices'] as const;
export type FilingConflict = (typeof FILING_CONFLICTS)[number];

/**
 * Outcomes of a proposal: what people did with it says what its level is worth. `undone`: taken out of the act it was proposed
 * for · `takenOut`: filed by hand and taken out before anything was proposed, so it says nothing of proposals. Neither is
 * ever filed by itself again.
 */
export const PROPOSAL_OUTCOMES = ['open', 'filedItself', 'accepted', 'otherwise', 'undone', 'takenOut'] as const;
export type ProposalOutcome = (typeof PROPOSAL_OUTCOMES)[number];

/** Who had a device from when to when, by the issue register; `until: null`: still has it. */
export type Holding = { readonly personId: Id; readonly from: Instant; readonly until: Instant | null };

/** An act as filing sees it: who was there when, and which rooms' cameras recorded it when. */
export type ActForFiling = {
    readonly id: Id;
    readonly state: ActState;
    /** Where its premises are, as the register has it; null: not known, or it has none. */
    readonly place: Place | null;
    readonly people: readonly { readonly personId: Id; readonly during: readonly Interval[] }[];
    readonly rooms: readonly { readonly deviceId: Id; readonly during: readonly Interval[] }[];
};

export type FilingFacts = {
    readonly deviceId: Id | null;
    /** A room's camera belongs to nobody. */
    readonly ofRoom: boolean;
    /** When it ran. By the corrected clock with its bounds, or as the device says. */
    readonly when: BoundedInterval | null;
    readonly clockCorrected: boolean;
    /** Where it was while it ran, as far as it says so. */
    readonly track: readonly Place[];
    readonly holdings: readonly Holding[];
    /** The person whose number stands in the file's name, where the register knows it. */
    readonly namedPersonId: Id | null;
    /** Other recorders of the same holder that ran at the same time. */
    readonly otherDevices: readonly Id[];
    /** Acts around that time in which a holder took part or the room was used. */
    readonly acts: readonly ActForFiling[];
    /** How far from an act a recording may lie and still be of it: the way there, the talk after. */
    readonly reachMs: Duration;
};

export type FilingCandidate = {
    readonly actId: Id;
    readonly personId: Id | null;
    /** Together with what the act states; 0 where it only lies near. */
    readonly overlapMs: Duration;
    /** Between the recording and the act where they do not meet. */
    readonly apartMs: Duration;
    readonly reasons: readonly FilingReason[];
};

export type FilingProposal = {
    readonly level: FilingLevel;
    /** The best first; in `sure` and `likely` it is the one proposed. */
    readonly candidates: readonly FilingCandidate[];
    readonly conflicts: readonly FilingConflict[];
};

export const FILING_REACH: Duration = 30 * MINUTE;

/**
 * A register may have its places by GCJ-02, which lies up to some 600 m from WGS-84, and receivers indoors are off by a street: nearer
 * than this speaks for an act, and only far beyond it against.
 */
const NEAR_METRES = 1_000;
const FAR_METRES = 3_000;

/** Proposes the act a recording belongs to, with its reasons. Nothing is guessed: what cannot be known is a level of its own. */
export function proposeFiling(facts: FilingFacts): FilingProposal {
    const { when, ofRoom } = facts;
    if (when === null) return { level: 'noTime', candidates: [], conflicts: [] };
    const holders = ofRoom ? [] : holdersDuring(facts.holdings, when);
    if (!ofRoom && holders.length === 0 && facts.namedPersonId === null)
        return { level: 'noHolder', candidates: [], conflicts: [] };
    const people = holders.length > 0 ? holders : facts.namedPersonId === null ? [] : [facts.namedPersonId];
    const candidates = facts.acts
        .filter((act) => act.state !== 'cancelled')
        .flatMap((act) => candidateOf(act, facts, when, people) ?? [])
        .sort(
            (a, b) =>
                Number(isElsewhere(a)) - Number(isElsewhere(b)) ||
                b.overlapMs - a.overlapMs ||
                a.apartMs - b.apartMs ||
                (a.actId < b.actId ? -1 : 1),
        );
    const conflicts = conflictsOf(facts, holders, candidates);
    return { level: levelOf(candidates, conflicts), candidates, conflicts };
}

const isElsewhere = ({ reasons }: FilingCandidate): boolean => reasons.includes('elsewhere');

/** Everybody who had the device at some moment at which it can have run. */
const holdersDuring = (holdings: readonly Holding[], { start, end }: BoundedInterval): Id[] => [
    ...new Set(
        holdings
            .filter(({ from, until }) => from < end.upper && (until === null || until > start.lower))
            .map((each) => each.personId),
    ),
];

function candidateOf(
    act: ActForFiling,
    facts: FilingFacts,
    when: BoundedInterval,
    people: readonly Id[],
): FilingCandidate | undefined {
    const person = act.people.find((each) => people.includes(each.personId));
    const room = act.rooms.find((each) => each.deviceId === facts.deviceId);
    const spans = union([...(person?.during ?? []), ...(room?.during ?? [])]);
    const [first, last] = [spans[0], spans.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const ran: Interval = { start: when.start.at, end: Math.max(when.end.at, when.start.at + 1) };
    const overlapMs = overlapOf(spans, ran);
    const apartMs = overlapMs > 0 ? 0 : Math.min(...spans.map((span) => distance(span, ran)));
    if (apartMs > facts.reachMs) return undefined;
    // What overlaps under every reading of the bounds.
    const surely = { start: when.start.upper, end: when.end.lower };
    const certainMs = surely.start < surely.end ? overlapOf(spans, surely) : 0;
    const most = certainMs * 2 >= Math.min(ran.end - ran.start, totalLength(spans));
    const named = person !== undefined && facts.namedPersonId === person.personId;
    const reasons: FilingReason[] = [
        ...(person !== undefined && !facts.ofRoom && facts.holdings.length > 0 ? (['heldThen'] as const) : []),
        ...(named ? (['officerInName'] as const) : []),
        ...(person !== undefined ? (['tookPart'] as const) : []),
        ...(room !== undefined ? (['roomOfAct'] as const) : []),
        overlapMs > 0 ? 'ranDuring' : 'ranNear',
        ...(overlapMs > 0 && !most ? (['partOnly'] as const) : []),
        facts.clockCorrected ? 'clockCorrected' : 'clockUnchecked',
        ...placeReason(act, facts.track),
    ];
    return { actId: act.id, personId: person?.personId ?? null, overlapMs, apartMs, reasons };
}

function placeReason({ place }: ActForFiling, track: readonly Place[]): ('atPlace' | 'elsewhere')[] {
    const metres = place === null ? undefined : nearestMetres(track, place);
    if (metres === undefined) return [];
    return metres <= NEAR_METRES ? ['atPlace'] : metres >= FAR_METRES ? ['elsewhere'] : [];
}

const overlapOf = (spans: readonly Interval[], ran: Interval): Duration =>
    totalLength(spans.flatMap((span) => intersect(span, ran) ?? []));

const distance = (a: Interval, b: Interval): Duration => Math.max(0, a.start - b.end, b.start - a.end);

function conflictsOf(facts: FilingFacts, holders: readonly Id[], candidates: readonly FilingCandidate[]): FilingConflict[] {
    const { namedPersonId, otherDevices } = facts;
    const lent = namedPersonId !== null && holders.length > 0 && !holders.includes(namedPersonId);
    return [
        // One that it overlaps leaves those that only lie near behind.
        ...(rivals(candidates).length > 1 ? (['severalActs'] as const) : []),
        ...(lent ? (['lent'] as const) : []),
        ...(holders.length > 1 ? (['handedOver'] as const) : []),
        ...(otherDevices.length > 0 ? (['twoDevices'] as const) : []),
    ];
}

const rivals = (candidates: readonly FilingCandidate[]): readonly FilingCandidate[] => {
    const meeting = candidates.filter((each) => each.overlapMs > 0);
    const left = meeting.length > 0 ? meeting : candidates;
    // Where it was decides between acts of one time, if it was at one of them and far from the others.
    const there = left.filter((each) => each.reasons.includes('atPlace'));
    return there.length === 1 && left.every((each) => there.includes(each) || each.reasons.includes('elsewhere')) ? there : left;
};

function levelOf(candidates: readonly FilingCandidate[], conflicts: readonly FilingConflict[]): FilingLevel {
    const [best] = candidates;
    if (best === undefined) return conflicts.length > 0 ? 'question' : 'noAct';
    if (conflicts.length > 0) return 'question';
    const missing: readonly FilingReason[] = ['ranNear', 'partOnly', 'clockUnchecked', 'elsewhere'];
    return best.reasons.some((reason) => missing.includes(reason)) ? 'likely' : 'sure';
}
