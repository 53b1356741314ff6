import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { AAC, ffmpeg, H264, tone } from '../apps/server/src/testing/ffmpeg.ts';
import { type Clip, deviceStamp } from './clips.ts';

export const CODED_RATE = 25;
const BITS = 12;
const BIT_PX = 16;

/** As many bytes as a recorder writes, without more to decode: so many that no browser reads all of them ahead. */
const filling = (rate: string): string[] => ['-x264-params', 'nal-hrd=cbr', '-minrate', rate, '-maxrate', rate, '-bufsize', rate];

/** A file whose every picture carries its own number: twelve squares along its upper edge, black or white, the lowest bit first. */
export async function makeCodedClip(
    folder: string,
    {
        device,
        start,
        seconds,
        size = '320x180',
        filledTo,
    }: { device: string; start: number; seconds: number; size?: string; filledTo?: string },
): Promise<Clip> {
    const name = `DCAM_${device}_${deviceStamp(start)}.MP4`;
    const path = join(folder, name);
    const of = `r=${CODED_RATE}:d=${seconds}`;
    const code = `format=gray,geq=lum='if(mod(floor(N/pow(2,floor(X/${BIT_PX}))),2),235,16)'`;
    await ffmpeg(
        ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:${of}`, ...tone(seconds)],
        ...['-f', 'lavfi', '-i', `nullsrc=s=${BITS * BIT_PX}x${BIT_PX}:${of},${code}`],
        ...['-filter_complex', '[0:v][2:v]overlay=0:0[v]', '-map', '[v]', '-map', '1:a'],
        ...[
            ...H264,
            ...AAC,
            '-g',
            '25',
            '-b:v',
            filledTo ?? '1M',
            ...(filledTo === undefined ? [] : filling(filledTo)),
            '-metadata',
            `creation_time=${new Date(start).toISOString()}`,
        ],
        ...['-movflags', '+faststart', '-shortest', path],
    );
    const bytes = await readFile(path);
    return { path, name, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

/** The number of the picture that each player shows now, read from the picture itself; -1: none. */
export const shownNumbers = (page: Page): Promise<number[]> =>
    page.locator('.cam video').evaluateAll(
        (videos, { bits, px }) => {
            const canvas = document.createElement('canvas');
            canvas.width = bits;
            canvas.height = 1;
            const context = canvas.getContext('2d', { willReadFrequently: true });
            return videos.map((video) => {
                if (!(video instanceof HTMLVideoElement) || context === null || video.videoWidth === 0) return -1;
                if (getComputedStyle(video).visibility === 'hidden') return -1;
                let number = 0;
                for (let bit = 0; bit < bits; bit++) {
                    context.drawImage(video, bit * px + px / 4, px / 4, px / 2, px / 2, 0, 0, 1, 1);
                    if ((context.getImageData(0, 0, 1, 1).data[0] ?? 0) > 128) number |= 1 << bit;
                }
                return number;
            });
        },
        { bits: BITS, px: BIT_PX },
    );

export type Skew = { readonly samples: number; readonly medianMs: number; readonly p95Ms: number; readonly worstMs: number };

/**
 * Notes, from now on and at every drawing of the page, how far apart in corrected time the pictures are that all players show
 * while at least one of them runs and none looks for its place: ms of the viewer, of which at twice the speed 50 are 100 of the recording. `starts` are the corrected starts of their files. What a player shows
 * is read from the picture; what the players' callbacks said last is noted beside it, for they come late and leave pictures out.
 */
export const watchSkew = (page: Page, starts: readonly number[]): Promise<void> =>
    page.evaluate(
        ({ of, bits, px, frameMs }) => {
            const videos = [...document.querySelectorAll<HTMLVideoElement>('.cam video')];
            const called = videos.map(() => Number.NaN);
            const noted = { seen: [] as number[], called: [] as number[] };
            for (const [index, video] of videos.entries()) {
                const next = (_: number, { mediaTime }: { mediaTime: number }) => {
                    called[index] = (of[index] ?? 0) + mediaTime * 1_000;
                    video.requestVideoFrameCallback(next);
                };
                video.requestVideoFrameCallback(next);
            }
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [bits, videos.length];
            const context = canvas.getContext('2d', { willReadFrequently: true });
            const seen = (): number[] => {
                if (context === null) return [];
                for (const [index, video] of videos.entries())
                    context.drawImage(video, 0, px / 4, bits * px, px / 2, 0, index, bits, 1);
                const { data } = context.getImageData(0, 0, bits, videos.length);
                return videos.map((_, index) => {
                    let number = 0;
                    for (let bit = 0; bit < bits; bit++) if ((data[(index * bits + bit) * 4] ?? 0) > 128) number |= 1 << bit;
                    return (of[index] ?? 0) + number * frameMs;
                });
            };
            // Who is heard plays at the very speed that was asked for.
            const scale = () => Math.max(1, videos.find((each) => !each.muted)?.playbackRate ?? 1);
            const spread = (each: readonly number[]) => (Math.max(...each) - Math.min(...each)) / scale();
            const sample = () => {
                const compared =
                    videos.some((each) => !each.paused) && videos.every((each) => !each.seeking && each.readyState >= 2);
                if (compared) noted.seen.push(spread(seen()));
                if (compared && called.every((each) => !Number.isNaN(each))) noted.called.push(spread(called));
                // What was said before a jump is not compared after it.
                for (const [index, video] of videos.entries()) if (video.seeking) called[index] = Number.NaN;
                requestAnimationFrame(sample);
            };
            requestAnimationFrame(sample);
            const take = () => ({ seen: noted.seen.splice(0), called: noted.called.splice(0) });
            Object.assign(window, { takeSkews: take });
        },
        { of: starts, bits: BITS, px: BIT_PX, frameMs: 1_000 / CODED_RATE },
    );

/** What was noted since the last time it was taken: of the pictures themselves, and of what the callbacks said. */
export async function takeSkew(page: Page): Promise<Skew & { readonly called: Skew }> {
    const taken = await page.evaluate(() =>
        (window as unknown as { takeSkews: () => { seen: number[]; called: number[] } }).takeSkews(),
    );
    return { ...skewOf(taken.seen), called: skewOf(taken.called) };
}

function skewOf(skews: readonly number[]): Skew {
    const sorted = skews.toSorted((a, b) => a - b);
    const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
    return { samples: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
}
