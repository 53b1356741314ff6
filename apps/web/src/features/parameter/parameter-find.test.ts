import { expect, it } from 'vitest';
import { findableText, isFound } from './parameter-find.ts';

const text = findableText({
    names: ['听证申请期限', 'Asking for a hearing'],
    others: ['deadline.hearingRequest', '5 个工作日', '处罚法第64条'],
});

it.each(['', '  ', '听证', '申请 听证', 'tzsq', 'TZSQQX', 'hearing', 'deadline.hear', '5 个', '第64条', '６４'])(
    '%s finds it',
    (typed) => {
        expect(isFound(text, typed)).toBe(true);
    },
);
it.each(['听证 罚款', 'tzfk', '65', 'cff'])('%s does not', (typed) => {
    expect(isFound(text, typed)).toBe(false);
});
it('nothing typed finds everything', () => {
    expect(isFound(text, undefined)).toBe(true);
});
