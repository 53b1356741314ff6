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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PEOPLE } from '../apps/server/src/testing/found-institute.ts';
import { button, eventually, seen } from './steps.ts';
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
    ]);
    system = filled;
    visit = await oneVisit(filled);
    officers = ['zhouqing', 'hebei'].map((login, at) => {
        const { id, name } = filled.institute.people[login] ?? { id: '', name: '' };
        return { person: id, name, certificate: `21000${at + 1}` };
    });
    const legal = await system.remoteOf('tanglegal');
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
        await system.expectSound();
    });
});
