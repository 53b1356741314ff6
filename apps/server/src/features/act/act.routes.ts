import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { addParticipant, changeAct, closeAct, createAct, endParticipation } from './act.commands.ts';
import { getAct, listActs } from './act.queries.ts';

export const actHandlers = (services: Services): SomeHandlers<'act'> => ({
    'act.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listActs(db, orgId, query, services.clock.now()));
    },
    'act.get': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getAct(db, orgId, params.id, services.clock.now()));
    },
    'act.create': async ({ command, body }) => createAct(services, command, body),
    'act.update': async ({ command, params, body }) => changeAct(services, command, params.id, body),
    'act.addParticipant': async ({ command, params, body }) => addParticipant(services, command, params.id, body),
    'act.removeParticipant': async ({ command, params, body }) => endParticipation(services, command, params.id, body),
    'act.close': async ({ command, params, body }) => closeAct(services, command, params.id, body),
});
