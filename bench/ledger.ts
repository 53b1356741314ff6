import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '@liuhen/domain';
import pg from 'pg';
import { systemClock } from '../apps/server/src/platform/clock.ts';
import { type CommandTools, runCommand } from '../apps/server/src/platform/command/command.ts';
import { createRefusalLog } from '../apps/server/src/platform/command/refusals.ts';
import { insertRow } from '../apps/server/src/platform/command/row-writer.ts';
import { kyselyOn } from '../apps/server/src/platform/db/client-dialect.ts';
import { openDatabase, scopeStatement } from '../apps/server/src/platform/db/database.ts';
import { goAhead, inOneTrip } from '../apps/server/src/platform/db/round-trip.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { openSigner } from '../apps/server/src/platform/signer.ts';
import type { DB } from '../apps/server/src/schema/db.generated.ts';
import { migrate } from '../apps/server/src/schema/migrate.ts';
import { median, printTable } from './table.ts';

const ROUNDS = 5;
const SECONDS = 3;
const ROW = {
    name: '虚构餐饮有限公司',
    kind: 'organisation',
    state: 'active',
    address: '示范路 188 号',
    search_text: '虚构餐饮有限公司 示范路 188 号',
} as const;

/**
 * The same business insert with and without its log entry: same connections, round trips, prepared statements and scope, same
 * command id kept, same table with its indexes, keys and row-level security. Without the entry there is no entry to build,
 * hash and sign, no append, and no trigger that asks for one. Variants alternate; medians of five rounds.
 */
export async function benchLedger(folder: string): Promise<void> {
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined });
    const clock = systemClock();
    try {
        await migrate({ url: server.url, appPassword: 'bench-app' });
        await makePlainTable(server.url);
        const url = new URL(server.url);
        url.username = 'liuhen_app';
        url.password = 'bench-app';
        const db = openDatabase({ url: url.href, max: 8, onError: () => undefined });
        await mkdir(join(folder, 'keys'), { recursive: true });
        const tools: CommandTools = {
            db,
            clock,
            signer: await openSigner(join(folder, 'keys')),
            refusals: createRefusalLog({ now: clock.now, write: async () => undefined, onError: () => undefined }),
        };
        const org = await foundOrganisation(tools);
        const variants = {
            plain: () => plainInsert(db.pool, org, clock.newId(), clock.newId(), clock.now()),
            logged: () => loggedInsert(tools, org, false),
            withJob: () => loggedInsert(tools, org, true),
        };
        const rates = await measure(variants);
        const syncs = await syncsPerSecond(join(folder, 'sync'));
        await db.close();
        const rate = (name: keyof typeof variants, writers: number) => median(rates.get(`${name} ${writers}`) ?? []);
        const perSecond = (value: number) => `${Math.round(value)}/s`;
        const line = (what: string, name: keyof typeof variants, writers: number) => {
            const ratio = rate(name, writers) / rate('plain', writers);
            return { what, value: perSecond(rate(name, writers)), against: perSecond(rate('plain', writers)), ratio };
        };
        const one = line('with log entry, 1 writer', 'logged', 1);
        const eight = line('with log entry, 8 writers', 'logged', 8);
        printTable('Ledger: a business insert with its log entry, against the same insert without', [
            { ...one, wanted: '≥ 0.60', met: one.ratio >= 0.6 },
            { ...eight, wanted: '≥ 1500/s', met: rate('logged', 8) >= 1500 },
            line('with log entry and one job, 1 writer', 'withJob', 1),
            line('with log entry and one job, 8 writers', 'withJob', 8),
            { what: 'the disk: 8 KiB written and fdatasynced, one after the other', value: perSecond(syncs) },
        ]);
    } finally {
        await server.stop();
    }
}

async function measure(variants: Record<string, () => Promise<unknown>>): Promise<Map<string, number[]>> {
    const rates = new Map<string, number[]>();
    for (let round = 0; round <= ROUNDS; round++) {
        const order = round % 2 === 0 ? Object.entries(variants) : Object.entries(variants).reverse();
        for (const writers of [1, 8]) {
            for (const [name, work] of order) {
                const rate = await ratePerSecond(work, writers, round === 0 ? 1 : SECONDS);
                // The first round only warms caches and compilers.
                if (round > 0) rates.set(`${name} ${writers}`, [...(rates.get(`${name} ${writers}`) ?? []), rate]);
            }
        }
    }
    return rates;
}

/** Commits to one log follow each other, each with its own sync: no log can be faster than this disk. */
async function syncsPerSecond(file: string): Promise<number> {
    const handle = await open(file, 'w');
    const block = Buffer.alloc(8192, 1);
    try {
        return await ratePerSecond(
            async () => {
                await handle.write(block, 0, block.length, 0);
                await handle.datasync();
            },
            1,
            SECONDS,
        );
    } finally {
        await handle.close();
    }
}

export async function ratePerSecond(work: () => Promise<unknown>, writers: number, seconds: number): Promise<number> {
    const start = performance.now();
    const end = start + seconds * 1000;
    let done = 0;
    await Promise.all(
        Array.from({ length: writers }, async () => {
            while (performance.now() < end) {
                await work();
                done++;
            }
        }),
    );
    return done / ((performance.now() - start) / 1000);
}

export function loggedInsert(tools: CommandTools, org: Id, job: boolean): Promise<unknown> {
    const id = tools.clock.newId();
    const context = { actor: org, orgId: org, readOrgs: [org], commandId: tools.clock.newId() };
    return runCommand(tools, context, 'party.create', async (tx) => {
        await insertRow(tx, 'party', { id, ...ROW });
        if (job) tx.enqueue({ task: 'bench', payload: { id } });
        return {
            result: { id },
            events: [{ kind: 'party.created', creates: [id], body: { name: ROW.name, address: ROW.address } }],
        };
    });
}

/**
 * The same work by hand, without entry: begin, scope, command look-up and Kysely's insert in one trip, then the command's row and
 * COMMIT in another; prepared and planned once, as commands are.
 */
async function plainInsert(pool: pg.Pool, org: Id, id: Id, commandId: Id, now: number): Promise<void> {
    const client = await pool.connect();
    try {
        goAhead(client, [
            { name: 'begin', text: 'begin' },
            scopeStatement({ readOrgs: [org], writeOrg: org }),
            {
                name: 'command.earlier',
                text: 'select kind, actor, org_id, fingerprint, result from liuhen.command where id = $1',
                values: [commandId],
                rows: true,
            },
        ]);
        await kyselyOn<{ 'liuhen.bench_plain': DB['party'] }>(client)
            .insertInto('liuhen.bench_plain')
            .values({ id, ...ROW, org_id: org, version: 1, command_id: commandId })
            .returningAll()
            .executeTakeFirstOrThrow();
        const fingerprint = createHash('sha256').update('').digest();
        await inOneTrip(client, [
            {
                name: 'command.keep',
                text: 'insert into liuhen.command (id, org_id, actor, kind, fingerprint, result, at) values ($1, $2, $3, $4, $5, $6, $7)',
                values: [commandId, org, org, 'party.create', fingerprint, JSON.stringify({ id }), now],
            },
            { name: 'commit', text: 'commit' },
        ]);
    } finally {
        client.release();
    }
}

/** The party table with its indexes, rights and row-level security, but without the trigger that asks for an entry. */
async function makePlainTable(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`set role liuhen_owner;
        create table liuhen.bench_plain (like liuhen.party including all);
        call liuhen.protect('bench_plain');
        drop trigger covered on liuhen.bench_plain;`);
    await client.end();
}

export async function foundOrganisation(tools: CommandTools): Promise<Id> {
    const org = tools.clock.newId();
    await runCommand(
        tools,
        { actor: org, orgId: org, readOrgs: [org], commandId: tools.clock.newId() },
        'organisation.create',
        async (tx) => {
            await insertRow(tx, 'organisation', { id: org, code: 'BENCH', name: '虚构机构', kind: 'districtInstitute' });
            return { result: null, events: [{ kind: 'organisation.created', creates: [org], body: { name: '虚构机构' } }] };
        },
    );
    return org;
}
