import { BUILT_IN_YEARS, HOUR, type Id, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atTheSameTime } from '../../testing/at-the-same-time.ts';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { caseHandlers } from '../case/case.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { calendarFor } from './calendar.queries.ts';
import { parameterHandlers } from './parameter.routes.ts';

const handlersOf = (of: FeatureSystem) => ({
    ...parameterHandlers(of.services),
    ...caseHandlers(of.services),
    ...partyHandlers(of.services),
});

let system: FeatureSystem;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let district: TestOrganisation;
let other: TestOrganisation;
/** Of the district: the head of a section and both heads; of the city above it: its head. */
let [section, chief, agency, above]: TestOrganisation[] = [];

const head = async (of: TestOrganisation, name: string, ...roles: Role[]): Promise<TestOrganisation> => ({
    ...of,
    actor: (await buildPerson(system.services, of, { name, kind: 'staff', roles })).id,
    roles,
});

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    const found = async (code: string, name: string, kind: 'cityCommission' | 'districtInstitute', parentId?: Id) => {
        const parent = parentId === undefined ? {} : { parentId };
        const built = await buildOrganisation(system.services, { code, name, kind, ...parent });
        return { ...built, code, actor: built.systemAdmin.id };
    };
    const city = await found('310000', '市卫生健康委员会', 'cityCommission');
    district = await found('310115', '浦东新区卫生健康委员会监督所', 'districtInstitute', city.id);
    other = await found('310106', '静安区卫生健康委员会监督所', 'districtInstitute', city.id);
    section = await head(district, '韩科长', 'sectionHead');
    chief = await head(district, '梁所长', 'instituteHead');
    agency = await head(district, '钟主任', 'agencyHead');
    above = await head(city, '江主任', 'instituteHead');
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});
beforeEach(() => system.services.clock.advance(1_000));

const must = <T>(found: T | undefined): T => {
    if (found === undefined) throw new Error('not there');
    return found;
};
type Year = { year?: number; off: string[]; work?: string[] };
const propose = async (by: TestOrganisation | undefined, { year = 2027, off, work = [] }: Year): Promise<Id> => {
    const body = { year, off, work, source: '国务院办公厅通知', standing: 'verify' as const, reason: '通知已发' };
    return (await call('parameter.proposeYear', must(by), { body })).id;
};
const approve = (by: TestOrganisation | undefined, id: Id) => call('parameter.approve', must(by), { params: { id }, body: {} });
const refuse = (by: TestOrganisation | undefined, id: Id) =>
    call('parameter.refuse', must(by), { params: { id }, body: { why: '与通知不符' } });
const withdraw = (by: TestOrganisation | undefined, id: Id) =>
    call('parameter.withdraw', must(by), { params: { id }, body: { why: '另行提议' } });
const waiting = async (by: TestOrganisation | undefined) => (await call('parameter.proposals', must(by), { query: {} })).items;
const yearOf = async (year: number, of: TestOrganisation | undefined = chief) =>
    must((await call('parameter.calendar', must(of), { query: {} })).years.find((each) => each.year === year));
const counts = async (year: number, of = district) =>
    (await system.services.db.read({ readOrgs: [of.id] }, (db) => calendarFor(db, of.id))).get(year)?.off;
const entriesOf = async (id: Id): Promise<string[]> => {
    const { rows } = await system.superPool.query<{ kind: string }>(
        `select e.kind from ledger.object o join ledger.entry e on e.org_id = o.org_id and e.idx = o.idx
         where o.object_id = $1 order by o.seq`,
        [id],
    );
    return rows.map(({ kind }) => kind);
};

describe('a proposed year of the holiday calendar', () => {
    it('is refused at once where a day is of another year, or both off and worked', async () => {
        await expect(propose(section, { off: ['2026-12-31'] })).rejects.toMatchObject({ code: 'parameter.dayOfOtherYear' });
        const both = { off: ['2027-01-01'], work: ['2027-01-01'] };
        await expect(propose(section, both)).rejects.toMatchObject({ code: 'parameter.dayOffAndWorked' });
        expect(await waiting(chief)).toEqual([]);
    });

    it('counts once somebody else has approved it, with its days in order', async () => {
        const id = await propose(section, {
            off: ['2027-01-04', '2027-01-01', '2027-01-02', '2027-01-01'],
            work: ['2027-01-09'],
        });
        expect([await counts(2027), (await yearOf(2027)).inForce]).toEqual([undefined, null]);
        // The second of January is a Saturday, which is off in any case.
        const changes = { off: ['2027-01-01', '2027-01-04'], work: ['2027-01-09'] };
        expect(await waiting(chief)).toMatchObject([
            {
                about: 'year',
                year: 2027,
                present: null,
                changes,
                mayDecide: true,
                people: [{ name: '梁所长' }, { name: '钟主任' }],
            },
        ]);
        expect(await waiting(section)).toMatchObject([{ mayDecide: false, mayWithdraw: true }]);
        expect((await yearOf(2027)).proposals.map(({ state }) => state)).toEqual(['waiting']);
        const { id: entry } = await approve(chief, id);
        expect(await counts(2027)).toEqual(['2027-01-01', '2027-01-02', '2027-01-04']);
        const { inForce, rows, proposals } = await yearOf(2027);
        expect([inForce?.entry, inForce?.standing, proposals]).toEqual([entry, 'verify', []]);
        expect(rows.map(({ decidedBy, proposal, reason }) => [decidedBy.name, proposal?.by.name, reason])).toEqual([
            ['梁所长', '韩科长', '通知已发'],
        ]);
        expect([await waiting(chief), await entriesOf(id), await entriesOf(entry)]).toEqual([
            [],
            ['parameter.yearProposed', 'parameter.yearApproved'],
            ['parameter.yearApproved'],
        ]);
        expect(await counts(2027, other)).toBeUndefined();
        await expect(approve(agency, id)).rejects.toMatchObject({ code: 'parameter.proposalSettled' });
    });

    it('is approved by nobody who proposed it, whatever roles they hold', async () => {
        const both = { ...must(chief), roles: ['instituteHead', 'agencyHead'] as const };
        const id = await propose(both, { off: ['2027-01-01'] });
        await expect(approve(both, id)).rejects.toMatchObject({ code: 'parameter.ownProposal' });
        await expect(refuse(both, id)).rejects.toMatchObject({ code: 'parameter.ownProposal' });
        await withdraw(both, id);
    });

    it('is refused or taken back with a reason that stays to be read, and changes nothing', async () => {
        const before = await counts(2027);
        const [refused, back] = [
            await propose(section, { off: ['2027-05-03'] }),
            await propose(section, { off: ['2027-05-04'] }),
        ];
        await refuse(agency, refused);
        await expect(withdraw(chief, back)).rejects.toMatchObject({ code: 'parameter.notYourProposal' });
        await withdraw(section, back);
        expect(await counts(2027)).toEqual(before);
        expect((await yearOf(2027)).proposals.map(({ state, off, ended }) => [state, off, ended?.by.name, ended?.why])).toEqual([
            ['withdrawn', ['2027-05-04'], '韩科长', '另行提议'],
            ['refused', ['2027-05-03'], '钟主任', '与通知不符'],
            ['withdrawn', ['2027-01-01'], '梁所长', '另行提议'],
        ]);
        expect(await entriesOf(refused)).toEqual(['parameter.yearProposed', 'parameter.yearRefused']);
        expect(await entriesOf(back)).toEqual(['parameter.yearProposed', 'parameter.yearWithdrawn']);
    });

    it('is approved no more once another entry counts than the one it was compared with', async () => {
        const [first, second] = [
            await propose(section, { off: ['2027-01-01'] }),
            await propose(section, { off: ['2027-01-04'] }),
        ];
        const done = await atTheSameTime(system.services.database.superUrl, [
            () => approve(chief, first),
            () => approve(agency, second),
        ]);
        expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'parameter.changedSince' } });
        const [left] = await waiting(chief);
        await refuse(chief, must(left).id);
    });

    it('about one year does not stand in the way of another', async () => {
        const [first, second] = [
            await propose(section, { year: 2028, off: ['2028-01-03'] }),
            await propose(section, { year: 2029, off: ['2029-01-01'] }),
        ];
        await approve(chief, first);
        await approve(chief, second);
        expect([await counts(2028), await counts(2029)]).toEqual([['2028-01-03'], ['2029-01-01']]);
    });

    it('no year that counts is written without one, past the program neither', async () => {
        await expect(
            system.superPool.query(
                `insert into liuhen.holiday_year select gen_random_uuid(), org_id, version, command_id, 2040, off_days, work_days, source,
                    standing, decided_by, decided_at, null from liuhen.holiday_year limit 1`,
            ),
        ).rejects.toThrow(/holiday_year_approved/);
    });
});

describe('a change of a year that is in use', () => {
    const used = must(BUILT_IN_YEARS.find(({ year }) => year === 2026));

    it('says which days it moves, and moves the term of a case once it is approved', async () => {
        const officer = { ...district, actor: (await buildPerson(system.services, district, { name: '陈默' })).id };
        const party = await call('party.create', officer, { body: { name: '云汀游泳馆', kind: 'naturalPerson' } });
        const openedAt = system.services.clock.now() - HOUR;
        const { id } = await call('case.open', officer, {
            body: {
                procedure: 'licence',
                title: '云汀泳池卫生许可',
                source: 'application',
                openedAt,
                handlerIds: [officer.actor],
                partyId: party.id,
            },
        });
        // Received on Wednesday, 18 November: five working days to say what is missing (许可法 第32条).
        const lastDay = async () =>
            (await call('case.get', officer, { params: { id } })).countdowns.find(
                ({ key }) => key === 'deadline.licenceSupplement',
            )?.lastDay;
        expect(await lastDay()).toBe('2026-11-25');
        const changed = { off: [...used.off, '2026-11-20', '2026-11-23', '2026-11-03'], work: [...used.work, '2026-11-21'] };
        const proposal = await propose(section, { year: 2026, ...changed });
        expect(await waiting(chief)).toMatchObject([
            {
                present: used.source,
                changes: { off: ['2026-11-03', '2026-11-20', '2026-11-23'], work: ['2026-11-21'] },
            },
        ]);
        expect(await lastDay()).toBe('2026-11-25');
        await approve(agency, proposal);
        expect(await lastDay()).toBe('2026-11-26');
        const back = await propose(section, { year: 2026, off: [...used.off], work: [...used.work] });
        expect((await waiting(chief))[0]).toMatchObject({
            changes: { off: ['2026-11-21'], work: ['2026-11-03', '2026-11-20', '2026-11-23'] },
        });
        await refuse(chief, back);
        expect(await lastDay()).toBe('2026-11-26');
    });
});

describe('where nobody else within can approve a year', () => {
    it('an organisation above does, and the year counts below', async () => {
        const lone = await head(other, '孤所长', 'instituteHead');
        const id = await propose(lone, { off: ['2027-01-01'] });
        await expect(approve(chief, id)).rejects.toMatchObject({ code: 'parameter.proposalNotFound' });
        expect(await waiting(above)).toMatchObject([{ about: 'year', own: false, mayDecide: true }]);
        await approve(above, id);
        expect(await counts(2027, other)).toEqual(['2027-01-01']);
        const { rows } = await yearOf(2027, lone);
        expect(rows.map(({ decidedBy, proposal }) => [decidedBy.name, proposal?.approvedAbove])).toEqual([
            ['江主任', '市卫生健康委员会'],
        ]);
    });
});

describe('a year that was entered before approval was asked for', () => {
    it('keeps its standing and says so', async () => {
        // As it lay in the table before: a row that names no proposal, past what anything can write now.
        const client = await system.superPool.connect();
        await client.query('set session_replication_role = replica');
        await client.query('alter table liuhen.holiday_year drop constraint holiday_year_approved');
        await client.query(
            `insert into liuhen.holiday_year (id, org_id, version, command_id, year, off_days, work_days, source, standing, decided_by, decided_at)
             select gen_random_uuid(), org_id, 1, command_id, 2030, '["2030-01-01"]', '[]', '旧', 'verified', $1, 1
             from liuhen.holiday_year where org_id = $2 limit 1`,
            [must(chief).actor, district.id],
        );
        await client.query(
            'alter table liuhen.holiday_year add constraint holiday_year_approved check (proposal_id is not null) not valid',
        );
        const { inForce, rows } = await yearOf(2030, section);
        expect([inForce?.off, inForce?.standing, await counts(2030)]).toEqual([['2030-01-01'], 'verified', ['2030-01-01']]);
        expect(rows.map(({ decidedBy, proposal, reason }) => [decidedBy.name, proposal, reason])).toEqual([
            ['梁所长', null, null],
        ]);
        await client.query('delete from liuhen.holiday_year where year = 2030');
        client.release(true);
    });
});
