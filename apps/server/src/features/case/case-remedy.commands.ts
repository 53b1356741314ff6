import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    type Day,
    DomainError,
    dayOf,
    decideRemedy,
    type Id,
    type Instant,
    type ProcedureId,
    type RemedyKind,
    type StatedRemedy,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { insertRemedy, lockCase, lockPart, remedyRow, updateRemedy } from './case.store.ts';
import { remediesOf } from './case-facts.queries.ts';

type Fields = Omit<BodyOf<Endpoints['case.changeRemedy']>, 'version'>;

const columnsOf = ({ authority, number, begunOn, suspendedWhy, endedOn, result, note }: Fields) => ({
    authority,
    number: number ?? null,
    begun_on: begunOn,
    suspended_why: suspendedWhy ?? null,
    ended_on: endedOn ?? null,
    result: result ?? null,
    note: note ?? null,
});

const statedOf = (kind: RemedyKind, { begunOn, endedOn, result, note }: Fields): StatedRemedy => ({
    kind,
    begunOn,
    endedOn: endedOn ?? null,
    result: result ?? null,
    note: note ?? null,
});

/** What the decision looks at; `but`: the record that is being changed. */
const contestedOf = async (tx: Tx, of: { id: Id; procedure: ProcedureId; opened_at: Instant }, but?: Id) => ({
    procedure: of.procedure,
    openedAt: of.opened_at,
    others: (await remediesOf(tx.read, [of.id])).flatMap(({ id, kind, begun_on: begunOn }) =>
        id === but ? [] : [{ kind, begunOn: begunOn as Day }],
    ),
});

/** Also in a case that has ended: who paid and was done with may still contest it. */
export const recordRemedy = (
    services: Services,
    context: CommandContext,
    id: Id,
    { kind, ...fields }: BodyOf<Endpoints['case.recordRemedy']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'case.recordRemedy', async (tx) => {
        const of = await lockCase(tx, id);
        if (of === undefined) throw new DomainError('case.notFound');
        decideRemedy(await contestedOf(tx, of), statedOf(kind, fields), dayOf(tx.now));
        const columns = { kind, ...columnsOf(fields) };
        const made = await insertRemedy(tx, {
            id: tx.newId(),
            case_id: id,
            ...columns,
            recorded_by: tx.actor,
            recorded_at: tx.now,
        });
        return {
            result: { id: made.id },
            events: [
                {
                    kind: 'case.remedyRecorded',
                    creates: [made.id],
                    objects: [id, ...(of.party_id === null ? [] : [of.party_id])],
                    body: bodyOf({ ...columns, caseNumber: of.number }),
                },
            ],
        };
    });

export const changeRemedy = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['case.changeRemedy']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'case.changeRemedy', async (tx) => {
        const found = await lockPart(tx, 'case_remedy', id);
        const before = await remedyRow(tx, id);
        if (found === undefined || before === undefined) throw new DomainError('case.remedyNotFound');
        const of = found.case;
        decideRemedy(await contestedOf(tx, of, id), statedOf(before.kind, fields), dayOf(tx.now));
        const columns = columnsOf(fields);
        const after = await updateRemedy(tx, { id, version }, columns);
        return {
            result: { version: after.version },
            events: [
                {
                    kind: 'case.remedyChanged',
                    objects: [id, of.id, ...(of.party_id === null ? [] : [of.party_id])],
                    body: { caseNumber: of.number, changes: changesOf(before, columns) },
                },
            ],
        };
    });
