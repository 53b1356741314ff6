import { HOUR, type Id, MINUTE, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { actHandlers } from '../act/act.routes.ts';
import { findingHandlers } from './finding.routes.ts';
import { LogFollower } from './follow-log.ts';
import { trainingHandlers } from './training.routes.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...findingHandlers(services),
    ...trainingHandlers(services),
});

let system: FeatureSystem;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let [city, pudong, minhang] = [] as unknown as [TestOrganisation, TestOrganisation, TestOrganisation];
let secret: Id;

const as = (of: TestOrganisation, ...roles: Role[]): TestOrganisation => ({ ...of, roles });
const inspector = () => as(city, 'inspector');

/** An act two days ago of which nothing was recorded. */
const makeAct = async (of: TestOrganisation, people: readonly Id[]) => {
    const at = Math.floor(system.services.clock.now() / MINUTE) * MINUTE - 50 * HOUR;
    const body = {
        scenario: 'doubleRandomInspection' as const,
        place: '示范路 1 号',
        startsAt: at,
        endsAt: at + HOUR,
        participants: people.map((personId) => ({ personId, part: 'officer' as const })),
    };
    return (await call('act.create', as(of, 'officer'), { body })).id;
};

beforeAll(async () => {
    system = await featureSystem();
    const { services } = system;
    call = caller(system, handlersOf(system));
    const somebody = async (of: BuiltOrganisation, name: string): Promise<TestOrganisation> => ({
        ...of,
        code: '',
        roles: ['officer'],
        actor: (await buildPerson(services, of, { name, roles: ['officer'] })).id,
    });
    const top = await buildOrganisation(services, { code: '310000', name: '市卫生健康委', kind: 'cityCommission' });
    const below = async (code: string, name: string) => buildOrganisation(services, { code, name, parentId: top.id });
    city = await somebody(top, '江平');
    for (const [code, name] of [
        ['310115', '浦东新区监督所'],
        ['310112', '闵行区监督所'],
    ] as const) {
        const built = await below(code, name);
        const [one, two] = [await somebody(built, '张明'), await somebody(built, '曾丽')];
        if (code === '310115') pudong = one;
        else minhang = one;
        await makeAct(one, [one.actor, two.actor]);
        if (code !== '310115') continue;
        secret = await makeAct(one, [one.actor, two.actor]);
        const { version } = await call('act.get', one, { params: { id: secret } });
        await call('act.markSecrecy', one, { params: { id: secret }, body: { secrecy: 'privacy', version } });
    }
    const follower = new LogFollower(services, async () => [pudong.id, minhang.id]);
    await follower.look();
    await follower.close();
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const findings = async (who: TestOrganisation, query: { organisationId?: Id; mine?: 'yes' } = {}) =>
    call('finding.list', who, { query: { ...query, limit: 100 } });

describe('what an organisation sees of those below it', () => {
    it('is what was found there, but of no secret act, and by organisation', async () => {
        const own = await findings(pudong);
        expect(own.organisations.map(({ name }) => name)).toEqual(['浦东新区监督所']);
        expect(own.items.every((each) => each.own)).toBe(true);
        const open = own.items.filter(({ act }) => act?.id !== secret);
        expect([open.length > 0, own.items.length > open.length]).toEqual([true, true]);

        const all = await findings(inspector());
        expect(all.organisations.map(({ name }) => name)).toEqual(['市卫生健康委', '闵行区监督所', '浦东新区监督所']);
        expect(all.items.filter(({ act }) => act?.id === secret)).toEqual([]);
        const other = await findings(minhang);
        expect(all.total).toBe(open.length + (other.total ?? 0));
        const one = await findings(inspector(), { organisationId: pudong.id });
        expect(one.items.map(({ id }) => id).sort()).toEqual(open.map(({ id }) => id).sort());
        expect(one.items.map(({ organisation, own: isOwn }) => [organisation.name, isOwn])).toContainEqual([
            '浦东新区监督所',
            false,
        ]);
    });

    it('is read and no more: nobody above answers or decides, and nobody sees beside or upwards', async () => {
        const [found] = (await findings(inspector(), { organisationId: pudong.id })).items;
        const id = found?.id ?? '';
        expect(await call('finding.get', inspector(), { params: { id } })).toMatchObject({ mayAnswer: false, mayDecide: false });
        const confirm = call('finding.confirm', inspector(), { params: { id }, body: { words: '越级确认' } });
        await expect(confirm).rejects.toMatchObject({ code: 'finding.notFound' });
        await expect(call('finding.get', minhang, { params: { id } })).rejects.toMatchObject({ code: 'finding.notFound' });
        const hidden = (await findings(pudong)).items.find(({ act }) => act?.id === secret)?.id ?? '';
        await expect(call('finding.get', inspector(), { params: { id: hidden } })).rejects.toMatchObject({
            code: 'act.restricted',
        });
        expect((await findings(inspector(), { mine: 'yes' })).items).toEqual([]);
    });

    it('are the interruptions there, but of no secret act, and by organisation', async () => {
        const ask = async (who: TestOrganisation, organisationId?: Id) =>
            call('finding.interruptions', who, {
                query: { limit: 100, ...(organisationId === undefined ? {} : { organisationId }) },
            });
        const [own, other, all] = [await ask(pudong), await ask(minhang), await ask(inspector())];
        const open = own.items.filter(({ act }) => act.id !== secret);
        expect([open.length > 0, own.items.length > open.length, other.items.length > 0]).toEqual([true, true, true]);
        expect(own.items.every((each) => each.own)).toBe(true);
        expect(other.organisations.map(({ name }) => name)).toEqual(['闵行区监督所']);
        const keys = (of: readonly { key: string }[]) => of.map(({ key }) => key).toSorted();
        expect(keys(all.items)).toEqual(keys([...open, ...other.items]));
        expect(all.total).toBe(open.length + other.items.length);
        const one = await ask(inspector(), pudong.id);
        expect(keys(one.items)).toEqual(keys(open));
        expect(new Set(one.items.map(({ organisation, own: isOwn }) => `${organisation.name} ${isOwn}`))).toEqual(
            new Set(['浦东新区监督所 false']),
        );
        expect((await ask(minhang, pudong.id)).items).toEqual([]);
    });

    it('are the trainings there', async () => {
        const body = {
            title: '执法记录仪操作实训',
            topics: ['recorder' as const],
            fromDay: '2026-11-10',
            toDay: '2026-11-10',
            minutes: 180,
            trainer: '罗老师',
        };
        const { id } = await call('training.record', as(pudong, 'recordingManager'), { body });
        const ask = (who: TestOrganisation, organisationId?: Id) =>
            call('training.list', who, { query: organisationId === undefined ? {} : { organisationId } });
        const manager = as(city, 'instituteHead');
        expect((await ask(manager)).items.map(({ organisation, own }) => [organisation.name, own])).toEqual([
            ['浦东新区监督所', false],
        ]);
        expect((await ask(manager, minhang.id)).items).toEqual([]);
        expect((await ask(as(minhang, 'instituteHead'))).items).toEqual([]);
        expect(await call('training.get', manager, { params: { id } })).toMatchObject({ title: body.title, own: false });
        await expect(call('training.get', as(minhang, 'instituteHead'), { params: { id } })).rejects.toMatchObject({
            code: 'training.notFound',
        });
    });
});
