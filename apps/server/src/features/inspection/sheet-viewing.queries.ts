import { DomainError, decideSheetViewing, type Grant, type Id, type Instant, permissionsOf, type Subject } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { peopleOfActs } from './frame.queries.ts';

type Played = { readonly id: Id; readonly actId: Id | null };

/** A sheet of the own organisation, to play recordings for. Throws `inspection.sheetNotFound`. */
export async function sheetToPlayFor(db: ReadDb, own: Id, sheetId: Id) {
    const row = await db
        .selectFrom('inspection_sheet as s')
        .innerJoin('inspection as i', 'i.id', 's.inspection_id')
        .select(['s.id', 's.state', 's.reviewer_id', 's.act_id', 's.act_number', 's.act_org_id', 's.place'])
        .select(['i.number', 'i.title', 'i.state as campaign_state'])
        // Asked again for every piece that is served, so in the same statement; at most one waits.
        .select((of) =>
            of
                .selectFrom('inspection_appeal as p')
                .select('p.appealed_by')
                .whereRef('p.sheet_id', '=', 's.id')
                .where('p.state', '=', 'waiting')
                .as('objected_by'),
        )
        .where('s.id', '=', sheetId)
        .where('s.org_id', '=', own)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('inspection.sheetNotFound');
    return row;
}

/**
 * What a review sheet lets its reviewer play while it is open, and whoever decides on an objection while that waits (正文四(四), 附件1 第19条): the
 * recordings of its act. Asked again for every piece that is served, so that it ends with the sheet or the objection, with the role, and
 * when the act is marked secret or the recording taken out of it. Throws as `decideSheetViewing`, `inspection.sheetNotFound`, or
 * `access.denied` without the right to review or to decide.
 */
export async function grantBySheet(db: ReadDb, subject: Subject, sheetId: Id, recording: Played, now: Instant): Promise<Grant> {
    const row = await sheetToPlayFor(db, subject.organisationId, sheetId);
    const waiting = row.objected_by === null ? null : { by: row.objected_by };
    const needed = waiting === null ? 'inspection.review' : 'inspection.decide';
    if (!permissionsOf(subject.roles).includes(needed)) throw new DomainError('access.denied');
    const act = await db.selectFrom('act').select('secrecy').where('id', '=', row.act_id).executeTakeFirst();
    const { tookPart } = await peopleOfActs(db, [row.act_id]);
    const sheet = {
        ...{ state: row.state, campaignState: row.campaign_state, number: row.act_number, reviewerId: row.reviewer_id },
        ...{ tookPart: tookPart.get(row.act_id) ?? [], actId: row.act_id },
        // Of an act that cannot be read nobody knows that it is not secret.
        isSecret: act === undefined || act.secrecy !== null,
    };
    decideSheetViewing(sheet, recording, subject.personId, waiting);
    return {
        ...{ id: sheetId, personId: subject.personId, actions: ['recording.play'], organisationId: row.act_org_id },
        ...{ recordingId: recording.id, from: now, until: now + 1 },
    };
}
