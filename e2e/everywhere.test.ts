import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { lastTenOClock, makeClip } from './clips.ts';
import { chineseBeside, contentWidth, nameless } from './page-checks.ts';
import { button, eventually, seen, takeFromMenu } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System & { institute: { people: Record<string, { id: string }> } };
let folder: TemporaryFolder;
let visit: Visit;

beforeAll(async () => {
    folder = await temporaryFolder('e2e-everywhere');
    const [filled, clip] = await Promise.all([
        systemWith(),
        makeClip(folder.path, { device: 'A0901', start: lastTenOClock(), seconds: 20 }),
    ]);
    system = filled;
    visit = await oneVisit(filled, clip);
}, 120_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

/** All pages are loaded anew in each of these stories, milliseconds. */
const LONG = 300_000;

/** Every page there is, with something on it. */
const pages = () => [
    '/acts',
    '/acts?q=nothing-is-called-so',
    '/acts/new',
    `/acts/${visit.actId}`,
    '/recordings',
    `/recordings/${visit.recordingId}`,
    '/recordings/retrievals',
    '/recordings/viewings',
    '/parties',
    `/parties/${visit.partyId}`,
    '/devices',
    `/devices/${visit.deviceId}`,
    '/persons',
    `/persons/${system.institute.people.zhouqing?.id}`,
    '/documents',
    '/documents/forms',
    '/documents/numbers',
    '/documents/blocks',
    '/documents/seals',
    '/documents/import',
    '/compliance',
    '/compliance/findings',
    '/compliance/interruptions',
    '/compliance/attestations',
    '/compliance/outcomes',
    '/compliance/trainings',
    '/compliance/training-due',
    '/compliance/statistics',
    '/compliance/statistics/counted?figure=openGaps',
    '/parameters',
    '/cases',
    '/cases/new',
    '/cases/deadlines',
    '/tasks',
    '/tasks?due=late',
    '/task-lists',
    '/plans',
    '/draws',
    '/draws/check',
    '/complaints',
    '/log',
    '/log?entry=3',
    '/log/checkpoints',
    '/log/sheets',
    '/log/checks',
    '/account',
    '/no-such-page',
];

async function visitPage(page: Page, path: string): Promise<void> {
    await page.goto(path);
    await seen(page.getByRole('heading'));
    await eventually(() => page.getByRole('status').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe(path.split('?')[0]);
}

/** Asks something of every page and gives the answers that are not empty, by page. */
async function everywhere<T>(page: Page, ask: () => Promise<readonly T[]>): Promise<Record<string, readonly T[]>> {
    const answers: Record<string, readonly T[]> = {};
    for (const path of pages()) {
        await visitPage(page, path);
        const answer = await ask();
        if (answer.length > 0) answers[path] = answer;
    }
    return answers;
}

/** What people have called their own things: in whatever language they like. */
const NAMES = ['测试区卫生监督所', '周青', '何北', '陆管理', '孙系统', '钱安全', '吴审计', '云汀泳池（测试）', '示范路 266 号'];
/** Words that are typed into a parameter as they stand, and so are quoted as they stand. */
const KEYWORDS = ['｜应当', '｜可以', '执法前｜', '执法中｜', '执法后｜'];
const DATA = [...NAMES, ...KEYWORDS];

describe('the checks themselves', () => {
    it('find what they look for', async () => {
        const page = await system.page({ viewport: { width: 390, height: 844 } });
        await page.setContent(`<title>Acts</title><button><svg></svg></button><input><a href="/">A</a>
            <p style="width: 500px">周青 filed it</p><p title="未翻译">B</p><button lang="zh-CN">中文</button>`);
        expect(await nameless(page)).toEqual(['<button><svg></svg></button>', '<input>']);
        expect(await contentWidth(page)).toBeGreaterThan(390);
        expect(await chineseBeside(page, DATA)).toEqual(['title: 未翻译']);
    });
});

describe('every page', () => {
    it(
        'names everything that can be used, and so do the dialogues',
        async () => {
            const officer = await system.pageOf('zhouqing');
            expect(await everywhere(officer, () => nameless(officer))).toEqual({});
            for (const [path, opener] of [
                ['/parties', '新建相对人'],
                [`/parties/${visit.partyId}`, '增加场所'],
                ['/recordings', '上传'],
                [`/acts/${visit.actId}`, '归入音像'],
            ] as const) {
                await visitPage(officer, path);
                await button(officer, opener).first().click();
                await seen(officer.getByRole('dialog'));
                expect([path, await nameless(officer)]).toEqual([path, []]);
            }
            const administrator = await system.pageOf('xitong');
            await button(administrator, '登记人员').first().click();
            await seen(administrator.getByRole('dialog'));
            expect(await nameless(administrator)).toEqual([]);
            const visitor = await system.page();
            await visitor.goto('/sign-in');
            await seen(button(visitor, '登录'));
            expect(await nameless(visitor)).toEqual([]);
            await system.expectSound();
        },
        LONG,
    );

    it(
        'speaks English from end to end once it is asked to, and remembers',
        async () => {
            const officer = await system.pageOf('zhouqing');
            await officer.getByRole('button', { name: '切换为英文' }).click();
            await seen(officer.getByRole('heading', { name: 'Acts' }));
            await officer.reload();
            await seen(officer.getByRole('heading', { name: 'Acts' }));
            expect(await officer.locator('html').getAttribute('lang')).toBe('en');
            expect(await everywhere(officer, () => chineseBeside(officer, DATA))).toEqual({});
            await system.expectSound();
        },
        LONG,
    );

    it(
        'fits a phone, and its menu leads everywhere',
        async () => {
            const officer = await system.pageOf('zhouqing', {
                viewport: { width: 390, height: 844 },
                hasTouch: true,
                isMobile: true,
            });
            const tooWide = async () => {
                const width = await contentWidth(officer);
                return width > 390 ? [width] : [];
            };
            expect(await everywhere(officer, tooWide)).toEqual({});
            await officer.goto('/parties');
            for (const [noun, path] of [
                ['设备', '/devices'],
                ['存证日志', '/log'],
                ['执法行为', '/acts'],
            ] as const) {
                await takeFromMenu(officer, button(officer, '菜单'), noun);
                await eventually(() => new URL(officer.url()).pathname).toBe(path);
                await seen(officer.getByRole('heading', { name: noun }));
            }
            await button(officer, '筛选').click();
            expect(await tooWide()).toEqual([]);
            await system.expectSound();
        },
        LONG,
    );

    it(
        'fits a sheet of paper, in the form of the desk',
        async () => {
            // What is left of an A4 sheet between margins of 12 mm.
            const officer = await system.pageOf('zhouqing', { viewport: { width: 703, height: 1000 } });
            await officer.emulateMedia({ media: 'print' });
            const offSheet = () =>
                officer.evaluate(() =>
                    [...document.querySelectorAll<HTMLElement>('main table, main .card, main svg')]
                        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
                        .map((each) => each.outerHTML.slice(0, 80)),
                );
            expect(await everywhere(officer, offSheet)).toEqual({});
            await officer.goto('/recordings');
            await seen(officer.getByText(/^印出 \d+ 条，共 \d+ 条$/));
            expect(await button(officer, '上传').isVisible()).toBe(false);
            expect(await officer.locator('main thead').first().isVisible()).toBe(true);
            await system.expectSound();
        },
        LONG,
    );
});
