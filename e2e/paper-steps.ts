import {
    creditCodeCheck,
    type DocumentContent,
    type DocumentType,
    dayOf,
    type Id,
    MINUTE,
    type ParameterKey,
    parameterDefinition,
    sampleContent,
    templateOf,
} from '@liuhen/domain';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { setParameter } from '../apps/server/src/demo/stories/set-parameter.ts';
import type { PersonToAdd } from '../apps/server/src/testing/found-institute.ts';
import { button, choose, confirmBy, eventually, field, gone, seen } from './steps.ts';
import type { Visit } from './story.ts';
import type { systemWith } from './system.ts';

type Filled = Awaited<ReturnType<typeof systemWith>>;

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Whoever a document passes through beside the two officers. */
export const OFFICE: readonly PersonToAdd[] = [
    { login: 'songke', name: '宋科', kind: 'staff', roles: ['sectionHead'] },
    { login: 'gusuo', name: '顾所长', kind: 'staff', roles: ['instituteHead'] },
    { login: 'fangfa', name: '方法制', kind: 'staff', roles: ['legalReviewer'] },
];

/** What an institute decides once before its first document: the forms it compared, and its own words. */
export async function getReady(
    system: Filled,
    forms: readonly DocumentType[],
    words: Partial<Record<ParameterKey, string[]>>,
): Promise<void> {
    const today = dayOf(Date.now());
    const [section, head, legal] = [
        await system.remoteOf('songke'),
        await system.remoteOf('gusuo'),
        await system.remoteOf('fangfa'),
    ];
    for (const [key, value] of Object.entries(words) as [ParameterKey, string[]][]) {
        const standing = parameterDefinition(key).standing === 'own' ? 'own' : 'verified';
        await setParameter(section, head, { key, value, standing, basis: '测试', from: today, reason: '启用文书' });
    }
    for (const type of forms)
        await legal.call('template.confirm', {
            params: { type, version: templateOf(type, today)?.version ?? 0 },
            body: { comparedWith: '印制样张（测试）' },
        });
}

/** A party with premises and a person who answers for it. */
export async function addParty(system: Filled, name: string, host: string): Promise<{ partyId: Id; premisesId: Id }> {
    const officer = await system.remoteOf('zhouqing');
    const code = '91310199MA1FC0021';
    const address = '示范路 188 号';
    const { id: partyId } = await officer.call('party.create', {
        body: {
            name,
            kind: 'organisation',
            creditCode: code + creditCodeCheck(code),
            legalRepresentative: host,
            phone: '021-00000302',
            address,
        },
    });
    const premises = { name: '2 楼', address };
    return { partyId, premisesId: (await officer.call('party.addPremises', { params: { id: partyId }, body: premises })).id };
}

/** A record of the visit that lacks nothing, as long as its observations make it. */
export async function addRecord(system: Filled, visit: Visit, observations: string): Promise<Id> {
    const now = Math.floor(Date.now() / MINUTE) * MINUTE;
    const template = templateOf('sceneRecord', dayOf(now));
    if (template === undefined) throw new Error('no form');
    const officers = ['zhouqing', 'hebei'].map((login, at) => {
        const { id, name } = system.institute.people[login] ?? { id: '', name: '' };
        return { person: id, name, certificate: `21000${at + 1}` };
    });
    const content = Object.entries(sampleContent(template)).map(([key, value]) => {
        if (key === 'party') return [key, visit.partyName];
        if (key === 'agency') return [key, '测试区卫生监督所'];
        if (key === 'observations') return [key, observations];
        if (key === 'start') return [key, now - 25 * MINUTE];
        if (key === 'end') return [key, now - 5 * MINUTE];
        const named = Array.isArray(value) && value.some((row) => typeof row === 'object' && 'certificate' in row);
        return [key, named ? officers : value];
    });
    const officer = await system.remoteOf('zhouqing');
    const body = { type: 'sceneRecord' as const, actId: visit.actId, content: Object.fromEntries(content) as DocumentContent };
    return (await officer.call('document.create', { body })).id;
}

const stamp = (at: number): string => new Date(at + 8 * 3_600_000).toISOString();

/** Types a moment of Shanghai into the two fields of one label. */
export async function moment(where: Page | Locator, label: string, at: number): Promise<void> {
    const fields = field(where, label);
    await fields.nth(0).fill(stamp(at).slice(0, 10));
    await fields.nth(1).fill(stamp(at).slice(11, 16));
}

export const dayAt = (at: number): string => stamp(at).slice(0, 10);
export const timeAt = (at: number): string => stamp(at).slice(11, 16);

/** Begins a document on the page of its act; gives its id. */
export async function beginDocument(page: Page, actId: Id, name: string): Promise<Id> {
    await page.goto(`/acts/${actId}`);
    const types = page.getByRole('dialog');
    // While a page fills itself what lies under a finger may move: whoever sees that nothing opened taps again.
    await eventually(async () => {
        if ((await types.count()) === 0) await button(page, '新建文书').click();
        return types
            .waitFor({ state: 'visible', timeout: 3_000 })
            .then(() => true)
            .catch(() => false);
    }).toBe(true);
    await button(types, name).click();
    await seen(page.getByRole('heading', { name }));
    await eventually(() => new URL(page.url()).pathname).toMatch(/^\/documents\//);
    return page.url().split('/').at(-1) ?? '';
}

/** Waits until what was written is on the server. */
export const saved = (page: Page): Promise<void> => seen(page.getByText(/^已保存 \d\d:\d\d$/));

/** The text of a field, by its key in the form. */
export const control = (page: Page, key: string): Locator => page.locator(`#field-${key}-in`);

/** Takes a step by its button and the dialogue that says what it does. */
export async function step(page: Page, name: string, fill?: (dialogue: Locator) => Promise<void>): Promise<void> {
    await button(page, name).click();
    const dialogue = page.getByRole('dialog', { name });
    await fill?.(dialogue);
    await confirmBy(dialogue, name);
}

/** Cites an article of a law that is in force. */
export async function cite(page: Page, key: string, words: string, topic: string): Promise<void> {
    const block = page.locator(`#field-${key}`);
    await block.getByRole('searchbox', { name: '引用法条' }).fill(words);
    await block.getByRole('button', { name: new RegExp(topic) }).click();
}

/** Prints for signing, sees that the pages are there, and comes back from the tab in which they opened. */
export async function printFinal(page: Page): Promise<void> {
    await button(page, '打印正式件').click();
    await seen(page.getByText('已登记打印', { exact: false }));
    for (const tab of page.context().pages()) if (tab !== page) await tab.close();
    await page.bringToFront();
    await seen(page.getByRole('region', { name: '打印' }).getByRole('listitem'));
}

export type Signed = { readonly as: string; readonly name: string; readonly record?: boolean };

/** Enters wet signatures as they stand on the paper. */
export async function sign(page: Page, hands: readonly Signed[]): Promise<void> {
    for (const { as, name, record = false } of hands) {
        await button(page, '登记签名').click();
        const dialogue = page.getByRole('dialog', { name: '登记签名' });
        await choose(dialogue, '签名方', as);
        await field(dialogue, '签名人姓名').fill(name);
        await moment(dialogue, '签名时间', Math.floor(Date.now() / MINUTE) * MINUTE);
        if (record) {
            await dialogue.getByRole('radio', { name: '自行阅读' }).check();
            await field(dialogue, /以上笔录属实/).fill('以上笔录属实');
        }
        await button(dialogue, '保存').click();
        await gone(dialogue);
        await seen(page.getByRole('region', { name: '签名' }).getByText(name, { exact: false }));
    }
}

/** What the print looks like to whoever opens it: a PDF with the words that were written. */
export async function opensAsPdf(system: Filled, login: string, id: Id): Promise<void> {
    const reader = await system.remoteOf(login);
    const { prints } = await reader.call('document.paper', { params: { id } });
    const print = prints.at(-1)?.id;
    const answer = await fetch(`${system.url}/api/documents/${id}/prints/${print}.pdf`, {
        headers: { cookie: reader.cookie ?? '' },
    });
    expect(answer.status).toBe(200);
    expect(
        Buffer.from(await answer.arrayBuffer())
            .subarray(0, 5)
            .toString(),
    ).toBe('%PDF-');
}
