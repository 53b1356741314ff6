import { spawn } from 'node:child_process';
import { chown, lchown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import type { Account } from './account.ts';
import { type Binaries, programPath } from './binaries.ts';
import { syncFolder } from './durable-files.ts';
import { SUPERUSER } from './superuser-password.ts';

/** Where the cluster itself lies inside the supervisor's folder. */
export const dataFolderOf = (folder: string): string => join(folder, 'data');

/** From this major version the locale can come from PostgreSQL itself instead of the C library. */
const BUILTIN_LOCALE_SINCE = 17;

/** Staging folders of initdb; one that is found at a start was interrupted. */
const STAGING_PREFIX = 'initdb-';

/** Whether a complete cluster lies in the folder. Throws `postgres.versionMismatch` for one of another major version. */
export async function clusterExists(folder: string, binaries: Binaries): Promise<boolean> {
    const found = await readFile(join(dataFolderOf(folder), 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return null;
    });
    if (found !== null && Number(found) !== binaries.major) {
        throw new DomainError('postgres.versionMismatch', { found: found.trim(), wanted: binaries.major });
    }
    return found !== null;
}

/**
 * Makes a cluster with data checksums. It grows in a staging folder and takes its final name only when initdb has ended
 * well and everything is on disk, so that an interrupted initdb is never mistaken for a cluster.
 */
export async function createCluster(folder: string, binaries: Binaries, account: Account, password: string): Promise<void> {
    const staging = join(folder, `${STAGING_PREFIX}${process.pid}`);
    await mkdir(staging, { mode: 0o700 });
    await giveTo(account, staging);
    const passwordFile = join(staging, 'password');
    await writePasswordFile(passwordFile, account, password);
    const grown = join(staging, 'data');
    await runInitdb(grown, passwordFile, binaries, account);
    await rename(grown, dataFolderOf(folder));
    await syncFolder(folder);
    await rm(staging, { recursive: true, force: true });
}

/** Removes what an interrupted initdb left, its password file too. */
export async function removeInterruptedInitdb(folder: string, log: (line: string) => void): Promise<void> {
    for (const name of (await readdir(folder)).filter((entry) => entry.startsWith(STAGING_PREFIX))) {
        log(`removing the interrupted first start in ${join(folder, name)}`);
        // An orphaned initdb may still be writing there for a moment.
        await rm(join(folder, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
}

/** Makes the account the owner of the path; with everything in it when the owner differs so far. */
export async function giveTo(account: Account, path: string): Promise<void> {
    if (account.drop === null) return;
    const { uid, gid } = account.drop;
    if ((await stat(path)).uid === uid) return;
    const inside = await readdir(path, { recursive: true, withFileTypes: true });
    // Links are given away themselves, never what they point to.
    for (const entry of inside) await lchown(join(entry.parentPath, entry.name), uid, gid);
    await chown(path, uid, gid);
}

async function writePasswordFile(path: string, account: Account, password: string): Promise<void> {
    const file = await open(path, 'wx', 0o600);
    try {
        if (account.drop !== null) await file.chown(account.drop.uid, account.drop.gid);
        await file.writeFile(`${password}\n`);
    } finally {
        await file.close();
    }
}

/** The cluster's default locale is C.UTF-8 (code point order, Unicode letters); `C` where the system does not know it. */
async function runInitdb(data: string, passwordFile: string, binaries: Binaries, account: Account): Promise<void> {
    const failure = await tryInitdb(data, passwordFile, binaries, account, 'C.UTF-8');
    if (failure === null) return;
    if (!/invalid locale name|could not find suitable/.test(failure))
        throw new DomainError('postgres.startFailed', { reason: failure });
    await rm(data, { recursive: true, force: true });
    const second = await tryInitdb(data, passwordFile, binaries, account, 'C');
    if (second !== null) throw new DomainError('postgres.startFailed', { reason: second });
}

/** Runs initdb; null when it went well, else the last lines it printed. */
function tryInitdb(
    data: string,
    passwordFile: string,
    binaries: Binaries,
    account: Account,
    locale: string,
): Promise<string | null> {
    const provider = binaries.major >= BUILTIN_LOCALE_SINCE ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
    const args = [
        `--pgdata=${data}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--data-checksums',
        '--encoding=UTF8',
        `--locale=${locale}`,
        ...provider,
        '--lc-messages=C',
        '--no-instructions',
    ];
    return new Promise((resolve) => {
        const child = spawn(programPath(binaries.bin, 'initdb'), args, {
            ...account.drop,
            cwd: '/',
            env: serverEnvironment(),
            stdio: ['ignore', 'pipe', 'pipe'],
            windowsHide: true,
        });
        let tail = '';
        const keep = (chunk: Buffer): void => {
            tail = (tail + chunk.toString('utf8')).slice(-2_000);
        };
        child.stdout.on('data', keep);
        child.stderr.on('data', keep);
        child.on('error', (error) => resolve(error.message));
        child.on('close', (code, signal) => resolve(code === 0 ? null : tail.trim() || `initdb ended with ${signal ?? code}`));
    });
}

/** What the programs see of our environment: nothing but what they need to run, so that no secret of ours reaches them. */
export function serverEnvironment(): NodeJS.ProcessEnv {
    const passed = ['PATH', 'SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR'];
    const kept = passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
    return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
