import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
    BUILDS,
    type Build,
    buildOf,
    CATALOGUE,
    type CatalogueItem,
    lacksOf,
    RULES_TO_COME,
    rulesOfClause,
    shownOf,
} from '@liuhen/domain';
import { glob } from 'tinyglobby';
import { ROOT } from '../run.ts';

/** A clause of 沪卫监督〔2020〕42号 as comments and test names cite it. */
const CLAUSE = /(附件[123]) ?第([0-9]+(?:[、–-][0-9]+)*)条|(正文[一二三四](?:\([一二三四]\)[0-9]?)?)/g;

const WORDS: Readonly<Record<Build, string>> = {
    rule: 'judged',
    feature: 'enforced or recorded',
    partly: 'in part',
    attestation: 'confirmed by people',
    notBuilt: 'not built',
    notJudged: 'not for software to judge',
};

/** How many clauses stand how, in one line. */
export const catalogueCount = (): string =>
    `${CATALOGUE.length} clauses: ${BUILDS.map((build) => `${CATALOGUE.filter(({ treatment }) => buildOf(treatment) === build).length} ${WORDS[build]}`).join(', ')}`;

const list = (of: Iterable<string> = []): string => [...of].map((each) => `\`${each}\``).join('<br>');

function catalogueRow({ clause, treatment }: CatalogueItem): string {
    const [shown, lacking] = [shownOf(treatment), lacksOf(treatment)];
    const lacks = lacking === undefined ? '' : ` **Lacks:** ${lacking.en}`;
    const stands = WORDS[buildOf(treatment)] + (treatment.as === 'notBuilt' ? ` (${treatment.needs})` : '');
    const cells = [clause.id, clause.article, clause.quote, stands, treatment.en + lacks, list(rulesOfClause(clause.id))];
    return `| ${[...cells, list(shown?.endpoints), list(shown?.pages), list(shown?.tests)].join(' | ')} |`;
}

/**
 * What the catalogue says of each clause, and which files cite which article. A clause that is judged, enforced or recorded is one whose
 * tests would fail if it were not; that somebody meets it is another matter.
 */
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
    const rows = [...cited]
        .sort(([a], [b]) => order(a).localeCompare(order(b)))
        .map(([clause, { code, tests }]) => `| ${clause} | ${list(code)} | ${list(tests)} |`);
    return [
        '# Traceability',
        '',
        'Made by `npm run generate` from the catalogue in `packages/domain/src/compliance` and from the citations in sources and tests.',
        '',
        `${catalogueCount()}.`,
        '',
        '## The catalogue',
        '',
        '| clause | article | words | stands | what the system does | rules | endpoints | pages | tests |',
        '|---|---|---|---|---|---|---|---|---|',
        ...CATALOGUE.map(catalogueRow),
        '',
        '## Rules that are not built',
        '',
        'Their facts come with later work; what is kept already is told apart.',
        '',
        '| rule | clauses | what it will judge | facts that are here | facts that it needs |',
        '|---|---|---|---|---|',
        ...RULES_TO_COME.map(({ id, clauses, en, facts }) => {
            const named = (isHere: boolean) => facts.filter((each) => each.isHere === isHere).map((each) => each.en);
            return `| ${[id, clauses.join(', '), en, named(true).join('; '), named(false).join('; ')].join(' | ')} |`;
        }),
        '',
        '## Where articles are cited',
        '',
        'It shows where an article is looked after, not that it is met.',
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
