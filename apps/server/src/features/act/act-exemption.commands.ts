import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    decideExemption,
    decideExemptionDecision,
    decideNote,
    decideOpen,
    decideWithdrawal,
    type Id,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { participantsOf } from '../recording/recording.queries.ts';
import { loadDraft, saveDraft, segmentNamed } from './act-draft.ts';
import { insertExemption, lockExemption, noteDocument, updateExemption } from './act-exemption.store.ts';
import { actSettingsAt } from './act-settings.queries.ts';
import { actFor } from './act-site.ts';

/** 附件1 第11、13条: an officer says why nothing had to be recorded. It exempts nothing before a head has confirmed it. */
export const recordExemption = (
    services: Services,
    context: CommandContext,
    actId: Id,
    { segmentId, personId, kind, ground, words, startsAt, endsAt }: BodyOf<Endpoints['act.recordExemption']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'act.recordExemption', async (tx) => {
        const act = await actFor(tx, actId);
        decideOpen(act.state);
        const draft = await loadDraft(tx, act);
        const segment = segmentNamed(draft, act, segmentId);
        const { grounds } = await actSettingsAt(tx.read, tx.orgId, startsAt);
        decideExemption({ kind, ground, startsAt, endsAt }, segment, grounds);
        if (personId !== undefined && !draft.people.some((each) => each.personId === personId))
            throw new DomainError('act.participantNotFound');
        await saveDraft(tx, act, draft);
        const { id } = await insertExemption(tx, {
            act_id: actId,
            segment_id: segment.id,
            person_id: personId ?? null,
            kind,
            ground,
            words: words ?? null,
            starts_at: startsAt,
            ends_at: endsAt,
        });
        const body = bodyOf({ kind, ground, words, place: segment.place, startsAt, endsAt, personId });
        return { result: { id }, events: [{ kind: 'act.exemptionRecorded', creates: [id], objects: [actId], body }] };
    });

export const decideOnExemption = (
    services: Services,
    context: CommandContext,
    id: Id,
    { as, words }: BodyOf<Endpoints['act.decideExemption']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.decideExemption', async (tx) => {
        const exemption = await exemptionFor(tx, id);
        const participants = await participantsOf(tx.read, exemption.act_id);
        decideExemptionDecision({ state: exemption.state, recordedBy: exemption.recorded_by }, tx.actor, participants);
        if (as === 'refused' && words === undefined) throw new DomainError('act.reasonMissing');
        await updateExemption(tx, exemption, { state: as, decided_by: tx.actor, decided_at: tx.now, decision: words ?? null });
        const { act_id: actId, ground } = exemption;
        return {
            result: {},
            events: [{ kind: 'act.exemptionDecided', objects: [id, actId], body: bodyOf({ as, ground, words }) }],
        };
    });

export const withdrawExemption = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['act.withdrawExemption']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.withdrawExemption', async (tx) => {
        const exemption = await exemptionFor(tx, id);
        decideOpen(exemption.act.state);
        decideWithdrawal(exemption);
        await updateExemption(tx, exemption, { state: 'withdrawn' });
        const { act_id: actId, ground } = exemption;
        return { result: {}, events: [{ kind: 'act.exemptionWithdrawn', objects: [id, actId], body: { ground, reason } }] };
    });

/** 附件1 第13条: the work record says why nothing could be recorded; it is filed with the act. */
export const attachNote = (
    services: Services,
    context: CommandContext,
    id: Id,
    { documentId }: BodyOf<Endpoints['act.attachNote']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.attachNote', async (tx) => {
        const exemption = await exemptionFor(tx, id);
        decideNote(exemption);
        const note = await noteDocument(tx, documentId);
        if (note === undefined) throw new DomainError('document.notFound');
        if (note.act_id !== exemption.act_id || note.type !== 'unrecordedWorkRecord' || note.state === 'voided')
            throw new DomainError('act.noteOfOther');
        await updateExemption(tx, exemption, { document_id: documentId });
        const { act_id: actId, ground } = exemption;
        return {
            result: {},
            events: [{ kind: 'act.exemptionNoteAttached', objects: [id, actId, documentId], body: { ground } }],
        };
    });

/** With its act, locked, for somebody who may see it. */
async function exemptionFor(tx: Tx, id: Id) {
    const exemption = await lockExemption(tx, id);
    if (exemption === undefined) throw new DomainError('act.exemptionNotFound');
    return { ...exemption, act: await actFor(tx, exemption.act_id) };
}
