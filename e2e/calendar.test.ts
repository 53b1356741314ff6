import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, eventually, field, gone, seen } from './steps.ts';
import { systemWith } from './system.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let system: Awaited<ReturnType<typeof systemWith>>;

beforeAll(async () => {
    system = await systemWith([
        { login: 'gaoyuan', name: '高远', kind: 'officer', certificate: '210003', roles: ['sectionHead'] },
        { login: 'fangsuo', name: '方所长', kind: 'officer', certificate: '210004', roles: ['instituteHead'] },
    ]);
}, 120_000);
afterAll(() => system?.close());

it('a year of the holiday calendar is proposed by one and approved by another on a phone, and counts only then', async () => {
    const section = await system.pageOf('gaoyuan');
    await section.goto('/parameters');
    await button(section, '提议一年').click();
    const form = section.getByRole('dialog');
    await form.getByRole('spinbutton', { name: '年份' }).fill('2099');
    await field(form, '放假的日子').fill('2099-01-01 至 2099-01-02');
    // A Thursday and a Friday.
    await seen(form.getByText('改为放假 2 天'));
    await field(form, '来源').fill('国务院办公厅通知');
    await form.getByText('未核实', { exact: true }).click();
    await field(form, '理由').fill('通知已发');
    await button(form, '保存').click();
    await seen(section.getByText('这是您提议的，须由另一人批准'));

    const head = await system.pageOf('fangsuo', PHONE);
    const remote = await system.remoteOf('fangsuo');
    const inForce = async () =>
        (await remote.call('parameter.calendar', { query: {} })).years.find(({ year }) => year === 2099)?.inForce;
    expect(await inForce()).toBeNull();
    await head.goto('/acts');
    await head.getByRole('link', { name: '1 项参数或节假日历的修改待您批准' }).click();
    await seen(head.getByText('现在没有这一年的日历，只扣周末'));
    expect(await head.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await button(head, '批准 2099 年节假日历').click();
    const dialogue = head.getByRole('dialog');
    await seen(dialogue.getByText('2099-01-01 至 2099-01-02'));
    await button(dialogue, '批准').click();
    await gone(head.locator('#proposals'));
    await eventually(inForce).toMatchObject({ off: ['2099-01-01', '2099-01-02'], standing: 'verify' });
    await seen(head.locator('#year-2099').getByText('放假的日子 2 天 · 调休上班的日子 0 天'));
    await system.expectSound();
}, 120_000);
