import { catalogueCount } from './generate/traceability.ts';
import { breaches } from './law.ts';
import { ROOT, run } from './run.ts';

/** `npm run check`: what must hold before a commit, quickly. `--without-tests` leaves the unit tests to the caller. */
const failed: string[] = [];

async function step(name: string, work: () => Promise<boolean>): Promise<void> {
    const ok = await work();
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
    if (!ok) failed.push(name);
}

const node = (script: string, ...args: string[]) => run(process.execPath, [`${ROOT}node_modules/${script}`, ...args]);

await step(
    'types',
    async () =>
        (await node('typescript/bin/tsc', '--noEmit')) === 0 && (await node('typescript/bin/tsc', '-p', 'packages/domain')) === 0,
);
await step(
    'lint, formatting and import law',
    async () => (await node('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')) === 0,
);
await step('laws the linter does not know', async () => {
    const found = await breaches();
    for (const breach of found) console.log(`  ${breach.file}:${breach.line} ${breach.law}`);
    return found.length === 0;
});
console.log(`       ${catalogueCount()}`);
await step('generated files are up to date', async () => (await run(process.execPath, ['tools/generate.ts', '--compare'])) === 0);
if (!process.argv.includes('--without-tests')) {
    await step('unit tests', async () => (await node('vitest/vitest.mjs', 'run', '--project', 'unit')) === 0);
}
process.exit(failed.length === 0 ? 0 : 1);
