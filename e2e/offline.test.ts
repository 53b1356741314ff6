import { randomBytes } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { openContext, pageErrors } from './browser.ts';
import { isReady, kept } from './device.ts';
import { type Gateway, gatewayTo } from './gateway.ts';
import { PHONE } from './paper-steps.ts';
import { button, eventually, gone, seen, signIn, takeFromMenu } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let visit: Visit;
let secret: string;
let gateway: Gateway;

const HOUR = 3_600_000;

beforeAll(async () => {
    const filled = await systemWith();
    system = filled;
    visit = await oneVisit(filled);
    gateway = await gatewayTo(filled.url);
    const officer = await filled.remoteOf('zhouqing');
    const { startsAt, endsAt, participants } = await officer.call('act.get', { params: { id: visit.actId } });
    const { id } = await officer.call('act.create', {
        body: {
            scenario: 'doubleRandomInspection',
            place: '示范路 1 号',
            startsAt: startsAt - 3_600_000,
            endsAt: endsAt - 3_600_000,
            participants: participants.map(({ person }) => ({ personId: person?.id ?? '', part: 'officer' as const })),
        },
    });
    const { version } = await officer.call('act.get', { params: { id } });
    await officer.call('act.markSecrecy', { params: { id }, body: { secrecy: 'trade', version } });
    secret = id;
}, 120_000);
afterAll(async () => {
    await gateway?.close();
    await system?.close();
});

/** Closes the page as a phone closes it, and opens another one in the same browser. */
async function reopened(context: BrowserContext, page: Page, path: string): Promise<Page> {
    await page.close();
    const next = await context.newPage();
    await next.goto(path);
    return next;
}

describe('without network', () => {
    it('the pages open after a reload and after they were closed, with what the officer took along', async () => {
        let phone = await system.pageOf('zhouqing', PHONE);
        await phone.goto('/acts');
        await isReady(phone, visit.actId);
        // 附件1 第12条: nothing of an act that bears a mark is kept.
        expect((await kept(phone)).filter((key) => key.includes(secret))).toEqual([]);
        await phone.context().setOffline(true);
        await phone.reload();
        await seen(phone.getByText('连不上服务器。'));
        phone = await reopened(phone.context(), phone, '/');
        await seen(phone.getByRole('heading', { name: '本机内容' }));
        await phone.getByRole('link', { name: visit.actNumber }).click();
        await seen(phone.getByRole('heading', { name: new RegExp(visit.partyName) }));
        expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await system.expectSound();
    });

    it('a server that answers with failures only is away, too; when it is back the page says nothing more', async () => {
        const context = await openContext(gateway.url, PHONE);
        const phone = await context.newPage();
        const errors = pageErrors(phone);
        await signIn(phone, 'zhouqing', INSTITUTE_PASSWORD);
        await isReady(phone, visit.actId);
        gateway.answer = () => 503;
        await phone.goto(`/acts/${visit.actId}`);
        await seen(phone.getByText('连不上服务器。'));
        await seen(phone.getByRole('heading', { name: new RegExp(visit.partyName) }));
        gateway.answer = undefined;
        await gone(phone.getByText('连不上服务器。'));
        expect(errors).toEqual([]);
        await system.expectSound();
    });

    it('what was taken along is shown for half a day without the server, and then to nobody', async () => {
        // A browser of its own: once nothing is shown any more, the question that failed is an error of the page.
        const phone = await (await openContext(system.url, PHONE)).newPage();
        await signIn(phone, 'zhouqing', INSTITUTE_PASSWORD);
        await phone.goto('/acts');
        await isReady(phone, visit.actId);
        await phone.context().setOffline(true);
        await phone.clock.setSystemTime(Date.now() + 11 * HOUR);
        await phone.goto(`/acts/${visit.actId}`);
        await seen(phone.getByRole('heading', { name: new RegExp(visit.partyName) }));
        await phone.clock.setSystemTime(Date.now() + 13 * HOUR);
        await phone.goto(`/acts/${visit.actId}`);
        await seen(phone.getByText(/连不上服务器/));
        expect(await phone.locator('body').textContent()).not.toContain(visit.partyName);
        await system.expectSound();
    });

    it('signing out leaves nothing on the device that was taken along, with or without network', async () => {
        const phone = await system.pageOf('zhouqing', PHONE);
        await isReady(phone, visit.actId);
        await phone.context().setOffline(true);
        await takeFromMenu(phone, phone.getByRole('button', { name: '我的账号' }), '退出登录');
        await seen(phone.getByText('已退出登录。'));
        await eventually(() => kept(phone)).toEqual([]);
        await phone.goto('/acts');
        await seen(phone.getByRole('heading', { name: '登录' }));
        // The server hears of it before anybody goes on with that session.
        await phone.context().setOffline(false);
        await phone.goto('/acts');
        await seen(phone.getByRole('heading', { name: '登录' }));
        await signIn(phone, 'hebei', INSTITUTE_PASSWORD);
        await phone.goto('/account');
        await seen(phone.getByText('何北').first());
        await system.expectSound();
    });
});

const PHOTO = { name: '现场 1.jpg', mimeType: 'image/jpeg' };

/** Begins a document on the act's page without network; gives its id. */
async function begin(page: Page, type: string): Promise<string> {
    await eventually(() => page.getByRole('button', { name: '新建文书' }).count()).toBe(1);
    await button(page, '新建文书').click();
    await page.getByRole('searchbox', { name: '名称或拼音首字母' }).fill(type);
    await button(page, type).click();
    await page.waitForURL('**/documents/offline/**');
    return page.url().split('/').at(-1) ?? '';
}
const documents = async () =>
    (await (await system.remoteOf('zhouqing')).call('document.list', { query: { actId: visit.actId, limit: 50 } })).items;
const write = async (page: Page, words: string) => {
    await page.locator('.doc-text textarea').first().fill(words);
    await seen(page.getByText(/^已存本机/));
};

describe('a record written from nothing without network', () => {
    it('after a reload, with photos, arrives once, in order, when the network is back', async () => {
        let phone = await system.pageOf('zhouqing', PHONE);
        await isReady(phone, visit.actId);
        await phone.context().setOffline(true);
        phone = await reopened(phone.context(), phone, `/acts/${visit.actId}`);
        const first = await begin(phone, '现场笔录');
        await write(phone, '检查池水消毒记录，无当日记录。');
        await phone.locator('input[type=file]').setInputFiles([
            { ...PHOTO, buffer: randomBytes(30_000) },
            { ...PHOTO, name: '现场 2.jpg', buffer: randomBytes(20_000) },
        ]);
        await seen(phone.getByRole('img', { name: '现场 2.jpg' }));
        expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await phone.reload();
        await seen(phone.getByText('检查池水消毒记录，无当日记录。'));
        await seen(phone.getByRole('img', { name: '现场 1.jpg' }));
        await phone.goto(`/acts/${visit.actId}`);
        const second = await begin(phone, '卫生监督意见书');
        await write(phone, '请立即记录。');
        // The phone goes into the pocket and comes out again where there is network.
        const context = phone.context();
        await phone.close();
        await context.setOffline(false);
        phone = await context.newPage();
        await phone.goto('/documents');
        await eventually(async () => (await documents()).map((each) => each.id).sort()).toEqual([first, second].sort());
        const [later, earlier] = await documents();
        expect([earlier?.id, later?.id]).toEqual([first, second]);
        const officer = await system.remoteOf('zhouqing');
        const { content } = await officer.call('document.get', { params: { id: first } });
        const photos = Object.values(content).flatMap((value) =>
            Array.isArray(value) ? value.flatMap((row) => (typeof row === 'object' && row.kind === 'photo' ? [row] : [])) : [],
        );
        expect(photos.map((each) => each.title)).toEqual(['现场 1', '现场 2']);
        for (const { ref } of photos)
            await eventually(async () => {
                const { items } = await officer.call('recording.list', { query: { actId: visit.actId, limit: 50 } });
                return items.filter((each) => each.id === ref).length;
            }).toBe(1);
        await gone(phone.getByText('还没有送出'));
        await system.expectSound();
    });
});

/** A phone whose program and act lie on it, for where there is no network. */
async function readyPhone(): Promise<Page> {
    const phone = await (await openContext(gateway.url, PHONE)).newPage();
    await signIn(phone, 'zhouqing', INSTITUTE_PASSWORD);
    await isReady(phone, visit.actId);
    return phone;
}

describe('a new version', () => {
    it('whose code and page do not belong together is neither kept nor offered', async () => {
        const phone = await readyPhone();
        gateway.rewrite = (path, text) =>
            path === '/service-worker.js'
                ? text.replace(/"version":"\w+"/, '"version":"mixed"').replace(/"page":"\w+"/, `"page":"${'0'.repeat(64)}"`)
                : text;
        const became = await phone.evaluate(async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            const found = new Promise<ServiceWorker | null>((resolve) => {
                registration?.addEventListener('updatefound', () => resolve(registration.installing), { once: true });
            });
            await registration?.update();
            const worker = await found;
            return new Promise<string | undefined>((resolve) => {
                const look = () => {
                    if (worker?.state !== 'installing') resolve(worker?.state);
                };
                worker?.addEventListener('statechange', look);
                look();
            });
        });
        gateway.rewrite = undefined;
        expect(became).toBe('redundant');
        expect(await phone.getByText('系统有新版本。').count()).toBe(0);
        await system.expectSound();
    });

    it('is offered, waits for whoever writes, and is taken by a tap', async () => {
        const phone = await readyPhone();
        gateway.rewrite = (path, text) =>
            path === '/service-worker.js'
                ? text.replace(/"version":"\w+"/, '"version":"later"').replace(/"\/assets\/index-[^"]+\.js",/, '')
                : text;
        await phone.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
        await seen(phone.getByText('系统有新版本。'));
        // It does not take over by itself.
        await phone.goto('/acts');
        await seen(phone.getByText('系统有新版本。'));
        await phone.evaluate(() => Object.assign(window, { before: true }));
        await button(phone, '现在更新').click();
        await eventually(() => phone.evaluate(() => 'before' in window)).toBe(false);
        await eventually(() => phone.evaluate(async () => (await caches.keys()).some((name) => name.endsWith('later')))).toBe(
            true,
        );
        gateway.rewrite = undefined;
        await system.expectSound();
    });
});
