import { join } from 'node:path';
import type { Id } from '@liuhen/domain';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { setParameter } from '../apps/server/src/demo/stories/set-parameter.ts';
import { AAC, ffmpeg, tone } from '../apps/server/src/testing/ffmpeg.ts';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { deviceStamp, lastTenOClock } from './clips.ts';
import { makeCodedClip } from './coded-clips.ts';
import { button, eventually, gone, seen } from './steps.ts';
import { handIn } from './story.ts';
import { systemWith } from './system.ts';

const HEAD = {
    login: 'suozhang',
    name: '方所长',
    kind: 'officer' as const,
    certificate: '210009',
    roles: ['instituteHead'] as const,
};
const START = lastTenOClock();
const WAIT = { timeout: 20_000, interval: 200 };

let system: Awaited<ReturnType<typeof systemWith>>;
let folder: TemporaryFolder;
let [shownId, foreignId, actId]: Id[] = [];

beforeAll(async () => {
    folder = await temporaryFolder('e2e-playback');
    const photo = join(folder.path, `DCAM_A0901_${deviceStamp(START + 10_000)}.JPG`);
    const foreign = join(folder.path, `DCAM_A0901_${deviceStamp(START + 3_600_000)}.MP4`);
    const started = systemWith([
        ...USUAL_PEOPLE,
        HEAD,
        { login: 'zhongzhuren', name: '钟主任', kind: 'staff', roles: ['agencyHead'] },
    ]);
    const clip = await makeCodedClip(folder.path, { device: 'A0901', start: START, seconds: 30 });
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=640x360:d=1', '-frames:v', '1', photo);
    const hevc = [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p',
        '-tag:v',
        'hvc1',
        '-x265-params',
        'log-level=error',
    ];
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=8', ...tone(8), ...hevc, ...AAC, '-shortest', foreign);
    system = await started;
    // Copies are made when somebody asks for one.
    const head = await system.remoteOf('suozhang');
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const value = { key: 'recording.makesPlayableCopies', value: false, standing: 'own', from: today } as const;
    await setParameter(head, await system.remoteOf('zhongzhuren'), { ...value, basis: '本机构', reason: '按需制作' });
    const [officer, manager] = [await system.remoteOf('zhouqing'), await system.remoteOf('lumanager')];
    const personId = system.institute.people.zhouqing?.id ?? '';
    const { id: deviceId } = await manager.call('device.create', { body: { kind: 'recorder', number: 'A0901' } });
    await manager.call('device.issue', { params: { id: deviceId }, body: { personId } });
    const actAt = async (startsAt: number) => {
        const participants = [{ personId, part: 'officer' as const }];
        const times = { startsAt, endsAt: startsAt + 60_000 };
        const body = { scenario: 'routineInspection' as const, place: '示范路 270 号', ...times, participants };
        const { id } = await officer.call('act.create', { body });
        return { id, number: (await officer.call('act.get', { params: { id } })).number };
    };
    const [act, other] = [await actAt(START), await actAt(START + 3_600_000)];
    actId = act.id;
    const hand = (number: string, path: string) => handIn(system.url, 'zhouqing', ['--device', 'A0901', '--act', number, path]);
    shownId = await hand(act.number, clip.path);
    await hand(act.number, photo);
    foreignId = await hand(other.number, foreign);
    const isInspected = async (id: Id | undefined) => {
        const { inspected, state } = await officer.call('recording.get', { params: { id: id ?? '' } });
        return inspected && state === 'sealed';
    };
    await vi.waitUntil(async () => (await isInspected(shownId)) && (await isInspected(foreignId)), {
        timeout: 60_000,
        interval: 200,
    });
    await manager.call('recording.askForDerived', { params: { id: shownId }, body: { kind: 'storyboard' } });
}, 180_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

const slider = (page: Page) => page.getByRole('slider', { name: '播放位置' });
const begin = async (page: Page, path: string) => {
    await page.goto(path);
    await button(page, '登记并播放').click();
    await eventually(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(2);
};

/** The summaries of ended viewings of one recording, the newest first. */
async function summaries(id: Id | undefined): Promise<{ played: { startMs: number; endMs: number }[] }[]> {
    const auditor = await system.remoteOf('shenji');
    const { items } = await auditor.call('ledger.list', { query: { objectId: id ?? '', kind: 'recording.viewingClosed' } });
    const bodies = items.map(({ index }) => auditor.call('ledger.viewBody', { params: { index } }));
    return (await Promise.all(bodies)).map(({ body }) => body as Awaited<ReturnType<typeof summaries>>[number]);
}

/** Notes every picture that the page shows from now on, in ms of the file. */
const notePictures = (page: Page): Promise<void> =>
    page.locator('video').evaluate((video: HTMLVideoElement) => {
        const shown: number[] = [];
        const next = (_: number, { mediaTime }: { mediaTime: number }) => {
            shown.push(mediaTime * 1_000);
            video.requestVideoFrameCallback(next);
        };
        video.requestVideoFrameCallback(next);
        Object.assign(window, { shownPictures: shown });
    });
const picturesOf = (page: Page): Promise<number[]> =>
    page.evaluate(() => (window as unknown as { shownPictures: number[] }).shownPictures);

describe('small pictures over the scrubber', () => {
    beforeAll(async () => {
        const manager = await system.remoteOf('lumanager');
        const made = async () => {
            const { derivedItems } = await manager.call('recording.get', { params: { id: shownId ?? '' } });
            return derivedItems.some((each) => each.kind === 'storyboard' && each.state === 'made');
        };
        await vi.waitUntil(made, { timeout: 60_000, interval: 200 });
    }, 70_000);
    const tile = (page: Page) => page.locator('.scrub-tiles figure > div');
    const place = (page: Page) => tile(page).evaluate((element) => getComputedStyle(element).backgroundPosition);
    /** The board behind the tile is there and is a picture. */
    const boardWidth = (page: Page) =>
        tile(page).evaluate(async (element) => {
            const picture = new Image();
            picture.src = /url\("(.*)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1] ?? '';
            await picture.decode();
            return picture.naturalWidth;
        });

    it('come under the pointer and by the keys, one for each moment', async () => {
        const page = await system.pageOf('lumanager');
        await begin(page, `/recordings/${shownId}`);
        const box = await slider(page).boundingBox();
        if (box === null) throw new Error('there is no slider');
        const pointAt = (part: number) => page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
        await pointAt(0.1);
        await seen(tile(page));
        expect(await boardWidth(page)).toBeGreaterThan(300);
        const early = await place(page);
        await pointAt(0.9);
        await eventually(() => place(page)).not.toBe(early);
        await page.mouse.move(5, 5);
        await gone(tile(page));
        await slider(page).focus();
        await page.keyboard.press('Home');
        await seen(tile(page));
        const first = await place(page);
        await page.keyboard.press('End');
        await eventually(() => place(page)).not.toBe(first);
        await slider(page).blur();
        await gone(tile(page));
    });

    it('come under a finger', async () => {
        const page = await system.pageOf('lumanager', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
        await begin(page, `/recordings/${shownId}`);
        await slider(page).scrollIntoViewIfNeeded();
        const box = await slider(page).boundingBox();
        if (box === null) throw new Error('there is no slider');
        const touches = await page.context().newCDPSession(page);
        const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', part = 0) => {
            const touchPoints = type === 'touchEnd' ? [] : [{ x: box.x + box.width * part, y: box.y + box.height / 2 }];
            return touches.send('Input.dispatchTouchEvent', { type, touchPoints });
        };
        await touch('touchStart', 0.2);
        await touch('touchMove', 0.25);
        await seen(tile(page));
        const early = await place(page);
        await touch('touchMove', 0.8);
        await eventually(() => place(page)).not.toBe(early);
        await touch('touchEnd');
        await gone(tile(page));
    });
});

describe('a coding that this browser does not show', () => {
    it('is said, a copy is asked for, made by a job, and plays with its name on it', async () => {
        const page = await system.pageOf('zhouqing');
        await page.goto(`/recordings/${foreignId}`);
        await seen(page.getByText('浏览器不能直接播放原件', { exact: false }));
        expect(await page.locator('video').count()).toBe(0);
        await button(page.getByRole('region', { name: '播放' }), '制作可播放的副本').click();
        await button(page, '登记并播放').click();
        await seen(page.locator('.cam-frame').getByText(/副本（原件编码不能直接播放）/));
        const video = page.locator('video');
        await eventually(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(320);
        await page.locator('body').press(' ');
        await eventually(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.5);
        await button(page, '结束查阅').click();
        await seen(page.getByText('查阅已结束'));
        await eventually(async () => (await summaries(foreignId))[0]?.played[0]?.endMs ?? 0).toBeGreaterThan(400);
    });
});

describe('a photograph on the chart', () => {
    it('is opened from it, behind its own registration', async () => {
        const page = await system.pageOf('zhouqing');
        await page.goto(`/acts/${actId}`);
        const chart = page.getByRole('region', { name: '时间对照' });
        await chart.getByRole('button', { name: /照片/ }).first().focus();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: /^打开照片/ }).click();
        const dialogue = page.getByRole('dialog', { name: /\.JPG$/ });
        await seen(button(dialogue, '登记并播放').or(button(dialogue, '登记并查看')));
        expect(await dialogue.getByRole('img', { name: /^照片/ }).count()).toBe(0);
        await dialogue.locator('button[type=submit]').click();
        const picture = dialogue.getByRole('img', { name: /^照片/ });
        await eventually(() => picture.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(640);
        await page.keyboard.press('Escape');
        await gone(dialogue);
    });
});

describe('what was played', () => {
    it('is one summary for each of two tabs, of what each showed: fast, backwards, again and again', async () => {
        const before = (await summaries(shownId)).length;
        const one = await system.pageOf('zhouqing');
        await begin(one, `/recordings/${shownId}`);
        const other = await one.context().newPage();
        await begin(other, `/recordings/${shownId}`);
        await slider(other).fill('20000');
        await notePictures(other);
        // In the first tab: from 2 s to beyond 8 s at eight times the speed.
        await one.bringToFront();
        await slider(one).fill('2000');
        await eventually(() => one.locator('video').evaluate((video: HTMLVideoElement) => video.seeking)).toBe(false);
        await notePictures(one);
        await one.getByRole('combobox', { name: '速度' }).selectOption('8');
        await one.locator('body').press(' ');
        await eventually(async () => Math.max(...(await picturesOf(one)))).toBeGreaterThan(8_000);
        await one.locator('body').press('k');
        // In the second: back from 20 s to before 19 s, then around 27 s until it has begun anew.
        await other.bringToFront();
        await other.locator('body').press('j');
        await eventually(async () => Math.min(...(await picturesOf(other)))).toBeLessThan(19_000);
        await other.locator('body').press('k');
        await slider(other).fill('29000');
        await other.locator('body').press('r');
        await slider(other).fill('28000');
        await other.locator('body').press(' ');
        await eventually(async () => {
            const pictures = await picturesOf(other);
            const late = pictures.findIndex((each) => each > 29_000);
            return late >= 0 && pictures.slice(late).some((each) => each > 24_000 && each < 26_000);
        }).toBe(true);
        await other.locator('body').press('k');
        const shown = [await picturesOf(one), await picturesOf(other)];
        for (const page of [one, other]) {
            await button(page, '结束查阅').click();
            await seen(page.getByText('查阅已结束'));
        }
        const found = await vi.waitUntil(async () => {
            const all = await summaries(shownId);
            return all.length === before + 2 && all.slice(0, 2).reverse();
        }, WAIT);
        const lengthOf = (played: { startMs: number; endMs: number }[]) =>
            played.reduce((sum, each) => sum + each.endMs - each.startMs, 0);
        for (const [index, { played }] of found.entries()) {
            const pictures = shown[index] ?? [];
            const named = (ms: number) => played.some((each) => each.startMs - 45 <= ms && ms <= each.endMs + 45);
            // At eight times the speed, what a busy machine leaves out before its first picture: 150 ms of the clock on the wall.
            expect(played[0]?.startMs).toBeGreaterThan(Math.min(...pictures) - 8 * 150);
            expect(played.at(-1)?.endMs).toBeLessThan(Math.max(...pictures) + 500);
            // Pictures on which it only stood still are not what was played.
            expect(pictures.filter((each) => !named(each)).length).toBeLessThan(6);
        }
        expect(found[0]?.played).toHaveLength(1);
        // What lies between the two places was not shown, and counts nowhere.
        expect(found[1]?.played.some((each) => each.startMs < 23_000 && each.endMs > 21_000)).toBe(false);
        expect(lengthOf(found[1]?.played ?? [])).toBeLessThan(10_000);
    });

    it('of a tab that died is sent by the next page, once', async () => {
        const before = (await summaries(shownId)).length;
        const page = await system.pageOf('zhouqing');
        await begin(page, `/recordings/${shownId}`);
        await slider(page).fill('3000');
        await page.locator('body').press(' ');
        const kept = () =>
            page.evaluate(() => {
                const key = Object.keys(localStorage).find((each) => each.startsWith('liuhen.viewing.')) ?? '';
                const { played } = JSON.parse(localStorage.getItem(key) ?? '{}') as { played?: { endMs: number }[] };
                return played?.at(-1)?.endMs ?? 0;
            });
        await eventually(kept).toBeGreaterThan(3_500);
        const until = await kept();
        // It crashes: nothing of it is told anybody any more.
        const crash = await page.context().newCDPSession(page);
        const crashed = new Promise((resolve) => page.once('crash', resolve));
        void crash.send('Page.crash').catch(() => undefined);
        await crashed;
        expect(await summaries(shownId)).toHaveLength(before);
        const next = await page.context().newPage();
        await next.goto('/');
        const found = await vi.waitUntil(async () => {
            const all = await summaries(shownId);
            return all.length > before && all;
        }, WAIT);
        expect(found).toHaveLength(before + 1);
        const { played } = found[0] ?? { played: [] };
        expect(played).toHaveLength(1);
        expect(Math.abs((played[0]?.startMs ?? 0) - 3_000)).toBeLessThan(300);
        expect(played[0]?.endMs).toBeGreaterThanOrEqual(until);
        await eventually(() =>
            next.evaluate(() => Object.keys(localStorage).filter((each) => each.startsWith('liuhen.viewing.'))),
        ).toEqual([]);
        await system.expectSound();
    });
});
