import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { ANNEX_2_IDS, DomainError, isId, PAPER_KINDS, SYSTEM_ID } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BindOptions } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { recordPaper } from './passport.commands.ts';
import { paperContent } from './passport.queries.ts';

const clean = (most: number) =>
    z
        .string()
        .max(most)
        .transform((text) =>
            text
                .normalize('NFC')
                .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '')
                .trim(),
        );
const words = (most: number) => clean(most).pipe(z.string().min(1));
const day = z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)))
    .optional()
    .transform((text) => text ?? null);

const wishShape = z.object({
    kind: z.enum(PAPER_KINDS),
    requirements: z
        .string()
        .transform((text) => [...new Set(text.split(','))])
        .pipe(z.array(z.enum(ANNEX_2_IDS)).min(1).max(ANNEX_2_IDS.length)),
    forModel: z.enum(['yes', 'no']).transform((text) => text === 'yes'),
    number: words(80),
    issuer: words(120),
    issuedOn: day,
    expiresOn: day,
    note: clean(300)
        .optional()
        .transform((text) => (text === undefined || text === '' ? null : text)),
    fileName: words(200),
});

/** Documents of certificates come and go as bytes: PDF, JPEG or PNG by what they are, not by what they are called. */
export async function paperRoutes(
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): Promise<void> {
    await app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
        scope.post<{ Params: { id: string } }>('/api/devices/:id/papers', async (request, reply) => {
            const session = await access.sessionOf(request);
            await access.authorise(session, 'device.recordPaper', 'device.manage', request);
            if (session === undefined) throw new DomainError('access.signInFirst');
            const wish = wishShape.safeParse(request.query);
            if (!wish.success || !isId(request.params.id)) {
                throw new DomainError('request.invalid', { path: String(wish.error?.issues[0]?.path[0] ?? 'query') });
            }
            const { organisationId: orgId, personId: actor } = session.subject;
            const context = { actor, orgId, readOrgs: [orgId], commandId: commandIdOf(request) };
            reply.header('cache-control', 'no-store');
            const paper = { deviceId: request.params.id, ...wish.data };
            return recordPaper(services, context, paper, request.body as typeof request.raw);
        });
    });
    app.get<{ Params: { id: string; paperId: string } }>('/api/devices/:id/papers/:paperId', async (request, reply) => {
        const session = await access.sessionOf(request);
        await access.authorise(session, 'device.paperContent', 'device.list', request);
        if (session === undefined) throw new DomainError('access.signInFirst');
        const { paperId } = request.params;
        const orgId = session.subject.organisationId;
        if (!isId(paperId)) throw new DomainError('device.paperNotFound');
        const paper = await services.db.read({ readOrgs: [orgId] }, (db) => paperContent(db, orgId, paperId));
        if (paper === undefined) throw new DomainError('device.paperNotFound');
        const chunkRoot = Buffer.from(paper.chunk_root).toString('hex');
        const bytes = await services.store.open(paper.key, { start: 0n, end: paper.size, chunkRoot });
        return reply
            .header('cache-control', 'no-store')
            .header('content-type', paper.media_type)
            .header('content-length', String(paper.size))
            .header('x-content-type-options', 'nosniff')
            .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(paper.file_name)}`)
            .send(bytes);
    });
}

function commandIdOf(request: FastifyRequest): string {
    const given = request.headers[COMMAND_ID_HEADER];
    if (typeof given !== 'string' || !isId(given) || given === SYSTEM_ID) throw new DomainError('request.commandIdMissing');
    return given;
}
