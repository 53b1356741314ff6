import type { DocumentType, Id } from '@liuhen/domain';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hand } from '../apps/server/src/demo/stories/paper.ts';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { lastTenOClock, makeClip } from './clips.ts';
import { type Office, PENALTY_PEOPLE, penaltyOffice, thisMinute } from './penalty-desk.ts';
import { alertText, button, choose, confirmBy, eventually, field, gone, seen } from './steps.ts';
import { handIn, oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

const DAY = 24 * 3_600_000;
/** A day of Shanghai's calendar, so many days ago. */
const daysAgo = (days: number): string => new Date(Date.now() + 8 * 3_600_000 - days * DAY).toISOString().slice(0, 10);
const HEAD_OF_PARTY = '高见山';
/** What is told and held on one day of Shanghai's is not begun a minute before its midnight. */
const clearOfMidnight = async (): Promise<void> => {
    const left = DAY - ((Date.now() + 8 * 3_600_000) % DAY);
    if (left < 120_000) await new Promise((resolve) => setTimeout(resolve, left + 1_000));
};

let system: System;
let folder: TemporaryFolder;
let visit: Visit;
let office: Office;
let officer: Page;
let section: Page;
let agency: Page;
/** The penalty, the seizure, the hearing, and the decision. */
let [penalty, coercion, hearing, decision]: Id[] = ['', '', '', ''];

beforeAll(async () => {
    folder = await temporaryFolder('e2e-penalty');
    const manager = USUAL_PEOPLE.find(({ login }) => login === 'lumanager');
    if (manager === undefined) throw new Error('no manager');
    const filled = await systemWith([manager, ...PENALTY_PEOPLE]);
    system = filled;
    visit = await oneVisit(filled);
    office = await penaltyOffice(filled, visit);
    [officer, section, agency] = await Promise.all([
        system.pageOf('zhouqing'),
        system.pageOf('songsection'),
        system.pageOf('zhongweizhang'),
    ]);
    const { first, second } = office.cast;
    const opened = await first.call('case.open', {
        body: {
            procedure: 'penalty',
            source: 'inspection',
            title: `${visit.partyName}未按规定消毒案`,
            actId: visit.actId,
            openedAt: thisMinute(),
            graveHarm: false,
            handlerIds: [first.id, second.id],
        },
    });
    penalty = opened.id;
}, 240_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const stateOf = async (id: Id | undefined) => (await office.cast.first.call('case.get', { params: { id: id ?? '' } })).state;

/** Presses a step on the case's page, fills in what it asks for, and waits until the case has moved. */
async function take(page: Page, id: Id | undefined, step: string, state: string, fill?: (dialog: Locator) => Promise<void>) {
    await page.goto(`/cases/${id}`);
    await button(page, `办理 ${step}`).click();
    const dialog = page.getByRole('dialog', { name: step });
    await fill?.(dialog);
    await confirmBy(dialog, '办理');
    await eventually(() => stateOf(id)).toBe(state);
}
const on = async (dialog: Locator, day: string, time: string): Promise<void> => {
    await field(dialog, '办理时间').fill(day);
    await field(dialog, '时间').fill(time);
};

/** A paper that the journey does not write itself. */
const paper = (
    type: DocumentType,
    caseId: Id | undefined,
    more: { actId?: Id; parentId?: Id; by?: keyof Office['cast'] } = {},
) => {
    const { by = 'first', ...hung } = more;
    return office.desk.begin(
        type,
        { caseId: caseId ?? '', partyId: visit.partyId, ...hung },
        office.content(type),
        office.cast[by],
    );
};
/** Of the office: approved by the head; sent out and served where it is for the party. */
async function approved(
    type: DocumentType,
    caseId: Id | undefined,
    head: 'section' | 'agency',
    by?: keyof Office['cast'],
): Promise<Id> {
    const id = await paper(type, caseId, by === undefined ? {} : { by });
    await office.desk.approved(id, type, office.cast[head], by === undefined ? {} : { by: office.cast[by] });
    return id;
}
async function served(type: DocumentType, caseId: Id | undefined): Promise<void> {
    const id = await approved(type, caseId, 'agency');
    await office.desk.issued(id, type);
    await office.desk.serveDirectly(id, visit.partyName, HEAD_OF_PARTY, '示范路 266 号', thisMinute());
}
const signers = (...others: Parameters<typeof hand>[]) => [...others.map((each) => hand(...each)), ...office.desk.officers()];

describe('an ordinary penalty, through the pages', () => {
    it('is filed once its report is written, reviewed and signed, each by another person', async () => {
        await officer.goto(`/cases/${penalty}`);
        const papers = region(officer, '各步骤的文书');
        const row = papers.getByRole('row', { name: /立案报告/ });
        await seen(row.getByText('还缺'));
        await seen(region(officer, '下一步').getByText('现在不能办：').first());
        await row.getByRole('button', { name: '新建 立案报告' }).click();
        await seen(officer.getByRole('heading', { name: '立案报告' }));
        // Begun with what the system knows; the rest is typed elsewhere in these journeys.
        await eventually(() => field(officer, '当事人').inputValue()).toBe(visit.partyName);
        const documentUrl = officer.url();
        const id = documentUrl.split('/').at(-1) ?? '';
        const { first } = office.cast;
        const draft = await first.call('document.get', { params: { id } });
        await first.call('document.save', {
            params: { id },
            body: { revision: draft.revision, content: office.content('filingReport') },
        });
        await officer.reload();
        await step(officer, '提交审核');
        await seen(officer.getByText('审核中').first());

        await section.goto(documentUrl);
        await step(section, '审核', { 意见: '事实清楚' });
        await agency.goto(documentUrl);
        await step(agency, '签批', { 意见: '同意立案' });
        await officer.reload();
        await step(officer, '编号');
        await seen(officer.getByText(/\d{4}-0001/).first());

        await seen(region(officer, '属于').getByRole('link', { name: /-CF-/ }));

        await take(section, penalty, '立案', 'filed');
        await officer.goto(`/cases/${penalty}`);
        await seen(
            region(officer, '各步骤的文书')
                .getByRole('row', { name: /^立案/ })
                .getByRole('link', { name: /-0001$/ }),
        );
        await seen(region(officer, '办理经过').getByText('立案', { exact: true }));
        await system.expectSound();
    }, 180_000);

    it('seizes what the head of the agency has approved before, with decision, list and record', async () => {
        await officer.goto(`/cases/${penalty}`);
        await officer.getByRole('link', { name: '新建：行政强制措施' }).click();
        await field(officer, '案由').fill(`${visit.partyName}扣押`);
        await choose(officer, '承办人 2', '何北', '何北');
        await button(officer, '受理').click();
        await seen(officer.getByRole('heading', { name: `${visit.partyName}扣押` }));
        coercion = officer.url().split('/').at(-1) ?? '';

        await agency.goto(`/cases/${coercion}`);
        expect(await button(agency, '办理 批准实施').isDisabled()).toBe(true);
        await approved('coercionApproval', coercion, 'agency');
        await take(agency, coercion, '批准实施', 'approved');

        const decision = await paper('seizureDecision', coercion, { actId: visit.actId });
        const legal = { needed: true, reason: '扣押决定书送法制审核' };
        await office.desk.approved(decision, 'seizureDecision', office.cast.agency, { legal });
        await office.desk.issued(decision, 'seizureDecision');
        const list = await paper('itemList', coercion, { actId: visit.actId, parentId: decision });
        await office.desk.onScene(list, 'itemList', signers(['party', HEAD_OF_PARTY]));
        const record = await paper('sceneRecord', coercion, { actId: visit.actId });
        await office.desk.onScene(record, 'sceneRecord', signers(['partyEachPage', HEAD_OF_PARTY]));
        await take(officer, coercion, '实施', 'held', async (dialog) => {
            await dialog.getByRole('radio', { name: '查封、扣押' }).check();
        });
        const terms = region(officer, '期限');
        await seen(terms.getByText('查封、扣押'));
        await seen(terms.getByText(/还剩 \d+ 天/));
        await system.expectSound();
    }, 180_000);

    it('lists a moment of the recording as evidence, and the recording is kept with the file', async () => {
        const clip = await makeClip(folder.path, { device: 'A0901', start: lastTenOClock(), seconds: 4 });
        const recordingId = await handIn(system.url, 'zhouqing', ['--device', 'A0901', '--act', visit.actNumber, clip.path]);
        await officer.goto(`/cases/${penalty}`);
        await button(officer, '列入证据').click();
        const drawer = officer.getByRole('dialog', { name: '列入证据' });
        await choose(drawer, '种类', '音像片段');
        await choose(drawer, '指哪一份', clip.name, clip.name);
        await field(drawer, '片段开始（分:秒）').fill('0:01');
        await field(drawer, '片段结束（分:秒）').fill('0:00');
        await field(drawer, '名称').fill('清点器械');
        await button(drawer, '保存').click();
        expect(await alertText(drawer)).not.toBe('');
        await field(drawer, '片段结束（分:秒）').fill('0:03');
        await button(drawer, '保存').click();
        await gone(drawer);
        await seen(region(officer, '证据目录').getByText('清点器械'));
        await officer.goto(`/recordings/${recordingId}`);
        await seen(officer.getByText(/保管期限与案卷相同/).first());
        await system.expectSound();
    }, 120_000);

    it('ends its investigation, deliberates, and tells the party; nothing is decided while the party may still speak', async () => {
        await approved('investigationReport', penalty, 'section');
        await take(officer, penalty, '调查终结', 'investigated');
        await approved('panelRecord', penalty, 'section');
        await take(officer, penalty, '合议', 'panelled', async (dialog) => {
            await dialog.getByRole('spinbutton').fill('3');
            for (const name of await dialog.getByRole('radiogroup').all()) await name.getByRole('radio', { name: '是' }).check();
        });
        await served('hearingRightNotice', penalty);
        await take(officer, penalty, '事先告知', 'noticed', async (dialog) => {
            await dialog.getByRole('spinbutton').fill('6000');
        });
        await agency.goto(`/cases/${penalty}`);
        const decide = region(agency, '下一步').getByRole('listitem').filter({ hasText: '作出处罚决定' }).first();
        await seen(decide.getByText(/陈述申辩期限|听证/).first());
        expect(await button(agency, '办理 作出处罚决定').isDisabled()).toBe(true);

        const record = await paper('defenceRecord', penalty, { actId: visit.actId });
        await office.desk.onScene(record, 'defenceRecord', signers(['partyEachPage', HEAD_OF_PARTY], ['recorder', '宋科']));
        await take(officer, penalty, '听取陈述申辩', 'noticed');
        await approved('defenceReview', penalty, 'section');
        await take(section, penalty, '复核陈述申辩', 'noticed');
        await take(officer, penalty, '当事人申请听证', 'noticed');
        await system.expectSound();
    }, 240_000);
    it('holds the hearing on the day that was told in time, before somebody who did not investigate', async () => {
        await officer.goto(`/cases/${penalty}`);
        await officer.getByRole('link', { name: '新建：听证' }).click();
        await field(officer, '案由').fill(`${visit.partyName}听证`);
        await field(officer, '受理时间').fill(daysAgo(30));
        await choose(officer, '承办人 2', '何北', '何北');
        await button(officer, '受理').click();
        await seen(officer.getByRole('heading', { name: `${visit.partyName}听证` }));
        hearing = officer.url().split('/').at(-1) ?? '';
        // The notice was given in time on the city's platform, and comes in whole: nothing here is dated back.
        await office.cast.first.call('document.import', {
            body: {
                type: 'hearingNotice',
                title: '行政处罚听证通知书',
                number: '沪测卫公听通〔2026〕7号',
                date: daysAgo(25),
                from: '市级执法平台',
                partyId: visit.partyId,
                caseId: hearing,
            },
        });
        await clearOfMidnight();

        await officer.goto(`/cases/${hearing}`);
        await button(officer, '办理 通知听证时间地点').click();
        const dialog = officer.getByRole('dialog', { name: '通知听证时间地点' });
        await on(dialog, daysAgo(3), '09:00');
        await field(dialog, '听证日期').fill(daysAgo(0));
        await choose(dialog, '主持人', '江听证', '江听证');
        await button(dialog, '办理').click();
        // 处罚法64: seven working days lie between.
        expect(await alertText(dialog)).toMatch(/听证/);
        await on(dialog, daysAgo(25), '09:00');
        await button(dialog, '办理').click();
        await gone(dialog);
        await eventually(() => stateOf(hearing)).toBe('notified');

        const record = await paper('hearingRecord', hearing, { actId: visit.actId, by: 'presider' });
        await office.desk.onScene(record, 'hearingRecord', [
            hand('partyEachPage', HEAD_OF_PARTY),
            hand('presider', '江听证'),
            hand('recorder', '宋科'),
        ]);
        await take(officer, hearing, '举行听证', 'held');
        await approved('hearingOpinion', hearing, 'section', 'presider');
        await take(section, hearing, '出具听证意见', 'closed');
        await system.expectSound();
    }, 240_000);

    it('is reviewed for its legality, discussed by the heads, and decided, not heavier than was meant', async () => {
        const legal = await system.pageOf('tanglegal');
        await approved('legalReviewOpinion', penalty, 'section', 'legal');
        await take(legal, penalty, '法制审核', 'noticed', async (dialog) => {
            await dialog.getByRole('radio', { name: '是' }).check();
        });
        await approved('collectiveDiscussion', penalty, 'agency', 'legal');
        await take(agency, penalty, '负责人集体讨论', 'noticed');
        decision = await paper('penaltyDecision', penalty);
        const legalNeed = { needed: true, reason: '经过听证程序' };
        await office.desk.approved(decision, 'penaltyDecision', office.cast.agency, { legal: legalNeed });
        await agency.goto(`/cases/${penalty}`);
        await button(agency, '办理 作出处罚决定').click();
        const dialog = agency.getByRole('dialog', { name: '作出处罚决定' });
        await dialog.getByRole('spinbutton').fill('6001');
        await button(dialog, '办理').click();
        expect(await alertText(dialog)).toContain('重于告知的');
        await dialog.getByRole('spinbutton').fill('5000');
        await button(dialog, '办理').click();
        await gone(dialog);
        await eventually(() => stateOf(penalty)).toBe('decided');
        await system.expectSound();
    }, 180_000);

    it('numbers, seals and sends out its decision, and leaves it with a party that refuses, recorded', async () => {
        const url = `/documents/${decision}`;
        await officer.goto(url);
        await button(officer, '编号').click();
        const numbering = officer.getByRole('dialog', { name: '编号' });
        await choose(numbering, '执法类别', '公');
        await button(numbering, '编号').click();
        await gone(numbering);
        await seen(officer.getByText(/沪测卫公罚〔\d{4}〕1号/).first());

        const seal = await system.pageOf('yinseal');
        await seal.goto(url);
        await button(seal, '用印').click();
        const sealing = seal.getByRole('dialog', { name: '用印' });
        await field(sealing, '用途').fill('制发行政处罚决定书');
        await button(sealing, '用印').click();
        await gone(sealing);
        await officer.reload();
        await step(officer, '发出');

        const { first, second } = office.cast;
        const startsAt = thisMinute() - 2 * 60_000;
        const { id: actId } = await first.call('act.create', {
            body: {
                scenario: 'lienService',
                partyId: visit.partyId,
                place: '示范路 266 号前台',
                startsAt,
                endsAt: startsAt + 60_000,
                participants: [first, second].map(({ id }) => ({ personId: id, part: 'officer' as const })),
            },
        });
        const { number } = await first.call('act.get', { params: { id: actId } });
        await button(officer, '开始送达').click();
        const serving = officer.getByRole('dialog', { name: '开始送达' });
        await choose(serving, '送达方式', '留置送达');
        await field(serving, '送达地点').fill('示范路 266 号前台');
        await field(serving, '拒收事由').fill('对罚款数额有意见，拒绝签收');
        const left = new Date(startsAt + 8 * 3_600_000).toISOString();
        const moment = serving.locator('.moment').getByRole('textbox');
        await moment.nth(0).fill(left.slice(0, 10));
        await moment.nth(1).fill(left.slice(11, 16));
        await field(serving, '见证人').fill('居委会 程小满');
        await choose(serving, '送达人 1', '周青', '周青');
        await choose(serving, '送达人 2', '何北', '何北');
        await choose(serving, '送达的执法行为', '留置送达', number);
        await button(serving, '开始送达').click();
        await gone(serving);

        const { items } = await first.call('document.services', { params: { id: decision ?? '' } });
        const reason = '对罚款数额有意见，拒绝签收';
        const refusing = { ...hand('recipient', HEAD_OF_PARTY), refusal: { reason, witness: '居委会 程小满' } };
        // Nobody took it in hand: who saw it left there signs the receipt.
        const seeing = hand('witness', '居委会 程小满');
        const facts = { place: '示范路 266 号前台', mode: 'lien', servedAt: startsAt, witness: '程小满', refusal: reason };
        await office.desk.receiptOf(items[0]?.receiptId ?? '', decision ?? '', visit.partyName, facts, [refusing, seeing]);

        // 正文二(二)1: not complete before its recording is there.
        await button(officer, '登记结果').click();
        const closing = officer.getByRole('dialog', { name: '登记结果' });
        await button(closing, '登记结果').click();
        expect(await alertText(closing)).toMatch(/录/);
        const clip = await makeClip(folder.path, { device: 'A0901', start: startsAt, seconds: 4 });
        await handIn(system.url, 'zhouqing', ['--device', 'A0901', '--act', number, clip.path]);
        await button(closing, '登记结果').click();
        await gone(closing);
        await seen(region(officer, '送达').getByText('已送达').first());
        await system.expectSound();
    }, 240_000);

    it('disposes of what was seized, sees the fine paid, and closes with nothing missing', async () => {
        await take(officer, penalty, '送达决定书', 'served');
        const disposal = await approved('seizureDisposal', coercion, 'agency');
        await office.desk.issued(disposal, 'seizureDisposal');
        await take(agency, coercion, '作出处理决定', 'disposed', (dialog) => choose(dialog, '结果', '销毁'));
        await agency.goto(`/cases/${penalty}`);
        await take(section, coercion, '办结', 'closed');
        await take(officer, penalty, '公示决定', 'served');
        await take(officer, penalty, '履行完毕', 'performed');
        expect(await button(section, '办理 结案').count()).toBe(0);
        await approved('closingReport', penalty, 'agency');
        await take(section, penalty, '结案', 'closed');

        await officer.goto(`/cases/${penalty}`);
        await seen(officer.getByText('已结案').first());
        const papers = region(officer, '各步骤的文书');
        await seen(papers.getByRole('row', { name: /结案报告/ }));
        expect(await papers.getByText('还缺').count()).toBe(0);
        expect(await papers.getByRole('button').count()).toBe(0);
        await seen(region(officer, '下一步').getByText('重新办理'));
        // Nothing is wider than a phone.
        await officer.setViewportSize({ width: 390, height: 844 });
        await eventually(() => officer.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await system.expectSound();
    }, 180_000);

    it('is contested after its end: the review stands on its page while it runs, and ends with what came of it', async () => {
        await officer.setViewportSize({ width: 1280, height: 800 });
        await officer.goto(`/cases/${penalty}`);
        const card = region(officer, '行政复议、行政诉讼');
        await seen(card.getByText('没有登记行政复议'));
        await button(card, '登记复议、诉讼').click();
        const form = officer.getByRole('dialog', { name: '登记复议、诉讼' });
        await choose(form, '途径', '行政复议');
        await field(form, '复议机关、人民法院').fill('示例区人民政府');
        await choose(form, '结果（选填）', '变更');
        await button(form, '保存').click();
        // Half of an end is none, and what was typed stays.
        expect(await alertText(form)).toContain('结束日期和结果须同时填写');
        expect(await field(form, '复议机关、人民法院').inputValue()).toBe('示例区人民政府');
        await button(form, '取消').click();
        await gone(form);

        await office.cast.first.call('case.recordRemedy', {
            params: { id: penalty ?? '' },
            body: { kind: 'review', authority: '示例区人民政府', begunOn: daysAgo(0) },
        });
        await officer.reload();
        await seen(officer.getByText('行政复议未结束'));
        await button(card, '登记结果、更正').click();
        const ending = officer.getByRole('dialog', { name: '更正登记' });
        await field(ending, '结束日期').fill(daysAgo(0));
        await choose(ending, '结果（选填）', '变更');
        await field(ending, '说明（选填）').fill('罚款变更为3000元');
        await button(ending, '保存').click();
        await gone(ending);
        await seen(card.getByText('罚款变更为3000元'));
        // 处罚法48: what was published is taken back in time, also of a case that is closed.
        await seen(region(officer, '期限').getByText('撤回已公开的处罚信息'));
        await system.expectSound();
    }, 90_000);
});

/** A step of a document by its button and dialogue, with what it asks for. */
async function step(page: Page, name: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    await button(page, name).click();
    const dialog = page.getByRole('dialog', { name });
    for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
    await confirmBy(dialog, name);
}
