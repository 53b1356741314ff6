import { addMonths, DAY, dayOf, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOrganisation } from '../../testing/builders.ts';
import { addPerson, caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { attestationHandlers } from './attestation.routes.ts';

let system: FeatureSystem;
let district: TestOrganisation;
let other: TestOrganisation;
let city: TestOrganisation;
let head: TestOrganisation;
const handlersOf = (of: FeatureSystem) => ({ ...attestationHandlers(of.services), ...parameterHandlers(of.services) });
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

const RULES = 'A1-14-1';
const today = () => dayOf(system.services.clock.now());
const as = (of: TestOrganisation, ...roles: Role[]): TestOrganisation => ({ ...of, roles });
const confirm = (who: TestOrganisation, given: object = {}) =>
    call('attestation.confirm', who, {
        body: {
            clause: RULES,
            fromDay: today(),
            paper: '执法记录仪音像资料管理制度',
            paperNumber: '示卫监〔2026〕3号',
            ...given,
        },
    });
const stateOf = async (who: TestOrganisation, of = who, clause = RULES) => {
    const { state, entry } = await call('attestation.get', who, { params: { id: `${clause}_${of.id}` } });
    return [state, entry?.untilDay ?? null];
};

/** 2026-11-18 by the test clock. */
beforeAll(async () => {
    system = await featureSystem();
    const built = await buildOrganisation(system.services, { code: '310000', name: '市卫生健康委', kind: 'cityCommission' });
    city = { ...built, code: '310000', actor: built.systemAdmin.id, roles: ['inspector'] };
    const below = async (code: string, name: string): Promise<TestOrganisation> => {
        const of = await buildOrganisation(system.services, { code, name, parentId: city.id });
        return { ...of, code, actor: await addPerson(system, { ...of, code, actor: '' }, '顾明之', 'officer') };
    };
    district = await below('310115', '浦东新区监督所');
    other = await below('310106', '静安区监督所');
    head = as(district, 'instituteHead');
    call = caller(system, handlersOf(system));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

describe('what people confirm (附件1 第14条, 附件3 第4条)', () => {
    it("is open until somebody confirms it, and then holds for the unit's own term", async () => {
        expect(await stateOf(head)).toEqual(['none', null]);
        await confirm(head, { paperDay: '2026-03-02', note: '全所传达' });
        expect(await stateOf(head)).toEqual(['confirmed', addMonths(today(), 12)]);
        const one = await call('attestation.get', head, { params: { id: `${RULES}_${district.id}` } });
        expect(one).toMatchObject({
            article: '附件1 第14条',
            organisation: { name: '浦东新区监督所' },
            by: ['instituteHead', 'agencyHead'],
            term: { value: { length: 12, unit: 'month' }, standing: 'own' },
            mayConfirm: true,
            entry: {
                paperNumber: '示卫监〔2026〕3号',
                paperDay: '2026-03-02',
                note: '全所传达',
                confirmedBy: { name: '顾明之' },
            },
        });
    });

    it('is confirmed by the roles of its question only, by whom it binds, and never ahead', async () => {
        await expect(confirm(as(district, 'recordingManager'))).rejects.toMatchObject({ code: 'attestation.notYours' });
        await expect(confirm(as(city, 'agencyHead'))).rejects.toMatchObject({ code: 'attestation.notAsked' });
        await expect(confirm(head, { clause: 'A1-15-3' })).rejects.toMatchObject({ code: 'attestation.notFound' });
        await expect(confirm(head, { fromDay: '2026-11-19' })).rejects.toMatchObject({ code: 'attestation.inFuture' });
        await expect(confirm(head, { paperDay: '2026-11-19' })).rejects.toMatchObject({ code: 'attestation.paperLater' });
    });

    it('runs out, is renewed and taken back; what was said stays in the history', async () => {
        await confirm(head, { clause: 'A3-7', fromDay: '2025-11-17', paper: '档案岗位培训合格证书' });
        expect(await stateOf(head, district, 'A3-7')).toEqual(['expired', '2026-11-17']);
        const { id } = await confirm(head, { clause: 'A3-7', paper: '考核记录' });
        expect(await stateOf(head, district, 'A3-7')).toEqual(['confirmed', '2027-11-18']);
        const withdraw = (who: TestOrganisation) =>
            call('attestation.withdraw', who, { params: { id }, body: { reason: '考核记录有误' } });
        await expect(withdraw(as(district, 'archivist'))).rejects.toMatchObject({ code: 'attestation.notYours' });
        await expect(withdraw(as(other, 'instituteHead'))).rejects.toMatchObject({ code: 'attestation.entryNotFound' });
        await withdraw(head);
        await expect(withdraw(head)).rejects.toMatchObject({ code: 'attestation.withdrawn' });
        expect(await stateOf(head, district, 'A3-7')).toEqual(['expired', '2026-11-17']);
        const { entries } = await call('attestation.get', head, { params: { id: `A3-7_${district.id}` } });
        expect(entries.map(({ paper, withdrawn }) => [paper, withdrawn?.why ?? null, withdrawn?.by ?? null])).toEqual([
            ['考核记录', '考核记录有误', '顾明之'],
            ['档案岗位培训合格证书', null, null],
        ]);
    });

    it('holds for the term in force when it was confirmed: another term concerns later confirmations', async () => {
        await setParameter(call, head, {
            key: 'attestation.rulesTerm',
            value: { length: 3, unit: 'month' },
            standing: 'own',
            basis: '本所自定',
            from: today(),
            reason: '季度核对',
        });
        system.services.clock.advance(DAY);
        expect(await stateOf(head)).toEqual(['confirmed', '2027-11-18']);
        await confirm(head, { clause: 'Z3.4-1', paper: '责任追究办法' });
        expect(await stateOf(head, district, 'Z3.4-1')).toEqual(['confirmed', '2027-02-19']);
    });

    it('is seen by the unit itself and by those above it, never beside or upwards', async () => {
        expect(await stateOf(city, district)).toEqual(['confirmed', '2027-11-18']);
        expect((await call('attestation.get', city, { params: { id: `${RULES}_${district.id}` } })).mayConfirm).toBe(false);
        for (const [who, of] of [
            [other, district],
            [district, city],
        ] as const)
            await expect(stateOf(who, of, 'A3-2')).rejects.toMatchObject({ code: 'attestation.notFound' });
        const all = await call('attestation.list', city, { query: { limit: 200 } });
        expect(all.organisations.map(({ name }) => name)).toEqual(['市卫生健康委', '静安区监督所', '浦东新区监督所']);
        expect(
            all.items.filter(({ clause }) => clause === RULES).map(({ organisation, state }) => [organisation.name, state]),
        ).toEqual([
            ['静安区监督所', 'none'],
            ['浦东新区监督所', 'confirmed'],
        ]);
        const own = await call('attestation.list', other, { query: { limit: 200 } });
        expect(new Set(own.items.map(({ organisation }) => organisation.id))).toEqual(new Set([other.id]));
    });

    it('is found by state, unit and words, and read page by page', async () => {
        const list = (query: object) => call('attestation.list', city, { query: { limit: 200, ...query } });
        const { total, items } = await list({});
        expect(items).toHaveLength(total);
        const confirmed = await list({ state: 'confirmed', organisationId: district.id });
        expect(confirmed.items.map(({ clause }) => clause)).toEqual(['Z3.4-1', RULES]);
        expect((await list({ q: '音像资料管理制度 示卫监' })).items.map(({ clause }) => clause)).toEqual([RULES]);
        expect((await list({ q: 'no such words' })).items).toEqual([]);
        const paged: string[] = [];
        let cursor: string | undefined;
        do {
            const page = await call('attestation.list', city, {
                query: { limit: 7, ...(cursor === undefined ? {} : { cursor }) },
            });
            paged.push(...page.items.map(({ id }) => id));
            cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(paged).toEqual(items.map(({ id }) => id));
    });
});
