import { expect, it } from 'vitest';
import { chineseMoney, chineseNumeral, numberOfChinese } from './chinese-numerals.ts';

it.each([
    [0, '〇'],
    [7, '七'],
    [10, '十'],
    [18, '十八'],
    [20, '二十'],
    [95, '九十五'],
    [100, '一百'],
    [105, '一百〇五'],
    [110, '一百一十'],
    [1024, '一千〇二十四'],
    [2005, '二千〇五'],
])('%i is %s', (of, text) => expect(chineseNumeral(of)).toBe(text));

it.each([
    [0, '人民币零元整'],
    [5, '人民币伍分'],
    [10_00, '人民币壹拾元整'],
    [2000_00, '人民币贰仟元整'],
    [10_05, '人民币壹拾元零伍分'],
    [10_50, '人民币壹拾元伍角整'],
    [100_500_00, '人民币壹拾万零伍佰元整'],
    [1_0000_0000_00, '人民币壹亿元整'],
    [1_0500_0003_45, '人民币壹亿零伍佰万零叁元肆角伍分'],
    [20_3000_00, '人民币贰拾万叁仟元整'],
])('%i fen is %s', (of, text) => expect(chineseMoney(of)).toBe(text));

it('every number that is written so is read again, and nothing else', () => {
    for (let number = 1; number <= 9999; number++) expect(numberOfChinese(chineseNumeral(number))).toBe(number);
    expect(numberOfChinese('一百零五')).toBe(105);
    for (const none of ['', '〇', '十十', '二三', '百', '一十', '条', '五十七条', '57'])
        expect(numberOfChinese(none), none).toBeUndefined();
});
