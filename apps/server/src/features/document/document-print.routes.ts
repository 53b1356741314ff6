import { DomainError, isId } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import { derivedId } from '../../platform/derived-id.ts';
import type { BindOptions } from '../../platform/http/bind.ts';
import { printedRoute } from '../../platform/http/printed-route.ts';
import type { Services } from '../../platform/services.ts';
import { notePages } from './document-paper.commands.ts';
import { draftOfDocument, pagesOfPrint } from './document-print.queries.ts';
import { readerOf } from './document-seen.ts';

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
            const { subject } = session;
            return readerOf(services)(subject, id, (db, orgId) => draftOfDocument(db, orgId, id, services.clock.now()));
        },
    });

/**
 * The pages of a print that was noted. The first time says what they are; from then on they are the same bytes, or it is not
 * this print any more (`document.printDiffers`).
 */
export const documentPrintRoute = (
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): void =>
    printedRoute(app, services.renderer, access, {
        id: 'document.printPages',
        path: '/api/documents/:id/prints/:printId',
        permission: 'document.list',
        async page(session, request) {
            const { id, printId } = request.params as { id: string; printId: string };
            if (!isId(id) || !isId(printId)) throw new DomainError('document.printNotFound');
            const { organisationId: orgId, personId: actor } = session.subject;
            const { pdfSha256, ...printed } = await readerOf(services)(session.subject, id, (db) =>
                pagesOfPrint(db, orgId, id, printId),
            );
            const known = pdfSha256 === null ? undefined : Buffer.from(pdfSha256).toString('hex');
            return {
                ...printed,
                async made({ pages, sha256 }) {
                    if (known === sha256) return;
                    if (known !== undefined) throw new DomainError('document.printDiffers');
                    // Two people who ask at once make the same pages: the command notes them once.
                    const commandId = derivedId('document.notePages', printId, actor);
                    const context = { actor, orgId, readOrgs: [orgId], commandId };
                    await notePages(services, context, id, printId, { pages, pdfSha256: sha256 });
                },
            };
        },
    });
