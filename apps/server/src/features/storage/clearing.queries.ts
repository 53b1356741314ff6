import type { Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** Of these keys those that a copy names, in whichever store it is. */
export async function namedKeys(db: ReadDb, orgId: Id, keys: readonly string[]): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    const rows = await db.selectFrom('blob_copy').select('key').where('org_id', '=', orgId).where('key', 'in', keys).execute();
    return new Set(rows.map(({ key }) => key));
}
