import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertText, button, field, gone, navigation, seen, typeSignIn } from './steps.ts';
import { type System, systemWith } from './system.ts';

let system: System;
beforeAll(async () => {
    system = await systemWith();
}, 120_000);
afterAll(() => system?.close());

const OWN_PASSWORD = 'Heron-at-the-Bund-58';

/** A code that holds long enough to be typed; one that was used is not taken again, so `after` waits for the next. */
async function codeOf(secret: string, after = ''): Promise<string> {
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    for (;;) {
        const code = totp.generate();
        const left = 30_000 - (Date.now() % 30_000);
        if (code !== after && left > 3_000) return code;
        await new Promise((resolve) => setTimeout(resolve, 500));
    }
}

describe('people, accounts and roles', () => {
    it('an officer is registered, gets account and role from two administrators, and makes the account their own', async () => {
        const administrator = await system.pageOf('xitong');
        await button(administrator, '登记人员').click();
        const form = administrator.getByRole('dialog', { name: '登记人员' });
        await field(form, '姓名').fill('沈知微');
        await button(form, '保存').click();
        await seen(form.getByText('必填'));
        await field(form, '监督员证号').fill('210001');
        await button(form, '保存').click();
        expect(await alertText(form)).toContain('证号 210001 已登记在 周青 名下');
        await field(form, '监督员证号').fill('210077');
        await button(form, '保存').click();

        await seen(administrator.getByRole('heading', { name: '沈知微' }));
        const address = new URL(administrator.url()).pathname;
        await button(administrator, '开通账号').click();
        const opening = administrator.getByRole('dialog', { name: /开通账号/ });
        await field(opening, '登录名').fill('shenzhiwei');
        await button(opening, '开通账号').click();
        const shown = administrator.getByRole('dialog', { name: '初始密码' });
        const firstPassword = (await shown.locator('code').textContent()) ?? '';
        expect(firstPassword.length).toBeGreaterThan(9);
        await button(shown, '我已转交').click();
        await gone(shown);
        expect(await administrator.getByRole('button', { name: '授予角色' }).count()).toBe(0);

        const guard = await system.pageOf('anquan');
        await guard.goto(address);
        await button(guard, '授予角色').click();
        const granting = guard.getByRole('dialog', { name: '授予沈知微角色' });
        await granting.getByRole('radio', { name: '监督员', exact: true }).check();
        await button(granting, '授予角色').click();
        await gone(granting);
        await button(guard, '授予角色').click();
        // Which roles exclude each other is known once the page has read what was just granted.
        await seen(granting.getByText('与现有的“业务”职责互斥').first());
        expect(await granting.getByRole('radio', { name: /系统管理员/ }).isDisabled()).toBe(true);
        await button(granting, '取消').click();

        const officer = await system.page();
        await officer.goto('/');
        await typeSignIn(officer, 'shenzhiwei', firstPassword);
        await seen(officer.getByRole('heading', { name: '请先设置自己的密码' }));
        await officer.goto('/acts');
        await seen(officer.getByRole('heading', { name: '请先设置自己的密码' }));
        await officer.getByLabel('当前密码', { exact: true }).fill(firstPassword);
        await officer.getByLabel('新密码', { exact: true }).fill('shenzhiwei-Pass-1');
        await officer.getByLabel('再输入一次新密码', { exact: true }).fill('shenzhiwei-Pass-1');
        await button(officer, '修改密码').click();
        expect(await alertText(officer)).toContain('密码不能包含登录名');
        await officer.getByLabel('新密码', { exact: true }).fill(OWN_PASSWORD);
        await officer.getByLabel('再输入一次新密码', { exact: true }).fill(OWN_PASSWORD);
        await button(officer, '修改密码').click();
        await seen(officer.getByRole('heading', { name: '执法行为' }));
        expect(await navigation(officer)).toEqual([
            '检查任务',
            '执法行为',
            '案件',
            '执法文书',
            '音像资料',
            '投诉举报',
            '相对人',
            '设备',
            '人员',
            '稽查考核',
            '合规',
            '参数',
            '存证日志',
        ]);

        await officer.goto('/account');
        await button(officer, '开始绑定').click();
        await seen(officer.getByRole('img', { name: '绑定动态验证码的二维码' }));
        const secret = ((await officer.locator('p.hash code').textContent()) ?? '').replaceAll(' ', '');
        const first = await codeOf(secret);
        await field(officer, '2. 输入应用显示的 6 位数字').fill(first);
        await button(officer, '启用').click();
        await seen(officer.getByText('已启用。登录时除密码外'));

        const elsewhere = await system.page();
        await elsewhere.goto('/');
        await typeSignIn(elsewhere, 'shenzhiwei', OWN_PASSWORD);
        await field(elsewhere, '动态验证码').fill('000000');
        await button(elsewhere, '验证').click();
        expect(await alertText(elsewhere)).toContain('动态验证码不正确或已用过');
        await field(elsewhere, '动态验证码').fill(await codeOf(secret, first));
        await button(elsewhere, '验证').click();
        await seen(elsewhere.getByRole('heading', { name: '执法行为' }));
        await system.expectSound();
    }, 180_000);

    it('an administrator of one duty cannot be given another; the refusal is said in words', async () => {
        const guard = await system.remoteOf('anquan');
        const { items } = await guard.call('person.list', { query: { q: '孙系统' } });
        await expect(
            guard.call('role.grant', { params: { id: items[0]?.id ?? '' }, body: { role: 'officer' } }),
        ).rejects.toMatchObject({ code: 'role.dutiesExclude' });
        const page = await system.pageOf('anquan');
        await page.goto(`/persons/${items[0]?.id}`);
        await button(page, '授予角色').click();
        await seen(page.getByText('与现有的“系统”职责互斥').first());
        await system.expectSound();
    });

    it('a person who leaves is out at once, wherever they are signed in', async () => {
        const officer = await system.pageOf('hebei');
        await seen(officer.getByRole('heading', { name: '执法行为' }));
        const administrator = await system.pageOf('xitong');
        await administrator.getByRole('link', { name: '何北' }).click();
        await seen(administrator.getByText('当前 1 处登录').or(administrator.getByText('当前 2 处登录')));
        await button(administrator, '办理离职').click();
        const leaving = administrator.getByRole('dialog', { name: '何北离职' });
        await field(leaving, '理由').fill('调离');
        await leaving
            .getByRole('button', { name: '何北离职' })
            .or(leaving.getByRole('button', { name: '办理离职' }))
            .click();
        await seen(administrator.getByText(/离职$/).first());

        await officer.getByRole('link', { name: '相对人' }).click();
        await seen(officer.getByRole('heading', { name: '登录' }));
        await seen(officer.getByText('登录已失效，请重新登录。'));
        await typeSignIn(officer, 'hebei', 'Kestrel-over-the-Bund-7');
        expect(await alertText(officer)).toContain('登录名或密码不正确');
        await system.expectSound();
    });
});
