import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './run.ts';
import type { VerifierBundle } from './verifier-bundle.ts';

/** Packages that a verifier may hold, beside ours. */
export const PINNED = ['@noble/curves', '@noble/hashes'] as const;
/** What each part of a verifier may import; the first that fits counts. */
export const PARTS = [
    { folder: 'packages/domain/src/', name: 'domain', may: 'nothing outside itself' },
    { folder: 'apps/verify/src/page/', name: 'page', may: 'domain, the rest of apps/verify' },
    { folder: 'apps/verify/src/', name: 'verify', may: 'domain, `node:*` (on the command line), @noble/hashes, @noble/curves' },
    { folder: 'node_modules/@noble/hashes/', name: '@noble/hashes', may: 'itself' },
    { folder: 'node_modules/@noble/curves/', name: '@noble/curves', may: '@noble/hashes' },
] as const;
/** What the program of the command line asks Node for. */
const FROM_NODE = ['node:crypto', 'node:fs/promises', 'node:path', 'node:util'];
/** The bundler's own lines, which join modules. */
const OF_THE_BUNDLER = 'rolldown/runtime.js';

export const partOf = (module: string): (typeof PARTS)[number] | undefined =>
    PARTS.find(({ folder }) => module.startsWith(folder));

/** Everything in a verifier that must not be there. */
export function foreignIn(kind: 'page' | 'cli', { modules, externals }: Pick<VerifierBundle, 'modules' | 'externals'>): string[] {
    const allowed = kind === 'cli' ? FROM_NODE : [];
    return [
        ...modules.filter((module) => module !== OF_THE_BUNDLER && partOf(module) === undefined),
        ...modules.filter((module) => kind === 'cli' && module.startsWith('apps/verify/src/page/')),
        ...externals.filter((external) => !allowed.includes(external)),
    ].map((what) => `${kind}: ${what}`);
}

export type PinnedPackage = { readonly name: string; readonly version: string; readonly integrity: string };

/** The pinned packages as the lock file has them. Throws where `apps/verify` depends on more, on a range, or on another version. */
export async function pinnedPackages(root = ROOT): Promise<PinnedPackage[]> {
    const read = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8')) as Record<string, unknown>;
    const { dependencies } = (await read('apps/verify/package.json')) as { dependencies: Record<string, string> };
    const { packages } = (await read('package-lock.json')) as {
        packages: Record<string, { version?: string; integrity?: string }>;
    };
    const others = Object.keys(dependencies).filter((name) => name !== '@liuhen/domain' && !PINNED.some((each) => each === name));
    if (others.length > 0) throw new Error(`the verifier depends on ${others.join(', ')}`);
    return PINNED.map((name) => {
        const { version = '', integrity = '' } = packages[`node_modules/${name}`] ?? {};
        if (dependencies[name] !== version || integrity === '') throw new Error(`${name} is not pinned to one version`);
        return { name, version, integrity };
    });
}
