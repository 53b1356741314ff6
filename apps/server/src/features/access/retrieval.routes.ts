import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { handOver, openDownload, startPacking, stopPacking } from './package.commands.ts';
import { consentToRetrieval, refuseRetrieval, requestRetrieval, withdrawRetrieval } from './retrieval.commands.ts';
import { countWaiting, getRetrieval, listRetrievals } from './retrieval.queries.ts';

export const retrievalHandlers = (services: Services): SomeHandlers<'retrieval'> => ({
    'retrieval.list': ({ session: { subject }, query }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) => listRetrievals(db, subject, query)),
    'retrieval.waiting': ({ session: { subject } }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) => countWaiting(db, subject)),
    'retrieval.get': ({ session: { subject }, params }) =>
        services.db.read({ readOrgs: [subject.organisationId] }, (db) => getRetrieval(db, subject, params.id)),
    'retrieval.request': ({ command, session, body }) => requestRetrieval(services, command, session.subject, body),
    'retrieval.consent': ({ command, params, body }) => consentToRetrieval(services, command, params.id, body.note),
    'retrieval.refuse': ({ command, params, body }) => refuseRetrieval(services, command, params.id, body.reason),
    'retrieval.withdraw': ({ command, session, params, body }) =>
        withdrawRetrieval(services, command, session.subject, params.id, body.reason),
    'retrieval.pack': ({ command, params }) => startPacking(services, command, params.id),
    'retrieval.stopPacking': ({ command, params }) => stopPacking(services, command, params.id),
    'retrieval.openDownload': ({ command, params }) => openDownload(services, command, params.id),
    'retrieval.handOver': ({ command, params, body }) => handOver(services, command, params.id, body),
});
