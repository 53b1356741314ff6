import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { createDocument, relateDocument, saveDocument } from './document.commands.ts';
import { findingsOf, getDocument, listVersions, rolesOf } from './document.queries.ts';
import { draftPages } from './document-draft-pages.ts';
import { documentFlowHandlers } from './document-flow.routes.ts';
import { listDocuments } from './document-list.queries.ts';
import { documentPaperHandlers } from './document-paper.routes.ts';
import { documentPictureHandlers } from './document-pictures.routes.ts';
import { readerOf } from './document-seen.ts';

export const documentHandlers = (services: Services): SomeHandlers<'document'> => {
    const seen = readerOf(services);
    const drafts = draftPages(services);
    return {
        ...documentFlowHandlers(services),
        ...documentPaperHandlers(services),
        ...documentPictureHandlers(services, drafts),
        'document.list': async ({ session, query }) => {
            const { organisationId: orgId, personId } = session.subject;
            return services.db.read({ readOrgs: [orgId] }, async (db) =>
                listDocuments(db, orgId, query, { personId, roles: await rolesOf(db, orgId, personId) }),
            );
        },
        'document.get': ({ session, params }) =>
            seen(session.subject, params.id, (db, orgId) => getDocument(db, orgId, params.id)),
        'document.findings': ({ session, params }) =>
            seen(session.subject, params.id, (db, orgId) => findingsOf(db, orgId, params.id)),
        'document.versions': ({ session, params }) =>
            seen(session.subject, params.id, (db, orgId) => listVersions(db, orgId, params.id)),
        'document.create': async ({ command, body }) => createDocument(services, command, body),
        'document.save': async ({ command, params: { id }, body }) => {
            const answer = await saveDocument(services, command, id, body);
            if (answer.outcome === 'saved') drafts.saved(command.orgId, id, body);
            return answer;
        },
        'document.relate': async ({ command, params, body }) => relateDocument(services, command, params.id, body),
    };
};
