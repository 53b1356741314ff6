import { expect, test } from 'vitest';
import { changesBetween, type Known, same } from './merge-edits.ts';

type Fields = { name: string; phone?: string; posts?: string[]; when?: { date: string; time: string } };
const known = (version: number, fields: Partial<Fields>): Known<Fields> => ({
    id: 'x',
    version,
    fields,
    words: (['name', 'phone', 'posts', 'when'] as const).map((name) => ({
        name,
        label: name.toUpperCase(),
        value: fields[name] === undefined ? null : String(fields[name]),
    })),
});

test('what the other changed is named, and whether it was typed over here', () => {
    const opened = known(1, { name: 'a', phone: '1' });
    const stored = known(2, { name: 'b', phone: '2' });
    expect(changesBetween(opened, stored, { name: 'a', phone: '3' })).toEqual([
        { name: 'name', label: 'NAME', was: 'a', became: 'b', touched: false, mine: 'a', theirs: 'b' },
        { name: 'phone', label: 'PHONE', was: '1', became: '2', touched: true, mine: '3', theirs: '2' },
    ]);
});
test('what nobody else changed is not mentioned, nor what both changed alike', () => {
    const opened = known(1, { name: 'a', phone: '1' });
    expect(changesBetween(opened, known(2, { name: 'a', phone: '2' }), { name: 'typed', phone: '2' })).toEqual([]);
});
test('an empty field is one, however it is written; a list is one in any order', () => {
    expect(same('', undefined)).toBe(true);
    expect(same([], undefined)).toBe(true);
    expect(same(['a', 'b'], ['b', 'a'])).toBe(true);
    expect(same({ date: '2026-11-18', time: '09:31' }, { date: '2026-11-18', time: '09:31' })).toBe(true);
    expect(same({ date: '2026-11-18', time: '09:31' }, { date: '2026-11-18', time: '09:32' })).toBe(false);
});
