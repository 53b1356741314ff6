import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { readWithin } from '../inspection/reach.queries.ts';
import { enterYear } from './parameter.commands.ts';
import { listYears } from './parameter.queries.ts';
import { listParameters } from './parameter-list.queries.ts';
import { approveParameter, proposeParameter, refuseParameter, withdrawParameter } from './parameter-proposal.commands.ts';
import { listWaiting } from './parameter-proposal.queries.ts';

export const parameterHandlers = (services: Services): SomeHandlers<'parameter'> => ({
    // Who approved something may be of an organisation above.
    'parameter.list': ({ session: { subject } }) =>
        readWithin(services.db, subject.organisationId, (db, { own }) => listParameters(db, own, services.clock.now())),
    'parameter.propose': async ({ command, body }) => proposeParameter(services, command, body),
    'parameter.proposals': ({ session: { subject } }) =>
        readWithin(services.db, subject.organisationId, (db, reach) => listWaiting(db, reach, subject, services.clock.now())),
    'parameter.approve': ({ command, params }) => approveParameter(services, command, params.id),
    'parameter.refuse': ({ command, params, body }) => refuseParameter(services, command, params.id, body.why),
    'parameter.withdraw': ({ command, params, body }) => withdrawParameter(services, command, params.id, body.why),
    'parameter.calendar': async ({ session }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listYears(db, orgId));
    },
    'parameter.enterYear': async ({ command, body }) => enterYear(services, command, body),
});
