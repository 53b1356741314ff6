import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { openContext } from './browser.ts';
import { isReady, kept } from './device.ts';
import { type Gateway, gatewayTo } from './gateway.ts';
import { PHONE } from './paper-steps.ts';
import { button, eventually, field, gone, seen, signIn, typeSignIn } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let visit: Visit;
let gateway: Gateway;
let context: BrowserContext;
let phone: Page;

const HOUR = 3_600_000;

beforeAll(async () => {
    const filled = await systemWith();
    system = filled;
    visit = await oneVisit(filled);
    gateway = await gatewayTo(filled.url);
    context = await openContext(gateway.url, PHONE);
    phone = await context.newPage();
    await signIn(phone, 'zhouqing', INSTITUTE_PASSWORD);
    await phone.evaluate(() => localStorage.setItem('liuhen.terminal', '平板 07'));
    const officer = await filled.remoteOf('zhouqing');
    const body = { type: 'supervisionOpinion', count: 1, terminal: '平板 07' } as const;
    await officer.call('document.reserveNumbers', { body });
}, 120_000);
// One test that fails does not leave the next ones without network.
afterEach(() => context.setOffline(false));
afterAll(async () => {
    await gateway?.close();
    await system?.close();
});

const officer = () => system.remoteOf('zhouqing');
const documents = async () => (await (await officer()).call('document.list', { query: { limit: 50 } })).items;
const contentOf = async (id: string) =>
    JSON.stringify((await (await officer()).call('document.get', { params: { id } })).content);
const words = (page: Page) => page.locator('.doc-text textarea').first();

/** Begins a document on the act's page while the server is away, and writes something; gives its id. */
async function written(said: string, type = '卫生监督意见书'): Promise<string> {
    await phone.goto(`/acts/${visit.actId}`);
    await button(phone, '新建文书').click();
    await phone.getByRole('searchbox', { name: '名称或拼音首字母' }).fill(type);
    await button(phone, type).click();
    await phone.waitForURL('**/documents/offline/**');
    await words(phone).fill(said);
    await seen(phone.getByText(/^已存本机/));
    return phone.url().split('/').at(-1) ?? '';
}
const arrives = (id: string) => phone.waitForURL(`**/documents/${id}`, { timeout: 60_000 });

describe('the outbox', () => {
    it('begins with the program and one number on the device', async () => {
        await phone.goto(`/acts/${visit.actId}`);
        await eventually(() =>
            phone.evaluate(() =>
                Object.entries(localStorage).some(([key, value]) => key.startsWith('liuhen.blocks.') && value.includes('0001')),
            ),
        ).toBe(true);
        await isReady(phone, visit.actId);
    });

    it('a server that fails for long, and loses an answer, gets each document once, with the one number there was', async () => {
        await context.setOffline(true);
        const numbered = await written('第一份');
        await seen(phone.getByText(/取自本机预留的号段/));
        const second = await written('第二份');
        // The block is exhausted: that is said, and the document is made all the same.
        await seen(phone.getByText(/没有预留这种文书的号码/));
        gateway.answer = ({ url }) => (url?.startsWith('/api/') || url === '/healthz' ? 500 : undefined);
        await context.setOffline(false);
        let asked = 0;
        gateway.answer = ({ url, method }) => {
            if (method === 'POST' && url === '/api/documents') asked += 1;
            return url?.startsWith('/api/') ? 500 : undefined;
        };
        await eventually(() => asked).toBeGreaterThan(1);
        expect(await documents()).toEqual([]);
        // The server works again, but its first answer gets lost.
        let lost = 0;
        gateway.loses = ({ method, url }) => method === 'POST' && url === '/api/documents' && ++lost === 1;
        gateway.answer = undefined;
        await arrives(second);
        gateway.loses = undefined;
        expect(lost).toBeGreaterThan(1);
        const found = await documents();
        expect(found.map((each) => each.id)).toEqual([second, numbered]);
        expect(found.map((each) => each.number?.endsWith('0001') ?? false)).toEqual([false, true]);
        await system.expectSound();
    });

    it('what was refused says why, keeps every word, is mended and sent again', async () => {
        await context.setOffline(true);
        const id = await written('起止时间写反了', '现场笔录');
        const day = new Date(Date.now() - 16 * HOUR).toISOString().slice(0, 10);
        for (const [label, time] of [
            ['开始', '10:00'],
            ['结束', '09:00'],
        ] as const) {
            await field(phone, label).nth(0).fill(day);
            await field(phone, label).nth(1).fill(time);
        }
        await context.setOffline(false);
        const alert = phone.getByRole('alert');
        await seen(alert.getByText(/结束/));
        await seen(alert.getByText('内容还在本机，没有丢。改好以后再送出。'));
        await phone.goto('/documents');
        await seen(phone.getByText('没有送成'));
        await phone.goto(`/documents/offline/${id}`);
        expect(await words(phone).inputValue()).toBe('起止时间写反了');
        await field(phone, '结束').nth(1).fill('11:00');
        await button(phone, '现在送出').click();
        await arrives(id);
        expect(await contentOf(id)).toContain('起止时间写反了');
        await system.expectSound();
    });

    it('a sign-in that ended without network is asked for once there is some, and the document goes out after it', async () => {
        await context.setOffline(true);
        const id = await written('登录在路上到期');
        await context.clearCookies();
        await context.setOffline(false);
        await seen(phone.getByText('登录已到期，没有送出的内容在本机，没有丢。'));
        await typeSignIn(phone, 'zhouqing', INSTITUTE_PASSWORD);
        await eventually(async () => (await documents()).some((each) => each.id === id)).toBe(true);
        expect(await contentOf(id)).toContain('登录在路上到期');
        await isReady(phone, visit.actId);
        await system.expectSound();
    });

    it('a document that arrived while its answer did not, and was changed there meanwhile, loses neither text', async () => {
        await context.setOffline(true);
        const id = await written('断网时写的');
        let created = 0;
        gateway.loses = ({ method, url }) => method === 'POST' && url === '/api/documents' && ++created > 0;
        gateway.answer = ({ url }) => (created > 0 && url?.startsWith('/api/') ? 500 : undefined);
        await context.setOffline(false);
        await eventually(async () => (await documents()).some((each) => each.id === id)).toBe(true);
        await words(phone).fill('断网时写的，后来又写的');
        await seen(phone.getByText(/^已存本机/));
        const desk = await officer();
        const { content, revision, startedAt, endedAt } = await desk.call('document.get', { params: { id } });
        const [key = ''] = Object.entries(content).find(([, value]) => value === '断网时写的') ?? [];
        const body = { revision, content: { ...content, [key]: '电脑上写的' }, startedAt, endedAt };
        expect(await desk.call('document.save', { params: { id }, body })).toMatchObject({ outcome: 'saved' });
        gateway.loses = undefined;
        gateway.answer = undefined;
        await arrives(id);
        // The address changes before the page does.
        await eventually(() => words(phone).inputValue()).toBe('电脑上写的');
        await phone.getByRole('alert').getByRole('button').first().click();
        await seen(phone.locator('.doc-conflict').getByText('断网时写的，后来又写的'));
        expect(await contentOf(id)).toContain('电脑上写的');
        await system.expectSound();
    });

    it('two pages of one person that come back at the same moment send a document once, and none calls it refused', async () => {
        await context.setOffline(true);
        const id = await written('两个页面');
        const second = await context.newPage();
        await second.goto('/documents');
        await seen(second.getByText('还没有送出'));
        let asked = 0;
        gateway.answer = ({ method, url }) => {
            if (method === 'POST' && url === '/api/documents') asked += 1;
            return undefined;
        };
        await context.setOffline(false);
        await arrives(id);
        await gone(second.getByText('还没有送出'));
        gateway.answer = undefined;
        expect(asked).toBeGreaterThan(0);
        expect(await second.getByText('没有送成').count()).toBe(0);
        expect((await documents()).filter((each) => each.id === id)).toHaveLength(1);
        await second.close();
        await system.expectSound();
    });

    it('a page that cannot send leaves its draft as soon as another page of the device has sent it', async () => {
        await context.setOffline(true);
        const id = await written('另一个页面送的');
        const second = await context.newPage();
        await second.goto('/documents');
        await seen(second.getByText('还没有送出'));
        const isSending = (url: URL) => url.pathname === '/api/documents';
        await phone.route(isSending, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
        await context.setOffline(false);
        await arrives(id);
        expect(await contentOf(id)).toContain('另一个页面送的');
        await phone.unroute(isSending);
        await second.close();
        await system.expectSound();
    });

    it('whoever signs in next at the device sees and sends nothing of it, and it goes out when its writer is back', async () => {
        await isReady(phone, visit.actId);
        await context.setOffline(true);
        const id = await written('只有我的');
        await context.clearCookies();
        await context.setOffline(false);
        await seen(phone.getByText('登录已到期，没有送出的内容在本机，没有丢。'));
        await typeSignIn(phone, 'hebei', INSTITUTE_PASSWORD);
        await phone.waitForURL((url) => url.pathname !== '/sign-in');
        await phone.goto('/documents');
        await seen(phone.getByRole('heading', { name: '执法文书' }).first());
        expect(await phone.getByText('还没有送出').count()).toBe(0);
        await phone.goto(`/documents/offline/${id}`);
        await eventually(() => phone.locator('.doc-text textarea').count()).toBe(0);
        // What the officer before had taken along is not there any more either.
        const mine = await officer();
        const me = (await mine.call('session.get', {})).person.id;
        expect((await kept(phone)).filter((each) => each.includes(me))).toEqual([]);
        expect((await documents()).some((each) => each.id === id)).toBe(false);
        await context.clearCookies();
        await phone.goto('/documents');
        await typeSignIn(phone, 'zhouqing', INSTITUTE_PASSWORD);
        await eventually(async () => (await documents()).some((each) => each.id === id)).toBe(true);
        expect(await contentOf(id)).toContain('只有我的');
        await isReady(phone, visit.actId);
        // Nor is anything left where another person is there without any sign-in on this page.
        const own = await context.cookies();
        await context.addCookies(await (await system.pageOf('hebei')).context().cookies());
        await phone.goto('/documents');
        await eventually(async () => (await kept(phone)).filter((each) => each.includes(me))).toEqual([]);
        await context.addCookies(own);
        await phone.goto('/documents');
        await isReady(phone, visit.actId);
        await system.expectSound();
    });

    it('a clock that runs ahead is said, and does not make a document of the future', async () => {
        await context.setOffline(true);
        await phone.clock.setSystemTime(Date.now() + 3 * HOUR);
        const id = await written('手机的钟快了三小时');
        await context.setOffline(false);
        await arrives(id);
        await seen(phone.getByText(/这台设备的时间与服务器相差 [23] 小时/));
        const { madeAt } = await (await officer()).call('document.get', { params: { id } });
        expect(madeAt).toBeLessThanOrEqual(Date.now() + 2_000);
        await phone.clock.setSystemTime(Date.now());
        await system.expectSound();
    });

    it('a full device says so at once, and what was on the screen is still there', async () => {
        await context.setOffline(true);
        const id = await written('空间快满了');
        const devtools = await context.newCDPSession(phone);
        await devtools.send('Storage.overrideQuotaForOrigin', { origin: gateway.url, quotaSize: 1 });
        const full = phone.getByText('没有存入本机：设备空间不足，或者浏览器不允许存储');
        let typed = 0;
        // The browser remembers for half a minute how much room there is.
        const noticed = async () => {
            typed += 1;
            await words(phone).fill(`这一句没有存下。${typed}`.repeat(5_000));
            return full.count();
        };
        await expect.poll(noticed, { timeout: 90_000, interval: 500 }).toBeGreaterThan(0);
        await devtools.send('Storage.overrideQuotaForOrigin', { origin: gateway.url });
        await eventually(async () => {
            typed += 1;
            await words(phone).fill(`这一句存下了。${typed}`);
            return full.count();
        }).toBe(0);
        await context.setOffline(false);
        await eventually(async () => (await documents()).some((each) => each.id === id)).toBe(true);
        expect(await contentOf(id)).toContain('这一句存下了');
        await system.expectSound();
    });
});

describe('one draft on two devices', () => {
    it('what was typed without network on an older state is put beside the newer one, and neither is lost', async () => {
        const mine = (await documents()).find((each) => each.state === 'draft')?.id ?? '';
        await phone.goto(`/documents/${mine}`);
        await seen(words(phone));
        await context.setOffline(true);
        await words(phone).fill('手机上写的');
        await seen(phone.getByText(/没有网络|存在本机/).first());
        const desk = await system.pageOf('zhouqing');
        await desk.goto(`/documents/${mine}`);
        await words(desk).fill('电脑上写的');
        await seen(desk.getByText(/^已保存 \d\d:\d\d$/));
        // The phone closed the page meanwhile; it comes back to the newer state.
        await phone.goto('about:blank');
        await context.setOffline(false);
        await phone.goto(`/documents/${mine}`);
        expect(await words(phone).inputValue()).toBe('电脑上写的');
        await phone.getByRole('alert').getByRole('button').first().click();
        await seen(phone.locator('.doc-conflict'));
        await seen(phone.locator('.doc-conflict').getByText('手机上写的'));
        await seen(phone.locator('.doc-conflict').getByText('电脑上写的'));
        expect(await contentOf(mine)).toContain('电脑上写的');
        await system.expectSound();
    });
});

describe('what a document belonged to', () => {
    it('of an act that was marked secret meanwhile it goes out on its own, if the officer says so', async () => {
        const manager = await system.remoteOf('hebei');
        const act = await manager.call('act.get', { params: { id: visit.actId } });
        await context.setOffline(true);
        const id = await written('此后执法行为加了保密标识');
        // Taken off the act and marked: whoever wrote is nobody to it any more.
        const mine = act.participants.find((each) => each.name === '周青');
        await manager.call('act.removeParticipant', { params: { id: mine?.id ?? '' }, body: { reason: '换人' } });
        const { version } = await manager.call('act.get', { params: { id: visit.actId } });
        await manager.call('act.markSecrecy', { params: { id: visit.actId }, body: { secrecy: 'work', version } });
        await context.setOffline(false);
        await button(phone, '去掉关联后送出').click();
        await arrives(id);
        expect((await documents()).find((each) => each.id === id)).toMatchObject({ actId: null });
        await manager.call('act.markSecrecy', {
            params: { id: visit.actId },
            body: { secrecy: 'open', version: (await manager.call('act.get', { params: { id: visit.actId } })).version },
        });
        await system.expectSound();
    });
});
