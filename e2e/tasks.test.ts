import { addDays, dayOf } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { alertText, button, choose, eventually, field, gone, seen } from './steps.ts';
import { type System, systemWith } from './system.ts';

let system: System & { institute: { people: Record<string, { id: string }> } };
const parties: Record<string, string> = {};
const shanghaiDay = (days: number) => addDays(dayOf(Date.now()), days);

beforeAll(async () => {
    system = await systemWith([
        ...USUAL_PEOPLE,
        { login: 'sunqing', name: '孙晴', kind: 'officer', certificate: '210003', roles: ['sectionHead'] },
    ]);
    const head = await system.remoteOf('sunqing');
    for (const name of ['悦容美容店', '云裳美发店', '碧波游泳馆', '清泉浴场']) {
        const { id } = await head.call('party.create', { body: { name, kind: 'naturalPerson', address: '世纪大道 1 号' } });
        parties[name] = id;
    }
}, 120_000);
afterAll(async () => {
    await system?.expectSound();
    await system?.close();
});

describe('a list from a platform', () => {
    it('is read from a file, matched, made into tasks, and one of them is begun on a phone', async () => {
        const page = await system.pageOf('sunqing');
        await page.goto('/task-lists');
        await button(page, '导入清单').first().click();
        const drawer = page.getByRole('dialog');
        const file = (text: string) => ({ name: '国家任务.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
        await drawer.locator('input[type=file]').setInputFiles(file('甲,乙\n1,2\n'));
        await button(drawer, '导入并预览').click();
        expect(await alertText(drawer)).toContain('没有找到');
        const rows = ['GJ-1,云裳美发店,世纪大道1号,水质', 'GJ-2,碧波游泳馆,,', 'GJ-2,碧波游泳馆,,', ''];
        await drawer.locator('input[type=file]').setInputFiles(file(`任务编号,单位名称,地址,抽查事项\n${rows.join('\n')}`));
        await field(drawer, '未写期限的条目按此期限').fill(shanghaiDay(20));
        await button(drawer, '导入并预览').click();
        await seen(page.getByText('1 条可以生成任务，1 条等待确认相对人，1 条有错误'));
        await seen(page.getByText('任务编号在清单中重复'));
        await button(page, '选定相对人').nth(1).click();
        await button(page.getByRole('dialog'), '确认匹配').click();
        await button(page, '生成 2 项任务').click();
        await seen(page.getByText('已生成 2 项任务'));

        await page.goto('/tasks?q=GJ-1');
        await page.getByRole('link', { name: '国家任务' }).first().click();
        await button(page, '分派').click();
        const assign = page.getByRole('dialog');
        await choose(assign, '监督员 1', '周青');
        await button(assign, '分派').click();
        expect(await alertText(assign)).toContain('至少两名');
        await choose(assign, '监督员 2', '何北');
        await button(assign, '分派').click();
        await gone(assign);

        const phone = await system.pageOf('zhouqing', { viewport: { width: 390, height: 844 } });
        await phone.goto('/tasks?whose=me');
        await phone.getByRole('link', { name: '国家任务' }).first().click();
        await button(phone, '开始检查').click();
        const start = phone.getByRole('dialog');
        // Through midnight: start and end have each their day.
        await field(start, '开始 日期').fill(shanghaiDay(-2));
        await field(start, '开始 时间').fill('2331');
        await field(start, '结束 日期').fill(shanghaiDay(-1));
        await field(start, '结束 时间').fill('0035');
        await button(start, '建立执法行为并开始任务').click();
        await eventually(() => new URL(phone.url()).pathname).toMatch(/^\/acts\/[0-9a-f-]{36}$/);
        await phone.goto('/tasks?whose=me');
        await phone.getByRole('link', { name: '国家任务' }).first().click();
        await button(phone, '任务完成').click();
        await phone.getByRole('radio', { name: '未发现问题' }).check();
        await button(phone.getByRole('dialog'), '任务完成').click();
        await seen(phone.getByText('已完成'));
    });
});

it('a draw is committed, revealed, and worked out again in the browser', async () => {
    const page = await system.pageOf('sunqing');
    await page.goto('/draws/new');
    await seen(page.getByText('年度频次上限未设定'));
    await field(page, '不参加的理由 清泉浴场').fill('列入无事不扰清单');
    await page.getByRole('spinbutton', { name: '按户数或比例 A' }).fill('1');
    await button(page, '选入全部监督员').click();
    await field(page, '抽取名称').fill('第四季度双随机抽查');
    await field(page, '任务完成期限').fill(shanghaiDay(25));
    await button(page, '承诺').click();
    await seen(page.getByText('已承诺，待揭示'));
    await seen(page.getByText('揭示前封存'));
    await button(page, '揭示并抽取').click();
    await button(page.getByRole('dialog'), '揭示并抽取').click();
    await seen(page.getByText('已揭示'));
    await seen(page.getByText('已列入不检查'));
    await button(page, '在本机重算').click();
    await seen(page.getByText('重算结果与公布的一致'));

    const [download] = await Promise.all([page.waitForEvent('download'), button(page, '下载抽取记录').click()]);
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const record = Buffer.concat(chunks).toString();
    await page.goto('/draws/check');
    const check = async (text: string) =>
        page
            .locator('input[type=file]')
            .setInputFiles({ name: 'r.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await check(record);
    await seen(page.getByText('重算结果与公布的一致'));
    await check(record.replace('"place":1', '"place":2'));
    await seen(page.getByText('重算结果不一致'));
});

it('a complaint is taken in; who complained is shown for a reason, and to nobody else', async () => {
    const page = await system.pageOf('zhouqing');
    await page.goto('/complaints');
    await button(page, '登记投诉举报').first().click();
    const drawer = page.getByRole('dialog');
    await field(drawer, '标题').fill('反映无证开展医疗美容');
    await field(drawer, '反映内容').fill('欧阳明慧反映该店没有许可证');
    await choose(drawer, '被投诉举报的相对人', '悦容美容店', '悦容');
    await field(drawer, '姓名').fill('欧阳明慧');
    await button(drawer, '保存').click();
    expect(await alertText(drawer)).toContain('身份信息与投诉内容分开保存');
    await field(drawer, '反映内容').fill('来电人反映该店没有许可证');
    await button(drawer, '保存').click();
    await seen(page.getByText('已加密另存'));
    expect(await button(page, '查看身份').count()).toBe(0);
    await button(page, '受理审查').click();
    await button(page.getByRole('dialog'), '受理审查').click();
    await seen(button(page, '派为检查任务'));

    const head = await system.pageOf('sunqing');
    await head.goto(new URL(page.url()).pathname);
    await button(head, '查看身份').click();
    await field(head.getByRole('dialog'), '查看理由').fill('电话核实');
    await button(head.getByRole('dialog'), '查看身份').click();
    await seen(head.getByText('欧阳明慧'));
    await seen(head.getByText('查看投诉举报人身份'));
    await button(head, '收起').click();
    await gone(head.getByText('欧阳明慧'));
    await page.goto(`/parties/${parties.悦容美容店}`);
    await seen(page.getByRole('heading', { name: '悦容美容店' }));
    expect(await page.getByText('欧阳明慧').count()).toBe(0);
});
