import { type BodyOf, type Endpoints, MOST_IMPORT_ROWS, type ResponseOf } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    type DomainEvent,
    type Id,
    IMPORT_ROW_STATES,
    type ImportRowState,
    isScenarioKey,
    matchParty,
    type PartyCandidate,
    PENDING_TASK_STATES,
    readTaskRow,
    readTaskTable,
    type TaskRow,
    type TaskRowTexts,
    type TaskState,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { readTable } from '../../platform/table/read-table.ts';
import { actSettingsAt } from '../act/act-settings.queries.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { enterTasks } from './new-tasks.ts';
import { TASK_KEYS, updateTask } from './task.store.ts';
import {
    insertImport,
    insertImportRow,
    lockImport,
    lockImportRow,
    partyCandidates,
    rowsToApply,
    tasksKnown,
    updateImportRow,
} from './task-import.store.ts';

type List = BodyOf<Endpoints['taskImport.receive']>;
type Received = ResponseOf<Endpoints['taskImport.receive']>;

/** A row with what was found about it; it is written once, after it is known whether it makes a task at once. */
type Row = {
    id: Id;
    given: TaskRowTexts;
    read: TaskRow;
    state: ImportRowState;
    partyId: Id | null;
    taskId: Id | null;
};

/**
 * Takes a list in. Every row is kept as it came, with what it was matched to or what is wrong with it; with `apply` the
 * matched ones become tasks in the same transaction. A list that is sent twice makes no task twice.
 */
export const receiveList = (services: Services, context: CommandContext, list: List): Promise<Received> =>
    runCommand(
        services.commands,
        context,
        'taskImport.receive',
        async (tx) => {
            const { origin, source, fileName, dueDay } = list;
            const { id } = await insertImport(tx, {
                id: tx.newId(),
                origin,
                source,
                file_name: fileName ?? null,
                due_day: dueDay ?? null,
                row_count: list.rows.length,
                received_by: tx.actor,
                received_at: tx.now,
            });
            const rows = await readRows(tx, list);
            const created = list.apply ? await makeTasks(tx, list, rows) : [];
            for (const [at, row] of rows.entries())
                await insertImportRow(tx, {
                    id: row.id,
                    import_id: id,
                    place: at + 1,
                    given: row.given,
                    state: row.state,
                    faults: [...row.read.faults],
                    external_id: row.read.externalId,
                    due_day: row.read.dueDay,
                    scenario: row.read.scenario,
                    party_id: row.partyId,
                    task_id: row.taskId,
                });
            const counts = countStates(rows);
            const received: DomainEvent = {
                kind: 'task.listReceived',
                creates: [id],
                body: bodyOf({ origin, source, fileName, rows: rows.length, counts }),
            };
            return { result: { id, counts }, events: [received, ...appliedEvents(id, source, created, [])] };
        },
        { retryOn: TASK_KEYS },
    );

/** The same out of a file; which columns mean what, its first line says. */
export async function receiveFile(
    services: Services,
    context: CommandContext,
    { content, ...list }: BodyOf<Endpoints['taskImport.receiveFile']>,
): Promise<Received> {
    const { rows } = await readTable(Buffer.from(content, 'base64'));
    const table = readTaskTable(rows.map((row) => row.cells.map((cell) => cell.text)));
    if (table === undefined) throw new DomainError('task.listNoColumns');
    if (table.rows.length === 0) throw new DomainError('table.empty');
    if (table.rows.length > MOST_IMPORT_ROWS) throw new DomainError('table.tooManyRows', { most: MOST_IMPORT_ROWS });
    return receiveList(services, context, { ...list, rows: [...table.rows], apply: false });
}

async function readRows(tx: Tx, { origin, dueDay, rows }: List): Promise<Row[]> {
    const seen = new Set<string>();
    const { scenarios } = await actSettingsAt(tx.read, tx.orgId, tx.now);
    const added = Object.keys(scenarios).filter(isScenarioKey);
    const read = rows.map((row) => readTaskRow(row, { dueDay, seen, scenarios: added }));
    const known = await tasksKnown(
        tx,
        origin,
        read.flatMap((each) => each.externalId ?? []),
    );
    const candidates = await partyCandidates(
        tx,
        read.flatMap((each) => each.creditCode ?? []),
        rows.flatMap((row) => row.partyName ?? []),
    );
    return rows.map((given, at) => {
        const one = read[at] as TaskRow;
        return { id: tx.newId(), given, read: one, ...standingOf(given, one, known.get(one.externalId ?? ''), candidates) };
    });
}

type Known = { id: Id; due_day: string; state: TaskState; party_id: Id | null };

function standingOf(
    given: TaskRowTexts,
    read: TaskRow,
    known: Known | undefined,
    candidates: readonly PartyCandidate[],
): Pick<Row, 'state' | 'partyId' | 'taskId'> {
    if (read.faults.length > 0) return { state: 'faulty', partyId: null, taskId: null };
    if (known !== undefined) {
        const pending = (PENDING_TASK_STATES as readonly TaskState[]).includes(known.state);
        const changed = pending && read.dueDay !== known.due_day;
        return { state: changed ? 'changed' : 'known', partyId: known.party_id, taskId: known.id };
    }
    const match = matchParty({ creditCode: read.creditCode, name: given.partyName, address: given.address }, candidates);
    return { state: match.state, partyId: match.state === 'unmatched' ? null : match.partyId, taskId: null };
}

function countStates(rows: readonly { state: ImportRowState }[]): Received['counts'] {
    const counts = Object.fromEntries(IMPORT_ROW_STATES.map((state) => [state, 0])) as Received['counts'];
    for (const { state } of rows) counts[state]++;
    return counts;
}

async function makeTasks(tx: Tx, list: List, rows: readonly Row[]): Promise<Id[]> {
    const ready = rows.filter((row) => row.state === 'matched');
    if (ready.length === 0) return [];
    const entered = await enterTasks(
        tx,
        ready.map((row) => taskOf(list, { ...row.read, ...row, dueDay: row.read.dueDay ?? '' })),
    );
    for (const [at, row] of ready.entries()) {
        row.state = 'applied';
        row.taskId = entered[at]?.id ?? null;
    }
    return entered.map((each) => each.id);
}

type Ready = Pick<TaskRow, 'externalId' | 'scenario'> & { dueDay: string; given: TaskRowTexts; partyId: Id | null };

const taskOf = ({ origin, source }: Pick<List, 'origin' | 'source'>, row: Ready) => ({
    origin,
    source,
    externalId: row.externalId,
    title: row.given.title ?? source,
    dueDay: row.dueDay,
    scenario: row.scenario,
    partyId: row.partyId,
    place: row.given.address,
    note: row.given.note,
});

function appliedEvents(importId: Id, source: string, created: readonly Id[], changed: readonly Id[]): DomainEvent[] {
    if (created.length + changed.length === 0) return [];
    const body = { source, created: created.length, changed: changed.length };
    return [{ kind: 'task.listApplied', creates: created, objects: [importId, ...changed], body }];
}

export const applyList = (
    services: Services,
    context: CommandContext,
    id: Id,
): Promise<ResponseOf<Endpoints['taskImport.apply']>> =>
    runCommand(
        services.commands,
        context,
        'taskImport.apply',
        async (tx) => {
            const list = await lockImport(tx, id);
            if (list === undefined) throw new DomainError('task.listNotFound');
            const rows = await rowsToApply(tx, id);
            // Somebody may have taken in a newer list with the same numbers meanwhile.
            const known = await tasksKnown(
                tx,
                list.origin,
                rows.flatMap((row) => row.external_id ?? []),
            );
            const fresh = rows.filter((row) => !known.has(row.external_id ?? ''));
            const old = rows.filter((row) => known.has(row.external_id ?? ''));
            if (rows.length === 0) throw new DomainError('task.nothingToApply');
            const entered =
                fresh.length === 0
                    ? []
                    : await enterTasks(
                          tx,
                          fresh.map((row) => {
                              const { external_id: externalId, due_day, party_id: partyId, scenario } = row;
                              const given = row.given as TaskRowTexts;
                              return taskOf(list, { externalId, dueDay: due_day ?? '', given, partyId, scenario });
                          }),
                      );
            for (const [at, row] of fresh.entries())
                await updateImportRow(tx, row, { state: 'applied', task_id: entered[at]?.id ?? null });
            const changed: Id[] = [];
            for (const row of old) {
                const task = known.get(row.external_id ?? '');
                if (task === undefined || row.due_day === null) continue;
                const pending = (PENDING_TASK_STATES as readonly TaskState[]).includes(task.state);
                if (pending && task.due_day !== row.due_day) {
                    await updateTask(tx, task, { due_day: row.due_day });
                    changed.push(task.id);
                }
                await updateImportRow(tx, row, { state: 'applied', task_id: task.id });
            }
            const created = entered.map((each) => each.id);
            const body = { source: list.source, created: created.length, changed: changed.length };
            return {
                result: { created: created.length, changed: changed.length },
                events: [{ kind: 'task.listApplied', creates: created, objects: [id, ...changed], body }],
            };
        },
        { retryOn: TASK_KEYS },
    );

const DONE: readonly ImportRowState[] = ['known', 'applied', 'skipped'];

export const matchRow = (
    services: Services,
    context: CommandContext,
    rowId: Id,
    { partyId }: BodyOf<Endpoints['taskImport.match']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'taskImport.match', async (tx) => {
        const row = await lockImportRow(tx, rowId);
        if (row === undefined) throw new DomainError('task.rowNotFound');
        if (DONE.includes(row.state) || row.state === 'changed') throw new DomainError('task.rowDone');
        if (row.state === 'faulty') throw new DomainError('task.rowFaulty');
        const party = await usableParty(tx, partyId);
        await updateImportRow(tx, row, { state: 'matched', party_id: partyId });
        const events: NonEmpty<DomainEvent> = [
            {
                kind: 'task.rowMatched',
                objects: [row.import_id, partyId],
                body: bodyOf({ row: row.place, externalId: row.external_id, party: party.name }),
            },
        ];
        return { result: {}, events };
    });

export const skipRow = (
    services: Services,
    context: CommandContext,
    rowId: Id,
    { reason }: BodyOf<Endpoints['taskImport.skip']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'taskImport.skip', async (tx) => {
        const row = await lockImportRow(tx, rowId);
        if (row === undefined) throw new DomainError('task.rowNotFound');
        if (DONE.includes(row.state)) throw new DomainError('task.rowDone');
        await updateImportRow(tx, row, { state: 'skipped', skip_reason: reason });
        const { place, external_id: externalId, import_id: importId } = row;
        return {
            result: {},
            events: [{ kind: 'task.rowSkipped', objects: [importId], body: bodyOf({ row: place, externalId, reason }) }],
        };
    });
