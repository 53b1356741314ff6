import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { possibleDiscs, startDiscs, stopDiscs } from './discs.commands.ts';
import { handOver, openDownload, startPacking, stopPacking } from './package.commands.ts';
import { consentToRetrieval, refuseRetrieval, requestRetrieval, withdrawRetrieval } from './retrieval.commands.ts';
import { countWaiting, getRetrieval, listRetrievals } from './retrieval.queries.ts';

export const retrievalHandlers = (services: Services): SomeHandlers<'retrieval'> => ({
    'retrieval.list': ({ session: { subject }, query }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) => listRetrievals(db, subject, query)),
    'retrieval.waiting': ({ session: { subject } }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) => countWaiting(db, subject)),
    'retrieval.get': async ({ session: { subject }, params }) => ({
        ...(await services.db.read({ readOrgs: [subject.organisationId] }, (db) => getRetrieval(db, subject, params.id))),
        ...(await possibleDiscs(services)),
    }),
    'retrieval.request': ({ command, session, body }) => requestRetrieval(services, command, session.subject, body),
    'retrieval.consent': ({ command, params, body }) => consentToRetrieval(services, command, params.id, body.note),
    'retrieval.refuse': ({ command, params, body }) => refuseRetrieval(services, command, params.id, body.reason),
    'retrieval.withdraw': ({ command, session, params, body }) =>
        withdrawRetrieval(services, command, session.subject, params.id, body.reason),
    'retrieval.pack': ({ command, params, body }) => startPacking(services, command, { id: params.id, medium: body.medium }),
    'retrieval.stopPacking': ({ command, params }) => stopPacking(services, command, params.id),
    'retrieval.openDownload': ({ command, params, body }) =>
        openDownload(services, command, { id: params.id, discId: body.discId }),
    'retrieval.makeDiscs': ({ command, params, body }) =>
        startDiscs(services, command, { retrievalId: params.id, medium: body.medium }),
    'retrieval.stopDiscs': ({ command, params }) => stopDiscs(services, command, { retrievalId: params.id, setId: params.setId }),
    'retrieval.handOver': ({ command, params, body }) => handOver(services, command, params.id, body),
});
