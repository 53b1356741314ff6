import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertReading = (tx: Tx, values: Parameters<typeof insertRow<'clock_reading'>>[2]) =>
    insertRow(tx, 'clock_reading', values);

export const lockReading = (tx: Tx, deviceId: Id, id: Id) =>
    tx.db
        .selectFrom('clock_reading')
        .select(['id', 'version', 'withdrawn_at', 'device_text'])
        .where('id', '=', id)
        .where('device_id', '=', deviceId)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const withdrawReading = (tx: Tx, at: { id: Id; version: number }, why: string) =>
    updateRow(tx, 'clock_reading', at, { withdrawn_at: tx.now, withdrawn_by: tx.actor, withdrawn_why: why });
