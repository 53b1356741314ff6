import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { createAccount, resetPassword, resetSecondFactor, unlock } from './account.commands.ts';
import { createDepartment } from './department.commands.ts';
import { organisationTree } from './organisation.queries.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { changePerson, createPerson, leave } from './person.commands.ts';
import { getPerson, listPersons } from './person.queries.ts';
import { endRole, grantRole } from './role.commands.ts';

/** Handlers answer `{}` where a command has nothing to say. */
const done = async (command: Promise<unknown>): Promise<Record<string, never>> => {
    await command;
    return {};
};

export const organisationHandlers = (services: Services): SomeHandlers<'organisation'> & SomeHandlers<'department'> => ({
    'organisation.tree': ({ session }) => {
        const own = session.subject.organisationId;
        return services.db.read({ readOrgs: [own] }, (db) => organisationTree(db, own));
    },
    'department.create': ({ command, body }) => createDepartment(services, command, body.name),
});

export const personHandlers = (services: Services): SomeHandlers<'person'> => ({
    'person.list': ({ session, query }) => {
        const own = session.subject.organisationId;
        return services.db.read({ readOrgs: [own] }, (db) => listPersons(db, own, query));
    },
    'person.get': ({ session, params }) => {
        const times = { now: services.clock.now(), idle: services.config.sessionIdleMs };
        return services.db.read({ readOrgs: [session.subject.organisationId] }, (db) => getPerson(db, params.id, times));
    },
    'person.create': ({ command, body }) => createPerson(services, command, body),
    'person.update': ({ command, params, body }) => changePerson(services, command, params.id, body),
    'person.leave': ({ command, params, body }) => done(leave(services, command, params.id, body.reason)),
});

export const accountHandlers = (services: Services, passwords: PasswordHashing): SomeHandlers<'account'> => ({
    'account.create': ({ command, params, body }) => createAccount(services, passwords, command, params.id, body.login),
    'account.resetPassword': ({ command, params }) => resetPassword(services, passwords, command, params.id),
    'account.unlock': ({ command, params }) => done(unlock(services, command, params.id)),
    'account.resetSecondFactor': ({ command, params }) => done(resetSecondFactor(services, command, params.id)),
});

export const roleHandlers = (services: Services): SomeHandlers<'role'> => ({
    'role.grant': ({ command, params, body }) => grantRole(services, command, params.id, body.role),
    'role.end': ({ command, params }) => done(endRole(services, command, params.id)),
});
