import { expect, it } from 'vitest';
import { BoundedMap, BoundedSet } from './bounded.ts';

it('forgets what came first, and only when something new needs its room', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1).set('b', 2).set('a', 3);
    expect([...map]).toEqual([
        ['a', 3],
        ['b', 2],
    ]);
    map.set('c', 4);
    expect([...map.keys()]).toEqual(['b', 'c']);
    const set = new BoundedSet<string>(2);
    for (const each of ['a', 'b', 'a', 'c']) set.add(each);
    expect([...set]).toEqual(['b', 'c']);
});
