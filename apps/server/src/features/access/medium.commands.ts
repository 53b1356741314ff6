import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    decideMedium,
    decideMediumCheck,
    decideMediumMove,
    decideMediumSource,
    decideStandingMedium,
    type Id,
    type Instant,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { actsOfMedium } from './medium.queries.ts';
import {
    insertMedium,
    insertMediumCheck,
    insertMediumItems,
    isLabelTaken,
    isPersonHere,
    lockMedium,
    lockMediumCheck,
    MEDIUM_KEYS,
    updateMedium,
    updateMediumCheck,
} from './medium.store.ts';
import { packageOf } from './package.queries.ts';
import { refuseHidden, retrievalFor } from './retrieval.commands.ts';
import {
    type RetrievableRecording,
    recordingsByIds,
    recordingsOfAct,
    recordingsOfCase,
    recordingsOfRetrieval,
} from './retrieval-source.queries.ts';

type Given = BodyOf<Endpoints['medium.record']>;
type Done = Promise<Record<string, never>>;

/** 附件1 第18条: what was written to which medium, by whom and when, and where it lies. The writing itself is done outside of the system. */
export const recordMedium = (services: Services, context: CommandContext, given: Given): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'medium.record',
        async (tx) => {
            const { retrievalId, kind, label, pieces, copies, writtenById, writtenAt, keptAt, note } = given;
            decideMediumSource(given);
            const of = await writtenOf(tx, given);
            decideMedium(writtenAt, of.packagedAt, tx.now);
            if (!(await isPersonHere(tx, writtenById))) throw new DomainError('person.notFound');
            if (await isLabelTaken(tx, label)) throw new DomainError('medium.labelTaken', { label });
            const id = tx.newId();
            await insertMedium(tx, {
                ...{ id, kind, label, pieces, copies, act_id: of.actId, case_id: of.caseId, retrieval_id: retrievalId ?? null },
                ...{ written_by: writtenById, written_at: writtenAt, kept_at: keptAt, note: note ?? null },
                ...{ recorded_by: tx.actor, recorded_at: tx.now },
            });
            const recordings = of.recordings.map((each) => each.id);
            await insertMediumItems(
                tx,
                recordings.map((recordingId, index) => ({
                    ...{ id: tx.newId(), medium_id: id, place: index + 1, recording_id: recordingId },
                })),
            );
            const objects = [of.actId, of.caseId, retrievalId ?? null, ...recordings];
            const said = { kind, label, pieces, copies, writtenById, writtenAt, keptAt, note, recordings };
            return {
                result: { id },
                events: [
                    {
                        kind: 'medium.recorded',
                        creates: [id],
                        objects: objects.filter((each) => each !== null),
                        body: bodyOf(said),
                    },
                ],
            };
        },
        { retryOn: MEDIUM_KEYS },
    );

type Written = {
    readonly recordings: readonly RetrievableRecording[];
    readonly actId: Id | null;
    readonly caseId: Id | null;
    readonly packagedAt?: Instant;
};

/**
 * Throws `act.notFound`, `case.notFound`, `recording.notFound`, `medium.recordingElsewhere {name}`, `retrieval.notFound`,
 * `retrieval.notPackaged`.
 */
async function writtenOf(tx: Tx, { actId, caseId, retrievalId, recordingIds }: Given): Promise<Written> {
    if (retrievalId !== undefined) {
        const { act_id, case_id } = await retrievalFor(tx, retrievalId);
        const kept = await packageOf(tx.read, retrievalId);
        if (kept === undefined) throw new DomainError('retrieval.notPackaged');
        const recordings = await recordingsOfRetrieval(tx.read, tx.orgId, retrievalId);
        await refuseHidden(tx, recordings);
        return { recordings, actId: act_id, caseId: case_id, packagedAt: kept.madeAt };
    }
    const of = actId === undefined ? 'case' : 'act';
    const known = await tx.read
        .selectFrom(of as 'act')
        .select('id')
        .where('id', '=', actId ?? caseId ?? '')
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();
    if (known === undefined) throw new DomainError(`${of}.notFound`);
    const own =
        of === 'act' ? await recordingsOfAct(tx.read, tx.orgId, known.id) : await recordingsOfCase(tx.read, tx.orgId, known.id);
    const ids = [...new Set(recordingIds)];
    const recordings = await recordingsByIds(tx.read, tx.orgId, ids);
    if (recordings.length !== ids.length) throw new DomainError('recording.notFound');
    await refuseHidden(tx, recordings);
    const elsewhere = recordings.find(({ id }) => !own.some((each) => each.id === id));
    if (elsewhere !== undefined) throw new DomainError('medium.recordingElsewhere', { name: elsewhere.name });
    return { recordings, actId: actId ?? null, caseId: caseId ?? null };
}

export const moveMedium = (
    services: Services,
    context: CommandContext,
    id: Id,
    { keptAt, reason }: BodyOf<Endpoints['medium.move']>,
): Done =>
    runCommand(services.commands, context, 'medium.move', async (tx) => {
        const medium = await mediumFor(tx, id);
        decideMediumMove(medium, keptAt);
        await updateMedium(tx, medium, { kept_at: keptAt });
        const body = bodyOf({ label: medium.label, from: medium.keptAt, keptAt, reason });
        return { result: {}, events: [{ kind: 'medium.moved', objects: objectsOf(medium), body }] };
    });

export const withdrawMedium = (services: Services, context: CommandContext, id: Id, reason: string): Done =>
    runCommand(services.commands, context, 'medium.withdraw', async (tx) => {
        const medium = await mediumFor(tx, id);
        decideStandingMedium(medium);
        await updateMedium(tx, medium, { withdrawn_at: tx.now, withdrawn_by: tx.actor, withdrawn_why: reason });
        const body = bodyOf({ label: medium.label, reason });
        return { result: {}, events: [{ kind: 'medium.withdrawn', objects: objectsOf(medium), body }] };
    });

/** What a check of one copy gave, and what was done. */
export const checkMedium = (
    services: Services,
    context: CommandContext,
    id: Id,
    given: BodyOf<Endpoints['medium.check']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'medium.check', async (tx) => {
        const medium = await mediumFor(tx, id);
        const { copy, result, checkedById, checkedAt, done = null } = given;
        decideMediumCheck(medium, { copy, checkedAt, result, done }, tx.now);
        if (!(await isPersonHere(tx, checkedById))) throw new DomainError('person.notFound');
        const check = await insertMediumCheck(tx, {
            ...{ id: tx.newId(), medium_id: id, copy, result, done },
            ...{ checked_by: checkedById, checked_at: checkedAt, recorded_by: tx.actor, recorded_at: tx.now },
        });
        const body = bodyOf({ label: medium.label, ...given });
        return { result: { id: check.id }, events: [{ kind: 'medium.checked', objects: objectsOf(medium), body }] };
    });

export const withdrawMediumCheck = (
    services: Services,
    context: CommandContext,
    { id, checkId }: { readonly id: Id; readonly checkId: Id },
    reason: string,
): Done =>
    runCommand(services.commands, context, 'medium.withdrawCheck', async (tx) => {
        const medium = await mediumFor(tx, id);
        decideStandingMedium(medium);
        const check = await lockMediumCheck(tx, id, checkId);
        if (check === undefined || check.withdrawnAt !== null) throw new DomainError('medium.checkNotFound');
        await updateMediumCheck(tx, check, { withdrawn_at: tx.now, withdrawn_by: tx.actor, withdrawn_why: reason });
        const body = bodyOf({ label: medium.label, copy: check.copy, reason });
        return { result: {}, events: [{ kind: 'medium.checkWithdrawn', objects: objectsOf(medium), body }] };
    });

/** `medium.notFound`, and `act.restricted` where the actor may not see one of its acts (附件1 第12条). */
async function mediumFor(tx: Tx, id: Id) {
    const medium = await lockMedium(tx, id);
    if (medium === undefined) throw new DomainError('medium.notFound');
    for (const actId of await actsOfMedium(tx.read, id)) await refuseUnlessActVisible(tx.read, actId, tx.actor);
    return medium;
}

type Of = { readonly id: Id; readonly act_id: Id | null; readonly case_id: Id | null; readonly retrieval_id: Id | null };
const objectsOf = ({ id, act_id, case_id, retrieval_id }: Of): Id[] =>
    [id, act_id, case_id, retrieval_id].filter((each): each is Id => each !== null);
