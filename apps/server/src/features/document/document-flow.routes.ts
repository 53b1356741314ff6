import type { EndpointId } from '@liuhen/contract';
import type { Handlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import {
    checkDocument,
    fileDocument,
    issueDocument,
    issueUrgently,
    regulariseDocument,
    reopenDocument,
    reviewDocument,
    reviewLegally,
    signDocument,
    submitDocument,
    voidDocument,
} from './document-flow.commands.ts';
import { numberDocument, reserveNumbers, returnNumbers, spoilNumber } from './document-number.commands.ts';
import { listBlocks, listSeries, numberRegister } from './document-number.queries.ts';

type Flow = Extract<
    EndpointId,
    | `document.${'submit' | 'review' | 'legalReview' | 'sign' | 'reopen' | 'number' | 'issue' | 'issueUrgently' | 'regularise'}`
    | `document.${'check' | 'file' | 'void'}`
    | `document.${'numberSeries' | 'numberRegister' | 'numberBlocks' | 'reserveNumbers' | 'returnNumbers' | 'spoilNumber'}`
>;

/** The way of a document, and its numbers. */
export const documentFlowHandlers = (services: Services): Pick<Handlers, Flow> => ({
    'document.submit': async ({ command, params, body }) => submitDocument(services, command, params.id, body),
    'document.review': async ({ command, params, body }) => reviewDocument(services, command, params.id, body),
    'document.legalReview': async ({ command, params, body }) => reviewLegally(services, command, params.id, body),
    'document.sign': async ({ command, params, body }) => signDocument(services, command, params.id, body),
    'document.reopen': async ({ command, params, body }) => reopenDocument(services, command, params.id, body),
    'document.number': async ({ command, params, body }) => numberDocument(services, command, params.id, body),
    'document.issue': async ({ command, params, body }) => issueDocument(services, command, params.id, body),
    'document.issueUrgently': async ({ command, params, body }) => issueUrgently(services, command, params.id, body),
    'document.regularise': async ({ command, params, body }) => regulariseDocument(services, command, params.id, body),
    'document.check': async ({ command, params, body }) => checkDocument(services, command, params.id, body),
    'document.file': async ({ command, params, body }) => fileDocument(services, command, params.id, body),
    'document.void': async ({ command, params, body }) => voidDocument(services, command, params.id, body),
    'document.numberSeries': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listSeries(db, orgId, query.year));
    },
    'document.numberRegister': async ({ session, params, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => numberRegister(db, orgId, params.id, query));
    },
    'document.numberBlocks': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listBlocks(db, orgId, query));
    },
    'document.reserveNumbers': async ({ command, body }) => reserveNumbers(services, command, body),
    'document.returnNumbers': async ({ command, params, body }) => returnNumbers(services, command, params.id, body),
    'document.spoilNumber': async ({ command, params, body }) => spoilNumber(services, command, params.id, body),
});
