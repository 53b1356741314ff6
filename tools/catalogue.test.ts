import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints } from '@liuhen/contract';
import { CATALOGUE, RULE_IDS, RULES, shownOf } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { traceabilityPage } from './generate/traceability.ts';
import { ROOT } from './run.ts';

const shown = CATALOGUE.flatMap(({ clause, treatment }) => {
    const where = shownOf(treatment);
    return where === undefined ? [] : [{ id: clause.id, ...where }];
});

describe('what the catalogue of the notice points at', () => {
    it('is there: every test', async () => {
        const tests = new Set(shown.flatMap((each) => each.tests));
        const missing: string[] = [];
        for (const test of tests) await access(join(ROOT, test)).catch(() => missing.push(test));
        expect(missing).toEqual([]);
        expect([...tests].filter((test) => !/\.test\.tsx?$/.test(test))).toEqual([]);
    });

    it('is there: every endpoint', () => {
        const unknown = shown.flatMap(({ id, endpoints: named }) =>
            named.filter((each) => !Object.hasOwn(endpoints, each)).map((each) => `${id}: ${each}`),
        );
        expect(unknown).toEqual([]);
    });

    it('is there: every page', async () => {
        const files = ['router.tsx', 'compliance-routes.tsx', 'log-routes.tsx'].map((name) =>
            join(ROOT, 'apps/web/src/routes', name),
        );
        const router = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join();
        const paths = new Set([...router.matchAll(/path: '([^']+)'/g)].map(([, path]) => path));
        const unknown = shown.flatMap(({ id, pages }) =>
            pages.filter((each) => !paths.has(each)).map((each) => `${id}: ${each}`),
        );
        expect(unknown).toEqual([]);
    });
});

it('the page made from it names every rule beside each clause that it judges, and beside no other', async () => {
    const lines = (await traceabilityPage()).split('\n');
    const rows = lines.filter((line) => CATALOGUE.some(({ clause }) => line.startsWith(`| ${clause.id} |`)));
    const named = RULE_IDS.map((rule) => [
        rule,
        rows.filter((row) => row.split(' | ')[5]?.includes(`\`${rule}\``)).map((row) => row.split(' | ')[0]?.slice(2)),
    ]);
    const order = CATALOGUE.map(({ clause }) => clause.id);
    expect(named).toEqual(
        RULE_IDS.map((rule) => [rule, order.filter((id) => [...RULES[rule].clauses, ...RULES[rule].partClauses].includes(id))]),
    );
});
