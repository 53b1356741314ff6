import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'service-worker.js';
const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * Tells the service worker which files make up the program. Its own bytes thereby change with each of them: that is how a
 * browser notices a new version.
 */
export function serviceWorker(publicFolder: string): Plugin {
    return {
        name: 'liuhen-service-worker',
        apply: 'build',
        enforce: 'post',
        generateBundle(_options, bundle) {
            const worker = bundle[WORKER];
            const page = bundle['index.html'];
            if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error('the build has no page or no service worker');
            if (worker.imports.length > 0) throw new Error('the service worker has to be one file');
            const given = readdirSync(publicFolder).map(
                (name) => [name, sha256(readFileSync(join(publicFolder, name)))] as const,
            );
            const built = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'));
            const files = [...built, ...given.map(([name]) => name)].toSorted().map((name) => `/${name}`);
            const shell = { version: '', page: sha256(page.source), files };
            const version = sha256(JSON.stringify([shell, given, worker.code])).slice(0, 16);
            worker.code = `const SHELL=${JSON.stringify({ ...shell, version })};\n${worker.code}`;
        },
    };
}
