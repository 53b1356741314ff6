import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../run.ts';
import { bundleVerifier, type VerifierBundle } from '../verifier-bundle.ts';
import { foreignIn, PARTS, partOf, pinnedPackages } from '../verifier-law.ts';

/** Which modules and packages the verifiers hold, for whoever reads them before believing them. Throws where something else got in. */
export async function verifierPage(): Promise<string> {
    const [cli, page] = [await bundleVerifier('cli'), await bundleVerifier('page')];
    const foreign = [...foreignIn('cli', cli), ...foreignIn('page', page)];
    if (foreign.length > 0) throw new Error(`in a verifier, and not allowed there: ${foreign.join(', ')}`);
    const packages = await pinnedPackages();
    const all = [...new Set([...cli.modules, ...page.modules])].sort();
    const lines = new Map(await Promise.all(all.map(async (module) => [module, await linesOf(module)] as const)));
    const sum = (modules: readonly string[]) => modules.reduce((total, module) => total + (lines.get(module) ?? 0), 0);
    const of = (bundle: VerifierBundle, folder: string) => bundle.modules.filter((module) => partOf(module)?.folder === folder);
    const parts = PARTS.map(({ folder, name, may }) => {
        const [inCli, inPage] = [of(cli, folder), of(page, folder)];
        return `| ${name} | ${inCli.length} modules, ${sum(inCli)} lines | ${inPage.length} modules, ${sum(inPage)} lines | ${may} |`;
    });
    const rows = all.map((module) => {
        const where = (bundle: VerifierBundle) => (bundle.modules.includes(module) ? '✓' : '');
        return `| \`${module}\` | ${lines.get(module) ?? 0} | ${where(cli)} | ${where(page)} |`;
    });
    return `# What the verifiers are made of

Made from the sources by \`npm run generate\`; \`npm run check\` fails when it differs, and when anything else gets in (\`tools/verifier-law.ts\`).
\`npm run build:verify\` makes both from exactly these modules: \`liuhen-verify.mjs\`, one readable file for Node, and \`verify.html\`, one file for
a browser, and prints their SHA-256. A module of which nothing is used is in neither.

| part | liuhen-verify | verify.html | may import |
|---|---|---|---|
${parts.join('\n')}
| together | ${cli.modules.length} modules, ${sum(cli.modules)} lines | ${page.modules.length} modules, ${sum(page.modules)} lines | |

The command line asks Node for ${cli.externals.map((each) => `\`${each}\``).join(', ')}; digests of whole files come from there, and WebCrypto checks time-stamps. The page asks
the browser for WebCrypto, threads and the files that were chosen; its policy forbids it every network.

## Packages of others

| package | version | licence | digest of the package in the lock file |
|---|---|---|---|
${packages.map(({ name, version, integrity }) => `| ${name} | ${version} | MIT | \`${integrity}\` |`).join('\n')}

## Modules

| module | lines | liuhen-verify | verify.html |
|---|---|---|---|
${rows.join('\n')}
`;
}

const linesOf = async (module: string): Promise<number> => {
    const text = await readFile(join(ROOT, module), 'utf8').catch(() => '');
    return text === '' ? 0 : text.trimEnd().split('\n').length;
};
