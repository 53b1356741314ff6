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
