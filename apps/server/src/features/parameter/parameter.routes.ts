import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { changeParameter, enterYear } from './parameter.commands.ts';
import { listParameters, listYears } from './parameter.queries.ts';

export const parameterHandlers = (services: Services): SomeHandlers<'parameter'> => ({
    'parameter.list': async ({ session }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listParameters(db, orgId, services.clock.now()));
    },
    'parameter.change': async ({ command, body }) => changeParameter(services, command, body),
    'parameter.calendar': async ({ session }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listYears(db, orgId));
    },
    'parameter.enterYear': async ({ command, body }) => enterYear(services, command, body),
});
