import { execFile } from 'node:child_process';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { DomainError } from '@liuhen/domain';

const run = promisify(execFile);

/** Names tried when the supervisor runs as root, which PostgreSQL refuses to run as. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/** The user that runs the database. `drop` is set only when the supervisor is root and steps down to that user. */
export type Account = { name: string; drop: { uid: number; gid: number } | null };

/**
 * Chooses who runs the database: an ordinary user runs it himself; root steps down to the owner of the existing data
 * folder, else to `postgres`, else to `nobody`. The account needs an entry in /etc/passwd, PostgreSQL looks itself up.
 */
export async function chooseAccount(dataFolder: string): Promise<Account> {
    if (process.getuid?.() !== 0) return { name: ownName(), drop: null };
    const entries = await readPasswd();
    const owner = await stat(dataFolder).then(
        (found) => found.uid,
        () => 0,
    );
    const chosen =
        entries.find((entry) => owner !== 0 && entry.uid === owner) ??
        UNPRIVILEGED.map((name) => entries.find((entry) => entry.name === name)).find((entry) => entry !== undefined);
    if (chosen === undefined) throw new DomainError('postgres.noUnprivilegedUser', { users: UNPRIVILEGED.join(', ') });
    return { name: chosen.name, drop: { uid: chosen.uid, gid: chosen.gid } };
}

/**
 * Throws `postgres.cannotTraverse` with the first folder (from the root downwards) that keeps the account from any of
 * these paths. The kernel is asked, as that user, so access lists and mount options count too.
 */
export async function assertReachable(account: Account, paths: string[]): Promise<void> {
    if (process.platform === 'win32') return;
    const chain = [...new Set(paths.flatMap(withParents))];
    const blocked = account.drop === null ? await firstBlockedForUs(chain) : await firstBlockedFor(account.drop, chain);
    if (blocked !== null) throw new DomainError('postgres.cannotTraverse', { folder: blocked, user: account.name });
}

/** The path and all folders above it, from the root downwards. */
function withParents(path: string): string[] {
    const parent = dirname(path);
    return parent === path ? [path] : [...withParents(parent), path];
}

async function firstBlockedForUs(chain: string[]): Promise<string | null> {
    for (const path of chain) {
        if (!(await access(path, constants.X_OK).then(() => true, isMissing))) return path;
    }
    return null;
}

/** A path that does not exist yet blocks nobody: whoever creates it decides. */
const isMissing = (error: NodeJS.ErrnoException): boolean => error.code === 'ENOENT';

async function firstBlockedFor(user: { uid: number; gid: number }, chain: string[]): Promise<string | null> {
    const script = 'for path; do [ -x "$path" ] || { printf %s "$path"; exit 0; }; done';
    const { stdout } = await run('/bin/sh', ['-c', script, 'sh', ...chain], { ...user, cwd: '/', env: {} });
    return stdout === '' ? null : stdout;
}

async function readPasswd(): Promise<{ name: string; uid: number; gid: number }[]> {
    const text = await readFile('/etc/passwd', 'utf8');
    return text
        .split('\n')
        .map((line) => line.split(':'))
        .filter((fields) => fields.length >= 4)
        .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }));
}

function ownName(): string {
    try {
        return userInfo().username;
    } catch {
        return `uid ${process.getuid?.() ?? '?'}`;
    }
}
