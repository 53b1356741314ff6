import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { breaches } from './law.ts';
import { ROOT } from './run.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A tree with the project's own lint configuration and the given files. */
async function plant(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'liuhen-law-'));
    folders.push(folder);
    const config = JSON.parse(await readFile(join(ROOT, 'biome.json'), 'utf8')) as { vcs: unknown };
    await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
    }
    return folder;
}

const lint = (folder: string): Promise<string> =>
    new Promise((resolve) => {
        execFile(
            join(ROOT, 'node_modules/.bin/biome'),
            ['lint', '--max-diagnostics=none', '.'],
            { cwd: folder },
            (_error, stdout, stderr) => resolve(stdout + stderr),
        );
    });

describe('the import law', () => {
    const forbidden: [string, string, string][] = [
        ['packages/domain/src/a.ts', "import { readFile } from 'node:fs';\nexport const a = readFile;\n", 'domain is pure'],
        ['packages/domain/src/a.ts', "import { z } from 'zod';\nexport const a = z;\n", 'domain is pure'],
        ['packages/contract/src/a.ts', "import { useState } from 'react';\nexport const a = useState;\n", 'contract imports'],
        ['packages/ui/src/a.ts', "import { Button } from 'antd';\nexport const a = Button;\n", 'ui imports'],
        ['apps/web/src/a.ts', "import { x } from '../../server/src/app.ts';\nexport const a = x;\n", 'web imports'],
        ['apps/verify/src/a.ts', "import { z } from 'zod';\nexport const a = z;\n", 'verify imports'],
        ['apps/witness/src/a.ts', "import { x } from '../../server/src/app.ts';\nexport const a = x;\n", 'witness imports'],
        [
            'apps/witness/src/a.ts',
            "import { sha256 } from '@noble/hashes/sha2.js';\nexport const a = sha256;\n",
            'witness imports',
        ],
        [
            'apps/server/src/platform/a.ts',
            "import { x } from '../features/act/act.queries.ts';\nexport const a = x;\n",
            'platform imports',
        ],
        [
            'apps/server/src/features/act/a.ts',
            "import { x } from '../party/party.store.ts';\nexport const a = x;\n",
            'of another feature',
        ],
    ];
    it.each(forbidden)('refuses in %s: %s', async (file, text, message) => {
        expect(await lint(await plant({ [file]: text }))).toContain(message);
    });

    it('lets through what it allows', async () => {
        const folder = await plant({
            'packages/domain/src/b.ts': 'export const b = 1;\n',
            'packages/domain/src/a.ts': "import { b } from './b.ts';\n\nexport const a = b;\n",
            'packages/contract/src/a.ts':
                "import { b } from '@liuhen/domain';\nimport { z } from 'zod';\n\nexport const a = [b, z];\n",
            'apps/server/src/features/act/a.ts':
                "import { x } from '../party/party.queries.ts';\nimport { y } from '../../platform/clock.ts';\n\nexport const a = [x, y];\n",
        });
        expect(await lint(folder)).not.toContain('noRestrictedImports');
    });

    it('finds a cycle made of types only', async () => {
        const folder = await plant({
            'packages/domain/src/a.ts': "import type { B } from './b.ts';\n\nexport type A = { b: B };\n",
            'packages/domain/src/b.ts': "import type { A } from './a.ts';\n\nexport type B = { a: A };\n",
        });
        expect(await lint(folder)).toContain('noImportCycles');
    });
});

describe('the laws the linter does not know', () => {
    it('hold in the project', async () => {
        expect(await breaches()).toEqual([]);
    });

    it('are noticed when broken', async () => {
        const folder = await plant({
            'packages/domain/src/a.ts': 'export const now = Date.now();\n',
            'apps/server/src/features/act/act.commands.ts':
                "await tx.db.insertInto('act').execute();\nawait client.query('begin');\n",
            'tools/long.ts': '\n'.repeat(600),
        });
        expect((await breaches(folder)).map((each) => each.file).sort()).toEqual([
            'apps/server/src/features/act/act.commands.ts',
            'apps/server/src/features/act/act.commands.ts',
            'packages/domain/src/a.ts',
            'tools/long.ts',
        ]);
    });
});
