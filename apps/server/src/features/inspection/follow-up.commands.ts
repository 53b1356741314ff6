import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    dayOf,
    decideAppeal,
    decideAppealDecision,
    decideCampaignStep,
    decideRectification,
    decideRectificationAnswer,
    decideRectificationCheck,
    type Id,
    isSecrecyHead,
    type Subject,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import {
    insertAppeal,
    insertRectification,
    lockAppeal,
    lockRectification,
    updateAppeal,
    updateRectification,
} from './inspection.store.ts';
import { readWithin } from './reach.queries.ts';
import { reviewedSheet, withinReach } from './sheet.commands.ts';
import { appealUntil, officersIn, schemeIn } from './sheet.queries.ts';

type Done = Record<string, never>;
type Table = 'inspection_sheet' | 'inspection_rectification';

/**
 * What an inspected organisation answers belongs to the inspection, whose organisation's log takes the entry: the command runs
 * there, in the name of the person of the inspected one. `not` is the refusal when there is no such thing within reach.
 */
async function atOwner(services: Services, context: CommandContext, table: Table, id: Id, not: string): Promise<CommandContext> {
    const { owner, inspectors } = await readWithin(services.db, context.orgId, async (db, reach) => ({
        owner: (await db.selectFrom(table).select('org_id').where('id', '=', id).executeTakeFirst())?.org_id,
        inspectors: reach.inspectors,
    }));
    if (owner === undefined || !inspectors.includes(owner)) throw new DomainError(not);
    return { ...context, orgId: owner, readOrgs: [context.orgId, owner] };
}

const isHeadOf = (subject: Subject, organisationId: Id): boolean =>
    subject.organisationId === organisationId && isSecrecyHead(subject);

export const orderRectification = async (
    services: Services,
    context: CommandContext,
    sheetId: Id,
    { words, responsibleId, dueDay }: BodyOf<Endpoints['inspectionSheet.order']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, await withinReach(services, context), 'inspectionSheet.order', async (tx) => {
        const { row, campaign } = await reviewedSheet(tx, sheetId);
        decideCampaignStep(campaign.state, 'drawn');
        decideRectification(row, dueDay, dayOf(tx.now));
        if (responsibleId !== undefined && !officersIn(row).some((each) => each.id === responsibleId))
            throw new DomainError('inspection.notConcerned');
        const id = tx.newId();
        await insertRectification(tx, {
            ...{ id, inspection_id: row.inspection_id, sheet_id: sheetId, words, due_day: dueDay, state: 'open' },
            responsible_id: responsibleId ?? null,
            ordered_by: tx.actor,
            ordered_at: tx.now,
        });
        const body = bodyOf({ number: row.act_number, inspection: campaign.number, words, responsibleId, dueDay });
        return { result: { id }, events: [{ kind: 'inspection.rectificationOrdered', creates: [id], objects: [sheetId], body }] };
    });

export async function answerRectification(
    services: Services,
    context: CommandContext,
    subject: Subject,
    id: Id,
    words: string,
): Promise<Done> {
    const at = await atOwner(services, context, 'inspection_rectification', id, 'inspection.rectificationNotFound');
    return runCommand(services.commands, at, 'inspectionSheet.answer', async (tx) => {
        const rectification = await lockRectification(tx, id);
        if (rectification === undefined) throw new DomainError('inspection.rectificationNotFound');
        const { row, campaign } = await reviewedSheet(tx, rectification.sheet_id);
        decideCampaignStep(campaign.state, 'drawn');
        decideRectificationAnswer(
            { state: rectification.state, responsibleId: rectification.responsible_id },
            { personId: subject.personId, isHead: isHeadOf(subject, row.act_org_id) },
        );
        await updateRectification(tx, rectification, {
            ...{ state: 'answered', answer: words, answered_by: tx.actor, answered_at: tx.now },
        });
        const body = { number: row.act_number, words };
        return {
            result: {},
            events: [{ kind: 'inspection.rectificationAnswered', objects: [id, rectification.sheet_id], body }],
        };
    });
}

export const checkRectification = async (
    services: Services,
    context: CommandContext,
    id: Id,
    { done, words }: BodyOf<Endpoints['inspectionSheet.check']>,
): Promise<Done> =>
    runCommand(services.commands, context, 'inspectionSheet.check', async (tx) => {
        const rectification = await lockRectification(tx, id);
        if (rectification === undefined) throw new DomainError('inspection.rectificationNotFound');
        const { row, campaign } = await reviewedSheet(tx, rectification.sheet_id);
        decideCampaignStep(campaign.state, 'drawn');
        decideRectificationCheck({ state: rectification.state, answeredBy: rectification.answered_by }, tx.actor);
        await updateRectification(tx, rectification, {
            ...{ state: done ? 'done' : 'open', check_words: words, checked_by: tx.actor, checked_at: tx.now },
        });
        const kind = done ? 'inspection.rectificationDone' : 'inspection.rectificationReturned';
        return { result: {}, events: [{ kind, objects: [id, rectification.sheet_id], body: { number: row.act_number, words } }] };
    });

export async function raiseAppeal(
    services: Services,
    context: CommandContext,
    subject: Subject,
    sheetId: Id,
    { items, words }: BodyOf<Endpoints['inspectionSheet.appeal']>,
): Promise<{ id: Id }> {
    const at = await atOwner(services, context, 'inspection_sheet', sheetId, 'inspection.sheetNotFound');
    return runCommand(services.commands, at, 'inspectionSheet.appeal', async (tx) => {
        const { row, campaign } = await reviewedSheet(tx, sheetId);
        decideCampaignStep(campaign.state, 'drawn');
        const waiting = await tx.db
            .selectFrom('inspection_appeal')
            .select('id')
            .where('sheet_id', '=', sheetId)
            .where('state', '=', 'waiting')
            .executeTakeFirst();
        const concerned = isHeadOf(subject, row.act_org_id) || officersIn(row).some((each) => each.id === subject.personId);
        decideAppeal(
            { state: row.state, finishedAt: row.closed_at, appealUntil: appealUntil(row.closed_at, campaign.appeal_days) },
            items,
            { scheme: schemeIn(campaign), waiting: waiting !== undefined, concerned, now: tx.now },
        );
        const id = tx.newId();
        await insertAppeal(tx, {
            ...{ id, inspection_id: row.inspection_id, sheet_id: sheetId, items: [...new Set(items)], words, state: 'waiting' },
            points: JSON.stringify([]),
            appealed_by: tx.actor,
            appealed_at: tx.now,
        });
        const body = bodyOf({ number: row.act_number, inspection: campaign.number, items, words });
        return { result: { id }, events: [{ kind: 'inspection.appealed', creates: [id], objects: [sheetId], body }] };
    });
}

export const decideOnAppeal = async (
    services: Services,
    context: CommandContext,
    id: Id,
    { upheld, words, points }: BodyOf<Endpoints['inspectionSheet.decideAppeal']>,
): Promise<Done> =>
    runCommand(services.commands, await withinReach(services, context), 'inspectionSheet.decideAppeal', async (tx) => {
        const appeal = await lockAppeal(tx, id);
        if (appeal === undefined) throw new DomainError('inspection.appealNotFound');
        const { row, campaign, sheet } = await reviewedSheet(tx, appeal.sheet_id);
        decideCampaignStep(campaign.state, 'drawn');
        decideAppealDecision(
            { state: appeal.state, items: appeal.items, by: appeal.appealed_by },
            sheet,
            { upheld, points },
            { scheme: schemeIn(campaign), actor: tx.actor },
        );
        await updateAppeal(tx, appeal, {
            ...{ state: upheld ? 'upheld' : 'refused', points: JSON.stringify(points), decision: words },
            ...{ decided_by: tx.actor, decided_at: tx.now },
        });
        const body = bodyOf({ number: row.act_number, inspection: campaign.number, upheld, points, words });
        return { result: {}, events: [{ kind: 'inspection.appealDecided', objects: [id, appeal.sheet_id], body }] };
    });
