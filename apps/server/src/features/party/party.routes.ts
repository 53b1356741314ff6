import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { addPremises, changeParty, createParty } from './party.commands.ts';
import { getParty, listParties } from './party.queries.ts';

export const partyHandlers = (services: Services): SomeHandlers<'party'> => ({
    'party.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listParties(db, orgId, query));
    },
    'party.get': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getParty(db, orgId, params.id));
    },
    'party.create': async ({ command, body }) => createParty(services, command, body),
    'party.update': async ({ command, params, body }) => changeParty(services, command, params.id, body),
    'party.addPremises': async ({ command, params, body }) => addPremises(services, command, params.id, body),
});
