import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { cityOf } from '../identity/organisation.queries.ts';
import { readBelow } from './read-below.ts';
import { type Asked, complianceStatistics, periodOf } from './statistics.queries.ts';
import { groupsOf, sumOf } from './statistics-groups.queries.ts';

export const statisticsHandlers = (services: Services): SomeHandlers<'statistics'> => ({
    'statistics.compliance': async ({ session, query }) => {
        const own = session.subject.organisationId;
        const now = services.clock.now();
        const asked: Asked = { ...query, ...periodOf(query, now), now };
        const seen = await readBelow(services, own, (db, organisations) => complianceStatistics(db, organisations, asked));
        // Of the others nothing leaves the database but what all of the city come to together.
        const city = await services.db.read({ readOrgs: [own] }, (db) => cityOf(db, own));
        if (city.root === own) return { ...seen, city: null };
        const { from, to, scenario } = asked;
        const all = await services.db.read({ readOrgs: city.organisations }, (db) =>
            groupsOf(db, city.organisations, { by: 'scenario', from, to, scenario, now }),
        );
        return { ...seen, city: sumOf(all).rates };
    },
});
