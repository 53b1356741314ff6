import { expect, it } from 'vitest';
import { readListFile } from './read-list-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it('a list is read in UTF-8 and in GBK', () => {
    const expected = { name: 'a.csv', table: { rows: [{ externalId: 'A1', partyName: '店' }], others: [] } };
    expect(readListFile('a.csv', bytes('任务编号,单位名称\r\nA1,店\r\n'))).toEqual(expected);
    // 任务编号,单位名称 and 店 as GBK.
    const gbk = [0xc8, 0xce, 0xce, 0xf1, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xb5, 0xa5, 0xce, 0xbb, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a];
    expect(readListFile('a.csv', new Uint8Array([...gbk, 0x41, 0x31, 0x2c, 0xb5, 0xea]))).toEqual(expected);
});

it('what is no list says so', () => {
    expect(readListFile('a.xlsx', new Uint8Array([0x50, 0x4b, 3, 4]))).toBe('unreadable');
    expect(readListFile('a.csv', bytes(''))).toBe('unreadable');
    expect(readListFile('a.csv', bytes('任务编号,单位名称\n'))).toBe('unreadable');
    expect(readListFile('a.csv', bytes('甲,乙\n1,2\n'))).toBe('noColumns');
});
