import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    type BodyValue,
    bodyOf,
    DomainError,
    dayOf,
    decideParameterChange,
    holidayYearFault,
    type Id,
    parameterDefinition,
    startOfDay,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { insertDecision, insertYear, rowsOf } from './parameter.store.ts';

export const changeParameter = (
    services: Services,
    context: CommandContext,
    { from, ...decision }: BodyOf<Endpoints['parameter.change']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'parameter.change', async (tx) => {
        // Today means from this moment on: what was counted this morning stays as it was counted.
        const fromAt = from === dayOf(tx.now) ? tx.now : startOfDay(from);
        const { key, value, standing } = decision;
        decideParameterChange(parameterDefinition(key), await rowsOf(tx, key), { value, standing, from: fromAt }, tx.now);
        const { id } = await insertDecision(tx, { ...decision, from_at: fromAt });
        return {
            result: { id },
            events: [
                {
                    kind: 'parameter.changed',
                    creates: [id],
                    body: bodyOf({ ...decision, value: value as BodyValue | null, from: fromAt }),
                },
            ],
        };
    });

export const enterYear = (
    services: Services,
    context: CommandContext,
    entered: BodyOf<Endpoints['parameter.enterYear']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'parameter.enterYear', async (tx) => {
        const year = { ...entered, off: inOrder(entered.off), work: inOrder(entered.work) };
        const fault = holidayYearFault(year);
        if (fault === 'otherYear') throw new DomainError('parameter.dayOfOtherYear', { year: year.year });
        if (fault === 'both') throw new DomainError('parameter.dayOffAndWorked');
        const { id } = await insertYear(tx, year);
        return { result: { id }, events: [{ kind: 'parameter.yearEntered', creates: [id], body: year }] };
    });

const inOrder = (days: readonly string[]): string[] => [...new Set(days)].sort();
