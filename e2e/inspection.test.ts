import { spawnSync } from 'node:child_process';
import { DEFAULT_SCHEME, HOUR } from '@liuhen/domain';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import type { Remote } from '../apps/server/src/testing/remote.ts';
import { button, eventually, field, gone, seen } from './steps.ts';
import { type System, systemWith } from './system.ts';

let system: System & { institute: { people: Record<string, { id: string }> } };

beforeAll(async () => {
    system = await systemWith([
        ...USUAL_PEOPLE,
        { login: 'jicha', name: '季查', kind: 'officer', certificate: '210009', roles: ['inspector'] },
        { login: 'sunqing', name: '孙晴', kind: 'officer', certificate: '210003', roles: ['sectionHead'] },
    ]);
}, 120_000);
afterAll(async () => {
    await system?.expectSound();
    await system?.close();
});

/** What the offline verifier says of the record that the page hands out: how it ends, and its words. */
async function recordSaid(page: Page): Promise<[number | null, string]> {
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, '下载抽样记录').click()]);
    const program = new URL('../apps/verify/src/main.ts', import.meta.url).pathname;
    const { status, stdout } = spawnSync(process.execPath, [program, await download.path()], { encoding: 'utf8' });
    return [status, stdout];
}

/** On a sheet that was handed in: nothing of the other one before that is handed in as well; then both, item by item, and in the list. */
async function comparedWith(page: Page, inspector: Remote, { id, otherId }: { id: string; otherId: string }): Promise<void> {
    const own = new URL(page.url()).pathname;
    const card = page.getByRole('region', { name: '其他稽查对这起执法行为的评查' });
    await seen(card.getByText(/为了独立评查/));
    const [other] = (await inspector.call('inspection.sheets', { query: { inspectionId: otherId } })).items;
    const params = { id: other?.id ?? '' };
    const { version } = await inspector.call('inspectionSheet.get', { params });
    const answers = DEFAULT_SCHEME.map(({ key, most }) => {
        if (key === 'closing') return { item: key, words: '没有音像资料', moments: [] };
        return { item: key, points: key === 'recorded' ? 5 : most, words: '见登记', moments: [] };
    });
    await inspector.call('inspectionSheet.finish', { params, body: { answers, version } });
    await page.reload();
    const row = (words: string) => card.getByRole('row', { name: words });
    await seen(row('应当作音像记录').getByText('高 5 分'));
    await seen(row('结束时口述').getByText('不适用'));
    // 80 of 100 beside 80 of 95.
    await seen(row('得分').getByText('高 4.2 分'));
    await seen(row('得分').getByText('本表 78.9，对方 84.2'));
    await page.goto(`/inspections/${id}`);
    const list = page.getByRole('region', { name: '其他稽查也评查过的执法行为' });
    await seen(list.getByText('1 起，对照 1 次：对方得分较高 1 次', { exact: false }));
    await seen(list.getByRole('cell', { name: '+4.2' }));
    await page.goto(`/inspections/${id}?choice=lower`);
    await seen(list.getByText('没有符合条件的'));
    for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(own);
        await seen(row('得分').getByText('高 4.2 分'));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
}

it('an inspection is prepared and sealed; the sample is drawn, worked out again, reviewed and put right', async () => {
    const page = await system.pageOf('jicha');
    await page.goto('/inspections');
    await seen(page.getByText('还没有稽查'));
    await button(page, '起草稽查').first().click();
    const drawer = page.getByRole('dialog');
    await field(drawer, '稽查名称').fill('全过程记录稽查');
    const today = new Date(Date.now() + 8 * HOUR).toISOString().slice(0, 10);
    await field(drawer, '期间首日').fill(today);
    await field(drawer, '期间末日').fill(today);
    await button(drawer, '保存').click();
    await seen(page.getByText('草稿'));
    await button(page, '封存种子').click();
    await button(page.getByRole('dialog'), '封存种子').click();
    await seen(page.getByText('已封存，待抽取'));
    await seen(page.getByText('抽取前封存'));
    await button(page, '抽取样本').click();
    await button(page.getByRole('dialog'), '抽取样本').click();
    await seen(page.getByRole('dialog').getByText('期间结束、公开数值产生之后才能抽取'));

    // One whose period ends at once, so that the rest can be seen.
    const officer = await system.remoteOf('zhouqing');
    const now = Date.now();
    const { id: partyId } = await officer.call('party.create', {
        body: { name: '云裳美发店', kind: 'naturalPerson', address: '世纪大道 1 号' },
    });
    const { zhouqing, hebei } = system.institute.people;
    const people = [zhouqing?.id ?? '', hebei?.id ?? ''];
    await officer.call('act.create', {
        body: {
            scenario: 'routineInspection',
            partyId,
            place: '世纪大道 1 号',
            startsAt: now - 3 * HOUR,
            endsAt: now - 2 * HOUR,
            participants: people.map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    const inspector = await system.remoteOf('jicha');
    const { organisations, reviewers } = await inspector.call('inspection.setting', {});
    const to = Date.now() + 5_000;
    const committed = async (title: string) => {
        const { id } = await inspector.call('inspection.draft', {
            body: {
                title,
                organisationIds: organisations.filter((each) => each.own).map((each) => each.id),
                ...{ from: now - 4 * HOUR, to, scenarios: [], byOrganisation: false, byScenario: false },
                ...{
                    take: { number: 3 },
                    shares: [],
                    reviewerIds: reviewers.map((each) => each.id),
                    scheme: [...DEFAULT_SCHEME],
                },
            },
        });
        await inspector.call('inspection.commit', { params: { id } });
        return id;
    };
    const [id, otherId] = [await committed('当日稽查'), await committed('当日专项稽查')];
    const draw = (of: string) =>
        inspector.call('inspection.draw', { params: { id: of }, body: {} }).catch((error: { code: string }) => error.code);
    for (const each of [id, otherId]) await eventually(() => draw(each)).toEqual({ drawn: 1, unassigned: 0 });

    await page.goto(`/inspections/${id}`);
    await seen(page.getByText('共 1 起，其中没有音像资料 1 起'));
    await button(page, '在本机重算').click();
    await seen(page.getByText('重算结果与公布的一致'));
    // The one sealed before over the same day is named, and what became of it; anybody reads that in the record as well.
    await seen(page.getByRole('link', { name: '全过程记录稽查' }));
    await seen(page.getByText('有相同的执法行为可抽').first());
    expect(await recordSaid(page)).toEqual([
        2,
        expect.stringMatching(/✓ 重新抽取的样本与记录一致.*全过程记录稽查.*已封存，未抽取 · 与本次有相同的执法行为可抽/s),
    ]);
    for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    const list = await system.pageOf('jicha');
    await list.goto('/inspections');
    await seen(list.getByText(/期间重叠的另有 2 次：.*（评查中）/).first());
    await page.locator('a[href^="/inspections/sheets/"]').first().click();
    await seen(page.getByText('没有音像资料').first());
    // Words before points leave the item in the score.
    const firstItem = page.getByRole('region', { name: DEFAULT_SCHEME[0]?.words ?? '' });
    await field(page, `说明 ${DEFAULT_SCHEME[0]?.words}`).fill('先写下的话');
    expect(await firstItem.getByRole('checkbox', { name: '不适用' }).isChecked()).toBe(false);
    await field(page, `说明 ${DEFAULT_SCHEME[0]?.words}`).fill('');
    for (const each of DEFAULT_SCHEME)
        await page
            .getByRole('spinbutton', { name: `分数 ${each.words}` })
            .fill(each.key === 'recorded' ? '0' : String(each.most));
    await button(page, '完成评查').click();
    await seen(page.getByText('还没有评分，或扣分、不适用没有写明理由'));
    await field(page, `说明 ${DEFAULT_SCHEME[0]?.words}`).fill('没有音像资料');
    await button(page, '完成评查').click();
    await seen(page.getByText('得分 80.0').first());
    await comparedWith(page, inspector, { id, otherId });
    await button(page, '要求整改').click();
    const order = page.getByRole('dialog');
    await field(order, '需要整改的问题').fill('补录未作音像记录的原因');
    await field(order, '整改期限（本单位自定）').fill('2099-01-31');
    await button(order, '要求整改').click();
    await gone(order);
    await seen(page.getByText('待整改'));

    const head = await system.pageOf('sunqing', { viewport: { width: 390, height: 844 } });
    await head.goto(new URL(page.url()).pathname);
    await button(head, '答复整改').click();
    await field(head.getByRole('dialog'), '整改情况').fill('已补写说明');
    await button(head.getByRole('dialog'), '答复整改').click();
    await seen(head.getByText('待验收'));
    await page.reload();
    await button(page, '验收').click();
    await field(page.getByRole('dialog'), '验收意见').fill('属实');
    await button(page.getByRole('dialog'), '验收').click();
    await seen(page.getByText('已完成', { exact: true }));
    expect(await page.getByText('已补写说明').count()).toBeGreaterThan(0);
});
