import { createHash } from 'node:crypto';
import {
    type BodyOf,
    COMMAND_ID_HEADER,
    type Endpoint,
    type EndpointId,
    type Endpoints,
    endpoints,
    type ParamsOf,
    type QueryOf,
    type ResponseOf,
} from '@liuhen/contract';
import { DomainError, type Id, isId, type Subject, SYSTEM_ID } from '@liuhen/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { CommandContext } from '../command/command.ts';
import type { Session } from './session.ts';

/** What a handler gets: the validated parts of the request, and who asks. */
export type Call<E> = {
    params: ParamsOf<E>;
    query: QueryOf<E>;
    body: BodyOf<E>;
    /** Present unless the endpoint is public. */
    session: SessionOf<E>;
    /** For `runCommand`; only meaningful for commands. */
    command: CommandContext;
    requestId: string;
    request: FastifyRequest;
    reply: FastifyReply;
};
type SessionOf<E> = E extends { permission: 'public' } ? Session | undefined : Session;

export type Handler<K extends EndpointId> = (call: Call<Endpoints[K]>) => Promise<ResponseOf<Endpoints[K]>>;

/** One handler for every endpoint: a missing or surplus one does not compile. */
export type Handlers = { [K in EndpointId]: Handler<K> };

/** The handlers of some nouns; `Handlers` is put together from these. */
export type SomeHandlers<Prefix extends string> = {
    [K in EndpointId as K extends `${Prefix}.${string}` ? K : never]: Handler<K>;
};

export type BindOptions = {
    handlers: Handlers;
    /** Refuses by throwing; notes the refusal in the log. */
    authorise(
        session: Session | undefined,
        route: string,
        permission: Endpoint['permission'],
        request: FastifyRequest,
    ): Promise<void>;
    sessionOf(request: FastifyRequest): Promise<Session | undefined>;
};

/** Binds every endpoint of the contract: validation both ways, permission before anything else is looked at. */
export function bindEndpoints(app: FastifyInstance, options: BindOptions): void {
    for (const endpointId of Object.keys(endpoints) as EndpointId[]) bindOne(app, endpointId, options);
}

function bindOne(app: FastifyInstance, endpointId: EndpointId, options: BindOptions): void {
    const definition: Endpoint = endpoints[endpointId];
    const handler = options.handlers[endpointId] as (call: Call<Endpoint>) => Promise<unknown>;
    app.route({
        method: definition.method,
        url: definition.path,
        ...(definition.bodyLimit === undefined ? {} : { bodyLimit: definition.bodyLimit }),
        async handler(request, reply) {
            const session = await options.sessionOf(request);
            await options.authorise(session, endpointId, definition.permission, request);
            const call = {
                params: parsePart(definition.params, request.params, 'params'),
                query: parsePart(definition.query, request.query, 'query'),
                body: parsePart(definition.body, request.body, 'body'),
                session,
                command: commandContext(definition, endpointId, session, request),
                requestId: request.id,
                request,
                reply,
            } as unknown as Call<Endpoint>;
            const answer = await handler(call);
            reply.header('cache-control', 'no-store');
            // An answer that breaks the contract is a bug of the server, not of the caller.
            return definition.response.parse(answer);
        },
    });
}

export function parsePart(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    // An address with a piece cut off names nothing; that is what its reader needs to know.
    if (part === 'params') throw new DomainError('request.notFound');
    const [first] = parsed.error.issues;
    // What a person wrote and what is longer than may stand there is said as that, and by how many characters it may be.
    if (first?.code === 'too_big' && first.origin === 'string')
        throw new DomainError('request.textTooLong', { path: first.path.join('.'), most: Number(first.maximum) });
    const path = first?.path.join('.') ?? '';
    throw new DomainError('request.invalid', { path: path === '' ? part : path });
}

/** Bodies with passwords or with who complained leave no trace, not even a fingerprint that could be guessed at. */
const SECRET_BODIES: ReadonlySet<string> = new Set([
    'session.open',
    'session.changePassword',
    'session.confirmSecondFactor',
    'setup.run',
    'complaint.register',
    'complaint.keepIdentity',
]);

export function commandContext(
    definition: Pick<Endpoint, 'kind'>,
    endpointId: EndpointId,
    session: Session | undefined,
    request: FastifyRequest,
): CommandContext {
    const subject: Subject | undefined = session?.subject;
    const orgId = subject?.organisationId ?? SYSTEM_ID;
    return {
        actor: subject?.personId ?? SYSTEM_ID,
        orgId,
        readOrgs: [orgId],
        commandId: definition.kind === 'command' ? commandIdOf(request) : SYSTEM_ID,
        fingerprint: fingerprint(endpointId, request),
    };
}

function commandIdOf(request: FastifyRequest): Id {
    const given = request.headers[COMMAND_ID_HEADER];
    // A custom header also keeps other sites out: no page elsewhere can send it without our consent.
    if (typeof given !== 'string' || !isId(given) || given === SYSTEM_ID) throw new DomainError('request.commandIdMissing');
    return given;
}

function fingerprint(endpointId: EndpointId, request: FastifyRequest): string {
    const body = SECRET_BODIES.has(endpointId) ? '' : JSON.stringify(request.body ?? null);
    return createHash('sha256')
        .update(`${endpointId}\n${JSON.stringify(request.params ?? {})}\n${body}`)
        .digest('hex');
}
