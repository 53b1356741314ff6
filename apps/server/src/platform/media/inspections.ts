import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Inspection } from '@liuhen/domain';
import { type InspectOptions, inspectFile, inspectOwnFiles } from './inspect-file.ts';

/** Measures files, each in a process of its own; of bytes that are known before they come in it may do so ahead. */
export type Inspections = {
    /** Measures the file at `path`, whose bytes have this SHA-256 (hexadecimal). Rejects as `inspectFile` does. */
    inspect(path: string, sha256: string, options: InspectOptions): Promise<Inspection>;
    /**
     * Measures small files of our own one after the other, in this order, so that the answer is there when the same bytes
     * come in; each answer is given once. Resolves when nothing is left, or after `signal`. What fails here is measured when
     * it comes in.
     */
    measureAhead(paths: readonly string[], signal: AbortSignal): Promise<void>;
};

/** Files measured ahead by one process: whoever needs the first of them waits for the last. */
const AT_ONCE = 6;

export function openInspections(): Inspections {
    const waiting = new Map<string, string>();
    const begun = new Map<string, Promise<Inspection | undefined>>();
    return {
        async inspect(path, sha256, options) {
            waiting.delete(sha256);
            const ahead = begun.get(sha256);
            begun.delete(sha256);
            // What a profile names a log is judged by other rules, which nobody knew ahead.
            const known = options.namedLog === true ? undefined : await ahead;
            return known ?? (await inspectFile(path, options));
        },
        async measureAhead(paths, signal) {
            for (const path of paths) {
                const bytes = await readFile(path);
                waiting.set(createHash('sha256').update(bytes).digest('hex'), path);
            }
            for (;;) {
                const next = [...waiting].slice(0, AT_ONCE);
                if (next.length === 0 || signal.aborted) break;
                const paths = next.map(([, path]) => path);
                const measured = inspectOwnFiles(paths, signal).catch((): (Inspection | undefined)[] => []);
                for (const [index, [sha256]] of next.entries()) {
                    waiting.delete(sha256);
                    const own = measured.then((all) => (all[index]?.failed === undefined ? all[index] : undefined));
                    begun.set(sha256, own);
                }
                await measured;
            }
            // Nobody waits for these bytes any more.
            if (signal.aborted) for (const rest of [waiting, begun]) rest.clear();
        },
    };
}
