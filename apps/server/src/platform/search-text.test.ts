import { expect, it } from 'vitest';
import { likePattern, searchTextOf } from './search-text.ts';

it('a row is found by its texts in any width and case, and by the initials of its names', () => {
    const found = searchTextOf(['阳光口腔（浦东）门诊部', null], ['９１３５ABc', '', '世纪大道 1 号']);
    expect(found.split('\n')).toEqual(['阳光口腔(浦东)门诊部', '9135abc', '世纪大道 1 号', 'ygkqpdmzb']);
});

it('a pattern takes what was typed as it is', () => {
    expect(likePattern('  ＡＢ  c ')).toBe('%ab c%');
    expect(likePattern('50%_\\')).toBe('%50\\%\\_\\\\%');
    expect([likePattern(undefined), likePattern(''), likePattern('  ')]).toEqual([undefined, undefined, undefined]);
});
