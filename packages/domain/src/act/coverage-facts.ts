import type { Duration, Instant } from '../kernel/instant.ts';
import { HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import type { Part } from './act.ts';

/** An instant known between two bounds: `lower ≤ at ≤ upper`. `at` is the best estimate, drawn as the edge. */
export type BoundedInstant = { readonly at: Instant; readonly lower: Instant; readonly upper: Instant };

export type BoundedInterval = { readonly start: BoundedInstant; readonly end: BoundedInstant };

/** One stretch of unbroken footage. `device` is never overwritten; `corrected` is `null` while no clock fit covers it. */
export type SegmentFacts = { readonly id: string; readonly device: Interval; readonly corrected: BoundedInterval | null };

/** When footage began whose end nobody knows: a file cut off before it could say how long it ran. */
export type StartFacts = { readonly device: Instant; readonly corrected: BoundedInstant | null };

/**
 * One original file. `carrierId` is the person who wore the recorder, or the room. No segments: when it ran is unknown,
 * but for `openStart` where the file says that much.
 */
export type RecordingFacts = {
    readonly id: string;
    readonly carrierId: string;
    readonly deviceId: string;
    readonly deviceLabel: string;
    readonly segments: readonly SegmentFacts[];
    /** `null` beside segments: they say both ends. */
    readonly openStart: StartFacts | null;
    /** When the file was stored here, by the server's clock; `null` while it is still on its way. */
    readonly storedAt: Instant | null;
};

/** Somebody at the act. `own` is the part of the act they took part in; `null` means all of it. */
export type ParticipantFacts = {
    readonly id: string;
    readonly name: string;
    readonly part: Part;
    readonly own: Interval | null;
    readonly certificate: 'valid' | 'invalid' | 'unknown';
    /** Whether every file of this person's recorder for this act is known to have arrived. */
    readonly intake: 'complete' | 'pending';
};

/** A ground on which nothing had to be recorded (附件1 第11、13条). `personId: null` exempts everybody. */
export type ExemptionFacts = {
    readonly id: string;
    readonly personId: string | null;
    readonly during: Interval;
    readonly ground: string;
};

/** A reason given for an interruption (附件1 第10条). */
export type ExplanationFacts = {
    readonly id: string;
    readonly personId: string;
    readonly during: Interval;
    readonly reason: string;
};

/** Dated parameters of the readings of 附件1 第5、10、15条; organisations may only tighten them. */
export type CoverageParameters = {
    /** Footage that goes on within this continues the same run. */
    readonly joinWithinMs: Duration;
    /** Documents state minutes: at their edges less than this is no difference. */
    readonly toleranceMs: Duration;
    /** 附件1 第15条: 24 hours from the end of each recording. */
    readonly storeWithinMs: Duration;
};

export const COVERAGE_PARAMETERS: CoverageParameters = {
    joinWithinMs: 2 * SECOND,
    toleranceMs: MINUTE,
    storeWithinMs: 24 * HOUR,
};

export type CoverageInput = {
    /** The moment of judging. */
    readonly now: Instant;
    /** What the document states, to the minute; `null` while nobody has stated it. */
    readonly stated: Interval | null;
    readonly participants: readonly ParticipantFacts[];
    readonly recordings: readonly RecordingFacts[];
    readonly exemptions: readonly ExemptionFacts[];
    readonly explanations: readonly ExplanationFacts[];
    readonly parameters: CoverageParameters;
};

/** By which clock times are read. `corrected` falls back to device time where no fit covers a segment. */
export type Clock = 'corrected' | 'device';

/** What the times of somebody's footage rest on. `none`: there is no footage with a time. */
export type ClockBasis = 'corrected' | 'mixed' | 'device' | 'none';
