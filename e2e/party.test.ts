import { creditCodeCheck } from '@liuhen/domain';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../apps/server/src/platform/table/read-table.ts';
import { type PersonToAdd, USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { CSV, exported, WORKBOOK } from './exports.ts';
import { button, choose, eventually, field, gone, seen } from './steps.ts';
import { type System, systemWith } from './system.ts';

const HEADS: readonly PersonToAdd[] = [
    { login: 'shenhead', name: '沈科', kind: 'officer', certificate: '210003', roles: ['sectionHead'] },
    { login: 'tangchief', name: '唐所', kind: 'staff', roles: ['instituteHead'] },
];

let system: System;
let partyId = '';

const code = (start: string): string => start + creditCodeCheck(start);
const CODE = code('91310199MA1FC0019');

beforeAll(async () => {
    system = await systemWith([...USUAL_PEOPLE, ...HEADS]);
    const officer = await system.remoteOf('zhouqing');
    const fields = { kind: 'organisation', creditCode: CODE, address: '示范路 266 号', phone: '021-5555-0100' } as const;
    partyId = (await officer.call('party.create', { body: { name: '云汀泳池（测试）', ...fields } })).id;
}, 120_000);
afterAll(() => system?.close());

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('the register', () => {
    it('is exported whole, with the columns that are shown, and the log says so', async () => {
        const remote = await system.remoteOf('zhouqing');
        // More than one page of the list holds.
        for (let place = 0; place < 60; place += 1) {
            const digits = `91310199MA2FC${String(place).padStart(4, '0')}`;
            const name = place === 7 ? '=HYPERLINK("http://x")（测试）' : `示范店 ${place}（测试）`;
            await remote.call('party.create', { body: { name, kind: 'organisation', creditCode: code(digits) } });
        }
        const officer = await system.pageOf('zhouqing');
        await officer.goto('/parties');
        await seen(officer.getByText('共 61 条'));
        const table = (await exported(officer, '导出', CSV)).bytes.toString('utf8');
        expect(table.startsWith('\uFEFF名称,')).toBe(true);
        expect(table.trimEnd().split('\r\n').length).toBe(62);
        expect(table).toContain(`"'=HYPERLINK(""http://x"")（测试）"`);
        // The same as a workbook, as our own reader of lists from outside finds it.
        const { bytes, name } = await exported(officer, '导出', WORKBOOK);
        expect(name).toBe('相对人.xlsx');
        const book = await readTable(bytes);
        expect(book.rows.length).toBe(62);
        const text = book.rows.flatMap((row) => row.cells.map((cell) => cell.text));
        expect(text).toContain('=HYPERLINK("http://x")（测试）');
        expect(text).toContain(code('91310199MA2FC0059'));
        const audit = await system.remoteOf('shenji');
        const { items } = await audit.call('ledger.list', { query: { kind: 'list.exported' } });
        expect(items.length).toBe(2);
        await system.expectSound();
    });
});

describe('one party, one file', () => {
    it('a licence is entered, wrong terms are refused in the form, and its end is announced', async () => {
        const officer = await system.pageOf('zhouqing');
        await officer.goto(`/parties/${partyId}`);
        await button(officer, '登记许可').click();
        const form = officer.getByRole('dialog', { name: '登记许可' });
        await choose(form, '专业', '公共场所卫生许可');
        await field(form, '许可证号').fill('测卫公 2024-1');
        await field(form, '有效期起').fill('2024-01-02');
        await field(form, '有效期止').fill('2024-01-01');
        await button(form, '保存').click();
        await seen(form.getByText('不能早于有效期起'));
        await field(form, '有效期止').fill('2024-12-31');
        await button(form, '保存').click();
        await gone(form);
        await seen(region(officer, '许可').getByText('测卫公 2024-1'));
        await seen(officer.getByText('1 项许可已过期'));
        await officer.goto('/parties?licence=expired');
        await seen(officer.getByRole('link', { name: '云汀泳池（测试）' }));
        await officer.goto('/parties?licence=due');
        await seen(officer.getByText('没有符合条件的相对人'));
        await system.expectSound();
    });

    it('a new name keeps the old one, which still finds it; sites are units inside premises', async () => {
        const officer = await system.pageOf('zhouqing');
        await officer.goto(`/parties/${partyId}`);
        await button(officer, '变更名称').click();
        const naming = officer.getByRole('dialog', { name: '变更名称' });
        await field(naming, '新名称').fill('云汀泳池（测试）');
        await field(naming, '理由').fill('工商变更登记');
        await button(naming, '变更名称').click();
        await seen(naming.getByText('与现在的相同，没有变更'));
        await field(naming, '新名称').fill('听潮泳馆（测试）');
        await button(naming, '变更名称').click();
        await gone(naming);
        await seen(officer.getByRole('heading', { name: '听潮泳馆（测试）' }));
        await seen(region(officer, '经过').getByText('名称 听潮泳馆（测试）'));

        await button(officer, '增加场所').click();
        const place = officer.getByRole('dialog', { name: '增加场所' });
        await field(place, '场所名称').fill('地下一层');
        await button(place, '保存').click();
        await gone(place);
        await button(officer, '增加点位 地下一层').click();
        const site = officer.getByRole('dialog', { name: '增加点位 · 地下一层' });
        await field(site, '点位名称').fill('儿童池');
        await button(site, '保存').click();
        await gone(site);
        await button(officer, '关闭 儿童池').click();
        const closing = officer.getByRole('dialog', { name: '关闭“儿童池”' });
        await field(closing, '理由').fill('改建');
        await button(closing, '确认关闭').click();
        await gone(closing);
        await seen(button(officer, '恢复 儿童池'));
        for (const q of ['云汀', 'ytyc', '儿童池', '测卫公']) {
            await officer.goto(`/parties?q=${encodeURIComponent(q)}`);
            await seen(officer.getByRole('link', { name: '听潮泳馆（测试）' }));
        }
        await system.expectSound();
    });
});

describe('duplicates', () => {
    it('are merged by two people and parted again', async () => {
        const remote = await system.remoteOf('zhouqing');
        const body = { name: '云汀泳池（测试）', kind: 'naturalPerson', phone: '021-5555-0199' } as const;
        const { id } = await remote.call('party.create', { body });
        const head = await system.pageOf('shenhead');
        await head.goto(`/parties/${id}`);
        const hint = region(head, '可能是同一户');
        await seen(hint.getByText('名称相同', { exact: false }));
        await button(hint, '提出合并').click();
        const form = head.getByRole('dialog', { name: '提出合并' });
        await seen(form.getByText(/移到保留的一户：0 次执法/));
        await field(form, '理由').fill('同一家，登记两次');
        await button(form, '保存').click();
        await gone(form);
        // Who proposed it can only withdraw.
        await seen(button(head, '撤回提议'));
        expect(await button(head, '确认合并').count()).toBe(0);

        const chief = await system.pageOf('tangchief');
        await chief.goto('/parties');
        await chief.getByRole('link', { name: '合并 · 1 待确认' }).click();
        await button(chief, '确认合并').click();
        const confirming = chief.getByRole('dialog', { name: '确认合并' });
        await seen(confirming.getByText('021-5555-0199'));
        await button(confirming, '确认合并').click();
        await gone(confirming);
        await chief.goto(`/parties/${id}`);
        await seen(chief.getByText('这一户已合并到', { exact: false }));
        await chief.goto('/parties?q=5555-0199');
        await seen(chief.getByRole('link', { name: '听潮泳馆（测试）' }));

        await chief.goto(`/parties/${partyId}`);
        await button(chief, '撤销合并').click();
        const undoing = chief.getByRole('dialog', { name: '撤销合并' });
        await field(undoing, '理由').fill('核实为两家');
        await button(undoing, '撤销合并').click();
        await gone(undoing);
        await chief.goto('/parties?q=5555-0199');
        await seen(chief.getByRole('link', { name: '云汀泳池（测试）' }));
        await system.expectSound();
    });
});

describe('an import', () => {
    it('is previewed, says what is wrong with which row, runs once confirmed and hands its result out', async () => {
        const officer = await system.pageOf('zhouqing');
        await officer.goto('/parties/imports');
        const hand = (name: string, content: string) =>
            officer.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
        await hand('没有名称.csv', '单位,代码\n甲,1\n');
        await seen(officer.getByText('没有找到名为“名称”的列', { exact: false }));
        await hand(
            '名单.csv',
            `名称,统一社会信用代码,电话\n听潮泳馆（测试）,${CODE},021-5555-0188\n新来的店,${code('92310199MA1FC0021')},\n坏的,123,\n`,
        );
        await seen(officer.getByRole('heading', { name: '名单.csv' }));
        await seen(officer.getByText('123 不是 18 位', { exact: false }));
        await button(officer, '全部').click();
        await seen(officer.getByText('联系电话：021-5555-0100 → 021-5555-0188'));
        await button(officer, '确认导入').click();
        await button(officer.getByRole('dialog', { name: '确认导入' }), '确认导入').click();
        await seen(officer.getByText('已完成'));
        await seen(officer.getByRole('link', { name: '新来的店' }));
        const result = await exported(officer, '下载逐行结果', CSV);
        expect(result.name).toBe('名单.csv 导入结果.csv');
        const remote = await system.remoteOf('zhouqing');
        await eventually(async () => (await remote.call('party.get', { params: { id: partyId } })).phone).toBe('021-5555-0188');
        expect(await button(officer, '导入风险、信用等级').count()).toBe(0);

        // Grades are the section's to decide: the same way, by somebody who may.
        const head = await system.pageOf('shenhead');
        await head.goto('/parties');
        await head.getByRole('link', { name: '导入名单' }).click();
        await button(head, '导入风险、信用等级').click();
        const form = head.getByRole('dialog', { name: '导入风险、信用等级' });
        await form.locator('input[type=file]').setInputFiles({
            name: '等级.csv',
            mimeType: 'text/csv',
            buffer: Buffer.from(
                `名称,统一社会信用代码,风险等级,生效日期\n听潮泳馆（测试）,${CODE},B级,2026-01-01\n别家,${CODE},A级,2026-01-02\n`,
            ),
        });
        await field(form, '来源').fill('市信用平台');
        await field(form, '理由').fill('年度评价');
        await button(form, '预览').click();
        await seen(head.getByRole('heading', { name: '等级.csv' }));
        await seen(head.getByText('与信用代码不符：这个代码登记的是“听潮泳馆（测试）”', { exact: false }));
        await button(head, '确认导入').click();
        await button(head.getByRole('dialog', { name: '确认导入' }), '确认导入').click();
        await seen(head.getByText('已完成'));
        await head.goto(`/parties/${partyId}`);
        await seen(region(head, '风险、信用等级').getByText('风险等级 B级'));
        await system.expectSound();
    });
});
