import { DomainError, type Id, isId, toHex } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import { derivedId } from '../../platform/derived-id.ts';
import type { BindOptions } from '../../platform/http/bind.ts';
import { printedRoute } from '../../platform/http/printed-route.ts';
import type { Services } from '../../platform/services.ts';
import { keepPages, keptPdf } from './document-pages.commands.ts';
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

/** Prints whose pages this process has set again and found to be the kept ones: a picture of them is not compared twice. */
const MOST_COMPARED = 10_000;

/**
 * The pages of a print that was noted. The first time they are kept; from then on the kept bytes are served. Of a print of
 * which only the digest was kept they are set again: the same bytes are kept then, others are refused (`document.printDiffers`).
 */
export const documentPrintRoute = (
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): void => {
    const compared = new Set<Id>();
    printedRoute(app, services.renderer, access, {
        id: 'document.printPages',
        path: '/api/documents/:id/prints/:printId',
        permission: 'document.list',
        async page(session, request) {
            const { id, printId, format } = request.params as { id: string; printId: string; format: string };
            if (!isId(id) || !isId(printId)) throw new DomainError('document.printNotFound');
            const { organisationId: orgId, personId: actor } = session.subject;
            const asked = await readerOf(services)(session.subject, id, async (db) => {
                const head = await printHead(db, orgId, id, printId);
                return head.blob_id !== null && format === 'pdf'
                    ? { name: head.name, object: await keptObject(db, orgId, head.blob_id) }
                    : pagesOfPrint(db, orgId, id, printId);
            });
            if ('object' in asked) return { name: asked.name, kept: await keptPdf(services, asked.object) };
            const { model, at } = asked;
            const { name, blob_id: blobId, pdf_sha256: known } = asked.head;
            if (blobId !== null && compared.has(printId)) return { name, model, at };
            return {
                name,
                model,
                at,
                async made(rendered) {
                    if (known !== null && toHex(known) !== rendered.sha256) throw new DomainError('document.printDiffers');
                    if (blobId === null) {
                        // Two people who ask at once make the same pages: they are kept once.
                        const commandId = derivedId('document.keepPages', printId, actor);
                        await keepPages(services, { actor, orgId, readOrgs: [orgId], commandId }, id, printId, rendered);
                    }
                    if (compared.size >= MOST_COMPARED) compared.clear();
                    compared.add(printId);
                },
            };
        },
    });
};

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
            const { id, copyId, format } = request.params as { id: string; copyId: string; format: string };
            if (!isId(id) || !isId(copyId) || format !== 'pdf') throw new DomainError('document.signedCopyNotFound');
            const found = await readerOf(services)(session.subject, id, async (db, orgId) => {
                const { printId, blobId } = await signedCopy(db, orgId, id, copyId);
                const { name } = await printHead(db, orgId, id, printId);
                return { name: `签名件 ${name}`, object: await keptObject(db, orgId, blobId) };
            });
            return { name: found.name, kept: await keptPdf(services, found.object) };
        },
    });
