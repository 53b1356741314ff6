import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    decideSheet,
    decideSheetAssign,
    decideSheetFinish,
    decideSheetSkip,
    type Id,
    type ReviewedSheet,
    type SheetAnswer,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { peopleOfActs } from './frame.queries.ts';
import { refuseUnknownReviewers } from './inspection.commands.ts';
import { lockInspection, lockSheet, updateSheet } from './inspection.store.ts';
import { reachOf } from './reach.queries.ts';
import { type SheetRow, schemeIn, scoreOf } from './sheet.queries.ts';

type Body = BodyOf<Endpoints['inspectionSheet.save']>;
type Done = Record<string, never>;

/** A sheet with its inspection and whoever was there, locked until the command ends. */
export async function reviewedSheet(tx: Tx, id: Id) {
    const row = await lockSheet(tx, id);
    const campaign = row === undefined ? undefined : await lockInspection(tx, row.inspection_id);
    if (row === undefined || campaign === undefined) throw new DomainError('inspection.sheetNotFound');
    const { tookPart } = await peopleOfActs(tx.read, [row.act_id]);
    const sheet: ReviewedSheet = {
        state: row.state,
        campaignState: campaign.state,
        number: row.act_number,
        reviewerId: row.reviewer_id,
        tookPart: tookPart.get(row.act_id) ?? [],
    };
    return { row, campaign, sheet };
}

/** Commands about sheets read the acts of every organisation within reach. */
export const withinReach = async (services: Services, context: CommandContext): Promise<CommandContext> => ({
    ...context,
    readOrgs: (await reachOf(services.db, context.orgId)).inspectable,
});

/** Nobody judges what they may not see; an act of another organisation that is secret is seen by nobody here (附件1 第12条). */
async function refuseHidden(tx: Tx, row: SheetRow): Promise<void> {
    if (row.act_org_id === tx.orgId) return refuseUnlessActVisible(tx.read, row.act_id, tx.actor);
    const act = await tx.db.selectFrom('act').select('secrecy').where('id', '=', row.act_id).executeTakeFirst();
    if (act === undefined || act.secrecy !== null) throw new DomainError('act.restricted');
}

/** Moments lie in recordings of this act. */
async function refuseStrangeMoments(tx: Tx, row: SheetRow, answers: readonly SheetAnswer[]): Promise<void> {
    const named = [...new Set(answers.flatMap((each) => each.moments.map((moment) => moment.recordingId)))];
    if (named.length === 0) return;
    const known = await tx.db
        .selectFrom('recording')
        .select('id')
        .where('id', 'in', named)
        .where('act_id', '=', row.act_id)
        .execute();
    if (known.length !== named.length) throw new DomainError('inspection.momentUnknown');
}

const answersOf = (body: Body): SheetAnswer[] =>
    body.answers.map(({ item, points, open, words, moments }) => ({
        item,
        ...(points === undefined ? {} : { points }),
        // What has points is decided.
        ...(open === true && points === undefined ? { open } : {}),
        ...(words === undefined ? {} : { words }),
        moments,
    }));

export const saveSheet = async (services: Services, context: CommandContext, id: Id, body: Body): Promise<{ version: number }> =>
    runCommand(services.commands, await withinReach(services, context), 'inspectionSheet.save', async (tx) => {
        const { row, campaign, sheet } = await reviewedSheet(tx, id);
        const answers = answersOf(body);
        decideSheet(sheet, schemeIn(campaign), answers, tx.actor);
        await refuseHidden(tx, row);
        await refuseStrangeMoments(tx, row, answers);
        const after = await updateSheet(
            tx,
            { id, version: body.version },
            { answers: JSON.stringify(answers), remark: body.remark ?? null },
        );
        return {
            result: { version: after.version },
            events: [{ kind: 'inspection.sheetSaved', objects: [id], body: bodyOf({ number: row.act_number, answers }) }],
        };
    });

export const finishSheet = async (
    services: Services,
    context: CommandContext,
    id: Id,
    body: Body,
): Promise<{ score: number | null }> =>
    runCommand(services.commands, await withinReach(services, context), 'inspectionSheet.finish', async (tx) => {
        const { row, campaign, sheet } = await reviewedSheet(tx, id);
        const answers = answersOf(body);
        const scheme = schemeIn(campaign);
        decideSheetFinish(sheet, scheme, answers, tx.actor);
        await refuseHidden(tx, row);
        await refuseStrangeMoments(tx, row, answers);
        const closed = { answers: JSON.stringify(answers), remark: body.remark ?? null, closed_by: tx.actor, closed_at: tx.now };
        await updateSheet(tx, { id, version: body.version }, { ...closed, state: 'finished' });
        const score = scoreOf(scheme, { state: 'finished', answers }) ?? null;
        const about = { number: row.act_number, inspection: campaign.number, answers, remark: body.remark, score };
        return {
            result: { score },
            events: [{ kind: 'inspection.sheetFinished', objects: [id, row.inspection_id], body: bodyOf(about) }],
        };
    });

export const skipSheet = async (services: Services, context: CommandContext, id: Id, reason: string): Promise<Done> =>
    runCommand(services.commands, await withinReach(services, context), 'inspectionSheet.skip', async (tx) => {
        const { row, campaign, sheet } = await reviewedSheet(tx, id);
        decideSheetSkip(sheet, tx.actor);
        await updateSheet(tx, row, { state: 'skipped', skip_reason: reason, closed_by: tx.actor, closed_at: tx.now });
        const body = { number: row.act_number, inspection: campaign.number, reason };
        return { result: {}, events: [{ kind: 'inspection.sheetSkipped', objects: [id, row.inspection_id], body }] };
    });

export const assignSheet = async (
    services: Services,
    context: CommandContext,
    id: Id,
    { reviewerId, reason }: BodyOf<Endpoints['inspectionSheet.assign']>,
): Promise<Done> =>
    runCommand(services.commands, await withinReach(services, context), 'inspectionSheet.assign', async (tx) => {
        const { row, sheet } = await reviewedSheet(tx, id);
        await refuseUnknownReviewers(tx, [reviewerId]);
        decideSheetAssign(sheet, reviewerId);
        await updateSheet(tx, row, { reviewer_id: reviewerId });
        const body = bodyOf({ number: row.act_number, reviewerId, before: row.reviewer_id, reason });
        return { result: {}, events: [{ kind: 'inspection.reviewerNamed', objects: [id], body }] };
    });
