import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { ERRORS, type ErrorBody, isErrorCode } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from 'fastify';
import { isUnavailable } from '../db/unavailable.ts';

const JSON_LIMIT = 1 << 20;
/** Routes, not addresses: an address could be made to look like another. */
const UNCOUNTED: ReadonlySet<string> = new Set(['/api/uploads/*', '/api/recordings/:id/content', '/healthz']);

export type HttpOptions = {
    logger: FastifyBaseLogger;
    /** Requests a client address may make in a minute; uploads and ranges of content are counted apart. */
    requestsPerMinute: number;
    /** Behind a TLS proxy: HSTS and `Secure` cookies. */
    https: boolean;
    /** Number of proxies believed; 0 for none. */
    trustProxy: number;
};

/** A Fastify instance with everything that is not about enforcement: headers, limits, request ids, error answers. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
    const app = Fastify({
        loggerInstance: options.logger,
        bodyLimit: JSON_LIMIT,
        trustProxy: options.trustProxy === 0 ? false : (_address: string, hop: number) => hop < options.trustProxy,
        requestIdHeader: false,
        genReqId: () => randomUUID(),
        logController: new LogController({ disableRequestLogging: true }),
        requestTimeout: 0,
        forceCloseConnections: 'idle',
        routerOptions: { maxParamLength: 200 },
    });
    await app.register(helmet, {
        contentSecurityPolicy: {
            useDefaults: false,
            directives: {
                defaultSrc: ["'self'"],
                scriptSrc: ["'self'"],
                // Ant Design writes its styles at run time.
                styleSrc: ["'self'", "'unsafe-inline'"],
                imgSrc: ["'self'", 'data:', 'blob:'],
                mediaSrc: ["'self'", 'blob:'],
                connectSrc: ["'self'"],
                // The service worker that keeps the program of the pages on the device.
                workerSrc: ["'self'"],
                objectSrc: ["'none'"],
                baseUri: ["'none'"],
                formAction: ["'self'"],
                frameAncestors: ["'none'"],
            },
        },
        strictTransportSecurity: options.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
        referrerPolicy: { policy: 'no-referrer' },
        crossOriginResourcePolicy: { policy: 'same-origin' },
    });
    await app.register(rateLimit, {
        max: options.requestsPerMinute,
        timeWindow: 60_000,
        // Bytes of uploads and recordings come in many small requests by nature.
        allowList: (request) => UNCOUNTED.has(request.routeOptions.url ?? ''),
        errorResponseBuilder: (_request, context) =>
            new DomainError('request.tooMany', { seconds: Math.ceil(context.ttl / 1000) }),
    });
    app.addHook('onSend', async (request, reply) => {
        reply.header('liuhen-request-id', request.id);
    });
    app.addHook('onResponse', async (request, reply) => {
        // The route's pattern, never the address: ids and search words stay out of the technical log.
        request.log.info(
            {
                method: request.method,
                route: request.routeOptions.url ?? 'none',
                status: reply.statusCode,
                ms: Math.round(reply.elapsedTime),
            },
            'request',
        );
    });
    app.setErrorHandler((error: FastifyError | DomainError, request, reply) => {
        const { status, body } = answerFor(error, request.id, request.routeOptions.bodyLimit);
        if (status >= 500) request.log.error({ code: body.code, cause: describe(error) }, 'failed');
        return reply.code(status).header('cache-control', 'no-store').send(body);
    });
    return app;
}

/** The answer for whatever was thrown; only the catalogue's words leave the server. */
export function answerFor(error: unknown, requestId: string, limit: number = JSON_LIMIT): { status: number; body: ErrorBody } {
    if (error instanceof DomainError && isErrorCode(error.code)) {
        return { status: ERRORS[error.code], body: { code: error.code, params: { ...error.params }, requestId } };
    }
    const { code, statusCode } = error as { code?: string; statusCode?: number };
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return known('request.tooLarge', { limit }, requestId);
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
        return known('request.invalid', { path: 'body' }, requestId);
    // The database refuses an entry on top of a head that does not continue the log.
    if (code === 'LH004') return known('ledger.damaged', {}, requestId);
    if (isUnavailable(error)) return known('server.unavailable', {}, requestId);
    return known('server.failed', { requestId }, requestId);
}

function known(code: keyof typeof ERRORS, params: ErrorBody['params'], requestId: string): { status: number; body: ErrorBody } {
    return { status: ERRORS[code], body: { code, params, requestId } };
}

/** Class, code and place of an error: no message of the database, which may quote values. */
function describe(error: unknown): { name: string; code?: string; stack?: string } {
    if (!(error instanceof Error)) return { name: typeof error };
    const { code, constraint } = error as { code?: string; constraint?: string };
    const stack = error.stack
        ?.split('\n')
        .filter((each) => each.trimStart().startsWith('at '))
        .slice(0, 8)
        .join('\n');
    return {
        name: `${error.name}${constraint === undefined ? '' : ` ${constraint}`}`,
        ...(code === undefined ? {} : { code }),
        ...(stack === undefined ? {} : { stack }),
    };
}
