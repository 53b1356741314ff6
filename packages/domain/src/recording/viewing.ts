import { isCustodian } from '../identity/access.decide.ts';
import type { Role } from '../identity/roles.ts';
import type { Instant } from '../kernel/instant.ts';

/** What somebody looked at (附件1 第19条): a recording that was played or shown, or the small pictures of several. */
export const VIEWING_KINDS = ['content', 'pictures'] as const;
export type ViewingKind = (typeof VIEWING_KINDS)[number];

/** `open`: it may still be looked at. `ended`: whoever looked ended it. `expired`: its time ran out, and what was played is not known. */
export const VIEWING_STATES = ['open', 'ended', 'expired'] as const;
export type ViewingState = (typeof VIEWING_STATES)[number];

/** Whoever looks after all recordings sees the whole register of viewings, others what they looked at themselves. */
export const seesAllViewings = (roles: readonly Role[]): boolean => isCustodian(roles);

/** A viewing that nobody ended is closed once its time is over, with nothing that was played. */
export function viewingState(
    { closedAt, until }: { readonly closedAt: Instant | null; readonly until: Instant },
    now: Instant,
): ViewingState {
    if (closedAt !== null && closedAt < until) return 'ended';
    return now < until ? 'open' : 'expired';
}
