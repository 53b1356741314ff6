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
import { deviceHandlers } from './device.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let zhang: Id;
let wu: Id;
let call: ReturnType<typeof caller<keyof ReturnType<typeof deviceHandlers>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    wu = await addPerson(system, pudong, '吴勇', 'assistant');
    call = caller(system, deviceHandlers(system.services));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const make = async (number: string, kind: 'recorder' | 'roomCamera' | 'mobileTerminal' = 'recorder', room?: string) =>
    (await call('device.create', pudong, { body: { kind, number, ...(room === undefined ? {} : { room }) } })).id;
const issue = (id: Id, personId: Id) => call('device.issue', pudong, { params: { id }, body: { personId } });
const takeBack = (id: Id) => call('device.return', pudong, { params: { id }, body: { note: '收回' } });
const get = (id: Id) => call('device.get', pudong, { params: { id } });

describe('devices', () => {
    it('are registered once per number', async () => {
        const id = await make('a-0001');
        expect(await get(id)).toMatchObject({
            number: 'A-0001',
            state: 'inService',
            holder: null,
            lastRecordingAt: null,
            issues: [],
        });
        await expect(make('A-0001')).rejects.toMatchObject({ code: 'device.numberTaken', params: { number: 'A-0001' } });
        const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => make('A-0002')));
        const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
        expect(refused).toEqual(Array(4).fill('device.numberTaken'));
    });

    it('are issued, returned and remembered', async () => {
        const id = await make('A-0010');
        await issue(id, zhang);
        expect((await get(id)).holder).toMatchObject({ id: zhang, name: '张明' });
        await expect(issue(id, wu)).rejects.toMatchObject({ code: 'device.isIssued', params: { name: '张明' } });
        system.services.clock.advance(3_600_000);
        await takeBack(id);
        await expect(takeBack(id)).rejects.toMatchObject({ code: 'device.notIssued' });
        await issue(id, wu);
        const { issues, holder } = await get(id);
        expect(issues.map((each) => [each.holder.name, each.until === null, each.note])).toEqual([
            ['吴勇', true, null],
            ['张明', false, '收回'],
        ]);
        expect([holder?.id, (issues[1]?.until ?? 0) - (issues[1]?.from ?? 0)]).toEqual([wu, 3_600_000]);
        await takeBack(id);
    });

    it('are one recorder for each person (附件1 第3条), and a terminal beside it', async () => {
        const [first, second] = [await make('A-0020'), await make('A-0021')];
        const terminal = await make('T-0001', 'mobileTerminal');
        await issue(first, zhang);
        await expect(issue(second, zhang)).rejects.toMatchObject({ code: 'person.holdsDevices', params: { numbers: 'A-0020' } });
        await issue(terminal, zhang);
        expect((await call('device.list', pudong, { query: { holderId: zhang } })).items.map((each) => each.number)).toEqual([
            'A-0020',
            'T-0001',
        ]);
        await takeBack(first);
        await takeBack(terminal);
    });

    it('cannot be given twice, nor two to one person, at the same moment', async () => {
        const one = await make('A-0030');
        const same = await Promise.allSettled([issue(one, zhang), issue(one, wu), issue(one, zhang), issue(one, wu)]);
        expect(same.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
        await takeBack(one);
        const several = await Promise.all(['A-0031', 'A-0032', 'A-0033'].map((number) => make(number)));
        const outcomes = await Promise.allSettled(several.map((id) => issue(id, zhang)));
        const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
        expect(refused).toEqual(['person.holdsDevices', 'person.holdsDevices']);
        const held = await call('device.list', pudong, { query: { holderId: zhang } });
        expect(held.total).toBe(1);
        await takeBack(held.items[0]?.id ?? '');
    });

    it('are changed by one at a time, and a lost one does not keep its holder from another', async () => {
        const id = await make('A-0040');
        await issue(id, zhang);
        const change = (kind: 'recorder' | 'mobileTerminal', version: number) =>
            call('device.update', pudong, { params: { id }, body: { kind, number: 'A-0040', version } });
        await expect(change('mobileTerminal', 1)).rejects.toMatchObject({ code: 'device.isIssued', params: { name: '张明' } });
        expect(await change('recorder', 1)).toEqual({ version: 2 });
        await expect(change('recorder', 1)).rejects.toMatchObject({ code: 'conflict.changedMeanwhile' });
        const manager = { ...pudong, roles: ['recordingManager' as const] };
        await call('device.step', manager, { params: { id }, body: { step: 'reportLost', note: '地铁上遗失' } });
        // Who lost a recorder gets another one.
        const other = await make('A-0041');
        await issue(other, zhang);
        await takeBack(other);
        await takeBack(id);
        await expect(issue(id, zhang)).rejects.toMatchObject({ code: 'device.notInService' });
    });

    it('of a room are nobody’s', async () => {
        const id = await make('R-0001', 'roomCamera', '听证室（二楼）');
        await expect(issue(id, zhang)).rejects.toMatchObject({ code: 'device.notPersonal' });
        expect((await call('device.list', pudong, { query: { q: 'tzs' } })).items.map((each) => each.number)).toEqual(['R-0001']);
    });

    it('are not given to strangers', async () => {
        const id = await make('A-0050');
        const stranger = await addPerson(system, jingan, '外人', 'officer');
        await expect(issue(id, stranger)).rejects.toMatchObject({ code: 'person.notFound' });
        await expect(issue(stranger, zhang)).rejects.toMatchObject({ code: 'device.notFound' });
    });
});

describe('the list', () => {
    it('is by number, page by page, and finds devices by their holders too', async () => {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
            const page = await call('device.list', pudong, {
                query: { kind: 'recorder', limit: 4, ...(cursor === undefined ? {} : { cursor }) },
            });
            seen.push(...page.items.map((each) => each.number));
            expect(page.total).toBe(12);
            cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toHaveLength(12);
        expect(seen).toEqual(seen.toSorted());
        const id = await make('A-0060');
        await issue(id, wu);
        expect((await call('device.list', pudong, { query: { q: '吴勇' } })).items.map((each) => each.number)).toEqual([
            'A-0060',
        ]);
        expect((await call('device.list', pudong, { query: { state: 'lost' } })).total).toBe(1);
    });

    it('is empty for another organisation', async () => {
        expect(await call('device.list', jingan, { query: {} })).toEqual({ items: [], next: null, total: 0 });
        const id = await make('A-0070');
        await expect(call('device.get', jingan, { params: { id } })).rejects.toMatchObject({ code: 'device.notFound' });
        await expect(call('device.return', jingan, { params: { id }, body: {} })).rejects.toMatchObject({
            code: 'device.notFound',
        });
        await call('device.create', jingan, { body: { kind: 'recorder', number: 'A-0070' } });
    });
});

it('a repeated issue is one issue', async () => {
    const id = await make('A-0080');
    const commandId = system.services.clock.newId();
    const request = { params: { id }, body: { personId: zhang } };
    const first = await call('device.issue', pudong, request, commandId);
    expect(await call('device.issue', pudong, request, commandId)).toEqual(first);
    expect((await get(id)).issues).toHaveLength(1);
});
