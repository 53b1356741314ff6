import type { Endpoint, RequestOf, ResponseOf } from './endpoint.ts';
import { COMMAND_ID_HEADER, type EndpointId, type Endpoints, endpoints } from './endpoints.ts';
import { type ErrorBody, type ErrorCode, isErrorCode } from './errors.ts';

/** A failed request: the catalogue's code with its parameters, or `server.unavailable` when no answer came at all. */
export class RequestError extends Error {
    readonly code: ErrorCode;
    readonly params: Record<string, string | number>;
    readonly status: number;
    readonly requestId: string;

    constructor(status: number, body: ErrorBody, options?: { cause?: unknown }) {
        super(body.code, options);
        this.name = 'RequestError';
        this.status = status;
        this.code = body.code;
        this.params = body.params;
        this.requestId = body.requestId;
    }
}

export type CallOptions = {
    /** Retry of the same command: the same id makes it safe. A new one is made when absent. */
    commandId?: string;
    signal?: AbortSignal;
};

export type Client = {
    call<K extends EndpointId>(
        endpointId: K,
        request: RequestOf<Endpoints[K]>,
        options?: CallOptions,
    ): Promise<ResponseOf<Endpoints[K]>>;
};

export type ClientOptions = {
    /** Prefix such as `http://127.0.0.1:8080`; empty in the browser. */
    baseUrl?: string;
    fetch?: typeof fetch;
    /** New command ids; a UUID. */
    newCommandId: () => string;
    headers?: Record<string, string>;
};

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };

/** Typed calls to the server: paths, queries and answers all follow from the endpoint table. */
export function createClient(options: ClientOptions): Client {
    const send = options.fetch ?? fetch;
    return {
        async call(endpointId, request, callOptions = {}) {
            const definition: Endpoint = endpoints[endpointId];
            const loose = request as Loose;
            const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
            if (definition.kind === 'command') headers[COMMAND_ID_HEADER] = callOptions.commandId ?? options.newCommandId();
            if (loose.body !== undefined) headers['content-type'] = 'application/json';
            const response = await unlessOffline(() =>
                send((options.baseUrl ?? '') + pathOf(definition.path, loose), {
                    method: definition.method,
                    headers,
                    ...(loose.body === undefined ? {} : { body: JSON.stringify(loose.body) }),
                    ...(callOptions.signal === undefined ? {} : { signal: callOptions.signal }),
                }),
            );
            if (!response.ok) throw await requestErrorOf(response);
            return definition.response.parse(await response.json()) as never;
        },
    };
}

function pathOf(path: string, request: Loose): string {
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(request.params?.[name] ?? ''));
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {})) {
        if (value !== undefined && value !== '') query.set(name, String(value));
    }
    return query.size === 0 ? filled : `${filled}?${query}`;
}

async function unlessOffline(request: () => Promise<Response>): Promise<Response> {
    try {
        return await request();
    } catch (cause) {
        if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
        throw new RequestError(0, { code: 'server.unavailable', params: {}, requestId: '' }, { cause });
    }
}

/** What a refused answer says, for requests whose body is bytes and so has no endpoint of the table. */
export const requestErrorOf = async (response: Response): Promise<RequestError> =>
    new RequestError(response.status, await errorBody(response));

/** Proxies in between answer in their own words; those become `server.unavailable`. */
async function errorBody(response: Response): Promise<ErrorBody> {
    try {
        const body = (await response.json()) as Partial<ErrorBody>;
        if (typeof body.code === 'string' && isErrorCode(body.code)) {
            return { code: body.code, params: body.params ?? {}, requestId: body.requestId ?? '' };
        }
    } catch {
        // not JSON: falls through
    }
    return { code: 'server.unavailable', params: {}, requestId: '' };
}
