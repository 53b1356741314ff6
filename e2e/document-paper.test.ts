import { readFile } from 'node:fs/promises';
import {
    type DocumentContent,
    type DocumentType,
    dayOf,
    type Id,
    MINUTE,
    sampleContent,
    TEMPLATES,
    templateOf,
} from '@liuhen/domain';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setParameter } from '../apps/server/src/demo/stories/set-parameter.ts';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { alertText, button, choose, eventually, field, gone, seen } from './steps.ts';
import { oneVisit, type Visit } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let visit: Visit;
let officers: { person: Id; name: string; certificate: string }[];

beforeAll(async () => {
    const filled = await systemWith([
        ...USUAL_PEOPLE,
        { login: 'songsection', name: '宋科', kind: 'staff', roles: ['sectionHead'] },
        { login: 'tanglegal', name: '唐法', kind: 'staff', roles: ['legalReviewer'] },
        { login: 'liangsuo', name: '梁所', kind: 'staff', roles: ['instituteHead'] },
    ]);
    system = filled;
    visit = await oneVisit(filled);
    officers = ['zhouqing', 'hebei'].map((login, at) => {
        const { id, name } = filled.institute.people[login] ?? { id: '', name: '' };
        return { person: id, name, certificate: `21000${at + 1}` };
    });
    const legal = await system.remoteOf('tanglegal');
    const head = await system.remoteOf('songsection');
    await setParameter(head, await system.remoteOf('liangsuo'), {
        key: 'document.onScreenSigning',
        value: true,
        standing: 'own',
        basis: '正文二（三）',
        from: dayOf(Date.now()),
        reason: '试点',
    });
    for (const { type, version } of TEMPLATES.filter((each) => ['sceneRecord', 'supervisionOpinion'].includes(each.type)))
        await legal.call('template.confirm', { params: { type, version }, body: { comparedWith: '印制样张' } });
}, 120_000);
afterAll(async () => {
    await system?.close();
});

const PHONE = { viewport: { width: 390, height: 844 } };

/** A check that ended a minute ago: its recordings are still in their recorders. */
async function addCheck(): Promise<Id> {
    const now = Math.floor(Date.now() / MINUTE) * MINUTE;
    const officer = await system.remoteOf('zhouqing');
    const { id } = await officer.call('act.create', {
        body: {
            scenario: 'doubleRandomInspection',
            partyId: visit.partyId,
            place: '示范路 266 号',
            startsAt: now - 30 * MINUTE,
            endsAt: now - MINUTE,
            participants: officers.map(({ person }) => ({ personId: person, part: 'officer' as const })),
        },
    });
    return id;
}

/** A document that lacks nothing. */
async function addWhole(type: DocumentType, actId: Id): Promise<Id> {
    const now = Math.floor(Date.now() / MINUTE) * MINUTE;
    const template = templateOf(type, dayOf(now));
    if (template === undefined) throw new Error('no form');
    const content = Object.entries(sampleContent(template)).map(([key, value]) => {
        if (key === 'party') return [key, visit.partyName];
        if (key === 'agency') return [key, '测试区卫生监督所'];
        if (key === 'start') return [key, now - 25 * MINUTE];
        if (key === 'end') return [key, now - 5 * MINUTE];
        const named = Array.isArray(value) && value.some((row) => typeof row === 'object' && 'certificate' in row);
        return [key, named ? officers : value];
    });
    const officer = await system.remoteOf('zhouqing');
    const body = { type, actId, content: Object.fromEntries(content) as DocumentContent };
    return (await officer.call('document.create', { body })).id;
}

describe('a document on paper', () => {
    it('is printed from a phone, and each print can be opened again', async () => {
        const id = await addWhole('sceneRecord', await addCheck());
        const phone = await system.pageOf('zhouqing', PHONE);
        await phone.goto(`/documents/${id}`);
        await seen(phone.getByText('还没有打印过'));
        await button(phone, '打印正式件').click();
        await seen(phone.getByText('已登记打印'));
        await seen(phone.getByText(/周青 · 1 页/));
        const again = phone.getByRole('link', { name: '打开刚才的打印件' });
        const href = (await again.getAttribute('href')) ?? '';
        expect(await again.getAttribute('target')).toBe('_blank');
        const pdf = await phone.context().request.get(href);
        expect(pdf.headers()['content-type']).toBe('application/pdf');
        await eventually(() => phone.getByRole('link', { name: /^打开 PDF/ }).count()).toBe(2);

        // A browser that shows no PDF, as those of many phones, saves the file for whatever prints on the phone.
        await phone.addInitScript(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { get: () => false }));
        await phone.reload();
        const pressed = button(phone, '打印正式件');
        const tabs = phone.context().pages().length;
        const [download] = await Promise.all([phone.waitForEvent('download'), pressed.click()]);
        expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-');
        expect(phone.context().pages()).toHaveLength(tabs);
        await system.expectSound();
    });
});

/** Writes something by hand, in three strokes. */
async function write(page: Page): Promise<void> {
    const pad = page.getByRole('img', { name: /签名处$/ });
    await pad.scrollIntoViewIfNeeded();
    for (const [fromX, fromY, toX, toY] of [
        [0.2, 0.3, 0.5, 0.6],
        [0.5, 0.2, 0.4, 0.8],
        [0.6, 0.3, 0.8, 0.7],
    ] as const) {
        const box = await pad.boundingBox();
        if (box === null) throw new Error('no field to write in');
        await page.mouse.move(box.x + box.width * fromX, box.y + box.height * fromY);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width * toX, box.y + box.height * toY, { steps: 6 });
        await page.mouse.up();
    }
}

describe('signing on the screen', () => {
    it('goes page by page with a finger, can be undone, and a refusal states its reason', async () => {
        const id = await addWhole('sceneRecord', await addCheck());
        const phone = await system.pageOf('zhouqing', PHONE);
        await phone.goto(`/documents/${id}/sign`);
        await button(phone, '固定文本').click();
        await seen(phone.getByText('还缺：当事人（逐页）、执法人员 2 人'));
        await choose(phone, '签名方', '执法人员');
        await phone.getByRole('combobox', { name: '签名人姓名' }).fill('周青');
        await phone.keyboard.press('Escape');
        // Nothing was written: the page says which one is missing.
        await button(phone, '确认签名').click();
        expect(await alertText(phone)).toContain('还没有签名的页：第 1 页');
        await write(phone);
        const lines = async () => (await phone.locator('.sign-pad path').getAttribute('d'))?.split('M').length;
        expect(await lines()).toBe(4);
        await button(phone, '撤销一笔').click();
        expect(await lines()).toBe(3);
        await button(phone, '重写').click();
        await seen(phone.getByText('请在此手写签名'));
        await write(phone);
        await button(phone, '确认签名').click();
        await seen(phone.getByRole('img', { name: '周青 在第 1 页的签名' }));
        await seen(phone.getByText('还缺：当事人（逐页）、执法人员', { exact: true }));

        await choose(phone, '签名方', '当事人（逐页）');
        await phone.getByRole('combobox', { name: '签名人姓名' }).fill('曾小贤');
        await phone.keyboard.press('Escape');
        await phone.getByRole('radio', { name: '拒绝签名' }).check();
        await button(phone, '登记拒签或不在场').click();
        expect(await alertText(phone)).toContain('写明理由');
        await phone.getByRole('textbox', { name: '理由' }).fill('认为记录不实');
        await button(phone, '登记拒签或不在场').click();
        await seen(phone.getByText('认为记录不实'));
        // The copy with the handwriting is made here, and is the one to hand over from then on.
        const copies = phone.getByRole('region', { name: '打印或者交付哪一份' });
        await seen(copies.getByText('供签名、用印，上面没有签名'));
        await button(copies, '生成签名件').click();
        const signed = copies.getByRole('link', { name: '打开签名件' });
        await seen(signed);
        const pdf = await phone.context().request.get((await signed.getAttribute('href')) ?? '');
        expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);
        expect(pdf.headers()['content-disposition']).toContain(encodeURIComponent('签名件'));
        // From then on the content is fixed.
        await phone.goto(`/documents/${id}`);
        const first = phone.getByRole('region', { name: '打印或者交付哪一份' }).getByRole('listitem').first();
        await seen(first.getByText('用这一份'));
        await seen(first.getByRole('link', { name: '打开签名件' }));
        await system.expectSound();
    });

    it('is not offered for a document of the office', async () => {
        const id = await addWhole('inspectionApproval', await addCheck());
        const page = await system.pageOf('zhouqing');
        await page.goto(`/documents/${id}/sign`);
        expect(await alertText(page)).toContain('屏幕签名只用于现场检查文书');
        await system.expectSound();
    });
});

describe('what was signed already', () => {
    it('is corrected with a reason: what stood there stays, and is printed with what stands there now', async () => {
        const id = await addWhole('sceneRecord', await addCheck());
        const officer = await system.remoteOf('zhouqing');
        const params = { id };
        const versionOf = async () => (await officer.call('document.get', { params })).version;
        const print = await officer.call('document.print', { params, body: { kind: 'final', version: await versionOf() } });
        const strokes = [{ page: 1, path: 'M10 10L200 200' }];
        for (const { name } of officers)
            await officer.call('document.signOnScreen', {
                params,
                body: { printId: print.id, signer: 'officers', name, strokes },
            });
        const page = await system.pageOf('zhouqing');
        await page.goto(`/documents/${id}`);
        await button(page, '更正').click();
        const dialogue = page.getByRole('dialog');
        await button(dialogue, '登记更正').click();
        expect(await alertText(dialogue)).toContain('请选择一项');
        await choose(dialogue, '更正哪一项', '检查地点');
        await dialogue.locator('#field-place input').fill('示范路 268 号');
        await field(dialogue, '理由').fill('门牌写错');
        await button(dialogue, '登记更正').click();
        await gone(dialogue);
        const corrections = page.getByRole('region', { name: '更正' });
        await seen(corrections.getByText('门牌写错'));
        await seen(corrections.locator('ins', { hasText: '示范路 268 号' }));
        await seen(page.getByText('第 2 次保存').first());
        await button(page, '打印正式件').click();
        await seen(page.getByText('已登记打印'));
        // Taken back it is a new version, for which nobody has signed.
        await button(page, '收回修改').click();
        await field(page.getByRole('dialog'), '理由').fill('改动较多');
        await page.getByRole('dialog').getByRole('button', { name: '收回修改' }).click();
        await gone(page.getByRole('dialog'));
        await seen(page.getByText(/还缺 \d 方签名/));
        await system.expectSound();
    });
});
