import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test, in the system's temporary folder. */
export type TemporaryFolder = { path: string; remove(): Promise<void> };

/** Makes a folder that an unprivileged database user may pass through, also when the tests run as root. */
export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
    const path = await realpath(await mkdtemp(join(tmpdir(), `liuhen-${name}-`)));
    await chmod(path, 0o711);
    return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }) };
}
