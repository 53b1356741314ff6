import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import { caller } from '../../testing/feature-system.ts';
import { statisticsHandlers } from './statistics.routes.ts';

let of: DocumentSystem;
let statistics: ReturnType<typeof caller<'statistics.compliance'>>;
beforeAll(async () => {
    of = await documentSystem('310115');
    statistics = caller(of, statisticsHandlers(of.services));
});
afterAll(async () => {
    await of.expectSound();
    await of.close();
});

const begun = async () =>
    (
        await of.call('document.create', of.officer, {
            body: { type: 'priorNotice', actId: of.act, content: of.wholeContent('priorNotice') },
        })
    ).id;
const sendBack = async (id: string) => {
    const version = async () => ({ version: await of.versionOf(id) });
    await of.call('document.submit', of.officer, { params: { id }, body: await version() });
    const body = { verdict: 'return' as const, reason: '缺少依据', ...(await version()) };
    await of.call('document.review', of.sectionHead, { params: { id }, body });
};

it('a document that was sent back is an error of its author, each time, and of no kind of act', async () => {
    const ask = (query: NonNullable<Parameters<typeof statistics>[2]['query']> = {}) =>
        statistics('statistics.compliance', of.sectionHead, { query });
    expect((await ask({ by: 'organisation' })).sum.documentErrors).toBeNull();
    const twice = await begun();
    await sendBack(twice);
    await sendBack(twice);
    await sendBack(await begun());
    // One that goes through is none.
    await of.approve(await begun());
    expect((await ask({ by: 'organisation' })).sum.documentErrors).toBe(3);
    expect((await ask({ by: 'month' })).items.map(({ documentErrors }) => documentErrors)).toEqual([3]);
    const { items } = await ask({ by: 'person' });
    expect(items.map(({ person, documentErrors }) => [person?.id, documentErrors])).toEqual([[of.officer.actor, 3]]);
    expect((await ask({ personId: of.second.actor })).sum.documentErrors).toBeNull();
    expect((await ask({ by: 'scenario' })).sum.documentErrors).toBeNull();
    expect((await ask({ from: '2020-01', to: '2020-12' })).sum.documentErrors).toBeNull();
});
