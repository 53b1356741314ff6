import { expect, it } from 'vitest';
import { toldApart } from './told-apart.ts';

const party = (name: string, creditCode: string | null, address: string | null) => ({ name, creditCode, address });

it.each([
    ['other names', party('甲', '1', '甲路'), party('乙', '2', '乙路'), [null, null]],
    ['codes that differ', party('甲', '1', '甲路'), party('甲', '2', '甲路'), ['1', '2']],
    ['one without a code', party('甲', '1', '甲路'), party('甲', null, '乙路'), ['1', '乙路']],
    ['the same code at two addresses', party('甲', '1', '甲路'), party('甲', '1', '乙路'), ['甲路', '乙路']],
    ['no code at all', party('甲', null, '甲路'), party('甲', null, '乙路'), ['甲路', '乙路']],
    ['one without an address', party('甲', null, '甲路'), party('甲', null, null), ['甲路', null]],
    ['nothing that differs', party('甲', '1', null), party('甲', '1', null), ['1', '1']],
])('%s', (_, one, other, expected) => {
    expect(toldApart(one, other)).toEqual(expected);
});
