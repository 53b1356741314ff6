import { DomainError, type Instant, type Permission, type PrintModel } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DocumentRenderer, RenderedDocument } from '../typst/document-renderer.ts';
import type { BindOptions } from './bind.ts';
import type { Session } from './session.ts';

/** File name without its ending; pages to be set now, or those that were made once and come from the store. */
export type PrintedPage = { readonly name: string } & (
    | {
          readonly model: PrintModel;
          readonly at: Instant;
          /** Looks at the finished PDF before it is sent. */
          readonly made?: (rendered: RenderedDocument) => Promise<void>;
      }
    | { readonly kept: Buffer }
);

export type PrintedRoute = {
    readonly id: string;
    /** Ends before `.pdf`. */
    readonly path: string;
    readonly permission: Permission;
    readonly page: (session: Session, request: FastifyRequest) => Promise<PrintedPage>;
};

/** Pages as PDF. Drafts and samples are set when asked for and kept nowhere; a print is set once and its bytes are kept. */
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
        if (request.params.format !== 'pdf') throw new DomainError('request.notFound');
        const asked = await page(session, request);
        const file = `inline; filename*=UTF-8''${encodeURIComponent(asked.name)}.pdf`;
        reply.header('cache-control', 'private, no-store').header('content-disposition', file).type('application/pdf');
        if ('kept' in asked) return reply.send(asked.kept);
        const rendered = await renderer.render(asked.model, asked.at);
        await asked.made?.(rendered);
        return reply.send(rendered.pdf);
    });
}
