import { DomainError, type Permission } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BindOptions } from './bind.ts';
import type { Session } from './session.ts';

export type TextFileRoute = {
    readonly id: string;
    readonly path: string;
    readonly permission: Permission;
    readonly file: (session: Session, request: FastifyRequest) => Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
};

/** A file of text whose very bytes count: signed, and read by programs of others. */
export function textFileRoute(
    app: FastifyInstance,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
    { id, path, permission, file }: TextFileRoute,
): void {
    app.get(path, async (request, reply) => {
        const session = await access.sessionOf(request);
        await access.authorise(session, id, permission, request);
        if (session === undefined) throw new DomainError('access.signInFirst');
        const { name, bytes } = await file(session, request);
        return reply
            .header('cache-control', 'no-store')
            .header('content-type', 'text/plain; charset=utf-8')
            .header('x-content-type-options', 'nosniff')
            .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
            .send(Buffer.from(bytes));
    });
}
