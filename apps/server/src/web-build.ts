import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = new URL('../../../', import.meta.url).pathname;
const SOURCES = ['apps/web', 'packages/domain', 'packages/contract', 'packages/ui'];
const MARK = '.built-from';

/** Folder of the built pages, building them first when their sources changed. */
export async function builtWebPages(log: (line: string) => void): Promise<string> {
    const folder = join(ROOT, 'apps/web/dist');
    const wanted = await fingerprint();
    const built = await readFile(join(folder, MARK), 'utf8').catch(() => '');
    if (built === wanted) return folder;
    log('building the pages…');
    await promisify(execFile)(
        process.execPath,
        [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', join(ROOT, 'apps/web'), '--logLevel', 'warn'],
        { cwd: ROOT },
    );
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, MARK), wanted);
    return folder;
}

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
