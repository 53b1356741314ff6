import { createHash } from 'node:crypto';
import { type EndpointId, type Endpoints, endpoints, type RequestOf, type ResponseOf } from '@liuhen/contract';
import type { Id, PersonKind, Role } from '@liuhen/domain';
import pg from 'pg';
import { expect } from 'vitest';
import { type VerifyOptions, verifyLedger } from '../features/ledger/verify-ledger.ts';
import type { LedgerReport } from '../features/ledger/verify-report.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { type BuiltOrganisation, buildOrganisation, buildPerson, commandBy } from './builders.ts';
import { type TestServices, testServices } from './services.ts';

/** The services of a test file with what looks at its database from outside the application. */
export type FeatureSystem = {
    services: TestServices;
    /** Of a superuser: for tampering with what the application cannot. */
    superPool: pg.Pool;
    /** Verifies every log and row as the reader role does. */
    verify(options?: Omit<VerifyOptions, 'pool'>): Promise<LedgerReport>;
    /** For the end of every feature test: nothing is wrong with any log or row. */
    expectSound(): Promise<void>;
    close(): Promise<void>;
};

export async function featureSystem(): Promise<FeatureSystem> {
    const services = await testServices();
    const superPool = new pg.Pool({ connectionString: services.database.superUrl, max: 2 });
    const readerPool = new pg.Pool({ connectionString: services.database.readerUrl, max: 2 });
    // Connections that end with a dropped database are no failure.
    for (const pool of [superPool, readerPool]) pool.on('error', () => undefined);
    const verify = (options: Omit<VerifyOptions, 'pool'> = {}) => verifyLedger({ ...options, pool: readerPool });
    return {
        services,
        superPool,
        verify,
        async expectSound() {
            const { findings, total, logs } = await verify();
            expect({ findings, total }).toEqual({ findings: [], total: 0 });
            expect(logs.length).toBeGreaterThan(0);
        },
        async close() {
            await Promise.all([superPool.end(), readerPool.end()]);
            await services.close();
        },
    };
}

/** An organisation, and one of its officers, in whose name it is called. */
export type TestOrganisation = BuiltOrganisation & { code: string; actor: Id; roles?: readonly Role[] };

export async function addOrganisation(system: FeatureSystem, code: string, name: string): Promise<TestOrganisation> {
    const built = await buildOrganisation(system.services, { code, name });
    const { id: actor } = await buildPerson(system.services, built, { name: '陈默' });
    return { ...built, code, actor };
}

/** A person of the organisation; officers have a certificate number. */
export const addPerson = async (system: FeatureSystem, of: TestOrganisation, name: string, kind: PersonKind): Promise<Id> =>
    (await buildPerson(system.services, of, { name, kind })).id;

/**
 * Calls endpoints as the HTTP binding does: what goes in and what comes out is checked by the contract. `commandId` is
 * given to repeat a command.
 */
export function caller<K extends EndpointId>(system: FeatureSystem, handlers: Pick<Handlers, K>) {
    return async <E extends K>(
        endpointId: E,
        who: TestOrganisation,
        request: RequestOf<Endpoints[E]>,
        commandId?: Id,
    ): Promise<ResponseOf<Endpoints[E]>> => {
        const definition = endpoints[endpointId] as (typeof endpoints)[EndpointId];
        const given = request as { params?: unknown; query?: unknown; body?: unknown };
        const part = (name: 'params' | 'query' | 'body') => definition[name]?.parse(given[name] ?? {});
        const fingerprint = createHash('sha256')
            .update(JSON.stringify([endpointId, given]))
            .digest('hex');
        const command = commandBy(system.services, who.id, who.actor);
        const handler = handlers[endpointId] as (call: unknown) => Promise<unknown>;
        const answer = await handler({
            params: part('params'),
            query: part('query'),
            body: part('body'),
            session: {
                subject: { personId: who.actor, organisationId: who.id, roles: who.roles ?? [], mustChangePassword: false },
            },
            command: { ...command, ...(commandId === undefined ? {} : { commandId }), fingerprint },
        });
        return definition.response.parse(answer) as ResponseOf<Endpoints[E]>;
    };
}
