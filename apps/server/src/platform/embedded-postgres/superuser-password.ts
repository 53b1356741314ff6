import { randomBytes } from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import { writeSecretFile } from './durable-files.ts';

/** Name of the database superuser in every cluster of ours. */
export const SUPERUSER = 'postgres';

/**
 * The superuser's password from `<folder>/superuser-password`, made at the first start. It goes nowhere but into this
 * file, initdb's own password file and the connection. Throws `postgres.passwordMissing` when a cluster exists without it.
 */
export async function superuserPassword(folder: string, clusterExists: boolean): Promise<string> {
    const path = join(folder, 'superuser-password');
    const stored = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return '';
    });
    if (stored.trim() !== '') {
        await tightenMode(path);
        return stored.trim();
    }
    if (clusterExists) throw new DomainError('postgres.passwordMissing', { file: path });
    const password = randomBytes(32).toString('base64url');
    await writeSecretFile(path, `${password}\n`);
    return password;
}

/** A restored backup may have come back readable for everyone. */
async function tightenMode(path: string): Promise<void> {
    if (process.platform === 'win32') return;
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) await chmod(path, 0o600);
}
