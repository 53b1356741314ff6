import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { reachOf } from '../inspection/reach.queries.ts';
import { openViewingForSheet } from './sheet-viewing.commands.ts';
import { listViewings } from './viewing.queries.ts';

export const viewingHandlers = (services: Services): SomeHandlers<'viewing'> => ({
    'viewing.openForSheet': ({ command, session, params, body }) =>
        openViewingForSheet(services, command, session, params.id, body.recordingId),
    'viewing.list': async ({ session: { subject }, query }) => {
        const own = subject.organisationId;
        // Who played for a review sheet is a person of another organisation, and their name stands in the register.
        const { inspectors } = await reachOf(services.db, own);
        return services.db.read({ readOrgs: [own, ...inspectors] }, (db) =>
            listViewings(db, subject, { ...query, now: services.clock.now() }),
        );
    },
});
