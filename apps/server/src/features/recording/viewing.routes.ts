import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { listViewings } from './viewing.queries.ts';

export const viewingHandlers = (services: Services): SomeHandlers<'viewing'> => ({
    'viewing.list': ({ session: { subject }, query }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) =>
            listViewings(db, subject, { ...query, now: services.clock.now() }),
        ),
});
