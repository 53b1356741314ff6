import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('commas, quotes and line ends are kept', () => {
    expect(csvOf([['a', 'b,c', 'd"e', 'f\ng']])).toBe('a,"b,c","d""e","f\ng"\r\n');
});
test('nothing turns into a formula', () => {
    expect(csvOf([['=1+1', '@x', '-2', '康颐']])).toBe("'=1+1,'@x,'-2,康颐\r\n");
});
