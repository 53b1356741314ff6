import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs Debian's ffmpeg, which tests and the demo clips' maker need; the product itself does not. Overwrites its output. */
export async function ffmpeg(...args: readonly string[]): Promise<void> {
    try {
        await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args], { maxBuffer: 1 << 20 });
    } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
            throw new Error('ffmpeg is missing: install the Debian package ffmpeg', { cause });
        }
        throw cause;
    }
}

/** A moving test picture with a tone beside it, as inputs 0 and 1. */
export const picture = (size = '1920x1080', rate = 30, seconds = 2): string[] => [
    '-f',
    'lavfi',
    '-i',
    `testsrc=s=${size}:r=${rate}:d=${seconds}`,
];
export const tone = (seconds = 2): string[] => ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`];

/** Fast H.264 and AAC. */
export const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'] as const;
export const AAC = ['-c:a', 'aac', '-b:a', '64k'] as const;
