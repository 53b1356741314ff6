import { addDays, type DocumentState, type DocumentType, dayOf, HOUR, type Id, type Instant, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import { footageOf, paperIn } from '../../testing/case-papers.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { ledgerHandlers } from '../ledger/ledger.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { recordingHandlers } from '../recording/recording.routes.ts';
import { caseHandlers } from './case.routes.ts';

const handlersOf = (of: FeatureSystem) => ({
    ...caseHandlers(of.services),
    ...actHandlers(of.services),
    ...partyHandlers(of.services),
    ...parameterHandlers(of.services),
    ...ledgerHandlers(of.services),
    ...recordingHandlers(of.services),
});
let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let party: Id;
/** Of the section: reviews what others handle. */
let head: Id;
let second: Id;
let agency: Id;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    call = caller(system, handlersOf(system));
    const person = async (name: string, kind: 'officer' | 'staff', roles: Role[]) =>
        (await buildPerson(system.services, pudong, { name, kind, roles })).id;
    head = await person('邵主管', 'officer', ['officer', 'sectionHead']);
    second = await person('吴勇', 'officer', ['officer']);
    agency = await person('梁主任', 'staff', ['agencyHead']);
    party = (await call('party.create', pudong, { body: { name: '阳光口腔门诊部', kind: 'naturalPerson' } })).id;
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const refused = (code: string) => expect.objectContaining({ code });
const now = () => system.services.clock.now();
const today = () => dayOf(now());
const open = async (procedure: 'penalty' | 'simplePenalty' | 'hearing' | 'complaint' = 'penalty', more: object = {}) =>
    (
        await call('case.open', pudong, {
            body: {
                procedure,
                source: 'inspection',
                title: '阳光口腔门诊部未按规定消毒案',
                partyId: party,
                graveHarm: false,
                openedAt: system.services.clock.now() - HOUR,
                handlerIds: [pudong.actor, second],
                ...more,
            },
        })
    ).id;
const get = (id: Id) => call('case.get', pudong, { params: { id } });
const record = (id: Id, more: object = {}, who = pudong) =>
    call('case.recordRemedy', who, {
        params: { id },
        body: { kind: 'review', authority: '浦东新区人民政府', begunOn: today(), ...more },
    });
const change = (id: Id, more: object, who = pudong) =>
    call('case.changeRemedy', who, {
        params: { id },
        body: { authority: '浦东新区人民政府', begunOn: today(), version: 1, ...more },
    });

it('a review is recorded, seen, and ended with its result, each in the log', async () => {
    const id = await open();
    const made = await record(id, { number: '浦府复受〔2026〕1号', suspendedWhy: '复议机关认为需要停止执行' });
    const pending = await get(id);
    expect(pending.remedies).toEqual([
        {
            id: made.id,
            kind: 'review',
            authority: '浦东新区人民政府',
            number: '浦府复受〔2026〕1号',
            begunOn: today(),
            suspendedWhy: '复议机关认为需要停止执行',
            endedOn: null,
            result: null,
            note: null,
            version: 1,
        },
    ]);
    expect(pending.answers).toContainEqual({
        code: 'contested',
        status: 'act',
        params: { kind: 'review', authority: '浦东新区人民政府' },
    });
    expect(await change(made.id, { endedOn: today(), result: 'annulled', note: '事实不清' })).toEqual({ version: 2 });
    const ended = await get(id);
    expect(ended.remedies).toMatchObject([{ result: 'annulled', endedOn: today(), suspendedWhy: null, version: 2 }]);
    expect(ended.answers.find((each) => each.code === 'contested')).toBeUndefined();
    expect(ended.answers.find((each) => each.code === 'overturned')).toMatchObject({
        params: { kind: 'review', result: 'annulled' },
    });
    const { items } = await call('ledger.list', pudong, { query: { objectId: id } });
    const kinds = items.map((each) => each.kind);
    expect(kinds).toEqual(expect.arrayContaining(['case.remedyRecorded', 'case.remedyChanged']));
});

it('is refused where it cannot be, and says why', async () => {
    const id = await open();
    await expect(record(id, { result: 'upheld' })).rejects.toEqual(refused('case.remedyHalf'));
    await expect(record(id, { begunOn: addDays(today(), 1) })).rejects.toEqual(refused('case.dateInFuture'));
    await expect(record(await open('complaint'))).rejects.toEqual(refused('case.notContestable'));
    // 行政复议法 2023 第23条: the review that is on record lets the lawsuit in; what is being changed is none beside itself.
    const spot = await open('simplePenalty');
    await expect(record(spot, { kind: 'lawsuit' })).rejects.toEqual(refused('case.reviewFirst'));
    const suit = await record(spot, { kind: 'lawsuit', note: '浦东新区人民法院裁定不予立案' });
    await expect(change(suit.id, {})).rejects.toEqual(refused('case.reviewFirst'));
    await record(spot);
    expect(await change(suit.id, {})).toEqual({ version: 2 });
    const made = await record(id);
    await expect(change(made.id, { version: 7 })).rejects.toEqual(refused('conflict.changedMeanwhile'));
    await expect(change(id, {})).rejects.toEqual(refused('case.remedyNotFound'));
    // Another organisation's case is none.
    await expect(record(id, {}, jingan)).rejects.toEqual(refused('case.notFound'));
    await expect(change(made.id, {}, jingan)).rejects.toEqual(refused('case.remedyNotFound'));
    expect((await get(id)).remedies).toMatchObject([{ id: made.id, version: 1 }]);
});

it('a recording is kept for its least time, with the file while it is evidence, and without a day while that is contested', async () => {
    const { id: recording } = await footageOf(system, pudong);
    const kept = async () => {
        const {
            state,
            class: kind,
            reason,
            caseNumber,
        } = (await call('recording.get', pudong, { params: { id: recording } })).retention;
        return [kind, state, reason, caseNumber];
    };
    expect(await kept()).toEqual(['ordinary', 'until', null, null]);
    const { items } = await call('recording.list', pudong, { query: { evidence: 'no' } });
    const { receivedAt, retention } = items.find((each) => each.id === recording) ?? {};
    expect(retention).toMatchObject({ standing: 'verified', basis: expect.stringContaining('第18条') });
    // Six calendar months are never less than 181 days.
    expect((retention?.due ?? 0) - (receivedAt ?? 0)).toBeGreaterThan(181 * 24 * HOUR);

    const endedBy = async (by: number) =>
        (await call('recording.list', pudong, { query: { keptTo: by } })).items.some((each) => each.id === recording);
    const endsWhenItSays = async () => {
        const { due } = (await call('recording.get', pudong, { params: { id: recording } })).retention;
        expect([await endedBy((due ?? 0) - 1), await endedBy(due ?? 0)]).toEqual([false, true]);
    };
    await endsWhenItSays();
    // A longer term holds for what comes in from its first day on.
    const least = { key: 'deadline.recordingKeepOther' as const, value: { length: 8, unit: 'month' as const } };
    const longer = { ...least, standing: 'verify' as const, from: addDays(today(), 1), basis: '本单位规定', reason: '延长' };
    await setParameter(call, pudong, longer);
    await endsWhenItSays();

    const id = await open();
    const { number } = await get(id);
    const addEvidence = (to = id) =>
        call('case.addEvidence', pudong, {
            params: { id: to },
            body: { kind: 'recording', targetId: recording, title: '执法记录仪录像' },
        });
    const mark = await addEvidence();
    expect(await kept()).toEqual(['evidence', 'open', 'caseOpen', number]);
    const made = await record(id);
    expect(await kept()).toEqual(['evidence', 'open', 'contested', number]);
    await change(made.id, { endedOn: today(), result: 'upheld' });
    expect(await kept()).toEqual(['evidence', 'open', 'caseOpen', number]);
    // Without a day nothing is in the list of what has ended by one, however late.
    expect(await endedBy(Date.UTC(2490, 0, 1))).toBe(false);
    await call('case.withdrawEvidence', pudong, { params: { id: mark.id }, body: { reason: '与本案无关' } });
    expect(await kept()).toEqual(['ordinary', 'until', null, null]);
    await endsWhenItSays();
    await addEvidence();
    const { version } = await get(id);
    const end = { version, step: 'notFile', at: now(), data: { reason: '不予立案' } };
    await call('case.review', { ...pudong, actor: head }, { params: { id }, body: end });
    expect(await kept()).toEqual(['evidence', 'review', 'caseTermUnset', number]);
    expect(await endedBy(Date.UTC(2490, 0, 1))).toBe(false);
    const file = {
        key: 'retention.caseFile' as const,
        value: { length: 10, unit: 'year' as const },
        standing: 'verify' as const,
    };
    await setParameter(call, pudong, { ...file, from: '2020-01-01', basis: '保管期限表', reason: '核定' });
    expect(await kept()).toEqual(['evidence', 'until', null, number]);
    await endsWhenItSays();
    // One more case that is open keeps it without a day, whatever others say.
    const another = await open();
    await addEvidence(another);
    expect(await kept()).toEqual(['evidence', 'open', 'caseOpen', (await get(another)).number]);
    expect(await endedBy(Date.UTC(2490, 0, 1))).toBe(false);
});

const as = (actor: Id): TestOrganisation => ({ ...pudong, actor });
const paper = (caseId: Id, type: DocumentType, state: DocumentState = 'approved', servedAt?: Instant) =>
    paperIn(system, pudong, { caseId, type, state, ...(servedAt === undefined ? {} : { servedAt }) });
async function step(id: Id, post: 'case.step' | 'case.review' | 'case.approve', who: TestOrganisation, name: string, data = {}) {
    const { version } = await get(id);
    return call(post, who, { params: { id }, body: { version, step: name, at: now(), data } });
}

it('what an open case may still need is not in the list of what need not be kept any more', async () => {
    const act = await call('act.create', pudong, {
        body: {
            scenario: 'doubleRandomInspection',
            partyId: party,
            place: '世纪大道 100 号',
            startsAt: now() - 2 * HOUR,
            endsAt: now() - HOUR,
            participants: [{ personId: pudong.actor, part: 'officer' }],
        },
    });
    const { id: recording } = await footageOf(system, pudong, 9);
    await call('recording.file', pudong, { params: { id: recording }, body: { actId: act.id } });
    const far = { keptTo: Date.UTC(2490, 0, 1) };
    const listed = async () => (await call('recording.list', pudong, { query: far })).items.some((each) => each.id === recording);
    const reason = async () => (await call('recording.get', pudong, { params: { id: recording } })).retention.reason;
    expect([await listed(), await reason()]).toEqual([true, null]);
    const id = await open('penalty', { actId: act.id });
    expect([await listed(), await reason()]).toEqual([false, 'actInOpenCase']);
    await step(id, 'case.review', as(head), 'notFile', { reason: '情节轻微' });
    expect([await listed(), await reason()]).toEqual([true, null]);
});

it('a case that was handed over to others owes nothing more, though a term of it still runs', async () => {
    const id = await open();
    await paper(id, 'filingReport');
    await step(id, 'case.review', as(head), 'file');
    await paper(id, 'investigationReport');
    await step(id, 'case.step', pudong, 'investigate');
    await paper(id, 'panelRecord');
    const panel = { people: 3, grave: false, hearingDue: false, legalReviewDue: false };
    await step(id, 'case.step', pudong, 'deliberate', panel);
    await paper(id, 'priorNotice', 'served', now());
    await step(id, 'case.step', pudong, 'notify', { proposedFine: 100_000 });
    const terms = async () =>
        (await call('case.deadlines', pudong, { query: {} })).items.flatMap(({ case: of, countdown }) =>
            of.id === id ? [countdown.key] : [],
        );
    const next = async () => (await call('case.list', pudong, { query: {} })).items.find((each) => each.id === id)?.next;
    expect(await terms()).toContain('deadline.defence');
    expect(await next()).not.toBeNull();
    await paper(id, 'caseTransfer', 'issued');
    await step(id, 'case.approve', as(agency), 'transfer', { reason: '涉嫌犯罪，移送公安机关' });
    expect(await terms()).toEqual([]);
    expect(await next()).toBeNull();
});
