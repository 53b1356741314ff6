import { dayOf, type Id, SCENARIO_OF_ORIGIN, type ScenarioKey, type TaskOrigin, taskNumber, yearOfDay } from '@liuhen/domain';
import { organisationCode, registerPlace } from '../../platform/command/register-place.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import { insertOfficer, insertTask } from './task.store.ts';

export type NewTask = {
    origin: TaskOrigin;
    title: string;
    dueDay: string;
    scenario?: ScenarioKey | null | undefined;
    partyId?: Id | null | undefined;
    premisesId?: Id | null | undefined;
    place?: string | null | undefined;
    note?: string | null | undefined;
    externalId?: string | null | undefined;
    source?: string | null | undefined;
    planItemId?: Id | null | undefined;
    drawId?: Id | null | undefined;
    complaintId?: Id | null | undefined;
    afterActId?: Id | null | undefined;
    afterDocumentId?: Id | null | undefined;
    officerIds?: readonly Id[] | undefined;
    assistantIds?: readonly Id[] | undefined;
};

export const taskSearchText = (task: { title: string; place: string | null; number: string; externalId: string | null }) =>
    searchTextOf([task.title, task.place], [task.number, task.externalId]);

/** Enters tasks under the next numbers of the year's register, in the order given. What they say has been decided before. */
export async function enterTasks(tx: Tx, tasks: readonly NewTask[]): Promise<{ id: Id; number: string }[]> {
    const year = yearOfDay(dayOf(tx.now));
    const code = await organisationCode(tx);
    const first = await registerPlace(tx, 'task', year, tasks.length);
    const entered: { id: Id; number: string }[] = [];
    for (const [at, task] of tasks.entries()) {
        const number = taskNumber(code, year, first + at);
        const officers = task.officerIds ?? [];
        const { id } = await insertTask(tx, {
            id: tx.newId(),
            number,
            origin: task.origin,
            external_id: task.externalId ?? null,
            source: task.source ?? null,
            title: task.title,
            scenario: task.scenario ?? SCENARIO_OF_ORIGIN[task.origin],
            party_id: task.partyId ?? null,
            premises_id: task.premisesId ?? null,
            place: task.place ?? null,
            due_day: task.dueDay,
            state: officers.length === 0 ? 'open' : 'assigned',
            note: task.note ?? null,
            plan_item_id: task.planItemId ?? null,
            draw_id: task.drawId ?? null,
            complaint_id: task.complaintId ?? null,
            after_act_id: task.afterActId ?? null,
            after_document_id: task.afterDocumentId ?? null,
            created_at: tx.now,
            assigned_at: officers.length === 0 ? null : tx.now,
            search_text: taskSearchText({ ...task, number, place: task.place ?? null, externalId: task.externalId ?? null }),
        });
        for (const personId of officers) await insertOfficer(tx, id, personId);
        for (const personId of task.assistantIds ?? []) await insertOfficer(tx, id, personId, 'assistant');
        entered.push({ id, number });
    }
    return entered;
}
