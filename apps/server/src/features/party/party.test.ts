import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { partyHandlers } from './party.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof partyHandlers>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    call = caller(system, partyHandlers(system.services));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const dental = {
    name: '阳光口腔（浦东）门诊部',
    kind: 'organisation' as const,
    creditCode: ' 91350100m000100y43',
    legalRepresentative: '曾小贤',
    phone: '021-58880000',
    address: '世纪大道 100 号 3 楼',
};
const list = async (who: TestOrganisation, query: object) => call('party.list', who, { query });
const names = async (query: object) => (await list(pudong, query)).items.map((item) => item.name);

describe('parties', () => {
    it('are kept under a checked credit code', async () => {
        const { id } = await call('party.create', pudong, { body: dental });
        const party = await call('party.get', pudong, { params: { id } });
        expect(party).toMatchObject({
            ...dental,
            id,
            creditCode: '91350100M000100Y43',
            state: 'active',
            actCount: 0,
            version: 1,
        });
        const again = expect(call('party.create', pudong, { body: { ...dental, name: '另一家' } })).rejects;
        await again.toMatchObject({
            code: 'party.creditCodeTaken',
            params: { code: '91350100M000100Y43', name: dental.name },
        });
        const wrong = { ...dental, creditCode: '91350100M000100Y34' };
        await expect(call('party.create', pudong, { body: wrong })).rejects.toMatchObject({
            code: 'party.creditCodeWrong',
            params: { reason: 'checkCharacter' },
        });
        const { creditCode: _, ...without } = dental;
        await expect(call('party.create', pudong, { body: without })).rejects.toMatchObject({ code: 'party.creditCodeMissing' });
        await call('party.create', pudong, { body: { ...without, name: '单志远', kind: 'naturalPerson' } });
    });

    it('are found by any part of name, code, address or representative, and by initials', async () => {
        for (const q of [
            '口腔',
            '口腔(浦东)',
            '0100y43',
            '９１３５',
            '世纪大道',
            '小贤',
            'ygkq',
            'YGKQPDMZB',
            'zxx',
            'cxx',
            '58880000',
        ])
            expect([q, await names({ q, kind: 'organisation' })]).toEqual([q, [dental.name]]);
        expect(await names({ q: 'szy' })).toEqual(['单志远']);
        for (const q of ['%', '_', '不存在', '\\']) expect([q, await names({ q })]).toEqual([q, []]);
    });

    it('are listed in pinyin order, page by page, with true counts', async () => {
        for (const name of ['张记面馆', '爱康美容院', '爱康美容院', '李氏诊所', 'ABC 会所'])
            await call('party.create', pudong, { body: { name, kind: 'naturalPerson' } });
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
            const page = await list(pudong, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
            expect(page.total).toBe(7);
            seen.push(...page.items.map((item) => item.name));
            cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual([
            '爱康美容院',
            '爱康美容院',
            '单志远',
            '李氏诊所',
            '阳光口腔（浦东）门诊部',
            '张记面馆',
            'ABC 会所',
        ]);
        await expect(list(pudong, { cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'request.invalid' });
    });

    it('are changed by one person at a time', async () => {
        const { id } = await call('party.create', pudong, { body: { name: '旧名', kind: 'naturalPerson' } });
        const change = (name: string) =>
            call('party.update', pudong, { params: { id }, body: { name, kind: 'naturalPerson', state: 'active', version: 1 } });
        const outcomes = await Promise.allSettled([change('甲改'), change('乙改')]);
        expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
        const refused = outcomes.find((each) => each.status === 'rejected');
        expect(refused?.reason).toMatchObject({ code: 'conflict.changedMeanwhile' });
        const { name, version } = await call('party.get', pudong, { params: { id } });
        expect([name, version]).toEqual([outcomes[0].status === 'fulfilled' ? '甲改' : '乙改', 2]);
        expect(await names({ q: '旧名' })).toEqual([]);
        await expect(
            call('party.update', pudong, {
                params: { id: pudong.id },
                body: { name: 'x', kind: 'naturalPerson', state: 'active', version: 1 },
            }),
        ).rejects.toMatchObject({ code: 'party.notFound' });
    });

    it('cannot take one credit code twice at the same moment', async () => {
        const body = { name: '腾讯', kind: 'organisation' as const, creditCode: '9144030071526726XG' };
        const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => call('party.create', pudong, { body })));
        const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
        expect(refused).toHaveLength(5);
        for (const reason of refused) expect(reason).toMatchObject({ code: 'party.creditCodeTaken', params: { name: '腾讯' } });
    });

    it('keep their own code and may be closed', async () => {
        const [item] = (await list(pudong, { q: 'ygkq' })).items;
        const body = { ...dental, phone: '021-1', state: 'closed' as const, version: 1 };
        expect(await call('party.update', pudong, { params: { id: item?.id ?? '' }, body })).toEqual({ version: 2 });
        expect(await names({ state: 'closed' })).toEqual([dental.name]);
    });

    it('have premises with a whole position or none', async () => {
        const [item] = (await list(pudong, { q: 'ygkq' })).items;
        const params = { id: item?.id ?? '' };
        const floor = { name: '三楼诊室', address: '世纪大道 100 号' };
        await call('party.addPremises', pudong, {
            params,
            body: { ...floor, latitudeE7: 312_304_000, longitudeE7: 1_214_737_000 },
        });
        await call('party.addPremises', pudong, { params, body: { ...floor, name: '二楼药房' } });
        await expect(call('party.addPremises', pudong, { params, body: { ...floor, latitudeE7: 1 } })).rejects.toMatchObject({
            code: 'party.positionIncomplete',
        });
        const { premises } = await call('party.get', pudong, { params });
        expect(premises.map((each) => [each.name, each.latitudeE7])).toEqual([
            ['二楼药房', null],
            ['三楼诊室', 312_304_000],
        ]);
    });
});

describe('another organisation', () => {
    it('sees nothing and may have the same party', async () => {
        expect(await list(jingan, {})).toMatchObject({ items: [], next: null, total: 0 });
        const [item] = (await list(pudong, { q: 'ygkq' })).items;
        const params = { id: item?.id ?? '' };
        await expect(call('party.get', jingan, { params })).rejects.toMatchObject({ code: 'party.notFound' });
        const { creditCode, name, kind } = dental;
        await expect(
            call('party.update', jingan, { params, body: { name, kind, creditCode, state: 'active', version: 2 } }),
        ).rejects.toMatchObject({ code: 'party.notFound' });
        await call('party.create', jingan, { body: dental });
    });
});

describe('a repeated command', () => {
    it('gives the answer of the first run and writes nothing', async () => {
        const commandId = system.services.clock.newId();
        const body = { name: '重试', kind: 'naturalPerson' as const };
        const first = await call('party.create', pudong, { body }, commandId);
        expect(await call('party.create', pudong, { body }, commandId)).toEqual(first);
        expect((await list(pudong, { q: '重试' })).total).toBe(1);
        await expect(call('party.create', pudong, { body: { ...body, name: '别的' } }, commandId)).rejects.toMatchObject({
            code: 'request.commandIdReused',
        });
    });
});
