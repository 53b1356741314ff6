import { COMMAND_ID_HEADER, type EndpointId, type Endpoints, endpoints, type ResponseOf } from '@liuhen/contract';
import type { FastifyInstance } from 'fastify';
import { type IdentityOptions, identityHandlers } from '../features/identity/identity.routes.ts';
import { createSessions, type Sessions } from '../features/identity/sessions.ts';
import { bindEndpoints, type Handlers } from '../platform/http/bind.ts';
import { exportRoute } from '../platform/http/export-route.ts';
import { createHttpServer } from '../platform/http/server.ts';
import { TEST_PASSWORD, testHashing } from './builders.ts';
import type { TestServices } from './services.ts';

export type Answer<K extends EndpointId> = {
    status: number;
    /** Only meaningful for status 200. */
    body: ResponseOf<Endpoints[K]>;
    code: string | undefined;
    params: Record<string, string | number>;
    /** Set-Cookie, if the answer has one. */
    cookie: string | undefined;
};

export type Request = {
    params?: Readonly<Record<string, string>>;
    query?: Readonly<Record<string, string | number>>;
    body?: unknown;
    commandId?: string;
    headers?: Readonly<Record<string, string>>;
};

/** Somebody's browser: keeps its cookie and calls endpoints by id. */
export type Browser = {
    call<K extends EndpointId>(id: K, request?: Request): Promise<Answer<K>>;
    signIn(login: string, password?: string, code?: string): Promise<Answer<'session.open'>>;
    cookie: string | undefined;
};

export type TestHttp = { app: FastifyInstance; sessions: Sessions; browser(): Browser };

/**
 * The real binding and the real identity over injected requests. `handlers` are those of other nouns; what is missing
 * answers `server.failed` when it is called, after all checks before it.
 */
export async function testHttp(
    services: TestServices,
    options: Partial<IdentityOptions> & { handlers?: Partial<Handlers> } = {},
): Promise<TestHttp> {
    const sessions = createSessions(services);
    const { handlers, ...identity } = options;
    const app = await createHttpServer({
        logger: services.log,
        requestsPerMinute: 100_000,
        https: services.config.https,
        trustProxy: 0,
    });
    const notBuilt = async (): Promise<never> => {
        throw new Error('not built');
    };
    const bound = {
        handlers: {
            ...(Object.fromEntries(Object.keys(endpoints).map((id) => [id, notBuilt])) as unknown as Handlers),
            ...identityHandlers(services, { sessions, passwords: testHashing, refusalTakes: 0, ...identity }),
            ...handlers,
        },
        sessionOf: sessions.sessionOf,
        authorise: sessions.authorise,
    };
    bindEndpoints(app, bound);
    exportRoute(app, services, bound);
    return { app, sessions, browser: () => openBrowser(app, services) };
}

function openBrowser(app: FastifyInstance, services: TestServices): Browser {
    const browser: Browser = {
        cookie: undefined,
        async call<K extends EndpointId>(id: K, request: Request = {}): Promise<Answer<K>> {
            const { method, path, kind } = endpoints[id];
            const response = await app.inject({
                method,
                url: path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(request.params?.[name] ?? '')),
                query: Object.fromEntries(Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value)])),
                headers: {
                    ...(browser.cookie === undefined ? {} : { cookie: browser.cookie }),
                    ...(kind === 'command' ? { [COMMAND_ID_HEADER]: request.commandId ?? services.clock.newId() } : {}),
                    ...request.headers,
                },
                ...(request.body === undefined ? {} : { payload: request.body as object }),
            });
            const cookie = response.headers['set-cookie']?.toString();
            if (cookie !== undefined) browser.cookie = cookie.split(';')[0];
            const body = response.json();
            return { status: response.statusCode, body, code: body.code, params: body.params ?? {}, cookie };
        },
        signIn: (login, password = TEST_PASSWORD, code) =>
            browser.call('session.open', { body: { login, password, ...(code === undefined ? {} : { code }) } }),
    };
    return browser;
}
