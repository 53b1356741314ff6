import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recheck } from './draw-digest.ts';

const GOLDEN = new URL('../../../../../packages/domain/src/task/golden/draw-v1.json', import.meta.url);

it('the browser draws again and finds the golden records equal', () => {
    for (const record of JSON.parse(readFileSync(GOLDEN, 'utf8'))) {
        expect(recheck(JSON.stringify(record))).toEqual([]);
        expect(recheck(JSON.stringify({ ...record, listsDigest: '' }))).toEqual(['listsDigest']);
    }
    expect([recheck('not json'), recheck('[]')]).toEqual([['format'], ['format']]);
});
