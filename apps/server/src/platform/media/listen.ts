import { execFile, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import type { HeardCue } from '@liuhen/domain';
import { z } from 'zod';
import { lowerPriority, withSystemLimits } from './limited-process.ts';

/**
 * A program for speech recognition, named by whoever runs the server. It is called with the path of a WAV file (one channel, 16,000
 * samples of 16 bits a second) and writes a line of JSON for each stretch of speech: `{"startMs": 0, "endMs": 3200, "text": "…"}`,
 * in UTF-8. With `--version` it writes its name and version in one line.
 */
export type SpeechProgram = { readonly path: string; readonly name: string };

const run = promisify(execFile);
const NAME_MOST = 100;

/** `undefined`: it does not start, or does not say what it is. */
export async function speechProgramAt(path: string): Promise<SpeechProgram | undefined> {
    const told = await run(path, ['--version'], { timeout: 30_000, env: {}, maxBuffer: 64 * 1024 }).catch(() => undefined);
    const name = (told?.stdout.split(/\r?\n/u, 1)[0] ?? '')
        .normalize('NFC')
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, NAME_MOST);
    return name === '' ? undefined : { path, name };
}

export type ListenLimits = { readonly wallMs: number; readonly cpuSeconds: number };
/** Models of this kind take gigabytes. */
const ADDRESS_SPACE_MIB = 16_384;
/** A day of speech is some 400,000 characters. */
const OUTPUT_BYTES = 16 << 20;
const MOST_CUES = 50_000;

const cue = z
    .object({ startMs: z.number().int().min(0), endMs: z.number().int().min(0), text: z.string().max(10_000) })
    .refine(({ startMs, endMs }) => startMs <= endMs);

/** What it wrote down; `undefined`: it ended badly, took too long, or did not answer as agreed. */
export function listenTo(program: SpeechProgram, sound: string, limits: ListenLimits): Promise<HeardCue[] | undefined> {
    const command = [program.path, sound];
    const limited = { cpuSeconds: limits.cpuSeconds, addressSpaceMiB: ADDRESS_SPACE_MIB };
    const [file = '', ...args] = process.platform === 'linux' ? withSystemLimits(command, limited) : command;
    const child = spawn(file, args, { cwd: tmpdir(), env: {}, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    child.once('spawn', () => lowerPriority(child.pid));
    return new Promise((resolve) => {
        const chunks: Buffer[] = [];
        let length = 0;
        const stop = () => child.kill('SIGKILL');
        const timer = setTimeout(stop, limits.wallMs);
        child.stdout.on('data', (chunk: Buffer) => {
            length += chunk.length;
            if (length > OUTPUT_BYTES) stop();
            else chunks.push(chunk);
        });
        child.once('error', () => {
            clearTimeout(timer);
            resolve(undefined);
        });
        child.once('close', (code) => {
            clearTimeout(timer);
            resolve(code === 0 ? cuesIn(Buffer.concat(chunks)) : undefined);
        });
    });
}

/** `undefined`: a line is not what was agreed. What else is in it cannot be trusted then either. */
export function cuesIn(written: Uint8Array): HeardCue[] | undefined {
    const cues: HeardCue[] = [];
    try {
        for (const line of new TextDecoder('utf-8', { fatal: true }).decode(written).split('\n')) {
            if (line.trim() === '') continue;
            if (cues.length === MOST_CUES) return undefined;
            cues.push(cue.parse(JSON.parse(line)));
        }
    } catch {
        return undefined;
    }
    return cues;
}
