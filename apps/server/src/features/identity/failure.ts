import { type BodyValue, type DomainEvent, decideFailure, type Failures, type Id } from '@liuhen/domain';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import { type AccountRow, updateAccount } from './account.store.ts';

export type FailureReason = 'wrongPassword' | 'wrongCode';

export const failuresOf = (account: AccountRow): Failures => ({
    failedCount: account.failed_count,
    lastFailedAt: account.last_failed_at,
    lockedUntil: account.locked_until,
});

/**
 * Counts a wrong password or code against the account; the count is a change of the row and so always has its entry.
 * The lock itself bounds their number.
 */
export async function countFailure(
    tx: Tx,
    account: AccountRow,
    reason: FailureReason,
    about: { readonly [name: string]: BodyValue },
): Promise<{ lockedNow: boolean; events: NonEmpty<DomainEvent> }> {
    const { failedCount, lastFailedAt, lockedUntil, lockedNow } = decideFailure(failuresOf(account), tx.now);
    await updateAccount(tx, account, { failed_count: failedCount, last_failed_at: lastFailedAt, locked_until: lockedUntil });
    const refused: DomainEvent = {
        kind: 'session.refused',
        objects: [account.id],
        body: { login: account.login, reason, failures: failedCount, ...about },
    };
    return { lockedNow, events: lockedUntil === null ? [refused] : [refused, locked(account.id, lockedUntil)] };
}

const locked = (personId: Id, until: number): DomainEvent => ({
    kind: 'account.locked',
    objects: [personId],
    body: { until },
});
