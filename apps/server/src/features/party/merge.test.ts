import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { actHandlers } from '../act/act.routes.ts';
import { caseHandlers } from '../case/case.routes.ts';
import { complaintHandlers } from '../complaint/complaint.routes.ts';
import { documentHandlers } from '../document/document.routes.ts';
import { ledgerHandlers } from '../ledger/ledger.routes.ts';
import { taskHandlers } from '../task/task.routes.ts';
import { partyHandlers } from './party.routes.ts';

let system: FeatureSystem;
let chen: TestOrganisation;
let zhang: TestOrganisation;
let jingan: TestOrganisation;
type Called =
    | 'act.create'
    | 'act.get'
    | 'act.update'
    | 'ledger.list'
    | 'complaint.register'
    | 'document.create'
    | 'document.get'
    | 'task.create'
    | 'task.update'
    | 'avoidance.declare'
    | 'case.open';
let call: ReturnType<typeof caller<keyof ReturnType<typeof partyHandlers> | Called>>;

beforeAll(async () => {
    system = await featureSystem();
    chen = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    zhang = { ...chen, actor: await addPerson(system, chen, '张明', 'officer') };
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    const { services } = system;
    call = caller(system, {
        ...partyHandlers(services),
        ...actHandlers(services),
        ...ledgerHandlers(services),
        ...complaintHandlers(services),
        ...documentHandlers(services),
        ...taskHandlers(services),
        ...caseHandlers(services),
    });
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const make = async (name: string) => (await call('party.create', chen, { body: { name, kind: 'naturalPerson' } })).id;
const get = (id: Id) => call('party.get', chen, { params: { id } });
const names = async (q: string) => (await call('party.list', chen, { query: { q } })).items.map((each) => each.name);
const refusal = (work: Promise<unknown>, code: string, params: object = {}) =>
    expect(work).rejects.toMatchObject({ code, params });

const addPremises = async (partyId: Id, name: string) =>
    (await call('party.addPremises', chen, { params: { id: partyId }, body: { name, address: `${name} 1 号` } })).id;

async function visit(partyId: Id, premisesId?: Id): Promise<Id> {
    const startsAt = Date.parse('2026-10-08T10:00:00+08:00');
    const body = {
        scenario: 'routineInspection' as const,
        partyId,
        place: '现场',
        startsAt,
        endsAt: startsAt + 3_600_000,
        participants: [chen, zhang].map(({ actor }) => ({ personId: actor, part: 'officer' as const })),
        ...(premisesId === undefined ? {} : { premisesId }),
    };
    return (await call('act.create', chen, { body })).id;
}

/** A duplicate with an act at its premises, a site, a licence and an earlier name; and its survivor with an act. */
async function pair(name: string) {
    const survivorId = await make(`${name}诊所`);
    const duplicateId = await make(`${name}门诊部`);
    const premisesId = await addPremises(duplicateId, `${name}大厦`);
    await call('party.addSite', chen, { params: { id: premisesId }, body: { name: `${name}药房` } });
    const licence = { speciality: 'medicalInstitution', number: `证 ${name}`, state: 'valid' } as const;
    await call('party.addLicence', chen, { params: { id: duplicateId }, body: licence });
    const actId = await visit(duplicateId, premisesId);
    await visit(survivorId);
    return { survivorId, duplicateId, premisesId, actId };
}

const propose = async (duplicateId: Id, survivorId: Id, who = chen) =>
    (await call('party.proposeMerge', who, { body: { duplicateId, survivorId, reason: '同一家，登记两次' } })).id;
const preview = (id: Id, survivorId: Id) => call('party.previewMerge', chen, { params: { id }, query: { survivorId } });
const confirm = async (id: Id, duplicateId: Id, survivorId: Id, who = zhang) => {
    const { moves } = await preview(duplicateId, survivorId);
    return call('party.confirmMerge', who, { params: { id }, body: { version: 1, seen: moves } });
};
const undo = (id: Id, version = 2) => call('party.undoMerge', chen, { params: { id }, body: { version, reason: '原来是两家' } });

describe('a merger of duplicates', () => {
    it('moves everything once another person has confirmed, and hides the duplicate from lists', async () => {
        const { survivorId, duplicateId, premisesId, actId } = await pair('安和');
        const { duplicate, survivor, moves } = await preview(duplicateId, survivorId);
        expect([duplicate.name, survivor.name]).toEqual(['安和门诊部', '安和诊所']);
        expect(moves).toEqual({
            acts: 1,
            recordings: 0,
            premises: 1,
            sites: 1,
            licences: 1,
            documents: 0,
            cases: 0,
            complaints: 0,
            tasks: 0,
        });
        const id = await propose(duplicateId, survivorId);
        await refusal(confirm(id, duplicateId, survivorId, chen), 'party.mergeSamePerson');
        expect(await get(duplicateId)).toMatchObject({ state: 'active', mergedInto: null });
        expect(await confirm(id, duplicateId, survivorId)).toEqual({ version: 2 });

        const after = await get(survivorId);
        expect(after).toMatchObject({
            actCount: 2,
            mergedFrom: [{ id: duplicateId, name: '安和门诊部' }],
            premises: [{ id: premisesId, sites: [{ name: '安和药房' }] }],
            licences: [{ number: '证 安和' }],
        });
        expect(await call('act.get', chen, { params: { id: actId } })).toMatchObject({ party: { id: survivorId } });
        expect(await get(duplicateId)).toMatchObject({
            state: 'merged',
            mergedInto: { id: survivorId, name: '安和诊所' },
            actCount: 0,
            premises: [],
        });
        for (const q of ['安和门诊部', 'ahmzb', '安和药房', '证 安和']) expect([q, await names(q)]).toEqual([q, ['安和诊所']]);
        const merged = await call('party.list', chen, { query: { q: '安和门诊部', state: 'merged' } });
        expect(merged.items.map((each) => each.id)).toEqual([duplicateId]);
        const timeline = async (partyId: Id) =>
            (await call('party.timeline', chen, { query: { partyId, kind: 'merge' } })).items.map((each) => [
                each.title,
                each.state,
                each.linkId,
            ]);
        expect(await timeline(survivorId)).toEqual([['安和门诊部', 'took', duplicateId]]);
        expect(await timeline(duplicateId)).toEqual([['安和诊所', 'became', survivorId]]);
        const trace = await call('ledger.list', chen, { query: { objectId: actId } });
        expect(trace.items.map((each) => each.kind)).toEqual(['party.mergeConfirmed', 'act.created']);
    });

    it('takes documents and complaints along; the timeline never says who complained or what about', async () => {
        const [survivorId, duplicateId] = [await make('回声诊所'), await make('回声门诊部')];
        const document = { type: 'supervisionOpinion', title: '回声意见书', partyId: duplicateId } as const;
        const documentId = (await call('document.create', chen, { body: document })).id;
        const complaint = {
            channel: 'phone' as const,
            receivedAt: Date.parse('2026-11-17T09:00:00+08:00'),
            subject: '王某某家的楼下有异味',
            content: '举报人称诊所排放异味',
            partyId: duplicateId,
            replyRequested: false,
            confidential: true,
            identity: { name: '王举报' },
        };
        const complaintId = (await call('complaint.register', chen, { body: complaint })).id;
        const timeline = async (partyId: Id) => (await call('party.timeline', chen, { query: { partyId } })).items;
        const before = await timeline(duplicateId);
        expect(before.map((each) => [each.kind, each.linkId, each.state])).toEqual([
            ['document', documentId, 'draft'],
            ['complaint', complaintId, 'registered'],
        ]);
        expect(before[0]).toMatchObject({ title: 'supervisionOpinion', detail: '回声意见书' });
        expect(JSON.stringify(before)).not.toMatch(/王|异味/);
        expect((await preview(duplicateId, survivorId)).moves).toMatchObject({ documents: 1, complaints: 1 });
        const id = await propose(duplicateId, survivorId);
        await confirm(id, duplicateId, survivorId);
        expect((await timeline(survivorId)).map((each) => each.kind)).toEqual(['merge', 'document', 'complaint']);
        await undo(id);
        expect((await timeline(survivorId)).map((each) => each.kind)).toEqual(['merge']);
        expect((await timeline(duplicateId)).map((each) => each.kind)).toEqual(['merge', 'document', 'complaint']);
    });

    it('leaves the merged party readable and unchangeable', async () => {
        const { survivorId, duplicateId } = await pair('远望');
        await confirm(await propose(duplicateId, survivorId), duplicateId, survivorId);
        const merged = ['party.merged', { name: '远望门诊部', survivor: '远望诊所' }] as const;
        const body = { name: '改名', kind: 'naturalPerson', state: 'active', version: 4 } as const;
        await refusal(call('party.update', chen, { params: { id: duplicateId }, body }), ...merged);
        await refusal(addPremises(duplicateId, '新楼'), ...merged);
        await refusal(visit(duplicateId), ...merged);
        await refusal(propose(duplicateId, survivorId), ...merged);
        await refusal(propose(survivorId, duplicateId), ...merged);
        await refusal(preview(duplicateId, survivorId), ...merged);
        expect((await call('party.duplicates', chen, { params: { id: duplicateId } })).items).toEqual([]);
    });

    it('lets nothing new be made for the merged party, and names whom it was merged into', async () => {
        const { survivorId, duplicateId, actId } = await pair('栖霞');
        await confirm(await propose(duplicateId, survivorId), duplicateId, survivorId);
        const merged = ['party.merged', { name: '栖霞门诊部', survivor: '栖霞诊所' }] as const;
        const complaint = {
            channel: 'phone' as const,
            receivedAt: Date.parse('2026-11-17T09:00:00+08:00'),
            subject: '异味',
            content: '异味',
            replyRequested: false,
            confidential: false,
        };
        const task = { origin: 'ownPlan' as const, title: '日常检查', dueDay: '2026-11-30' };
        const penalty = {
            procedure: 'penalty' as const,
            title: '栖霞诊所未消毒案',
            source: 'inspection' as const,
            graveHarm: false,
            openedAt: Date.parse('2026-11-17T09:00:00+08:00'),
            handlerIds: [chen.actor, zhang.actor],
        };
        const attempts = (partyId: Id) => [
            () => call('complaint.register', chen, { body: { ...complaint, partyId } }),
            () => call('task.create', chen, { body: { ...task, partyId } }),
            () => call('case.open', chen, { body: { ...penalty, partyId } }),
            () => call('document.create', chen, { body: { type: 'supervisionOpinion', title: '意见书', partyId } }),
            () => call('avoidance.declare', chen, { body: { personId: chen.actor, partyId } }),
        ];
        for (const attempt of attempts(duplicateId)) await refusal(attempt(), ...merged);
        for (const attempt of attempts(survivorId)) await attempt();
        const { id } = await call('task.create', chen, { body: { ...task, partyId: survivorId } });
        await refusal(
            call('task.update', chen, { params: { id }, body: { ...task, partyId: duplicateId, version: 1 } }),
            ...merged,
        );
        // What hung on it hangs on the survivor: an act of before leads there by itself.
        const document = { type: 'supervisionOpinion', title: '意见书', actId } as const;
        const { id: documentId } = await call('document.create', chen, { body: document });
        expect(await call('document.get', chen, { params: { id: documentId } })).toMatchObject({ party: { id: survivorId } });
    });

    it('is undone exactly', async () => {
        const { survivorId, duplicateId, premisesId, actId } = await pair('合欢');
        const [duplicate, survivor] = [await get(duplicateId), await get(survivorId)];
        const id = await propose(duplicateId, survivorId);
        await confirm(id, duplicateId, survivorId);
        // What came to the survivor meanwhile stays there.
        const later = await visit(survivorId);
        expect(await undo(id)).toEqual({ version: 3 });
        const version = expect.any(Number);
        expect(await get(duplicateId)).toEqual({
            ...duplicate,
            version,
            premises: duplicate.premises.map((each) => ({ ...each, version })),
            licences: duplicate.licences.map((each) => ({ ...each, version })),
        });
        expect(await get(survivorId)).toEqual({ ...survivor, version, actCount: 2, lastActAt: survivor.lastActAt });
        expect(await call('act.get', chen, { params: { id: actId } })).toMatchObject({
            party: { id: duplicateId },
            premises: { id: premisesId },
        });
        expect(await call('act.get', chen, { params: { id: later } })).toMatchObject({ party: { id: survivorId } });
        expect(await names('合欢门诊部')).toEqual(['合欢门诊部']);
        await refusal(undo(id, 3), 'party.mergeNotConfirmed');
        const [merge] = (await call('party.merges', chen, { query: { partyId: survivorId } })).items;
        expect(merge).toMatchObject({
            state: 'undone',
            proposedBy: { name: '陈默' },
            decidedBy: { name: '张明' },
            undoneBy: { name: '陈默' },
            undoReason: '原来是两家',
        });
        // And may be merged again.
        await confirm(await propose(duplicateId, survivorId), duplicateId, survivorId);
    });

    it('is not undone where something has come to rely on it', async () => {
        const one = await pair('其一');
        const first = await propose(one.duplicateId, one.survivorId);
        await confirm(first, one.duplicateId, one.survivorId);
        const at = await visit(one.survivorId, one.premisesId);
        await refusal(undo(first), 'party.mergeUsedSince', { count: 1 });
        const act = await call('act.get', chen, { params: { id: at } });
        const { scenario, place, startsAt, endsAt, version } = act;
        const change = (partyId: Id, of = act.id, v = version) =>
            call('act.update', chen, { params: { id: of }, body: { scenario, partyId, place, startsAt, endsAt, version: v } });
        await change(one.survivorId);
        const other = await make('第三家');
        await change(other, one.actId, 2);
        await refusal(undo(first), 'party.mergeMovedOn', { count: 1 });
        await change(one.survivorId, one.actId, 3);
        const second = await propose(one.survivorId, other);
        await confirm(second, one.survivorId, other);
        expect(await get(one.duplicateId)).toMatchObject({ mergedInto: { id: other, name: '第三家' } });
        expect(await names('其一门诊部')).toEqual(['第三家']);
        await refusal(undo(first), 'party.mergeLater', { name: '第三家' });
        await undo(second);
        await undo(first);
        expect(await names('其一门诊部')).toEqual(['其一门诊部']);
    });
});

describe('a proposal', () => {
    it('is refused for one party twice, for itself, and for strangers', async () => {
        const [a, b, c] = [await make('甲户'), await make('乙户'), await make('丙户')];
        const id = await propose(a, b);
        await refusal(propose(a, c), 'party.mergeOpen', { name: '甲户' });
        await refusal(propose(b, b), 'party.mergeSelf');
        await refusal(propose(a, b, jingan), 'party.notFound');
        const seen = (await preview(a, b)).moves;
        await refusal(call('party.confirmMerge', jingan, { params: { id }, body: { version: 1, seen } }), 'party.mergeNotFound');
        const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => propose(c, b)));
        expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    });

    it('is confirmed only as it was seen', async () => {
        const [a, b] = [await make('丁户'), await make('戊户')];
        const id = await propose(a, b);
        const { moves: seen } = await preview(a, b);
        await visit(a);
        await refusal(
            call('party.confirmMerge', zhang, { params: { id }, body: { version: 1, seen } }),
            'conflict.changedMeanwhile',
        );
        await refusal(
            call('party.confirmMerge', zhang, { params: { id }, body: { version: 9, seen: { ...seen, acts: 1 } } }),
            'conflict.changedMeanwhile',
        );
        expect(await get(a)).toMatchObject({ state: 'active', actCount: 1 });
        await confirm(id, a, b);
    });

    it('is withdrawn by who made it and rejected by others, and then open for another', async () => {
        const [a, b] = [await make('己户'), await make('庚户')];
        const end = (id: Id, who: TestOrganisation) =>
            call('party.rejectMerge', who, { params: { id }, body: { version: 1, reason: '不是同一家' } });
        const first = await propose(a, b);
        await end(first, chen);
        await refusal(end(first, zhang), 'party.mergeNotOpen');
        await refusal(confirm(first, a, b), 'party.mergeNotOpen');
        await end(await propose(a, b), zhang);
        const list = (query: object) => call('party.merges', chen, { query: { partyId: a, ...query } });
        expect((await list({})).items.map((each) => [each.state, each.decidedBy?.name, each.decisionNote])).toEqual([
            ['rejected', '张明', '不是同一家'],
            ['withdrawn', '陈默', '不是同一家'],
        ]);
        const { items, next, total } = await list({ limit: 1 });
        expect([items.length, total]).toEqual([1, 2]);
        expect((await list({ limit: 1, cursor: next ?? '' })).items.map((each) => each.state)).toEqual(['withdrawn']);
        expect((await list({ state: 'proposed' })).total).toBe(0);
    });
});
