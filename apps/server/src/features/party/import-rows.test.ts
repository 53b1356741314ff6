import { execFileSync } from 'node:child_process';
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
let call: ReturnType<typeof caller<keyof ReturnType<typeof partyHandlers>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    call = caller(system, partyHandlers(system.services));
    await call('party.create', pudong, { body: { name: '已有诊所', kind: 'organisation', creditCode: code(1) } });
    await call('party.create', pudong, { body: { name: '王五', kind: 'naturalPerson', phone: '021-5', address: '五路' } });
    await call('party.create', pudong, { body: { name: '王五', kind: 'naturalPerson', phone: '021-6', address: '六路' } });
    const { id } = await call('party.create', pudong, { body: { name: '持证店', kind: 'organisation', creditCode: code(2) } });
    await call('party.addLicence', pudong, {
        params: { id },
        body: { speciality: 'publicPlace', number: '公已有', state: 'valid' },
    });
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const code = (number: number): string => {
    const start = `91310115MA3${String(number).padStart(6, '0')}`;
    return start + creditCodeCheck(start);
};
/** A code whose check character does not fit. */
const wrong = (number: number): string => code(number).slice(0, 17) + (code(number).endsWith('1') ? '2' : '1');

let files = 0;
const preview = async (file: string | Uint8Array): Promise<Id> => {
    const content = Buffer.from(file as string).toString('base64');
    files += 1;
    return (await call('party.previewImport', pudong, { body: { fileName: `名单${files}`, content } })).id;
};
const rowsOf = async (id: Id) => (await call('party.importRows', pudong, { query: { importId: id, limit: 1_000 } })).items;
const run = async (id: Id): Promise<void> => {
    const { services } = system;
    const command = { actor: pudong.actor, orgId: pudong.id, readOrgs: [pudong.id], commandId: services.clock.newId() };
    await partyJobs(services)['party.import']?.({ orgId: pudong.id, data: { importId: id }, command });
};
const carriedOut = async (id: Id) => {
    await call('party.confirmImport', pudong, { params: { id }, body: { version: 1 } });
    await run(id);
    expect((await call('party.getImport', pudong, { params: { id } })).state).toBe('done');
    return rowsOf(id);
};
const partyWith = async (q: string) => {
    const { items } = await call('party.list', pudong, { query: { q } });
    expect(items.map((each) => each.name)).toHaveLength(1);
    return call('party.get', pudong, { params: { id: items[0]?.id ?? '' } });
};

/** Rows between two that are right; these come in whatever the others are. */
async function between(heading: string, bad: string, order: number) {
    const [first, last] = [10_000 + order * 2, 10_001 + order * 2];
    const id = await preview(
        `名称,统一社会信用代码,${heading}\n好店${first},${code(first)}\n${bad}\n好店${last},${code(last)}\n`,
    );
    const rows = await carriedOut(id);
    expect([rows.at(0), rows.at(-1)].map((row) => row?.outcome)).toEqual(['created', 'created']);
    return rows.slice(1, -1);
}
type Expected = [problem: string, column: string | undefined, params?: object][];
const answers = (row: Awaited<ReturnType<typeof rowsOf>>[number] | undefined) =>
    row?.reasons.map(({ problem, column, params }) => [problem, column, ...(params === undefined ? [] : [params])]);

describe('a bad row of a list of parties', () => {
    const HEAD = '类别,电话,地址,许可专业,许可证号,发证机关,有效期起,有效期止';
    it.each<[string, string, Expected]>([
        ['no name', `,${code(100)}`, [['nameMissing', 'name']]],
        ['a name of blanks and marks without width', `" \u200B\u3000",${code(100)}`, [['nameMissing', 'name']]],
        ['a name too long', `${'长'.repeat(121)},${code(100)}`, [['tooLong', 'name', { most: 120 }]]],
        ['a name that turns the text around', `甲\u202E店,${code(100)}`, [['characters', 'name']]],
        ['what was read in a wrong encoding', `\uFFFD\uFFFD,${code(100)}`, [['characters', 'name']]],
        ['a formula for a name', `=1+1,${code(100)}`, [['formula', 'name']]],
        ['a wrong check character', `甲店,${wrong(100)}`, [['codeCheck', 'creditCode', { value: wrong(100) }]]],
        [
            'a code with the letter O',
            `甲店,${code(100).replace('0', 'O')}`,
            [['codeCharacter', 'creditCode', { value: code(100).replace('0', 'O') }]],
        ],
        ['a short code', '甲店,91310115', [['codeLength', 'creditCode', { value: '91310115' }]]],
        ['a code that became a number', '甲店,9.13101E+17', [['codeAsNumber', 'creditCode']]],
        ['no code', '甲店,,单位', [['codeMissing', 'creditCode']]],
        ['neither code nor kind', '甲店,', [['kindMissing', 'kind']]],
        ['a kind that there is not', `甲店,${code(100)},公司吧`, [['kindUnknown', 'kind', { value: '公司吧' }]]],
        ['a person whom several could be', '王五,,个人', [['ambiguous', 'name', { count: 2 }]]],
        [
            'a code that stands there with another name',
            `甲店,${code(101)}\n乙店,${code(101)}`,
            [['contradicts', 'name', { line: 3 }]],
        ],
        ['the same twice', `甲店,${code(102)}\n甲店,${code(102)}`, [['twice', undefined, { line: 3 }]]],
        ['the same person twice', '赵六,,个人,021-8\n赵六,,个人,0218', [['contradicts', 'phone', { line: 3 }]]],
        ['a licence without its number', `甲店,${code(100)},,,,公共场所`, [['licenceIncomplete', 'licenceNumber']]],
        ['a term without a licence', `甲店,${code(100)},,,,,,,2026-01-01`, [['licenceIncomplete', 'licenceNumber']]],
        [
            'a speciality that there is not',
            `甲店,${code(100)},,,,占卜,1`,
            [['specialityUnknown', 'speciality', { value: '占卜' }]],
        ],
        [
            'a day that there is not',
            `甲店,${code(100)},,,,公共场所,1,,2026-02-30`,
            [['dayWrong', 'validFrom', { value: '2026-02-30' }]],
        ],
        ['a term that ends first', `甲店,${code(100)},,,,公共场所,1,,2026-02-02,2026-02-01`, [['termWrong', 'validTo']]],
        [
            'another party’s licence',
            `甲店,${code(100)},,,,公共场所,公已有`,
            [['licenceTaken', 'licenceNumber', { name: '持证店' }]],
        ],
        [
            'the licence of another row',
            `丙店,${code(103)},,,,公共场所,公同一\n丁店,${code(104)},,,,公共场所,公同一`,
            [['licenceTaken', 'licenceNumber', { name: '丙店' }]],
        ],
        [
            'a licence number too long',
            `甲店,${code(100)},,,,公共场所,${'1'.repeat(81)}`,
            [['tooLong', 'licenceNumber', { most: 80 }]],
        ],
    ])('with %s gets its answer, the others come in', async (what, bad, expected) => {
        const row = (await between(HEAD, bad, what.length + files * 100)).at(-1);
        expect([row?.plan, row?.outcome]).toEqual(['refuse', 'refused']);
        expect(answers(row)).toEqual(expected);
    });
});

describe('a bad row of a list of premises', () => {
    const HEAD = '场所名称,场所地址';
    it.each<[string, string, Expected]>([
        ['no address', `甲店,${code(200)},一楼,`, [['premisesIncomplete', 'premisesAddress']]],
        ['no name of theirs', `甲店,${code(200)},,示范路 1 号`, [['premisesIncomplete', 'premisesName']]],
        ['a name too long', `甲店,${code(200)},${'楼'.repeat(81)},路`, [['tooLong', 'premisesName', { most: 80 }]]],
        ['an address that is a formula', `甲店,${code(200)},一楼,=A1`, [['formula', 'premisesAddress']]],
        [
            'no party',
            ',,一楼,示范路 1 号',
            [
                ['nameMissing', 'name'],
                ['kindMissing', 'kind'],
            ],
        ],
        ['the same premises twice', `戊店,${code(201)},一楼,路\n戊店,${code(201)},一楼,路`, [['twice', undefined, { line: 3 }]]],
        [
            'the same but for a mark without width',
            `己店,${code(202)},一楼,路\n己店,${code(202)},一\u200B楼,路`,
            [['twice', undefined, { line: 3 }]],
        ],
    ])('with %s gets its answer, the others come in', async (what, bad, expected) => {
        const row = (await between(HEAD, bad, what.length + files * 100)).at(-1);
        expect([row?.plan, row?.outcome]).toEqual(['refuse', 'refused']);
        expect(answers(row)).toEqual(expected);
    });

    it('several premises of one party are several rows', async () => {
        const rows = await between(HEAD, `庚店,${code(203)},一楼,路\n庚店,${code(203)},二楼,路`, 9_000);
        expect(rows.map((row) => row.outcome)).toEqual(['created', 'changed']);
        expect((await partyWith('庚店')).premises.map((each) => each.name).sort()).toEqual(['一楼', '二楼'].sort());
    });
});

const gb = (to: string) => (text: string) => execFileSync('iconv', ['-f', 'UTF-8', '-t', to], { input: text });

describe('a list', () => {
    it.each<[string, (text: string) => string | Uint8Array]>([
        ['UTF-8', (text) => text],
        ['UTF-8 with mark', (text) => `\uFEFF${text}`],
        ['GBK', gb('GBK')],
        ['GB18030', gb('GB18030')],
        ['UTF-16 with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ])('in %s says the same', async (encoding, encoded) => {
        const number = 300 + encoding.length * 10 + files;
        const id = await preview(encoded(`单位名称（必填）,信用代码\r\n${encoding}茶馆,${code(number)}\r\n`));
        expect((await carriedOut(id)).map((row) => [row.name, row.outcome])).toEqual([[`${encoding}茶馆`, 'created']]);
    });

    it.each<[string, string, string, string?]>([
        ['a name put together of letter and accent', 'Cafe\u0301 店', 'Café 店'],
        ['marks without width', '阳\u200B光\uFEFF诊\u2060所', '阳光诊所'],
        ['quotes, a delimiter and a line end', '"甲""乙"",\n店"', '甲"乙", 店'],
        ['a plus', '+甲店', '+甲店'],
        ['a minus', '-甲店', '-甲店'],
        ['an at', '@甲店', '@甲店'],
        ['an equals sign that an export has made harmless', "'=HYPERLINK(1)", '=HYPERLINK(1)'],
        ['a plus that an export has made harmless', "'+甲店二", '+甲店二'],
        ['an apostrophe of its own', "'甲店", "'甲店"],
        ['a text that a program wrote as a formula to keep it one', '="甲店三"', '甲店三'],
        ['a rare character', '㐂䶮𠮷店', '㐂䶮𠮷店'],
        ['what looks like a page', '<b>甲</b>', '<b>甲</b>'],
    ])('takes a name with %s', async (what, given, name) => {
        const number = 400 + what.length * 20 + files;
        const id = await preview(`名称,统一社会信用代码\n${given},"=""${code(number)}"""\n`);
        expect((await carriedOut(id)).map((row) => [row.name, row.outcome])).toEqual([[name, 'created']]);
        expect((await partyWith(code(number))).name).toBe(name);
    });

    it('keeps days that came as numbers or with a time', async () => {
        const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
        const head = ['名称', '信用代码', '许可专业', '许可证号', '有效期起', '有效期止'].map(cell).join('');
        const row = (number: number, days: string) =>
            `<row>${cell(`日${number}`)}${cell(code(number))}${cell('公共场所')}${cell(`公日${number}`)}${days}</row>`;
        const id = await preview(
            xlsxFile({
                rows: `<row>${head}</row>${row(501, '<c s="1"><v>46023</v></c><c><v>46344</v></c>')}
                    ${row(502, '<c s="2"><v>46023.75</v></c><c t="d"><v>2026-11-18T00:00:00</v></c>')}
                    ${row(503, `${cell('2026年1月1日')}${cell('20261118')}`)}${row(504, `<c><v>4.6</v></c>${cell('长期')}`)}`,
            }),
        );
        const rows = await carriedOut(id);
        expect(rows.map((each) => each.outcome)).toEqual(['created', 'created', 'created', 'refused']);
        expect(answers(rows[3])).toEqual([['dayWrong', 'validFrom', { value: '4.6' }]]);
        for (const number of [501, 502, 503])
            expect((await partyWith(code(number))).licences).toMatchObject([{ validFrom: '2026-01-01', validTo: '2026-11-18' }]);
    });

    it('with merged cells means each row that they cover', async () => {
        const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
        const id = await preview(
            xlsxFile({
                rows: `<row r="1">${cell('A1', '名单')}</row>
                    <row r="2">${['名称', '信用代码', '许可专业', '许可证号'].map((text, at) => cell(`${'ABCD'[at]}2`, text)).join('')}</row>
                    <row r="3">${cell('A3', '合并店')}${cell('B3', code(601))}${cell('C3', '公共场所')}${cell('D3', '公合')}</row>
                    <row r="4">${cell('C4', '生活饮用水')}${cell('D4', '水合')}</row>
                    <row r="5"><c r="A5"/></row>`,
                merged: ['A1:D1', 'A3:A5', 'B3:B5'],
            }),
        );
        expect((await carriedOut(id)).map((row) => [row.line, row.outcome])).toEqual([
            [3, 'created'],
            [4, 'changed'],
        ]);
        expect((await partyWith(code(601))).licences.map((each) => each.number).sort()).toEqual(['公合', '水合']);
    });

    it('of several sheets is the first that has the columns, and says so; control characters that the program wrote out are none', async () => {
        const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
        const id = await preview(
            xlsxFile({
                rows: `<row>${cell('填写说明')}</row>`,
                third: `<row>${cell('名称')}${cell('信用代码')}</row><row>${cell('第三_x000D_\n表店')}${cell(code(602))}</row>`,
            }),
        );
        expect(await call('party.getImport', pudong, { params: { id } })).toMatchObject({ sheet: '说明', otherSheets: 1 });
        expect((await carriedOut(id)).map((row) => [row.name, row.outcome])).toEqual([['第三 表店', 'created']]);
    });

    it.each<[string, string | Uint8Array, string, object?]>([
        ['a column that is missing', `信用代码,电话\n${code(700)},1`, 'party.importNoNames'],
        ['a column that stands there twice', `名称,单位名称\n甲,乙`, 'party.importColumnTwice', { name: '单位名称' }],
        ['no row', '名称,信用代码\n', 'table.empty'],
        ['a quote that does not end', '名称\n"甲', 'table.quote', { line: 2 }],
        ['a program', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 0xff]), 'table.encoding'],
        ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'table.oldFormat'],
        ['a damaged workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 'table.format'],
        ['more rows than are read', `名称\n${'甲\n'.repeat(20_002)}`, 'table.tooManyRows', { most: 20_000 }],
    ])('that is none because of %s is refused whole', async (_, file, refused, params = {}) => {
        await expect(preview(file)).rejects.toMatchObject({ code: refused, params });
    });

    it('of 20,000 rows is planned whole, and its bad rows are found', async () => {
        const many = Array.from(
            { length: 20_000 },
            (_, at) => `万店${at},${at % 100 === 99 ? wrong(500_000 + at) : code(500_000 + at)}`,
        );
        const id = await preview(`名称,信用代码\n${many.join('\n')}`);
        const found = await call('party.getImport', pudong, { params: { id } });
        expect(found).toMatchObject({ rows: 20_000, planned: { create: 19_800, refuse: 200 } });
        await call('party.withdrawImport', pudong, { params: { id }, body: { version: found.version } });
    });
});
