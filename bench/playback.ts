import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, type Id, SECOND } from '@liuhen/domain';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute } from '../apps/server/src/testing/found-institute.ts';
import { type Remote, remote } from '../apps/server/src/testing/remote.ts';
import { lastTenOClock } from '../e2e/clips.ts';
import { makeCodedClip, type Skew, takeSkew, watchSkew } from '../e2e/coded-clips.ts';
import { signIn } from '../e2e/steps.ts';
import { handIn } from '../e2e/story.ts';
import { endProcess, runProgram } from './child.ts';
import { startServer } from './liuhen.ts';
import { median, printTable, type Row } from './table.ts';

const CAMERAS = 4;
const SECONDS = 90;
/** How wrong the clocks of the recorders are, ms: only corrected time puts them side by side. */
const FAST = [0, 4_000, -7_000, 61_000];
const WANTED_MS = 100;
const FIRST_FRAME_MS = 300;
const ROUNDS = 7;
const DEMO_CLIP = new URL('../demo/clips/DCAM_A0173_110207_20261028_140456.MP4', import.meta.url).pathname;
const PEOPLE = Array.from({ length: CAMERAS }, (_, index) => ({
    login: `officer${index}`,
    name: `监督员${'甲乙丙丁'[index]}`,
    kind: 'officer' as const,
    certificate: `31000${index}`,
    roles: ['officer'] as const,
}));
const MANAGER = { login: 'manager', name: '陆管理', kind: 'staff' as const, roles: ['recordingManager'] as const };

type World = { url: string; institute: Institute; officer: Remote; manager: Remote; context: BrowserContext };

/** Cameras side by side in a real browser, and how soon a picture is there after somebody asked for it. */
export async function benchPlayback(folder: string): Promise<void> {
    const server = await startServer(join(folder, 'data'));
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
    });
    try {
        const institute = await foundInstitute(server.url, [...PEOPLE, MANAGER]);
        const as = (login: string) => remote(server.url).signIn(login, INSTITUTE_PASSWORD);
        const context = await browser.newContext({
            baseURL: server.url,
            locale: 'zh-CN',
            viewport: { width: 1440, height: 900 },
        });
        const world = { url: server.url, institute, officer: await as('officer0'), manager: await as('manager'), context };
        const page = await context.newPage();
        await signIn(page, 'officer0', INSTITUTE_PASSWORD);
        await sideBySide(world, page, folder);
        await firstFrames(world, page, folder);
    } finally {
        await browser.close();
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
    const note = (what: string, { samples, medianMs, p95Ms, worstMs }: Skew, rate = 1) => {
        const wall = Math.round(worstMs / Math.max(1, rate));
        rows.push({
            what: `${what} (${samples} drawings)`,
            value: `worst ${worstMs} ms${rate > 1 ? ` of the recording = ${wall} ms of the viewer` : ''}, p95 ${p95Ms}, median ${medianMs}`,
            wanted: `< ${WANTED_MS} ms`,
            met: wall < WANTED_MS,
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
    for (const rate of [0.25, 0.5, 2, 4, 8]) {
        await page.getByRole('combobox', { name: '速度' }).selectOption(String(rate));
        if (rate >= 4) await slider.fill('6000');
        await sleep(rate >= 4 ? 4_000 : 3_000);
        note(`at ${rate} times the speed`, await takeSkew(page), rate);
    }
    await page.getByRole('combobox', { name: '速度' }).selectOption('1');
    await slider.fill('12000');
    await allReady(page);
    const from = Date.now();
    await stallOne(page);
    await slider.fill('70000');
    const waits = page.locator('.transport-waits');
    // What was read ahead may reach over the jump: then nobody had to wait, and no stall was measured.
    const isSaid = await waits
        .waitFor({ timeout: 8_000 })
        .then(() => true)
        .catch(() => false);
    if (isSaid) await waits.waitFor({ state: 'detached' });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    const stood = Date.now() - from;
    await sleep(3_000);
    const said = isSaid ? `the page said for whom all stood; ${stood} ms` : 'nobody had to wait: no stall was measured';
    note(`one camera's bytes are held for 2 s (${said})`, await takeSkew(page));
    await press(' ');
    printTable(
        `${CAMERAS} cameras side by side on corrected time, clocks up to a minute wrong, Chromium without a graphics card`,
        rows,
    );
}

/** The next bytes of the last camera come two seconds late. */
async function stallOne(page: Page): Promise<void> {
    const last = await page.locator('.cam video').last().getAttribute('src');
    await page.route(
        (url) => last !== null && url.pathname === new URL(last, 'http://x').pathname,
        async (route) => {
            await sleep(2_000);
            await route.continue();
        },
    );
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

async function actOfFour({ url, institute, officer, manager }: World, folder: string): Promise<{ actId: Id; starts: number[] }> {
    const start = lastTenOClock();
    const people = PEOPLE.map(({ login }) => institute.people[login]?.id ?? '');
    const participants = people.map((personId) => ({ personId, part: 'officer' as const }));
    const times = { startsAt: start, endsAt: start + SECONDS * SECOND };
    const { id: actId } = await officer.call('act.create', {
        body: { scenario: 'routineInspection', place: '虚构路 1 号', ...times, participants },
    });
    const { number } = await officer.call('act.get', { params: { id: actId } });
    for (const [index, fast] of FAST.entries()) {
        const device = `B000${index}`;
        const { id } = await manager.call('device.create', { body: { kind: 'recorder', number: device } });
        await manager.call('device.issue', { params: { id }, body: { personId: people[index] ?? '' } });
        const shown = new Date(Date.now() + fast + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
        await manager.call('device.readClock', { params: { id }, body: { shown, afterSet: false } });
        const at = start + index * SECOND + fast;
        // As large as a recorder leaves it, so that a jump asks for bytes that are not there yet.
        const filled = index === CAMERAS - 1 ? { filledTo: '12M' } : {};
        const clip = await makeCodedClip(folder, { device, start: at, seconds: SECONDS - 5, size: '640x360', ...filled });
        await handIn(url, 'officer0', ['--device', device, '--act', number, clip.path]);
    }
    for (;;) {
        const { recordings } = await officer.call('act.get', { params: { id: actId } });
        const starts = people.map(
            (id) => recordings.find((each) => each.personId === id)?.stretches[0]?.corrected?.start.at ?? 0,
        );
        if (starts.every((each) => each > 0)) return { actId, starts };
        await sleep(200);
    }
}

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
