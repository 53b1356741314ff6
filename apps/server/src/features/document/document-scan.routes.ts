import { isId, SCAN_ROLES } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BindOptions } from '../../platform/http/bind.ts';
import { paperIn, paperOut, someWords } from '../../platform/http/paper-route.ts';
import type { Services } from '../../platform/services.ts';
import { addScan } from './document-scan.commands.ts';
import { scanContent } from './document-scan.queries.ts';
import { readerOf } from './document-seen.ts';

const wishShape = z.object({
    role: z.enum(SCAN_ROLES),
    printId: z.string().refine(isId).optional(),
    name: someWords(200),
});

/** Scans come and go as bytes: up to `MOST_SCAN_BYTES`, PDF, JPEG or PNG by what they are, not by what they are called. */
export async function scanRoutes(
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): Promise<void> {
    await paperIn(app, access, {
        url: '/api/documents/:id/scans',
        operation: 'document.scan',
        permission: 'document.write',
        wish: wishShape,
        take: ({ context, params, wish: { role, printId, name }, bytes }) =>
            addScan(services, context, { documentId: params.id, role, printId, name }, bytes),
    });
    paperOut(app, services, access, {
        url: '/api/documents/:id/scans/:paperId',
        operation: 'document.scanContent',
        permission: 'document.list',
        notFound: 'document.scanNotFound',
        find: ({ subject }, { id, paperId }) =>
            readerOf(services)(subject, id, (db, orgId) => scanContent(db, orgId, id, paperId)),
    });
}
