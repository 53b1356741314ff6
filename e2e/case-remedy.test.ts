import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertText, button, choose, field, gone, seen } from './steps.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let penalty: Id = '';

beforeAll(async () => {
    const filled = await systemWith();
    system = filled;
    const officer = await system.remoteOf('zhouqing');
    const { person } = await officer.call('session.get', {});
    const opened = await officer.call('case.open', {
        body: {
            procedure: 'penalty',
            source: 'inspection',
            title: '云汀泳池（测试）未按规定消毒案',
            openedAt: Date.now() - 3_600_000,
            graveHarm: false,
            handlerIds: [person.id],
        },
    });
    penalty = opened.id;
}, 120_000);
afterAll(() => system?.close());

it('a review is recorded on the page of its case, stands there while it runs, and ends with its result', async () => {
    const officer = await system.pageOf('zhouqing');
    await officer.goto(`/cases/${penalty}`);
    await button(officer, '登记复议、诉讼').click();
    const form = officer.getByRole('dialog', { name: '登记复议、诉讼' });
    await choose(form, '途径', '行政复议');
    await field(form, '复议机关、人民法院').fill('示例区人民政府');
    await choose(form, '结果', '维持、驳回请求');
    await button(form, '保存').click();
    // Half of an end is none, and what was typed stays.
    expect(await alertText(form)).toContain('结束日期和结果须同时填写');
    expect(await field(form, '复议机关、人民法院').inputValue()).toBe('示例区人民政府');
    await button(form, '取消').click();
    await gone(form);
    const remote = await system.remoteOf('zhouqing');
    const begunOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await remote.call('case.recordRemedy', {
        params: { id: penalty },
        body: { kind: 'review', authority: '示例区人民政府', begunOn },
    });
    await officer.reload();
    await seen(officer.getByText('行政复议未结束'));
    await button(officer, '登记结果、更正').click();
    const ending = officer.getByRole('dialog', { name: '更正登记' });
    expect(await field(ending, '复议机关、人民法院').inputValue()).toBe('示例区人民政府');
    await field(ending, '说明').fill('事实清楚');
    await button(ending, '保存').click();
    await gone(ending);
    await seen(officer.getByText('事实清楚'));
    await system.expectSound();
});
