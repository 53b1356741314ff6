import { createHash } from 'node:crypto';
import { type Client, type Endpoint, type EndpointId, endpoints } from '@liuhen/contract';
import { DomainError, decide, type Id, type Role } from '@liuhen/domain';
import { enforcementHandlers } from '../../feature-handlers.ts';
import type { Services } from '../../platform/services.ts';

/** Somebody at work. Whoever is signed in over the network (`Remote` of the tests) can take the place of one. */
export type Colleague = { readonly id: Id; readonly name: string; readonly call: Client['call'] };

export type ColleagueFacts = { readonly id: Id; readonly name: string; readonly orgId: Id; readonly roles: readonly Role[] };

/**
 * People who call the endpoints as the HTTP binding does: what goes in and what comes out is checked by the contract, and the
 * roles decide. Only sessions are left out: they would end between two days of a story, and each password takes its time.
 */
export function colleagues(services: Services): (who: ColleagueFacts) => Colleague {
    const handlers: Record<string, unknown> = enforcementHandlers(services);
    return ({ id, name, orgId, roles }) => {
        const subject = { personId: id, organisationId: orgId, roles, mustChangePassword: false };
        return {
            id,
            name,
            async call(endpointId, request) {
                const definition: Endpoint = endpoints[endpointId];
                const handler = handlers[endpointId] as ((call: unknown) => Promise<unknown>) | undefined;
                if (handler === undefined) throw new Error(`a story cannot call ${endpointId}`);
                const { permission } = definition;
                const own = { kind: 'organisation', organisationId: orgId } as const;
                if (permission !== 'public' && !decide(subject, permission, own, [], services.clock.now()).allow)
                    throw new DomainError('access.denied');
                const given = request as { params?: unknown; query?: unknown; body?: unknown };
                const answer = await handler({
                    params: definition.params?.parse(given.params ?? {}),
                    query: definition.query?.parse(given.query ?? {}),
                    body: definition.body?.parse(given.body ?? {}),
                    session: { subject },
                    command: {
                        actor: id,
                        orgId,
                        readOrgs: [orgId],
                        commandId: services.clock.newId(),
                        fingerprint: fingerprint(endpointId, given),
                    },
                });
                return definition.response.parse(answer) as never;
            },
        };
    };
}

const fingerprint = (endpointId: EndpointId, given: unknown): string =>
    createHash('sha256')
        .update(JSON.stringify([endpointId, given]))
        .digest('hex');
