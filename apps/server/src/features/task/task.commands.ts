import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    dayOf,
    decideAssign,
    decideFinish,
    decideFollowUp,
    decidePremises,
    decideReopen,
    decideReturn,
    decideTaskFields,
    decideTaskStart,
    decideTaskUpdate,
    type Id,
    type TaskOrigin,
    type TaskPart,
    type TaskState,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnknownScenario } from '../act/act-settings.queries.ts';
import { refuseUnlessDocumentSeen } from '../document/document-visibility.queries.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { enterTasks, taskSearchText } from './new-tasks.ts';
import {
    actOf,
    actsOfTask,
    complaintExists,
    documentOf,
    insertOfficer,
    insertTaskAct,
    lockTask,
    officersOf,
    peopleOf,
    premisesOf,
    removeOfficer,
    TASK_KEYS,
    taskOfAct,
    updateTask,
} from './task.store.ts';

type Fields = Omit<BodyOf<Endpoints['task.update']>, 'version'>;

export const createTask = (
    services: Services,
    context: CommandContext,
    task: BodyOf<Endpoints['task.create']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'task.create', async (tx) => {
        decideTaskFields(task, dayOf(tx.now));
        if (task.scenario !== undefined) await refuseUnknownScenario(tx.read, tx.orgId, task.scenario, tx.now);
        const party = await partyOf(tx, task);
        if (task.complaintId !== undefined && !(await complaintExists(tx, task.complaintId)))
            throw new DomainError('complaint.notFound');
        if (task.afterActId !== undefined && (await actOf(tx, task.afterActId)) === undefined)
            throw new DomainError('act.notFound');
        const after = task.afterDocumentId === undefined ? undefined : await followed(tx, task.afterDocumentId);
        const { officers, assistants } = await assignees(
            tx,
            { state: 'open', origin: task.origin },
            task.officerIds ?? [],
            undefined,
            task.assistantIds,
        );
        const { id, number } = first(
            await enterTasks(tx, [
                {
                    ...task,
                    afterActId: task.afterActId ?? after?.actId,
                    officerIds: officers.map((each) => each.personId),
                    assistantIds: assistants.map((each) => each.personId),
                },
            ]),
        );
        const { origin, title, dueDay, place } = task;
        const objects = [task.partyId, task.complaintId, task.afterActId, task.afterDocumentId].filter(
            (each): each is Id => each !== undefined,
        );
        return {
            result: { id },
            events: [
                {
                    kind: 'task.created',
                    creates: [id],
                    objects: [...objects, ...[...officers, ...assistants].map((each) => each.personId)],
                    body: bodyOf({
                        number,
                        origin,
                        title,
                        dueDay,
                        party,
                        place,
                        officers: officers.map((each) => each.name),
                        assistants: assistants.length === 0 ? undefined : assistants.map((each) => each.name),
                    }),
                },
            ],
        };
    });

/** The document that a follow-up check looks after, which whoever orders the check may see. */
async function followed(tx: Tx, id: Id): Promise<{ actId: Id | null }> {
    const document = await documentOf(tx, id);
    if (document === undefined) throw new DomainError('document.notFound');
    await refuseUnlessDocumentSeen(tx.read, tx.orgId, id, tx.actor);
    decideFollowUp(document);
    return { actId: document.actId };
}

function first<T>(of: readonly T[]): T {
    const [one] = of as NonEmpty<T>;
    return one;
}

/** The name of the party a task is about, with premises that are its own. */
async function partyOf(tx: Tx, { partyId, premisesId }: Pick<Fields, 'partyId' | 'premisesId'>): Promise<string | null> {
    const party = partyId === undefined ? null : await usableParty(tx, partyId);
    if (premisesId !== undefined) decidePremises(await premisesOf(tx, premisesId), partyId);
    return party?.name ?? null;
}

/** The people a task is to be given to; nobody yet, or two officers at least. */
async function assignees(
    tx: Tx,
    task: { state: TaskState; origin: TaskOrigin },
    officerIds: readonly Id[],
    reason: string | undefined,
    assistantIds: readonly Id[] = [],
) {
    if (officerIds.length + assistantIds.length === 0) return { officers: [], assistants: [] };
    const known = async (ids: readonly Id[]) =>
        (await peopleOf(tx, ids)).map((person) => {
            if (person === undefined) throw new DomainError('person.notFound');
            return person;
        });
    const officers = await known(officerIds);
    const assistants = await known(assistantIds);
    decideAssign(task, officers, reason, assistants);
    return { officers, assistants };
}

export const changeTask = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['task.update']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'task.update', async (tx) => {
        const before = await lockTask(tx, id);
        if (before === undefined) throw new DomainError('task.notFound');
        decideTaskUpdate(before.state);
        // A day that is over already may stay as it is: only a new one has to be ahead.
        decideTaskFields(fields, fields.dueDay === before.due_day ? before.due_day : dayOf(tx.now));
        if (fields.scenario !== undefined && fields.scenario !== before.scenario)
            await refuseUnknownScenario(tx.read, tx.orgId, fields.scenario, tx.now);
        const party = await partyOf(tx, fields);
        const columns = {
            title: fields.title,
            scenario: fields.scenario ?? before.scenario,
            party_id: fields.partyId ?? null,
            premises_id: fields.premisesId ?? null,
            place: fields.place ?? null,
            due_day: fields.dueDay,
            note: fields.note ?? null,
        };
        const search_text = taskSearchText({ ...columns, number: before.number, externalId: before.external_id });
        const after = await updateTask(tx, { id, version }, { ...columns, search_text });
        const parties = [before.party_id, columns.party_id].filter((each): each is Id => each !== null);
        return {
            result: { version: after.version },
            events: [
                {
                    kind: 'task.updated',
                    objects: [...new Set([id, ...parties])],
                    body: bodyOf({ party, changes: changesOf(before, columns) }),
                },
            ],
        };
    });

export const assignTask = (
    services: Services,
    context: CommandContext,
    id: Id,
    { officerIds, assistantIds = [], reason }: BodyOf<Endpoints['task.assign']>,
): Promise<Record<string, never>> =>
    runCommand(
        services.commands,
        context,
        'task.assign',
        async (tx) => {
            const task = await lockTask(tx, id);
            if (task === undefined) throw new DomainError('task.notFound');
            const { officers, assistants } = await assignees(tx, task, officerIds, reason, assistantIds);
            const before = await officersOf(tx, id);
            const wanted = new Map<Id, TaskPart>([
                ...officers.map((each) => [each.personId, 'officer'] as const),
                ...assistants.map((each) => [each.personId, 'assistant'] as const),
            ]);
            const stays = before.filter((each) => wanted.get(each.person_id) === (each.part ?? 'officer'));
            for (const each of before) if (!stays.includes(each)) await removeOfficer(tx, each);
            for (const [personId, part] of wanted)
                if (!stays.some((each) => each.person_id === personId)) await insertOfficer(tx, id, personId, part);
            const state = task.state === 'open' ? ('assigned' as const) : task.state;
            await updateTask(tx, task, { state, assigned_at: tx.now });
            return {
                result: {},
                events: [
                    {
                        kind: 'task.assigned',
                        objects: [...new Set([id, ...before.map((each) => each.person_id), ...wanted.keys()])],
                        body: bodyOf({
                            number: task.number,
                            officers: officers.map((each) => each.name),
                            assistants: assistants.length === 0 ? undefined : assistants.map((each) => each.name),
                            reason,
                        }),
                    },
                ],
            };
        },
        { retryOn: TASK_KEYS },
    );

export const startTask = (
    services: Services,
    context: CommandContext,
    id: Id,
    { actId }: BodyOf<Endpoints['task.start']>,
): Promise<Record<string, never>> =>
    runCommand(
        services.commands,
        context,
        'task.start',
        async (tx) => {
            const task = await lockTask(tx, id);
            if (task === undefined) throw new DomainError('task.notFound');
            const act = await actOf(tx, actId);
            if (act === undefined) throw new DomainError('act.notFound');
            decideTaskStart({ state: task.state, partyId: task.party_id }, act);
            const taken = await taskOfAct(tx, actId);
            if (taken !== undefined) throw new DomainError('task.actTaken', { number: taken.number });
            await insertTaskAct(tx, id, actId);
            await updateTask(tx, task, { state: 'started', started_at: task.started_at ?? tx.now });
            return {
                result: {},
                events: [{ kind: 'task.started', objects: [id, actId], body: { number: task.number, act: act.number } }],
            };
        },
        { retryOn: TASK_KEYS },
    );

export const finishTask = (
    services: Services,
    context: CommandContext,
    id: Id,
    { result, note }: BodyOf<Endpoints['task.finish']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'task.finish', async (tx) => {
        const task = await lockTask(tx, id);
        if (task === undefined) throw new DomainError('task.notFound');
        decideFinish(
            task.state,
            (await actsOfTask(tx, id)).map((each) => each.state),
        );
        await updateTask(tx, task, { state: 'done', ended_at: tx.now, result, result_note: note ?? null });
        return { result: {}, events: [{ kind: 'task.finished', objects: [id], body: bodyOf({ result, note }) }] };
    });

export const returnTask = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['task.return']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'task.return', async (tx) => {
        const task = await lockTask(tx, id);
        if (task === undefined) throw new DomainError('task.notFound');
        decideReturn(task.state);
        await updateTask(tx, task, { state: 'returned', ended_at: tx.now, return_reason: reason });
        return { result: {}, events: [{ kind: 'task.returned', objects: [id], body: { reason } }] };
    });

export const reopenTask = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['task.reopen']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'task.reopen', async (tx) => {
        const task = await lockTask(tx, id);
        if (task === undefined) throw new DomainError('task.notFound');
        decideReopen(task.state);
        const assigned = (await officersOf(tx, id)).length > 0;
        const started = (await actsOfTask(tx, id)).some((each) => each.state !== 'cancelled');
        const state = started ? 'started' : assigned ? 'assigned' : 'open';
        await updateTask(tx, task, { state, ended_at: null, return_reason: null });
        return { result: {}, events: [{ kind: 'task.reopened', objects: [id], body: { reason } }] };
    });
