import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { ROOT } from '../run.ts';

/** A clause of 沪卫监督〔2020〕42号 as comments and test names cite it. */
const CLAUSE = /(附件[123]) ?第([0-9]+(?:[、–-][0-9]+)*)条|(正文[一二三四](?:\([一二三四]\)[0-9]?)?)/g;

/** Which files cite which clause: code that obeys or records it, tests that show it. Nothing here says that a clause is met. */
export async function traceabilityPage(): Promise<string> {
    const cited = new Map<string, { code: Set<string>; tests: Set<string> }>();
    const files = await glob(['packages/*/src/**/*.{ts,tsx}', 'apps/*/src/**/*.{ts,tsx,sql}', 'e2e/**/*.ts'], { cwd: ROOT });
    for (const file of files.sort()) {
        for (const clause of clausesOf(await readFile(join(ROOT, file), 'utf8'))) {
            const entry = cited.get(clause) ?? { code: new Set<string>(), tests: new Set<string>() };
            (file.includes('.test.') ? entry.tests : entry.code).add(file);
            cited.set(clause, entry);
        }
    }
    const list = (of: Set<string>) => [...of].map((file) => `\`${file}\``).join('<br>');
    const rows = [...cited]
        .sort(([a], [b]) => order(a).localeCompare(order(b)))
        .map(([clause, { code, tests }]) => `| ${clause} | ${list(code)} | ${list(tests)} |`);
    return [
        '# Traceability',
        '',
        'Made from the citations in sources and tests by `npm run generate`. It shows where a clause is looked after, not that it is met:',
        'the rules of the notice as an executable catalogue are not built yet.',
        '',
        '| clause | code | tests |',
        '|---|---|---|',
        ...rows,
        '',
    ].join('\n');
}

function clausesOf(text: string): Set<string> {
    const found = new Set<string>();
    for (const [, annex, articles, main] of text.matchAll(CLAUSE)) {
        if (main !== undefined) found.add(main);
        else for (const article of (articles ?? '').split('、')) found.add(`${annex} 第${article}条`);
    }
    return found;
}

const order = (clause: string): string => clause.replace(/[0-9]+/g, (digits) => digits.padStart(3, '0'));
