import type {
    ExemptionFacts,
    ExplanationFacts,
    RecordingFacts,
    SegmentFacts,
    SpokenReason,
} from '../../../act/coverage-facts.ts';
import { HOUR, MINUTE } from '../../../kernel/instant.ts';
import type { Interval } from '../../../kernel/interval.ts';
import type { BeforeUseCheck } from '../rule.ts';
import type { Dice } from './dice-testing.ts';
import type { Notes } from './expected-testing.ts';

/** An act while it is made: what becomes its facts, and what is noted down of them. */
export type Draft = {
    readonly dice: Dice;
    readonly notes: Notes;
    /** Of a thousand occasions, how many are used to do something wrong. */
    readonly wrongPermille: number;
    readonly now: number;
    readonly storeWithinMs: number;
    /** 附件1 第10条: what is allowed between document and recording. */
    readonly documentToleranceMs: number;
    /** Files may still come, so that nothing is late yet. */
    readonly isFresh: boolean;
    /** It is over: nobody can still come, write or say who it was. */
    readonly isOver: boolean;
    readonly recordings: RecordingFacts[];
    readonly exemptions: ExemptionFacts[];
    readonly explanations: ExplanationFacts[];
    readonly spoken: SpokenReason[];
    readonly checks: BeforeUseCheck[];
    /** First and last picture of every file of those who have to record. */
    readonly firsts: Edge[];
    readonly lasts: Edge[];
    /** Of somebody who has to record, a clock that nobody checked or a file without a time: edges prove nothing. */
    edgesUnknown: boolean;
    /** A file that does not say how long it ran. */
    lastUnknown: boolean;
    /** What is missing at an edge may still come. */
    edgesDue: boolean;
    /** Exempt for everybody, at the beginning. */
    exempt: Interval | null;
};

export type Edge = { readonly at: number; readonly slack: number };

/** A recorder or a camera. `clock: null`: nobody ever compared it. */
export type Device = {
    readonly id: string;
    readonly clock: { readonly offsetMs: number; readonly slack: number } | null;
    /** Within which its files go on, where that was measured. */
    readonly joinWithinMs: number | null;
};

export const slackOf = ({ clock }: Device): number => clock?.slack ?? 0;
export const joinOf = ({ joinWithinMs }: Device): number => joinWithinMs ?? 2_000;

export function makeDevice({ dice }: Pick<Draft, 'dice'>, id: string): Device {
    // Now and then a clock that jumped by a whole hour, as one set to another zone does.
    const offsetMs = dice.chance(30) ? dice.pick([-HOUR, HOUR]) : dice.between(-120_000, 120_000);
    const slack = dice.chance(20) ? dice.between(61_000, 200_000) : dice.pick([0, 1, 200, 500, 1_500, 5_000]);
    return {
        id,
        clock: dice.chance(40) ? null : { offsetMs, slack },
        joinWithinMs: dice.chance(80) ? dice.pick([1_000, 5_000]) : null,
    };
}

/** Footage from one moment to another, as the clock of its device gives it and as it was corrected. */
export function segmentOf(id: string, { clock }: Device, start: number, end: number): SegmentFacts {
    const bounded = (at: number) => ({ at, lower: at - (clock?.slack ?? 0), upper: at + (clock?.slack ?? 0) });
    const offsetMs = clock?.offsetMs ?? 0;
    const device = { start: start - offsetMs, end: end - offsetMs };
    return { id, device, corrected: clock === null ? null : { start: bounded(start), end: bounded(end) } };
}

/** 附件1 第15条: when the file came, with the lateness that is planted; by the bounds of a clock it is late for sure or not. */
export function storedAt(draft: Draft, id: string, { clock }: Device, end: number, personId: string | null): number {
    const { dice, notes, storeWithinMs, wrongPermille } = draft;
    if (draft.isFresh) return end + dice.between(MINUTE, 30 * MINUTE);
    const slack = clock?.slack ?? 0;
    if (dice.chance(wrongPermille)) {
        const at = end + slack + storeWithinMs + dice.pick([1, 1, MINUTE, 3 * HOUR, 40 * HOUR]);
        if (clock === null) notes.waits('storedInTime', 'clock');
        else notes.plant('storedInTime', { code: 'stored.late', aboutId: id, personId });
        return at;
    }
    if (dice.chance(20)) return end - slack + storeWithinMs;
    if (dice.chance(20)) {
        // To the millisecond: as late as it may be by the latest end, and one more than it may be by the earliest.
        const at = end + dice.pick([slack, 1 - slack]) + storeWithinMs;
        if (at > end - slack + storeWithinMs) {
            if (slack === 0 && clock !== null) notes.plant('storedInTime', { code: 'stored.late', aboutId: id, personId });
            else notes.waits('storedInTime', 'clock');
        }
        return at;
    }
    return end + dice.between(MINUTE, Math.max(MINUTE, storeWithinMs - slack - MINUTE));
}

/** 附件1 第13条: with the written note that force majeure asks for, or without it. */
export function addExemption(draft: Draft, exemption: Pick<ExemptionFacts, 'id' | 'personId' | 'during' | 'state'>): void {
    const { dice, notes } = draft;
    const note = dice.chance(2 * draft.wrongPermille) ? 'missing' : dice.pick(['notNeeded', 'present'] as const);
    draft.exemptions.push({ segmentId: null, ground: '高风险场所', note, ...exemption });
    if (note !== 'notNeeded') notes.applies('exemptionsWritten');
    if (note === 'missing' && !draft.isOver) notes.waits('exemptionsWritten', 'actEnd');
    if (note === 'missing' && draft.isOver) {
        const { id: aboutId, personId, during } = exemption;
        const found = { personId, aboutId, from: during.start, to: during.end };
        notes.plant('exemptionsWritten', { code: 'exemption.noteMissing', ...found });
    }
}
