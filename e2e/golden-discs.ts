import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const golden = JSON.parse(
    readFileSync(new URL('../packages/domain/src/proof/package/golden/volumes-v1.json', import.meta.url), 'utf8'),
) as { policy: string; discs: Record<string, string>[] };

/** The golden package on three discs, each written into a folder of its own below `folder`, with the names of what is on it. */
export const goldenDiscs = (folder: string): { path: string; names: string[] }[] =>
    golden.discs.map((disc, at) => {
        const path = join(folder, `disc-${at + 1}`);
        for (const [name, text] of Object.entries(disc)) {
            mkdirSync(dirname(join(path, name)), { recursive: true });
            writeFileSync(join(path, name), Buffer.from(text, 'base64'));
        }
        return { path, names: Object.keys(disc) };
    });

export const goldenDiscsPolicy = golden.policy;
