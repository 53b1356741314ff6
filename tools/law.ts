import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { ROOT } from './run.ts';

export type Breach = { file: string; line: number; law: string };

type Law = { law: string; in: readonly string[]; not?: readonly string[]; pattern: RegExp };

/** What the linter has no rule for. Each law names where it holds, where it does not, and what it looks for. */
const LAWS: readonly Law[] = [
    {
        law: 'domain is pure: no clock and no chance',
        in: ['packages/domain/src/**/*.ts'],
        not: ['**/*.test.ts', '**/golden/**'],
        pattern: /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(/,
    },
    {
        law: 'time and new ids come from platform/clock.ts',
        in: ['apps/server/src/features/**/*.ts', 'apps/server/src/platform/**/*.ts'],
        not: [
            '**/*.test.ts',
            '**/*.fixture.ts',
            'apps/server/src/platform/clock.ts',
            'apps/server/src/platform/embedded-postgres/**',
            '**/testing/**',
        ],
        pattern: /Date\.now\(\)|new Date\(\)|Math\.random\(/,
    },
    {
        law: 'rows are written in *.store.ts and platform/ only',
        in: ['apps/server/src/**/*.ts'],
        not: [
            '**/*.test.ts',
            '**/*.store.ts',
            'apps/server/src/platform/**',
            'apps/server/src/testing/**',
            'apps/server/src/schema/**',
        ],
        pattern: /\.(insertInto|updateTable|deleteFrom|mergeInto)\(|\b(insertRow|updateRow)\(/,
    },
    {
        law: 'only platform/command opens a write transaction',
        in: ['apps/server/src/**/*.ts'],
        not: ['**/*.test.ts', 'apps/server/src/platform/**', 'apps/server/src/testing/**', 'apps/server/src/schema/**'],
        pattern: /query\(\s*['"`]begin(?![^'"`]*read only)/i,
    },
    {
        law: 'only platform/command appends to the log',
        in: ['apps/server/src/**/*.ts'],
        not: ['**/*.test.ts', 'apps/server/src/platform/command/**', 'apps/server/src/testing/**'],
        pattern: /ledger\.append\(/,
    },
];

const MOST_LINES = 500;

/** Every breach in the tree below `root`. */
export async function breaches(root: string = ROOT): Promise<Breach[]> {
    const found: Breach[] = [];
    for (const law of LAWS) {
        const files = await glob([...law.in], { cwd: root, ignore: ['**/node_modules/**', ...(law.not ?? [])] });
        for (const file of files) found.push(...(await linesMatching(root, file, law)));
    }
    const sources = ['packages/*/src/**/*.{ts,tsx}', 'apps/*/src/**/*.{ts,tsx}', 'tools/**/*.ts', 'bench/**/*.ts', 'e2e/**/*.ts'];
    for (const file of await glob(sources, { cwd: root, ignore: ['**/*.generated.ts', '**/node_modules/**'] })) {
        const lines = (await readFile(join(root, file), 'utf8')).split('\n').length;
        if (lines > MOST_LINES) found.push({ file, line: lines, law: `a file has at most ${MOST_LINES} lines` });
    }
    return found;
}

async function linesMatching(root: string, file: string, law: Law): Promise<Breach[]> {
    const lines = (await readFile(join(root, file), 'utf8')).split('\n');
    return lines.flatMap((text, index) =>
        law.pattern.test(text) && !/^\s*(\*|\/\/|\/\*)/.test(text) ? [{ file, line: index + 1, law: law.law }] : [],
    );
}
