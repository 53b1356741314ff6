import type { Id } from '@liuhen/domain';
import type pg from 'pg';
import { operate } from '../db/operational.ts';
import type { KeptPart } from '../storage/store.ts';

export type PartRow = KeptPart & { readonly number: number };

/** The table of parts that lie in the bucket, shared by all nodes. Each method is one transaction within one organisation. */
export type PartRows = {
    /** From the first byte on without a hole, in order. */
    of(orgId: Id, uploadId: Id): Promise<PartRow[]>;
    /**
     * Names a part in the place of the one of its number, and forgets what was named after it: that belonged to bytes which are being
     * replaced. False when the upload does not stand at `durableOffset` any more: another node has taken bytes since.
     */
    keep(orgId: Id, uploadId: Id, durableOffset: bigint, part: PartRow): Promise<boolean>;
    /** Forgets all parts after `number`; false as above. */
    cut(orgId: Id, uploadId: Id, durableOffset: bigint, number: number): Promise<boolean>;
    /** All of an upload; gives their keys. */
    forget(orgId: Id, uploadId: Id): Promise<string[]>;
    /** Keys of parts that are still named although their upload takes no more bytes. */
    left(orgId: Id): Promise<{ uploadId: Id; key: string }[]>;
    /** Of these keys those that a row names. */
    named(orgId: Id, keys: readonly string[]): Promise<ReadonlySet<string>>;
};

type Stored = { number: number; start: string; end: string; key: string; digests: Uint8Array };

/** Locks the upload's row, so that whoever moves it on and whoever names a part of it take turns. */
const STANDS_THERE = `select id from liuhen.upload
    where org_id = $1 and id = $2 and state = 'receiving' and durable_offset = $3::numeric for update`;

export function pgPartRows(pool: pg.Pool): PartRows {
    return {
        async of(orgId, uploadId) {
            const { rows } = await operate<Stored>(
                pool,
                orgId,
                `select number, start_at::text as start, end_at::text as end, key, digests from liuhen.upload_part
                 where org_id = $1 and upload_id = $2 order by number`,
                [orgId, uploadId],
            );
            const parts = rows.map(({ start, end, ...rest }) => ({ ...rest, start: BigInt(start), end: BigInt(end) }));
            const hole = parts.findIndex(({ start }, index) => start !== (parts[index - 1]?.end ?? 0n));
            return hole < 0 ? parts : parts.slice(0, hole);
        },
        async keep(orgId, uploadId, durableOffset, { number, start, end, key, digests }) {
            const { count } = await operate(
                pool,
                orgId,
                `with here as (${STANDS_THERE}), after as (
                     delete from liuhen.upload_part where org_id = $1 and upload_id in (select id from here) and number > $4)
                 insert into liuhen.upload_part (org_id, upload_id, number, start_at, end_at, key, digests)
                 select $1, id, $4, $5::numeric, $6::numeric, $7, $8 from here
                 on conflict (upload_id, number) do update set start_at = excluded.start_at, end_at = excluded.end_at,
                     key = excluded.key, digests = excluded.digests`,
                [orgId, uploadId, durableOffset.toString(), number, start.toString(), end.toString(), key, Buffer.from(digests)],
            );
            return count === 1;
        },
        async cut(orgId, uploadId, durableOffset, number) {
            const { rows } = await operate<{ here: boolean }>(
                pool,
                orgId,
                `with here as (${STANDS_THERE}), gone as (
                     delete from liuhen.upload_part where org_id = $1 and upload_id in (select id from here) and number > $4)
                 select exists (select from here) as here`,
                [orgId, uploadId, durableOffset.toString(), number],
            );
            return rows[0]?.here === true;
        },
        async forget(orgId, uploadId) {
            const { rows } = await operate<{ key: string }>(
                pool,
                orgId,
                'delete from liuhen.upload_part where org_id = $1 and upload_id = $2 returning key',
                [orgId, uploadId],
            );
            return rows.map(({ key }) => key);
        },
        async left(orgId) {
            const { rows } = await operate<{ uploadId: Id; key: string }>(
                pool,
                orgId,
                `select p.upload_id as "uploadId", p.key from liuhen.upload_part p join liuhen.upload u on u.id = p.upload_id
                 where p.org_id = $1 and u.state not in ('receiving', 'sealing') order by p.upload_id, p.number`,
                [orgId],
            );
            return rows;
        },
        async named(orgId, keys) {
            const { rows } = await operate<{ key: string }>(
                pool,
                orgId,
                'select key from liuhen.upload_part where org_id = $1 and key = any($2::text[])',
                [orgId, [...keys]],
            );
            return new Set(rows.map(({ key }) => key));
        },
    };
}
