import { execFileSync } from 'node:child_process';
import type { BodyOf, Endpoints } from '@liuhen/contract';
import { addDays, creditCodeCheck, dayOf, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xlsxFile } from '../../platform/table/xlsx.fixture.ts';
import { buildPerson } from '../../testing/builders.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyJobs } from './import.jobs.ts';
import { partyHandlers } from './party.routes.ts';

const handlersOf = (of: FeatureSystem) => ({ ...partyHandlers(of.services), ...parameterHandlers(of.services) });
let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let today: string;

const code = (number: number): string => {
    const start = `91310115MA2${String(number).padStart(6, '0')}`;
    return start + creditCodeCheck(start);
};
const CLINIC = code(1);
const POOL = code(2);
const OLD = code(3);

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    call = caller(system, handlersOf(system));
    today = dayOf(system.services.clock.now());
    const tables = {
        'inspection.riskWeights': ['A级｜1', 'B级｜2', 'C级｜5'],
        'inspection.creditWeights': ['守信｜1', '失信｜3'],
    };
    for (const [key, value] of Object.entries(tables))
        await setParameter(call, pudong, {
            key: key as keyof typeof tables,
            value,
            standing: 'own',
            basis: '抽查细则',
            from: '2026-01-01',
            reason: '工作需要',
        });
    const clinic = await create({ name: '云汀口腔门诊部', kind: 'organisation', creditCode: CLINIC });
    await call('party.rename', pudong, {
        params: { id: clinic },
        body: { name: '云汀口腔（浦东）门诊部', fromDay: today, reason: '换证', version: 1 },
    });
    await create({ name: '听潮泳馆', kind: 'organisation', creditCode: POOL });
    await create({ name: '赵大夫', kind: 'naturalPerson', phone: '021-1' });
    await create({ name: '同名', kind: 'naturalPerson', phone: '021-2' });
    await create({ name: '同名', kind: 'naturalPerson', phone: '021-3' });
    // Merged twice: who is named is the one at the end.
    const old = await create({ name: '老泳池', kind: 'organisation', creditCode: OLD });
    const middle = await create({ name: '中泳池', kind: 'naturalPerson' });
    const last = await create({ name: '新泳池', kind: 'organisation', creditCode: code(4) });
    const second = { ...pudong, actor: (await buildPerson(system.services, pudong, { name: '林主任' })).id };
    for (const [duplicateId, survivorId] of [
        [old, middle],
        [middle, last],
    ] as const) {
        const { id } = await call('party.proposeMerge', pudong, { body: { duplicateId, survivorId, reason: '同一家' } });
        const { moves: seen } = await call('party.previewMerge', pudong, { params: { id: duplicateId }, query: { survivorId } });
        await call('party.confirmMerge', second, { params: { id }, body: { version: 1, seen } });
    }
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const create = async (body: BodyOf<Endpoints['party.create']>): Promise<Id> => (await call('party.create', pudong, { body })).id;
const idOf = async (q: string): Promise<Id> => (await call('party.list', pudong, { query: { q } })).items[0]?.id ?? '';
const gradesOf = async (q: string) =>
    (await call('party.grades', pudong, { params: { id: await idOf(q) } })).items.map(
        ({ scheme, grade, fromDay, source, reason, current }) => [scheme, grade, fromDay, source, reason, current],
    );

const STATED = { source: '市信用平台', reason: '年度评价' };
const preview = async (file: string | Uint8Array, stated: object = STATED): Promise<Id> => {
    const content = Buffer.from(file as string).toString('base64');
    const body = { fileName: '等级名单.csv', content, ...stated } as BodyOf<Endpoints['party.previewGradeImport']>;
    return (await call('party.previewGradeImport', pudong, { body })).id;
};
const get = (id: Id) => call('party.getImport', pudong, { params: { id } });
const rows = async (id: Id) => (await call('party.importRows', pudong, { query: { importId: id, limit: 1_000 } })).items;
const confirm = (id: Id, version = 1) => call('party.confirmGradeImport', pudong, { params: { id }, body: { version } });
const run = async (id: Id): Promise<void> => {
    const { services } = system;
    const command = { actor: pudong.actor, orgId: pudong.id, readOrgs: [pudong.id], commandId: services.clock.newId() };
    await partyJobs(services)['party.import']?.({ orgId: pudong.id, data: { importId: id }, command });
};
const gbk = (text: string) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GBK'], { input: text });
const refusal = (work: Promise<unknown>, refused: string, params: object = {}) =>
    expect(work).rejects.toMatchObject({ code: refused, params });

const HEAD = '名称,统一社会信用代码,风险等级,信用等级,生效日期';
/** A row that is right: every file has one, and it has to come in whatever the others are. */
const good = (day: string) => `云汀口腔门诊部,${CLINIC},B级,,${day}`;

describe('a list of grades', () => {
    it.each([
        ['CSV in UTF-8 with byte order mark', (text: string) => `\uFEFF${text}`, '2026-02-01', 'utf-8'],
        ['CSV in GBK', gbk, '2026-02-02', 'gb18030'],
        [
            'XLSX with days as numbers, a title above and a sheet before it that is hidden',
            (text: string) => {
                const cell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
                const [head = '', row = ''] = text.split('\n');
                const [name = '', number = '', risk = ''] = row.split(',');
                return xlsxFile({
                    rows: `<row>${cell('全市等级')}</row><row>${head.split(',').map(cell).join('')}</row>
                        <row>${cell(name)}${cell(number)}${cell(risk)}${cell('')}<c s="1"><v>46056</v></c></row>`,
                });
            },
            '2026-02-03',
            null,
        ],
    ])('comes in as %s: seen first, decided once confirmed, the earlier grades stay', async (_, fileOf, day, encoding) => {
        const grade = day === '2026-02-02' ? 'C级' : 'B级';
        const id = await preview(fileOf(`${HEAD}\n云汀口腔门诊部,${CLINIC},${grade},,${day}`));
        expect(await get(id)).toMatchObject({
            about: 'grades',
            ...STATED,
            encoding,
            planned: { create: 0, change: 1, leave: 0, refuse: 0 },
        });
        const before = await gradesOf('云汀');
        const [row] = await rows(id);
        expect(row).toMatchObject({ plan: 'change', outcome: null, partyId: await idOf('云汀'), reasons: [] });
        expect(row?.changes.at(0)).toMatchObject({ field: 'risk', to: grade });
        expect(row?.changes.at(-1)).toEqual({ field: 'fromDay', from: null, to: day });
        await confirm(id);
        await run(id);
        expect(await get(id)).toMatchObject({ state: 'done', done: { changed: 1, refused: 0 } });
        expect(await gradesOf('云汀')).toEqual([
            ['risk', grade, day, '市信用平台', '年度评价', true],
            ...before.map((each) => [...each.slice(0, 5), false]),
        ]);
    });

    it('says both grades in one row, with a source and a reason of its own, and leaves alone what is so already', async () => {
        const id = await preview(
            [
                '相对人名称,社会信用代码,风险分级,信用评级,评定日期,评定单位,评定依据,备注',
                `听潮泳馆,${POOL},Ａ级,失信,2026/3/1,区信用办,失信名单,x`,
                `赵大夫,,B级,,2026-03-01,,,`,
            ].join('\n'),
        );
        expect((await get(id)).ignored).toEqual(['备注']);
        await confirm(id);
        await run(id);
        expect((await gradesOf('听潮')).sort()).toEqual([
            ['credit', '失信', '2026-03-01', '区信用办', '失信名单', true],
            ['risk', 'A级', '2026-03-01', '区信用办', '失信名单', true],
        ]);
        expect(await gradesOf('赵大夫')).toEqual([['risk', 'B级', '2026-03-01', '市信用平台', '年度评价', true]]);
        const again = await preview(`${HEAD}\n听潮泳馆,${POOL},A级,守信,2026-04-01\n赵大夫,,B级,,2026-04-01`);
        expect((await rows(again)).map((row) => [row.plan, row.changes.map(({ field, from, to }) => [field, from, to])])).toEqual(
            [
                [
                    'change',
                    [
                        ['credit', '失信', '守信'],
                        ['fromDay', null, '2026-04-01'],
                    ],
                ],
                ['leave', []],
            ],
        );
        await call('party.withdrawGradeImport', pudong, { params: { id: again }, body: { version: 1 } });
        expect(await rows(again)).toEqual([]);
    });

    it.each<[string, string, [string, string | undefined, object?][], string?]>([
        ['an unknown code', `某店,${code(900)},A级,,2026-05-01`, [['partyUnknown', 'creditCode', { value: code(900) }]]],
        ['an unknown name', '查无此人,,A级,,2026-05-01', [['partyUnknown', 'name', { value: '查无此人' }]]],
        ['a party that was merged', `老泳池,${OLD},A级,,2026-05-01`, [['merged', 'creditCode', { name: '新泳池' }]]],
        ['a name that several bear', '同名,,A级,,2026-05-01', [['sameNames', 'name', { count: 2 }]]],
        ['a name without the code that the party has', '听潮泳馆,,A级,,2026-05-01', [['codeMissing', 'creditCode']]],
        [
            'a code that slipped to another name',
            `听潮泳馆,${CLINIC},A级,,2026-05-01`,
            [['nameDiffers', 'name', { name: '云汀口腔（浦东）门诊部' }]],
        ],
        ['neither name nor code', ',,A级,,2026-05-01', [['partyMissing', 'creditCode']]],
        [
            'a wrong check character',
            `听潮泳馆,${POOL.slice(0, 17)}${POOL.endsWith('X') ? 'Y' : 'X'},A级,,2026-05-01`,
            [['codeCheck', 'creditCode']],
        ],
        ['a code as a number', '听潮泳馆,9.1310115E+17,A级,,2026-05-01', [['codeAsNumber', 'creditCode']]],
        ['no grade', `听潮泳馆,${POOL},,,2026-05-01`, [['gradeMissing', 'risk']]],
        [
            'a grade that no table names',
            `听潮泳馆,${POOL},Z级,,2026-05-01`,
            [['gradeUnknown', 'risk', { value: 'Z级', known: 'A级、B级、C级' }]],
        ],
        ['no day', `听潮泳馆,${POOL},B级,,`, [['dayMissing', 'fromDay']]],
        ['a day that is none', `听潮泳馆,${POOL},B级,,2026-02-30`, [['dayWrong', 'fromDay', { value: '2026-02-30' }]]],
        ['a day that lies ahead', `听潮泳馆,${POOL},B级,,2099-01-01`, [['dayInFuture', 'fromDay', { day: '2099-01-01' }]]],
        ['a formula', `听潮泳馆,${POOL},=A1,,2026-05-01`, [['formula', 'risk']]],
        ['marks that turn the text around', `听潮\u202E泳馆,${POOL},B级,,2026-05-01`, [['characters', 'name']]],
        ['a grade too long', `听潮泳馆,${POOL},${'级'.repeat(21)},,2026-05-01`, [['tooLong', 'risk', { most: 20 }]]],
        [
            'the same twice',
            `听潮泳馆,${POOL},B级,,2026-05-02\n听潮泳馆,${POOL},B级,,2026-05-02`,
            [['twice', 'risk', { line: 3 }]],
            'last',
        ],
        [
            'two grades for one day',
            `听潮泳馆,${POOL},B级,,2026-05-02\n听潮泳馆,${POOL},C级,,2026-05-02`,
            [['contradicts', 'risk', { line: 3 }]],
            'last',
        ],
        [
            'all that is wrong at once',
            `听潮泳馆,${code(900)},Z级,无,2099-01-01`,
            [
                ['partyUnknown', 'creditCode'],
                ['dayInFuture', 'fromDay'],
                ['gradeUnknown', 'risk'],
                ['gradeUnknown', 'credit'],
            ],
        ],
    ])('refuses %s, says why, and takes the others', async (_, bad, expected, which) => {
        const id = await preview(`${HEAD}\n${good('2026-06-01')}\n${bad}\n"甲"",=乙",${code(901)},A级,,2026-05-01`);
        const found = await rows(id);
        const refused = which === 'last' ? found.at(-2) : found[1];
        expect(refused?.plan).toBe('refuse');
        expect(refused?.reasons.map(({ problem, column, params }) => [problem, column, params ?? {}])).toEqual(
            expected.map(([problem, column, params]) => [problem, column, params ?? expect.anything()]),
        );
        // A hostile name is shown as it stands and does no harm.
        expect(found.at(-1)).toMatchObject({ name: '甲",=乙', plan: 'refuse' });
        expect(found[0]?.plan).not.toBe('refuse');
        expect((await get(id)).rows).toBe(found.length);
        await call('party.withdrawGradeImport', pudong, { params: { id }, body: { version: 1 } });
    });

    it('takes the day that was said of the whole list, where a row says none', async () => {
        const id = await preview(`${HEAD}\n听潮泳馆,${POOL},C级,,\n赵大夫,,C级,,2026-07-02`, {
            ...STATED,
            fromDay: '2026-07-01',
        });
        expect((await rows(id)).map((row) => row.changes.at(-1)?.to)).toEqual(['2026-07-01', '2026-07-02']);
        const ahead = addDays(today, 1);
        await refusal(preview(`${HEAD}\n`, { ...STATED, fromDay: ahead }), 'table.empty');
        await refusal(preview(`${HEAD}\n听潮泳馆,${POOL},C级,,`, { ...STATED, fromDay: ahead }), 'party.gradeInFuture', {
            day: ahead,
        });
    });

    it('does only what was seen: what was graded or merged since the preview is refused row by row', async () => {
        const [first, second] = [code(21), code(22)];
        const one = await create({ name: '甲店', kind: 'organisation', creditCode: first });
        await create({ name: '乙店', kind: 'organisation', creditCode: second });
        const id = await preview(`${HEAD}\n甲店,${first},B级,,2026-08-01\n乙店,${second},B级,,2026-08-01`);
        const since = { scheme: 'risk', grade: 'A级', fromDay: '2026-08-01', source: '本机构评定', reason: '复查' } as const;
        await call('party.grade', pudong, { params: { id: one }, body: since });
        await confirm(id);
        await Promise.all([run(id), run(id)]);
        expect((await rows(id)).map((row) => [row.outcome, row.reasons.map((each) => each.problem)])).toEqual([
            ['refused', ['changedSince']],
            ['changed', []],
        ]);
        expect(await gradesOf('甲店')).toHaveLength(1);
        expect(await gradesOf('乙店')).toHaveLength(1);
    });

    it('is confirmed as a list of grades only, by its own organisation', async () => {
        const id = await preview(`${HEAD}\n${good('2026-09-01')}`);
        const request = { params: { id }, body: { version: 1 } };
        await refusal(call('party.confirmImport', pudong, request), 'party.importNotFound');
        await refusal(call('party.withdrawImport', pudong, request), 'party.importNotFound');
        await refusal(call('party.confirmGradeImport', jingan, request), 'party.importNotFound');
        await refusal(confirm(id, 7), 'conflict.changedMeanwhile');
        const content = Buffer.from('名称,类别\n一户,个人').toString('base64');
        const parties = await call('party.previewImport', pudong, { body: { fileName: 'x.csv', content } });
        expect(await get(parties.id)).toMatchObject({ about: 'parties', source: null });
        await refusal(confirm(parties.id), 'party.importNotFound');
    });

    it.each([
        ['名称,电话\n甲,1', 'party.importNoGrades'],
        ['风险等级,生效日期\nA级,2026-01-01', 'party.importNoGrades'],
        ['名称,风险等级,风险分级\n甲,A级,A级', 'party.importColumnTwice'],
        ['名称,风险等级\n"甲', 'table.quote'],
        ['', 'table.empty'],
    ])('%#: a file that is none is refused clearly', async (file, refused) => {
        await expect(preview(file)).rejects.toMatchObject({ code: refused });
    });

    it('of 20,000 rows is planned whole', async () => {
        const many = Array.from({ length: 19_999 }, (_, at) => `无名${at},${code(100_000 + at)},A级,,2026-05-01`);
        const id = await preview(`${HEAD}\n${[good('2026-06-01'), ...many].join('\n')}`);
        expect(await get(id)).toMatchObject({ rows: 20_000, planned: { refuse: 19_999 } });
    });
});

describe('grades from a program', () => {
    const handed = (apply: boolean) =>
        call('party.importGrades', pudong, {
            body: {
                ...STATED,
                apply,
                rows: [
                    { creditCode: POOL, scheme: 'credit', grade: '守信', fromDay: '2026-09-09' },
                    { creditCode: POOL, scheme: 'credit', grade: '守信', fromDay: '2026-09-09' },
                    { creditCode: OLD, scheme: 'risk', grade: 'A级', fromDay: '2026-09-09' },
                    { creditCode: '123', scheme: 'risk', grade: 'A级', fromDay: '2026-09-09' },
                    { creditCode: POOL, scheme: 'risk', grade: 'Z级', fromDay: '2026-09-09' },
                    { creditCode: CLINIC, scheme: 'credit', grade: '失信', fromDay: '2099-09-09' },
                ],
            },
        });

    it('are planned as those of a file are, and the new ones decided in one go', async () => {
        const before = await gradesOf('听潮');
        const seen = await handed(false);
        expect(seen.applied).toBe(0);
        expect(seen.items.map((item) => [item.place, item.outcome, item.reasons.map((each) => each.problem)])).toEqual([
            [1, 'graded', []],
            [2, 'faulty', ['twice']],
            [3, 'faulty', ['merged']],
            [4, 'faulty', ['codeLength']],
            [5, 'faulty', ['gradeUnknown']],
            [6, 'faulty', ['dayInFuture']],
        ]);
        expect(seen.items[2]?.reasons[0]?.params).toEqual({ name: '新泳池' });
        expect(await gradesOf('听潮')).toEqual(before);
        expect((await handed(true)).applied).toBe(1);
        expect(await gradesOf('听潮')).toHaveLength(before.length + 1);
        await refusal(handed(true), 'task.nothingToApply');
    });
});
