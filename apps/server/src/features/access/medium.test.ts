import { HOUR, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { buildPerson } from '../../testing/builders.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { insertFootage } from '../../testing/footage.ts';
import { actHandlers } from '../act/act.routes.ts';
import { caseHandlers } from '../case/case.routes.ts';
import { ledgerHandlers } from '../ledger/ledger.routes.ts';
import { mediumHandlers } from './medium.routes.ts';

const handlersOf = (of: FeatureSystem) => ({
    ...mediumHandlers(of.services),
    ...caseHandlers(of.services),
    ...actHandlers(of.services),
    ...ledgerHandlers(of.services),
});
let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let manager: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let act: Id;
let of: Id;
let evidence: Id;
let beside: Id;
let elsewhere: Id;

const now = () => system.services.clock.now();
const newAct = async () =>
    (
        await call('act.create', pudong, {
            body: {
                ...{ scenario: 'routineInspection', place: '示范路 1 号', startsAt: now() - 3 * HOUR, endsAt: now() - 2 * HOUR },
                participants: [{ personId: pudong.actor, part: 'officer' }],
            },
        })
    ).id;
const footage = (actId: Id): Promise<Id> =>
    runCommand(system.services.commands, pudong.as({ id: pudong.actor }), 'recording.register', async (tx) => {
        const people = { personId: pudong.actor, uploadedBy: pudong.actor };
        const id = await insertFootage(tx, {
            ...{ actId, ...people, during: [now() - 3 * HOUR, now() - 2 * HOUR], receivedAt: now() - HOUR },
        });
        return { result: id, events: [{ kind: 'recording.registered', objects: [id], body: {} }] };
    });
const wish = (given: object = {}) => ({
    ...{ caseId: of, recordingIds: [evidence], kind: 'bd' as const, label: 'GP-2026-01', pieces: 1, copies: 2 },
    ...{ writtenById: manager.actor, writtenAt: now() - 30 * MINUTE, keptAt: '档案室 3 柜' },
    ...given,
});
const record = async (given: object = {}, who = manager) => (await call('medium.record', who, { body: wish(given) })).id;
const check = async (id: Id, given: object = {}) =>
    (
        await call('medium.check', manager, {
            params: { id },
            body: { copy: 1, result: 'equal', checkedById: manager.actor, checkedAt: now() - MINUTE, ...given },
        })
    ).id;
const list = (query: object = { caseId: of }, who = manager) => call('medium.list', who, { query });
const missing = async () => (await list()).recordings.filter((each) => each.evidence && !each.kept).map(({ id }) => id);
const standing = async () => (await list()).media.map((each) => each.standing);
const codeOf = (doing: Promise<unknown>) =>
    doing.then(
        () => undefined,
        (error: { code: string }) => error.code,
    );

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    pudong = await addOrganisation(system, '310115', '浦东新区监督所');
    jingan = await addOrganisation(system, '310106', '静安区监督所');
    const { id: actor } = await buildPerson(system.services, pudong, { name: '陆管理', kind: 'staff' });
    manager = { ...pudong, actor, roles: ['recordingManager'] };
    act = await newAct();
    evidence = await footage(act);
    beside = await footage(act);
    elsewhere = await footage(await newAct());
    ({ id: of } = await call('case.open', pudong, {
        body: {
            ...{ procedure: 'penalty', source: 'inspection', title: '未按规定消毒', openedAt: now() - HOUR },
            handlerIds: [pudong.actor],
        },
    }));
    await call('case.linkAct', pudong, { params: { id: of }, body: { actId: act } });
    await call('case.addEvidence', pudong, {
        params: { id: of },
        body: { kind: 'recording', targetId: evidence, title: '现场录像' },
    });
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

describe('media on which evidence is kept for long (附件1 第18条)', () => {
    let id: Id;
    it('refuses what is not of the case, lies ahead, comes from elsewhere or says nothing definite', async () => {
        expect(await missing()).toEqual([evidence]);
        expect(await codeOf(record({ recordingIds: [elsewhere] }))).toBe('medium.recordingElsewhere');
        expect(await codeOf(record({ recordingIds: [act] }))).toBe('recording.notFound');
        expect(await codeOf(record({ actId: act }))).toBe('medium.sourceUnclear');
        expect(await codeOf(record({ caseId: act }))).toBe('case.notFound');
        expect(await codeOf(record({ writtenAt: now() + HOUR }))).toBe('medium.writtenInFuture');
        expect(await codeOf(record({ writtenById: jingan.actor }))).toBe('person.notFound');
        expect(await codeOf(record({}, jingan))).toBe('case.notFound');
        expect(await codeOf(list({ caseId: of }, jingan))).toBe('case.notFound');
        await expect(list({})).rejects.toThrow();
        await expect(list({ caseId: of, actId: act })).rejects.toThrow();
        expect(await list()).toMatchObject({ media: [] });
    });

    it('is entered once under its label, whatever way that is typed, and says what is on it', async () => {
        // The same letter in two pieces.
        id = await record({ label: 'GP-e\u0301', recordingIds: [evidence, evidence] });
        expect(await codeOf(record({ label: ' GP-\u00e9 ' }))).toBe('medium.labelTaken');
        const { media, recordings } = await list();
        expect(media).toMatchObject([
            {
                label: 'GP-\u00e9',
                kind: 'bd',
                copies: 2,
                keptAt: '档案室 3 柜',
                standing: 'unread',
                recordings: [{ id: evidence }],
            },
        ]);
        expect(media[0]?.writtenBy.name).toBe('陆管理');
        expect(recordings.map((each) => [each.id, each.evidence, each.kept]).toSorted()).toEqual(
            [
                [evidence, true, true],
                [beside, false, false],
            ].toSorted(),
        );
        expect((await list({ actId: act })).media.map((each) => each.id)).toEqual([id]);
        const { items } = await call('ledger.list', pudong, { query: { objectId: evidence, kind: 'medium.recorded' } });
        expect(items).toHaveLength(1);
    });

    it('stands as its checks say, and evidence on nothing but damaged media is missing again', async () => {
        expect(await codeOf(check(id, { copy: 3 }))).toBe('medium.noSuchCopy');
        expect(await codeOf(check(id, { checkedAt: now() - HOUR }))).toBe('medium.checkedBefore');
        expect(await codeOf(check(id, { result: 'damaged' }))).toBe('medium.doneMissing');
        await check(id);
        await check(id, { copy: 2 });
        expect(await standing()).toEqual(['whole']);
        await check(id, { result: 'damaged', done: '已从第 2 份复制', checkedAt: now() });
        expect(await standing()).toEqual(['partly']);
        expect(await missing()).toEqual([]);
        const wrong = await check(id, { copy: 2, result: 'damaged', done: '待处理', checkedAt: now() });
        expect(await standing()).toEqual(['damaged']);
        expect(await missing()).toEqual([evidence]);
        const takeBack = () =>
            call('medium.withdrawCheck', manager, { params: { id, checkId: wrong }, body: { reason: '查错了一份' } });
        await takeBack();
        expect(await codeOf(takeBack())).toBe('medium.checkNotFound');
        expect(await standing()).toEqual(['partly']);
        const checks = (await list()).media[0]?.checks ?? [];
        expect(checks.find((each) => each.id === wrong)?.withdrawn?.why).toBe('查错了一份');
    });

    it('is moved, and taken back with a reason; what was entered stays to be read and its label is free', async () => {
        const move = (keptAt: string) => call('medium.move', manager, { params: { id }, body: { keptAt, reason: '调整' } });
        await move('档案室 5 柜');
        expect(await codeOf(move('档案室 5 柜'))).toBe('medium.keptThere');
        const withdraw = (who = manager) => call('medium.withdraw', who, { params: { id }, body: { reason: '重复登记' } });
        expect(await codeOf(withdraw(jingan))).toBe('medium.notFound');
        await withdraw();
        expect(await codeOf(withdraw())).toBe('medium.ended');
        expect(await codeOf(check(id))).toBe('medium.ended');
        expect((await list()).media).toMatchObject([{ keptAt: '档案室 5 柜', withdrawn: { why: '重复登记' } }]);
        expect(await missing()).toEqual([evidence]);
        await record({ label: 'GP-\u00e9' });
        expect(await missing()).toEqual([]);
    });

    it('of an act that is secret is seen by those only who took part', async () => {
        const { version } = await call('act.get', pudong, { params: { id: act } });
        await call('act.markSecrecy', pudong, { params: { id: act }, body: { version, secrecy: 'trade' } });
        expect(await list()).toEqual({ media: [], recordings: [] });
        expect((await list({ caseId: of }, pudong)).media).toHaveLength(2);
        expect(await codeOf(record({ label: 'GP-3' }))).toBe('act.restricted');
    });
});
