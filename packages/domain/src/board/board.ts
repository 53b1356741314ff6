import type { BoundedInstant } from '../act/coverage-facts.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { type ByClock, byClock, CLOCK_DOUBTED, type ServerTime } from '../kernel/server-clock.ts';

/**
 * What is known and not stored: footage that an act owes, a file on its way, a recorder checked out of which nothing came;
 * and files that came late and whose lateness nobody has explained.
 */
export const BOARD_KINDS = ['act', 'upload', 'check', 'stored'] as const;
export type BoardKind = (typeof BOARD_KINDS)[number];

/**
 * `running`: time left · `soon`: little of it · `late`: the term is over · `unsure`: by a clock that nobody checked it may be ·
 * `explained`: a reason is given and not confirmed · `noTerm`: nothing has ended yet that a term could run from · `settled`: the
 * reason is confirmed; it stays late and is shown only when asked for · `clockDoubted`: the clock of the server has to be confirmed first.
 */
export const BOARD_STATES = ['soon', 'running', 'late', 'unsure', 'explained', 'noTerm', 'settled', CLOCK_DOUBTED] as const;
export type BoardState = (typeof BOARD_STATES)[number];

/** How a term stands that runs from the end of a recording. */
export function termState(
    due: Instant | null,
    clock: ServerTime,
    soonMs: Duration,
): ByClock<'late' | 'soon' | 'running'> | 'noTerm' {
    if (due === null) return 'noTerm';
    const left = due - clock.now;
    return byClock(clock, left <= 0 ? 'late' : left <= soonMs ? 'soon' : 'running');
}

/**
 * 附件1 第15条 of a file that is here: stored within the term from its end. By the corrected clock with its bounds it is in time
 * or late for sure, or nobody can say; by a clock that nobody checked it is never late for sure.
 */
export function storedStanding(
    end: BoundedInstant,
    corrected: boolean,
    receivedAt: Instant,
    termMs: Duration,
): 'inTime' | 'late' | 'unsure' {
    if (receivedAt - end.lower <= termMs) return corrected || receivedAt - end.at <= termMs ? 'inTime' : 'unsure';
    if (!corrected) return 'unsure';
    return receivedAt - end.upper > termMs ? 'late' : 'unsure';
}

/** What a reason makes of something late. One that was given while the clock was trusted is not doubted with it. */
export function withExcuse(state: BoardState, excuse: 'waiting' | 'accepted' | 'refused' | 'withdrawn' | null): BoardState {
    if (state !== 'late' && state !== 'unsure' && state !== CLOCK_DOUBTED) return state;
    if (excuse === 'accepted') return 'settled';
    return excuse === 'waiting' ? 'explained' : state;
}

export type BoardOrder = { readonly key: string; readonly state: BoardState; readonly due: Instant | null };

const RANK: Readonly<Record<BoardState, number>> = {
    soon: 0,
    running: 0,
    // By when it is due, like what has time left: where it stands must not say that it is late.
    [CLOCK_DOUBTED]: 0,
    late: 1,
    unsure: 1,
    explained: 1,
    noTerm: 2,
    settled: 3,
};

/** What runs out next stands first: it can still be handed in. Then what is late, the newest first; then what has no term. */
export function byDue(a: BoardOrder, b: BoardOrder): number {
    const rank = RANK[a.state] - RANK[b.state];
    if (rank !== 0) return rank;
    const apart = (a.due ?? 0) - (b.due ?? 0);
    return (RANK[a.state] === 0 ? apart : -apart) || (a.key < b.key ? -1 : 1);
}
