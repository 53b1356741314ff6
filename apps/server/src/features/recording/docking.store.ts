import type { DockQuestion, Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { ASK } from './docking.queries.ts';

export const insertDockItem = (tx: Tx, values: Parameters<typeof insertRow<'dock_item'>>[2]) =>
    insertRow(tx, 'dock_item', values);

export const insertAlias = (tx: Tx, values: Parameters<typeof insertRow<'dock_alias'>>[2]) => insertRow(tx, 'dock_alias', values);

export const updateDockItem = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'dock_item'>>[3]) =>
    updateRow(tx, 'dock_item', at, patch);

/** A reading of a device's clock by satellites; the register of readings is the device's, the file that says it is ours. */
export const insertSatelliteReading = (tx: Tx, values: Parameters<typeof insertRow<'clock_reading'>>[2]) =>
    insertRow(tx, 'clock_reading', values);

/** All items of a recording, locked until the command ends. */
export const lockItemsOf = (tx: Tx, recordingId: Id) =>
    tx.db
        .selectFrom('dock_item')
        .selectAll()
        .where('recording_id', '=', recordingId)
        .where('org_id', '=', tx.orgId)
        .orderBy('id')
        .forUpdate()
        .execute();

export const answerItem = (tx: Tx, at: { id: Id; version: number }, question: DockQuestion) =>
    updateRow(tx, 'dock_item', at, { [ASK[question]]: null });
