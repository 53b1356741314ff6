import type { Endpoints, RequestOf, ResponseOf } from '@liuhen/contract';
import { DAY, HOUR, type Id, MINUTE, type Role } from '@liuhen/domain';
import { actHandlers } from '../features/act/act.routes.ts';
import { LogFollower } from '../features/compliance/follow-log.ts';
import { statisticsHandlers } from '../features/compliance/statistics.routes.ts';
import { deviceHandlers } from '../features/device/device.routes.ts';
import { runCommand } from '../platform/command/command.ts';
import { type BuiltOrganisation, buildDepartment, buildOrganisation, buildPerson, commandBy } from './builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from './feature-system.ts';
import { insertFootage } from './footage.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...deviceHandlers(services),
    ...statisticsHandlers(services),
});

type Asked = 'statistics.compliance' | 'statistics.counted' | 'act.list';
type Ask<K extends Asked> = (
    who: TestOrganisation,
    query?: NonNullable<RequestOf<Endpoints[K]>['query']>,
) => Promise<ResponseOf<Endpoints[K]>>;
export type AskStatistics = Ask<'statistics.compliance'>;

export const as = (of: BuiltOrganisation, actor: Id, ...roles: Role[]): TestOrganisation => ({ ...of, code: '', actor, roles });

/**
 * A city with three districts whose acts were judged, the first of them with two departments; what its figures come to can be worked
 * out by hand.
 */
export type JudgedCity = {
    readonly system: FeatureSystem;
    readonly city: BuiltOrganisation;
    readonly pudong: BuiltOrganisation;
    readonly minhang: BuiltOrganisation;
    readonly qingpu: BuiltOrganisation;
    /** 监督一科, of 张明 and 曾丽. */
    readonly first: Id;
    /** 监督二科, of 李想. */
    readonly second: Id;
    readonly zhang: Id;
    readonly li: Id;
    readonly he: Id;
    /** Begins of the acts of November, two days before today: nothing of them can still come in time. */
    readonly start: number;
    readonly statistics: AskStatistics;
    readonly counted: Ask<'statistics.counted'>;
    readonly acts: Ask<'act.list'>;
    inDistrict(): TestOrganisation;
    inCity(): TestOrganisation;
    close(): Promise<void>;
};

export async function judgedCity(): Promise<JudgedCity> {
    const system = await featureSystem();
    const call = caller(system, handlersOf(system));
    const { services } = system;
    const city = await buildOrganisation(services, { code: '310000', name: '市卫生健康委', kind: 'cityCommission' });
    const district = (code: string, name: string) => buildOrganisation(services, { code, name, parentId: city.id });
    const [pudong, minhang, qingpu] = [
        await district('310115', '浦东新区监督所'),
        await district('310112', '闵行区监督所'),
        await district('310118', '青浦区监督所'),
    ];
    const first = (await buildDepartment(services, pudong, '监督一科')).id;
    const second = (await buildDepartment(services, pudong, '监督二科')).id;
    const person = async (of: BuiltOrganisation, name: string, departmentId?: Id) =>
        (await buildPerson(services, of, { name, ...(departmentId === undefined ? {} : { departmentId }) })).id;
    const zhang = await person(pudong, '张明', first);
    const zeng = await person(pudong, '曾丽', first);
    const li = await person(pudong, '李想', second);
    const [he, shao] = [await person(minhang, '何洁'), await person(minhang, '邵远')];
    const [fang, qian] = [await person(qingpu, '方可'), await person(qingpu, '钱进')];
    const follower = new LogFollower(services, async () => [pudong.id, minhang.id, qingpu.id]);
    const start = Math.floor(services.clock.now() / MINUTE) * MINUTE - 50 * HOUR;

    const makeAct = async (
        of: BuiltOrganisation,
        people: readonly [Id, Id],
        {
            at = start,
            scenario = 'doubleRandomInspection',
        }: { at?: number; scenario?: 'doubleRandomInspection' | 'routineInspection' } = {},
    ) => {
        const participants = people.map((personId) => ({ personId, part: 'officer' as const }));
        const body = { scenario, place: '示范路 1 号', startsAt: at, endsAt: at + HOUR, participants } as const;
        return (await call('act.create', as(of, people[0], 'officer'), { body })).id;
    };

    /** Footage by a clock that is known to the second, in minutes of the act. */
    const film = (actId: Id, personId: Id, [from, to]: [number, number], receivedAt?: number) =>
        runCommand(services.commands, commandBy(services, pudong.id, zhang), 'recording.register', async (tx) => {
            const during = [start + from * MINUTE, start + to * MINUTE] as const;
            const footage = { actId, personId, uploadedBy: zhang, during, receivedAt: receivedAt ?? during[1] + HOUR };
            const id = await insertFootage(tx, footage);
            const event = { kind: 'recording.registered', creates: [id], objects: [actId], body: {} } as const;
            return { result: id, events: [event] };
        });

    const exempt = async (act: Id) => {
        const { segments } = await call('act.get', as(pudong, zhang, 'officer'), { params: { id: act } });
        const { id } = await call('act.recordExemption', as(pudong, zhang, 'officer'), {
            params: { id: act },
            body: {
                segmentId: segments[0]?.id ?? '',
                kind: 'highRisk',
                ground: '无菌场所',
                startsAt: start,
                endsAt: start + HOUR,
            },
        });
        await call('act.decideExemption', as(pudong, li, 'sectionHead'), { params: { id }, body: { as: 'confirmed' } });
    };

    // 60 min each. 张明: 20 + 35, and 5 missing between; 曾丽: all of it. Two findings: the gap, no party.
    const gap = await makeAct(pudong, [zhang, zeng]);
    await film(gap, zhang, [-1, 20]);
    await film(gap, zhang, [25, 61]);
    await film(gap, zeng, [-1, 61]);
    // 张明 in 25 h instead of 24, 曾丽 nothing. Three findings: late, nothing recorded, no party. It is secret and counts like all.
    const late = await makeAct(pudong, [zhang, zeng]);
    await film(late, zhang, [-1, 61], start + 61 * MINUTE + 25 * HOUR);
    const { version } = await call('act.get', as(pudong, zhang, 'officer'), { params: { id: late } });
    await call('act.markSecrecy', as(pudong, zhang, 'officer'), { params: { id: late }, body: { secrecy: 'privacy', version } });
    // Nothing had to be recorded: complete.
    await exempt(await makeAct(pudong, [zhang, zeng]));
    // 李想 leads, neither recorded anything: two findings; another kind of act, in October.
    await makeAct(pudong, [li, zeng], { at: start - 40 * DAY, scenario: 'routineInspection' });
    // Called off: counts nowhere.
    const off = await makeAct(pudong, [li, zeng]);
    await call('act.close', as(pudong, li, 'officer'), { params: { id: off }, body: { as: 'cancelled', reason: '重复登记' } });
    // Beside it two districts in which nothing was recorded either.
    await makeAct(minhang, [he, shao]);
    await makeAct(qingpu, [fang, qian]);
    // A recorder in the hands of 张明, and one that lies in the store.
    const manager = as(pudong, zhang, 'recordingManager');
    for (const [number, holder] of [
        ['L-0001', zhang],
        ['L-0002', undefined],
    ] as const) {
        const { id } = await call('device.create', manager, { body: { kind: 'recorder', number, model: '型号一' } });
        if (holder !== undefined) await call('device.issue', manager, { params: { id }, body: { personId: holder } });
        services.clock.advance(MINUTE);
        await call('device.step', manager, { params: { id }, body: { step: 'reportFault', note: '无法开机' } });
    }
    await follower.look();
    return {
        ...{ system, city, pudong, minhang, qingpu, first, second, zhang, li, he, start },
        statistics: (who, query = {}) => call('statistics.compliance', who, { query }),
        counted: (who, query = {}) => call('statistics.counted', who, { query }),
        acts: (who, query = {}) => call('act.list', who, { query }),
        inDistrict: () => as(pudong, zhang, 'sectionHead'),
        inCity: () => as(city, city.systemAdmin.id, 'inspector'),
        async close() {
            await follower.close();
            await system.expectSound();
            await system.close();
        },
    };
}
