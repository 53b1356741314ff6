import { describe, expect, it } from 'vitest';
import { DOCUMENT_COLUMN_IDS, DOCUMENT_COLUMNS, readDocumentRow, readDocumentTable } from './document-table.ts';

const list = { today: '2026-11-18', from: '市执法办案平台' };

describe('a list of documents made elsewhere', () => {
    it('is read by the names of its columns, whatever their order', () => {
        const table = readDocumentTable([
            ['日期', '文书名称', '经办', '案号'],
            ['2025/11/2', ' 行政处罚决定书（口腔门诊部） ', '张三', ''],
        ]);
        expect(table).toEqual({ rows: [{ date: '2025/11/2', title: '行政处罚决定书（口腔门诊部）' }], others: ['经办'] });
        expect(readDocumentTable([['文书名称', '备注']])).toBeUndefined();
    });
    it('no name stands for two columns', () => {
        const names = DOCUMENT_COLUMN_IDS.flatMap((column) => [...DOCUMENT_COLUMNS[column]]);
        expect(new Set(names).size).toBe(names.length);
    });
});

describe('a row', () => {
    it('says which document it is by its type or by what its title holds', () => {
        expect(readDocumentRow({ title: '甲单位行政处罚决定书', date: '2025年11月2日' }, list)).toEqual({
            type: 'penaltyDecision',
            title: '甲单位行政处罚决定书',
            number: null,
            date: '2025-11-02',
            from: '市执法办案平台',
            signers: null,
            creditCode: null,
            faults: [],
        });
        expect(readDocumentRow({ type: '现场笔录', date: '20251102' }, list)).toMatchObject({
            type: 'sceneRecord',
            title: '现场笔录',
        });
    });
    it('tells everything that is wrong with it', () => {
        const of = (row: object, from: string | null = list.from) => readDocumentRow(row, { ...list, from }).faults;
        expect(of({})).toEqual(['typeMissing', 'dateMissing']);
        expect(of({ type: '情书', date: '2026-02-30', creditCode: '123' })).toEqual([
            'typeUnknown',
            'dateWrong',
            'creditCodeWrong',
        ]);
        expect(of({ type: '现场笔录', date: '2026-11-19' }, null)).toEqual(['dateInFuture', 'fromMissing']);
        expect(of({ type: '现场笔录', date: '2026-11-18', title: '长'.repeat(201) })).toEqual(['tooLong']);
    });
});
