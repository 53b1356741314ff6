import type { FastifyRequest } from 'fastify';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether another site's page made a changing request (cross-site request forgery). Browsers state it in
 * Sec-Fetch-Site, older ones at least in Origin; a client that is no browser sends neither.
 */
export function isForeignOrigin(request: Pick<FastifyRequest, 'method' | 'headers' | 'host'>): boolean {
    if (SAFE_METHODS.has(request.method)) return false;
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
    const origin = request.headers.origin;
    return origin !== undefined && !isOwnOrigin(origin, request.host);
}

/** `null` (a sandboxed page) and nonsense are nobody's. Behind TLS the scheme differs, so only host and port are compared. */
function isOwnOrigin(origin: string, host: string): boolean {
    if (!URL.canParse(origin)) return false;
    const from = new URL(origin);
    // With the origin's own scheme, so that its default port is left out on both sides.
    const own = `${from.protocol}//${host}`;
    return from.host !== '' && URL.canParse(own) && new URL(own).host === from.host;
}
