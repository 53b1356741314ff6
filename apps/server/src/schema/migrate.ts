import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { DomainError } from '@liuhen/domain';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { ensureLogins, type Logins, retryConcurrent } from './logins.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);

/** Any number: the same for all nodes of one database, so that two starting at once do not migrate together. */
const MIGRATION_LOCK = 20_200_726;

const SILENT = new Logger(() => () => undefined);

export type MigrateOptions = Logins & {
    /** A role that may create roles and schemas in the database (the embedded one's superuser). */
    url: string;
    log?: (line: string) => void;
};

export type AppliedMigration = { name: string; sha256: string };

/**
 * Brings a database to the newest schema and returns what was applied now: roles, numbered SQL files in order (each in
 * one transaction, as the owner role), then the job queue. A file that changed after it was applied is refused.
 */
export async function migrate(options: MigrateOptions): Promise<AppliedMigration[]> {
    const client = new pg.Client({ connectionString: options.url });
    await client.connect();
    try {
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await ensureRoles(client, options);
        const applied = await applyFiles(client, options.log);
        await prepareJobQueue(client, options.url);
        return applied;
    } finally {
        await client.end();
    }
}

/** Roles belong to the whole cluster, and another database of it may be creating them at this very moment. */
async function ensureRoles(client: pg.Client, options: MigrateOptions): Promise<void> {
    const roles = [
        ['liuhen_owner', 'nologin'],
        ['liuhen_jobs', 'nologin'],
        ['liuhen_app', 'login'],
        ['liuhen_worker', 'login'],
        ['liuhen_reader', 'login'],
    ] as const;
    for (const [role, login] of roles) {
        await client.query(`do $$ begin
            if not exists (select from pg_roles where rolname = '${role}') then create role ${role} ${login} noinherit; end if;
        exception when duplicate_object or unique_violation then null; end $$`);
    }
    const database = (await client.query<{ name: string }>('select current_database() as name')).rows[0]?.name ?? '';
    await retryConcurrent(() => client.query('alter role liuhen_worker inherit'));
    await retryConcurrent(() => client.query('grant liuhen_jobs to liuhen_worker'));
    await retryConcurrent(() => client.query('grant liuhen_owner, liuhen_jobs to current_user'));
    await client.query(`grant create on database ${pg.escapeIdentifier(database)} to liuhen_owner, liuhen_jobs`);
    await client.query('grant create, usage on schema public to liuhen_owner');
    await ensureLogins(client, options);
}

/** Whether a database has every file of this program: what runs beside a server does not migrate under it. */
export async function isCurrent(url: string): Promise<boolean> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        const { rows } = await client.query<{ name: string }>('select name from migration.applied');
        const applied = new Set(rows.map((row) => row.name));
        return (await files()).every((name) => applied.has(name));
    } finally {
        await client.end();
    }
}

const files = async (): Promise<string[]> =>
    (await readdir(MIGRATIONS)).filter((file) => /^\d{4}_[a-z_]+\.sql$/.test(file)).sort();

async function applyFiles(client: pg.Client, log: MigrateOptions['log']): Promise<AppliedMigration[]> {
    await client.query('create schema if not exists migration authorization liuhen_owner');
    await client.query(`create table if not exists migration.applied (
        name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const done = new Map(
        (await client.query<AppliedMigration>('select name, sha256 from migration.applied')).rows.map((row) => [
            row.name,
            row.sha256,
        ]),
    );
    const applied: AppliedMigration[] = [];
    for (const name of await files()) {
        const text = await readFile(new URL(name, MIGRATIONS), 'utf8');
        const sha256 = createHash('sha256').update(text).digest('hex');
        const before = done.get(name);
        if (before === sha256) continue;
        if (before !== undefined) throw new DomainError('schema.migrationChanged', { name });
        log?.(`schema: ${name}`);
        await client.query('begin');
        try {
            await client.query('set local role liuhen_owner');
            await client.query(text);
            await client.query('reset role');
            await client.query('insert into migration.applied (name, sha256) values ($1, $2)', [name, sha256]);
            await client.query('commit');
        } catch (error) {
            await client.query('rollback');
            throw error;
        }
        applied.push({ name, sha256 });
    }
    return applied;
}

/**
 * The queue's tables have row-level security without policies, so they belong to a role of their own; the application
 * only gets `jobs.enqueue`, which puts a job into the caller's transaction.
 */
async function prepareJobQueue(client: pg.Client, url: string): Promise<void> {
    const pool = new pg.Pool({ connectionString: url, options: '-c role=liuhen_jobs', max: 1 });
    // An idle connection that breaks shows in the next query; without listeners it would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (each) => each.on('error', () => undefined));
    try {
        await runMigrations({ pgPool: pool, schema: 'graphile_worker', logger: SILENT });
    } finally {
        await pool.end();
    }
    await client.query('begin');
    await client.query('create schema if not exists jobs authorization liuhen_jobs');
    await client.query('set local role liuhen_jobs');
    await client.query(`
        create or replace function jobs.enqueue(p_task text, p_org uuid, p_payload json, p_key text, p_queue text) returns void
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
            perform graphile_worker.add_job(p_task, json_build_object('org', p_org, 'data', p_payload), queue_name => p_queue,
                max_attempts => 12, job_key => p_key);
        end $$;
        create or replace function jobs.enqueue_later(p_task text, p_org uuid, p_payload json, p_key text, p_queue text, p_after_ms int)
        returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
            perform graphile_worker.add_job(p_task, json_build_object('org', p_org, 'data', p_payload), queue_name => p_queue,
                max_attempts => 4, job_key => p_key, priority => 10, run_at => now() + p_after_ms * interval '1 ms');
        end $$;
        create or replace function jobs.failed(p_org uuid) returns table (id bigint, task text, attempts int, max_attempts int, last_error text, run_at timestamptz)
        language sql stable security definer set search_path = pg_catalog, pg_temp as $$
            select j.id, t.identifier, j.attempts, j.max_attempts, j.last_error, j.run_at
            from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
            where j.last_error is not null and j.payload ->> 'org' = p_org::text
            order by j.id
        $$;
        revoke all on function jobs.enqueue, jobs.enqueue_later, jobs.failed from public;
        grant usage on schema jobs to liuhen_app;
        grant execute on function jobs.enqueue, jobs.enqueue_later, jobs.failed to liuhen_app`);
    await client.query('commit');
}
