import { describe, expect, it } from 'vitest';
import { zh } from '../text/index.ts';
import { atMost } from './at-most.ts';

const check = async (value: unknown, most = 5): Promise<string | undefined> => {
    const rule = atMost(zh, most);
    if (typeof rule === 'function' || rule.validator === undefined) throw new Error('the rule has a check');
    try {
        await rule.validator({}, value, () => undefined);
        return undefined;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
};

describe('a field that holds at most so many characters', () => {
    it.each([undefined, null, '', '一二三四五', '𠮷𠮷𠮷𠮷𠮷'])('takes %j', async (value) => {
        expect(await check(value)).toBeUndefined();
    });

    it('says by how much it is too long, a rare character being one', async () => {
        expect(await check('𠮷'.repeat(7))).toBe('最多 5 个字，超出 2 个。没有截断，改短以后再提交');
    });
});
