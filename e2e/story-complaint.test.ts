import { addDays, dayOf, type Id, MINUTE } from '@liuhen/domain';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { lastTenOClock } from './clips.ts';
import {
    addParty,
    beginDocument,
    cite,
    control,
    dayAt,
    getReady,
    moment,
    OFFICE,
    opensAsPdf,
    PHONE,
    printFinal,
    saved,
    sign,
    step,
    timeAt,
} from './paper-steps.ts';
import { button, choose, eventually, field, gone, seen } from './steps.ts';
import { systemWith } from './system.ts';

const PARTY = '半夏理发店（测试）';
const HOST = '夏半';
const COMPLAINANT = '阮清和';
const REMEDIES = '应当自收到本决定书之日起六十日内先申请行政复议；对行政复议决定不服的，可以依法提起行政诉讼。';

/** A part of a story has many steps, and the machine may be busy. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let system: Awaited<ReturnType<typeof systemWith>>;
let partyId: Id;

beforeAll(async () => {
    system = await systemWith([...USUAL_PEOPLE, ...OFFICE]);
    await getReady(system, ['sceneRecord', 'spotPenalty'], {
        'document.remedyReviewFirstText': [REMEDIES],
    });
    ({ partyId } = await addParty(system, PARTY, HOST));
}, 180_000);
afterAll(async () => {
    await system?.close();
});

const remote = () => system.remoteOf('zhouqing');
const openCase = async (page: Page, caseId: Id) => {
    await page.goto(`/cases/${caseId}`);
    await seen(page.getByRole('heading', { name: /未按规定清洗消毒案/ }));
};
/** Takes a step of the case by its button. */
const takeStep = async (page: Page, name: string, fill?: (dialogue: ReturnType<Page['getByRole']>) => Promise<void>) => {
    await button(page, `办理 ${name}`).click();
    const dialogue = page.getByRole('dialog', { name });
    await fill?.(dialogue);
    await button(dialogue, '办理').click();
    await gone(dialogue);
};

describe('a complaint that turns into a penalty on the spot', () => {
    let complaint: string;
    let actId: Id;
    let caseId: Id;
    let scene: Id;
    let decision: Id;

    it('is taken in with its complainant sealed, accepted, and given to two officers', async () => {
        const clerk = await system.pageOf('hebei');
        await clerk.goto('/complaints');
        await button(clerk, '登记投诉举报').first().click();
        const drawer = clerk.getByRole('dialog');
        await choose(drawer, '渠道', '12345 热线');
        await field(drawer, '标题').fill('毛巾未消毒反复使用');
        await field(drawer, '反映内容').fill('反映该店给顾客使用的毛巾用后不清洗消毒，要求核查并答复。');
        await choose(drawer, '被投诉举报的相对人', PARTY, '半夏');
        await drawer.getByRole('checkbox', { name: '要求答复' }).check();
        await drawer.getByRole('checkbox', { name: '要求保密' }).check();
        await field(drawer, '姓名').fill(COMPLAINANT);
        await button(drawer, '保存').click();
        await seen(clerk.getByText('已加密另存'));
        complaint = new URL(clerk.url()).pathname;

        const head = await system.pageOf('songke');
        await head.goto(complaint);
        await step(head, '受理审查');
        await button(head, '派为检查任务').click();
        const task = head.getByRole('dialog');
        await field(task, '完成期限').fill(addDays(dayOf(Date.now()), 3));
        await choose(task, '监督员 1', '周青', '周青');
        await choose(task, '监督员 2', '何北', '何北');
        await button(task, '保存').click();
        await eventually(() => new URL(head.url()).pathname).toMatch(/^\/tasks\//);
        await system.expectSound();
    });

    it('is looked into on a phone; the check turns into a penalty, with a case of its own', async () => {
        const phone = await system.pageOf('zhouqing', PHONE);
        const { items } = await (await remote()).call('task.list', { query: { partyId } });
        await phone.goto(`/tasks/${items[0]?.id}`);
        const from = lastTenOClock();
        await button(phone, '开始检查').click();
        const start = phone.getByRole('dialog');
        for (const [name, at] of [
            ['开始', from],
            ['结束', from + 10 * MINUTE],
        ] as const) {
            await field(start, `${name} 日期`).fill(dayAt(at));
            await field(start, `${name} 时间`).fill(timeAt(at));
        }
        await button(start, '建立执法行为并开始任务').click();
        await eventually(() => new URL(phone.url()).pathname).toMatch(/^\/acts\/[0-9a-f-]{36}$/);
        actId = phone.url().split('/').at(-1) ?? '';

        await button(phone, '增加环节').click();
        const drawer = phone.getByRole('dialog', { name: '增加执法环节' });
        await drawer.getByText('简易程序处罚', { exact: true }).first().click();
        for (const [name, at] of [
            ['开始', from + 5 * MINUTE],
            ['结束', from + 15 * MINUTE],
        ] as const) {
            await field(drawer, `${name} 日期`).fill(dayAt(at));
            await field(drawer, `${name} 时间`).fill(timeAt(at));
        }
        await drawer.getByText('同时结束环节 1').click();
        await button(drawer, '保存').click();
        await gone(drawer);
        await seen(phone.getByRole('region', { name: '执法环节' }).getByText('简易程序处罚'));

        await phone.getByRole('link', { name: '新建案件' }).click();
        await choose(phone, '程序', '简易程序行政处罚');
        await choose(phone, '案件来源', '投诉举报');
        await field(phone, '案由').fill(`${PARTY}未按规定清洗消毒案`);
        await choose(phone, '承办人 2', '何北', '何北');
        await button(phone, '受理').click();
        await eventually(() => new URL(phone.url()).pathname).toMatch(/^\/cases\/[0-9a-f-]{36}$/);
        caseId = phone.url().split('/').at(-1) ?? '';
        await takeStep(phone, '告知事实、理由、依据并听取申辩');
        expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await system.expectSound();
    });

    it('record and decision are written, numbered, signed and handed over at the scene', async () => {
        const phone = await system.pageOf('zhouqing', PHONE);
        const { startsAt, endsAt } = await (await remote()).call('act.get', { params: { id: actId } });
        scene = await beginDocument(phone, actId, '现场笔录');
        await eventually(() => control(phone, 'party').inputValue()).toBe(PARTY);
        await moment(phone, '开始', startsAt);
        await moment(phone, '结束', endsAt);
        await phone.getByRole('button', { name: '已看清证件，不申请回避。' }).click();
        await control(phone, 'observations').fill('毛巾消毒柜未接通电源，毛巾架上晾有使用过的毛巾 6 条。');
        await saved(phone);
        await printFinal(phone);
        await sign(phone, [
            { as: '当事人（逐页）', name: HOST, record: true },
            { as: '执法人员', name: '周青' },
            { as: '执法人员', name: '何北' },
        ]);
        await step(phone, '发出');

        decision = await beginDocument(phone, actId, '当场行政处罚决定书');
        await eventually(() => control(phone, 'remedies').inputValue()).toBe(REMEDIES);
        await moment(phone, '违法时间', startsAt);
        await control(phone, 'facts').fill('查见毛巾消毒柜未接通电源，毛巾架上使用过的毛巾 6 条未经清洗消毒供顾客使用。');
        await cite(phone, 'breached', '公共场所细则14', '顾客用品用具清洗');
        await cite(phone, 'basis', '公共场所细则36', '未检测、用品用具未清洗消毒的处罚');
        await phone.getByRole('radio', { name: '警告并罚款' }).check();
        await control(phone, 'fine').fill('200');
        await phone.getByRole('radio', { name: /指定银行缴纳/ }).check();
        await phone.getByRole('button', { name: '当事人未提出陈述、申辩。' }).click();
        await saved(phone);
        await step(phone, '编号');
        await printFinal(phone);
        await sign(phone, [
            { as: '执法人员', name: '周青' },
            { as: '执法人员', name: '何北' },
            { as: '当事人', name: HOST },
        ]);
        await step(phone, '发出', (dialogue) => field(dialogue, '交给谁').fill(HOST));
        await seen(phone.getByText(/\d{4}-0001/).first());
        for (const id of [scene, decision]) await opensAsPdf(system, 'zhouqing', id);
        await openCase(phone, caseId);
        await takeStep(phone, '当场处罚', (dialogue) => dialogue.getByRole('spinbutton').first().fill('200'));
        await takeStep(phone, '报机关备案');
        await system.expectSound();
    });

    it('both papers are looked at and filed, the fine is paid, and who did not handle the case closes it', async () => {
        const head = await system.pageOf('songke');
        for (const id of [scene, decision]) {
            await head.goto(`/documents/${id}`);
            await step(head, '事后核对', (dialogue) => field(dialogue, '意见').fill('事实清楚，程序合法'));
        }
        const officer = await system.pageOf('zhouqing');
        for (const id of [scene, decision]) {
            await officer.goto(`/documents/${id}`);
            await step(officer, '归卷', (dialogue) => field(dialogue, '纸质原件存放处').fill('3 号柜'));
        }
        await openCase(officer, caseId);
        await takeStep(officer, '公示决定');
        await takeStep(officer, '履行完毕');
        await openCase(head, caseId);
        await takeStep(head, '结案');
        await seen(head.getByText('已结案').first());
        await system.expectSound();
    });

    it('the complaint knows what came of it, is answered and closed, and nobody reads who complained', async () => {
        const clerk = await system.pageOf('hebei');
        await clerk.goto(complaint);
        await step(clerk, '关联执法行为或案件', (dialogue) => choose(dialogue, '执法行为', PARTY, PARTY));
        await step(clerk, '记录答复', (dialogue) =>
            field(dialogue, '答复内容').fill('反映情况属实，已当场处罚并责令改正，感谢您的监督。'),
        );
        await step(clerk, '办结', (dialogue) => field(dialogue, '处理结果').fill('属实，已当场处罚'));
        await seen(clerk.getByText('已办结').first());
        for (const address of [complaint, `/acts/${actId}`, `/cases/${caseId}`, `/parties/${partyId}`]) {
            await clerk.goto(address);
            await seen(clerk.getByText(PARTY).first());
            expect(await clerk.getByText(COMPLAINANT).count()).toBe(0);
        }
        await system.expectSound();
    });
});
