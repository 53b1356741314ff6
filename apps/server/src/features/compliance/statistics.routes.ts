import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { cityOf } from '../identity/organisation.queries.ts';
import { readBelow } from './read-below.ts';
import { type Asked, complianceStatistics, periodOf } from './statistics.queries.ts';
import { type CityAverage, cityAverage } from './statistics-city.queries.ts';
import { countedParts } from './statistics-counted.queries.ts';

export const statisticsHandlers = (services: Services): SomeHandlers<'statistics'> => ({
    'statistics.compliance': async ({ session, query }) => {
        const own = session.subject.organisationId;
        const now = services.clock.now();
        const asked: Asked = { ...query, ...periodOf(query, now), now };
        const city = await averageFor(services, own, asked);
        return readBelow(services, own, (db, organisations) => complianceStatistics(db, organisations, asked, city));
    },
    'statistics.counted': ({ session: { subject }, query }) => {
        const clock = serverTime(services);
        const asked = { ...query, ...periodOf(query, clock.now) };
        return readBelow(services, subject.organisationId, (db, organisations) =>
            countedParts(db, { subject, organisations }, asked, clock),
        );
    },
});

/** Of the others nothing leaves the server but what all of the city come to together. The city itself has nobody to be compared with. */
async function averageFor(services: Services, own: string, asked: Asked): Promise<CityAverage | undefined> {
    const city = await services.db.read({ readOrgs: [own] }, (db) => cityOf(db, own));
    if (city.root === own) return undefined;
    return services.db.read({ readOrgs: city.organisations }, (db) => cityAverage(db, city, own, asked));
}
