import { DomainError, type Id, isWithheld } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/**
 * The sheets that a person is still to hand in, by their acts. Whoever took part in an act reviews it no more, so a sheet of it keeps nothing
 * from them: they may have to object to what another one says.
 */
export async function sheetsToHandIn(db: ReadDb, personId: Id): Promise<Map<Id, Id>> {
    const rows = await db
        .selectFrom('inspection_sheet as s')
        .innerJoin('inspection as i', 'i.id', 's.inspection_id')
        .select(['s.id', 's.act_id'])
        .where('s.reviewer_id', '=', personId)
        .where('s.state', '=', 'open')
        .where('i.state', '=', 'drawn')
        .where((of) =>
            of.not(
                of.exists(
                    of
                        .selectFrom('act_participant as ap')
                        .select('ap.id')
                        .whereRef('ap.act_id', '=', 's.act_id')
                        .where('ap.person_id', '=', personId),
                ),
            ),
        )
        .orderBy('s.id')
        .execute();
    return new Map(rows.map((row) => [row.act_id, row.id]));
}

/** What entries of the log say of other sheets about such an act is kept from the person as well. Throws `inspection.ownSheetFirst`. */
export async function refuseBeforeOwnSheet(db: ReadDb, objects: readonly Id[], personId: Id): Promise<void> {
    if (objects.length === 0) return;
    const sheets = await db
        .selectFrom('inspection_sheet')
        .select(['reviewer_id as reviewerId', 'act_id as actId'])
        .where('id', 'in', objects)
        .execute();
    if (sheets.length === 0) return;
    const toHandIn = await sheetsToHandIn(db, personId);
    if (sheets.some((each) => isWithheld(each, { personId, toHandIn }))) throw new DomainError('inspection.ownSheetFirst');
}
