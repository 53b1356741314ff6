import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { zh } from './zh-CN.ts';

const root = join(import.meta.dirname, '../../../..');
const source = globSync('{apps/web,packages/*}/src/**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !/[/\\]text[/\\]|\.test\.tsx?$/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
const words = new Set(source.match(/[\w$]+/g));
/** What is put behind a name to look up a text, as in `${which}What`. */
const endings = [...source.matchAll(/\[`\$\{\w+\}(\w+)`\]/g)].map((each) => each[1] ?? '');

const named = (key: string) =>
    words.has(key) || endings.some((ending) => key.endsWith(ending) && words.has(key.slice(0, -ending.length)));
const unnamed = (of: unknown, path: readonly string[]): string[] =>
    typeof of === 'object' && of !== null
        ? Object.entries(of).flatMap(([key, each]) => unnamed(each, [...path, key]))
        : named(path.at(-1)?.split('.').at(-1) ?? '')
          ? []
          : [path.join('.')];

it('every text has a name that occurs where texts are used: one that nowhere does is not shown to anybody', () => {
    expect(words.size).toBeGreaterThan(1_000);
    expect(endings).toContain('What');
    expect(unnamed(zh, [])).toEqual([]);
});
