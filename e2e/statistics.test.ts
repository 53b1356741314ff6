import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MINUTE, type Scenario } from '@liuhen/domain';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../apps/server/src/app.ts';
import { demoClock, demoPassword, loadDemo } from '../apps/server/src/demo/demo.ts';
import { type Stage, shanghai } from '../apps/server/src/demo/stories/stage.ts';
import { readConfig } from '../apps/server/src/platform/config.ts';
import { readTable } from '../apps/server/src/platform/table/read-table.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { builtWebPages } from '../apps/server/src/web-build.ts';
import { openContext, pageErrors } from './browser.ts';
import { CSV, WORKBOOK } from './exports.ts';
import { choose, eventually, gone, seen, signIn, takeFromMenu } from './steps.ts';

/** Of the fictional city: two of its districts have acts in these months whoever looks, the third has those below. */
const PERIOD = 'from=2026-09&to=2026-11';
const PAGE = '/compliance/statistics';

let folder: TemporaryFolder;
let app: RunningApp;
const errors: string[][] = [];

/** Two acts of which nothing was recorded, and one where nothing may be; a recorder that failed in somebody's hands. */
async function ownActs(stage: Stage): Promise<void> {
    const act = async (at: string, scenario: Scenario, lead: string, place: string, ground?: string) => {
        const startsAt = shanghai(at);
        const endsAt = startsAt + 40 * MINUTE;
        await stage.until(endsAt + MINUTE);
        const leader = stage.by(lead);
        const participants = [lead, '110215'].map((key) => ({ personId: stage.by(key).id, part: 'officer' as const }));
        const { id } = await leader.call('act.create', { body: { scenario, place, startsAt, endsAt, participants } });
        if (ground === undefined) return;
        const { segments } = await leader.call('act.get', { params: { id } });
        const body = { segmentId: segments[0]?.id ?? '', kind: 'highRisk', ground, startsAt, endsAt } as const;
        const exemption = await leader.call('act.recordExemption', { params: { id }, body });
        await stage.by('110233').call('act.decideExemption', { params: { id: exemption.id }, body: { as: 'confirmed' } });
    };
    await act('2026-10-20 10:00', 'doubleRandomInspection', '110207', '示范路 1 号');
    await act('2026-11-03 10:00', 'doubleRandomInspection', '110207', '示范路 2 号');
    await act('2026-11-04 10:00', 'licenceSiteReview', 'he', '示范路 3 号', '无菌场所');
    await stage.at('2026-11-05 09:00');
    await stage.by('lin').call('device.step', {
        params: { id: stage.device('A0173') },
        body: { step: 'reportFault', note: '无法开机' },
    });
}

beforeAll(async () => {
    folder = await temporaryFolder('e2e-statistics');
    const time = demoClock();
    const settings = {
        LIUHEN_PORT: '0',
        LIUHEN_LOG_LEVEL: 'silent',
        LIUHEN_STORAGE_FLOOR_MIB: '0',
        LIUHEN_REQUESTS_PER_MINUTE: '100000',
    };
    const webFolder = await builtWebPages(() => undefined);
    app = await startApp({
        config: readConfig(settings, { dataFolder: join(folder.path, 'data') }),
        clock: time.clock,
        webFolder,
    });
    await loadDemo(app.services, app.url, time, () => undefined, [ownActs]);
}, 180_000);
afterAll(async () => {
    await app?.stop();
    await folder?.remove();
    expect(errors.flat()).toEqual([]);
});

async function pageOf(login: string, options = {}): Promise<Page> {
    const page = await (await openContext(app.url, options)).newPage();
    errors.push(pageErrors(page));
    await signIn(page, login, demoPassword);
    return page;
}

/** The table of groups, once everything that happened has been judged. */
async function tableOf(page: Page, query: string, acts: number): Promise<Locator> {
    await page.goto(`${PAGE}?${query}`);
    const total = page.getByRole('link', { name: `合计 已判定的执法行为 ${acts}：逐项` });
    await eventually(async () => {
        if (!(await total.isVisible())) await page.reload();
        return total.isVisible();
    }).toBe(true);
    return page.getByRole('table', { name: '合规统计' });
}

const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0]);
const textsOf = async (rows: Locator) =>
    (await rows.all()).reduce<Promise<string[][]>>(
        async (before, row) => [...(await before), (await row.locator('th, td').allTextContents()).map((each) => each.trim())],
        Promise.resolve([]),
    );

describe('the figures of a district', () => {
    it('lead from every number to as many rows as it says, and from those to the act', async () => {
        const page = await pageOf('xuzhixia');
        const table = await tableOf(page, `${PERIOD}&by=person`, 3);
        const links = await Promise.all(
            (await table.getByRole('link').all()).map(async (link) => ({
                href: (await link.getAttribute('href')) ?? '',
                shown: (await link.textContent()) ?? '',
            })),
        );
        // What is divided has no rows of its own: its list is that of what it divides.
        const counted = links.filter(({ href, shown }) => /^\d+$/.test(shown) && !href.includes('figure=coverage'));
        expect(counted.length).toBeGreaterThanOrEqual(6);
        expect(counted.some(({ href }) => href.includes('figure=faults'))).toBe(true);
        for (const { href, shown } of counted) {
            await page.goto(href);
            await seen(page.getByText(`共 ${shown} 条`));
            await eventually(async () => [href, await page.locator('main tbody tr').count()]).toEqual([href, Number(shown)]);
        }
        await page.goto(counted.find(({ href }) => href.includes('figure=openGaps'))?.href ?? '');
        await page.getByRole('link', { name: '示范路 2 号' }).first().click();
        await eventually(() => new URL(page.url()).pathname).toMatch(/^\/acts\/[0-9a-f-]{36}$/);
        await seen(page.getByRole('heading', { name: /示范路 2 号|双随机/ }));
    }, 120_000);

    it('are drawn month by month, whichever is chosen, with holes where nothing is counted', async () => {
        const page = await pageOf('xuzhixia');
        await tableOf(page, PERIOD, 3);
        const trend = page.getByRole('region', { name: '逐月变化' });
        await trend.getByText('未说明缺口', { exact: true }).click();
        await eventually(() => new URL(page.url()).searchParams.get('trend')).toBe('openGaps');
        await page.reload();
        const table = trend.getByRole('table');
        await seen(table);
        // Two officers of whom nothing is there, of one act in October and of one of two in November.
        const rows = await textsOf(table.locator('tbody tr'));
        expect(rows.map((row) => [row[0]?.slice(0, 7), ...row.slice(1)])).toEqual([
            ['2026-11', '100.0', '120.0', '2', '2'],
            ['2026-10', '200.0', '133.3', '2', '1'],
            ['2026-09', '无数据'],
        ]);
        const bars = trend.getByRole('link', { name: /^2026-/ });
        expect(await bars.count()).toBe(3);
        await bars.nth(2).focus();
        await page.keyboard.press('ArrowLeft');
        await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
            '2026-10：未说明缺口 200.0，共 2，已判定 1 件，全市平均 133.3',
        );
        await seen(trend.locator('.statistics-said', { hasText: '2026-10：未说明缺口 200.0' }));
        await page.keyboard.press('ArrowLeft');
        await seen(trend.locator('.statistics-said', { hasText: '2026-09：未说明缺口 无数据' }));
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
        await eventually(() => new URL(page.url()).search).toMatch(/from=2026-10&to=2026-10/);
        expect(new URL(page.url()).searchParams.get('trend')).toBe('openGaps');
    }, 120_000);

    it('stand beside the average of the city, but never where it would say what one other has', async () => {
        const page = await pageOf('xuzhixia');
        await tableOf(page, PERIOD, 3);
        const sums = page.getByRole('region', { name: '合计' });
        // Complete, coverage, interruptions, late, gaps, findings, errors of documents, faults.
        expect(await sums.getByText(/^全市平均 /).count()).toBe(8);
        await page.goto(`${PAGE}?${PERIOD}&scenario=doubleRandomInspection`);
        await seen(page.getByText(/不列全市平均，以免由此推知某一个区的数字/));
        expect(await sums.getByText(/^全市平均 /).count()).toBe(0);
        await seen(sums.getByText('设备故障不按执法情形分', { exact: false }));
    }, 120_000);

    it('leave the house as they stand on the page', async () => {
        const page = await pageOf('xuzhixia');
        const table = await tableOf(page, `${PERIOD}&by=person`, 3);
        const list = page.getByRole('region', { name: '按主办监督员' });
        const shown = await textsOf(table.locator('tr'));
        expect(shown.length).toBeGreaterThan(2);
        for (const form of [WORKBOOK, CSV]) {
            const opener = list.getByRole('button', { name: '导出', exact: true });
            const [download] = await Promise.all([page.waitForEvent('download'), takeFromMenu(page, opener, form)]);
            const { rows: lines } = await readTable(await readFile(await download.path()));
            expect(lines.map(({ cells }) => cells.map(({ text }) => text))).toEqual(shown);
        }
        // The months as they are drawn, one without data among them: it has a row, and no zero.
        const trend = page.getByRole('region', { name: '逐月变化' }).getByRole('button', { name: '导出', exact: true });
        const [download] = await Promise.all([page.waitForEvent('download'), takeFromMenu(page, trend, CSV)]);
        const { rows: lines } = await readTable(await readFile(await download.path()));
        const [, ...months] = lines.map(({ cells }) => cells.map(({ text }) => text));
        expect(months.map(([month]) => month)).toEqual(['2026-11', '2026-10', '2026-09']);
        expect(months.map(([, ...figures]) => figures.some((each) => each !== ''))).toEqual([true, true, false]);
    }, 120_000);
});

describe('the city', () => {
    it('sees its districts side by side, each number down to the acts, which their own district opens', async () => {
        const page = await pageOf('jiangcheng');
        const table = await tableOf(page, `${PERIOD}&by=organisation`, 8);
        const row = table.getByRole('row', { name: /临江区/ });
        const gaps = row.getByRole('link', { name: /未说明缺口/ });
        const said = numberIn((await gaps.textContent()) ?? '');
        await gaps.click();
        await seen(page.getByText(`共 ${said} 条`));
        await eventually(() => page.locator('main tbody tr').count()).toBe(said);
        await seen(page.getByText(/由所在单位打开/));
        expect(await page.locator('main tbody').getByRole('link', { name: /路|街/ }).count()).toBe(0);
        await page.getByRole('link', { name: '看这件行为的合规问题' }).first().click();
        await seen(page.getByRole('link', { name: /没有本人的音像/ }));
        await choose(page, '情况', '已说明');
        await gone(page.getByRole('link', { name: /没有本人的音像/ }));
    }, 120_000);

    it('on a phone the trend begins at its newest months', async () => {
        const page = await pageOf('jiangcheng', { viewport: { width: 390, height: 844 } });
        await page.goto(`${PAGE}?from=2026-01&to=2026-11`);
        const trend = page.locator('.statistics-trend');
        const newest = trend.locator('a').last();
        await seen(newest);
        const [box, last] = [await trend.boundingBox(), await newest.boundingBox()];
        expect(await trend.evaluate((of) => of.scrollWidth > of.clientWidth)).toBe(true);
        expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
    });
});
