import { expect, it } from 'vitest';
import { differing } from './document-conflict.tsx';
import { isSameValue } from './same-value.ts';

it.each([
    [undefined, '', true],
    ['café', 'cafe\u0301', true],
    ['\ud842', '\ud842', true],
    ['\ud842', '\ud843', false],
    [1, '1', false],
    [[{ name: '张三', count: 1 }], [{ count: 1, name: '张三' }], true],
    [[{ name: '张三', count: 1 }], [{ name: '张三' }], false],
    [[{ name: 'é' }], [{ name: 'e\u0301' }], true],
    [['a', 'b'], ['b', 'a'], false],
])('%j and %j say the same: %s', (one, other, same) => {
    expect(isSameValue(one as never, other as never)).toBe(same);
});

it('text that is not NFC leaves the view of a conflict standing', () => {
    const fields = ['place', 'note'].map((key) => ({ key, label: key, kind: 'text' }) as never);
    const open = differing(fields, { place: 'Cafe\u0301', note: 'mine' }, { place: 'Café', note: 'theirs' });
    expect(open.map(({ key }) => key)).toEqual(['note']);
});
