import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { lowerPriority, withSystemLimits } from './limited-process.ts';

/** What makes pictures of pages: poppler for PDF, ffmpeg for pictures. Installed by whoever runs the server, or not. */
export type PagePrograms = { readonly pdftoppm: string | undefined; readonly ffmpeg: string | undefined };

/** Longer side of a page's picture in pixels: A4 at 188 dpi, at which the smallest code has three pixels to a module. */
const LONGER_SIDE = 2_200;
/** A picture of a page may be larger than what is asked of it, within reason. */
const MOST_PIXELS = 120_000_000;
const LIMITS = { cpuSeconds: 120, addressSpaceMiB: 1_536 };

const CODECS: Readonly<Record<string, string>> = { 'image/jpeg': 'mjpeg', 'image/png': 'png' };

let found: Promise<PagePrograms> | undefined;

/** Looked for once. */
export function installedPagePrograms(): Promise<PagePrograms> {
    found ??= (async () => ({ pdftoppm: await programOf('pdftoppm'), ffmpeg: await programOf('ffmpeg') }))();
    return found;
}

export async function programOf(name: string): Promise<string | undefined> {
    for (const folder of (process.env.PATH ?? '').split(':').filter((each) => each.startsWith('/'))) {
        const path = join(folder, name);
        if (
            await access(path, constants.X_OK).then(
                () => true,
                () => false,
            )
        )
            return path;
    }
    return undefined;
}

export type PagePictures = {
    /** Pages one after the other as binary PGM, one byte to a pixel. */
    readonly pictures: Readable;
    /** Whether the program said that it took the file whole. Never rejects. */
    readonly well: Promise<boolean>;
    readonly stop: () => void;
};

/**
 * Starts the program that makes gray pictures of a file's pages, at most so many, or gives `undefined` where it is not installed.
 * The file is of unknown origin and the program is C: it gets the open file and nothing else of ours, limits of the system, and no
 * protocol by which it could read another.
 */
export function pagePictures(fd: number, mediaType: string, mostPages: number, programs: PagePrograms): PagePictures | undefined {
    const command = mediaType === 'application/pdf' ? ofPdf(mostPages, programs) : ofPicture(mediaType, programs);
    if (command === undefined) return undefined;
    const [file = '', ...args] = process.platform === 'linux' ? withSystemLimits(command, LIMITS) : command;
    const child = spawn(file, args, { cwd: tmpdir(), env: {}, stdio: [fd, 'pipe', 'ignore'], windowsHide: true });
    child.once('spawn', () => lowerPriority(child.pid));
    return { pictures: child.stdout as Readable, well: endedWell(child), stop: () => child.kill('SIGKILL') };
}

const endedWell = (child: ChildProcess): Promise<boolean> =>
    new Promise((resolve) => {
        child.once('error', () => resolve(false));
        child.once('close', (code) => resolve(code === 0));
    });

const ofPdf = (mostPages: number, { pdftoppm }: PagePrograms): string[] | undefined =>
    pdftoppm === undefined
        ? undefined
        : [pdftoppm, '-q', '-gray', '-scale-to', String(LONGER_SIDE), '-l', String(mostPages), '-'];

function ofPicture(mediaType: string, { ffmpeg }: PagePrograms): string[] | undefined {
    const codec = CODECS[mediaType];
    if (ffmpeg === undefined || codec === undefined) return undefined;
    const bounded = `scale=${LONGER_SIDE}:${LONGER_SIDE}:force_original_aspect_ratio=decrease`;
    return [
        ffmpeg,
        ...['-v', 'quiet', '-nostdin', '-protocol_whitelist', 'file', '-max_pixels', String(MOST_PIXELS)],
        ...['-f', 'image2', '-pattern_type', 'none', '-c:v', codec, '-i', '/dev/stdin'],
        ...['-frames:v', '1', '-vf', bounded, '-pix_fmt', 'gray', '-f', 'image2pipe', '-c:v', 'pgm', 'pipe:1'],
    ];
}
