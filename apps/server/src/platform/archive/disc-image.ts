import { execFile, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import type { Instant } from '@liuhen/domain';
import { lowerPriority, withSystemLimits } from '../media/limited-process.ts';
import { programOf } from '../media/page-pictures.ts';

/** The program that makes images of discs; installed by whoever runs the server, or not. */
export type ImageProgram = { readonly path: string; readonly version: string };

const run = promisify(execFile);
let found: ImageProgram | undefined;

/** Looked for until it is found: it may be installed while the server runs. */
export async function installedXorriso(): Promise<ImageProgram | undefined> {
    if (found !== undefined) return found;
    const path = await programOf('xorriso');
    if (path === undefined) return undefined;
    const told = await run(path, ['-no_rc', '-version'], { timeout: 10_000, env: {} }).catch(() => undefined);
    const version = /^xorriso version +: +(\S{1,40})/m.exec(told?.stdout ?? '')?.[1];
    if (version !== undefined) found = { path, version };
    return found;
}

export type ImageWish = {
    /** What the disc holds, as it is. */
    readonly folder: string;
    /** Where the image is written; nothing may lie there. */
    readonly to: string;
    readonly label: string;
    /** The time that all files and the image bear, so that the same files make the same image. */
    readonly at: Instant;
    /** Largest image that may come of it, bytes. */
    readonly most: number;
    readonly signal?: AbortSignal;
};

/** Buffers of four MiB and the tree of a hundred thousand files lie far below. */
const ADDRESS_SPACE_MIB = 1024;
/** A slow disk writes that much in a second. */
const BYTES_PER_SECOND = 2 ** 20;
const DIAGNOSTICS_BYTES = 16 * 1024;

/** What went wrong, in the words of the program, for the log of the server. */
export class ImageFailed extends Error {
    readonly how: string;
    constructor(how: string, said: string) {
        super(said);
        this.how = how;
    }
}

/**
 * Writes an image of ISO 9660 level 3 (files over 4 GiB have several extents), with the long names of Rock Ridge and of Joliet. The program gets no
 * environment but the time, no file of settings, and limits of the system on time, memory and what it writes; it is killed when `signal`
 * says so. Throws `ImageFailed`, and the signal's reason.
 */
export async function writeImage({ path }: ImageProgram, wish: ImageWish): Promise<void> {
    wish.signal?.throwIfAborted();
    const command = [
        path,
        ...['-no_rc', '-as', 'mkisofs', '-quiet', '-iso-level', '3', '-r', '-J', '-joliet-long', '-no-pad'],
        ...['-V', wish.label, '-o', wish.to, wish.folder],
    ];
    const seconds = 120 + Math.ceil(wish.most / BYTES_PER_SECOND);
    const limits = { cpuSeconds: seconds, addressSpaceMiB: ADDRESS_SPACE_MIB, writtenBytes: wish.most };
    const [file = '', ...args] = process.platform === 'linux' ? withSystemLimits(command, limits) : command;
    const child = spawn(file, args, {
        cwd: tmpdir(),
        env: { SOURCE_DATE_EPOCH: String(Math.floor(wish.at / 1000)), TZ: 'UTC' },
        stdio: ['ignore', 'ignore', 'pipe'],
        windowsHide: true,
    });
    child.once('spawn', () => lowerPriority(child.pid));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-DIAGNOSTICS_BYTES);
    });
    const kill = () => void child.kill('SIGKILL');
    const timer = setTimeout(kill, seconds * 1000);
    wish.signal?.addEventListener('abort', kill, { once: true });
    try {
        const ended = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
            child.once('error', reject);
            child.once('close', (code, signal) => resolve(signal ?? code));
        });
        wish.signal?.throwIfAborted();
        if (ended !== 0) throw new ImageFailed(String(ended), said);
    } finally {
        clearTimeout(timer);
        wish.signal?.removeEventListener('abort', kill);
    }
}
