import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { readWithin } from '../inspection/reach.queries.ts';
import { listYears } from './calendar.queries.ts';
import { listParameters } from './parameter-list.queries.ts';
import {
    approveProposal,
    proposeParameter,
    proposeYear,
    refuseProposal,
    withdrawProposal,
} from './parameter-proposal.commands.ts';
import { listWaiting } from './parameter-proposal.queries.ts';

export const parameterHandlers = (services: Services): SomeHandlers<'parameter'> => ({
    // Who approved something may be of an organisation above.
    'parameter.list': ({ session: { subject } }) =>
        readWithin(services.db, subject.organisationId, (db, { own }) => listParameters(db, own, services.clock.now())),
    'parameter.propose': async ({ command, body }) => proposeParameter(services, command, body),
    'parameter.proposals': ({ session: { subject } }) =>
        readWithin(services.db, subject.organisationId, (db, reach) => listWaiting(db, reach, subject, services.clock.now())),
    'parameter.approve': ({ command, params }) => approveProposal(services, command, params.id),
    'parameter.refuse': ({ command, params, body }) => refuseProposal(services, command, params.id, body.why),
    'parameter.withdraw': ({ command, params, body }) => withdrawProposal(services, command, params.id, body.why),
    'parameter.calendar': ({ session: { subject } }) =>
        readWithin(services.db, subject.organisationId, (db, { own }) => listYears(db, own)),
    'parameter.proposeYear': async ({ command, body }) => proposeYear(services, command, body),
});
