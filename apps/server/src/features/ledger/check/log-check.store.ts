import type { Id, LogCheckReason, LogCheckState } from '@liuhen/domain';
import { insertRow } from '../../../platform/command/row-writer.ts';
import type { Tx } from '../../../platform/command/tx.ts';
import { operate } from '../../../platform/db/operational.ts';
import type { Services } from '../../../platform/services.ts';
import type { FoundDifference } from './check-messages.ts';

type Tools = Pick<Services, 'db' | 'clock'>;

/** `orgId` sees it; `log` is what is looked at. */
export type Begun = { readonly id: Id; readonly orgId: Id; readonly log: Id };

export async function beginCheck(
    { db, clock }: Tools,
    { orgId, log, night, requests }: { orgId: Id; log: Id; night: string; requests: number },
): Promise<Begun> {
    const id = clock.newId();
    await operate(
        db.pool,
        orgId,
        `insert into liuhen.log_check (id, org_id, log, night, state, attempt, requests, started_at)
         values ($1, $2, $3, $4, 'running', 1, $5, $6)`,
        [id, orgId, log, night, requests, clock.now()],
    );
    return { id, orgId, log };
}

/** A check that a server left behind is begun again, as the same one. */
export const beginAgain = ({ db, clock }: Tools, { id, orgId }: Begun) =>
    operate(
        db.pool,
        orgId,
        `update liuhen.log_check set state = 'running', attempt = attempt + 1, started_at = $2, ended_at = null, reason = null, read = 0
         where id = $1`,
        [id, clock.now()],
    );

export const noteProgress = ({ db }: Tools, { id, orgId }: Begun, read: bigint, size: bigint) =>
    operate(db.pool, orgId, 'update liuhen.log_check set read = $2, size = $3 where id = $1', [id, String(read), String(size)]);

export type Ending = {
    readonly state: Exclude<LogCheckState, 'running'>;
    readonly reason: LogCheckReason | null;
    readonly size: bigint;
    readonly rows: number;
    readonly signatures: bigint;
    readonly signNext: bigint;
    readonly total: number;
    readonly digest: string | null;
    readonly found: readonly FoundDifference[];
};

/** All of it at once, so that a check is either over with all that it found, or still to be made. */
export const endCheck = ({ db, clock }: Tools, { id, orgId }: Begun, ending: Ending) =>
    operate(
        db.pool,
        orgId,
        `with ended as (
             update liuhen.log_check set state = $3, reason = $4, ended_at = $5, read = $6, size = $6, row_count = $7, signatures = $8,
                 sign_next = $9, findings = $10, digest = $11
             where id = $1 and state = 'running' returning id
         )
         insert into liuhen.log_check_finding (org_id, check_id, place, code, idx, table_name, row_id, params)
         select $2, ended.id, place, code, idx, table_name, row_id, params
         from ended, unnest($12::int[], $13::text[], $14::bigint[], $15::text[], $16::uuid[], $17::text[])
             as f (place, code, idx, table_name, row_id, params)`,
        [
            ...[id, orgId, ending.state, ending.reason, clock.now(), String(ending.size), ending.rows, String(ending.signatures)],
            ...[String(ending.signNext), ending.total, ending.digest],
            ending.found.map((_, at) => at + 1),
            ending.found.map((each) => each.code),
            ending.found.map((each) => (each.index === null ? null : String(each.index))),
            ending.found.map((each) => each.table),
            ending.found.map((each) => each.row),
            ending.found.map((each) => JSON.stringify(each.params)),
        ],
    );

/** It did not come to its end. What it had looked at stays as it was said last. */
export const leaveUnfinished = ({ db, clock }: Tools, { id, orgId }: Begun, reason: LogCheckReason) =>
    operate(
        db.pool,
        orgId,
        `update liuhen.log_check set state = 'unfinished', reason = $2, ended_at = $3 where id = $1 and state = 'running'`,
        [id, reason, clock.now()],
    );

export const insertRequest = (tx: Tx, askedBy: Id) =>
    insertRow(tx, 'log_check_request', { id: tx.newId(), asked_by: askedBy, asked_at: tx.now });

export const insertAnswer = (tx: Tx, values: Parameters<typeof insertRow<'log_check_answer'>>[2]) =>
    insertRow(tx, 'log_check_answer', values);
