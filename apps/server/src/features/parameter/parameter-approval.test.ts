import { addDays, type Day, dayOf, type Id, type Instant, type Role, startOfDay } from '@liuhen/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atTheSameTime } from '../../testing/at-the-same-time.ts';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { endRole } from '../identity/role.commands.ts';
import { parameterAt } from './parameter.queries.ts';
import { parameterHandlers } from './parameter.routes.ts';

const KEY = 'act.documentToleranceSeconds' as const;

let system: FeatureSystem;
let call: ReturnType<typeof caller<keyof ReturnType<typeof parameterHandlers>>>;
let [city, district, other]: TestOrganisation[] = [];
/** Of the district: both heads, the head of a section; of the city: its head. */
let [section, chief, agency, above]: TestOrganisation[] = [];

const head = async (of: TestOrganisation, name: string, ...roles: Role[]): Promise<TestOrganisation> => ({
    ...of,
    actor: (await buildPerson(system.services, of, { name, kind: 'staff', roles })).id,
    roles,
});

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, parameterHandlers(system.services));
    const found = async (code: string, name: string, kind: 'cityCommission' | 'districtInstitute', parentId?: Id) => {
        const built = await buildOrganisation(system.services, {
            code,
            name,
            kind,
            ...(parentId === undefined ? {} : { parentId }),
        });
        return { ...built, code, actor: built.systemAdmin.id };
    };
    city = await found('310000', '市卫生健康委员会', 'cityCommission');
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
const now = (): Instant => system.services.clock.now();
const today = (): Day => dayOf(now());
const propose = async (by: TestOrganisation | undefined, value: number, from: Day | null = null): Promise<Id> =>
    (
        await call('parameter.propose', must(by), {
            body: { key: KEY, value, standing: 'own', basis: '本所规定', from, reason: '从严' },
        })
    ).id;
const approve = (by: TestOrganisation | undefined, id: Id) => call('parameter.approve', must(by), { params: { id }, body: {} });
const refuse = (by: TestOrganisation | undefined, id: Id, why = '理由不足') =>
    call('parameter.refuse', must(by), { params: { id }, body: { why } });
const withdraw = (by: TestOrganisation | undefined, id: Id) =>
    call('parameter.withdraw', must(by), { params: { id }, body: { why: '另行提议' } });
const waiting = async (by: TestOrganisation | undefined) => (await call('parameter.proposals', must(by), { query: {} })).items;
const inForce = (at: Instant = now(), of = district) =>
    system.services.db.read({ readOrgs: [must(of).id] }, (db) => parameterAt(db, must(of).id, KEY, at));
const item = async (of: TestOrganisation | undefined = chief) =>
    must((await call('parameter.list', must(of), { query: {} })).items.find(({ key }) => key === KEY));
const kinds = async (id: Id) =>
    (
        await system.services.db.read({ readOrgs: [must(district).id] }, (db) =>
            db
                .selectFrom('ledger.object')
                .select('idx')
                .where('org_id', '=', must(district).id)
                .where('object_id', '=', id)
                .orderBy('seq')
                .execute(),
        )
    ).length;

describe('a proposed change', () => {
    it('changes nothing until somebody else has approved it, and counts from then on', async () => {
        const id = await propose(section, 30);
        expect((await inForce()).value).toBe(60);
        expect(
            (await waiting(chief)).map(({ mayDecide, waitsFor, people }) => [
                mayDecide,
                waitsFor,
                people.map(({ name }) => name),
            ]),
        ).toEqual([[true, 'within', ['梁所长', '钟主任']]]);
        expect((await waiting(section))[0]).toMatchObject({ mayDecide: false, mayWithdraw: true, present: { value: 60 } });
        system.services.clock.advance(3_600_000);
        const before = now();
        await approve(chief, id);
        expect([(await inForce(before - 1)).value, (await inForce()).value, (await inForce()).from]).toEqual([60, 30, before]);
        expect(await waiting(chief)).toEqual([]);
        const { rows, proposals, decision } = await item();
        expect(rows.map(({ value, decidedBy, proposal }) => [value, proposal?.by.name, decidedBy.name])).toEqual([
            [30, '韩科长', '梁所长'],
        ]);
        expect([decision, proposals]).toEqual([rows[0]?.id, []]);
        expect(await kinds(id)).toBe(2);
        await expect(approve(agency, id)).rejects.toMatchObject({ code: 'parameter.proposalSettled' });
    });

    it('that loosens is refused at once, with its clause', async () => {
        await expect(propose(section, 61)).rejects.toMatchObject({ code: 'parameter.looser', params: { limit: 60 } });
        expect(await waiting(chief)).toEqual([]);
    });

    it('is approved by nobody who proposed it, whatever roles they hold', async () => {
        const both = { ...must(chief), roles: ['instituteHead', 'agencyHead'] as const };
        const id = await propose(both, 29);
        expect((await waiting(both))[0]).toMatchObject({ mayDecide: false, mayWithdraw: true });
        await expect(approve(both, id)).rejects.toMatchObject({ code: 'parameter.ownProposal' });
        await expect(refuse(both, id)).rejects.toMatchObject({ code: 'parameter.ownProposal' });
        // Past the program, too: the database keeps it.
        await expect(
            system.superPool.query(
                `update liuhen.parameter_proposal set state = 'approved', decided_by = proposed_by, decided_org_id = org_id,
                    decided_at = 1, version = version + 1 where id = $1`,
                [id],
            ),
        ).rejects.toThrow(/parameter_by_another/);
        await withdraw(both, id);
    });

    it('is refused or taken back with a reason that stays to be read, and changes nothing', async () => {
        const [refused, back] = [await propose(section, 20), await propose(section, 19)];
        await refuse(agency, refused);
        await expect(withdraw(chief, back)).rejects.toMatchObject({ code: 'parameter.notYourProposal' });
        await withdraw(section, back);
        await expect(withdraw(section, back)).rejects.toMatchObject({ code: 'parameter.proposalSettled' });
        expect((await inForce()).value).toBe(30);
        expect((await item()).proposals.map(({ state, ended }) => [state, ended?.by.name, ended?.why])).toEqual([
            ['withdrawn', '韩科长', '另行提议'],
            ['refused', '钟主任', '理由不足'],
            ['withdrawn', '梁所长', '另行提议'],
        ]);
        expect([await kinds(refused), await kinds(back)]).toEqual([2, 2]);
    });

    it('no row of what counts is written without one', async () => {
        await expect(
            system.superPool.query(
                `insert into liuhen.parameter select gen_random_uuid(), org_id, version, command_id, key, value, standing, basis,
                    from_at + 1, reason, decided_by, decided_at, null from liuhen.parameter limit 1`,
            ),
        ).rejects.toThrow(/parameter_approved/);
    });
});

describe('an approval looks once more', () => {
    it('at the day, which may be past by then', async () => {
        const id = await propose(section, 15, addDays(today(), 1));
        system.services.clock.advance(3 * 86_400_000);
        await expect(approve(chief, id)).rejects.toMatchObject({ code: 'parameter.rewritesHistory' });
        await refuse(chief, id);
        expect((await inForce()).value).toBe(30);
    });

    it('at what is in force, which another change may have moved', async () => {
        const day = addDays(today(), 5);
        const [first, second] = [await propose(section, 25, day), await propose(section, 28, day)];
        await approve(chief, first);
        await expect(approve(agency, second)).rejects.toMatchObject({ code: 'parameter.changedSince' });
        await refuse(agency, second);
        expect([(await inForce(startOfDay(day) - 1)).value, (await inForce(startOfDay(day))).value]).toEqual([30, 25]);
    });

    it('of two approved at the same time one counts', async () => {
        const ids = [await propose(section, 12), await propose(section, 11)];
        const done = await atTheSameTime(system.services.database.superUrl, [
            () => approve(chief, must(ids[0])),
            () => approve(agency, must(ids[1])),
        ]);
        expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        for (const { id } of await waiting(chief)) await refuse(chief, id);
    });
});

describe('where nobody else within can approve', () => {
    let lone: TestOrganisation;
    beforeAll(async () => {
        lone = await head(must(other), '孤所长', 'instituteHead');
    });

    it('an organisation above does, which both of them read; one beside does not', async () => {
        const id = await propose(lone, 40);
        expect((await waiting(lone)).map(({ waitsFor, above: names, mayDecide }) => [waitsFor, names, mayDecide])).toEqual([
            ['above', ['市卫生健康委员会'], false],
        ]);
        await expect(approve(lone, id)).rejects.toMatchObject({ code: 'parameter.ownProposal' });
        await expect(approve(chief, id)).rejects.toMatchObject({ code: 'parameter.proposalNotFound' });
        expect(await waiting(chief)).toEqual([]);
        expect((await waiting(above)).map(({ organisation, own, mayDecide }) => [organisation.name, own, mayDecide])).toEqual([
            ['静安区卫生健康委员会监督所', false, true],
        ]);
        await approve(above, id);
        expect((await inForce(now(), other)).value).toBe(40);
        expect((await inForce(now(), city)).value).toBe(60);
        expect((await item(lone)).rows.map(({ decidedBy, proposal }) => [decidedBy.name, proposal?.approvedAbove])).toEqual([
            ['江主任', '市卫生健康委员会'],
        ]);
    });

    it('and not where somebody within could', async () => {
        const id = await propose(section, 9);
        expect((await waiting(above)).some((each) => each.id === id)).toBe(false);
        await expect(approve(above, id)).rejects.toMatchObject({ code: 'parameter.decidedWithin' });
        await withdraw(section, id);
    });

    it('and where nobody above can either, it waits and says so', async () => {
        const id = await propose(above, 50);
        expect((await waiting(above)).map(({ waitsFor, mayDecide }) => [waitsFor, mayDecide])).toEqual([['nobody', false]]);
        await expect(approve(above, id)).rejects.toMatchObject({ code: 'parameter.ownProposal' });
        // Nor does anybody below, who reads no proposals of those above.
        await expect(approve(chief, id)).rejects.toMatchObject({ code: 'parameter.proposalNotFound' });
        expect((await waiting(chief)).some((each) => each.id === id)).toBe(false);
        const second = await head(must(city), '方委员', 'agencyHead');
        expect((await waiting(above))[0]).toMatchObject({ waitsFor: 'within', people: [{ name: '方委员' }] });
        const grant = must(
            (
                await system.services.db.read({ readOrgs: [must(city).id] }, (db) =>
                    db.selectFrom('role_grant').select('id').where('person_id', '=', second.actor).execute(),
                )
            )[0],
        );
        await endRole(system.services, must(city).as(must(city).securityAdmin), grant.id);
        expect((await waiting(above))[0]).toMatchObject({ waitsFor: 'nobody' });
        await withdraw(above, id);
    });
});

describe('what was entered before approval was asked for', () => {
    it('keeps its standing and says so', async () => {
        // As it lay in the table before: a row that names no proposal, past what anything can write now.
        const client = await system.superPool.connect();
        await client.query('set session_replication_role = replica');
        await client.query('alter table liuhen.parameter drop constraint parameter_approved');
        const { rows } = await client.query<{ id: Id }>(
            `insert into liuhen.parameter (id, org_id, version, command_id, key, value, standing, basis, from_at, reason, decided_by, decided_at)
             select gen_random_uuid(), org_id, 1, command_id, 'work.deadlineWarnDays', '5', 'own', '本所', 1, '旧', $1, 1
             from liuhen.parameter where org_id = $2 limit 1 returning id`,
            [must(chief).actor, must(district).id],
        );
        await client.query(
            'alter table liuhen.parameter add constraint parameter_approved check (proposal_id is not null) not valid',
        );
        const found = (await call('parameter.list', must(section), { query: {} })).items.find(
            ({ key }) => key === 'work.deadlineWarnDays',
        );
        expect([found?.value, found?.rows.map(({ id, proposal }) => [id, proposal])]).toEqual([5, [[rows[0]?.id, null]]]);
        await client.query('delete from liuhen.parameter where id = $1', [rows[0]?.id]);
        client.release(true);
    });
});
