import type { Id, Instant } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const ROOM_KEYS = ['recording_room_name', 'room_camera_open'] as const;
export const MODEL_KEYS = ['device_model_name'] as const;

export const insertStep = (tx: Tx, values: Parameters<typeof insertRow<'device_step'>>[2]) =>
    insertRow(tx, 'device_step', values);

export const insertCheck = (tx: Tx, values: Parameters<typeof insertRow<'device_check'>>[2]) =>
    insertRow(tx, 'device_check', values);

/** Whose hands the register says a device was in. */
export const holderThen = (tx: Tx, deviceId: Id, at: Instant) =>
    tx.db
        .selectFrom('device_issue')
        .select('person_id')
        .where('device_id', '=', deviceId)
        .where('issued_at', '<=', at)
        .where((of) => of.or([of('returned_at', 'is', null), of('returned_at', '>', at)]))
        .executeTakeFirst();

export const lastIssue = (tx: Tx, deviceId: Id) =>
    tx.db
        .selectFrom('device_issue')
        .select('person_id')
        .where('device_id', '=', deviceId)
        .orderBy('issued_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();

export const personInOrg = (tx: Tx, id: Id) =>
    tx.db.selectFrom('person').select(['id', 'name']).where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst();

export const lockModel = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('device_model')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const modelNamed = (tx: Tx, name: string) =>
    tx.db.selectFrom('device_model').select('id').where('org_id', '=', tx.orgId).where('name', '=', name).executeTakeFirst();

export const insertModel = (tx: Tx, values: Parameters<typeof insertRow<'device_model'>>[2]) =>
    insertRow(tx, 'device_model', values);

export const updateModel = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'device_model'>>[3]) =>
    updateRow(tx, 'device_model', at, patch);

export const lockRoom = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('recording_room')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const roomNamed = (tx: Tx, name: string) =>
    tx.db.selectFrom('recording_room').select('id').where('org_id', '=', tx.orgId).where('name', '=', name).executeTakeFirst();

export const insertRoom = (tx: Tx, values: Parameters<typeof insertRow<'recording_room'>>[2]) =>
    insertRow(tx, 'recording_room', values);

export const updateRoom = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'recording_room'>>[3]) =>
    updateRow(tx, 'recording_room', at, patch);

/** Where a camera hangs, and until when it hung before; with the names of the rooms. */
export const bindingsOf = (tx: Tx, deviceId: Id) =>
    tx.db
        .selectFrom('room_camera as c')
        .innerJoin('recording_room as r', 'r.id', 'c.room_id')
        .select(['c.id', 'c.until_at', 'r.name'])
        .where('c.device_id', '=', deviceId)
        .execute();

export const lockBinding = (tx: Tx, roomId: Id, id: Id) =>
    tx.db
        .selectFrom('room_camera')
        .selectAll()
        .where('id', '=', id)
        .where('room_id', '=', roomId)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const camerasIn = async (tx: Tx, roomId: Id): Promise<number> =>
    (await tx.db.selectFrom('room_camera').select('id').where('room_id', '=', roomId).where('until_at', 'is', null).execute())
        .length;

export const insertBinding = (tx: Tx, values: Parameters<typeof insertRow<'room_camera'>>[2]) =>
    insertRow(tx, 'room_camera', values);

export const endBinding = (tx: Tx, at: { id: Id; version: number }, until: Instant) =>
    updateRow(tx, 'room_camera', at, { until_at: until });
