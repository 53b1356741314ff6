import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AAC, ffmpeg, H264, tone } from '../apps/server/src/testing/ffmpeg.ts';

/** A file as a recorder leaves it. */
export type Clip = { path: string; name: string; sha256: string; size: number };

const pad = (value: number): string => String(value).padStart(2, '0');

/** The instant as the clock of a device in Shanghai shows it: `20261118_093100`. */
export function deviceStamp(at: number): string {
    const there = new Date(at + 8 * 3_600_000);
    const day = `${there.getUTCFullYear()}${pad(there.getUTCMonth() + 1)}${pad(there.getUTCDate())}`;
    return `${day}_${pad(there.getUTCHours())}${pad(there.getUTCMinutes())}${pad(there.getUTCSeconds())}`;
}

/**
 * The last ten o'clock in Shanghai, of the morning or the evening, at least an hour ago: an act cannot lie in the future, its
 * recordings must be stored within 24 hours, and what follows within two hours is on the same day — at whatever time this runs.
 */
export function lastTenOClock(): number {
    const hour = 3_600_000;
    const shift = 8 * hour - 10 * hour;
    return Math.floor((Date.now() - hour + shift) / (12 * hour)) * 12 * hour - shift;
}

/**
 * H.264 with AAC; noise makes it as large as a real one, so that jumping in it cannot be served from what the browser has
 * read ahead.
 */
export async function makeClip(
    folder: string,
    { device, start, seconds, megabits = 0.3 }: { device: string; start: number; seconds: number; megabits?: number },
): Promise<Clip> {
    const name = `DCAM_${device}_${deviceStamp(start)}.MP4`;
    const path = join(folder, name);
    const picture = `testsrc2=s=640x360:r=10:d=${seconds},noise=alls=40:allf=t`;
    await ffmpeg(
        ...['-f', 'lavfi', '-i', picture, ...tone(seconds), ...H264, ...AAC],
        ...['-b:v', `${megabits}M`, '-maxrate', `${megabits}M`, '-bufsize', `${megabits}M`, '-g', '20'],
        ...['-metadata', `creation_time=${new Date(start).toISOString()}`, '-movflags', '+faststart', '-shortest', path],
    );
    const bytes = await readFile(path);
    return { path, name, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}
