import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { formatPolicy, parseVerifierKey, type VerifierKey } from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The real witness as a process of its own. */
export type WitnessProcess = {
    readonly url: string;
    readonly key: VerifierKey;
    readonly process: ChildProcess;
    readonly ended: Promise<NodeJS.Signals | number | null>;
    /** What it has printed so far, both streams. */
    output(): string;
    stop(signal?: NodeJS.Signals): Promise<NodeJS.Signals | number | null>;
    /** Once it has said this. */
    said(text: string): Promise<void>;
};

export type WitnessOptions = { name?: string; failpoint?: string; language?: 'zh' | 'en'; port?: number; mirror?: boolean };

/** The file of keys that a witness reads. */
export async function writeLogs(folder: string, keys: readonly VerifierKey[]): Promise<string> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'logs.txt');
    const logs = keys.map((key) => ({ key }));
    await writeFile(file, formatPolicy(verifierDigest.sha256, { logs, witnesses: [], groups: [], quorum: undefined }));
    return file;
}

/** Starts `npm run witness` on this folder, with the logs of `logs.txt` in it, and waits until it says its address. */
export async function startWitnessProcess(folder: string, options: WitnessOptions = {}): Promise<WitnessProcess> {
    const { name = 'witness.example/first', failpoint = '', language = 'zh', port = 0, mirror = false } = options;
    const args = ['--data', join(folder, 'witness'), '--logs', join(folder, 'logs.txt'), '--name', name, '--lang', language];
    const child = spawn(process.execPath, [MAIN, ...args, ...(mirror ? ['--mirror'] : []), '--port', String(port)], {
        env: { PATH: process.env.PATH, LIUHEN_FAILPOINT: failpoint },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const waiting = new Set<() => void>();
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
        child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
    for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => {
            lines.push(line);
            for (const look of waiting) look();
        });
    const output = () => lines.join('\n');
    const said = (text: string) =>
        new Promise<void>((resolve) => {
            const look = () => {
                if (!output().includes(text)) return;
                waiting.delete(look);
                resolve();
            };
            waiting.add(look);
            look();
        });
    await Promise.race([
        said('/add-checkpoint'),
        ended.then((how) => Promise.reject(new Error(`the witness ended (${how}) before it was ready:\n${output()}`))),
    ]);
    const of = (pattern: RegExp) => pattern.exec(output())?.[1] ?? '';
    return {
        url: of(/(http:\S+)\/add-checkpoint/),
        key: parseVerifierKey(verifierDigest.sha256, of(/^\S+ {2}(\S+\+[0-9a-f]{8}\+\S+)$/m)),
        process: child,
        ended,
        output,
        said,
        stop(signal = 'SIGTERM') {
            child.kill(signal);
            return ended;
        },
    };
}
