import { DomainError, isId } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import type { BindOptions } from '../../platform/http/bind.ts';
import { printedRoute } from '../../platform/http/printed-route.ts';
import type { Services } from '../../platform/services.ts';
import { keepOrCompare, keptPdf } from './document-pages.commands.ts';
import { draftOfDocument, keptObject, pagesOfPrint, printHead } from './document-print.queries.ts';
import { readerOf } from './document-seen.ts';
import { signedCopy } from './document-signed-copy.queries.ts';

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
 * The pages of a print that was noted. The first time they are kept; from then on the kept bytes are served. Of a print of
 * which only the digest was kept they are set again: the same bytes are kept then, others are refused (`document.printDiffers`).
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
        async page({ subject }, request) {
            const { id, printId } = request.params as { id: string; printId: string };
            if (!isId(id) || !isId(printId)) throw new DomainError('document.printNotFound');
            const asked = await readerOf(services)(subject, id, async (db, orgId) => {
                const head = await printHead(db, orgId, id, printId);
                return head.blob_id === null
                    ? pagesOfPrint(db, orgId, id, printId)
                    : { name: head.name, object: await keptObject(db, orgId, head.blob_id) };
            });
            if ('object' in asked) return { name: asked.name, kept: await keptPdf(services, asked.object) };
            const { head, model, at } = asked;
            return {
                ...{ name: head.name, model, at },
                made: (rendered) => keepOrCompare(services, subject, id, head, rendered),
            };
        },
    });

/** A signed copy as it was made; it is never set anew. */
export const signedCopyRoute = (
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): void =>
    printedRoute(app, services.renderer, access, {
        id: 'document.signedCopyPages',
        path: '/api/documents/:id/signed-copies/:copyId',
        permission: 'document.list',
        async page(session, request) {
            const { id, copyId } = request.params as { id: string; copyId: string };
            if (!isId(id) || !isId(copyId)) throw new DomainError('document.signedCopyNotFound');
            const found = await readerOf(services)(session.subject, id, async (db, orgId) => {
                const { printId, blobId } = await signedCopy(db, orgId, id, copyId);
                const { name } = await printHead(db, orgId, id, printId);
                return { name: `签名件 ${name}`, object: await keptObject(db, orgId, blobId) };
            });
            return { name: found.name, kept: await keptPdf(services, found.object) };
        },
    });
