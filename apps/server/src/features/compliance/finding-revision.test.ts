import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FindingSetting, findingSetting, outcomeOf } from '../../testing/finding-setting.ts';

let setting: FindingSetting;
let act: Id;
let confirmed: Id;
beforeAll(async () => {
    setting = await findingSetting();
    const { zhang, zeng } = setting.people;
    act = await setting.makeAct();
    await setting.film(act, zhang, [-1, 61]);
    await setting.look();
    confirmed = (await setting.findings(act)).find((each) => each.person?.id === zeng)?.id ?? '';
    const words = '经核查，曾丽没有开启记录仪';
    await setting.call('finding.confirm', setting.chief(), { params: { id: confirmed }, body: { words } });
});
afterAll(() => setting.close());

const get = (who = setting.chief()) => setting.call('finding.get', who, { params: { id: confirmed } });
const revise = (who = setting.chief()) =>
    setting.call('finding.revise', who, { params: { id: confirmed }, body: { words: '记录仪已找到，全程有音像' } });
const overtaken = async (query: 'yes' | 'mine', who = setting.chief()) =>
    (await setting.call('finding.list', who, { query: { overtaken: query } })).items.map(({ id }) => id);
const boss = () => setting.as(setting.people.head, 'instituteHead');
const withoutOutcome = async () =>
    (await setting.call('finding.list', boss(), { query: { withoutOutcome: 'yes' } })).items.map(({ id }) => id);
const kinds = async () => {
    const { rows } = await setting.system.superPool.query(
        `select e.kind from ledger.object o join ledger.entry e using (org_id, idx) where o.object_id = $1 order by o.seq`,
        [confirmed],
    );
    return rows.map((row) => row.kind);
};

describe('a violation that was confirmed, once facts come by which it is none', () => {
    it('stands as long as it is found, and cannot be revised', async () => {
        await setting.look();
        expect(await get()).toMatchObject({ state: 'stands', goneSince: null, mayRevise: false });
        await expect(revise()).rejects.toMatchObject({ code: 'finding.stillFound' });
        expect([await overtaken('yes'), await withoutOutcome()]).toEqual([[], [confirmed]]);
    });

    it('stands where a fact is missing: a file that nobody knows the time of shows nothing', async () => {
        const { zeng } = setting.people;
        await setting.film(act, zeng, null);
        await setting.look();
        expect(await get()).toMatchObject({ state: 'stands', goneSince: null });
    });

    it('says so itself and asks nobody for what follows from it; who confirmed it finds it among theirs', async () => {
        const { zhang, zeng, head } = setting.people;
        await setting.film(act, zeng, [-1, 61]);
        await setting.look();
        const found = await get();
        expect(found).toMatchObject({ state: 'stands', mayRevise: true, mayDecide: false });
        expect(found.goneSince).toBe(setting.system.services.clock.now());
        expect(found.rulings).toMatchObject([{ kind: 'confirmed', by: { id: head }, words: '经核查，曾丽没有开启记录仪' }]);
        expect(await kinds()).toContain('finding.overtaken');
        expect([await overtaken('yes'), await overtaken('mine')]).toEqual([[confirmed], [confirmed]]);
        expect(await overtaken('mine', setting.as(zhang, 'sectionHead'))).toEqual([]);
        expect(await withoutOutcome()).toEqual([]);
        expect((await get(setting.as(zeng, 'officer'))).mayRevise).toBe(false);
        // Judged once more nothing is new.
        const before = await kinds();
        await setting.look();
        expect(await kinds()).toEqual(before);
    });

    it('is settled by somebody who did not take part; the confirmation stays, and what followed it is told', async () => {
        const { zeng, head } = setting.people;
        await expect(revise(setting.as(zeng, 'sectionHead'))).rejects.toMatchObject({ code: 'finding.ownAct' });
        const { id: outcome } = await setting.call('outcome.record', boss(), { body: outcomeOf(confirmed, zeng, setting) });
        const finding = async () => (await setting.call('outcome.get', boss(), { params: { id: outcome } })).finding;
        expect(await finding()).toMatchObject({ id: confirmed, standing: 'overtaken', revision: null });
        await revise();
        expect(await get()).toMatchObject({ state: 'settled', goneSince: null, mayRevise: false });
        expect((await get()).rulings).toMatchObject([
            { kind: 'confirmed' },
            { kind: 'revised', by: { id: head }, words: '记录仪已找到，全程有音像' },
        ]);
        expect(await finding()).toMatchObject({
            standing: 'revised',
            revision: { words: '记录仪已找到，全程有音像', by: { id: head } },
        });
        const based = await setting.call('outcome.list', boss(), { query: { basis: 'changed' } });
        expect(based.items.map(({ id }) => id)).toEqual([outcome]);
        await expect(revise()).rejects.toMatchObject({ code: 'finding.notConfirmed' });
        expect(await overtaken('yes')).toEqual([]);
        // Nothing follows from what is none.
        await expect(setting.call('outcome.record', boss(), { body: outcomeOf(confirmed, zeng, setting) })).rejects.toMatchObject(
            { code: 'outcome.findingNotConfirmed' },
        );
    });
});
