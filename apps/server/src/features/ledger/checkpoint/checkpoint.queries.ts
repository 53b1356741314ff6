import { type HeadHash, type Id, SYSTEM_ID } from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/services.ts';

export type LastCheckpoint = { readonly size: bigint; readonly root: Uint8Array; readonly note: Uint8Array; readonly at: number };

/** How many entries the log has; 0 for one that has none. */
export async function logSize(db: ReadDb, orgId: Id): Promise<bigint> {
    const head = await db.selectFrom('ledger.head').select('size').where('org_id', '=', orgId).executeTakeFirst();
    return BigInt(head?.size ?? 0);
}

/** The checkpoint published last, of one head. */
export async function lastCheckpoint(db: ReadDb, orgId: Id, head: HeadHash): Promise<LastCheckpoint | undefined> {
    const row = await db
        .selectFrom('ledger.checkpoint')
        .select(['size', 'root', 'note', 'at'])
        .where('org_id', '=', orgId)
        .where('hash', '=', head)
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
    return row === undefined ? undefined : { ...row, size: BigInt(row.size) };
}

export type StoredEntry = {
    readonly idx: number;
    readonly leaf: Uint8Array;
    readonly chain: Uint8Array;
    readonly entry: Uint8Array;
};

/** Entries from `from` on, at most `most`, in the order of the log. */
export const entriesFrom = (db: ReadDb, orgId: Id, from: bigint, most: number): Promise<StoredEntry[]> =>
    db
        .selectFrom('ledger.entry')
        .select(['idx', 'leaf', 'chain', 'entry'])
        .where('org_id', '=', orgId)
        .where('idx', '>=', Number(from))
        .orderBy('idx')
        .limit(most)
        .execute();

/** The chain value that entry `index` continues. */
export async function chainBefore(db: ReadDb, orgId: Id, index: bigint): Promise<Uint8Array | undefined> {
    const row = await db
        .selectFrom('ledger.entry')
        .select('chain')
        .where('org_id', '=', orgId)
        .where('idx', '=', Number(index) - 1)
        .executeTakeFirst();
    return row?.chain;
}

/** Raw public keys of those who sign entries, by their names. */
export async function entryKeys(db: ReadDb): Promise<ReadonlyMap<string, Uint8Array>> {
    const rows = await db.selectFrom('ledger.app_key').select(['key_id', 'public_key']).execute();
    return new Map(rows.map((row) => [row.key_id, row.public_key]));
}

/** Whose logs there are: the system's, and each organisation's. */
export const everyLog = ({ db }: Pick<Services, 'db'>): Promise<Id[]> =>
    db.read({ readOrgs: [] }, async (read) => [
        SYSTEM_ID,
        ...(await read.selectFrom('organisation').select('id').orderBy('id').execute()).map((row) => row.id),
    ]);

/** Why a log is not signed now. */
export const alarmOf = (db: ReadDb, orgId: Id) =>
    db.selectFrom('checkpoint_alarm').select(['code', 'params', 'since']).where('org_id', '=', orgId).executeTakeFirst();
