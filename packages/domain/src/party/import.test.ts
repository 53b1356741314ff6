import { describe, expect, it } from 'vitest';
import type { ImportCell } from './import-cell.ts';
import { columnPlaces, IMPORT_COLUMNS, IMPORT_HEADERS, type ImportColumn } from './import-columns.ts';
import { afterImportRow, planImportRow, planLaterRow } from './import-plan.ts';
import { type ImportFields, importDay, readImportRow, SPECIALITY_HEADERS } from './import-row.ts';
import { SPECIALITIES } from './licence.ts';

const CODE = '91350100M000100Y43';
const read = (cells: Partial<Record<ImportColumn, string | ImportCell>>) =>
    readImportRow(
        new Map(
            Object.entries(cells).map(([column, cell]) => [
                column as ImportColumn,
                typeof cell === 'string' ? { text: cell, form: 'text' as const } : cell,
            ]),
        ),
    );
const problems = (cells: Parameters<typeof read>[0]) => read(cells).reasons.map(({ problem, column }) => [problem, column]);
const clinic: Parameters<typeof read>[0] = { name: '阳光诊所', creditCode: CODE };

describe('columns of a list', () => {
    it('are known by many names, whatever their marks and blanks', () => {
        const { places, ignored, twice } = columnPlaces([
            '序号',
            ' 单位名称* ',
            '统一社会\n信用代码',
            '有效期至',
            '身份证号',
            '电话',
            '手机',
        ]);
        expect([...places]).toEqual([
            ['name', 1],
            ['creditCode', 2],
            ['validTo', 3],
            ['phone', 5],
        ]);
        // Personal numbers are not wanted and not taken.
        expect(ignored).toEqual(['序号', '身份证号']);
        expect(twice).toEqual(['手机']);
    });

    it('have no name in common, and every speciality has words', () => {
        const all = IMPORT_COLUMNS.flatMap((column) => columnPlaces([...IMPORT_HEADERS[column]].slice(0, 1)).places.size);
        expect(all).toEqual(IMPORT_COLUMNS.map(() => 1));
        const headers = IMPORT_COLUMNS.flatMap((column) => IMPORT_HEADERS[column]);
        expect(new Set(headers).size).toBe(headers.length);
        expect([...Object.keys(SPECIALITY_HEADERS), 'other'].sort()).toEqual([...SPECIALITIES].sort());
    });
});

describe('days of a list', () => {
    it.each([
        ['2026-11-18', '2026-11-18'],
        ['2026/1/8', '2026-01-08'],
        ['2026.11.18', '2026-11-18'],
        ['2026年1月8日', '2026-01-08'],
        ['２０２６－１１－１８', '2026-11-18'],
        ['20261118', '2026-11-18'],
        ['2026-11-18 00:00:00', '2026-11-18'],
        ['46344', '2026-11-18'],
        ['25569', '1970-01-01'],
        ['2026-02-30', undefined],
        ['18/11/2026', undefined],
        ['9999999', undefined],
        ['明年', undefined],
    ])('%s is %s', (value, day) => {
        expect(importDay(value)).toBe(day);
    });
});

describe('a row of a list', () => {
    it('says what stands in it; what kind of party it is its code tells', () => {
        expect(read({ ...clinic, phone: ' 021-5888 0000 ' }).fields).toEqual({
            name: '阳光诊所',
            kind: 'organisation',
            kindStated: false,
            creditCode: CODE,
            legalRepresentative: null,
            phone: '021-5888 0000',
            address: null,
            licence: null,
            premises: null,
        });
        expect(read({ name: '李四', kind: '个人' }).fields).toMatchObject({ kind: 'naturalPerson', creditCode: null });
        expect(read({ ...clinic, creditCode: '92310199MA1FC0001B' }).fields?.kind).toBe('soleTrader');
        const licence = { speciality: '公共场所', licenceNumber: '沪卫公 1', validFrom: '2022/1/1', validTo: '长期' };
        expect(read({ ...clinic, ...licence }).fields?.licence).toEqual({
            speciality: 'publicPlace',
            specialityOther: null,
            number: '沪卫公 1',
            authority: null,
            validFrom: '2022-01-01',
            validTo: null,
        });
        expect(read({ ...clinic, ...licence, speciality: '其他：托育' }).fields?.licence).toMatchObject({
            speciality: 'other',
            specialityOther: '托育',
        });
    });

    it.each<[string, Parameters<typeof read>[0], [string, string][]]>([
        ['no name', { creditCode: CODE }, [['nameMissing', 'name']]],
        ['too long', { ...clinic, phone: '1'.repeat(41) }, [['tooLong', 'phone']]],
        ['characters of no text', { ...clinic, address: '一\u202E号' }, [['characters', 'address']]],
        ['what was read in a wrong encoding', { ...clinic, address: '\uFFFD\uFFFD' }, [['characters', 'address']]],
        ['a formula', { ...clinic, address: { text: '=A1', form: 'formula' } }, [['formula', 'address']]],
        ['an error of a spreadsheet', { ...clinic, phone: { text: '#REF!', form: 'error' } }, [['cellError', 'phone']]],
        ['an unknown kind', { ...clinic, kind: '其它' }, [['kindUnknown', 'kind']]],
        ['neither kind nor code', { name: '李四' }, [['kindMissing', 'kind']]],
        ['an organisation without code', { name: '李四', kind: '单位' }, [['codeMissing', 'creditCode']]],
        ['a short code', { ...clinic, creditCode: '9135' }, [['codeLength', 'creditCode']]],
        ['a mistyped code', { ...clinic, kind: '单位', creditCode: '91350100M000100Y44' }, [['codeCheck', 'creditCode']]],
        ['a code with O', { ...clinic, kind: '单位', creditCode: '9135010OM000100Y43' }, [['codeCharacter', 'creditCode']]],
        [
            'a code that a spreadsheet took for a number',
            { ...clinic, kind: '单位', creditCode: '9.14403E+17' },
            [['codeAsNumber', 'creditCode']],
        ],
        [
            'a number of 18 figures',
            { ...clinic, kind: '单位', creditCode: { text: '914403001922038000', form: 'number' } },
            [['codeAsNumber', 'creditCode']],
        ],
        ['a wrong day', { ...clinic, speciality: '公共场所', licenceNumber: '1', validTo: '下月' }, [['dayWrong', 'validTo']]],
        ['an unknown speciality', { ...clinic, speciality: '占卜', licenceNumber: '1' }, [['specialityUnknown', 'speciality']]],
        ['a licence without number', { ...clinic, speciality: '公共场所' }, [['licenceIncomplete', 'licenceNumber']]],
        ['a term without licence', { ...clinic, validTo: '2026-01-01' }, [['licenceIncomplete', 'licenceNumber']]],
        [
            'a term that ends first',
            { ...clinic, speciality: '公共场所', licenceNumber: '1', validFrom: '2026-01-02', validTo: '2026-01-01' },
            [['termWrong', 'validTo']],
        ],
        ['premises without address', { ...clinic, premisesName: '一楼' }, [['premisesIncomplete', 'premisesAddress']]],
        [
            'all that is wrong at once',
            { kind: '?', premisesName: '一楼' },
            [
                ['nameMissing', 'name'],
                ['kindUnknown', 'kind'],
                ['premisesIncomplete', 'premisesAddress'],
            ],
        ],
    ])('is refused with %s', (_, cells, expected) => {
        expect(problems(cells).sort()).toEqual(expected.sort());
        expect(read(cells).fields).toBeUndefined();
    });
});

describe('the plan of a row', () => {
    const nothing = { candidates: 1, licenceHolder: undefined };
    const fields = read({ ...clinic, phone: '1', speciality: '公共场所', licenceNumber: '沪 1', validTo: '2027-01-01' })
        .fields as ImportFields;
    const existing = afterImportRow(fields, undefined);

    it('creates, changes or leaves alone; an empty cell changes nothing', () => {
        const created = planImportRow(fields, undefined, { ...nothing, candidates: 0 });
        expect(created.plan).toBe('create');
        expect(created.changes.map((each) => each.field)).toEqual(['name', 'kind', 'creditCode', 'phone', 'licence', 'validTo']);
        expect(planImportRow(fields, existing, nothing)).toEqual({ plan: 'leave', changes: [], reasons: [] });
        expect(planImportRow({ ...fields, phone: null, licence: null }, existing, nothing).plan).toBe('leave');
        expect(planImportRow(fields, { ...existing, kind: 'soleTrader' }, nothing).plan).toBe('leave');
        const renewed = {
            ...fields,
            name: '晨光诊所',
            licence: { ...(fields.licence as never as object), validTo: '2030-01-01' },
        };
        expect(planImportRow(renewed as ImportFields, existing, nothing)).toEqual({
            plan: 'change',
            changes: [
                { field: 'name', from: '阳光诊所', to: '晨光诊所' },
                { field: 'validTo', from: '2027-01-01', to: '2030-01-01' },
            ],
            reasons: [],
        });
    });

    it('refuses what could be several, is merged or holds another party’s licence', () => {
        const refused = (given: object, of = existing) =>
            planImportRow(fields, of, { ...nothing, ...given }).reasons.map((each) => each.problem);
        expect(refused({ candidates: 2 })).toEqual(['ambiguous']);
        expect(refused({ licenceHolder: '别家' })).toEqual(['licenceTaken']);
        expect(refused({}, { ...existing, mergedInto: '新家' })).toEqual(['merged']);
        const begun = existing.licences.map((each) => ({ ...each, validFrom: '2028-01-01' }));
        expect(refused({}, { ...existing, licences: begun })).toEqual(['termWrong']);
        // A term of one day is one, and a term without its end has nothing wrong with it.
        const oneDay = existing.licences.map((each) => ({ ...each, validFrom: '2027-01-01' }));
        expect(refused({}, { ...existing, licences: oneDay })).toEqual([]);
        const open = { ...fields, licence: { ...(fields.licence as never as object), validFrom: '2028-01-01', validTo: null } };
        expect(planImportRow(open as ImportFields, undefined, { ...nothing, candidates: 0 }).reasons).toEqual([]);
    });

    it('lets a later row of one party add to it, not repeat or contradict it', () => {
        const later = (more: object) => {
            const row = { ...fields, ...more } as ImportFields;
            return planLaterRow(planImportRow(row, existing, nothing), 2);
        };
        expect(later({})).toMatchObject({ plan: 'refuse', reasons: [{ problem: 'twice', params: { line: 2 } }] });
        expect(later({ phone: '2' })).toMatchObject({ plan: 'refuse', reasons: [{ problem: 'contradicts', column: 'phone' }] });
        const second = {
            licence: {
                speciality: 'drinkingWater',
                specialityOther: null,
                number: '水 1',
                authority: null,
                validFrom: null,
                validTo: null,
            },
        };
        expect(later(second)).toMatchObject({ plan: 'change', changes: [{ field: 'licence', to: '水 1' }] });
    });
});
