import { HOUR, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperIn } from '../../testing/case-papers.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { complaintHandlers } from '../complaint/complaint.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { taskHandlers } from './task.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let zhang: Id;
let li: Id;
let assistant: Id;
let clinic: Id;
let salon: Id;
const handlersOf = (of: FeatureSystem) => ({
    ...taskHandlers(of.services),
    ...actHandlers(of.services),
    ...complaintHandlers(of.services),
    ...parameterHandlers(of.services),
    ...partyHandlers(of.services),
});
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    li = await addPerson(system, pudong, '李岚', 'officer');
    assistant = await addPerson(system, pudong, '吴勇', 'assistant');
    clinic = await party('阳光口腔门诊部', '91350100M000100Y43', '世纪大道 1 号');
    salon = await party('云裳美发店', undefined, '张杨路 5 号');
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const party = async (name: string, creditCode: string | undefined, address: string, who = pudong): Promise<Id> =>
    (
        await call('party.create', who, {
            body: { name, kind: creditCode === undefined ? 'naturalPerson' : 'organisation', creditCode, address },
        })
    ).id;
const create = async (more: object = {}): Promise<Id> =>
    (
        await call('task.create', pudong, {
            body: { origin: 'ownPlan', title: '日常检查', partyId: clinic, dueDay: '2026-11-30', ...more },
        })
    ).id;
const get = (id: Id) => call('task.get', pudong, { params: { id } });
const assign = (id: Id, officerIds: Id[], reason?: string) =>
    call('task.assign', pudong, { params: { id }, body: { officerIds, ...(reason === undefined ? {} : { reason }) } });
const newAct = async (partyId: Id): Promise<Id> =>
    (
        await call('act.create', pudong, {
            body: {
                scenario: 'routineInspection',
                place: '世纪大道 1 号',
                partyId,
                startsAt: TEST_NOW - 2 * HOUR,
                endsAt: TEST_NOW - HOUR,
                participants: [{ personId: zhang, part: 'officer' }],
            },
        })
    ).id;

describe('a task', () => {
    it('goes from open over assigned and started to done', async () => {
        const id = await create();
        expect(await get(id)).toMatchObject({ number: '310115-RW-2026-000001', state: 'open', daysLeft: 12, officers: [] });
        await assign(id, [zhang, li]);
        expect((await get(id)).officers.map((each) => each.name)).toEqual(['张明', '李岚']);
        const finish = () => call('task.finish', pudong, { params: { id }, body: { result: 'nothingFound' } });
        await expect(finish()).rejects.toMatchObject({ code: 'task.wrongState' });
        const elsewhere = await newAct(salon);
        const start = (actId: Id) => call('task.start', pudong, { params: { id }, body: { actId } });
        await expect(start(elsewhere)).rejects.toMatchObject({ code: 'task.otherParty' });
        const act = await newAct(clinic);
        await start(act);
        await expect(start(act)).rejects.toMatchObject({ code: 'task.actTaken', params: { number: '310115-RW-2026-000001' } });
        expect(await get(id)).toMatchObject({ state: 'started', acts: [{ id: act, state: 'open' }] });
        await finish();
        expect(await get(id)).toMatchObject({ state: 'done', result: 'nothingFound', daysLeft: null });
        await expect(assign(id, [zhang, li])).rejects.toMatchObject({ code: 'task.wrongState' });
    });

    it('may be of a scenario that the organisation has added, and of no other', async () => {
        const own = create({ scenario: 'own.应急处置' });
        await expect(own).rejects.toMatchObject({ code: 'act.scenarioUnknown', params: { scenario: '应急处置' } });
        const body = { value: ['应急处置｜应当'], standing: 'own' as const, basis: '本机构', from: '2026-11-18', reason: '增设' };
        await setParameter(call, pudong, { key: 'act.addedScenarios', ...body });
        const id = await create({ scenario: 'own.应急处置' });
        expect(await get(id)).toMatchObject({ scenario: 'own.应急处置' });
    });

    it('is started by the act that is created for it, or neither happens', async () => {
        const id = await create();
        const actFor = (partyId: Id) =>
            call('act.create', pudong, {
                body: {
                    taskId: id,
                    scenario: 'routineInspection',
                    place: '世纪大道 1 号',
                    partyId,
                    startsAt: TEST_NOW - 2 * HOUR,
                    endsAt: TEST_NOW - HOUR,
                    participants: [{ personId: zhang, part: 'officer' }],
                },
            });
        const acts = async () => (await call('act.list', pudong, { query: { limit: 1 } })).total;
        const before = await acts();
        await expect(actFor(clinic)).rejects.toMatchObject({ code: 'task.wrongState' });
        await assign(id, [zhang, li]);
        await expect(actFor(salon)).rejects.toMatchObject({ code: 'task.otherParty' });
        expect(await acts()).toBe(before);
        const act = await actFor(clinic);
        expect(await get(id)).toMatchObject({ state: 'started', startedAt: TEST_NOW, acts: [{ id: act.id, state: 'open' }] });
        await expect(call('task.start', pudong, { params: { id }, body: { actId: act.id } })).rejects.toMatchObject({
            code: 'task.actTaken',
        });
    });

    it('is given to two certified officers at least (行政处罚法 第42条)', async () => {
        const id = await create();
        await expect(assign(id, [zhang])).rejects.toMatchObject({ code: 'task.needsTwoOfficers' });
        await expect(assign(id, [zhang, zhang])).rejects.toMatchObject({ code: 'task.officerTwice' });
        await expect(assign(id, [zhang, assistant])).rejects.toMatchObject({ code: 'act.officerNeedsCertificate' });
        await expect(assign(id, [zhang, salon])).rejects.toMatchObject({ code: 'person.notFound' });
        await assign(id, [zhang, li]);
        await assign(id, [li, pudong.actor]);
        expect((await get(id)).officers.map((each) => each.name)).toEqual(['李岚', '陈默']);
    });

    it('is created with its people, assistants among them; never with assistants alone', async () => {
        const id = await create({ officerIds: [zhang, li], assistantIds: [assistant] });
        expect(await get(id)).toMatchObject({
            state: 'assigned',
            officers: [{ name: '张明' }, { name: '李岚' }],
            assistants: [{ name: '吴勇' }],
        });
        await expect(create({ assistantIds: [assistant] })).rejects.toMatchObject({ code: 'task.needsTwoOfficers' });
        await expect(create({ officerIds: [zhang, li], assistantIds: [pudong.actor] })).rejects.toMatchObject({
            code: 'task.notAssistant',
        });
    });

    it('takes assistants along, who never count towards the two', async () => {
        const id = await create();
        const give = (officerIds: Id[], assistantIds: Id[]) =>
            call('task.assign', pudong, { params: { id }, body: { officerIds, assistantIds } });
        await expect(give([zhang], [assistant])).rejects.toMatchObject({ code: 'task.needsTwoOfficers' });
        await expect(give([zhang, li], [pudong.actor])).rejects.toMatchObject({ code: 'task.notAssistant' });
        await give([zhang, li], [assistant]);
        const named = async () => {
            const { officers, assistants } = await get(id);
            return [officers, assistants].map((of) => of.map((each) => each.name));
        };
        expect(await named()).toEqual([['张明', '李岚'], ['吴勇']]);
        expect((await call('task.list', pudong, { query: {} })).items.find((each) => each.id === id)).toMatchObject({
            assistants: [{ name: '吴勇' }],
        });
        await give([zhang, li], []);
        expect(await named()).toEqual([['张明', '李岚'], []]);
    });

    it('is returned with a reason, and taken up again', async () => {
        const id = await create({ partyId: undefined, place: '川沙路 8 号', officerIds: [zhang, li] });
        await call('task.return', pudong, { params: { id }, body: { reason: '已搬离，无法联系' } });
        expect(await get(id)).toMatchObject({ state: 'returned', returnReason: '已搬离，无法联系' });
        await call('task.reopen', pudong, { params: { id }, body: { reason: '找到新址' } });
        expect(await get(id)).toMatchObject({ state: 'assigned', returnReason: null });
        await expect(create({ partyId: undefined })).rejects.toMatchObject({ code: 'task.nothingToInspect' });
        await expect(create({ dueDay: '2026-11-17' })).rejects.toMatchObject({ code: 'task.dueInPast' });
        await expect(call('task.get', jingan, { params: { id } })).rejects.toMatchObject({ code: 'task.notFound' });
    });

    it('comes from a complaint or follows an act', async () => {
        const complaint = await call('complaint.register', pudong, {
            body: {
                channel: 'phone',
                receivedAt: TEST_NOW - HOUR,
                subject: '反映卫生状况差',
                content: '反映卫生状况差',
                replyRequested: false,
                confidential: false,
            },
        });
        const id = await create({ origin: 'complaint', complaintId: complaint.id });
        expect(await get(id)).toMatchObject({ scenario: 'complaintHandling', complaint: { number: '310115-TS-2026-000001' } });
        const followUp = await create({ origin: 'followUp', afterActId: await newAct(clinic) });
        expect((await get(followUp)).afterAct).not.toBeNull();
        await expect(create({ origin: 'complaint', complaintId: clinic })).rejects.toMatchObject({ code: 'complaint.notFound' });
    });

    it('looks again after an opinion that was handed over, by the day it names (复查)', async () => {
        const actId = await newAct(clinic);
        const opinion = async (state: 'draft' | 'issued') =>
            (await paperIn(system, pudong, { type: 'supervisionOpinion', state, actId, partyId: clinic })).id;
        const draft = await opinion('draft');
        const followUp = (afterDocumentId: Id) => create({ origin: 'followUp', afterDocumentId, title: '复查' });
        await expect(followUp(draft)).rejects.toMatchObject({ code: 'task.nothingToFollow' });
        await expect(followUp(clinic)).rejects.toMatchObject({ code: 'document.notFound' });
        const issued = await opinion('issued');
        const id = await followUp(issued);
        expect(await get(id)).toMatchObject({
            origin: 'followUp',
            afterAct: { id: actId },
            afterDocument: { id: issued, type: 'supervisionOpinion', number: null },
        });
        const { items } = await call('task.list', pudong, { query: { afterDocumentId: issued } });
        expect(items.map((each) => each.id)).toEqual([id]);
    });

    it('changes one person at a time', async () => {
        const id = await create();
        const change = (version: number) =>
            call('task.update', pudong, {
                params: { id },
                body: { title: '专项检查', partyId: salon, dueDay: '2026-12-01', version },
            });
        expect(await change(1)).toEqual({ version: 2 });
        await expect(change(1)).rejects.toMatchObject({ code: 'conflict.changedMeanwhile' });
        expect(await get(id)).toMatchObject({ title: '专项检查', party: { name: '云裳美发店' } });
    });
});

it('the list has what is late first, counts what there is, and knows mine', async () => {
    const make = async (title: string, dueDay: string, officerIds?: Id[]) =>
        (
            await call('task.create', jingan, {
                body: {
                    origin: 'ownPlan',
                    title,
                    place: '南京西路',
                    dueDay,
                    ...(officerIds === undefined ? {} : { officerIds }),
                },
            })
        ).id;
    const other = await addPerson(system, jingan, '周青', 'officer');
    await make('后到期', '2026-12-20');
    await make('先到期', '2026-11-19', [jingan.actor, other]);
    const ended = await make('退回', '2026-11-20');
    await call('task.return', jingan, { params: { id: ended }, body: { reason: '重复' } });
    system.services.clock.advance(2 * 24 * HOUR);
    const list = async (query: object) => call('task.list', jingan, { query });
    const titles = async (query: object) => (await list(query)).items.map((each) => each.title);
    expect((await list({})).counts).toEqual({ pending: 2, late: 1, soon: 0, ended: 1 });
    expect(await titles({ state: 'pending' })).toEqual(['先到期', '后到期']);
    expect(await titles({ due: 'late' })).toEqual(['先到期']);
    expect(await titles({ whose: 'me' })).toEqual(['先到期']);
    expect(await titles({ q: 'hdq' })).toEqual(['后到期']);
    const first = await list({ limit: 1 });
    expect((await list({ limit: 1, cursor: first.next ?? '' })).items.map((each) => each.title)).toEqual(['退回']);
    system.services.clock.advance(-2 * 24 * HOUR);
});

describe('a list from a platform', () => {
    const rows = [
        { externalId: 'A-1', partyName: '随便写的名称', creditCode: '91350100m000100y43', title: '公共场所抽查' },
        { externalId: 'A-2', partyName: '云裳美发店', address: '张杨路5号', dueDay: '2026年12月5日' },
        { externalId: 'A-3', partyName: '云裳美发店', address: '别处', scenario: 'routineInspection' },
        { externalId: 'A-4', partyName: '没有登记过的店' },
        { externalId: 'A-4', partyName: '云裳美发店' },
        { partyName: '云裳美发店', dueDay: '2026-13-01' },
        { externalId: 'A-7', creditCode: '91350100M000100Y44' },
    ];
    const list = { origin: 'nationalPlatform' as const, source: '2026 年国家双随机任务（第二批）', dueDay: '2026-12-31' };
    const receive = (more: object = {}, commandId?: Id) =>
        call('taskImport.receive', pudong, { body: { ...list, rows, ...more } }, commandId);
    const rowsOf = async (id: Id) => (await call('taskImport.get', pudong, { params: { id } })).rows;

    it('is previewed, matched by people, and drops nothing', async () => {
        const { id, counts } = await receive();
        expect(counts).toMatchObject({ matched: 2, proposed: 1, unmatched: 1, faulty: 3, applied: 0 });
        const seen = await rowsOf(id);
        expect(seen.map((row) => [row.state, row.party?.name ?? null, row.faults, row.dueDay])).toEqual([
            ['matched', '阳光口腔门诊部', [], '2026-12-31'],
            ['matched', '云裳美发店', [], '2026-12-05'],
            ['proposed', '云裳美发店', [], '2026-12-31'],
            ['unmatched', null, [], '2026-12-31'],
            ['faulty', null, ['externalIdTwice'], '2026-12-31'],
            ['faulty', null, ['externalIdMissing', 'dueDayWrong'], null],
            ['faulty', null, ['creditCodeWrong'], '2026-12-31'],
        ]);
        expect(seen.map((row) => row.given)).toEqual(rows);
        const idOf = (place: number) => seen[place - 1]?.id ?? '';
        const match = (place: number, partyId: Id) =>
            call('taskImport.match', pudong, { params: { id: idOf(place) }, body: { partyId } });
        await match(4, salon);
        await expect(match(5, salon)).rejects.toMatchObject({ code: 'task.rowFaulty' });
        await call('taskImport.skip', pudong, { params: { id: idOf(3) }, body: { reason: '与第 2 条重复' } });
        await expect(match(3, salon)).rejects.toMatchObject({ code: 'task.rowDone' });
        expect(await call('taskImport.apply', pudong, { params: { id } })).toEqual({ created: 3, changed: 0 });
        await expect(call('taskImport.apply', pudong, { params: { id } })).rejects.toMatchObject({ code: 'task.nothingToApply' });
        const done = await rowsOf(id);
        expect(done.map((row) => row.state)).toEqual(['applied', 'applied', 'skipped', 'applied', 'faulty', 'faulty', 'faulty']);
        expect(await get(done[0]?.task?.id ?? '')).toMatchObject({
            origin: 'nationalPlatform',
            externalId: 'A-1',
            scenario: 'doubleRandomInspection',
            title: '公共场所抽查',
            state: 'open',
        });
    });

    it('comes as a file, too', async () => {
        const content = (text: string) => Buffer.from(text).toString('base64');
        const receiveFile = (text: string) =>
            call('taskImport.receiveFile', pudong, {
                body: {
                    origin: 'cityPlatform',
                    source: '市级专项',
                    fileName: '清单.csv',
                    content: content(text),
                    dueDay: '2026-12-31',
                },
            });
        await expect(receiveFile('甲,乙\n1,2\n')).rejects.toMatchObject({ code: 'task.listNoColumns' });
        await expect(receiveFile('任务编号,单位名称\n')).rejects.toMatchObject({ code: 'table.empty' });
        const { id, counts } = await receiveFile(
            '任务编号;单位名称;地址;抽查事项\nS-1;云裳美发店;张杨路5号;水质\nS-2;"没有;的店";;\n',
        );
        expect(counts).toMatchObject({ matched: 1, unmatched: 1 });
        expect((await rowsOf(id)).map((row) => row.given)).toEqual([
            { externalId: 'S-1', partyName: '云裳美发店', address: '张杨路5号', note: '抽查事项：水质' },
            { externalId: 'S-2', partyName: '没有;的店' },
        ]);
    });

    it('that comes again makes no task twice and says what changed', async () => {
        const before = (await call('task.list', pudong, { query: { origin: 'nationalPlatform' } })).total;
        const again = [
            rows[0],
            { ...rows[1], dueDay: '2026-12-08' },
            { externalId: 'A-9', partyName: '云裳美发店', address: '张杨路5号' },
        ];
        const { id, counts } = await receive({ rows: again, apply: true });
        expect(counts).toMatchObject({ known: 1, changed: 1, applied: 1 });
        expect(await call('taskImport.apply', pudong, { params: { id } })).toEqual({ created: 0, changed: 1 });
        const { items, total } = await call('task.list', pudong, { query: { origin: 'nationalPlatform', q: 'A-2' } });
        expect([total, items[0]?.dueDay]).toEqual([1, '2026-12-08']);
        expect((await call('task.list', pudong, { query: { origin: 'nationalPlatform' } })).total).toBe(before + 1);
        const commandId = system.services.clock.newId();
        expect(await receive({ apply: true }, commandId)).toEqual(await receive({ apply: true }, commandId));
        const two = await Promise.all([1, 2].map(() => receive({ rows: [{ ...rows[1], externalId: 'B-1' }], apply: true })));
        expect(two.map((each) => each.counts.applied + each.counts.known)).toEqual([1, 1]);
        expect((await call('task.list', pudong, { query: { q: 'B-1' } })).total).toBe(1);
        expect((await call('taskImport.list', pudong, { query: { limit: 2 } })).items).toHaveLength(2);
    });
});

it('a plan is drafted, handed in, approved by somebody else, and published', async () => {
    const { id } = await call('plan.draft', pudong, { body: { year: 2027, title: '2027 年卫生监督检查计划' } });
    const of = (who = pudong) => ({ ...who });
    const items = [
        { subject: '公共场所', grade: 'B', take: { permille: 300 }, timesPerYear: 1 },
        { subject: '口腔诊所', take: { number: 20 }, timesPerYear: 2, note: '含新发证单位' },
    ];
    await expect(call('plan.submit', pudong, { params: { id }, body: { version: 1 } })).rejects.toMatchObject({
        code: 'plan.empty',
    });
    const change = (version: number, more: object[] = items) =>
        call('plan.update', pudong, {
            params: { id },
            body: { title: '2027 年卫生监督检查计划', items: more as typeof items, version },
        });
    expect(await change(1)).toEqual({ version: 2 });
    const plan = await call('plan.get', pudong, { params: { id } });
    const kept = plan.items.map(({ tasks: _, done: __, ...item }) => item);
    expect(await change(2, kept)).toEqual({ version: 3 });
    expect((await call('plan.get', pudong, { params: { id } })).items.map((each) => each.id)).toEqual(
        kept.map((each) => each.id),
    );
    await call('plan.submit', pudong, { params: { id }, body: { version: 3 } });
    await expect(change(4)).rejects.toMatchObject({ code: 'plan.wrongState' });
    const approve = (who: TestOrganisation, body: object) =>
        call('plan.approve', who, { params: { id }, body: body as { version: number } });
    await expect(approve(of(), { version: 4 })).rejects.toMatchObject({ code: 'plan.ownWork' });
    const head = { ...pudong, actor: li };
    await expect(approve(head, { version: 3 })).rejects.toMatchObject({ code: 'conflict.changedMeanwhile' });
    await approve(head, { version: 4, sendBack: '请补充频次依据' });
    await call('plan.submit', pudong, { params: { id }, body: { version: 5 } });
    await approve(head, { version: 6 });
    const publish = (day: string) => call('plan.publish', pudong, { params: { id }, body: { day, where: '本机构网站' } });
    await expect(publish('2026-11-19')).rejects.toMatchObject({ code: 'plan.publishedInFuture' });
    await publish('2026-11-18');
    const item = kept[0]?.id ?? '';
    await create({ planItemId: item });
    expect(await call('plan.get', pudong, { params: { id } })).toMatchObject({
        state: 'published',
        approvedBy: { name: '李岚' },
        publishedDay: '2026-11-18',
        items: [{ tasks: 1, done: 0 }, { tasks: 0 }],
    });
    expect((await call('plan.list', pudong, {})).items.map((each) => each.state)).toEqual(['published']);
});
