import { creditCodeCheck, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xlsxFile } from '../../platform/table/xlsx.fixture.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { partyJobs } from './import.jobs.ts';
import { partyHandlers } from './party.routes.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof partyHandlers>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    call = caller(system, partyHandlers(system.services));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const code = (number: number): string => {
    const start = `91310115MA1${String(number).padStart(6, '0')}`;
    return start + creditCodeCheck(start);
};
const refusal = (work: Promise<unknown>, refused: string, params: object = {}) =>
    expect(work).rejects.toMatchObject({ code: refused, params });

const preview = async (file: string | Uint8Array, who = pudong): Promise<Id> => {
    const content = Buffer.from(file as string).toString('base64');
    return (await call('party.previewImport', who, { body: { fileName: '名单.csv', content } })).id;
};
const get = (id: Id) => call('party.getImport', pudong, { params: { id } });
const rows = async (id: Id, query: object = {}) =>
    (await call('party.importRows', pudong, { query: { importId: id, limit: 1_000, ...query } })).items;
const confirm = (id: Id, version = 1) => call('party.confirmImport', pudong, { params: { id }, body: { version } });
const run = async (id: Id): Promise<void> => {
    const { services } = system;
    const command = { actor: pudong.actor, orgId: pudong.id, readOrgs: [pudong.id], commandId: services.clock.newId() };
    await partyJobs(services)['party.import']?.({ orgId: pudong.id, data: { importId: id }, command });
};
const parties = async (query: object) => call('party.list', pudong, { query });
const partyNamed = async (q: string) => {
    const [item] = (await parties({ q })).items;
    return call('party.get', pudong, { params: { id: item?.id ?? '' } });
};

describe('an import', () => {
    it('shows what it would do, does it once confirmed, and says what became of each row', async () => {
        const known = await call('party.create', pudong, {
            body: { name: '旧名诊所', kind: 'organisation', creditCode: code(1), phone: '1', legalRepresentative: '曾小贤' },
        });
        await call('party.create', pudong, { body: { name: '不变诊所', kind: 'organisation', creditCode: code(2) } });
        const id = await preview(
            [
                '示范区公共场所名单,,,,,,',
                '序号,名称,统一社会信用代码,法定代表人,电话,许可专业,许可证号,有效期止',
                `1,新名诊所,${code(1)},单志远,,公共场所,公 1,2027/1/31`,
                `2,不变诊所,${code(2)},,,,,`,
                `3,新来诊所,${code(3)},,021-5,公共场所,公 3,46344`,
                `4,新来诊所,${code(3)},,,生活饮用水,水 3,长期`,
                `5,坏码诊所,${code(4).slice(0, 17)}O,,,,,`,
                `6,新来诊所,${code(3)},,,,,`,
                `7,,${code(5)},,,,,`,
            ].join('\n'),
        );
        expect(await get(id)).toMatchObject({
            state: 'previewed',
            rows: 7,
            ignored: ['序号'],
            encoding: 'utf-8',
            delimiter: ',',
            planned: { create: 1, change: 2, leave: 1, refuse: 3 },
            done: { created: 0, changed: 0, left: 0, refused: 0 },
            madeBy: { name: '陈默' },
            confirmedBy: null,
        });
        const planned = await rows(id);
        expect(planned.map((row) => [row.line, row.plan, row.outcome])).toEqual([
            [3, 'change', null],
            [4, 'leave', null],
            [5, 'create', null],
            [6, 'change', null],
            [7, 'refuse', null],
            [8, 'refuse', null],
            [9, 'refuse', null],
        ]);
        expect(planned[0]?.changes).toEqual([
            { field: 'name', from: '旧名诊所', to: '新名诊所' },
            { field: 'legalRepresentative', from: '曾小贤', to: '单志远' },
            { field: 'licence', from: null, to: '公 1' },
            { field: 'validTo', from: null, to: '2027-01-31' },
        ]);
        expect(planned.flatMap((row) => row.reasons.map(({ problem, column }) => [row.line, problem, column]))).toEqual([
            [7, 'codeCharacter', 'creditCode'],
            [8, 'twice', undefined],
            [9, 'nameMissing', 'name'],
        ]);
        // Nothing before it is confirmed.
        expect((await parties({ q: '新来' })).total).toBe(0);
        expect(await call('party.get', pudong, { params: { id: known.id } })).toMatchObject({ name: '旧名诊所', version: 1 });

        await confirm(id);
        expect(await get(id)).toMatchObject({ state: 'running', done: { created: 0, left: 1, refused: 3 } });
        await run(id);
        expect(await get(id)).toMatchObject({ state: 'done', done: { created: 1, changed: 2, left: 1, refused: 3 } });
        const party = await call('party.get', pudong, { params: { id: known.id } });
        expect(party).toMatchObject({ name: '新名诊所', legalRepresentative: '单志远', phone: '1' });
        expect(party.changes.map((each) => [each.subject, each.earlier, each.fromDay])).toEqual(
            expect.arrayContaining([
                ['name', '旧名诊所', '2026-11-18'],
                ['legalRepresentative', '曾小贤', '2026-11-18'],
            ]),
        );
        expect((await partyNamed('旧名')).id).toBe(known.id);
        expect((await partyNamed('水 3')).licences.map((each) => [each.speciality, each.number, each.validTo])).toEqual([
            ['publicPlace', '公 3', '2026-11-18'],
            ['drinkingWater', '水 3', null],
        ]);
        expect((await rows(id, { outcome: 'created' })).map((row) => [row.line, row.name])).toEqual([[5, '新来诊所']]);
        // Again it would change nothing.
        const again = await preview(`名称,统一社会信用代码,许可专业,许可证号\n新来诊所,${code(3)},公共场所,公 3`);
        expect((await get(again)).planned).toEqual({ create: 0, change: 0, leave: 1, refuse: 0 });
        await call('party.withdrawImport', pudong, { params: { id: again }, body: { version: 1 } });
        expect(await rows(again)).toEqual([]);
    });

    it('of an XLSX file knows days and refuses formulas', async () => {
        const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
        const id = await preview(
            xlsxFile({
                rows: `<row>${['名称', '类别', '电话', '许可专业', '许可证号', '有效期止'].map(cell).join('')}</row>
                    <row>${cell('甲户')}${cell('个人')}<c><v>13800000000</v></c>${cell('公共场所')}${cell('公甲')}<c s="1"><v>46344</v></c></row>
                    <row>${cell('乙户')}${cell('个人')}<c><f>A1</f><v>5</v></c></row>`,
            }),
        );
        expect(await get(id)).toMatchObject({ format: 'xlsx', sheet: '名单', otherSheets: 1, encoding: null });
        expect((await rows(id)).map((row) => [row.plan, row.reasons])).toEqual([
            ['create', []],
            ['refuse', [{ problem: 'formula', column: 'phone' }]],
        ]);
        await confirm(id);
        await run(id);
        expect(await partyNamed('公甲')).toMatchObject({
            name: '甲户',
            phone: '13800000000',
            licences: [{ validTo: '2026-11-18' }],
        });
    });

    it('does only what was seen: what changed since the preview is refused row by row', async () => {
        const held = await call('party.create', pudong, {
            body: { name: '甲诊所', kind: 'organisation', creditCode: code(21), phone: '1' },
        });
        const id = await preview(
            ['名称,信用代码,电话', `甲诊所,${code(21)},2`, `乙诊所,${code(22)},3`, `丙诊所,${code(23)},4`].join('\n'),
        );
        const fields = { name: '甲诊所', kind: 'organisation', creditCode: code(21), phone: '9', state: 'active' } as const;
        await call('party.update', pudong, { params: { id: held.id }, body: { ...fields, version: 1 } });
        await call('party.create', pudong, { body: { name: '抢先诊所', kind: 'organisation', creditCode: code(22) } });
        await confirm(id);
        await run(id);
        expect((await rows(id)).map((row) => [row.outcome, row.reasons.map((each) => each.problem)])).toEqual([
            ['refused', ['changedSince']],
            ['refused', ['changedSince']],
            ['created', []],
        ]);
        expect((await get(id)).done).toEqual({ created: 1, changed: 0, left: 0, refused: 2 });
        expect(await partyNamed('甲诊所')).toMatchObject({ phone: '9' });
    });

    it('knows natural persons by name and phone, and says when several could be meant', async () => {
        const person = (name: string, phone: string, address: string) =>
            call('party.create', pudong, { body: { name, kind: 'naturalPerson', phone, address } });
        await person('张三', '021-1', '一路');
        await person('张三', '021-2', '二路');
        const id = await preview('姓名,类别,电话,住所\n张三,个人,0211,三路\n张三,个人,,二路\n张三,个人,,\n张三,个人,021-3,\n');
        expect(
            (await rows(id)).map((row) => [
                row.plan,
                row.changes.map((each) => each.field),
                row.reasons.map((each) => each.problem),
            ]),
        ).toEqual([
            ['change', ['phone', 'address'], []],
            ['leave', [], []],
            ['refuse', [], ['ambiguous']],
            ['create', ['name', 'kind', 'phone'], []],
        ]);
    });

    it('goes on where it was after a crash, and twice at once does everything once', async () => {
        const lines = Array.from({ length: 250 }, (_, n) => `续传${n},${code(1_000 + n)}`);
        const id = await preview(`名称,信用代码\n${lines.join('\n')}`);
        await confirm(id);
        await Promise.all([run(id), run(id)]);
        await run(id);
        expect(await get(id)).toMatchObject({ state: 'done', done: { created: 250, changed: 0, refused: 0 } });
        expect((await parties({ q: '续传' })).total).toBe(250);
    });
});

describe('a file that cannot be imported', () => {
    it('is refused with what is wrong', async () => {
        await refusal(preview('单位,代码\n甲,1'), 'party.importNoNames');
        await refusal(preview('名称,电话,手机\n甲,1,2'), 'party.importColumnTwice', { name: '手机' });
        await refusal(preview('名称,电话\n'), 'table.empty');
        await refusal(preview(''), 'table.empty');
        await refusal(preview('名称\n"甲'), 'table.quote', { line: 2 });
        await refusal(preview(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])), 'table.format');
    });

    it('and an import of others or one already decided cannot be confirmed', async () => {
        const id = await preview('名称,类别\n一次户,个人');
        await refusal(call('party.confirmImport', jingan, { params: { id }, body: { version: 1 } }), 'party.importNotFound');
        await refusal(call('party.getImport', jingan, { params: { id } }), 'party.importNotFound');
        await refusal(call('party.importRows', jingan, { query: { importId: id } }), 'party.importNotFound');
        await refusal(confirm(id, 7), 'conflict.changedMeanwhile');
        await confirm(id);
        await refusal(confirm(id, 2), 'party.importNotPreviewed');
        await refusal(call('party.withdrawImport', pudong, { params: { id }, body: { version: 2 } }), 'party.importNotPreviewed');
        const list = (query: object) => call('party.imports', pudong, { query });
        const { items, next, total } = await list({ limit: 2 });
        expect(items[0]?.id).toBe(id);
        expect(total).toBeGreaterThan(2);
        expect((await list({ limit: 2, cursor: next ?? '' })).items).toHaveLength(2);
        expect((await list({ state: 'running' })).items.map((each) => each.id)).toEqual([id]);
        const first = await call('party.importRows', pudong, { query: { importId: id, limit: 1 } });
        expect([first.items.length, first.next]).toEqual([1, null]);
    });
});
