import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { DomainError, type Id, isId, type Permission, SYSTEM_ID } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CommandContext } from '../command/command.ts';
import type { Services } from '../services.ts';
import type { StoredPaper } from '../storage/stored-paper.ts';
import type { BindOptions } from './bind.ts';
import type { Session } from './session.ts';

type Access = Pick<BindOptions, 'sessionOf' | 'authorise'>;
/** Of whatever the paper belongs to. */
type Of = { readonly id: Id };
/** One paper of it. */
type One = Of & { readonly paperId: Id };

/** A word of the query of a paper: NFC, without what is not seen. */
export const cleanWords = (most: number) =>
    z
        .string()
        .max(most)
        .transform((text) =>
            text
                .normalize('NFC')
                .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '')
                .trim(),
        );
export const someWords = (most: number) => cleanWords(most).pipe(z.string().min(1));

export type PaperArriving<W> = {
    readonly session: Session;
    readonly context: CommandContext;
    readonly params: Of;
    readonly wish: W;
    readonly bytes: FastifyRequest['raw'];
};

/** A paper comes in as bytes; what it is said to be stands in the query. It is a command like any other. */
export async function paperIn<W>(
    app: FastifyInstance,
    access: Access,
    route: {
        readonly url: string;
        readonly operation: string;
        readonly permission: Permission;
        readonly wish: z.ZodType<W>;
        readonly take: (paper: PaperArriving<W>) => Promise<object>;
    },
): Promise<void> {
    await app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
        scope.post<{ Params: Of }>(route.url, async (request, reply) => {
            const session = await sessionFor(access, request, route);
            const wish = route.wish.safeParse(request.query);
            if (!wish.success)
                throw new DomainError('request.invalid', { path: String(wish.error.issues[0]?.path[0] ?? 'query') });
            if (!Object.values(request.params).every(isId)) throw new DomainError('request.invalid', { path: 'params' });
            const { organisationId: orgId, personId: actor } = session.subject;
            reply.header('cache-control', 'no-store');
            return route.take({
                session,
                context: { actor, orgId, readOrgs: [orgId], commandId: commandIdOf(request) },
                params: request.params,
                wish: wish.data,
                bytes: request.body as FastifyRequest['raw'],
            });
        });
    });
}

/** A paper goes out as it came in, each chunk compared with its digest before it is sent. */
export function paperOut(
    app: FastifyInstance,
    services: Services,
    access: Access,
    route: {
        readonly url: string;
        readonly operation: string;
        readonly permission: Permission;
        readonly notFound: string;
        readonly find: (session: Session, params: One) => Promise<StoredPaper | undefined>;
    },
): void {
    app.get<{ Params: One }>(route.url, async (request, reply) => {
        const session = await sessionFor(access, request, route);
        if (!Object.values(request.params).every(isId)) throw new DomainError(route.notFound);
        const paper = await route.find(session, request.params);
        if (paper === undefined) throw new DomainError(route.notFound);
        const { key, size, chunkRoot, mediaType, name } = paper;
        const bytes = await services.store.open(key, { start: 0n, end: size, chunkRoot });
        return reply
            .header('cache-control', 'no-store')
            .header('content-type', mediaType)
            .header('content-length', String(size))
            .header('x-content-type-options', 'nosniff')
            .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`)
            .send(bytes);
    });
}

async function sessionFor(
    access: Access,
    request: FastifyRequest,
    { operation, permission }: { readonly operation: string; readonly permission: Permission },
): Promise<Session> {
    const session = await access.sessionOf(request);
    await access.authorise(session, operation, permission, request);
    if (session === undefined) throw new DomainError('access.signInFirst');
    return session;
}

function commandIdOf(request: FastifyRequest): string {
    const given = request.headers[COMMAND_ID_HEADER];
    if (typeof given !== 'string' || !isId(given) || given === SYSTEM_ID) throw new DomainError('request.commandIdMissing');
    return given;
}
