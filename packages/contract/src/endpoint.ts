import type { Permission } from '@liuhen/domain';
import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One HTTP endpoint, said once: the server binding, the typed client, OpenAPI and the permission matrix follow from it.
 * `permission`: `public` needs no session, `signedIn` needs any session, everything else is looked up by `decide`.
 * `kind`: a `command` writes (and carries a command id, so that a retry is safe), a `query` only reads.
 */
export type Endpoint<
    P extends z.ZodType = z.ZodType,
    Q extends z.ZodType = z.ZodType,
    B extends z.ZodType = z.ZodType,
    R extends z.ZodType = z.ZodType,
> = {
    readonly method: Method;
    readonly path: string;
    readonly summary: string;
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly response: R;
    readonly errors: readonly ErrorCode[];
    readonly permission: Permission | 'public' | 'signedIn';
    readonly kind: 'query' | 'command';
    /** Bytes of a body, where it is more than a form: a file handed in whole. */
    readonly bodyLimit?: number;
};

/** Keeps the literal types of the definition. */
export const endpoint = <
    P extends z.ZodType = z.ZodUndefined,
    Q extends z.ZodType = z.ZodUndefined,
    B extends z.ZodType = z.ZodUndefined,
    R extends z.ZodType = z.ZodType,
>(
    definition: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> => definition;

type Of<S> = S extends z.ZodType ? z.infer<S> : undefined;
type InOf<S> = S extends z.ZodType ? z.input<S> : undefined;

export type ParamsOf<E> = E extends Endpoint<infer P, z.ZodType, z.ZodType, z.ZodType> ? Of<P> : never;
export type QueryOf<E> = E extends Endpoint<z.ZodType, infer Q, z.ZodType, z.ZodType> ? Of<Q> : never;
export type BodyOf<E> = E extends Endpoint<z.ZodType, z.ZodType, infer B, z.ZodType> ? Of<B> : never;
export type ResponseOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? Of<R> : never;

/** What the client passes: only the parts that the endpoint has. */
export type RequestOf<E> =
    E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
        ? (P extends z.ZodUndefined ? unknown : { params: InOf<P> }) &
              (Q extends z.ZodUndefined ? unknown : { query?: InOf<Q> }) &
              (B extends z.ZodUndefined ? unknown : { body: InOf<B> })
        : never;
