import { relative } from 'node:path';
import { build } from 'vite';
import { ROOT } from './run.ts';

/** What a verifier is made of: its code as one file, the modules in it by their paths in this folder, and what it takes from the machine. */
export type VerifierBundle = {
    readonly code: string;
    readonly modules: readonly string[];
    readonly externals: readonly string[];
};

export const PAGE_ENTRY = `${ROOT}apps/verify/src/page/entry.ts`;
export const CLI_ENTRY = `${ROOT}apps/verify/src/main.ts`;

/** `verify.html` is a script of its own; the program of the command line may ask Node for what it names. Nothing is loaded at run time. */
export async function bundleVerifier(
    kind: 'page' | 'cli',
    entry = kind === 'page' ? PAGE_ENTRY : CLI_ENTRY,
): Promise<VerifierBundle> {
    const built = await build({
        configFile: false,
        logLevel: 'error',
        root: `${ROOT}apps/verify/src`,
        build: {
            write: false,
            target: kind === 'page' ? ['chrome108', 'firefox115', 'safari16'] : 'node24',
            // A program that is read by whoever doubts it keeps its names and lines.
            minify: kind === 'page',
            lib: { entry, formats: [kind === 'page' ? 'iife' : 'es'], name: 'liuhen' },
            rollupOptions: { external: kind === 'page' ? [] : [/^node:/] },
        },
    });
    const [output] = Array.isArray(built) ? built : [built];
    if (output === undefined || !('output' in output)) throw new Error('nothing was built');
    const [chunk, ...more] = output.output;
    if (chunk.type !== 'chunk' || more.length > 0 || chunk.dynamicImports.length > 0) throw new Error('a verifier is one file');
    const modules = Object.entries(chunk.modules)
        .filter(([, { renderedLength }]) => renderedLength > 0)
        .map(([id]) => (id.startsWith('\0') ? id.slice(1) : relative(ROOT, id)));
    return { code: chunk.code.trim(), modules: modules.sort(), externals: [...chunk.imports].sort() };
}
