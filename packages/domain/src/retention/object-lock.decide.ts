import type { Instant } from '../kernel/instant.ts';
import { lockOf } from './retention.decide.ts';
import type { Retention } from './retention.ts';

/** What a store is to refuse, or was told to refuse: to let go before a day, and to let go at all while it is held. */
export type ObjectLock = { readonly until: Instant | null; readonly hold: boolean };

export type LockChange = {
    /** What the store has to be told now. */
    readonly tell: { readonly until?: Instant; readonly hold?: boolean };
    /** What it has been told by then. */
    readonly told: ObjectLock;
};

/** The same bytes of several recordings are kept for the one that is kept longest. */
export function lockOfAll(retentions: readonly Retention[]): ObjectLock {
    const locks = retentions.map(lockOf);
    const days = locks.flatMap(({ until }) => until ?? []);
    return { until: days.length === 0 ? null : Math.max(...days), hold: locks.some(({ hold }) => hold) };
}

/**
 * What of a wish the store has not been told; undefined where it knows all of it. A day is only ever made later: a shorter one stays as
 * it was told. One that is over is not told: nothing would be locked by it. Only a hold that was told is lifted.
 */
export function decideLock(wish: ObjectLock, told: ObjectLock | undefined, now: Instant): LockChange | undefined {
    const before = told ?? { until: null, hold: false };
    const until = wish.until !== null && wish.until > now && wish.until > (before.until ?? 0) ? wish.until : undefined;
    const hold = wish.hold === before.hold ? undefined : wish.hold;
    if (until === undefined && hold === undefined) return undefined;
    return {
        tell: { ...(until === undefined ? {} : { until }), ...(hold === undefined ? {} : { hold }) },
        told: { until: until ?? before.until, hold: wish.hold },
    };
}
