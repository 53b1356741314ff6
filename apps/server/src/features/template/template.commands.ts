import type { BodyOf, Endpoints, ParamsOf } from '@liuhen/contract';
import { DomainError, type Id, templateByVersion } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { isConfirmed } from './template.queries.ts';
import { insertConfirmation } from './template.store.ts';

type Confirm = Endpoints['template.confirm'];

/** The legal section says that a form was compared with the printed sample; once for each version. */
export const confirmTemplate = (
    services: Services,
    context: CommandContext,
    { type, version }: ParamsOf<Confirm>,
    { comparedWith }: BodyOf<Confirm>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'template.confirm', async (tx) => {
        if (templateByVersion(type, version) === undefined) throw new DomainError('template.notFound');
        if (await isConfirmed(tx.read, tx.orgId, type, version)) throw new DomainError('template.alreadyConfirmed');
        const { id } = await insertConfirmation(tx, type, version, comparedWith);
        return {
            result: { id },
            events: [{ kind: 'template.confirmed', creates: [id], body: { type, version, comparedWith } }],
        };
    });
