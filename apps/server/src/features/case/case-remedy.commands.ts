import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, type CaseRemedy, DomainError, dayOf, decideRemedy, type Id } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { insertRemedy, lockCase, lockPart, remedyRow, updateRemedy } from './case.store.ts';

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

const datesOf = ({ begunOn, endedOn, result }: Fields): Pick<CaseRemedy, 'begunOn' | 'endedOn' | 'result'> => ({
    begunOn,
    endedOn: endedOn ?? null,
    result: result ?? null,
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
        decideRemedy({ procedure: of.procedure, openedAt: of.opened_at }, datesOf(fields), dayOf(tx.now));
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
        decideRemedy({ procedure: of.procedure, openedAt: of.opened_at }, datesOf(fields), dayOf(tx.now));
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
