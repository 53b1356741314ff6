import { type DerivedKind, derivableKinds, type Id, type Inspection } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const DERIVE_TASK = 'recording.derive';

/** One of an organisation's items at a time: nobody waits for them, and they must not slow what people wait for. */
export function deriveLater(tx: Tx, recordingId: Id, kind: DerivedKind, afterMs: number): void {
    tx.enqueue({
        task: DERIVE_TASK,
        payload: { recordingId, kind },
        key: `${DERIVE_TASK}:${recordingId}:${kind}`,
        queue: `${DERIVE_TASK}:${tx.orgId}`,
        afterMs,
    });
}

/** What is made of a file without anybody asking. */
export function deriveItself(
    tx: Tx,
    recordingId: Id,
    inspection: Inspection,
    options: { readonly afterMs: number; readonly copies: boolean },
): void {
    for (const kind of derivableKinds(inspection)) {
        if (kind === 'playable' && !options.copies) continue;
        deriveLater(tx, recordingId, kind, options.afterMs);
    }
}

export const insertDerived = (tx: Tx, values: Parameters<typeof insertRow<'derived_item'>>[2]) =>
    insertRow(tx, 'derived_item', values);

export const updateDerived = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'derived_item'>>[3]) =>
    updateRow(tx, 'derived_item', at, patch);

export const lockDerived = (tx: Tx, recordingId: Id, kind: DerivedKind) =>
    tx.db
        .selectFrom('derived_item')
        .select(['id', 'version', 'state'])
        .where('recording_id', '=', recordingId)
        .where('kind', '=', kind)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const insertLook = (tx: Tx, values: Parameters<typeof insertRow<'picture_look'>>[2]) =>
    insertRow(tx, 'picture_look', values);
