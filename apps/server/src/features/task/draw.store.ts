import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const lockDraw = (tx: Tx, id: Id) =>
    tx.db.selectFrom('draw').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

/** Draws of a year with their lists, for a look whether these objects were drawn from before. */
export const drawsOfYear = (tx: Tx, year: number) =>
    tx.db
        .selectFrom('draw')
        .select(['number', 'lists'])
        .where('org_id', '=', tx.orgId)
        .where('year', '=', year)
        .orderBy('id')
        .execute();

export const insertDraw = (tx: Tx, values: Parameters<typeof insertRow<'draw'>>[2]) => insertRow(tx, 'draw', values);

export const updateDraw = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'draw'>>[3]) =>
    updateRow(tx, 'draw', at, patch);

export const openAvoidance = (tx: Tx, personId: Id, at: { partyId: Id | undefined; area: string | undefined }) => {
    const open = tx.db
        .selectFrom('officer_avoidance')
        .select('id')
        .where('org_id', '=', tx.orgId)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null);
    return (
        at.partyId === undefined ? open.where('area', '=', at.area ?? '') : open.where('party_id', '=', at.partyId)
    ).executeTakeFirst();
};

export const lockAvoidance = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('officer_avoidance')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();

export const insertAvoidance = (tx: Tx, values: Parameters<typeof insertRow<'officer_avoidance'>>[2]) =>
    insertRow(tx, 'officer_avoidance', values);

export const endAvoidance = (tx: Tx, at: { id: Id; version: number }) =>
    updateRow(tx, 'officer_avoidance', at, { ended_at: tx.now });
