import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import { caller } from '../../testing/feature-system.ts';
import { statisticsHandlers } from './statistics.routes.ts';

let of: DocumentSystem;
let statistics: ReturnType<typeof caller<'statistics.compliance'>>;
let counted: ReturnType<typeof caller<'statistics.counted'>>;
beforeAll(async () => {
    of = await documentSystem('310115');
    statistics = caller(of, statisticsHandlers(of.services));
    counted = caller(of, statisticsHandlers(of.services));
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

it('a document that was sent back is an error of its author, each time, and of the kind of act that it is about', async () => {
    const ask = (query: NonNullable<Parameters<typeof statistics>[2]['query']> = {}) =>
        statistics('statistics.compliance', of.sectionHead, { query });
    const errors = async (query: Parameters<typeof ask>[0]) => (await ask(query)).sum.documentErrors;
    expect(await errors({ by: 'organisation' })).toBe(0);
    const twice = await begun();
    await sendBack(twice);
    await sendBack(twice);
    await sendBack(await begun());
    // One that goes through is none.
    await of.approve(await begun());
    expect(await errors({ by: 'organisation' })).toBe(3);
    expect((await ask({ by: 'month' })).items.map(({ documentErrors }) => documentErrors)).toEqual([3]);
    const { items } = await ask({ by: 'person' });
    expect(items.map(({ person, documentErrors }) => [person?.id, documentErrors])).toEqual([[of.officer.actor, 3]]);
    expect(await errors({ personId: of.second.actor })).toBe(0);
    const kinds = (await ask({ by: 'scenario' })).items.map(({ scenario, documentErrors, faults }) => [
        scenario,
        documentErrors,
        faults,
    ]);
    expect(kinds).toEqual([['doubleRandomInspection', 3, null]]);
    expect(await errors({ scenario: 'hearing' })).toBe(0);
    expect(await errors({ from: '2020-01', to: '2020-12' })).toBe(0);

    // Of a case alone: of no kind of act.
    const { id } = await of.call('document.create', of.officer, {
        body: { type: 'priorNotice', caseId: await of.addCase(), content: of.wholeContent('priorNotice') },
    });
    await sendBack(id);
    const all = (await ask({ by: 'scenario' })).items.map(({ scenario, documentErrors }) => [scenario, documentErrors]);
    expect(all).toEqual(
        expect.arrayContaining([
            ['doubleRandomInspection', 3],
            [null, 1],
        ]),
    );
    expect(all).toHaveLength(2);
    const list = async (query: NonNullable<Parameters<typeof counted>[2]['query']>) =>
        (await counted('statistics.counted', of.sectionHead, { query: { figure: 'documentErrors', ...query } })).items;
    expect((await list({ scenario: 'none' })).map(({ document }) => document?.id)).toEqual([id]);
    const ofActs = await list({ scenario: 'doubleRandomInspection' });
    expect(ofActs.map(({ document, person }) => [document?.step, person?.id])).toEqual(
        Array(3).fill(['returned', of.officer.actor]),
    );
    expect(ofActs.filter(({ document }) => document?.id === twice)).toHaveLength(2);
});

it('stands where the document, its author and its act have moved to, as when all are counted anew', async () => {
    const other = await of.addAct('lienService');
    const client = await of.superPool.connect();
    const rows = async () => (await client.query('select to_jsonb(e) as row from liuhen.document_error e order by 1')).rows;
    try {
        const before = await rows();
        expect(before).toHaveLength(4);
        for (const change of [
            `act set version = version + 1, scenario = 'hearing' where id = '${of.act}'`,
            `document set version = version + 1, author_id = '${of.second.actor}'`,
            `document set version = version + 1, act_id = '${other}'`,
            'document set version = version + 1, act_id = null where act_id is not null',
        ]) {
            await client.query('begin');
            await client.query(`update liuhen.${change}`);
            const kept = await rows();
            await client.query('call liuhen.recount_document_errors()');
            expect(await rows(), change).toEqual(kept);
            expect(kept, change).not.toEqual(before);
            await client.query('rollback');
        }
    } finally {
        client.release();
    }
});
