import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './run.ts';
import { bundleVerifier, CLI_ENTRY, PAGE_ENTRY } from './verifier-bundle.ts';
import { foreignIn, pinnedPackages } from './verifier-law.ts';
import { verifyProgram } from './verify-page.ts';

let folder: string;
let entries = 0;
beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-verifier-law-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A verifier that imports something more. */
async function importing(entry: string, more: string): Promise<string> {
    const path = join(folder, `entry-${++entries}.ts`);
    await writeFile(path, `${more}\nimport ${JSON.stringify(entry)};\n`);
    return path;
}

describe('what the verifiers hold', () => {
    it('is ours and the pinned packages, and the machine is asked for little', async () => {
        expect(foreignIn('cli', await bundleVerifier('cli'))).toEqual([]);
        expect(foreignIn('page', await bundleVerifier('page'))).toEqual([]);
    }, 60_000);

    it('is refused with anything else in it', async () => {
        const zod = `import { z } from '${ROOT}node_modules/zod/index.js';\nconsole.log(z);`;
        const http = `import { get } from 'node:http';\nconsole.log(get);`;
        const found = async (kind: 'page' | 'cli', more: string) =>
            foreignIn(kind, await bundleVerifier(kind, await importing(kind === 'page' ? PAGE_ENTRY : CLI_ENTRY, more))).join(
                '\n',
            );
        expect(await found('page', zod)).toContain('node_modules/zod/');
        expect(await found('cli', zod)).toContain('node_modules/zod/');
        expect(await found('cli', http)).toContain('cli: node:http');
        expect(foreignIn('page', { modules: [], externals: ['node:fs'] })).toEqual(['page: node:fs']);
    }, 60_000);

    it('is pinned: no package more, no range, no other version than in the lock file', async () => {
        expect((await pinnedPackages()).map(({ name }) => name)).toEqual(['@noble/curves', '@noble/hashes']);
        const original = JSON.parse(await readFile(join(ROOT, 'apps/verify/package.json'), 'utf8')) as {
            dependencies: Record<string, string>;
        };
        await mkdir(join(folder, 'apps/verify'), { recursive: true });
        await cp(join(ROOT, 'package-lock.json'), join(folder, 'package-lock.json'));
        const refused = async (more: Record<string, string>) => {
            const dependencies = { ...original.dependencies, ...more };
            await writeFile(join(folder, 'apps/verify/package.json'), JSON.stringify({ dependencies }));
            await expect(pinnedPackages(folder)).rejects.toThrow();
        };
        await refused({ zod: '4.0.0' });
        await refused({ '@noble/hashes': '^2.4.0' });
        await refused({ '@noble/hashes': '2.3.0' });
    });

    it('is one program that runs by itself', async () => {
        const path = join(folder, 'liuhen-verify.mjs');
        await writeFile(path, await verifyProgram());
        const { status, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' });
        expect([status, stderr]).toEqual([3, expect.stringContaining('liuhen-verify PACKAGE')]);
    }, 60_000);
});
