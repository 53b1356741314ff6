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
 * while all run. `starts` are the corrected starts of their files. What a picture is, its own callback says.
 */
export const watchSkew = (page: Page, starts: readonly number[]): Promise<void> =>
    page.evaluate((of) => {
        const videos = [...document.querySelectorAll<HTMLVideoElement>('.cam video')];
        const shown = videos.map(() => Number.NaN);
        const skews: number[] = [];
        for (const [index, video] of videos.entries()) {
            const next = (_: number, { mediaTime }: { mediaTime: number }) => {
                shown[index] = (of[index] ?? 0) + mediaTime * 1_000;
                video.requestVideoFrameCallback(next);
            };
            video.requestVideoFrameCallback(next);
        }
        const sample = () => {
            const run = videos.every((video) => !video.paused && !video.seeking && video.readyState >= 3);
            if (run && shown.every((each) => !Number.isNaN(each))) skews.push(Math.max(...shown) - Math.min(...shown));
            // A picture from before a jump is none of those that are compared after it.
            for (const [index, video] of videos.entries()) if (video.seeking) shown[index] = Number.NaN;
            requestAnimationFrame(sample);
        };
        requestAnimationFrame(sample);
        Object.assign(window, { takeSkews: () => skews.splice(0) });
    }, starts);

/** What was noted since the last time it was taken. */
export async function takeSkew(page: Page): Promise<Skew> {
    const skews = await page.evaluate(() => (window as unknown as { takeSkews: () => number[] }).takeSkews());
    const sorted = skews.sort((a, b) => a - b);
    const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
    return { samples: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
}
