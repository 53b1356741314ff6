import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { DomainError, isId, SCAN_ROLES, SYSTEM_ID } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BindOptions } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { addScan } from './document-scan.commands.ts';
import { scanContent } from './document-scan.queries.ts';
import { readerOf } from './document-seen.ts';

const wishShape = z.object({
    role: z.enum(SCAN_ROLES),
    printId: z.string().refine(isId).optional(),
    name: z
        .string()
        .min(1)
        .max(200)
        .transform((text) => text.normalize('NFC').replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '')),
});

/** Scans come and go as bytes: up to `MOST_SCAN_BYTES`, PDF, JPEG or PNG by what they are, not by what they are called. */
export async function scanRoutes(
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): Promise<void> {
    await app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
        scope.post<{ Params: { id: string } }>('/api/documents/:id/scans', async (request, reply) => {
            const session = await access.sessionOf(request);
            await access.authorise(session, 'document.scan', 'document.write', request);
            if (session === undefined) throw new DomainError('access.signInFirst');
            const wish = wishShape.safeParse(request.query);
            if (!wish.success || !isId(request.params.id)) throw new DomainError('request.invalid', { path: 'query' });
            const { organisationId: orgId, personId: actor } = session.subject;
            const { role, printId, name } = wish.data;
            const context = { actor, orgId, readOrgs: [orgId], commandId: commandIdOf(request) };
            const scan = { documentId: request.params.id, role, printId, name };
            reply.header('cache-control', 'no-store');
            return addScan(services, context, scan, request.body as typeof request.raw);
        });
    });
    app.get<{ Params: { id: string; scanId: string } }>('/api/documents/:id/scans/:scanId', async (request, reply) => {
        const session = await access.sessionOf(request);
        await access.authorise(session, 'document.scanContent', 'document.list', request);
        if (session === undefined) throw new DomainError('access.signInFirst');
        const { id, scanId } = request.params;
        if (!isId(id) || !isId(scanId)) throw new DomainError('document.scanNotFound');
        const scan = await readerOf(services)(session.subject, id, (db, orgId) => scanContent(db, orgId, id, scanId));
        const bytes = await services.store.open(scan.key, { start: 0n, end: scan.size, chunkRoot: scan.chunkRoot });
        return reply
            .header('cache-control', 'no-store')
            .header('content-type', scan.mediaType)
            .header('content-length', String(scan.size))
            .header('x-content-type-options', 'nosniff')
            .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(scan.name)}`)
            .send(bytes);
    });
}

function commandIdOf(request: FastifyRequest): string {
    const given = request.headers[COMMAND_ID_HEADER];
    if (typeof given !== 'string' || !isId(given) || given === SYSTEM_ID) throw new DomainError('request.commandIdMissing');
    return given;
}
