import type { Id } from '@liuhen/domain';
import type pg from 'pg';
import { operate } from '../db/operational.ts';
import type { UploadResult, UploadRow, UploadRows, UploadState } from './upload-rows.ts';

type Stored = {
    id: string;
    org_id: string;
    person_id: string;
    length: string;
    durable_offset: string;
    metadata: { header: string };
    state: UploadState;
    created_at: string;
    expires_at: string;
    recording_id: string | null;
    result: UploadResult | null;
};

// Sizes and instants as text, so that no type parser of the pool can round them.
const COLUMNS = `id, org_id, person_id, length::text, durable_offset::text, metadata, state, created_at::text, expires_at::text,
    recording_id, result`;

/** Uploads in the table `liuhen.upload`; row-level security sees the organisation given with each call and no other. */
export function pgUploadRows(pool: pg.Pool): UploadRows {
    const run = (orgId: Id, sql: string, values: readonly unknown[]) => operate<Stored>(pool, orgId, sql, values);

    return {
        async insert(row) {
            const { count } = await run(
                row.orgId,
                `insert into liuhen.upload (id, org_id, person_id, length, durable_offset, metadata, state, created_at, expires_at)
                 values ($1, $2, $3, $4::numeric, $5::numeric, $6::jsonb, $7, $8, $9) on conflict (id) do nothing`,
                [
                    row.id,
                    row.orgId,
                    row.personId,
                    row.length.toString(),
                    row.durableOffset.toString(),
                    JSON.stringify(row.metadata),
                    row.state,
                    row.createdAt,
                    row.expiresAt,
                ],
            );
            return count === 1;
        },
        async find(orgId, id) {
            const { rows } = await run(orgId, `select ${COLUMNS} from liuhen.upload where org_id = $1 and id = $2`, [orgId, id]);
            return rows[0] === undefined ? undefined : toRow(rows[0]);
        },
        async advance(orgId, id, from, to, expiresAt) {
            const { count } = await run(
                orgId,
                `update liuhen.upload set durable_offset = $4::numeric, expires_at = $5
                 where org_id = $1 and id = $2 and durable_offset = $3::numeric and state = 'receiving'`,
                [orgId, id, from.toString(), to.toString(), expiresAt],
            );
            return count === 1;
        },
        async change(orgId, id, from, change) {
            const { count } = await run(
                orgId,
                `update liuhen.upload set state = $4, durable_offset = coalesce($5::numeric, durable_offset),
                     result = coalesce($6::jsonb, result), recording_id = coalesce($7::uuid, recording_id)
                 where org_id = $1 and id = $2 and state = $3`,
                [
                    orgId,
                    id,
                    from,
                    change.state,
                    change.durableOffset?.toString() ?? null,
                    change.result === undefined ? null : JSON.stringify(change.result),
                    change.recordingId ?? null,
                ],
            );
            return count === 1;
        },
        async unfinished(orgId) {
            const { rows } = await run(
                orgId,
                `select ${COLUMNS} from liuhen.upload where org_id = $1 and state in ('receiving', 'sealing') order by created_at`,
                [orgId],
            );
            return rows.map(toRow);
        },
    };
}

const toRow = (stored: Stored): UploadRow => ({
    id: stored.id,
    orgId: stored.org_id,
    personId: stored.person_id,
    length: BigInt(stored.length),
    durableOffset: BigInt(stored.durable_offset),
    metadata: stored.metadata,
    state: stored.state,
    createdAt: Number(stored.created_at),
    expiresAt: Number(stored.expires_at),
    recordingId: stored.recording_id,
    result: stored.result,
});
