import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { makeClip, yesterdayAtTen } from './clips.ts';
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
        makeClip(folder.path, { device: 'A0901', start: yesterdayAtTen(), seconds: 20 }),
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
        expect(await alertText(second)).toContain('这条记录刚被别人修改过');
        expect(await field(second, '法定代表人或负责人').inputValue()).toBe('高见山');
        const detail = async () => (await system.remoteOf('zhouqing')).call('party.get', { params: { id: visit.partyId } });
        expect(await detail()).toMatchObject({ phone: '021-5555-0101', legalRepresentative: null });

        await button(second, '重新载入').click();
        const again = await open(two);
        expect(await field(again, '联系电话').inputValue()).toBe('021-5555-0101');
        await field(again, '法定代表人或负责人').fill('高见山');
        await button(again, '保存').click();
        await gone(again);
        expect(await detail()).toMatchObject({ phone: '021-5555-0101', legalRepresentative: '高见山' });
        await system.expectSound();
    });
});
