import type { Id } from '@liuhen/domain';
import { SYSTEM_ID } from '@liuhen/domain';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import { endViewing } from './recording.commands.ts';

const MOST_AT_ONCE = 200;

/** Closes viewings whose time is over and whose player never said goodbye. What was played is then not known: nothing is claimed. */
export async function endAbandonedViewings(services: Services, organisations: readonly Id[]): Promise<void> {
    const now = services.clock.now();
    for (const orgId of organisations) {
        const open = await services.db.read({ readOrgs: [orgId] }, (db) =>
            db
                .selectFrom('viewing')
                .select('id')
                .where('org_id', '=', orgId)
                .where('closed_at', 'is', null)
                .where('until', '<=', now)
                .limit(MOST_AT_ONCE)
                .execute(),
        );
        for (const { id } of open) {
            const context = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: derivedId('viewing', id, 'abandoned') };
            await endViewing(services, context, { viewingId: id, personId: undefined }, { played: [] });
        }
    }
}
