import { sampleContent, templateOf } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { alertText, button, eventually, field, gone, seen } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let visit: Visit;

beforeAll(async () => {
    const filled = await systemWith([
        ...USUAL_PEOPLE,
        { login: 'songsection', name: '宋科', kind: 'staff', roles: ['sectionHead'] },
        { login: 'tanglegal', name: '唐法', kind: 'staff', roles: ['legalReviewer'] },
    ]);
    system = filled;
    visit = await oneVisit(filled);
}, 120_000);
afterAll(async () => {
    await system?.close();
});

const PHONE = { viewport: { width: 390, height: 844 } };
/** Text areas carry no name of their own in every browser; the field's block does. */
const observations = '#field-observations textarea';

describe('a record of the scene', () => {
    it('is written on a phone from the act, saves itself, and survives a lost network', async () => {
        const phone = await system.pageOf('zhouqing', PHONE);
        await phone.goto(`/acts/${visit.actId}`);
        await button(phone, '新建文书').click();
        await phone.getByRole('searchbox', { name: '名称或拼音首字母' }).fill('xcbl');
        await button(phone, '现场笔录').click();
        await seen(phone.getByRole('heading', { name: /现场笔录/ }));
        // Begins with what is known; never with a time from a recording.
        await eventually(() => field(phone, /^被检查人$/).inputValue()).toBe(visit.partyName);
        expect(await phone.locator('#stated-startedAt').inputValue()).toBe('');
        await seen(phone.getByText('检查开始时间 没有填写'));

        await phone.locator(observations).fill('现场查见循环水泵 2 台。');
        await seen(phone.getByText(/^已保存 \d\d:\d\d$/));

        await phone.context().setOffline(true);
        await phone.locator(observations).fill('现场查见循环水泵 2 台，运行记录至当日 09:00。');
        await seen(phone.getByText('没有网络，已存在本机，恢复后自动送出'));
        await phone.context().setOffline(false);
        await seen(phone.getByText(/^已保存 \d\d:\d\d$/));
        await phone.reload();
        await eventually(() => phone.locator(observations).inputValue()).toContain('运行记录至当日');
        // Guessing words are found by the rules of drafting.
        await phone.locator(observations).fill('现场查见循环水泵 2 台，可能没有消毒。');
        await seen(phone.getByText(/有推测性的词语/));
        await system.expectSound();
    });

    it('two people write at once: both versions are shown, and nothing is lost', async () => {
        const [zhou, he] = [await system.pageOf('zhouqing'), await system.pageOf('hebei')];
        await zhou.goto('/documents');
        await zhou.getByRole('link', { name: '现场笔录' }).first().click();
        await seen(zhou.locator(observations));
        await he.goto(zhou.url());
        await seen(he.locator(observations));
        await zhou.locator(observations).fill('周青所见：泳池水面有泡沫。');
        await seen(zhou.getByText(/^已保存 \d\d:\d\d$/));
        await he.locator(observations).fill('何北所见：更衣室地面有积水。');
        expect(await alertText(he)).toContain('周青');
        await seen(he.getByText('周青所见：泳池水面有泡沫。'));
        await seen(he.getByRole('radio', { name: /何北所见/ }));
        await he.getByRole('radio', { name: /周青所见/ }).check();
        await button(he, '用选好的内容继续').click();
        await seen(he.getByText(/^已保存 \d\d:\d\d$/));
        expect(await he.locator(observations).inputValue()).toBe('周青所见：泳池水面有泡沫。');
        await system.expectSound();
    });

    it('is seen as it will be printed', async () => {
        const page = await system.pageOf('zhouqing');
        await page.goto('/documents');
        await page.getByRole('link', { name: '现场笔录' }).first().click();
        const sheet = (at: number) => page.locator('.doc-sheet').nth(at - 1);
        await sheet(1).scrollIntoViewIfNeeded();
        const width = (image: HTMLImageElement) => image.naturalWidth;
        await eventually(() => page.getByRole('img', { name: /^第 1 页，/ }).evaluate(width)).toBeGreaterThan(0);

        // Of a long record the page that is written is shown, and no page that nobody looks at is drawn.
        const line = (at: number) => `第${at}处：泳池水面有泡沫。`;
        const lines = Array.from({ length: 200 }, (_, at) => line(at + 1)).join('\n');
        await page.locator(observations).fill(lines);
        await seen(page.getByText(/共 [6-9] 页/));
        // Set while its writer pauses, before it is saved.
        const [ahead, saved] = ['draft-ahead', 'content'].map((of) =>
            page.waitForResponse((answer) => answer.url().endsWith(`/${of}`)),
        );
        await page.locator(observations).fill(lines.replace(line(80), '第80处：池底有沉积物。'));
        expect((await ahead)?.status()).toBe(200);
        expect((await saved)?.status()).toBe(200);
        await eventually(() => sheet(3).getByRole('img').evaluate(width)).toBeGreaterThan(0);
        const list = page.locator('.doc-preview');
        await eventually(() => list.evaluate((each) => each.scrollTop)).toBeGreaterThan(1_000);
        expect(await sheet(6).getByRole('img').count()).toBe(0);
    });
});

describe('a paper of the office', () => {
    it('names the fields that are printed between fixed words, and leads to those that are empty', async () => {
        const remote = await system.remoteOf('zhouqing');
        const { id } = await remote.call('document.create', { body: { type: 'priorNotice', actId: visit.actId } });
        const officer = await system.pageOf('zhouqing');
        await officer.goto(`/documents/${id}`);
        await seen(officer.locator('.doc-editor .printed').getByText('〔违法事实〕'));
        expect(await officer.locator('.doc-editor').textContent()).not.toMatch(/[{}]/);
        await button(officer, '去填写').first().click();
        await eventually(() => officer.evaluate(() => document.activeElement?.id)).toMatch(/^field-/);
        // The stated times stand above the form and are gone to as well.
        const { id: record } = await remote.call('document.create', { body: { type: 'inquiryRecord', actId: visit.actId } });
        await officer.goto(`/documents/${record}`);
        await button(officer.locator('.doc-findings li', { hasText: '询问开始时间' }), '去填写').click();
        await eventually(() => officer.evaluate(() => document.activeElement?.id)).toBe('stated-startedAt');
        await seen(officer.getByText(/^第 1 版（\d{4}-\d\d-\d\d 起用）$/));
    });

    it('is not submitted while it lacks anything, and is reviewed by somebody else', async () => {
        const officer = await system.pageOf('zhouqing');
        await officer.goto(`/acts/${visit.actId}`);
        await button(officer, '新建文书').click();
        await button(officer, '行政检查审批表').click();
        await seen(officer.getByRole('heading', { name: /行政检查审批表/ }));
        await button(officer, '提交审核').click();
        await officer.getByRole('dialog').getByRole('button', { name: '提交审核' }).click();
        expect(await alertText(officer.getByRole('dialog'))).not.toBe('');
        await officer
            .getByRole('dialog')
            .getByRole('button', { name: /取\s*消/ })
            .click();
        await gone(officer.getByRole('dialog'));

        const id = officer.url().split('/').at(-1) ?? '';
        const remote = await system.remoteOf('zhouqing');
        const { revision, content } = await remote.call('document.get', { params: { id } });
        const template = templateOf('inspectionApproval', '2026-01-01');
        if (template === undefined) throw new Error('no form');
        const filled = sampleContent(template);
        await remote.call('document.save', {
            params: { id },
            body: { revision, content: { ...filled, ...content }, startedAt: null, endedAt: null },
        });
        await officer.reload();
        await button(officer, '提交审核').click();
        await officer.getByRole('dialog').getByRole('button', { name: '提交审核' }).click();
        await seen(officer.getByText('审核中').first());

        const head = await system.pageOf('songsection');
        await head.goto('/documents?waiting=me');
        await head.getByRole('link', { name: '行政检查审批表' }).click();
        await button(head, '审核').click();
        await head.getByRole('dialog').getByLabel(/意见/).fill('同意');
        await head.getByRole('dialog').getByRole('button', { name: '审核' }).click();
        await gone(head.getByRole('dialog'));
        await seen(head.getByText('审核通过'));
        await system.expectSound();
    });
});
