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
          /** Looks at the finished PDF before it, or a picture of its pages, is sent. */
          readonly made?: (rendered: RenderedDocument) => Promise<void>;
      }
    | { readonly kept: Buffer }
);

export type PrintedRoute = {
    readonly id: string;
    /** Ends before `.pdf` or `.svg`. */
    readonly path: string;
    readonly permission: Permission;
    /** Whether the PDF itself or a picture of its pages is asked for stands in the parameter `format`. */
    readonly page: (session: Session, request: FastifyRequest) => Promise<PrintedPage>;
};

/**
 * A page as PDF, or as one picture for looking at. Drafts and samples are set when asked for and kept nowhere; a print is set
 * once and its bytes are kept. A picture is always set anew: of a print it is shown only where the PDF still comes out the same.
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
        const asked = await page(session, request);
        const file = `inline; filename*=UTF-8''${encodeURIComponent(asked.name)}.${format}`;
        reply.header('cache-control', 'private, no-store').header('content-disposition', file);
        if ('kept' in asked) return reply.type('application/pdf').send(asked.kept);
        const { model, at, made } = asked;
        if (format === 'svg' && made === undefined)
            return reply.type('image/svg+xml').send((await renderer.preview(model, at)).svg);
        const rendered = await renderer.render(model, at);
        await made?.(rendered);
        if (format === 'svg') return reply.type('image/svg+xml').send((await renderer.preview(model, at)).svg);
        return reply.type('application/pdf').send(rendered.pdf);
    });
}
