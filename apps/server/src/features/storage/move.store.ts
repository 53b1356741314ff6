import type { Id } from '@liuhen/domain';
import { updateRows } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Copies that still lie in `from` lie in `to` now: moved, not added, since everybody reads the one copy of a content. Gives which. */
export async function moveCopies(tx: Tx, ids: readonly Id[], { from, to }: { from: string; to: string }): Promise<Id[]> {
    const rows = await tx.db
        .selectFrom('blob_copy')
        .select('id')
        .where('id', 'in', ids)
        .where('org_id', '=', tx.orgId)
        .where('store', '=', from)
        .orderBy('id')
        .forUpdate()
        .execute();
    const moved = rows.map(({ id }) => id);
    await updateRows(tx, 'blob_copy', moved, { store: to, former_store: from, former_erased_at: null });
    return moved;
}

/** What these copies left behind in `former` goes now. Gives those of which nobody had said so yet. */
export async function noteErased(tx: Tx, ids: readonly Id[], former: string): Promise<Id[]> {
    const rows = await tx.db
        .selectFrom('blob_copy')
        .select('id')
        .where('id', 'in', ids)
        .where('org_id', '=', tx.orgId)
        .where('former_store', '=', former)
        .where('former_erased_at', 'is', null)
        .orderBy('id')
        .forUpdate()
        .execute();
    const noted = rows.map(({ id }) => id);
    await updateRows(tx, 'blob_copy', noted, { former_erased_at: tx.now });
    return noted;
}
