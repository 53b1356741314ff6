import { expect, test } from 'vitest';
import { day, oneOf, parseSearch, readSearch, stringifySearch, uuid, words } from './search-params.ts';

const read = readSearch({ q: words(5), state: oneOf(['open', 'closed']), personId: uuid, from: day });

test('what the page knows is read, everything else is dropped', () => {
    const id = '0199a1b2-0000-7000-8000-000000000001';
    expect(read({ q: '康颐', state: 'open', personId: id, from: '2026-11-01', other: 'x' })).toEqual({
        q: '康颐',
        state: 'open',
        personId: id,
        from: '2026-11-01',
    });
});
test('bad values do not break a link', () => {
    expect(read({ q: '  ', state: 'gone', personId: '1', from: '2026-13-01' })).toEqual({});
    expect(read({ q: '一二三四五六' })).toEqual({ q: '一二三四五' });
});
test('figures in an address stay text', () => {
    expect(read(parseSearch('?q=0173'))).toEqual({ q: '0173' });
    expect(stringifySearch({ q: '0173', state: undefined })).toBe('?q=0173');
    expect(stringifySearch({})).toBe('');
});
