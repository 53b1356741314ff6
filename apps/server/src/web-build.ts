import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = new URL('../../../', import.meta.url).pathname;

/** Something built of sources: where it goes, and the program and arguments that build it into a folder. */
type Built = {
    readonly what: string;
    readonly sources: readonly string[];
    readonly dist: string;
    readonly build: (folder: string) => readonly string[];
};

const WEB: Built = {
    what: 'the pages',
    sources: ['apps/web', 'packages/domain', 'packages/contract', 'packages/ui'],
    dist: join(ROOT, 'apps/web/dist'),
    build: (folder) => [
        join(ROOT, 'node_modules/vite/bin/vite.js'),
        'build',
        join(ROOT, 'apps/web'),
        ...['--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
    ],
};

const VERIFIER: Built = {
    what: 'verify.html',
    sources: ['apps/verify', 'packages/domain', 'tools/verify-page.ts', 'tools/verifier-bundle.ts'],
    dist: join(ROOT, 'apps/verify/dist'),
    build: (folder) => [join(ROOT, 'tools/verify-page.ts'), join(folder, 'verify.html')],
};

const CHART: Built = {
    what: 'the chart for paper',
    sources: ['apps/web/src', 'packages/domain', 'packages/contract', 'packages/ui', 'tools/chart-program.ts'],
    dist: join(ROOT, 'apps/server/dist/chart'),
    build: (folder) => [join(ROOT, 'tools/chart-program.ts'), folder],
};

/** Versions that stay: a server that still runs serves the one it was started with. */
const KEPT = 3;

/** Folder of the built pages, building them first when their sources changed. */
export const builtWebPages = (log: (line: string) => void): Promise<string> => builtOf(WEB, log);

/** The same, coming back as soon as the build runs in a process of its own or is found not to be needed; `folder` follows. */
export const beginWebPages = (log: (line: string) => void): Promise<Begun> => begin(WEB, log);

/** The page that verifies packages, a file that goes into each of them; built first when its sources changed. */
export const builtVerifyPage = async (log: (line: string) => void): Promise<string> =>
    join(await builtOf(VERIFIER, log), 'verify.html');

/** The program that draws the chart of an act for paper; built first when its sources changed. */
export const builtChartProgram = async (log: (line: string) => void): Promise<string> =>
    join(await builtOf(CHART, log), 'printed-chart.mjs');

type Begun = { readonly folder: Promise<string> };

const builtOf = async (built: Built, log: (line: string) => void): Promise<string> => (await begin(built, log)).folder;

async function begin({ what, sources, dist, build }: Built, log: (line: string) => void): Promise<Begun> {
    const folder = join(dist, `pages-${(await fingerprint(sources)).slice(0, 16)}`);
    if (await isThere(folder)) return { folder: Promise.resolve(folder) };
    log(`building ${what}…`);
    return { folder: buildInto(folder, dist, build) };
}

/** Several processes may ask at once: each builds apart, and the first that is done gives the folder its name. */
async function buildInto(folder: string, dist: string, build: Built['build']): Promise<string> {
    const building = join(dist, `building-${randomUUID()}`);
    // Whoever asks may run under a test runner; the pages are always those that people get.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, build(building), { cwd: ROOT, env });
    await rename(building, folder).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
        await rm(building, { recursive: true });
    });
    await removeOld(dist, folder);
    return folder;
}

async function removeOld(dist: string, current: string): Promise<void> {
    const names = (await readdir(dist)).filter((name) => name.startsWith('pages-'));
    const found = await Promise.all(
        names.map(async (name) => ({
            path: join(dist, name),
            at: (await stat(join(dist, name)).catch(() => undefined))?.mtimeMs,
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
async function fingerprint(sources: readonly string[]): Promise<string> {
    const hash = createHash('sha256');
    for (const source of sources) {
        if (source.endsWith('.ts')) hash.update(await readFile(join(ROOT, source)));
        else await addFolder(hash, join(ROOT, source));
    }
    hash.update(await readFile(join(ROOT, 'package-lock.json')));
    return hash.digest('hex');
}

async function addFolder(hash: ReturnType<typeof createHash>, folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    const wanted = entries.filter(({ name }) => name !== 'dist' && name !== 'node_modules' && !name.includes('.test.'));
    const read = await Promise.all(
        wanted
            .sort((a, b) => (a.name < b.name ? -1 : 1))
            .map(async (entry) => {
                const path = join(folder, entry.name);
                return { path, bytes: entry.isDirectory() ? undefined : await readFile(path) };
            }),
    );
    for (const { path, bytes } of read) {
        if (bytes === undefined) await addFolder(hash, path);
        else hash.update(path.slice(ROOT.length)).update('\0').update(bytes);
    }
}

if (import.meta.main) {
    await builtWebPages(console.log);
    await builtVerifyPage(console.log);
    await builtChartProgram(console.log);
}
