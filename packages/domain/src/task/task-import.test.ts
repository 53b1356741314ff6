import { describe, expect, it } from 'vitest';
import { matchParty, readDay, readTaskRow } from './task-import.ts';
import { readTaskTable } from './task-table.ts';

describe('the columns of a list', () => {
    it('are known by their names, and what is not known goes into the remarks', () => {
        const table = readTaskTable([
            ['序号', '任务编号*', '单位名称', '地 址', '完成期限', '备注', '抽查事项'],
            ['1', 'A-1', '阳光口腔', '世纪大道\u00001 号', '2026/12/5', '首次', '放射防护'],
            ['2', 'A-2', '云裳', '', '', '', ''],
        ]);
        expect(table).toEqual({
            rows: [
                {
                    externalId: 'A-1',
                    partyName: '阳光口腔',
                    address: '世纪大道 1 号',
                    dueDay: '2026/12/5',
                    note: '首次；序号：1；抽查事项：放射防护',
                },
                { externalId: 'A-2', partyName: '云裳', note: '序号：2' },
            ],
            others: ['序号', '抽查事项'],
        });
    });

    it('have to say which task and which party', () => {
        expect(readTaskTable([['任务编号', '地址']])).toBeUndefined();
        expect(readTaskTable([['单位名称']])).toBeUndefined();
        expect(readTaskTable([])).toBeUndefined();
        expect(readTaskTable([['编号', '信用代码']])).toEqual({ rows: [], others: [] });
    });
});

it.each([
    ['2026-12-05', '2026-12-05'],
    ['2026/12/5', '2026-12-05'],
    ['2026年12月5日', '2026-12-05'],
    ['２０２６．１２．５', '2026-12-05'],
    ['20261205', '2026-12-05'],
    ['2026-02-30', undefined],
    ['12/5', undefined],
])('the day %s is %s', (typed, day) => {
    expect(readDay(typed)).toBe(day);
});

it('a row names its scenario as people do, or as the organisation named an added one', () => {
    const read = (scenario: string) =>
        readTaskRow(
            { externalId: scenario, partyName: '店', scenario },
            { seen: new Set(), dueDay: '2026-12-31', scenarios: ['own.应急处置'] },
        );
    expect(read('监督抽检')).toMatchObject({ scenario: 'surveillanceSampling', faults: [] });
    expect(read('约谈询问').scenario).toBe('interview');
    expect(read('routineInspection').scenario).toBe('routineInspection');
    expect(read('应急处置').scenario).toBe('own.应急处置');
    expect(read('别的').faults).toEqual(['scenarioUnknown']);
    const table = readTaskTable([
        ['任务编号', '单位名称', '执法情形'],
        ['A-1', '店', '监督抽检'],
    ]);
    expect(table).toEqual({ rows: [{ externalId: 'A-1', partyName: '店', scenario: '监督抽检' }], others: [] });
});

it('a row says all that is wrong with it', () => {
    const seen = new Set<string>();
    expect(readTaskRow({}, { seen }).faults).toEqual(['externalIdMissing', 'partyMissing', 'dueDayMissing']);
    expect(readTaskRow({ externalId: 'A', partyName: '店', scenario: 'dance' }, { seen, dueDay: '2026-12-31' })).toMatchObject({
        dueDay: '2026-12-31',
        faults: ['scenarioUnknown'],
    });
    expect(readTaskRow({ externalId: 'A', creditCode: 'x' }, { seen, dueDay: '2026-12-31' }).faults).toEqual([
        'externalIdTwice',
        'creditCodeWrong',
    ]);
});

describe('the party a row means', () => {
    const party = (id: string, name: string, creditCode: string | null, ...addresses: string[]) => ({
        id,
        name,
        creditCode,
        addresses,
    });
    const known = [
        party('1', '阳光口腔门诊部', '91350100M000100Y43', '世纪大道 1 号'),
        party('2', '云裳（美发）店', null, '张杨路5号'),
        party('3', '云裳(美发)店', null, '川沙路 9 号'),
        party('4', '独一浴场', null, '惠南镇'),
    ];
    const match = (name: string, address?: string, creditCode: string | null = null) =>
        matchParty({ creditCode, name, address }, known);

    it('is found by code, then by name and address, and proposed by a name alone', () => {
        expect(match('别的名字', undefined, '91350100M000100Y43')).toEqual({ state: 'matched', partyId: '1' });
        expect(match('云裳(美发)店', '川沙路9号')).toEqual({ state: 'matched', partyId: '3' });
        expect(match('云裳（美发）店')).toEqual({ state: 'unmatched' });
        expect(match('独一浴场', '别处')).toEqual({ state: 'proposed', partyId: '4' });
        expect(match('没有的店')).toEqual({ state: 'unmatched' });
    });

    it('is never one that has another code', () => {
        expect(match('阳光口腔门诊部', '世纪大道 1 号', '914403001922038216')).toEqual({ state: 'unmatched' });
    });
});
