import { readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { DomainError } from '@liuhen/domain';
import pg from 'pg';
import { isMissing } from '../platform/storage/durable.ts';

/**
 * Folders whose files are made anew at every start (PostgreSQL manual, "Making a Base Backup Using the Low Level API"): they are kept
 * empty. The journal is taken by its own rule.
 */
const EMPTIED = new Set([
    'pg_wal',
    'pg_dynshmem',
    'pg_notify',
    'pg_replslot',
    'pg_serial',
    'pg_snapshots',
    'pg_stat_tmp',
    'pg_subtrans',
]);
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map', 'current_logfiles']);
const isTemporary = (name: string): boolean => name.startsWith('pgsql_tmp') || name === 'pg_internal.init';
const CONTROL = 'global/pg_control';

/** A thing to keep: a folder, or a file that is read from `from`. Paths are below the cluster's data folder, with `/`. */
export type ClusterThing = { readonly path: string; readonly from: string } | { readonly folder: string };

type Row = Record<string, string>;

/**
 * The files of a running cluster from which it starts again as it was at the end of the copy: its data while PostgreSQL knows that a
 * backup is made, the control file last, and the journal from its beginning to its end, which a replication slot keeps until it is copied.
 * Each file is given while it may still change: whoever keeps it reads it once through. Throws `backup.tablespaces`.
 */
export async function* clusterFiles(url: string, data: string, scratch: string): AsyncGenerator<ClusterThing> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    try {
        const one = async (text: string, values: unknown[] = []): Promise<Row> => {
            const { rows } = await client.query<Row>(text, values);
            return rows[0] ?? {};
        };
        const { others } = await one(
            `select count(*)::text as others from pg_tablespace where spcname not in ('pg_default', 'pg_global')`,
        );
        if (others !== '0') throw new DomainError('backup.tablespaces');
        await one(`select pg_create_physical_replication_slot('liuhen_backup_' || pg_backend_pid(), true, true)`);
        const { start = '' } = await one(
            `select pg_walfile_name(lsn) as start from pg_backup_start('liuhen backup', true) as lsn`,
        );
        yield* dataFiles(data);
        yield { path: CONTROL, from: join(data, CONTROL) };
        const stopped = await one(
            'select pg_walfile_name(lsn) as stop, labelfile as label from pg_backup_stop(wait_for_archive => false)',
        );
        const label = join(scratch, 'backup_label');
        await writeFile(label, stopped.label ?? '', { mode: 0o600 });
        yield { path: 'backup_label', from: label };
        for (const name of await journal(data, start, stopped.stop ?? ''))
            yield { path: `pg_wal/${name}`, from: join(data, 'pg_wal', name) };
    } finally {
        await client.end();
    }
}

async function* dataFiles(data: string, folder = data): AsyncGenerator<ClusterThing> {
    for (const entry of await entriesOf(folder)) {
        const from = join(folder, entry.name);
        const path = relative(data, from).split(sep).join('/');
        if (LEFT_OUT.has(path) || isTemporary(entry.name) || path === CONTROL) continue;
        if (entry.isDirectory()) {
            yield { folder: path };
            if (path === 'pg_wal') yield* foldersIn(data, from);
            if (!EMPTIED.has(path)) yield* dataFiles(data, from);
        } else if (entry.isFile()) yield { path, from };
    }
}

/** What PostgreSQL expects to find beside its journal. */
async function* foldersIn(data: string, folder: string): AsyncGenerator<ClusterThing> {
    for (const entry of await entriesOf(folder))
        if (entry.isDirectory()) yield { folder: relative(data, join(folder, entry.name)).split(sep).join('/') };
}

/** Segments of the journal from the first to the last that is needed, and what tells its branches apart. */
async function journal(data: string, first: string, last: string): Promise<string[]> {
    const names = (await entriesOf(join(data, 'pg_wal'))).filter((entry) => entry.isFile()).map(({ name }) => name);
    return names
        .filter((name) => name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last))
        .sort();
}

/** A table may be dropped while we look. */
async function entriesOf(folder: string) {
    try {
        return await readdir(folder, { withFileTypes: true });
    } catch (error) {
        if (isMissing(error)) return [];
        throw error;
    }
}
