import { DomainError, type Id, type Subject } from '@liuhen/domain';
import type { CommandContext } from '../../platform/command/command.ts';
import { runCommand } from '../../platform/command/command.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { reachOf } from '../inspection/reach.queries.ts';
import { grantBySheet, sheetToPlayFor } from '../inspection/sheet-viewing.queries.ts';
import { found, refuseUnlessPlayable, registerViewing } from './recording.commands.ts';
import { concernedBy } from './recording.queries.ts';

/**
 * Registers that a reviewer plays a recording for an open review sheet (正文四(四)). The viewing stands in the register of whoever owns the
 * recording and in that log (附件1 第19条), with the sheet as its reason; the log of who inspects says so too.
 */
export async function openViewingForSheet(
    services: Services,
    context: CommandContext,
    session: Session,
    sheetId: Id,
    recordingId: Id,
) {
    const { subject } = session;
    const own = subject.organisationId;
    const {
        number,
        title,
        act_org_id: owner,
    } = await services.db.read({ readOrgs: [own] }, (db) => sheetToPlayFor(db, own, sheetId));
    const at = { ...context, orgId: owner, readOrgs: [own, owner] };
    return runCommand(services.commands, at, 'viewing.openForSheet', async (tx) => {
        const recording = await found(tx, recordingId);
        const played = { id: recordingId, actId: recording.act_id };
        const grant = await grantBySheet(tx.read, subject, sheetId, played, tx.now);
        const concerned = await concernedBy(tx.read, recordingId);
        const resource = {
            kind: 'recording',
            id: recordingId,
            organisationId: owner,
            state: recording.state,
            concerned,
        } as const;
        refuseUnlessPlayable(session, resource, tx.now, [grant]);
        const { result, event } = await registerViewing(tx, recording, { purpose: `${number} ${title}`, sheetId });
        const body = { recording: recordingId, file: recording.display_name, viewing: result.viewingId };
        return { result, events: [event, { kind: 'inspection.recordingPlayed', org: own, objects: [sheetId], body }] };
    });
}

/** Whose register a viewing of this person stands in: the own organisation's or, for a review sheet, another's. Throws `viewing.notFound`. */
export async function ownerOfViewing(db: Database, subject: Subject, viewingId: Id): Promise<Id> {
    const own = subject.organisationId;
    const { inspectable } = await reachOf(db, own);
    const row = await db.read({ readOrgs: [own, ...inspectable] }, (on) =>
        on
            .selectFrom('viewing')
            .select('org_id')
            .where('id', '=', viewingId)
            .where('person_id', '=', subject.personId)
            .executeTakeFirst(),
    );
    if (row === undefined) throw new DomainError('viewing.notFound');
    return row.org_id;
}
