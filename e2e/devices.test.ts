import { DAY, HOUR, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../apps/server/src/platform/table/read-table.ts';
import { exported, WORKBOOK } from './exports.ts';
import { button, choose, eventually, field, gone, seen } from './steps.ts';
import { systemWith } from './system.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let system: Awaited<ReturnType<typeof systemWith>>;

beforeAll(async () => {
    system = await systemWith();
}, 120_000);
afterAll(() => system?.close());

describe('a recorder', () => {
    it('is registered with a model whose figures are stated, issued, and checked on a phone before it goes out', async () => {
        const manager = await system.pageOf('lumanager');
        await manager.goto('/devices/models');
        await button(manager, '登记型号').first().click();
        const model = manager.getByRole('dialog', { name: '登记型号' });
        await field(model, '型号').fill('示范 DR-7（测试）');
        await model
            .getByRole('textbox', { name: /声明值$/ })
            .first()
            .fill('4 GB');
        await button(model, '保存').click();
        await seen(manager.getByRole('heading', { name: /示范 DR-7/ }));

        await manager.goto('/devices');
        await button(manager, '登记设备').first().click();
        const form = manager.getByRole('dialog', { name: '登记设备' });
        await field(form, '编号').fill('A0911');
        // What is stated of a model is found by its name, which the register offers.
        await choose(form, '型号', '示范 DR-7（测试）', 'dr-7');
        await button(form, '保存').click();
        await seen(manager.getByRole('heading', { name: /A0911/ }));
        await button(manager, '发放').click();
        const issuing = manager.getByRole('dialog', { name: '发放 A0911' });
        await choose(issuing, '发放给', '周青', '周青');
        await button(issuing, '发放').click();
        await gone(issuing);

        const officer = await system.pageOf('zhouqing', PHONE);
        await officer.goto('/devices/check');
        await officer.getByRole('button', { name: /装备无故障/ }).click();
        await officer.getByRole('textbox', { name: '说明问题' }).fill('镜头有裂纹');
        await button(officer, '提交检查').click();
        await seen(officer.getByText(/请勿使用，交音像管理员/));
        await manager.reload();
        await seen(manager.getByText('镜头有裂纹'));
        await seen(manager.getByText('故障', { exact: true }));

        // Everybody else of the institute still has none, and the table says so.
        await manager.goto('/devices/coverage');
        await seen(manager.getByText('何北'));
        const { bytes } = await exported(manager, '导出', WORKBOOK);
        const rows = (await readTable(bytes)).rows.map((row) => row.cells.map((cell) => cell.text).join(' '));
        expect(rows.find((row) => row.includes('何北'))).toContain('没有');
        await system.expectSound();
    });
});

describe('what is not stored within 24 hours', () => {
    it('is seen before and after, explained by the officer, confirmed by another, and exported', async () => {
        const remote = await system.remoteOf('zhouqing');
        const [zhou, he] = ['zhouqing', 'hebei'].map((login) => system.institute.people[login]?.id ?? '');
        const now = Date.now();
        const participants = [zhou, he].map((personId) => ({ personId: personId ?? '', part: 'officer' as const }));
        const act = (place: string, endsAt: number) =>
            remote.call('act.create', {
                body: { scenario: 'routineInspection', place, startsAt: endsAt - 40 * MINUTE, endsAt, participants },
            });
        await act('示范路 1 号', now - DAY - 3 * HOUR);
        await act('示范路 2 号', now - 5 * HOUR);

        const officer = await system.pageOf('zhouqing');
        await officer.goto('/recordings/board?mine=yes');
        const late = officer.getByRole('row', { name: /示范路 1 号/ });
        await seen(late.getByText('已过期'));
        await seen(officer.getByRole('row', { name: /示范路 2 号/ }).getByText(/还剩/));
        await button(officer, '说明原因').click();
        const why = officer.getByRole('dialog', { name: '说明迟交原因' });
        await choose(why, '原因', '记录仪或存储卡故障');
        await field(why, '具体情况').fill('存储卡读不出');
        await button(why, '说明原因').click();
        await gone(why);
        await seen(late.getByText('已说明，待确认'));
        // Nobody confirms their own reason.
        expect(await button(officer, '确认属实').count()).toBe(0);

        const manager = await system.pageOf('lumanager');
        await manager.goto('/recordings/board?state=explained');
        await button(manager, '确认属实').click();
        const confirming = manager.getByRole('dialog', { name: '确认属实' });
        await button(confirming, '确认属实').click();
        await gone(confirming);
        await seen(manager.getByText('没有符合条件的'));
        await button(manager, '清除筛选').click();
        await seen(manager.getByRole('row', { name: /示范路 2 号/ }).first());
        const { bytes } = await exported(manager, '导出', WORKBOOK);
        const rows = (await readTable(bytes)).rows.map((row) => row.cells.map((cell) => cell.text).join(' '));
        expect(rows.filter((row) => row.includes('示范路 2 号')).length).toBe(2);
        await eventually(async () => (await remote.call('board.list', { query: { mine: 'yes' } })).counts.late).toBe(0);
        await system.expectSound();
    });
});
