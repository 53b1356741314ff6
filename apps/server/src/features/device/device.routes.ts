import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { changeDevice, createDevice, issueDevice, takeBackDevice } from './device.commands.ts';
import { getDevice, listDevices } from './device.queries.ts';
import { readClock, withdrawClockReading } from './device-clock.commands.ts';
import { getClock } from './device-clock.queries.ts';
import { noteDocking } from './device-docking.commands.ts';

export const deviceHandlers = (services: Services): SomeHandlers<'device'> => ({
    'device.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listDevices(db, orgId, query));
    },
    'device.get': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getDevice(db, orgId, params.id));
    },
    'device.clock': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getClock(db, orgId, params.id, services.clock.now()));
    },
    'device.readClock': async ({ command, params, body }) => readClock(services, command, params.id, body),
    'device.noteDocking': async ({ command, body }) => noteDocking(services, command, body),
    'device.withdrawClockReading': async ({ command, params, body }) => withdrawClockReading(services, command, params, body),
    'device.create': async ({ command, body }) => createDevice(services, command, body),
    'device.update': async ({ command, params, body }) => changeDevice(services, command, params.id, body),
    'device.issue': async ({ command, params, body }) => issueDevice(services, command, params.id, body),
    'device.return': async ({ command, params, body }) => takeBackDevice(services, command, params.id, body),
});
