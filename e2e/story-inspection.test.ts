import { addDays, dayOf, type Id, MINUTE } from '@liuhen/domain';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { type Clip, lastTenOClock, makeClip } from './clips.ts';
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
import { handIn } from './story.ts';
import { systemWith } from './system.ts';

const PARTY = '康颐口腔门诊部（测试）';
const HOST = '沈颐';

/** A part of a story has many steps, and the machine may be busy. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let system: Awaited<ReturnType<typeof systemWith>>;
let folder: TemporaryFolder;
let clips: readonly Clip[];
let partyId: Id;
const startsAt = lastTenOClock();
const today = dayOf(Date.now());

beforeAll(async () => {
    folder = await temporaryFolder('e2e-inspection');
    const recorder = (device: string, start: number) => makeClip(folder.path, { device, start, seconds: 70, megabits: 0.05 });
    system = await systemWith([...USUAL_PEOPLE, ...OFFICE]);
    clips = [await recorder('A0901', startsAt - 4_000), await recorder('A0902', startsAt - 3_000)];
    await getReady(system, ['sceneRecord', 'supervisionOpinion', 'serviceReceipt'], {});
    ({ partyId } = await addParty(system, PARTY, HOST));
    const manager = await system.remoteOf('lumanager');
    for (const [number, login] of [
        ['A0901', 'zhouqing'],
        ['A0902', 'hebei'],
    ] as const) {
        const { id } = await manager.call('device.create', { body: { kind: 'recorder', number } });
        const personId = system.institute.people[login]?.id ?? '';
        await manager.call('device.issue', { params: { id }, body: { personId } });
    }
}, 180_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

const remote = () => system.remoteOf('zhouqing');
const taskOf = async (origin: 'doubleRandom' | 'followUp') => {
    const { items } = await (await remote()).call('task.list', { query: { origin, partyId } });
    return items[0]?.id ?? '';
};

/** Begins the task's check on the phone and gives the act. */
async function beginCheck(phone: Page, taskId: Id, from: number): Promise<Id> {
    await phone.goto(`/tasks/${taskId}`);
    await button(phone, '开始检查').click();
    const start = phone.getByRole('dialog');
    for (const [name, at] of [
        ['开始', from],
        ['结束', from + MINUTE],
    ] as const) {
        await field(start, `${name} 日期`).fill(dayAt(at));
        await field(start, `${name} 时间`).fill(timeAt(at));
    }
    await button(start, '建立执法行为并开始任务').click();
    await eventually(() => new URL(phone.url()).pathname).toMatch(/^\/acts\/[0-9a-f-]{36}$/);
    return phone.url().split('/').at(-1) ?? '';
}

/** 现场笔录, from an empty form to the hand of the party. */
async function recordScene(phone: Page, actId: Id, from: number, observed: string): Promise<Id> {
    const id = await beginDocument(phone, actId, '现场笔录');
    await eventually(() => control(phone, 'party').inputValue()).toBe(PARTY);
    await moment(phone, '开始', from);
    await moment(phone, '结束', from + MINUTE);
    await phone.getByRole('button', { name: '已看清证件，不申请回避。' }).click();
    await control(phone, 'observations').fill(observed);
    await saved(phone);
    await printFinal(phone);
    await sign(phone, [
        { as: '当事人（逐页）', name: HOST, record: true },
        { as: '执法人员', name: '周青' },
        { as: '执法人员', name: '何北' },
    ]);
    await step(phone, '发出', (dialogue) => field(dialogue, '交给谁').fill(HOST));
    await seen(phone.getByText('已发出').first());
    return id;
}

describe('a double-random inspection', () => {
    it('is planned by one, approved by another, and drawn from what was committed', async () => {
        const section = await system.pageOf('songke');
        await section.goto('/plans');
        await button(section, '起草计划').first().click();
        const draft = section.getByRole('dialog', { name: '起草计划' });
        await field(draft, '计划名称').fill('双随机监督检查计划');
        await button(draft, '保存').click();
        await button(section, '修改事项').click();
        const items = section.getByRole('dialog', { name: '修改事项' });
        await field(items, '检查事项').fill('口腔诊疗机构');
        await items.getByRole('spinbutton', { name: '按户数或比例 1' }).fill('1');
        await button(items, '保存').click();
        await gone(items);
        await step(section, '送负责人批准');
        await seen(section.getByText('待批准'));

        const head = await system.pageOf('gusuo');
        await head.goto(section.url());
        await step(head, '批准');
        await seen(head.getByText('批准后尚未公布'));
        await section.reload();
        await step(section, '登记公布', (dialogue) => field(dialogue, /公布地点/).fill('区政府网站'));
        await section.getByRole('link', { name: '准备抽取' }).click();
        await seen(section.getByText(PARTY));
        await section.getByRole('spinbutton', { name: '按户数或比例 A' }).fill('1');
        await button(section, '选入全部监督员').click();
        await field(section, '抽取名称').fill('第一批');
        await field(section, '任务完成期限').fill(addDays(today, 20));
        await button(section, '承诺').click();
        await seen(section.getByText('已承诺，待揭示'));
        await step(section, '揭示并抽取');
        await seen(section.getByText('已揭示'));
        await button(section, '在本机重算').click();
        await seen(section.getByText('重算结果与公布的一致'));
        await system.expectSound();
    });

    let actId: Id;
    let scene: Id;
    let opinion: Id;
    let receipt: Id;

    it('is made on a phone: recorded, written down, signed and handed over', async () => {
        const phone = await system.pageOf('zhouqing', PHONE);
        actId = await beginCheck(phone, await taskOf('doubleRandom'), startsAt);
        const { number } = await (await remote()).call('act.get', { params: { id: actId } });
        for (const [at, login] of ['zhouqing', 'hebei'].entries())
            await handIn(system.url, login, ['--device', `A090${at + 1}`, '--act', number, clips[at]?.path ?? '']);
        scene = await recordScene(
            phone,
            actId,
            startsAt,
            '消毒室台面上放置已拆封的牙科手机 3 支，包装袋上未见灭菌日期。\n以上情况由在场人员沈颐陪同检查并确认。',
        );
        // Nothing is wider than the phone.
        expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await opensAsPdf(system, 'zhouqing', scene);
        await system.expectSound();
    });

    it('ends with an opinion that has a number, is signed for, and is served with its receipt', async () => {
        const phone = await system.pageOf('zhouqing', PHONE);
        opinion = await beginDocument(phone, actId, '卫生监督意见书');
        await control(phone, 'opinion').fill('经监督检查，你单位存在以下问题：已拆封的牙科手机 3 支未标明灭菌日期。请按期改正。');
        await cite(phone, 'citations', '消毒管理办法', '医疗卫生机构的消毒管理');
        await control(phone, 'correctBy').fill(addDays(today, 7));
        await saved(phone);
        await step(phone, '编号');
        await printFinal(phone);
        await sign(phone, [{ as: '受送达人', name: HOST }]);
        await step(phone, '发出', (dialogue) => field(dialogue, '交给谁').fill(HOST));
        await seen(phone.getByText(/\d{4}-0001/).first());
        await opensAsPdf(system, 'zhouqing', opinion);

        await button(phone, '开始送达').click();
        const start = phone.getByRole('dialog', { name: '开始送达' });
        await choose(start, '签收人身份', '法定代表人');
        await field(start, '送达地点').fill('示范路 188 号 2 楼');
        await moment(start, '签收时间', Math.floor(Date.now() / MINUTE) * MINUTE);
        await choose(start, '送达人 1', '周青', '周青');
        await choose(start, '送达人 2', '何北', '何北');
        await button(start, '开始送达').click();
        await gone(start);
        await phone.getByRole('link', { name: '送达回执' }).first().click();
        await seen(phone.getByRole('heading', { name: '送达回执' }));
        receipt = phone.url().split('/').at(-1) ?? '';
        await system.expectSound();
    });

    it('the receipt says who took it; then the service is closed', async () => {
        const phone = await system.pageOf('zhouqing', PHONE);
        await phone.goto(`/documents/${receipt}`);
        await eventually(() => control(phone, 'party').inputValue()).toBe(PARTY);
        for (const key of ['witness', 'refusal', 'note']) await control(phone, key).fill('/');
        await saved(phone);
        await step(phone, '编号');
        await printFinal(phone);
        await sign(phone, [
            { as: '受送达人', name: HOST },
            { as: '执法人员', name: '周青' },
            { as: '执法人员', name: '何北' },
        ]);
        await step(phone, '发出');
        await opensAsPdf(system, 'zhouqing', receipt);
        await phone.goto(`/documents/${opinion}`);
        await step(phone, '登记结果');
        await seen(phone.getByText(/直接送达 .*已送达/));
        await system.expectSound();
    });

    it('is looked at by somebody else, filed with the place of its paper, and the task is done', async () => {
        const head = await system.pageOf('songke');
        for (const id of [scene, opinion, receipt]) {
            await head.goto(`/documents/${id}`);
            await step(head, '事后核对', (dialogue) => field(dialogue, '意见').fill('记录清楚，签名齐全'));
            await seen(head.getByText('已核对').first());
        }
        const officer = await system.pageOf('zhouqing');
        for (const id of [scene, opinion, receipt]) {
            await officer.goto(`/documents/${id}`);
            await step(officer, '归卷', (dialogue) => field(dialogue, '纸质原件存放处').fill('3 号柜'));
            await seen(officer.getByText('已归卷').first());
        }
        await officer.goto(`/tasks/${await taskOf('doubleRandom')}`);
        await button(officer, '任务完成').click();
        const done = officer.getByRole('dialog', { name: '任务完成' });
        await done.getByRole('radio', { name: '责令改正或出具意见书' }).check();
        await button(done, '任务完成').click();
        await seen(officer.getByText('已完成'));
        // Two recordings cover what the record states, to the minute.
        const { standing, recordings } = await (await remote()).call('act.get', { params: { id: actId } });
        expect([recordings.length, standing.openGaps, standing.missingOfficers]).toEqual([2, 0, 0]);
        await system.expectSound();
    });

    it('is followed up from the opinion: a task after it, another visit, and its record', async () => {
        const head = await system.pageOf('songke');
        await head.goto(`/documents/${opinion}`);
        await button(head, '安排复查').click();
        const drawer = head.getByRole('dialog');
        await seen(drawer.getByText(PARTY));
        expect(await field(drawer, '完成期限').inputValue()).toBe(addDays(today, 14));
        await choose(drawer, '监督员 1', '周青', '周青');
        await choose(drawer, '监督员 2', '何北', '何北');
        await button(drawer, '保存').click();
        await eventually(() => new URL(head.url()).pathname).toMatch(/^\/tasks\//);

        const phone = await system.pageOf('zhouqing', PHONE);
        const second = startsAt + 20 * MINUTE;
        const again = await beginCheck(phone, await taskOf('followUp'), second);
        const record = await recordScene(
            phone,
            again,
            second,
            '本次为复查。牙科手机均独立包装，包装袋上标有灭菌日期和失效日期。',
        );
        await head.goto(`/documents/${record}`);
        await step(head, '事后核对', (dialogue) => field(dialogue, '意见').fill('已改正'));
        await phone.goto(`/tasks/${await taskOf('followUp')}`);
        await button(phone, '任务完成').click();
        const done = phone.getByRole('dialog', { name: '任务完成' });
        await done.getByRole('radio', { name: '未发现问题' }).check();
        await button(done, '任务完成').click();
        await seen(phone.getByText('已完成'));
        await phone.goto(`/parties/${partyId}`);
        await seen(phone.getByText('卫生监督意见书').first());
        await system.expectSound();
    });
});
