import { addDays, dayOf, type Id, type Instant, startOfDay } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { calendarFor } from './calendar.queries.ts';
import { parameterAt, parametersOf } from './parameter.queries.ts';
import { parameterHandlers } from './parameter.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof parameterHandlers>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    call = caller(system, parameterHandlers(system.services));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const now = (): Instant => system.services.clock.now();
const today = (): string => dayOf(now());
const defenceAt = (at: Instant, orgId: Id = pudong.id) =>
    system.services.db.read({ readOrgs: [orgId] }, (db) => parameterAt(db, orgId, 'deadline.defence', at));
const decide = (length: number, from: string, key: 'deadline.defence' | 'deadline.seizure' = 'deadline.defence') =>
    setParameter(call, pudong, {
        key,
        value: { length, unit: key === 'deadline.seizure' ? 'calendarDay' : 'workday' },
        standing: 'verified',
        basis: '机关在告知书中给定',
        from,
        reason: '经法制科核定',
    });

describe('parameters', () => {
    it('come with the catalogue’s figures; what is unknown has none', async () => {
        const { items } = await call('parameter.list', jingan, { query: {} });
        const of = (key: string) => items.find((each) => each.key === key);
        expect(of('deadline.seizure')).toMatchObject({
            value: { length: 30, unit: 'calendarDay' },
            standing: 'verified',
            rows: [],
        });
        expect(of('deadline.defence')).toMatchObject({ value: null, standing: 'unknown', from: null });
        expect(of('deadline.publishDecision')).toMatchObject({ standing: 'verify' });
    });

    it('are decided from a day on; what was in force before stays what it was', async () => {
        const before = now();
        await decide(5, today());
        system.services.clock.advance(2 * 86_400_000);
        const after = now();
        await decide(3, addDays(today(), 10));
        expect((await defenceAt(before - 1)).value).toBeNull();
        expect((await defenceAt(after)).value).toEqual({ length: 5, unit: 'workday' });
        expect((await defenceAt(startOfDay(addDays(today(), 10)) - 1)).value).toEqual({ length: 5, unit: 'workday' });
        expect(await defenceAt(startOfDay(addDays(today(), 10)))).toMatchObject({ value: { length: 3 }, standing: 'verified' });
        const all = await system.services.db.read({ readOrgs: [pudong.id] }, (db) => parametersOf(db, pudong.id));
        expect(all('deadline.defence', after)).toEqual(await defenceAt(after));
        const item = (await call('parameter.list', pudong, { query: {} })).items.find((each) => each.key === 'deadline.defence');
        expect(
            item?.rows.map((row) => [(row.value as { length: number }).length, row.proposal?.by.name, row.decidedBy.name]),
        ).toEqual([
            [3, '陈默', '吴审计'],
            [5, '陈默', '吴审计'],
        ]);
    });

    it('do not reach back over a value that was in force, and stay inside the law', async () => {
        await expect(decide(7, addDays(today(), -1))).rejects.toMatchObject({ code: 'parameter.rewritesHistory' });
        await expect(decide(31, today(), 'deadline.seizure')).rejects.toMatchObject({
            code: 'parameter.looser',
            params: { limit: 30 },
        });
        await decide(20, today(), 'deadline.seizure');
    });

    it('are each organisation’s own', async () => {
        expect((await defenceAt(now(), jingan.id)).value).toBeNull();
    });
});

describe('the holiday calendar', () => {
    it('comes with the years whose notice was compared', async () => {
        const { years } = await call('parameter.calendar', jingan, { query: {} });
        expect(years.map(({ year, inForce, rows }) => [year, inForce?.standing, inForce?.entry, rows])).toEqual(
            [2026, 2025, 2024].map((year) => [year, 'verified', null, []]),
        );
        const calendar = await system.services.db.read({ readOrgs: [jingan.id] }, (db) => calendarFor(db, jingan.id));
        expect([calendar.get(2026)?.off, calendar.get(2027)]).toEqual([years[0]?.inForce?.off, undefined]);
    });
});
