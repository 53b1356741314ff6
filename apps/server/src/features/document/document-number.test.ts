import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';

let it_: DocumentSystem;
beforeAll(async () => {
    it_ = await documentSystem('310115');
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const make = async (): Promise<Id> =>
    (await it_.call('document.create', it_.officer, { body: { type: 'supervisionOpinion', actId: it_.act } })).id;
const number = (id: Id, more: object = {}, version = 1) =>
    it_.call('document.number', it_.officer, { params: { id }, body: { version, ...more } });
const register = async () => {
    const { items } = await it_.call('document.numberSeries', it_.officer, { query: {} });
    const series = items.find((each) => each.nature === 'supervisionOpinion');
    const id = series?.id ?? '';
    return it_.call('document.numberRegister', it_.officer, { params: { id }, query: { limit: 200 } });
};
const reserve = (count: number) =>
    it_.call('document.reserveNumbers', it_.officer, { body: { type: 'supervisionOpinion', count, terminal: '平板 07' } });

describe('numbers', () => {
    it('are unique and without a hole when 32 people want one at once', async () => {
        const ids = await Promise.all(Array.from({ length: 32 }, make));
        const given = await Promise.all(ids.map((id) => number(id)));
        const expected = Array.from({ length: 32 }, (_, at) => `2026-${String(at + 1).padStart(4, '0')}`);
        expect(given.map((each) => each.number).sort()).toEqual(expected);
        const { items, series, total } = await register();
        expect(series.last).toBe(32);
        expect(total).toBe(32);
        expect(await register()).toMatchObject({ counts: { given: 32, reserved: 0, returned: 0, voided: 0 }, missing: [] });
        const one = await it_.call('document.numberRegister', it_.officer, {
            params: { id: series.id },
            query: { limit: 50, q: '0017' },
        });
        expect(one).toMatchObject({ total: 1, items: [{ place: 17 }] });
        expect(items.map((each) => each.place)).toEqual(Array.from({ length: 32 }, (_, at) => 32 - at));
        expect(new Set(items.map((each) => each.document?.id))).toEqual(new Set(ids));
    });

    it('are not used up by a command that is refused', async () => {
        const id = await make();
        await number(id);
        await expect(number(id, {}, 2)).rejects.toMatchObject({ code: 'document.alreadyNumbered' });
        expect((await register()).series.last).toBe(33);
    });
});

describe('a block of numbers', () => {
    it('is taken along by a terminal, and each number is bound to its document when it arrives', async () => {
        const block = await reserve(3);
        expect(block.numbers.map((each) => [each.place, each.text, each.state])).toEqual([
            [34, '2026-0034', 'reserved'],
            [35, '2026-0035', 'reserved'],
            [36, '2026-0036', 'reserved'],
        ]);
        // Somebody else's number in between does not come from the block.
        expect((await number(await make())).number).toBe('2026-0037');
        const offline = await make();
        const reserved = { blockId: block.id, place: 35 };
        expect((await number(offline, { reserved })).number).toBe('2026-0035');
        const again = number(await make(), { reserved });
        await expect(again).rejects.toMatchObject({ code: 'document.numberNotReserved' });
        const foreign = number(await make(), { reserved: { blockId: block.id, place: 37 } });
        await expect(foreign).rejects.toMatchObject({ code: 'document.numberNotReserved' });

        const spoiled = block.numbers[0]?.id ?? '';
        await it_.call('document.spoilNumber', it_.officer, { params: { id: spoiled }, body: { reason: '预印件污损' } });
        const back = it_.call('document.returnNumbers', it_.officer, { params: { id: block.id }, body: { reason: '检查结束' } });
        expect(await back).toEqual({ returned: 1 });
        const twice = it_.call('document.returnNumbers', it_.officer, { params: { id: block.id }, body: { reason: 'x' } });
        await expect(twice).rejects.toMatchObject({ code: 'document.blockReturned' });
        const late = number(await make(), { reserved: { blockId: block.id, place: 36 } });
        await expect(late).rejects.toMatchObject({ code: 'document.numberNotReserved' });

        const { items } = await register();
        expect(items.slice(0, 4).map((each) => [each.place, each.state, each.reason])).toEqual([
            [37, 'given', null],
            [36, 'returned', '检查结束'],
            [35, 'given', null],
            [34, 'voided', '预印件污损'],
        ]);
        const blocks = await it_.call('document.numberBlocks', it_.officer, { query: { state: 'returned' } });
        expect(blocks.items).toMatchObject([{ terminal: '平板 07', first: 34, last: 36, numbers: [{}, {}, {}] }]);
    });

    it('keeps the register complete while blocks and single numbers are taken at once', async () => {
        const ids = await Promise.all(Array.from({ length: 8 }, make));
        await Promise.all([...ids.map((id) => number(id)), ...Array.from({ length: 8 }, () => reserve(5))]);
        const { items, series } = await register();
        expect(items.map((each) => each.place)).toEqual(Array.from({ length: series.last }, (_, at) => series.last - at));
        expect(new Set(items.map((each) => each.text)).size).toBe(series.last);
    });
});
