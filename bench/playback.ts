import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Id } from '@liuhen/domain';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { foundInstitute, INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { remote } from '../apps/server/src/testing/remote.ts';
import { takeSkew, watchSkew } from '../e2e/coded-clips.ts';
import { signIn } from '../e2e/steps.ts';
import { handIn } from '../e2e/story.ts';
import { endProcess, runProgram } from './child.ts';
import { startServer } from './liuhen.ts';
import { actOfFour, CAMERAS, FILLED_BYTES, FILLED_CAMERAS, MANAGER, PEOPLE, type People } from './playback-act.ts';
import { type SlowGateway, slowGatewayTo } from './slow-gateway.ts';
import { median, printTable, type Row } from './table.ts';

const WANTED_MS = 100;
const FIRST_FRAME_MS = 300;
const ROUNDS = 7;
const DEMO_CLIP = new URL('../demo/clips/DCAM_A0173_110207_20261028_140456.MP4', import.meta.url).pathname;
/** So much faster than it plays do the bytes of the camera come that is held later: little of it is read ahead then. */
const SPARE = 1.7;
const HELD_MS = 2_000;
/** One after the other; each begins while the one before plays. */
const SPEEDS = [0.25, 0.5, 2, 4, 8, 4, 2, 1];

type World = People & { context: BrowserContext; gateway: SlowGateway };

/** Cameras side by side in a real browser, and how soon a picture is there after somebody asked for it. */
export async function benchPlayback(folder: string): Promise<void> {
    // Thumbnails and copies are made by ffmpeg on the same processors; here only the playing is measured.
    const server = await startServer(join(folder, 'data'), { LIUHEN_DERIVED_AFTER_SECONDS: '86400' });
    const gateway = await slowGatewayTo(server.url);
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
    });
    try {
        const institute = await foundInstitute(server.url, [...PEOPLE, MANAGER]);
        const as = (login: string) => remote(server.url).signIn(login, INSTITUTE_PASSWORD);
        const context = await browser.newContext({
            baseURL: gateway.url,
            locale: 'zh-CN',
            viewport: { width: 1440, height: 900 },
        });
        const world = {
            url: server.url,
            institute,
            officer: await as('officer0'),
            manager: await as('manager'),
            context,
            gateway,
        };
        const page = await context.newPage();
        await signIn(page, 'officer0', INSTITUTE_PASSWORD);
        await sideBySide(world, page, folder);
        await firstFrames(world, page, folder);
    } finally {
        await browser.close();
        await gateway.close();
        await endProcess(server.child);
    }
}

async function sideBySide(world: World, page: Page, folder: string): Promise<void> {
    const { actId, starts } = await actOfFour(world, folder);
    await page.goto(`/acts/${actId}`);
    await page.getByRole('button', { name: '登记并播放' }).click();
    const slider = page.getByRole('slider', { name: '播放位置' });
    const press = (key: string) => page.locator('body').press(key);
    // By then all of them have begun.
    await slider.fill('5000');
    await allReady(page);
    await watchSkew(page, starts);
    await press(' ');
    const rows: Row[] = [];
    const note = (what: string, { samples, medianMs, p95Ms, worstMs, called }: Awaited<ReturnType<typeof takeSkew>>) => {
        rows.push({
            what: `${what} (${samples} drawings)`,
            value: `worst ${worstMs} ms, p95 ${p95Ms}, median ${medianMs}; by the callbacks ${called.worstMs}, ${called.p95Ms}, ${called.medianMs}`,
            wanted: `< ${WANTED_MS} ms`,
            met: worstMs < WANTED_MS,
        });
    };
    await sleep(8_000);
    note('playing for 8 s', await takeSkew(page));
    for (let jump = 0; jump < 8; jump += 1) {
        await slider.fill(String(5_000 + ((jump * 37) % 60) * 1_000));
        await sleep(1_200);
    }
    note('eight jumps, 1.2 s after each', await takeSkew(page));
    await slider.fill('10000');
    let before = 1;
    for (const rate of SPEEDS) {
        if (rate === 8) await slider.fill('6000');
        await sleep(1_000);
        await takeSkew(page);
        await page.getByRole('combobox', { name: '速度' }).selectOption(String(rate));
        await sleep(3_000);
        note(`from ${before} to ${rate} times the speed`, await takeSkew(page));
        before = rate;
    }
    for (const index of FILLED_CAMERAS) {
        const stall = await stallOf(world, page, index, starts);
        note(
            `${index === 0 ? 'the heard' : 'a silent'} camera's bytes held for ${HELD_MS / 1_000} s (${stall})`,
            await takeSkew(page),
        );
    }
    await press(' ');
    printTable(
        `${CAMERAS} cameras side by side on corrected time, ms of the viewer, clocks up to a minute wrong, Chromium without a graphics card`,
        rows,
    );
}

/**
 * Looks again, over a way that gives one camera's bytes little faster than they are played, holds them until its player has nothing
 * left and some time more, and lets them go. Says what happened; throws unless that camera waited and all others stood.
 */
async function stallOf({ gateway }: World, page: Page, index: number, starts: readonly number[]): Promise<string> {
    const video = page.locator('.cam video').nth(index);
    const path = new URL((await video.getAttribute('src')) ?? '', gateway.url).pathname;
    await page.getByRole('button', { name: '结束查阅' }).click();
    gateway.limit(path, FILLED_BYTES * SPARE);
    await page.getByRole('button', { name: '登记并播放' }).click();
    const slider = page.getByRole('slider', { name: '播放位置' });
    await slider.fill(String(20_000 + 10_000 * index));
    await allReady(page);
    await watchSkew(page, starts);
    await video.evaluate((element: HTMLVideoElement) => {
        element.addEventListener('waiting', () => element.setAttribute('data-waited', String(element.currentTime)));
    });
    await page.locator('body').press(' ');
    await sleep(1_500);
    const began = performance.now();
    gateway.hold(path);
    const waits = page.locator('.transport-waits');
    await waits.waitFor();
    const until = Math.round(performance.now() - began);
    const state = () =>
        page.locator('.cam video').evaluateAll((all) =>
            all.map((each) => ({
                at: (each as HTMLVideoElement).currentTime,
                paused: (each as HTMLVideoElement).paused,
                ready: (each as HTMLVideoElement).readyState,
            })),
        );
    const first = await state();
    await sleep(HELD_MS);
    const then = await state();
    const stood = then.every((each, of) => each.paused && each.at === first[of]?.at);
    const waited = await video.getAttribute('data-waited');
    if (waited === null || !stood || (then[index]?.ready ?? 4) > 2)
        throw new Error(`no stall: waiting ${waited}, ${JSON.stringify({ first, then })}`);
    gateway.release();
    await waits.waitFor({ state: 'detached' });
    await sleep(4_000);
    return `it waited ${until} ms later, all stood still until the bytes came`;
}

const allReady = (page: Page): Promise<unknown> =>
    page.waitForFunction(
        (count) => {
            const videos = [...document.querySelectorAll('video')];
            return videos.length === count && videos.every((each) => each.readyState >= 3 && !each.seeking);
        },
        CAMERAS,
        { timeout: 30_000 },
    );

/** From the press of the button to the first picture, browser and server on one machine, nothing of the file read before. */
async function firstFrames(world: World, page: Page, folder: string): Promise<void> {
    const big = join(folder, 'DCAM_A0173_110207_20261028_150456.MP4');
    await makeBig(big);
    const rows: Row[] = [];
    for (const [what, path] of [
        ['a clip of the demo, 64 s', DEMO_CLIP],
        ['a file of 2 GB with its index at the end', big],
    ] as const) {
        const { size } = await stat(path);
        const id = await handIn(world.url, 'officer0', [path]);
        for (;;) {
            const { inspected, state } = await world.officer.call('recording.get', { params: { id } });
            if (inspected && state === 'sealed') break;
            await sleep(500);
        }
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) times.push(await firstFrame(page, id));
        const ms = median(times);
        rows.push({
            what: `${what} (${(size / 2 ** 20).toFixed(0)} MiB)`,
            value: `${Math.round(ms)} ms, worst of ${ROUNDS} ${Math.round(Math.max(...times))} ms`,
            wanted: `< ${FIRST_FRAME_MS} ms`,
            met: ms < FIRST_FRAME_MS,
        });
    }
    printTable('First picture after "register and play", registration of the viewing included, on loopback', rows);
}

async function firstFrame(page: Page, id: Id): Promise<number> {
    await page.goto(`/recordings/${id}`);
    const begin = page.getByRole('button', { name: '登记并播放' });
    await begin.waitFor();
    await page.waitForLoadState('networkidle');
    const took = page.evaluate(
        () =>
            new Promise<number>((resolve) => {
                let from = 0;
                addEventListener('click', () => (from = performance.now()), { capture: true, once: true });
                new MutationObserver((_, observer) => {
                    const video = document.querySelector('video');
                    if (video === null) return;
                    observer.disconnect();
                    video.requestVideoFrameCallback(() => resolve(performance.now() - from));
                }).observe(document.body, { childList: true, subtree: true });
            }),
    );
    await begin.click();
    const ms = await took;
    await page.getByRole('button', { name: '结束查阅' }).click();
    await page.getByText('查阅已结束').waitFor();
    return ms;
}

/** A quarter of an hour at 17 Mbit/s, as a recorder leaves it: 2 GB, and the index is written last. */
async function makeBig(path: string): Promise<void> {
    const quiet = ['-hide_banner', '-loglevel', 'error', '-y'];
    const part = `${path}.part.mp4`;
    const rate = '17.2M';
    await runProgram('ffmpeg', [
        ...[...quiet, '-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=25:d=20,noise=alls=60:allf=t'],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', '-x264-params', 'nal-hrd=cbr'],
        ...['-b:v', rate, '-minrate', rate, '-maxrate', rate, '-bufsize', rate, part],
    ]);
    await runProgram('ffmpeg', [...quiet, '-stream_loop', '49', '-i', part, '-c', 'copy', '-f', 'mp4', path]);
}
