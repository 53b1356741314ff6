import { bodyOf, type DomainEvent } from '@liuhen/domain';
import { runCommand } from '../platform/command/command.ts';
import { commandBy } from './builders.ts';
import type { FeatureSystem, TestOrganisation } from './feature-system.ts';

/** So many entries in the log of an organisation, of one command. */
export async function fillLog(
    { services }: Pick<FeatureSystem, 'services'>,
    org: Pick<TestOrganisation, 'id' | 'actor'>,
    count: number,
    commands = services.commands,
): Promise<void> {
    await runCommand(commands, commandBy(services, org.id, org.actor), 'party.import', async (tx) => ({
        result: null,
        events: Array.from({ length: count }, (_, at) => ({
            kind: 'party.created' as const,
            creates: [tx.newId()],
            body: bodyOf({ name: `相对人 ${at}（虚构）` }),
        })) as unknown as [DomainEvent],
    }));
}
