import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = new URL('../../../', import.meta.url).pathname;
const SOURCES = ['apps/web', 'packages/domain', 'packages/contract', 'packages/ui'];
const DIST = join(ROOT, 'apps/web/dist');

/** Versions that stay: a server that still runs serves the one it was started with. */
const KEPT = 3;

/**
 * Folder of the built pages, building them first when their sources changed. Several processes may ask at once: each
 * builds apart, and the first that is done gives the folder its name.
 */
export async function builtWebPages(log: (line: string) => void): Promise<string> {
    const folder = join(DIST, `pages-${(await fingerprint()).slice(0, 16)}`);
    if (await isThere(folder)) return folder;
    log('building the pages…');
    const building = join(DIST, `building-${randomUUID()}`);
    await promisify(execFile)(
        process.execPath,
        [
            join(ROOT, 'node_modules/vite/bin/vite.js'),
            'build',
            join(ROOT, 'apps/web'),
            ...['--outDir', building, '--emptyOutDir', '--logLevel', 'warn'],
        ],
        // Whoever asks may run under a test runner; the pages are always those that people get.
        { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } },
    );
    await rename(building, folder).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
        await rm(building, { recursive: true });
    });
    await removeOld(folder);
    return folder;
}

async function removeOld(current: string): Promise<void> {
    const names = (await readdir(DIST)).filter((name) => name.startsWith('pages-'));
    const found = await Promise.all(
        names.map(async (name) => ({
            path: join(DIST, name),
            at: (await stat(join(DIST, name)).catch(() => undefined))?.mtimeMs,
        })),
    );
    const old = found.filter(({ path }) => path !== current).sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
    for (const { path } of old.slice(KEPT - 1)) await rm(path, { recursive: true, force: true });
}

const isThere = (path: string): Promise<boolean> =>
    stat(path).then(
        () => true,
        () => false,
    );

/** Digest of every source file's name and content: modification times lie after a checkout. */
async function fingerprint(): Promise<string> {
    const hash = createHash('sha256');
    for (const source of SOURCES) await addFolder(hash, join(ROOT, source));
    hash.update(await readFile(join(ROOT, 'package-lock.json')));
    return hash.digest('hex');
}

async function addFolder(hash: ReturnType<typeof createHash>, folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.name === 'dist' || entry.name === 'node_modules') continue;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) await addFolder(hash, path);
        else if (!entry.name.includes('.test.'))
            hash.update(path.slice(ROOT.length))
                .update('\0')
                .update(await readFile(path));
    }
}

if (import.meta.main) await builtWebPages(console.log);
