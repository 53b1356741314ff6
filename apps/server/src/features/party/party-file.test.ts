import { HOUR, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from './party.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let call: ReturnType<
    typeof caller<keyof ReturnType<typeof partyHandlers> | 'act.create' | 'parameter.propose' | 'parameter.approve'>
>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    call = caller(system, {
        ...partyHandlers(system.services),
        ...actHandlers(system.services),
        ...parameterHandlers(system.services),
    });
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const make = async (name: string, more: object = {}) =>
    (await call('party.create', pudong, { body: { name, kind: 'naturalPerson', ...more } })).id;
const get = (id: Id) => call('party.get', pudong, { params: { id } });
const names = async (query: object) => (await call('party.list', pudong, { query })).items.map((each) => each.name);
const refusal = (work: Promise<unknown>, code: string, params: object = {}) =>
    expect(work).rejects.toMatchObject({ code, params });

describe('names and representatives over time', () => {
    it('keep the earlier one with day and reason, and find the party by it', async () => {
        const id = await make('阳光口腔门诊部', { legalRepresentative: '曾小贤' });
        const rename = (name: string, fromDay: string, version: number) =>
            call('party.rename', pudong, { params: { id }, body: { name, fromDay, reason: '工商变更登记', version } });
        expect(await rename('晨光口腔门诊部', '2025-03-01', 1)).toEqual({ version: 2 });
        await rename('新晨口腔门诊部', '2026-06-01', 2);
        await call('party.changeRepresentative', pudong, {
            params: { id },
            body: { legalRepresentative: '单志远', fromDay: '2026-06-01', reason: '股权转让', version: 3 },
        });
        const party = await get(id);
        expect(party).toMatchObject({ name: '新晨口腔门诊部', legalRepresentative: '单志远', version: 4 });
        expect(
            party.changes.map(({ subject, earlier, value, fromDay, reason }) => [subject, earlier, value, fromDay, reason]),
        ).toEqual([
            ['legalRepresentative', '曾小贤', '单志远', '2026-06-01', '股权转让'],
            ['name', '晨光口腔门诊部', '新晨口腔门诊部', '2026-06-01', '工商变更登记'],
            ['name', '阳光口腔门诊部', '晨光口腔门诊部', '2025-03-01', '工商变更登记'],
        ]);
        for (const q of ['阳光口腔', 'ygkq', '晨光', '小贤', 'zxx', '单志', 'szy'])
            expect([q, await names({ q })]).toEqual([q, ['新晨口腔门诊部']]);
    });

    it('refuse what is no change, lies ahead, comes before the last one or meets a newer version', async () => {
        const id = await make('旧名诊所');
        const rename = (body: object) =>
            call('party.rename', pudong, {
                params: { id },
                body: { name: '新名诊所', fromDay: '2026-01-01', reason: '变更', version: 1, ...body },
            });
        await refusal(rename({ name: '旧名诊所' }), 'party.changeSame');
        await refusal(rename({ fromDay: '2026-11-19' }), 'party.changeInFuture');
        await refusal(rename({ version: 7 }), 'conflict.changedMeanwhile');
        await rename({});
        await refusal(rename({ name: '再改', version: 2, fromDay: '2025-12-31' }), 'party.changeBeforeLast', {
            day: '2026-01-01',
        });
        await refusal(
            call('party.rename', jingan, {
                params: { id },
                body: { name: '别的', fromDay: '2026-01-01', reason: '变更', version: 2 },
            }),
            'party.notFound',
        );
        const dayless = { name: '再改', fromDay: '2026-02-30', reason: '变更', version: 2 };
        await expect(call('party.rename', pudong, { params: { id }, body: dayless })).rejects.toThrow(/fromDay/);
        // A correction is no change of name: nothing earlier is kept.
        const fields = { name: '新名診所', kind: 'naturalPerson', state: 'active' } as const;
        await call('party.update', pudong, { params: { id }, body: { ...fields, version: 2 } });
        expect((await get(id)).changes).toHaveLength(1);
    });
});

describe('premises and sites', () => {
    it('are changed, closed and reopened, and are searched', async () => {
        const id = await make('云汀泳池');
        const place = { name: '地下泳池', address: '锦绣路 8 号' };
        const premises = (await call('party.addPremises', pudong, { params: { id }, body: place })).id;
        const site = (name: string, note?: string) =>
            call('party.addSite', pudong, { params: { id: premises }, body: { name, ...(note === undefined ? {} : { note }) } });
        const child = (await site('儿童池', '水深 0.6 米')).id;
        await site('淋浴区');
        await call('party.updatePremises', pudong, {
            params: { id: premises },
            body: { ...place, name: '地下二层泳池', latitudeE7: 312_304_000, longitudeE7: 1_214_737_000, version: 1 },
        });
        await call('party.updateSite', pudong, { params: { id: child }, body: { name: '亲子池', version: 1 } });
        await call('party.closeSite', pudong, {
            params: { id: child },
            body: { day: '2026-10-01', reason: '改建', version: 2 },
        });
        for (const q of ['地下二层', '锦绣路', '亲子', 'qzc', 'lyq']) expect([q, await names({ q })]).toEqual([q, ['云汀泳池']]);
        expect(await names({ q: '儿童池' })).toEqual([]);
        expect((await get(id)).premises).toEqual([
            expect.objectContaining({
                name: '地下二层泳池',
                closedDay: null,
                latitudeE7: 312_304_000,
                sites: [
                    expect.objectContaining({ name: '淋浴区', closedDay: null }),
                    expect.objectContaining({ name: '亲子池', note: null, closedDay: '2026-10-01', closedReason: '改建' }),
                ],
            }),
        ]);
        // A closed name is free again, and a site that took it stands in the way of the old one.
        await site('亲子池');
        const reopening = { reason: '改建完成', version: 3 };
        await refusal(call('party.reopenSite', pudong, { params: { id: child }, body: reopening }), 'party.siteNameTaken', {
            name: '亲子池',
        });
    });

    it('say why they cannot be changed', async () => {
        const id = await make('静安诊所');
        const body = { name: '一楼', address: '南京西路 1 号' };
        const premises = (await call('party.addPremises', pudong, { params: { id }, body })).id;
        const site = (await call('party.addSite', pudong, { params: { id: premises }, body: { name: '手术室' } })).id;
        const at = { params: { id: premises } };
        const closing = { day: '2026-11-18', reason: '搬迁', version: 1 };
        await refusal(
            call('party.updatePremises', pudong, { ...at, body: { ...body, latitudeE7: 1, version: 1 } }),
            'party.positionIncomplete',
        );
        await refusal(call('party.addSite', pudong, { ...at, body: { name: '手术室' } }), 'party.siteNameTaken', {
            name: '手术室',
        });
        await refusal(call('party.reopenPremises', pudong, { ...at, body: { reason: 'x', version: 1 } }), 'party.placeOpen');
        await refusal(
            call('party.closePremises', pudong, { ...at, body: { ...closing, day: '2026-11-19' } }),
            'party.changeInFuture',
        );
        await refusal(call('party.closePremises', jingan, { ...at, body: closing }), 'party.premisesNotFound');
        await call('party.closePremises', pudong, { ...at, body: closing });
        const closed = { day: '2026-11-18' };
        await refusal(
            call('party.closePremises', pudong, { ...at, body: { ...closing, version: 2 } }),
            'party.placeClosed',
            closed,
        );
        await refusal(
            call('party.updatePremises', pudong, { ...at, body: { ...body, version: 2 } }),
            'party.placeClosed',
            closed,
        );
        await refusal(call('party.addSite', pudong, { ...at, body: { name: '药房' } }), 'party.placeClosed', closed);
        await call('party.closeSite', pudong, { params: { id: site }, body: closing });
        await refusal(
            call('party.updateSite', pudong, { params: { id: site }, body: { name: '手术室', version: 2 } }),
            'party.placeClosed',
            closed,
        );
        await refusal(
            call('party.reopenSite', pudong, { params: { id: site }, body: { reason: 'x', version: 2 } }),
            'party.placeClosed',
            closed,
        );
        await call('party.reopenPremises', pudong, { ...at, body: { reason: '误关', version: 2 } });
        await call('party.reopenSite', pudong, { params: { id: site }, body: { reason: '误关', version: 2 } });
        await refusal(
            call('party.closeSite', jingan, { params: { id: site }, body: { ...closing, version: 3 } }),
            'party.siteNotFound',
        );
    });

    it('take one site of a name, however many ask at once', async () => {
        const id = await make('一时诊所');
        const body = { name: '一楼', address: '南京西路 2 号' };
        const premises = (await call('party.addPremises', pudong, { params: { id }, body })).id;
        const outcomes = await Promise.allSettled(
            Array.from({ length: 5 }, () => call('party.addSite', pudong, { params: { id: premises }, body: { name: '药房' } })),
        );
        expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    });
});

describe('licences', () => {
    const licence = { speciality: 'publicPlace', number: '沪卫公证字〔2022〕第 1 号', state: 'valid' } as const;

    it('count down to their last day, and the list filters by it', async () => {
        const add = async (name: string, more: object) => {
            const id = await make(name);
            await call('party.addLicence', pudong, {
                params: { id },
                body: { ...licence, number: `许可 ${name}`, validFrom: '2022-01-01', ...more },
            });
            return id;
        };
        const due = await add('许可将尽', { validTo: '2026-12-01', authority: '虚构区卫健委' });
        await add('许可已尽', { validTo: '2026-11-17' });
        await add('许可尚早', { validTo: '2027-11-17', speciality: 'drinkingWater' });
        await add('许可长期', {});
        await add('许可注销', { validTo: '2026-11-17', state: 'cancelled' });
        expect(await names({ licence: 'due' })).toEqual(['许可将尽']);
        expect(await names({ licence: 'expired' })).toEqual(['许可已尽']);
        expect(await names({ licence: 'due', speciality: 'drinkingWater' })).toEqual([]);
        expect(await names({ speciality: 'drinkingWater' })).toEqual(['许可尚早']);
        expect((await call('party.list', pudong, { query: { q: '许可将尽' } })).items[0]?.nextLicence).toEqual({
            speciality: 'publicPlace',
            specialityOther: null,
            validTo: '2026-12-01',
            standing: 'due',
            daysLeft: 14,
        });
        expect((await call('party.list', pudong, { query: {} })).licenceDueDays).toBe(60);
        await setParameter(call, pudong, {
            key: 'work.licenceDueDays',
            value: 10,
            standing: 'own',
            basis: '本机构自定',
            from: '2026-11-19',
            reason: '提醒过早',
        });
        expect(await names({ licence: 'due' })).toEqual(['许可将尽']);
        system.services.clock.advance(24 * HOUR);
        expect(await call('party.list', pudong, { query: { licence: 'due' } })).toMatchObject({ items: [], licenceDueDays: 10 });
        expect((await get(due)).licences).toMatchObject([{ standing: 'ok', daysLeft: 13 }]);
        system.services.clock.advance(-24 * HOUR);
        expect(await names({ q: '许可 许可尚' })).toEqual(['许可尚早']);
        const [held] = (await get(due)).licences;
        expect(held).toMatchObject({ authority: '虚构区卫健委', standing: 'due', daysLeft: 14, version: 1 });
        const renewal = { ...licence, number: '许可 许可将尽', validFrom: '2022-01-01', validTo: '2030-12-01', version: 1 };
        await call('party.updateLicence', pudong, { params: { id: held?.id ?? '' }, body: renewal });
        expect((await get(due)).licences).toMatchObject([{ standing: 'ok', version: 2, authority: null }]);
        expect(await names({ licence: 'due' })).toEqual([]);
    });

    it('refuse a wrong term, a number twice, a speciality without words and premises of others', async () => {
        const id = await make('持证诊所');
        const other = await make('别家诊所');
        const place = { name: '别家', address: '别处 1 号' };
        const premisesId = (await call('party.addPremises', pudong, { params: { id: other }, body: place })).id;
        const add = (more: object) => call('party.addLicence', pudong, { params: { id }, body: { ...licence, ...more } });
        await refusal(add({ validFrom: '2026-01-02', validTo: '2026-01-01' }), 'party.licenceTermWrong');
        await refusal(add({ speciality: 'other' }), 'party.specialityOther');
        await refusal(add({ specialityOther: '游泳' }), 'party.specialityOther');
        await refusal(add({ premisesId }), 'party.premisesNotFound');
        const held = (await add({})).id;
        await refusal(call('party.addLicence', pudong, { params: { id: other }, body: licence }), 'party.licenceNumberTaken', {
            number: licence.number,
            name: '持证诊所',
        });
        // The same number of another speciality is another licence.
        await add({ speciality: 'other', specialityOther: '托育机构' });
        const change = { params: { id: held }, body: { ...licence, version: 2 } };
        await refusal(call('party.updateLicence', pudong, change), 'conflict.changedMeanwhile');
        await refusal(call('party.updateLicence', jingan, change), 'party.licenceNotFound');
    });
});

describe('possible duplicates', () => {
    it('have a name in common, present or earlier, or phone and address together', async () => {
        const id = await make('康宁（中医）诊所', { phone: '021-5888 0000', address: '世纪大道100号' });
        const renamed = await make('康宁中医诊所');
        await call('party.rename', pudong, {
            params: { id: renamed },
            body: { name: '康泰门诊部', fromDay: '2026-01-01', reason: '变更', version: 1 },
        });
        const neighbour = await make('世纪门诊', { phone: '02158880000', address: '世纪大道 100 号' });
        await make('康宁西医诊所', { phone: '021-58880000', address: '世纪大道 200 号' });
        const like = async (of: Id) =>
            (await call('party.duplicates', pudong, { params: { id: of } })).items.map((each) => [
                each.name,
                each.sameName,
                each.sameContact,
            ]);
        expect((await like(id)).sort()).toEqual(
            [
                ['世纪门诊', false, true],
                ['康泰门诊部', true, false],
            ].sort(),
        );
        expect(await like(renamed)).toEqual([['康宁（中医）诊所', true, false]]);
        expect(await like(neighbour)).toEqual([['康宁（中医）诊所', false, true]]);
        await refusal(call('party.duplicates', jingan, { params: { id } }), 'party.notFound');
    });
});

describe('the timeline', () => {
    it('has everything, newest first, page by page and by kind', async () => {
        const id = await make('时间线诊所');
        await call('party.addLicence', pudong, {
            params: { id },
            body: { speciality: 'medicalInstitution', number: 'PDY1', validFrom: '2024-05-01', state: 'valid' },
        });
        await call('party.rename', pudong, {
            params: { id },
            body: { name: '时间线门诊部', fromDay: '2025-03-01', reason: '变更', version: 2 },
        });
        const colleague = await addPerson(system, pudong, '张明', 'officer');
        const startsAt = Date.parse('2026-10-08T10:00:00+08:00');
        const participants = [pudong.actor, colleague].map((personId) => ({ personId, part: 'officer' as const }));
        const act = await call('act.create', pudong, {
            body: {
                scenario: 'routineInspection',
                partyId: id,
                place: '世纪大道 1 号',
                startsAt,
                endsAt: startsAt + 3_600_000,
                participants,
            },
        });
        const timeline = (query: object) => call('party.timeline', pudong, { query: { partyId: id, ...query } });
        const { items, total, next } = await timeline({});
        expect({ total, next }).toEqual({ total: 3, next: null });
        expect(
            items.map(({ kind, title, detail, state, at }) => [kind, title, detail, state, new Date(at).toISOString()]),
        ).toEqual([
            ['act', 'routineInspection', '世纪大道 1 号', 'open', '2026-10-08T02:00:00.000Z'],
            ['name', '时间线门诊部', '时间线诊所', 'name', '2025-02-28T16:00:00.000Z'],
            ['licence', 'medicalInstitution', 'PDY1', 'valid', '2024-04-30T16:00:00.000Z'],
        ]);
        expect(items[0]?.linkId).toBe(act.id);
        expect((await timeline({ kind: 'licence' })).items).toHaveLength(1);
        expect(await timeline({ kind: 'complaint' })).toEqual({ items: [], next: null, total: 0 });
        const first = await timeline({ limit: 2 });
        expect(first.items).toEqual(items.slice(0, 2));
        expect((await timeline({ limit: 2, cursor: first.next ?? '' })).items).toEqual(items.slice(2));
        await refusal(call('party.timeline', jingan, { query: { partyId: id } }), 'party.notFound');
        await expect(timeline({ cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'request.invalid' });
    });
});
