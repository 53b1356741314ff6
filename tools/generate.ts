import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorsPage } from './generate/errors.ts';
import { faultsPage } from './generate/faults.ts';
import { openApi } from './generate/openapi.ts';
import { permissionsPage } from './generate/permissions.ts';
import { traceabilityPage } from './generate/traceability.ts';
import { verifierPage } from './generate/verifier.ts';
import { ROOT } from './run.ts';

/** Files made from the sources; committed, and compared in the check. The database types need a database: `npm run generate:db`. */
const GENERATED: Readonly<Record<string, () => string | Promise<string>>> = {
    'docs/generated/errors.md': errorsPage,
    'docs/generated/permissions.md': permissionsPage,
    'docs/generated/openapi.json': openApi,
    'docs/generated/traceability.md': traceabilityPage,
    'docs/generated/faults.md': faultsPage,
    'docs/generated/verifier.md': verifierPage,
};

const compare = process.argv.includes('--compare');
let stale = 0;
for (const [file, make] of Object.entries(GENERATED)) {
    const path = join(ROOT, file);
    const text = await make();
    if (!compare) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
        continue;
    }
    const committed = await readFile(path, 'utf8').catch(() => '');
    if (committed === text) continue;
    stale++;
    console.log(`  ${file} is not what the sources give: npm run generate`);
}
process.exit(stale === 0 ? 0 : 1);
