import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { changeDevice, createDevice, issueDevice, takeBackDevice } from './device.commands.ts';
import { getDevice, listDevices } from './device.queries.ts';

export const deviceHandlers = (services: Services): SomeHandlers<'device'> => ({
    'device.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listDevices(db, orgId, query));
    },
    'device.get': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getDevice(db, orgId, params.id));
    },
    'device.create': async ({ command, body }) => createDevice(services, command, body),
    'device.update': async ({ command, params, body }) => changeDevice(services, command, params.id, body),
    'device.issue': async ({ command, params, body }) => issueDevice(services, command, params.id, body),
    'device.return': async ({ command, params, body }) => takeBackDevice(services, command, params.id, body),
});
