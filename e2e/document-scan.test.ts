import type { Id } from '@liuhen/domain';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { pdfOfPages, scannedPage } from '../apps/server/src/testing/scans.ts';
import { addRecord, getReady, OFFICE, PHONE, printFinal } from './paper-steps.ts';
import { button, choose, field, gone, seen } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { systemWith } from './system.ts';

let system: Awaited<ReturnType<typeof systemWith>>;
let visit: Visit;

beforeAll(async () => {
    const filled = await systemWith([...USUAL_PEOPLE, ...OFFICE]);
    system = filled;
    visit = await oneVisit(filled);
    await getReady(filled, ['sceneRecord'], {});
}, 120_000);
afterAll(async () => {
    await system?.close();
});

/** What comes out of the printer. */
async function printed(page: Page, id: Id): Promise<Buffer> {
    await page.goto(`/documents/${id}`);
    await printFinal(page);
    const href = (await page.getByRole('link', { name: '打开刚才的打印件' }).getAttribute('href')) ?? '';
    return (await page.context().request.get(href)).body();
}

const scans = (page: Page) => page.getByRole('region', { name: '扫描件' });
async function handIn(page: Page, name: string, buffer: Buffer): Promise<void> {
    await page.locator('input[aria-label="存入扫描件"]').setInputFiles({ name, mimeType: 'application/pdf', buffer });
}

describe('a scan of signed paper', () => {
    it('is bound to its print by the codes on its pages, and one with a wrong page is for a person to look at', async () => {
        const page = await system.pageOf('zhouqing');
        const other = await printed(page, await addRecord(system, visit, '另一次检查的所见。'));
        const id = await addRecord(system, visit, '查见治疗盘内器械包无灭菌日期标识。\n'.repeat(30));
        const pdf = await printed(page, id);
        const [one, two, wrong] = await Promise.all([
            scannedPage(pdf, 1, 'upsideDown'),
            scannedPage(pdf, 2, 'noisy'),
            scannedPage(other, 1, 'skewed'),
        ]);

        await handIn(page, '夹错页.pdf', pdfOfPages([one, wrong]));
        await seen(scans(page).getByText('有另一份文书的页面'));
        await seen(scans(page).getByText('缺打印件第 2 页'));
        await seen(scans(page).getByText('待人工认定', { exact: false }));
        await scans(page).getByRole('button', { name: '人工认定 第 2 面' }).click();
        const dialogue = page.getByRole('dialog', { name: '第 2 面' });
        expect(await dialogue.getByRole('radio', { name: '是打印件的第几页' }).isDisabled()).toBe(true);
        await field(dialogue, '理由').fill('夹入的是另一份笔录');
        await dialogue.getByRole('button', { name: '人工认定' }).click();
        await gone(dialogue);
        await seen(scans(page).getByText('认定不属于本文书：夹入的是另一份笔录', { exact: false }));
        await seen(scans(page).getByText('页面不齐全或次序不对'));

        await handIn(page, '齐全.pdf', pdfOfPages([one, two]));
        await seen(scans(page).getByText('与打印件一致，页面齐全'));
        await system.expectSound();
    }, 180_000);

    it('whose code cannot be found is settled from a phone, with a reason', async () => {
        const desk = await system.pageOf('zhouqing');
        const id = await addRecord(system, visit, '一页的所见。');
        const pdf = await printed(desk, id);
        const phone = await system.pageOf('zhouqing', PHONE);
        await phone.goto(`/documents/${id}`);
        await choose(phone, '扫描的是', '签名的纸质件');
        await handIn(phone, '折痕.pdf', pdfOfPages([await scannedPage(pdf, 1, 'withoutCode')]));
        await seen(scans(phone).getByText('有的页面没有找到二维码'));
        await button(scans(phone), '人工认定 第 1 面').click();
        const dialogue = phone.getByRole('dialog', { name: '第 1 面' });
        await dialogue.getByRole('spinbutton', { name: '页码' }).fill('1');
        await field(dialogue, '理由').fill('二维码处有折痕，逐字核对一致');
        await dialogue.getByRole('button', { name: '人工认定' }).click();
        await gone(dialogue);
        await seen(scans(phone).getByText('经人工认定，页面齐全'));
        await system.expectSound();
    }, 180_000);
});
