import { DAY, HOUR, type Id, MINUTE, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { type BuiltOrganisation, buildDepartment, buildOrganisation, buildPerson, commandBy } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { actHandlers } from '../act/act.routes.ts';
import { deviceHandlers } from '../device/device.routes.ts';
import { LogFollower } from './follow-log.ts';
import { statisticsHandlers } from './statistics.routes.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...deviceHandlers(services),
    ...statisticsHandlers(services),
});

let system: FeatureSystem;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let follower: LogFollower;
let [city, pudong, minhang] = [] as unknown as [BuiltOrganisation, BuiltOrganisation, BuiltOrganisation];
let [first, second]: [Id, Id] = ['', ''];
let [zhang, zeng, li, he]: [Id, Id, Id, Id] = ['', '', '', ''];
/** 2026-11-16, two days before today: nothing of it can still come in time. */
let start: number;

const as = (of: BuiltOrganisation, actor: Id, ...roles: Role[]): TestOrganisation => ({ ...of, code: '', actor, roles });
const statistics = (
    who: TestOrganisation,
    query: NonNullable<Parameters<typeof call<'statistics.compliance'>>[2]['query']> = {},
) => call('statistics.compliance', who, { query });
const inDistrict = () => as(pudong, zhang, 'sectionHead');
const inCity = () => as(city, city.systemAdmin.id, 'inspector');

const makeAct = async (
    of: BuiltOrganisation,
    people: readonly [Id, Id],
    more: { at?: number; scenario?: 'routineInspection' },
) => {
    const at = more.at ?? start;
    const { id } = await call('act.create', as(of, people[0], 'officer'), {
        body: {
            scenario: more.scenario ?? 'doubleRandomInspection',
            place: '示范路 1 号',
            startsAt: at,
            endsAt: at + HOUR,
            participants: people.map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    return id;
};

/** Footage by a clock that is known to the second, in minutes of the act. */
const film = (act_id: Id, person_id: Id, [from, to]: [number, number], receivedAt?: number) =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, zhang), 'recording.register', async (tx) => {
        const bytes = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
        const content = { sha256: bytes, sm3: bytes, size: 1n, chunk_root: bytes, chunk_digests: bytes };
        const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...content });
        const [begins, ends] = [start + from * MINUTE, start + to * MINUTE];
        const known = {
            ...{ true_start: begins, true_start_lower: begins, true_start_upper: begins },
            ...{ true_end: ends, true_end_lower: ends, true_end_upper: ends },
        };
        const recording = await insertRow(tx, 'recording', {
            ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'sealed', source: 'recorder' },
            ...{ original_name: Buffer.from('a.mp4'), display_name: 'a.mp4', search_text: '' },
            ...{ person_id, act_id, uploaded_by: zhang, received_at: receivedAt ?? ends + HOUR },
            ...{ device_time_basis: 'fileName', device_start: begins, device_end: ends, clock_state: 'fitted', ...known },
        });
        await insertRow(tx, 'recording_interval', {
            ...{ id: tx.newId(), recording_id: recording.id, media_start: 0, media_end: ends - begins, timescale: 1_000 },
            ...{ device_start: begins, device_end: ends, ...known },
        });
        const event = { kind: 'recording.registered', creates: [recording.id], objects: [act_id], body: {} } as const;
        return { result: recording.id, events: [event] };
    });

const exempt = async (act: Id) => {
    const { segments } = await call('act.get', as(pudong, zhang, 'officer'), { params: { id: act } });
    const { id } = await call('act.recordExemption', as(pudong, zhang, 'officer'), {
        params: { id: act },
        body: { segmentId: segments[0]?.id ?? '', kind: 'highRisk', ground: '无菌场所', startsAt: start, endsAt: start + HOUR },
    });
    await call('act.decideExemption', as(pudong, li, 'sectionHead'), { params: { id }, body: { as: 'confirmed' } });
};

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    const { services } = system;
    city = await buildOrganisation(services, { code: '310000', name: '市卫生健康委', kind: 'cityCommission' });
    pudong = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所', parentId: city.id });
    minhang = await buildOrganisation(services, { code: '310112', name: '闵行区监督所', parentId: city.id });
    first = (await buildDepartment(services, pudong, '监督一科')).id;
    second = (await buildDepartment(services, pudong, '监督二科')).id;
    const person = async (of: BuiltOrganisation, name: string, departmentId?: Id) =>
        (await buildPerson(services, of, { name, ...(departmentId === undefined ? {} : { departmentId }) })).id;
    zhang = await person(pudong, '张明', first);
    zeng = await person(pudong, '曾丽', first);
    li = await person(pudong, '李想', second);
    he = await person(minhang, '何洁');
    const other = await person(minhang, '邵远');
    follower = new LogFollower(services, async () => [pudong.id, minhang.id]);
    start = Math.floor(services.clock.now() / MINUTE) * MINUTE - 50 * HOUR;

    // 60 min each. 张明: 20 + 35, and 5 missing between; 曾丽: all of it. Two findings: the gap, no party.
    const gap = await makeAct(pudong, [zhang, zeng], {});
    await film(gap, zhang, [-1, 20]);
    await film(gap, zhang, [25, 61]);
    await film(gap, zeng, [-1, 61]);
    // 张明 in 25 h instead of 24, 曾丽 nothing. Three findings: late, nothing recorded, no party. It is secret and counts like all.
    const late = await makeAct(pudong, [zhang, zeng], {});
    await film(late, zhang, [-1, 61], start + 61 * MINUTE + 25 * HOUR);
    const { version } = await call('act.get', as(pudong, zhang, 'officer'), { params: { id: late } });
    await call('act.markSecrecy', as(pudong, zhang, 'officer'), { params: { id: late }, body: { secrecy: 'privacy', version } });
    // Nothing had to be recorded: complete.
    await exempt(await makeAct(pudong, [zhang, zeng], {}));
    // 李想 leads, neither recorded anything: two findings; another kind of act, in October.
    await makeAct(pudong, [li, zeng], { at: start - 40 * DAY, scenario: 'routineInspection' });
    // Called off: counts nowhere.
    const off = await makeAct(pudong, [li, zeng], {});
    await call('act.close', as(pudong, li, 'officer'), { params: { id: off }, body: { as: 'cancelled', reason: '重复登记' } });
    // Beside it a district in which nothing was recorded either.
    await makeAct(minhang, [he, other], {});
    const device = await call('device.create', as(pudong, zhang, 'recordingManager'), {
        body: { kind: 'recorder', number: 'L-0001', model: '型号一' },
    });
    await call('device.step', as(pudong, zhang, 'recordingManager'), {
        params: { id: device.id },
        body: { step: 'reportFault', note: '无法开机' },
    });
    await follower.look();
});
afterAll(async () => {
    await follower.close();
    await system.expectSound();
    await system.close();
});

/** As worked out by hand from what is set up above. */
const OF_ZHANG = {
    ...{ acts: 3, complete: 1, failed: 2, review: 0 },
    ...{ requiredMs: 6 * HOUR, exemptMs: 2 * HOUR, coveredMs: 2 * HOUR - 5 * MINUTE + HOUR },
    ...{ interruptions: 1, late: 1, openGaps: 2, openWeek: 5, openMonth: 0, openOlder: 0 },
    // 175 of 240 min; 1 interruption in 6 h.
    ...{ completePermille: 333, coveragePermille: 729, interruptionTenths: 167, lateTenths: 333 },
};
const OF_LI = {
    ...{ acts: 1, complete: 0, requiredMs: 2 * HOUR, coveredMs: 0, exemptMs: 0, interruptions: 0, late: 0, openGaps: 2 },
    ...{ openWeek: 2, openMonth: 0, openOlder: 0, completePermille: 0, coveragePermille: 0, interruptionTenths: 0 },
};

describe('figures of judged acts', () => {
    it('are those worked out by hand, by officer, department, kind and month', async () => {
        const people = await statistics(inDistrict(), { by: 'person' });
        expect(people.items.map(({ person }) => person?.name)).toEqual(['李想', '张明']);
        expect(people.items[0]).toMatchObject(OF_LI);
        expect(people.items[1]).toMatchObject({ ...OF_ZHANG, faults: null });
        const departments = await statistics(inDistrict(), { by: 'department' });
        expect(departments.items.map(({ department }) => department?.name)).toEqual(['监督二科', '监督一科']);
        expect(departments.items[1]).toMatchObject(OF_ZHANG);
        const kinds = await statistics(inDistrict(), { by: 'scenario' });
        expect(kinds.items.map(({ scenario, acts }) => [scenario, acts])).toEqual([
            ['doubleRandomInspection', 3],
            ['routineInspection', 1],
        ]);
        const months = await statistics(inDistrict(), { by: 'month' });
        expect(months.items.map(({ month, acts, faults }) => [month, acts, faults])).toEqual([
            ['2026-10', 1, 0],
            ['2026-11', 3, 1],
        ]);
        expect(months.items[1]).toMatchObject(OF_ZHANG);
    });

    it('add up to those of the organisation, in the months that are asked for', async () => {
        const year = await statistics(inDistrict(), { by: 'organisation' });
        expect(year).toMatchObject({ from: '2026-01', to: '2026-11', total: 1 });
        expect(year.sum).toMatchObject({ acts: 4, complete: 1, openGaps: 4, openWeek: 7, faults: 1, coveragePermille: 486 });
        expect(year.items[0]).toMatchObject(year.sum);
        const november = await statistics(inDistrict(), { from: '2026-11', to: '2026-11' });
        expect(november.sum).toMatchObject(OF_ZHANG);
        expect((await statistics(inDistrict(), { from: '2026-12', to: '2026-12' })).items).toEqual([]);
        await expect(statistics(inDistrict(), { from: '2026-11', to: '2026-10' })).rejects.toMatchObject({
            code: 'statistics.periodInvalid',
            params: { from: '2026-11', to: '2026-10' },
        });
    });

    it('are narrowed by department, officer and kind, and then say nothing of recorders', async () => {
        const sum = async (query: Parameters<typeof statistics>[1]) => (await statistics(inDistrict(), query)).sum;
        expect(await sum({ departmentId: second })).toMatchObject({ ...OF_LI, faults: null });
        expect(await sum({ personId: zhang })).toMatchObject(OF_ZHANG);
        expect(await sum({ scenario: 'routineInspection' })).toMatchObject(OF_LI);
        expect(await sum({ scenario: 'routineInspection', personId: zhang })).toMatchObject({ acts: 0, coveragePermille: null });
    });

    it('put first what somebody should look at, and are read page by page', async () => {
        const worst = await statistics(inDistrict(), { by: 'person', order: 'coverage', limit: 1 });
        expect(worst.items.map(({ person }) => person?.name)).toEqual(['李想']);
        const most = await statistics(inDistrict(), { by: 'person', order: 'openFindings', limit: 1 });
        expect(most.items.map(({ person }) => person?.name)).toEqual(['张明']);
        const rest = await statistics(inDistrict(), { by: 'person', order: 'openFindings', cursor: most.next ?? '' });
        expect([rest.items.map(({ person }) => person?.name), rest.next, rest.total]).toEqual([['李想'], null, 2]);
    });

    it('age with the days: what is 8 days old is no longer of this week', async () => {
        const ages = async () => {
            const { sum } = await statistics(inDistrict());
            return [sum.openWeek, sum.openMonth, sum.openOlder];
        };
        expect(await ages()).toEqual([7, 0, 0]);
        system.services.clock.advance(8 * DAY);
        expect(await ages()).toEqual([0, 7, 0]);
        system.services.clock.advance(23 * DAY);
        // It is December by then.
        expect(await ages()).toEqual([0, 0, 7]);
    });
});

describe('who sees what (统一领导、分级管理)', () => {
    it('a district sees itself and what the city comes to, nothing of others', async () => {
        const own = await statistics(inDistrict(), { to: '2026-11' });
        expect(own.organisations.map(({ name }) => name)).toEqual(['浦东新区监督所']);
        expect(own.by).toBe('department');
        // 5 acts, 1 complete; 175 of 480 min; 1 interruption in 10 h + 2 h exempt.
        expect(own.city).toEqual({ completePermille: 200, coveragePermille: 364, interruptionTenths: 100, lateTenths: 200 });
        const beside = await statistics(inDistrict(), { organisationId: minhang.id });
        expect([beside.items, beside.sum.acts]).toEqual([[], 0]);
    });

    it('the city sees all of them, side by side', async () => {
        const all = await statistics(inCity());
        expect(all.items.map(({ organisation, acts, coveragePermille }) => [organisation?.name, acts, coveragePermille])).toEqual(
            [
                ['闵行区监督所', 1, 0],
                ['浦东新区监督所', 4, 486],
            ],
        );
        expect(all.city).toBeNull();
        const one = await statistics(inCity(), { organisationId: pudong.id, personId: zhang });
        expect(one.items.map(({ department }) => department?.name)).toEqual(['监督一科']);
        expect(one.person?.name).toBe('张明');
        expect((await statistics(inDistrict(), { personId: he })).person).toBeNull();
        expect(one.departments.map(({ name }) => name)).toEqual(['监督二科', '监督一科']);
    });
});

describe('the tables of sums', () => {
    const TABLES = [
        'compliance_month',
        'compliance_year',
        'compliance_whole',
        'compliance_officer_month',
        'compliance_officer_year',
    ];
    /** What each of them says, in an order of its own. */
    const rows = async (of: { query(sql: string): Promise<{ rows: unknown[] }> }): Promise<Record<string, unknown[]>> => {
        const kept: Record<string, unknown[]> = {};
        for (const table of TABLES)
            kept[table] = (await of.query(`select to_jsonb(t) as row from liuhen.${table} t where acts > 0 order by 1`)).rows;
        return kept;
    };

    it('is what comes out when everything is counted anew', async () => {
        const kept = await rows(system.superPool);
        expect(kept.compliance_month).toHaveLength(3);
        for (const table of TABLES) expect(kept[table]).not.toEqual([]);
        await system.superPool.query('call liuhen.recount_compliance()');
        expect(await rows(system.superPool)).toEqual(kept);
    });

    it('moves an act to another month, officer, kind and verdict, and takes one away that is called off', async () => {
        const client = await system.superPool.connect();
        try {
            for (const change of [
                `verdict = 'pass', starts_at = ${Date.UTC(2026, 11, 31, 15, 59, 59)}`,
                `starts_at = ${Date.UTC(2026, 11, 31, 16)}, lead_id = null, scenario = 'hearing'`,
                `verdict = 'notApplicable'`,
                `verdict = 'needsReview', covered_ms = 7, interruptions = 3, gaps = '[{"state": "open"}, {"state": "exempt"}]'`,
            ]) {
                await client.query('begin');
                const changed = `update liuhen.act_judgement set version = version + 1, ${change} where lead_id = '${li}'`;
                expect((await client.query(changed)).rowCount).toBe(2);
                const kept = await rows(client);
                await client.query('call liuhen.recount_compliance()');
                expect(await rows(client)).toEqual(kept);
                await client.query('rollback');
            }
        } finally {
            client.release();
        }
    });
});
