import { type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FindingSetting, findingSetting } from '../../testing/finding-setting.ts';

let setting: FindingSetting;
beforeAll(async () => {
    setting = await findingSetting();
});
afterAll(() => setting.close());

const ledger = (query: { limit?: number; cursor?: string } = {}) =>
    setting.call('finding.interruptions', setting.chief(), { query: { limit: 100, ...query } });
const ofAct = async (act: Id) => (await ledger()).items.filter((each) => each.act.id === act);
/** Of two officers one recorded all of it and the other all but ten minutes. */
const interrupted = async (): Promise<Id> => {
    const act = await setting.makeAct();
    await setting.film(act, setting.people.zeng, [-1, 61]);
    await setting.film(act, setting.people.zhang, [-1, 20]);
    await setting.film(act, setting.people.zhang, [30, 61]);
    await setting.look();
    return act;
};

describe('the ledger of interruptions', () => {
    it('says who confirmed the ground by which nothing had to be recorded, and nobody before that (附件1 第11条)', async () => {
        const { call, as, chief, start } = setting;
        const { zhang, head } = setting.people;
        const act = await interrupted();
        expect(await ofAct(act)).toMatchObject([{ state: 'open', source: null, acceptedBy: null }]);
        const { segments } = await call('act.get', as(zhang, 'officer'), { params: { id: act } });
        const [startsAt, endsAt] = [start + 20 * MINUTE, start + 30 * MINUTE];
        const body = { segmentId: segments[0]?.id ?? '', kind: 'highRisk' as const, ground: '无菌场所', startsAt, endsAt };
        const { id } = await call('act.recordExemption', as(zhang, 'officer'), { params: { id: act }, body });
        await setting.look();
        expect(await ofAct(act)).toMatchObject([{ state: 'exemptWaiting', acceptedBy: null }]);
        await call('act.decideExemption', chief(), { params: { id }, body: { as: 'confirmed' } });
        await setting.look();
        expect(await ofAct(act)).toMatchObject([
            { state: 'exempt', source: 'exemption', acceptedBy: { id: head, name: '高远' } },
        ]);
    });

    it('is leafed through newest first, each gap once, also where several began at the same moment', async () => {
        for (let acts = 0; acts < 3; acts++) await interrupted();
        const all = await ledger();
        expect(all.items.filter((each) => each.from === setting.start + 20 * MINUTE).length).toBeGreaterThan(3);
        expect(all.items.map(({ from }) => from)).toEqual(all.items.map(({ from }) => from).toSorted((a, b) => b - a));
        const seen: string[] = [];
        for (let next: string | null = ''; next !== null && seen.length <= all.items.length; ) {
            const page: Awaited<ReturnType<typeof ledger>> = await ledger({ limit: 2, ...(next === '' ? {} : { cursor: next }) });
            seen.push(...page.items.map(({ key }) => key));
            next = page.next;
        }
        expect(seen).toEqual(all.items.map(({ key }) => key));
        expect([new Set(seen).size, all.total]).toEqual([seen.length, seen.length]);
    });
});
