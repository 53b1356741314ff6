import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { lastTenOClock, makeClip } from './clips.ts';
import { alertText, button, choose, eventually, field, gone, seen } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let folder: TemporaryFolder;
let visit: Visit;

beforeAll(async () => {
    folder = await temporaryFolder('e2e-work');
    const [filled, clip] = await Promise.all([
        systemWith(),
        makeClip(folder.path, { device: 'A0901', start: lastTenOClock(), seconds: 20 }),
    ]);
    system = filled;
    visit = await oneVisit(filled, clip);
}, 120_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

describe('working with lists', () => {
    it('filters stand in the address: reload, a link to a colleague and going back keep them', async () => {
        const officer = await system.pageOf('zhouqing');
        await seen(officer.getByRole('link', { name: /云汀泳池/ }));
        await officer.getByRole('searchbox', { name: '相对人、地点或编号' }).fill('云汀');
        await choose(officer, '办理', '进行中');
        await choose(officer, '执法情形', '双随机现场检查');
        await eventually(() => new URL(officer.url()).search).toMatch(/q=.*state=open|state=open.*q=/);
        const address = officer.url();
        const kept = async (page: Page) => {
            await seen(page.getByRole('link', { name: /云汀泳池/ }));
            expect(await page.getByRole('searchbox', { name: '相对人、地点或编号' }).inputValue()).toBe('云汀');
            await seen(page.getByRole('search').getByText('进行中'));
            await seen(page.getByRole('search').getByText('双随机现场检查'));
            expect(page.url()).toBe(address);
        };
        await officer.reload();
        await kept(officer);
        await officer.getByRole('link', { name: /云汀泳池/ }).click();
        await seen(officer.getByRole('region', { name: '时间对照' }));
        await officer.goBack();
        await kept(officer);
        const colleague = await system.pageOf('hebei');
        await colleague.goto(address);
        await kept(colleague);
        await choose(officer, '办理', '已办结');
        await seen(officer.getByText('没有符合条件的执法行为'));
        await button(officer, '清除筛选').click();
        await seen(officer.getByRole('link', { name: /云汀泳池/ }));
        await system.expectSound();
    });

    it('an act is reached and read with keys alone', async () => {
        const page = await system.page();
        const { keyboard } = page;
        await page.goto('/');
        await seen(field(page, '登录名'));
        await keyboard.type('zhouqing');
        await keyboard.press('Tab');
        await keyboard.type(INSTITUTE_PASSWORD);
        await keyboard.press('Enter');
        await seen(page.getByRole('link', { name: /云汀泳池/ }));
        await keyboard.press('j');
        await keyboard.press('Enter');
        await seen(page.getByRole('region', { name: '时间对照' }));

        const focused = () =>
            page.evaluate(() => {
                const { activeElement } = document;
                const value = activeElement?.getAttribute('aria-valuenow');
                return {
                    role: activeElement?.getAttribute('role') ?? activeElement?.tagName.toLowerCase(),
                    text: activeElement?.textContent ?? '',
                    value: value == null ? undefined : Number(value),
                };
            });
        const tabTo = async (wanted: (what: Awaited<ReturnType<typeof focused>>) => boolean, key = 'Tab') => {
            for (let presses = 0; presses < 60; presses++) {
                await keyboard.press(key);
                if (wanted(await focused())) return;
            }
            throw new Error('the keys do not lead there');
        };
        await tabTo(({ role }) => role === 'slider');
        await keyboard.press('ArrowRight');
        const first = (await focused()).value ?? 0;
        await keyboard.press('ArrowRight');
        expect((await focused()).value).toBe(first + 1_000);
        await keyboard.press('Shift+ArrowRight');
        expect((await focused()).value).toBe(first + 11_000);
        await keyboard.press('ArrowLeft');
        expect((await focused()).value).toBe(first + 10_000);
        await tabTo(({ role, text }) => role === 'button' && text === '表格', 'Shift+Tab');
        await keyboard.press('Enter');
        const table = page.getByRole('region', { name: '时间对照' }).getByRole('table');
        await seen(table);
        expect(await table.textContent()).toContain('文书载明起止');
        await system.expectSound();
    });

    it('of two people who change one party the second is told, and neither loses anything', async () => {
        const [one, two] = [await system.pageOf('zhouqing'), await system.pageOf('hebei')];
        const open = async (page: Page) => {
            await page.goto(`/parties/${visit.partyId}`);
            await button(page, '修改相对人').click();
            return page.getByRole('dialog', { name: '修改相对人' });
        };
        const [first, second] = [await open(one), await open(two)];
        await field(first, '联系电话').fill('021-5555-0101');
        await button(first, '保存').click();
        await gone(first);
        await field(second, '法定代表人或负责人').fill('高见山');
        await button(second, '保存').click();
        const told = second.getByText('原为 （空），对方改为 021-5555-0101');
        await seen(told);
        await eventually(() => alertText(second)).toMatch(/填写期间，周青 在 .* 改了这条记录/);
        expect(await field(second, '法定代表人或负责人').inputValue()).toBe('高见山');
        expect(await field(second, '联系电话').inputValue()).toBe('021-5555-0101');
        const detail = async () => (await system.remoteOf('zhouqing')).call('party.get', { params: { id: visit.partyId } });
        expect(await detail()).toMatchObject({ phone: '021-5555-0101', legalRepresentative: null });
        await button(second, '保存').click();
        await gone(second);
        expect(await detail()).toMatchObject({ phone: '021-5555-0101', legalRepresentative: '高见山' });
        await system.expectSound();
    });

    it('where both changed one field, what was typed stays until its author chooses', async () => {
        const page = await system.pageOf('hebei');
        await page.goto(`/acts/${visit.actId}`);
        await button(page, '修改').click();
        const drawer = page.getByRole('dialog', { name: '修改执法行为' });
        await field(drawer, '地点').fill('示范路 268 号');
        const remote = await system.remoteOf('zhouqing');
        const { premises: _, ...act } = await remote.call('act.get', { params: { id: visit.actId } });
        const { scenario, startsAt, endsAt, version } = act;
        const body = { scenario, startsAt, endsAt, partyId: visit.partyId, place: '示范路 270 号', note: '补记', version };
        await remote.call('act.update', { params: { id: visit.actId }, body });
        await button(drawer, '保存').click();
        await seen(drawer.getByText('原为 示范路 266 号，对方改为 示范路 270 号'));
        expect(await field(drawer, '地点').inputValue()).toBe('示范路 268 号');
        expect(await field(drawer, /说明/).inputValue()).toBe('补记');
        await drawer.getByText('用对方的', { exact: true }).first().click();
        expect(await field(drawer, '地点').inputValue()).toBe('示范路 270 号');
        await drawer.getByText('保留我填的', { exact: true }).click();
        expect(await field(drawer, '地点').inputValue()).toBe('示范路 268 号');
        await button(drawer, '保存').click();
        await gone(drawer);
        expect(await remote.call('act.get', { params: { id: visit.actId } })).toMatchObject({
            place: '示范路 268 号',
            note: '补记',
        });
        await system.expectSound();
    });

    it('an act keeps the premises it was given, and having none, whatever the address says', async () => {
        const remote = await system.remoteOf('zhouqing');
        const place = '示范路 266 号';
        const named = async (name: string) =>
            (await remote.call('party.addPremises', { params: { id: visit.partyId }, body: { name, address: place } })).id;
        const [, second] = [await named('一号池'), await named('二号池')];
        const page = await system.pageOf('zhouqing');
        const premises = async () => (await remote.call('act.get', { params: { id: visit.actId } })).premises;
        const note = async (words: string, before: () => Promise<void> = async () => undefined) => {
            await page.goto(`/acts/${visit.actId}`);
            await button(page, '修改').click();
            const drawer = page.getByRole('dialog', { name: '修改执法行为' });
            await seen(drawer.getByRole('combobox', { name: '场所' }));
            await before();
            await field(drawer, '地点').fill(place);
            await field(drawer, /说明/).fill(words);
            await button(drawer, '保存').click();
            await gone(drawer);
        };
        await note('没有选场所');
        expect(await premises()).toBeNull();
        await note('选了场所', () => choose(page.getByRole('dialog', { name: '修改执法行为' }), '场所', '二号池'));
        expect(await premises()).toEqual({ id: second, name: '二号池' });
        await note('再改一次备注');
        expect(await premises()).toEqual({ id: second, name: '二号池' });
    });
});
