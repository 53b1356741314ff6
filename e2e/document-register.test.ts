import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { alertText, button, choose, eventually, field, gone, seen } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let visit: Visit;

beforeAll(async () => {
    const filled = await systemWith([
        ...USUAL_PEOPLE,
        { login: 'yinseal', name: '尹印章', kind: 'staff', roles: ['sealKeeper'] },
    ]);
    system = filled;
    visit = await oneVisit(filled);
}, 120_000);
afterAll(async () => {
    await system?.close();
});

/** The code of a page has come: from then on it can be opened without network. */
const pageCode = (page: Page, name: string) =>
    eventually(() =>
        page.evaluate((file) => performance.getEntriesByType('resource').some((each) => each.name.includes(file)), name),
    ).toBe(true);

describe('numbers', () => {
    it('are taken along by a terminal, voided with a reason, and the register has no hole', async () => {
        const page = await system.pageOf('zhouqing');
        await page.goto('/documents/numbers');
        await seen(page.getByText('还没有给出过号码'));
        await page.getByRole('link', { name: '预留号段' }).click();
        await button(page, '预留号段').first().click();
        const drawer = page.getByRole('dialog');
        await choose(drawer, '文书种类', '卫生监督意见书', '卫生监督意见书');
        await drawer.getByRole('spinbutton', { name: '数量' }).fill('3');
        await field(drawer, '终端名称').fill('平板 07');
        await button(drawer, '保存').click();
        await gone(drawer);
        await seen(page.getByText('平板 07（本机）'));

        await page.getByRole('link', { name: '编号登记' }).click();
        await seen(page.getByText('连号检查：第 1 至 3 号都在登记簿上，没有缺号。'));
        await page.getByRole('button', { name: '作废' }).first().click();
        await field(page.getByRole('dialog'), '理由').fill('预印件污损');
        await page.getByRole('dialog').getByRole('button', { name: /^作废/ }).click();
        await gone(page.getByRole('dialog'));
        await page.goto('/documents/numbers?state=voided&q=污损');
        await seen(page.getByText('预印件污损'));
        await seen(page.getByText('共 1 条'));
        await system.expectSound();
    });

    it('forms sealed beforehand stand in the register of the seal', async () => {
        const page = await system.pageOf('yinseal');
        await page.goto('/documents/blocks');
        await button(page, '预先用印').first().click();
        const dialogue = page.getByRole('dialog');
        await dialogue.getByLabel('份数').fill('6');
        await field(dialogue, '用途').fill('现场预盖章');
        await button(dialogue, '用印').click();
        await gone(dialogue);
        await page.goto('/documents/seals?q=平板');
        await seen(page.getByText(/预盖章表格 \d{4}-0001 – \d{4}-0003（平板 07）/));
        await seen(page.getByText('现场预盖章'));
        await page.goto('/documents/seals?scanned=yes');
        await seen(page.getByText('没有符合条件的用印'));
        await system.expectSound();
    });
});

describe('a document begun without network', () => {
    it('is written on the device with a number taken along, and arrives by itself', async () => {
        const phone = await system.pageOf('zhouqing', { viewport: { width: 390, height: 844 } });
        await phone.evaluate(() => localStorage.setItem('liuhen.terminal', '平板 07'));
        // By itself a browser notes 250 files, and the code of all pages is more than that.
        await phone.addInitScript(() => performance.setResourceTimingBufferSize(2_000));
        await phone.goto(`/acts/${visit.actId}`);
        await seen(button(phone, '新建文书'));
        await pageCode(phone, 'offline-draft-page');
        await eventually(() =>
            phone.evaluate(() =>
                Object.entries(localStorage).some(([key, value]) => key.startsWith('liuhen.blocks.') && value.includes('0001')),
            ),
        ).toBe(true);
        await phone.context().setOffline(true);
        await button(phone, '新建文书').click();
        await phone.getByRole('searchbox', { name: '名称或拼音首字母' }).fill('卫生监督意见书');
        await button(phone, '卫生监督意见书').click();
        await seen(phone.getByText(/取自本机预留的号段/));
        await eventually(() => phone.locator('#field-party input').first().inputValue()).toBe(visit.partyName);
        const facts = phone.locator('.doc-text textarea').first();
        await facts.fill('现场没有网络时写下的意见。');
        await seen(phone.getByText(/^已存本机/));
        const id = phone.url().split('/').at(-1) ?? '';

        await phone.context().setOffline(false);
        // It becomes a document like any other, under the id it had here and with its number.
        await phone.waitForURL(`**/documents/${id}`);
        await seen(phone.getByText(/\d{4}-0001/));
        await eventually(() => phone.locator('.doc-text textarea').first().inputValue()).toBe('现场没有网络时写下的意见。');
        await system.expectSound();
    });
});

describe('documents made elsewhere', () => {
    const PDF = { mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n旧文书\n') };

    it('one comes in with its file', async () => {
        const page = await system.pageOf('zhouqing');
        await page.goto('/documents/import');
        await button(page, '导入这份文书').click();
        await seen(page.getByText('必填').first());
        await choose(page, '文书种类', '行政处罚决定书', '行政处罚决定书');
        await page.locator('input[type=file]').setInputFiles({ name: '处罚决定书 17 号.pdf', ...PDF });
        await eventually(() => field(page, '文书标题').inputValue()).toBe('处罚决定书 17 号');
        await field(page, '文书日期').fill('2025-11-02');
        await field(page, '来源系统').fill('市执法办案平台');
        await button(page, '导入这份文书').click();
        await seen(page.getByRole('heading', { name: /处罚决定书 17 号/ }));
        await seen(page.getByRole('link', { name: '处罚决定书 17 号.pdf' }));
        // What came in under nobody is put under its party, and where the paper lies is noted, before it is filed.
        await button(page, '改归属').click();
        await choose(page.getByRole('dialog'), '相对人', visit.partyName, visit.partyName);
        await field(page.getByRole('dialog'), '理由').fill('导入时未填');
        await button(page.getByRole('dialog'), '改归属').click();
        await seen(page.getByRole('link', { name: visit.partyName }));
        await button(page, '登记原件存放处').click();
        await field(page.getByRole('dialog'), /原件/).fill('档案室 2 柜');
        await button(page.getByRole('dialog'), '登记原件存放处').click();
        await seen(page.getByText(/· 档案室 2 柜$/));
        await system.expectSound();
    });

    it('a list shows what would become of each row, and takes in what can be', async () => {
        const page = await system.pageOf('zhouqing');
        await page.goto('/documents/import');
        await page.getByText('一批').click();
        const lines = [
            '文书种类,文书标题,文号,文书日期,来源系统,相对人,文件名',
            `行政处罚决定书,甲店处罚决定书,沪测卫公罚〔2025〕18号,2025/11/3,市平台,${visit.partyName},18.pdf`,
            '没有这种文书,乙,,2099-01-01,市平台,,',
        ];
        const [list, scans] = [page.locator('input[type=file]').first(), page.locator('input[type=file]').nth(1)];
        await list.setInputFiles({ name: '旧文书.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
        await seen(page.getByText('没有这种文书、文书日期晚于今天'));
        await seen(page.getByText('相对人只按名称对应，请核对'));
        await scans.setInputFiles({ name: '18.pdf', ...PDF });
        await seen(page.getByText(/文件 18\.pdf/));
        await seen(page.getByText('扫描件对上 1 / 1 行。'));
        await button(page, '导入 1 份文书').click();
        await seen(page.getByText('已存入'));
        await page.getByRole('link', { name: '甲店处罚决定书' }).click();
        await seen(page.getByText('沪测卫公罚〔2025〕18号').first());
        // The same list once more: nothing comes in twice.
        await page.goto('/documents/import');
        await page.getByText('一批').click();
        await list.setInputFiles({ name: '旧文书.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
        await seen(page.getByText(/同种类、同文号的文书已经在系统中/));
        await list.setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('名字,地址\n甲,乙') });
        expect(await alertText(page)).toContain('表中没有需要的列');
        await system.expectSound();
    });
});
