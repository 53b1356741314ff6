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
        .where('s.id', '=', sheetId)
        .where('s.org_id', '=', own)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('inspection.sheetNotFound');
    return row;
}

/**
 * What an open review sheet lets its reviewer play (正文四(四), 附件1 第19条): the recordings of its act, as long as it is open. Asked
 * again for every piece that is served, so that it ends with the sheet, with the role, and when the act is marked secret or the recording
 * taken out of it. Throws as `decideSheetViewing`, `inspection.sheetNotFound`, or `access.denied` without the right to review.
 */
export async function grantBySheet(db: ReadDb, subject: Subject, sheetId: Id, recording: Played, now: Instant): Promise<Grant> {
    if (!permissionsOf(subject.roles).includes('inspection.review')) throw new DomainError('access.denied');
    const row = await sheetToPlayFor(db, subject.organisationId, sheetId);
    const act = await db.selectFrom('act').select('secrecy').where('id', '=', row.act_id).executeTakeFirst();
    const { tookPart } = await peopleOfActs(db, [row.act_id]);
    const sheet = {
        ...{ state: row.state, campaignState: row.campaign_state, number: row.act_number, reviewerId: row.reviewer_id },
        ...{ tookPart: tookPart.get(row.act_id) ?? [], actId: row.act_id },
        // Of an act that cannot be read nobody knows that it is not secret.
        isSecret: act === undefined || act.secrecy !== null,
    };
    decideSheetViewing(sheet, recording, subject.personId);
    return {
        ...{ id: sheetId, personId: subject.personId, actions: ['recording.play'], organisationId: row.act_org_id },
        ...{ recordingId: recording.id, from: now, until: now + 1 },
    };
}
