import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { checkMedium, moveMedium, recordMedium, withdrawMedium, withdrawMediumCheck } from './medium.commands.ts';
import { listMedia } from './medium.queries.ts';

export const mediumHandlers = (services: Services): SomeHandlers<'medium'> => ({
    'medium.list': ({ session: { subject }, query }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) => listMedia(db, subject, query)),
    'medium.record': ({ command, body }) => recordMedium(services, command, body),
    'medium.move': ({ command, params, body }) => moveMedium(services, command, params.id, body),
    'medium.withdraw': ({ command, params, body }) => withdrawMedium(services, command, params.id, body.reason),
    'medium.check': ({ command, params, body }) => checkMedium(services, command, params.id, body),
    'medium.withdrawCheck': ({ command, params, body }) => withdrawMediumCheck(services, command, params, body.reason),
});
