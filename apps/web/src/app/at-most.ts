import { fill } from '@liuhen/contract';
import type { FormItemProps } from 'antd';
import type { Texts } from '../text/index.ts';

/** As the check of a document's fields counts: what is one character to its reader is one here. */
export const lengthOf = (value: string): number => [...value].length;

/**
 * The rule of a field that holds at most so many characters. Nothing that was typed or pasted is cut off: it stays, it is said by
 * how much it is too long, and the form is not sent.
 */
export const atMost = (text: Texts, most: number): NonNullable<FormItemProps['rules']>[number] => ({
    validator: async (_rule, value: unknown) => {
        const over = typeof value === 'string' ? lengthOf(value) - most : 0;
        if (over > 0) throw new Error(fill(text.common.over, { most, over }));
    },
});
