import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique key whose loss in a race is looked at again by the command (`retryOn`). */
export const CHECK_KEYS = ['act_check_once'] as const;

/** Everything ticked on the list of an act now. */
export const ticksOf = (tx: Tx, actId: Id) =>
    tx.db
        .selectFrom('act_check')
        .select(['id', 'version', 'item'])
        .where('act_id', '=', actId)
        .where('removed_at', 'is', null)
        .execute();

export const insertTick = (tx: Tx, actId: Id, item: string) =>
    insertRow(tx, 'act_check', { id: tx.newId(), act_id: actId, item, ticked_by: tx.actor, ticked_at: tx.now });

export const removeTick = (tx: Tx, at: { id: Id; version: number }) => updateRow(tx, 'act_check', at, { removed_at: tx.now });
