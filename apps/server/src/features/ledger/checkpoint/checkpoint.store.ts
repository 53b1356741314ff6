import type { CheckpointAlarmCode, HeadHash, Id } from '@liuhen/domain';
import { operate } from '../../../platform/db/operational.ts';
import type { Services } from '../../../platform/services.ts';
import type { Signed } from './signed-state.ts';

/** A complete node of a kept level. */
export type KeptNode = { readonly level: number; readonly index: bigint; readonly node: Uint8Array };

type Tools = Pick<Services, 'db' | 'clock'>;

/**
 * Publishes what was signed, with the nodes that it added to the tree. The database refuses a second checkpoint of one size, one that
 * does not follow the last, and one of more entries than the log has.
 */
export async function addCheckpoint(
    { db }: Tools,
    orgId: Id,
    head: HeadHash,
    after: bigint,
    { size, at, root, note }: Signed,
    nodes: readonly KeptNode[],
): Promise<void> {
    await operate(db.pool, orgId, 'select ledger.add_checkpoint($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        orgId,
        head,
        String(after),
        String(size),
        at,
        Buffer.from(root),
        Buffer.from(note),
        nodes.map((each) => each.level),
        nodes.map((each) => String(each.index)),
        nodes.map((each) => Buffer.from(each.node)),
    ]);
}

/** Says why nothing is signed. The time is that of the first time it was said. */
export async function raiseAlarm(
    { db, clock }: Tools,
    orgId: Id,
    code: CheckpointAlarmCode,
    params: Readonly<Record<string, string | number>>,
): Promise<void> {
    await operate(
        db.pool,
        orgId,
        `insert into liuhen.checkpoint_alarm as a (org_id, code, params, since) values ($1, $2, $3, $4)
         on conflict (org_id) do update set code = excluded.code, params = excluded.params, since = excluded.since
         where (a.code, a.params) <> (excluded.code, excluded.params)`,
        [orgId, code, JSON.stringify(params), clock.now()],
    );
}

export async function endAlarm({ db }: Tools, orgId: Id): Promise<void> {
    await operate(db.pool, orgId, 'delete from liuhen.checkpoint_alarm where org_id = $1', [orgId]);
}
