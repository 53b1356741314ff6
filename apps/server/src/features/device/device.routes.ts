import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { changeDevice, createDevice, issueDevice, takeBackDevice } from './device.commands.ts';
import { getDevice, listDevices } from './device.queries.ts';
import { readClock, withdrawClockReading } from './device-clock.commands.ts';
import { getClock } from './device-clock.queries.ts';
import { deviceCoverage } from './device-coverage.queries.ts';
import { noteDocking } from './device-docking.commands.ts';
import { checkDevice, manages, stepDevice } from './device-life.commands.ts';
import { getModel, getRoom, listModels, listRooms, myDevices } from './device-life.queries.ts';
import { bindCamera, closeRoom, releaseCamera, saveModel, saveRoom } from './device-room.commands.ts';
import { withdrawPaper } from './passport.commands.ts';
import { getPassport } from './passport.queries.ts';
import { useRecord } from './use-record.queries.ts';

export const deviceHandlers = (services: Services): SomeHandlers<'device'> => ({
    'device.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listDevices(db, orgId, query));
    },
    'device.get': async ({ session, params }) => {
        const { organisationId: orgId, personId } = session.subject;
        const reader = { personId, manages: manages(session.subject) };
        return services.db.read({ readOrgs: [orgId] }, (db) => getDevice(db, orgId, params.id, reader));
    },
    'device.clock': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getClock(db, orgId, params.id, services.clock.now()));
    },
    'device.passport': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) =>
            getPassport(db, orgId, params.id, session.subject, services.clock.now()),
        );
    },
    'device.withdrawPaper': async ({ command, params, body }) => withdrawPaper(services, command, params, body.reason),
    'device.readClock': async ({ command, params, body }) => readClock(services, command, params.id, body),
    'device.noteDocking': async ({ command, body }) => noteDocking(services, command, body),
    'device.withdrawClockReading': async ({ command, params, body }) => withdrawClockReading(services, command, params, body),
    'device.create': async ({ command, body }) => createDevice(services, command, body),
    'device.update': async ({ command, params, body }) => changeDevice(services, command, params.id, body),
    'device.issue': async ({ command, params, body }) => issueDevice(services, command, params.id, body),
    'device.return': async ({ command, params, body }) => takeBackDevice(services, command, params.id, body),
    'device.step': async ({ command, session, params, body }) => stepDevice(services, command, session.subject, params.id, body),
    'device.check': async ({ command, session, params, body }) =>
        checkDevice(services, command, session.subject, params.id, body),
    'device.mine': async ({ session }) => {
        const { organisationId: orgId, personId } = session.subject;
        return services.db.read({ readOrgs: [orgId] }, (db) => myDevices(db, orgId, personId, services.clock.now()));
    },
    'device.coverage': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => deviceCoverage(db, orgId, query));
    },
    'device.useRecord': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => useRecord(db, orgId, query, session.subject));
    },
    'device.rooms': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listRooms(db, orgId, query));
    },
    'device.room': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getRoom(db, orgId, params.id));
    },
    'device.saveRoom': async ({ command, body }) => saveRoom(services, command, body),
    'device.closeRoom': async ({ command, params, body }) => closeRoom(services, command, params.id, body),
    'device.bindCamera': async ({ command, params, body }) => bindCamera(services, command, params.id, body),
    'device.releaseCamera': async ({ command, params, body }) => releaseCamera(services, command, params, body),
    'device.models': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listModels(db, orgId, query));
    },
    'device.model': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => getModel(db, orgId, params.id));
    },
    'device.saveModel': async ({ command, body }) => saveModel(services, command, body),
});
