import { lstat, readdir, stat } from 'node:fs/promises';
import { fill } from '@liuhen/contract';
import { UsageError } from './io.ts';
import type { CliWords } from './words.zh-CN.ts';

/** A file by its path as bytes: recorders write names in GBK, which are no text here. */
export type LocalFile = { readonly path: Buffer; readonly name: Buffer };

const SLASH = Buffer.from('/');
const REPLACEMENT = '\ufffd';

/** The files named on the command line, folders with everything in them, in the order of their names, none twice. */
export async function localFiles(args: readonly string[], words: CliWords): Promise<LocalFile[]> {
    const found = new Map<string, LocalFile>();
    for (const path of await pathsOf(args, words)) {
        for (const file of await filesAt(path)) found.set(file.path.toString('hex'), file);
    }
    return [...found.values()];
}

/**
 * Arguments reach us as text, and bytes that are no UTF-8 as replacement characters. Such a name is looked up among the
 * names of its folder; one that fits several files is refused unless all of them were meant.
 */
async function pathsOf(args: readonly string[], words: CliWords): Promise<Buffer[]> {
    const paths: Buffer[] = [];
    for (const [arg, times] of countEach(args)) {
        const path = Buffer.from(arg);
        if ((await stat(path).catch(() => undefined)) !== undefined) {
            paths.push(path);
            continue;
        }
        const alike = arg.includes(REPLACEMENT) ? await namesLike(arg) : [];
        if (alike.length === 0) throw new UsageError(fill(words.fileNotFound, { file: arg }));
        if (alike.length > times) throw new UsageError(fill(words.fileAmbiguous, { file: arg }));
        paths.push(...alike);
    }
    return paths;
}

function countEach(args: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const arg of args) counts.set(arg, (counts.get(arg) ?? 0) + 1);
    return counts;
}

async function namesLike(arg: string): Promise<Buffer[]> {
    const at = arg.lastIndexOf('/');
    const folder = Buffer.from(at < 0 ? '.' : arg.slice(0, at) || '/');
    const names = await readdir(folder, { encoding: 'buffer' }).catch(() => []);
    return names.filter((name) => name.toString('utf8') === arg.slice(at + 1)).map((name) => joined(folder, name));
}

async function filesAt(path: Buffer): Promise<LocalFile[]> {
    if (!(await stat(path)).isDirectory()) return [{ path, name: lastPart(path) }];
    const names = (await readdir(path, { encoding: 'buffer' })).sort(Buffer.compare);
    const found: LocalFile[] = [];
    for (const name of names) {
        const inner = joined(path, name);
        // Links inside a folder are not followed: they may lead out of it, or round and round.
        const kind = await lstat(inner);
        if (kind.isDirectory()) found.push(...(await filesAt(inner)));
        else if (kind.isFile()) found.push({ path: inner, name });
    }
    return found;
}

const joined = (folder: Buffer, name: Buffer): Buffer =>
    folder.at(-1) === SLASH[0] ? Buffer.concat([folder, name]) : Buffer.concat([folder, SLASH, name]);

const lastPart = (path: Buffer): Buffer => path.subarray(path.lastIndexOf(SLASH) + 1);
