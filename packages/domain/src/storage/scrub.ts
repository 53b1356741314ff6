import type { Instant } from '../kernel/instant.ts';

/** Part of the period in which a round is to be over: the rest is for days on which nothing could be read. */
const PLANNED_PERMILLE = 800n;
const ALL_PERMILLE = 1000n;

export type ScrubPace = {
    /** Everything stored is read once within so many milliseconds. */
    readonly periodMs: number;
    /** Bytes per second that reading may cost the store at most. */
    readonly mostPerSecond: bigint;
};

export type ScrubProgress = {
    readonly beganAt: Instant;
    readonly endedAt: Instant | null;
    /** Bytes there were when the round began, and bytes read since. */
    readonly total: bigint;
    readonly done: bigint;
};

const plannedMs = ({ periodMs }: ScrubPace): bigint => (BigInt(periodMs) * PLANNED_PERMILLE) / ALL_PERMILLE;

/**
 * Bytes to read in the next `stepMs` so that the round ends in time, evenly spread and never more than the store may be asked for.
 * 0: nothing is due yet.
 */
export function scrubQuota(progress: ScrubProgress, pace: ScrubPace, now: Instant, stepMs: number): bigint {
    const planned = plannedMs(pace);
    const gone = BigInt(Math.max(0, now + stepMs - progress.beganAt));
    const share = gone < planned ? gone : planned;
    // Rounded up: the last byte is due when its time has come, not a step later.
    const due = (progress.total * share + planned - 1n) / planned - progress.done;
    const most = (pace.mostPerSecond * BigInt(stepMs)) / 1000n;
    if (due <= 0n) return 0n;
    return due < most ? due : most;
}

/** Whether the next round begins: the one before is over, and as much time has gone as a round is planned for. */
export const isNextRoundDue = ({ beganAt, endedAt }: ScrubProgress, pace: ScrubPace, now: Instant): boolean =>
    endedAt !== null && BigInt(now - beganAt) >= plannedMs(pace);

/** A round that is not over when its period is: the store is asked for too little, or was away too long. */
export const isRoundLate = ({ beganAt, endedAt }: ScrubProgress, { periodMs }: ScrubPace, now: Instant): boolean =>
    endedAt === null && now - beganAt > periodMs;
