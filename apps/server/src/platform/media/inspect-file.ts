import { type FileHandle, open, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inspection, MeasuredFile } from '@liuhen/domain';
import { inspectionOf } from '@liuhen/domain';
import type { LimitedOutcome, ProcessLimits } from './limited-process.ts';
import { besides, runLimited } from './limited-process.ts';
import { measuredSchema } from './measured-schema.ts';

export type InspectOptions = {
    /** Size in bytes, if known: a larger file gets more time. */
    readonly sizeHint?: bigint;
    /** Whether a profile named it a log of its recorder: then text of any kind is one. */
    readonly namedLog?: boolean;
    /** Ends the inspection; the promise then rejects with the signal's reason. */
    readonly signal?: AbortSignal;
    /** For tests and for small machines. */
    readonly limits?: Partial<ProcessLimits>;
};

/**
 * Measures a file in a process of its own and judges what was measured. Whatever the file does to that process is an
 * answer, not an error. Rejects when the file cannot be opened (the error of `open`), when no process can be started,
 * and with the reason of `signal`.
 */
export async function inspectFile(path: string, options: InspectOptions = {}): Promise<Inspection> {
    const file = await open(path, 'r');
    try {
        const { size } = await file.stat({ bigint: true });
        const outcome = await runLimited({
            script: SCRIPT,
            readable: await readableFiles(),
            fd: file.fd,
            limits: { ...limitsFor(options.sizeHint ?? size), ...options.limits },
            signal: options.signal,
        });
        return inspectionOf(measuredFrom(outcome, size), options.namedLog === true);
    } finally {
        await file.close();
    }
}

/**
 * Measures small files that nobody outside sent, one after the other in a single process: starting one takes several times
 * as long as measuring such a file. Judged as `inspectFile` would; all are `undefined` when the process did not come to its
 * end. Rejects as `inspectFile` does.
 */
export async function inspectOwnFiles(paths: readonly string[], signal: AbortSignal): Promise<(Inspection | undefined)[]> {
    const files: FileHandle[] = [];
    try {
        for (const path of paths) files.push(await open(path, 'r'));
        const [first, ...further] = files.map(({ fd }) => fd);
        if (first === undefined) return [];
        const sizes = await Promise.all(files.map(async (file) => (await file.stat({ bigint: true })).size));
        const { answer, ended } = await runLimited({
            script: SCRIPT,
            readable: await readableFiles(),
            fd: first,
            args: [String(files.length)],
            outputs: further,
            limits: limitsFor(sizes.reduce((sum, size) => sum + size, 0n)),
            signal,
        });
        if (ended !== 'well') return paths.map(() => undefined);
        const answers = answer.split('\n\n');
        return sizes.map((size, index) =>
            inspectionOf(measuredFrom({ answer: `${answers[index] ?? ''}\n`, ended }, size), false),
        );
    } finally {
        await Promise.all(files.map((file) => file.close()));
    }
}

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'inspect-child.ts');
/** An MP4 is read by its index in a second or two; streams without one are read whole, at disk speed. */
const BASE_MS = 30_000;
const SLOWEST_BYTES_PER_MS = 50_000n;
const LONGEST_MS = 15 * 60_000;

function limitsFor(size: bigint): ProcessLimits {
    const wallMs = Math.min(LONGEST_MS, BASE_MS + Number(size / SLOWEST_BYTES_PER_MS));
    return { wallMs, cpuSeconds: Math.ceil(wallMs / 1_000), heapMiB: 384, addressSpaceMiB: 3_072, outputBytes: 256 * 1024 };
}

let readable: Promise<string[]> | undefined;

/** The permission model compares real paths, so links of the package manager are followed first. */
function readableFiles(): Promise<string[]> {
    readable ??= (async () => {
        // …/mediabunny/dist/bundles/<file>
        const library = join(createRequire(import.meta.url).resolve('mediabunny'), '..', '..', '..');
        const script = await realpath(SCRIPT);
        // For satellite sentences, which the domain reads: its source, and the link by which it is found.
        const domain = await realpath(fileURLToPath(import.meta.resolve('@liuhen/domain')));
        const server = join(dirname(script), '..', '..', '..');
        const links = join(server, '..', '..', 'node_modules', '@liuhen');
        return besides(script, server, [await realpath(library), dirname(dirname(domain)), links]);
    })();
    return readable;
}

/** The last line that is what it should be; the process may have died after it, or because of it. */
function measuredFrom({ answer, ended }: LimitedOutcome, size: bigint): MeasuredFile {
    const blank: MeasuredFile = { container: 'unknown', fileLength: Number(size), tracks: [], encoders: [] };
    const lines = answer.split('\n').slice(0, -1).map(parsed);
    const last = lines.findLast((line) => line !== undefined);
    const failed = ended !== 'well' ? ended : lines.length === 0 || lines.includes(undefined) ? 'output' : last?.failed;
    return { ...blank, ...last, fileLength: Number(size), ...(failed === undefined ? {} : { failed }) };
}

function parsed(line: string): MeasuredFile | undefined {
    try {
        return measuredSchema.parse(JSON.parse(line));
    } catch {
        return undefined;
    }
}
