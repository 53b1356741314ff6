import { DAY, HOUR, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { deviceHandlers } from './device.routes.ts';

let system: FeatureSystem;
let manager: TestOrganisation;
let zhang: TestOrganisation;
let wu: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof deviceHandlers>>>;

beforeAll(async () => {
    system = await featureSystem();
    const org = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    manager = { ...org, roles: ['recordingManager'] };
    zhang = { ...org, actor: await addPerson(system, org, '张明', 'officer'), roles: ['officer'] };
    wu = { ...org, actor: await addPerson(system, org, '吴勇', 'officer'), roles: ['officer'] };
    call = caller(system, deviceHandlers(system.services));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const now = () => system.services.clock.now();
const make = async (number: string, kind: 'recorder' | 'roomCamera' | 'mobileTerminal' = 'recorder') =>
    (await call('device.create', manager, { body: { kind, number, model: '型号一' } })).id;
const issue = (id: Id, to: TestOrganisation, more: object = {}) =>
    call('device.issue', manager, { params: { id }, body: { personId: to.actor, ...more } });
const takeBack = (id: Id) => call('device.return', manager, { params: { id }, body: {} });
const step = (who: TestOrganisation, id: Id, name: 'reportFault' | 'sendToRepair' | 'backFromRepair' | 'retire' | 'find') =>
    call('device.step', who, { params: { id }, body: { step: name, note: '说明' } });
const get = (who: TestOrganisation, id: Id) => call('device.get', who, { params: { id } });
const good = { noFault: true, timeRight: true, batteryEnough: true, spaceEnough: true };
const check = (who: TestOrganisation, id: Id, more: object = {}) =>
    call('device.check', who, { params: { id }, body: { ...good, place: 'phone', at: now(), ...more } });
const equipment = async (who: TestOrganisation) =>
    (await call('device.coverage', manager, {})).items.find((each) => each.person.id === who.actor);

describe('a recorder', () => {
    it('fails in somebody’s hand, is repaired while they have a spare, and comes back (附件1 第15条)', async () => {
        const [own, spare] = [await make('L-0001'), await make('L-0002')];
        await issue(own, zhang);
        expect(await equipment(zhang)).toMatchObject({ equipment: 'one', short: false });
        await expect(step(wu, own, 'reportFault')).rejects.toMatchObject({ code: 'device.notYours' });
        expect((await get(zhang, own)).possible).toEqual(['reportFault', 'reportLost']);
        expect(await step(zhang, own, 'reportFault')).toEqual({ state: 'faulty' });
        expect(await equipment(zhang)).toMatchObject({ equipment: 'unusable', short: true });
        await expect(step(manager, own, 'sendToRepair')).rejects.toMatchObject({ code: 'device.isIssued' });
        await takeBack(own);
        await step(manager, own, 'sendToRepair');
        expect(await equipment(zhang)).toMatchObject({ equipment: 'inRepair', away: { number: 'L-0001' } });
        const instead = { basis: 'spare', forDeviceId: own };
        await expect(issue(spare, wu, instead)).rejects.toMatchObject({ code: 'device.spareNeedsRepair' });
        await issue(spare, zhang, instead);
        expect((await get(manager, spare)).issues[0]).toMatchObject({ basis: 'spare', instead: { number: 'L-0001' } });
        expect(await equipment(zhang)).toMatchObject({ equipment: 'one', recorders: [{ basis: 'spare' }] });
        await step(manager, own, 'backFromRepair');
        const { steps, state } = await get(manager, own);
        expect([state, steps.map((each) => [each.step, each.note])]).toEqual([
            'inService',
            [
                ['backFromRepair', '说明'],
                ['sendToRepair', '说明'],
                ['reportFault', '说明'],
            ],
        ]);
        await expect(step(manager, own, 'backFromRepair')).rejects.toMatchObject({ code: 'device.stepNotPossible' });
        await takeBack(spare);
    });

    it('is handed out for a shift that ends', async () => {
        const id = await make('L-0010');
        await expect(issue(id, wu, { basis: 'shift' })).rejects.toMatchObject({ code: 'device.shiftNeedsEnd' });
        await issue(id, wu, { basis: 'shift', dueBackAt: now() + 8 * HOUR });
        expect((await call('device.mine', wu, {})).items).toMatchObject([{ number: 'L-0010', basis: 'shift', lastCheck: null }]);
        await takeBack(id);
    });

    it('is checked before use, is faulty where that failed, and says who checked it (附件1 第7条)', async () => {
        const id = await make('L-0020');
        await issue(id, zhang);
        system.services.clock.advance(MINUTE);
        expect(await check(zhang, id)).toMatchObject({ failed: [], state: 'inService', byOther: false });
        expect(await check(zhang, id, { batteryPercent: 40 })).toMatchObject({ failed: ['batteryEnough'], state: 'inService' });
        // Made without network an hour ago, before the recorder was issued: known for what it is.
        expect(await check(zhang, id, { at: now() - HOUR })).toMatchObject({ byOther: true });
        expect(await check(wu, id)).toMatchObject({ byOther: true });
        await expect(check(zhang, id, { at: now() + HOUR })).rejects.toMatchObject({ code: 'device.checkInFuture' });
        await expect(check(wu, id, { place: 'dock', personId: zhang.actor })).rejects.toMatchObject({ code: 'device.notYours' });
        expect(await check(manager, id, { place: 'dock', personId: zhang.actor })).toMatchObject({ byOther: false });
        expect(await check(zhang, id, { noFault: false, note: '黑屏' })).toMatchObject({ failed: ['noFault'], state: 'faulty' });
        const { checks, steps } = await get(zhang, id);
        expect([checks.length, steps.map((each) => [each.step, each.note])]).toEqual([6, [['reportFault', '黑屏']]]);
        expect((await call('device.mine', zhang, {})).items[0]?.lastCheck?.failed).toEqual(['noFault']);
        await takeBack(id);
    });

    it('goes out of use when nobody has it', async () => {
        const id = await make('L-0030');
        await issue(id, wu);
        await expect(step(manager, id, 'retire')).rejects.toMatchObject({ code: 'device.isIssued' });
        await takeBack(id);
        await step(manager, id, 'retire');
        await expect(check(wu, id)).rejects.toMatchObject({ code: 'device.isRetired' });
    });
});

describe('the table of who has what (附件1 第3条)', () => {
    it('is filtered and counted', async () => {
        const all = await call('device.coverage', manager, {});
        expect(all.total).toBe(3);
        expect(all.items.map((each) => each.person.name)).toEqual(['陈默', '吴勇', '张明']);
        const short = await call('device.coverage', manager, { query: { short: 'yes', limit: 2 } });
        expect([short.items.length, short.total, short.next === null]).toEqual([2, 3, false]);
        const rest = await call('device.coverage', manager, { query: { short: 'yes', limit: 2, cursor: short.next ?? '' } });
        expect([rest.items.map((each) => each.person.name), rest.next]).toEqual([['张明'], null]);
        expect((await call('device.coverage', manager, { query: { q: '吴' } })).items).toMatchObject([{ equipment: 'none' }]);
    });

    it('says which officers have no mobile terminal that can be used (正文二(三))', async () => {
        const without = async () => {
            const { items, withoutTerminal } = await call('device.coverage', manager, { query: { withoutTerminal: 'yes' } });
            expect(items).toHaveLength(withoutTerminal);
            return items.map((each) => each.person.name);
        };
        expect(await without()).toEqual(['陈默', '吴勇', '张明']);
        const id = await make('T-0001', 'mobileTerminal');
        await issue(id, zhang);
        // An assistant may have one and is not short without.
        await addPerson(system, manager, '何协', 'assistant');
        expect(await without()).toEqual(['陈默', '吴勇']);
        expect(await equipment(zhang)).toMatchObject({ terminals: ['T-0001'], withoutTerminal: false });
        await step(zhang, id, 'reportFault');
        expect(await without()).toEqual(['陈默', '吴勇', '张明']);
        await takeBack(id);
    });
});

describe('a recording room (正文二(二)3)', () => {
    it('has cameras for a time each, and is closed when none is left', async () => {
        const save = (name: string, id?: Id) =>
            call('device.saveRoom', manager, { body: { kind: 'hearing', name, ...(id === undefined ? {} : { id }) } });
        const { id } = await save('听证室 301');
        await expect(save('听证室 301')).rejects.toMatchObject({ code: 'room.nameTaken' });
        const { id: second } = await save('听证室 302');
        const camera = await make('R-0001', 'roomCamera');
        const recorder = await make('L-0040');
        const bind = (roomId: Id, deviceId: Id, more: object = {}) =>
            call('device.bindCamera', manager, { params: { id: roomId }, body: { deviceId, ...more } });
        await expect(bind(id, recorder)).rejects.toMatchObject({ code: 'room.notCamera' });
        const { id: bindingId } = await bind(id, camera, { from: now() - DAY, view: '正面' });
        await expect(bind(second, camera)).rejects.toMatchObject({ code: 'room.cameraBound', params: { room: '听证室 301' } });
        expect(await get(manager, camera)).toMatchObject({ room: '听证室 301', inRoom: { id } });
        const close = () => call('device.closeRoom', manager, { params: { id }, body: { note: '装修' } });
        await expect(close()).rejects.toMatchObject({ code: 'room.camerasLeft' });
        const release = () => call('device.releaseCamera', manager, { params: { id, bindingId }, body: {} });
        await release();
        await expect(release()).rejects.toMatchObject({ code: 'room.bindingEnded' });
        await expect(bind(second, camera, { from: now() - HOUR })).rejects.toMatchObject({ code: 'room.bindingOverlaps' });
        await bind(second, camera);
        await close();
        await expect(bind(id, camera)).rejects.toMatchObject({ code: 'room.closed' });
        const room = await call('device.room', manager, { params: { id } });
        expect(room).toMatchObject({ closedAt: now(), cameras: [], bindings: [{ view: '正面', until: now() }] });
        const list = await call('device.rooms', manager, {});
        expect(list.items.map((each) => [each.name, each.cameras.map((of) => of.number)])).toEqual([['听证室 302', ['R-0001']]]);
        expect(list.missing).toEqual(['interview', 'defence', 'meeting', 'complaint']);
    });
});

describe('a model (附件2)', () => {
    it('keeps what is stated with where it is from, and knows its devices by its name', async () => {
        const figures = [{ key: 'storageGb' as const, value: '64 GB', source: 'maker' as const, detail: '产品手册第 3 页' }];
        const body = { kind: 'recorder' as const, name: '型号一', maker: '演示厂', figures };
        expect((await call('device.models', manager, {})).unregistered[0]).toMatchObject({ name: '型号一' });
        const { id } = await call('device.saveModel', manager, { body });
        await expect(call('device.saveModel', manager, { body })).rejects.toMatchObject({ code: 'device.modelNameTaken' });
        const twice = { ...body, name: '型号二', figures: [...figures, ...figures] };
        await expect(call('device.saveModel', manager, { body: twice })).rejects.toMatchObject({
            code: 'device.modelFigureTwice',
        });
        const model = await call('device.model', manager, { params: { id } });
        expect(model.devices).toBeGreaterThan(3);
        expect(model.figures).toEqual(figures);
        await call('device.saveModel', manager, { body: { ...body, id, version: model.version, figures: [] } });
        const late = call('device.saveModel', manager, { body: { ...body, id, version: model.version } });
        await expect(late).rejects.toMatchObject({ code: 'conflict.changedMeanwhile' });
    });
});

describe('the record file of an officer (附件1 第14条)', () => {
    it('has unit, recorder, officer and time of each issue', async () => {
        const { items, total } = await call('device.useRecord', manager, { query: { personId: zhang.actor, kind: 'issue' } });
        expect(total).toBe(3);
        expect(items.map(({ device, organisation, officer }) => [device?.number, organisation, officer.name])).toEqual([
            ['L-0020', '浦东新区卫生健康委员会监督所', '张明'],
            ['L-0002', '浦东新区卫生健康委员会监督所', '张明'],
            ['L-0001', '浦东新区卫生健康委员会监督所', '张明'],
        ]);
        const page = await call('device.useRecord', manager, { query: { personId: zhang.actor, limit: 1 } });
        const next = await call('device.useRecord', manager, {
            query: { personId: zhang.actor, limit: 5, cursor: page.next ?? '' },
        });
        expect([page.items.length, next.items.length, next.next]).toEqual([1, 2, null]);
    });
});
