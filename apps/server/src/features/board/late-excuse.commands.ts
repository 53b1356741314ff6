import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    decideExcuse,
    decideExcuseDecision,
    decideExcuseWithdrawal,
    exactly,
    type Id,
    permissionsOf,
    type Subject,
    storedStanding,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { boardSettings } from './board.queries.ts';
import {
    actForExcuse,
    EXCUSE_KEYS,
    insertExcuse,
    lockExcuse,
    openExcuse,
    personOfRecording,
    recordingForExcuse,
    updateExcuse,
} from './late-excuse.store.ts';

type Given = BodyOf<Endpoints['board.excuse']>;

/** 附件1 第15条: what came late is here and stays marked; this says why. */
export const giveExcuse = (services: Services, context: CommandContext, subject: Subject, given: Given): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'board.excuse',
        async (tx) => {
            const of = 'recordingId' in given ? await lateRecording(tx, given.recordingId) : await lateAct(tx, given);
            const manages = permissionsOf(subject.roles).includes('device.manage');
            decideExcuse({ personId: of.personId, open: of.open }, { personId: tx.actor, manages });
            const { id } = await insertExcuse(tx, {
                id: tx.newId(),
                ...of.columns,
                ground: given.ground,
                words: given.words,
                state: 'waiting',
                stated_by: tx.actor,
                stated_at: tx.now,
            });
            const body = bodyOf({ of: of.name, ground: given.ground, words: given.words });
            return { result: { id }, events: [{ kind: 'late.excused', creates: [id], objects: of.objects, body }] };
        },
        { retryOn: EXCUSE_KEYS },
    );

async function lateRecording(tx: Tx, id: Id) {
    const recording = await recordingForExcuse(tx, id);
    if (recording === undefined) throw new DomainError('recording.notFound');
    await refuseUnlessActVisible(tx.read, recording.act_id, tx.actor);
    const { termMs } = await boardSettings(tx.read, tx.orgId, tx.now);
    const { true_end, true_end_lower, true_end_upper, device_end } = recording;
    const corrected = true_end !== null && true_end_lower !== null && true_end_upper !== null;
    const end = corrected
        ? { at: true_end, lower: true_end_lower, upper: true_end_upper }
        : device_end === null
          ? null
          : exactly(device_end);
    if (end !== null && storedStanding(end, corrected, recording.received_at, termMs) === 'inTime')
        throw new DomainError('late.nothingOwed');
    return {
        personId: recording.person_id,
        open: await openExcuse(tx, { recordingId: id }),
        columns: { recording_id: id },
        name: recording.display_name,
        objects: [id, ...(recording.act_id === null ? [] : [recording.act_id])],
    };
}

async function lateAct(tx: Tx, { actId, personId }: { actId: Id; personId: Id }) {
    const act = await actForExcuse(tx, actId, personId);
    if (act === undefined) throw new DomainError('act.notFound');
    await refuseUnlessActVisible(tx.read, actId, tx.actor);
    const { termMs } = await boardSettings(tx.read, tx.orgId, tx.now);
    // Before the term is over there is nothing to explain: it can still be handed in.
    if (act.ends_at + termMs > tx.now) throw new DomainError('late.nothingOwed');
    return {
        personId,
        open: await openExcuse(tx, { actId, personId }),
        columns: { act_id: actId, person_id: personId },
        name: act.number,
        objects: [actId, personId],
    };
}

export const decideOnExcuse = (
    services: Services,
    context: CommandContext,
    id: Id,
    { as, words }: BodyOf<Endpoints['board.decideExcuse']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'board.decideExcuse', async (tx) => {
        const excuse = await excuseFor(tx, id);
        const personId = excuse.person_id ?? (await personOfRecording(tx, excuse.recording_id ?? ''));
        decideExcuseDecision({ state: excuse.state, statedBy: excuse.stated_by, personId }, tx.actor, as, words);
        await updateExcuse(tx, excuse, { state: as, decided_by: tx.actor, decided_at: tx.now, decision: words ?? null });
        return { result: {}, events: [{ kind: 'late.excuseDecided', objects: objectsOf(excuse), body: bodyOf({ as, words }) }] };
    });

export const withdrawExcuse = (services: Services, context: CommandContext, id: Id): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'board.withdrawExcuse', async (tx) => {
        const excuse = await excuseFor(tx, id);
        decideExcuseWithdrawal({ state: excuse.state, statedBy: excuse.stated_by }, tx.actor);
        await updateExcuse(tx, excuse, { state: 'withdrawn' });
        return { result: {}, events: [{ kind: 'late.excuseWithdrawn', objects: objectsOf(excuse), body: {} }] };
    });

async function excuseFor(tx: Tx, id: Id) {
    const excuse = await lockExcuse(tx, id);
    if (excuse === undefined) throw new DomainError('late.excuseNotFound');
    return excuse;
}

const objectsOf = ({ id, recording_id, act_id }: { id: Id; recording_id: Id | null; act_id: Id | null }): Id[] => [
    id,
    ...[recording_id, act_id].filter((each) => each !== null),
];
