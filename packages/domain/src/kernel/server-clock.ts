import { DomainError } from './domain-error.ts';
import type { Instant } from './instant.ts';

/** Why the clock of the server is not trusted. */
export const SERVER_CLOCK_DOUBTS = [
    /** It went forward or back by more than time has passed. */
    'serverClock.jumped',
    /** It is behind the last entry of a log. */
    'serverClock.behindLog',
    /** The clock of the database says something else. */
    'serverClock.database',
    /** Witnesses, whose clocks are elsewhere, say something else. */
    'serverClock.witness',
] as const;
export type ServerClockDoubtCode = (typeof SERVER_CLOCK_DOUBTS)[number];

export type ServerClockDoubt = {
    readonly code: ServerClockDoubtCode;
    /** `seconds`: by how much the clock is ahead, behind where negative. */
    readonly params: Readonly<Record<string, string>>;
    /** By the clock that is doubted. */
    readonly since: Instant;
};

/** Two clocks read at one moment: the one that can be set, and the one that only goes on; milliseconds. */
export type TwoClocks = { readonly wall: Instant; readonly monotonic: number };

/** A clock that is kept right by NTP is slewed by 500 parts in a million at most; what is more is a jump. */
const SLEW = 0.0005;

/** How far the wall clock has gone away from the other since, milliseconds; ahead where positive. */
export const driftSince = (base: TwoClocks, now: TwoClocks): number => now.wall - base.wall - (now.monotonic - base.monotonic);

/**
 * What the next reading is compared with: the clocks may drift apart as NTP moves them, and no further, so that many small jumps are not
 * taken for slewing.
 */
export function followSlew(base: TwoClocks, now: TwoClocks): TwoClocks {
    const most = Math.max(0, now.monotonic - base.monotonic) * SLEW;
    const taken = Math.max(-most, Math.min(most, driftSince(base, now)));
    return { monotonic: now.monotonic, wall: base.wall + (now.monotonic - base.monotonic) + taken };
}

/** A doubt that somebody has answered with a reason: by how much the clock was ahead when it was raised, and when it was confirmed. */
export type ConfirmedDoubt = {
    readonly code: ServerClockDoubtCode;
    readonly aheadMs: number;
    readonly since: Instant;
    readonly at: Instant;
};

/**
 * Whether a difference is the one that somebody confirmed last. From the clock of the database: that ours is still so far from it. From the
 * last entry: that no entry has been made since that is later still. What witnesses say is answered up to the confirmation
 * (`confirmedUntil`), since they speak of a moment, not of now.
 */
export function isConfirmed(
    code: 'serverClock.database' | 'serverClock.behindLog',
    seen: { readonly ahead: number; readonly now: Instant },
    confirmed: readonly ConfirmedDoubt[],
    limitMs: number,
): boolean {
    const last = confirmed.filter((each) => each.code === code).sort((a, b) => b.at - a.at)[0];
    if (last === undefined) return false;
    if (code === 'serverClock.database') return Math.abs(seen.ahead - last.aheadMs) <= limitMs;
    return seen.now - seen.ahead <= last.since - last.aheadMs + limitMs;
}

/** Until when what witnesses said is answered: whoever confirmed the clock for any reason has looked at it. */
export const confirmedUntil = (confirmed: readonly ConfirmedDoubt[]): Instant =>
    Math.max(Number.NEGATIVE_INFINITY, ...confirmed.map(({ at }) => at));

/** When a witness cosigned, by its clock, and when that arrived, by ours. */
export type WitnessedAt = { readonly witness: string; readonly theirs: Instant; readonly ours: Instant };

/** What arrived earlier than this before the newest says nothing about the clock as it is now. */
const SAME_WORD_MS = 3_600_000;

/**
 * How far our clock is ahead of those of the witnesses, milliseconds, negative where behind: by the latest word of each, and of these by
 * the one that agrees with us best, since a single witness may be wrong or hostile. Undefined where none has said anything.
 */
export function aheadOfWitnesses(words: readonly WitnessedAt[]): number | undefined {
    const latest = new Map<string, WitnessedAt>();
    for (const word of words) if ((latest.get(word.witness)?.ours ?? -Infinity) <= word.ours) latest.set(word.witness, word);
    const newest = Math.max(...words.map(({ ours }) => ours));
    const differences = [...latest.values()]
        .filter(({ ours }) => newest - ours <= SAME_WORD_MS)
        .map(({ theirs, ours }) => ours - theirs);
    return differences.sort((a, b) => Math.abs(a) - Math.abs(b))[0];
}

/**
 * What stands where a page or a list would otherwise say that something is late, or how long is left: while the clock of the server is
 * doubted nobody can (decision 0071).
 */
export const CLOCK_DOUBTED = 'clockDoubted';
export type ByClock<Verdict> = Verdict | typeof CLOCK_DOUBTED;

/** The clock of the server as it is read to answer somebody, and whether anything may be said of terms by it. */
export type ServerTime = { readonly now: Instant; readonly trusted: boolean };

/** Whoever asks only for what is late is told that this waits, rather than that there is nothing; throws `serverClock.doubted`. */
export function needTrustedClock({ trusted }: Pick<ServerTime, 'trusted'>): void {
    if (!trusted) throw new DomainError('serverClock.doubted');
}

/** A verdict that holds only if the clock is right. */
export const byClock = <Verdict>({ trusted }: Pick<ServerTime, 'trusted'>, verdict: Verdict): ByClock<Verdict> =>
    trusted ? verdict : CLOCK_DOUBTED;
