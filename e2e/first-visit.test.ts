import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertText, button, field, navigation, seen, typeSignIn } from './steps.ts';
import { emptySystem, type System } from './system.ts';

let system: System;
beforeAll(async () => {
    system = await emptySystem();
}, 120_000);
afterAll(() => system?.close());

const PASSWORD = 'Kestrel-over-the-Bund-7';

describe('the first visit of an empty system', () => {
    it('sets up the organisation and three administrators who see no content', async () => {
        const page = await system.page();
        await page.goto('/');
        await seen(page.getByRole('heading', { name: '初始设置' }));

        await field(page, '机构名称').fill('测试区卫生监督所');
        await field(page, '机构代码').fill('CS01');
        const logins = { 系统管理员: 'xitong', 安全管理员: 'anquan', 审计管理员: 'xitong' };
        for (const [role, login] of Object.entries(logins)) {
            await field(page, `${role} 姓名`).fill(`${role.slice(0, 2)}员`);
            await field(page, `${role} 登录名`).fill(login);
            await page.getByLabel(`${role} 密码`, { exact: true }).fill(PASSWORD);
        }
        await button(page, '完成设置').click();
        await seen(page.getByText('三名管理员的登录名必须不同'));

        await field(page, '审计管理员 登录名').fill('shenji');
        await page.getByLabel('审计管理员 密码', { exact: true }).fill('aaaaaaaaaa');
        await button(page, '完成设置').click();
        expect(await alertText(page)).toMatch(/密码(须包含|太常见|至少)/);

        await page.getByLabel('审计管理员 密码', { exact: true }).fill(PASSWORD);
        await button(page, '完成设置').click();
        await seen(page.getByRole('heading', { name: '设置完成' }));
        await page.getByRole('link', { name: '去登录' }).click();

        await typeSignIn(page, 'xitong', 'not-the-password-1A');
        expect(await alertText(page)).toContain('登录名或密码不正确');
        await typeSignIn(page, 'xitong', PASSWORD);
        await seen(page.getByRole('navigation', { name: '主导航' }));
        expect(await navigation(page)).toEqual(['设备', '人员', '合规']);

        for (const path of ['/acts', '/recordings', '/parties', '/log']) {
            await page.goto(path);
            expect([path, await alertText(page)]).toEqual([path, expect.stringContaining('您没有这项权限')]);
        }
        for (const path of ['/api/acts', '/api/recordings', '/api/parties', '/api/ledger']) {
            const answer = await page.request.get(path);
            expect([path, answer.status(), (await answer.json()).code]).toEqual([path, 403, 'access.denied']);
        }
        await system.expectSound();
    });

    it('cannot be set up a second time', async () => {
        const page = await system.page();
        await page.goto('/setup');
        await seen(page.getByRole('heading', { name: '登录' }));
        const answer = await page.request.post('/api/setup', { data: {} });
        expect(answer.ok()).toBe(false);
        await system.expectSound();
    });
});
