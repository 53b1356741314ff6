import { DomainError, isId } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import type { BindOptions } from '../../platform/http/bind.ts';
import { printedRoute } from '../../platform/http/printed-route.ts';
import type { Services } from '../../platform/services.ts';
import { draftOfDocument } from './document-print.queries.ts';

/** A document as it stands, with watermark and marks: seen on the screen while writing, or on paper as a draft. */
export const documentDraftRoute = (
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): void =>
    printedRoute(app, services.renderer, access, {
        id: 'document.draft',
        path: '/api/documents/:id/draft',
        permission: 'document.list',
        async page(session, request) {
            const { id } = request.params as { id: string };
            if (!isId(id)) throw new DomainError('document.notFound');
            const orgId = session.subject.organisationId;
            return services.db.read({ readOrgs: [orgId] }, (db) => draftOfDocument(db, orgId, id, services.clock.now()));
        },
    });
