import { DomainError, type Instant, type Permission, type PrintModel } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DocumentRenderer, RenderedDocument } from '../typst/document-renderer.ts';
import type { BindOptions } from './bind.ts';
import type { Session } from './session.ts';

export type PrintedRoute = {
    readonly id: string;
    /** Ends before `.pdf` or `.svg`. */
    readonly path: string;
    readonly permission: Permission;
    /** File name without its ending. */
    readonly page: (
        session: Session,
        request: FastifyRequest,
    ) => Promise<{
        readonly model: PrintModel;
        readonly at: Instant;
        readonly name: string;
        /** Looks at the finished PDF before it is sent. */
        readonly made?: (rendered: RenderedDocument) => Promise<void>;
    }>;
};

/**
 * A page as PDF, or as one picture for looking at while writing. Both are set when asked for and kept nowhere: what counts on
 * paper is printed by a command.
 */
export function printedRoute(
    app: FastifyInstance,
    renderer: DocumentRenderer,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
    { id, path, permission, page }: PrintedRoute,
): void {
    app.get<{ Params: { format: string } }>(`${path}.:format`, async (request, reply) => {
        const session = await access.sessionOf(request);
        await access.authorise(session, id, permission, request);
        if (session === undefined) throw new DomainError('access.signInFirst');
        const { format } = request.params;
        if (format !== 'pdf' && format !== 'svg') throw new DomainError('request.notFound');
        const { model, at, name, made } = await page(session, request);
        const file = `inline; filename*=UTF-8''${encodeURIComponent(name)}.${format}`;
        reply.header('cache-control', 'private, no-store').header('content-disposition', file);
        if (format === 'svg') return reply.type('image/svg+xml').send((await renderer.preview(model, at)).svg);
        const rendered = await renderer.render(model, at);
        await made?.(rendered);
        return reply.type('application/pdf').send(rendered.pdf);
    });
}
