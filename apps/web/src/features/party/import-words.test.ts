import {
    GRADE_COLUMNS,
    GRADE_HEADERS,
    IMPORT_CHANGE_FIELDS,
    IMPORT_COLUMNS,
    IMPORT_HEADERS,
    IMPORT_PROBLEMS,
} from '@liuhen/domain';
import { expect, it } from 'vitest';
import { en, zh } from '../../text/index.ts';
import { changeWords, reasonWords } from './import-words.ts';

it.each([
    ['zh-CN', zh],
    ['en', en],
])('every problem, column and field of an import has words, and no other: %s', (_, text) => {
    expect(Object.keys(text.imports.problems).sort()).toEqual([...IMPORT_PROBLEMS].sort());
    expect(Object.keys(text.imports.columns).sort()).toEqual([...new Set([...IMPORT_COLUMNS, ...GRADE_COLUMNS])].sort());
    expect(Object.keys(text.imports.fields).sort()).toEqual([...IMPORT_CHANGE_FIELDS].sort());
});

it('the templates have the headings that are read', () => {
    for (const column of IMPORT_COLUMNS) expect(IMPORT_HEADERS[column]).toContain(zh.imports.columns[column]);
    for (const column of GRADE_COLUMNS) expect(GRADE_HEADERS[column]).toContain(zh.imports.columns[column]);
});

it('says old and new, and which column is wrong', () => {
    expect(changeWords(zh, { field: 'phone', from: '1', to: '2' })).toBe('联系电话：1 → 2');
    expect(changeWords(zh, { field: 'kind', from: null, to: 'soleTrader' })).toBe('类别：个体工商户');
    expect(reasonWords(zh, { problem: 'tooLong', column: 'phone', params: { most: 40 } })).toBe('联系电话：最多 40 个字');
    expect(reasonWords(zh, { problem: 'twice', params: { line: 3 } })).toContain('第 3 行');
});
