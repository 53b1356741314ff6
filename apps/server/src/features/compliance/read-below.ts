import type { Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { type OrganisationBelow, organisationsBelow } from '../identity/organisation.queries.ts';

/**
 * Reads for the own organisation and those below it: the city sees its districts, a district itself and its institute, and nobody
 * sees upwards or beside. Only registers are read so, never what was recorded.
 */
export async function readBelow<T>(
    services: Services,
    own: Id,
    work: (db: ReadDb, organisations: readonly OrganisationBelow[]) => Promise<T>,
): Promise<T> {
    const organisations = await services.db.read({ readOrgs: [own] }, (db) => organisationsBelow(db, own));
    return services.db.read({ readOrgs: organisations.map(({ id }) => id) }, (db) => work(db, organisations));
}
