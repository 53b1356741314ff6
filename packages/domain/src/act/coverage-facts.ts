import type { Duration, Instant } from '../kernel/instant.ts';
import { HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import type { Part } from './act.ts';

/** An instant known between two bounds: `lower ≤ at ≤ upper`. `at` is the best estimate, drawn as the edge. */
export type BoundedInstant = { readonly at: Instant; readonly lower: Instant; readonly upper: Instant };

/** A moment taken as it is read: it has no bounds of its own. */
export const exactly = (at: Instant): BoundedInstant => ({ at, lower: at, upper: at });

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
    /** What is stored is no longer what was received: it shows nobody anything. */
    readonly damaged?: boolean;
    /** How long its device takes to change files, where that is known of the model; else the general limit holds. */
    readonly joinWithinMs?: Duration;
};

/** That somebody took part in a segment of the act; `during: null` means the whole of it. */
export type PresenceFacts = { readonly segmentId: string; readonly during: Interval | null };

/** Somebody at the act. `own` says in which segments they were present, and when; several of one segment: they left and came back. */
export type ParticipantFacts = {
    readonly id: string;
    readonly name: string;
    readonly part: Part;
    readonly own: readonly PresenceFacts[];
    readonly certificate: 'valid' | 'invalid' | 'unknown';
    /** Whether every file of this person's recorder for this act is known to have arrived. */
    readonly intake: 'complete' | 'pending';
};

/**
 * Where a room's camera records a segment: `carrierId` is the room as recordings name it, `null` while no room is named.
 * `substituteReason`: why somebody's recorder stands in for the camera (正文二(二)3).
 */
export type SegmentRoomFacts = {
    readonly carrierId: string | null;
    readonly name: string;
    readonly substituteReason: string | null;
};

/** One scenario at one site, with its own interval. `room: null`: judged on the recorders of its officers. */
export type ActSegmentFacts = {
    readonly id: string;
    readonly during: Interval;
    /** 附件1 第5条 asks for two officers where the party's site is. */
    readonly onSite: boolean;
    /** 正文二(二)1: recording throughout is a must in its nine scenarios and those an organisation has added so. */
    readonly recording: Modal;
    readonly room: SegmentRoomFacts | null;
};

export type Modal = 'must' | 'should';

/**
 * A ground on which nothing had to be recorded (附件1 第11、13条), in one segment and interval. `personId: null` exempts
 * everybody there, `segmentId: null` the whole act. Until it is confirmed it exempts nothing.
 */
export type ExemptionFacts = {
    readonly id: string;
    readonly personId: string | null;
    readonly segmentId: string | null;
    readonly during: Interval;
    readonly ground: string;
    readonly state: 'confirmed' | 'waiting';
    /** The written work record that 附件1 第13条 demands, and only it. */
    readonly note: 'notNeeded' | 'present' | 'missing';
};

/** A reason given for an interruption (附件1 第10条). */
export type ExplanationFacts = {
    readonly id: string;
    readonly personId: string;
    readonly during: Interval;
    readonly reason: string;
    /** It was given for a gap that was found, of just that time, and accepted by somebody else; a paper names its time itself. */
    readonly accepted?: boolean | undefined;
};

/**
 * The reason of an interruption as somebody speaks it in the recording and a person marked it (附件1 第10条: 应在音像记录中说明中断原因).
 * When it was said, on both clocks; `null` where that is not known.
 */
export type SpokenReason = {
    readonly id: string;
    readonly recordingId: string;
    readonly device: Instant | null;
    readonly corrected: BoundedInstant | null;
    readonly words: string;
};

/** What somebody ruled on the finding about a gap: it is a violation · the facts as they are kept are wrong. Neither leaves anything to explain. */
export type GapRuling = 'confirmed' | 'disputed';

/** `carrierId`: the officer or the room whose gap it is; `during`: the stretch that was found, on the clock that is drawn. */
export type RulingFacts = { readonly carrierId: string; readonly ruling: GapRuling; readonly during: Interval };

/** Dated parameters of the readings of 附件1 第5、10、15条; organisations may only tighten them. */
export type CoverageParameters = {
    /** Footage that goes on within this continues the same run. */
    readonly joinWithinMs: Duration;
    /** Officers state minutes: less than this at the edges of an act is no gap. */
    readonly toleranceMs: Duration;
    /** Documents state minutes: they may differ from the recording by this. */
    readonly documentToleranceMs: Duration;
    /** 附件1 第15条: 24 hours from the end of each recording. */
    readonly storeWithinMs: Duration;
    /** 附件1 第10条: how far from an interruption its reason may be spoken. The notice names no length; this one is ours. */
    readonly spokenWithinMs: Duration;
};

export const COVERAGE_PARAMETERS: CoverageParameters = {
    joinWithinMs: 2 * SECOND,
    toleranceMs: MINUTE,
    documentToleranceMs: MINUTE,
    storeWithinMs: 24 * HOUR,
    spokenWithinMs: 2 * MINUTE,
};

/**
 * 附件1 第15条 as an organisation has decided for itself: it may store sooner, never later. What is no length in hours leaves the
 * notice's own.
 */
export function withStoringTerm(term: { readonly length: number; readonly unit: string } | null): CoverageParameters {
    const { storeWithinMs } = COVERAGE_PARAMETERS;
    const hours = term?.unit === 'hour' && term.length > 0 ? term.length * HOUR : storeWithinMs;
    return { ...COVERAGE_PARAMETERS, storeWithinMs: Math.min(hours, storeWithinMs) };
}

/**
 * 附件1 第10条 as an organisation has decided for itself, in seconds: it may allow less, never more. What is no such length leaves the
 * minute to which documents are written.
 */
export const documentToleranceOf = (seconds: number | null): Duration =>
    seconds === null || seconds < 0
        ? COVERAGE_PARAMETERS.documentToleranceMs
        : Math.min(seconds * SECOND, COVERAGE_PARAMETERS.documentToleranceMs);

/** The same for reasons that are spoken, in seconds: an organisation may ask for them nearer to the interruption, never allow them farther. */
export const spokenWithinOf = (seconds: number | null): Duration =>
    seconds === null || seconds < 0
        ? COVERAGE_PARAMETERS.spokenWithinMs
        : Math.min(seconds * SECOND, COVERAGE_PARAMETERS.spokenWithinMs);

export type CoverageInput = {
    /** The moment of judging. */
    readonly now: Instant;
    /** From the first beginning to the last end of the segments; `null` while nobody has stated it. */
    readonly stated: Interval | null;
    /** What the officers state, to the minute, in order of time. */
    readonly segments: readonly ActSegmentFacts[];
    readonly participants: readonly ParticipantFacts[];
    readonly recordings: readonly RecordingFacts[];
    readonly exemptions: readonly ExemptionFacts[];
    readonly explanations: readonly ExplanationFacts[];
    readonly spoken: readonly SpokenReason[];
    readonly parameters: CoverageParameters;
};

/** By which clock times are read. `corrected` falls back to device time where no fit covers a segment. */
export type Clock = 'corrected' | 'device';

/** What the times of somebody's footage rest on. `none`: there is no footage with a time. */
export type ClockBasis = 'corrected' | 'mixed' | 'device' | 'none';
