import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../apps/server/src/platform/table/read-table.ts';
import type { PersonToAdd } from '../apps/server/src/testing/found-institute.ts';
import { exported, WORKBOOK } from './exports.ts';
import { button, choose, field, gone, seen } from './steps.ts';
import { systemWith } from './system.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const PEOPLE: readonly PersonToAdd[] = [
    { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
    { login: 'hebei', name: '何北', kind: 'officer', certificate: '210002', roles: ['officer'] },
    { login: 'gumingzhi', name: '顾明之', kind: 'officer', certificate: '210003', roles: ['instituteHead'] },
    { login: 'lumanager', name: '陆管理', kind: 'staff', roles: ['recordingManager'] },
    { login: 'zhouyun', name: '周芸', kind: 'officer', certificate: '210004', roles: ['inspector'] },
];

let system: Awaited<ReturnType<typeof systemWith>>;

beforeAll(async () => {
    system = await systemWith(PEOPLE);
}, 120_000);
afterAll(() => system?.close());

const textOf = async (bytes: Buffer | Uint8Array) =>
    (await readTable(bytes)).rows.map((row) => row.cells.map((cell) => cell.text).join(' '));

describe('what people confirm', () => {
    it('is confirmed by a head with a paper, seen beside the notice, and taken back with a reason', async () => {
        const head = await system.pageOf('gumingzhi');
        await head.goto('/compliance?q=A1-14-1');
        await head.getByRole('link', { name: '尚无人确认' }).click();
        await seen(head.getByText('还没有人确认过'));
        await button(head, '确认此事项').click();
        const form = head.getByRole('dialog', { name: '确认此事项' });
        await button(form, '保存').click();
        await seen(form.getByText('必填'));
        await field(form, /依据的文件/).fill('执法记录仪音像资料管理制度');
        await field(form, /文号或编号/).fill('测卫监〔2026〕3号');
        await button(form, '保存').click();
        await gone(form);
        await seen(head.getByText(/顾明之 于 .* 确认，有效至/));

        // An officer sees it beside the words of the notice, on a phone too, and can change nothing.
        const officer = await system.pageOf('zhouqing', PHONE);
        await officer.goto('/compliance?q=A1-14-1');
        await officer.getByRole('link', { name: /顾明之 于 .* 确认/ }).click();
        await seen(officer.getByText('测卫监〔2026〕3号'));
        expect(await officer.getByRole('button', { name: '确认此事项' }).count()).toBe(0);
        expect(await officer.getByRole('button', { name: '撤回' }).count()).toBe(0);

        await head.goto('/compliance/attestations');
        await choose(head, '情况', '已确认');
        await seen(head.getByText('共 1 条'));
        const lines = await textOf((await exported(head, '导出', WORKBOOK)).bytes);
        expect(lines.filter((line) => line.includes('A1-14-1')).join()).toContain('测卫监〔2026〕3号');
        await head.getByRole('link', { name: /音像资料管理制度/ }).click();
        await button(head, '撤回').click();
        const dialogue = head.getByRole('dialog', { name: '撤回确认' });
        await field(dialogue, '为什么撤回').fill('文件已经废止');
        await button(dialogue, '撤回确认').click();
        await gone(dialogue);
        await seen(head.getByText('尚无人确认'));
        await seen(head.getByText(/撤回：文件已经废止/));
        await system.expectSound();
    }, 120_000);
});

describe('what followed a confirmed violation', () => {
    it('is entered by an inspector, seen by whom it concerns and by nobody beside, corrected and exported', async () => {
        const inspector = await system.pageOf('zhouyun');
        await inspector.goto('/compliance/outcomes');
        await button(inspector, '登记处理结果').first().click();
        const form = inspector.getByRole('dialog', { name: '登记处理结果' });
        await choose(form, '处理的人', '何北', '何北');
        await choose(form, '违反的要求', '不按规定进行全程录音录像', '不按规定');
        await field(form, '发生日期').fill('2026-01-05');
        await field(form, '事实').fill('现场检查未开启记录仪');
        await choose(form, '处理结果', '依处分规定追究责任');
        await field(form, '决定机关或负责人').fill('测试区卫生健康委员会');
        await button(form, '保存').click();
        await seen(form.getByText('必填'));
        await choose(form, '处理结果', '批评教育');
        await button(form, '保存').click();
        await seen(inspector.getByRole('heading', { name: '何北 批评教育' }));

        const concerned = await system.pageOf('hebei', PHONE);
        await concerned.goto('/compliance/outcomes');
        await concerned.getByRole('link', { name: '何北' }).click();
        await seen(concerned.getByText('现场检查未开启记录仪'));
        const beside = await system.pageOf('zhouqing');
        await beside.goto('/compliance/outcomes');
        await seen(beside.getByText('没有处理结果'));
        await beside.goto(new URL(concerned.url()).pathname);
        await seen(beside.getByText('没有这条处理结果，或者您不能查看'));

        await button(inspector, '更正').click();
        const correcting = inspector.getByRole('dialog', { name: '更正处理结果' });
        await field(correcting, '事实').fill('现场检查未开启记录仪 35 分钟');
        await field(correcting, '为什么更正').fill('补充时长');
        await button(correcting, '保存').click();
        await seen(inspector.getByText('更正之前的登记'));
        await inspector.goto('/compliance/outcomes');
        await seen(inspector.getByText('共 1 条'));
        const lines = await textOf((await exported(inspector, '导出', WORKBOOK)).bytes);
        expect(lines.join()).toContain('现场检查未开启记录仪 35 分钟');
        await system.expectSound();
    }, 120_000);
});

describe('a training', () => {
    it('is entered with who attended; who is not trained is listed, and an officer sees what they attended', async () => {
        const manager = await system.pageOf('lumanager');
        await manager.goto('/compliance/trainings');
        await button(manager, '登记培训').first().click();
        const form = manager.getByRole('dialog', { name: '登记培训' });
        await field(form, '培训名称').fill('执法记录仪操作实训');
        await form.getByRole('checkbox', { name: '执法记录仪操作' }).check();
        await field(form, '授课人或单位').fill('市监督所');
        await button(form, '保存').click();
        await seen(manager.getByRole('heading', { name: '执法记录仪操作实训' }));
        await button(manager, '登记参训人员').click();
        const attending = manager.getByRole('dialog', { name: '登记参训人员' });
        const people = attending.getByRole('combobox', { name: '人员' });
        await people.fill('周青');
        await people.press('Enter');
        await button(attending, '保存').click();
        await gone(attending);
        await seen(manager.getByRole('link', { name: '周青' }));

        await manager.goto('/compliance/training-due?topic=recorder&state=never');
        await seen(manager.getByRole('link', { name: '何北' }));
        expect(await manager.getByRole('link', { name: '周青' }).count()).toBe(0);
        const lines = await textOf((await exported(manager, '导出', WORKBOOK)).bytes);
        expect(lines.find((line) => line.includes('何北'))).toContain('没有培训过');

        const officer = await system.pageOf('zhouqing', PHONE);
        await officer.goto(`/persons/${system.institute.people.zhouqing?.id}`);
        await seen(officer.getByText('执法记录仪操作实训'));
        await system.expectSound();
    }, 120_000);
});
