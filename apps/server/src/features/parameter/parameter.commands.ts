import type { BodyOf, Endpoints } from '@liuhen/contract';
import { DomainError, holidayYearFault, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { insertYear } from './parameter.store.ts';

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
