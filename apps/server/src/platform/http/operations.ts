import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { ObjectStore } from '../storage/store.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** `/healthz`: the process answers. `/readyz`: it can work. `/metrics`: figures, for this machine only. */
export function operationRoutes(app: FastifyInstance, parts: { db: Database; store: ObjectStore }): void {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: 'liuhen_' });
    const seconds = new Histogram({
        name: 'liuhen_http_seconds',
        help: 'Duration of requests',
        labelNames: ['method', 'route', 'status'],
        buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
        registers: [registry],
    });
    const failures = new Counter({ name: 'liuhen_http_failures_total', help: 'Answers with status 5xx', registers: [registry] });
    new Gauge({
        name: 'liuhen_database_connections',
        help: 'Connections of the pool',
        labelNames: ['state'],
        registers: [registry],
        collect() {
            this.set({ state: 'total' }, parts.db.pool.totalCount);
            this.set({ state: 'idle' }, parts.db.pool.idleCount);
            this.set({ state: 'waiting' }, parts.db.pool.waitingCount);
        },
    });
    app.addHook('onResponse', async (request, reply) => {
        seconds.observe(
            { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
            reply.elapsedTime / 1000,
        );
        if (reply.statusCode >= 500) failures.inc();
    });
    app.get('/healthz', async () => ({ ok: true }));
    app.get('/readyz', async (_request, reply) => {
        const [database, storage] = await Promise.all([
            databaseReady(parts.db),
            parts.store.health().catch(() => ({ ok: false as const, code: 'storage.unavailable' })),
        ]);
        const ready = database && storage.ok;
        return reply.code(ready ? 200 : 503).send({ ready, database, storage: storage.ok ? 'ok' : storage.code });
    });
    app.get('/metrics', async (request, reply) => {
        // A proxy on this machine also comes from loopback, but says for whom.
        const forwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
        if (forwarded || !LOOPBACK.has(request.socket.remoteAddress ?? '')) return reply.callNotFound();
        return reply.type(registry.contentType).send(await registry.metrics());
    });
}

async function databaseReady(db: Database): Promise<boolean> {
    try {
        // Durability is part of readiness: a server that may lose acknowledged commits is not ready for evidence.
        const { rows } = await db.pool.query<{ ok: boolean }>(
            `select current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as ok`,
        );
        return rows[0]?.ok === true;
    } catch {
        return false;
    }
}
