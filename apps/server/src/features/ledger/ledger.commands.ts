import type { Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { refuseBeforeOwnSheet } from '../inspection/independence.queries.ts';
import { bodyReferences } from './ledger.queries.ts';
import { refuseUnlessObjectsVisible } from './ledger-visibility.queries.ts';

/**
 * Enters that somebody looks at the body of an entry; the trace of everything the entry is about shows it. The body
 * itself is read afterwards and is no part of the answer that is kept for retries: bodies may lawfully be destroyed.
 */
export const noteBodyViewing = (services: Services, context: CommandContext, index: number): Promise<{ orgId: Id }> =>
    runCommand(services.commands, context, 'ledger.viewBody', async (tx) => {
        const objects = await bodyReferences(tx.read, tx.orgId, index);
        await refuseUnlessObjectsVisible(tx.read, tx.orgId, objects, tx.actor);
        await refuseBeforeOwnSheet(tx.read, objects, tx.actor);
        return {
            result: { orgId: tx.orgId },
            events: [{ kind: 'ledger.bodyViewed', objects, body: { index } }],
        };
    });
