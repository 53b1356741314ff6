import fastifyStatic from '@fastify/static';
import { DomainError } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';

const UNHASHED: ReadonlySet<string> = new Set(['/index.html', '/service-worker.js', '/favicon.svg']);

/** The built pages. Files with a hash in their name never change; every other address below `/` is the one page. */
export async function webPages(app: FastifyInstance, folder: string): Promise<void> {
    await app.register(fastifyStatic, { root: folder, wildcard: false, index: false, cacheControl: false, dotfiles: 'ignore' });
    app.addHook('onSend', async (request, reply) => {
        if (request.url.startsWith('/assets/') && reply.statusCode === 200)
            reply.header('cache-control', 'public, max-age=31536000, immutable');
        // The page and the service worker are asked for anew each time: an old one would hide every later version.
        else if (UNHASHED.has(request.url)) reply.header('cache-control', 'no-cache');
    });
    app.setNotFoundHandler((request, reply) => {
        const reads = request.method === 'GET' || request.method === 'HEAD';
        const isPage = reads && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/');
        if (!isPage) throw new DomainError('request.notFound');
        return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').sendFile('index.html');
    });
}
