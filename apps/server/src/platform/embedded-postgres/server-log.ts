import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Log files kept, newest first. */
const KEPT_LOG_FILES = 8;

/** What the server printed before its log collector ran; written anew at every start. */
export const startLogPath = (folder: string): string => join(folder, 'log', 'start.log');

/** The last lines the server said about its latest start, for an error message. The log holds no statements and no secrets. */
export async function lastLogLines(folder: string, count = 8): Promise<string> {
    const newest = (await collectedFiles(folder)).at(-1);
    const early = startLogPath(folder);
    const collected = newest === undefined ? null : join(folder, 'log', newest);
    // When this start did not get as far as its log collector, the newest collected file is that of an earlier one.
    const paths = collected !== null && (await changedAt(collected)) >= (await changedAt(early)) ? [early, collected] : [early];
    const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
    const lines = texts.flatMap((text) => text.split('\n').filter((line) => line.trim() !== ''));
    return lines.slice(-count).join('\n');
}

const changedAt = (path: string): Promise<number> =>
    stat(path).then(
        (found) => found.mtimeMs,
        () => 0,
    );

/** Deletes all but the newest log files. Names carry the time, so their order is the order of age. */
export async function pruneServerLog(folder: string): Promise<void> {
    const old = (await collectedFiles(folder)).slice(0, -KEPT_LOG_FILES);
    await Promise.all(old.map((name) => rm(join(folder, 'log', name), { force: true })));
}

async function collectedFiles(folder: string): Promise<string[]> {
    const names = await readdir(join(folder, 'log')).catch(() => []);
    return names.filter((name) => /^server-.*\.log$/.test(name)).sort();
}
