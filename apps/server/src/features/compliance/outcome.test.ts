import { dayOf, type Id, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDepartment, buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { outcomeHandlers } from './outcome.routes.ts';

let system: FeatureSystem;
let city: TestOrganisation;
let district: TestOrganisation;
let head: TestOrganisation;
let zhang: TestOrganisation;
let wu: TestOrganisation;
let section: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof outcomeHandlers>>>;

const today = () => dayOf(system.services.clock.now());
const wish = (personId: Id | undefined, given: object = {}) => ({
    clause: 'A1-17-1',
    ...(personId === undefined ? {} : { personId }),
    happenedDay: '2026-11-02',
    facts: '现场检查未开启记录仪，共 25 分钟',
    kind: 'instruction' as const,
    decidedBy: '浦东新区监督所所务会',
    decidedDay: '2026-11-10',
    ...given,
});
const record = async (who: TestOrganisation, personId: Id | undefined, given: object = {}) =>
    (await call('outcome.record', who, { body: wish(personId, given) })).id;
const list = (who: TestOrganisation, query: object = {}) => call('outcome.list', who, { query });
const people = async (who: TestOrganisation, query: object = {}) =>
    (await list(who, query)).items.map(({ person }) => person?.name ?? null).toSorted();

/** 2026-11-18 by the test clock. */
beforeAll(async () => {
    system = await featureSystem();
    const { services } = system;
    const top = await buildOrganisation(services, { code: '310000', name: '市卫生健康委', kind: 'cityCommission' });
    city = { ...top, code: '310000', actor: top.systemAdmin.id, roles: ['inspector'] };
    const built = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所', parentId: top.id });
    const [first, second] = [
        await buildDepartment(services, built, '监督一科'),
        await buildDepartment(services, built, '监督二科'),
    ];
    const somebody = async (name: string, departmentId: Id, ...roles: Role[]): Promise<TestOrganisation> => ({
        ...built,
        code: '310115',
        roles,
        actor: (await buildPerson(services, built, { name, departmentId })).id,
    });
    zhang = await somebody('张明', first.id, 'officer');
    wu = await somebody('吴勇', second.id, 'officer');
    section = await somebody('许知夏', first.id, 'officer', 'sectionHead');
    head = await somebody('顾明之', second.id, 'instituteHead');
    district = head;
    call = caller(system, outcomeHandlers(services));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

describe('the register of what followed confirmed violations (附件1 第21条, 正文三(四))', () => {
    let ofZhang: Id;
    it('is entered with clause, facts and decision, and seen by whom it concerns, by heads and by inspectors', async () => {
        ofZhang = await record(head, zhang.actor, { paperNumber: '浦卫监〔2026〕8号' });
        await record(head, wu.actor, { kind: 'accountability', decidedDay: '2026-10-20', happenedDay: '2026-10-01' });
        await record(head, undefined, { clause: 'A1-14-1', facts: '未制定管理制度', decidedDay: today() });
        expect(await people(zhang)).toEqual(['张明']);
        expect(await people(wu)).toEqual(['吴勇']);
        expect(await people(section)).toEqual(['张明']);
        expect((await list(head)).items.map(({ person, article }) => [person?.name ?? null, article])).toEqual([
            [null, '附件1 第14条'],
            ['张明', '附件1 第17条(一)'],
            ['吴勇', '附件1 第17条(一)'],
        ]);
        expect(await people(city)).toHaveLength(3);
        expect((await list(wu)).total).toBe(1);
        const read = (who: TestOrganisation) => call('outcome.get', who, { params: { id: ofZhang } });
        expect(await read(zhang)).toMatchObject({ paperNumber: '浦卫监〔2026〕8号', mayChange: false, earlier: [] });
        expect((await read(head)).mayChange).toBe(true);
        expect((await read(city)).mayChange).toBe(false);
        await expect(read(wu)).rejects.toMatchObject({ code: 'outcome.notFound' });
        await expect(read({ ...zhang, actor: district.systemAdmin.id, roles: ['systemAdmin'] })).rejects.toMatchObject({
            code: 'outcome.notFound',
        });
    });

    it("refuses what was not decided yet, what binds nobody, one's own case and who is not here", async () => {
        const refused = async (who: TestOrganisation, personId: Id | undefined, given: object) =>
            record(who, personId, given).catch((error: { code: string }) => error.code);
        expect(await refused(head, zhang.actor, { decidedDay: '2026-11-19' })).toBe('outcome.inFuture');
        expect(await refused(head, zhang.actor, { happenedDay: '2026-11-11' })).toBe('outcome.decidedBefore');
        expect(await refused(head, zhang.actor, { clause: 'A2-7' })).toBe('outcome.clauseNotBinding');
        expect(await refused(head, zhang.actor, { kind: 'sanction' })).toBe('outcome.paperMissing');
        expect(await refused(head, head.actor, {})).toBe('outcome.ownCase');
        expect(await refused(head, city.actor, {})).toBe('person.notFound');
        expect(await refused(head, zhang.actor, { actId: zhang.actor })).toBe('act.notFound');
    });

    it('is corrected and taken back by entries of their own; what stood before stays to be read', async () => {
        const correct = (reason: string) =>
            call('outcome.correct', head, {
                params: { id: ofZhang },
                body: { ...wish(zhang.actor, { facts: '现场检查未开启记录仪，共 35 分钟' }), reason },
            });
        const { id } = await correct('时长有误');
        await expect(correct('再改一次')).rejects.toMatchObject({ code: 'outcome.ended' });
        const now = await call('outcome.get', zhang, { params: { id } });
        expect(now.earlier.map(({ facts, ended }) => [facts, ended?.as, ended?.why])).toEqual([
            ['现场检查未开启记录仪，共 25 分钟', 'replaced', '时长有误'],
        ]);
        expect((await call('outcome.get', zhang, { params: { id: ofZhang } })).replacedBy).toBe(id);
        expect((await list(zhang)).items.map((each) => each.id)).toEqual([id]);
        await call('outcome.withdraw', head, { params: { id }, body: { reason: '经复核不构成违反' } });
        expect((await list(zhang)).total).toBe(0);
        expect((await list(zhang, { state: 'ended' })).items.map(({ ended }) => ended?.as).toSorted()).toEqual([
            'replaced',
            'withdrawn',
        ]);
        await expect(
            call('outcome.withdraw', { ...city, roles: ['inspector'] }, { params: { id }, body: { reason: '越级' } }),
        ).rejects.toMatchObject({ code: 'outcome.notFound' });
    });

    it('is found by words, kind and days, read page by page, and counted by unit, kind and month', async () => {
        await record(head, zhang.actor, {
            kind: 'sanction',
            paperNumber: '浦卫处〔2026〕1号',
            decidedDay: '2026-10-31',
            happenedDay: '2026-10-02',
        });
        expect(await people(head, { q: 'zm' })).toEqual(['张明']);
        expect(await people(head, { q: '浦卫处' })).toEqual(['张明']);
        expect(await people(head, { kind: 'accountability' })).toEqual(['吴勇']);
        expect(await people(head, { from: '2026-10-20', to: '2026-10-31' })).toEqual(['吴勇', '张明']);
        const days: string[] = [];
        let cursor: string | undefined;
        do {
            const page = await list(head, { limit: 1, state: 'all', ...(cursor === undefined ? {} : { cursor }) });
            days.push(...page.items.map(({ decidedDay }) => decidedDay));
            cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(days).toEqual(['2026-11-18', '2026-11-10', '2026-11-10', '2026-10-31', '2026-10-20']);
        const report = await call('outcome.report', city, { query: { to: '2026-10-31' } });
        expect(report.months).toEqual([{ month: '2026-10', counts: { instruction: 0, accountability: 1, sanction: 1 } }]);
        expect(report.organisations.map(({ organisation, counts }) => [organisation.name, counts.sanction])).toEqual([
            ['市卫生健康委', 0],
            ['浦东新区监督所', 1],
        ]);
    });

    it('leaves entries of the log that say neither who nor what', async () => {
        const { rows } = await system.superPool.query(
            "select convert_from(b.body, 'utf8') as body from ledger.entry e join ledger.body b using (org_id, idx) where e.kind like 'outcome.%'",
        );
        expect(rows).toHaveLength(6);
        const all = rows.map(({ body }) => body).join('\n');
        for (const word of ['张明', zhang.actor, wu.actor, '记录仪', '浦卫监']) expect(all).not.toContain(word);
    });
});
