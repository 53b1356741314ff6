import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSampleRecord, recheckSample } from './sample-digest.ts';

const GOLDEN = new URL('../../../../../packages/domain/src/inspection/golden/campaign-v1.json', import.meta.url);

it('the browser draws samples again and finds the golden records equal', () => {
    for (const record of JSON.parse(readFileSync(GOLDEN, 'utf8'))) {
        expect(isSampleRecord(JSON.stringify(record))).toBe(true);
        expect(recheckSample(JSON.stringify(record))).toEqual([]);
        expect(recheckSample(JSON.stringify({ ...record, frameDigest: '' }))).toEqual(['frameDigest']);
    }
    expect([recheckSample('not json'), recheckSample('[]')]).toEqual([['format'], ['format']]);
    expect([isSampleRecord('not json'), isSampleRecord('null'), isSampleRecord('{}')]).toEqual([false, false, false]);
});
