import { expect, test } from 'vitest';
import { DISC_BYTES } from '../proof/package/disc-media.ts';
import { estimateDiscs } from './disc-estimate.ts';

test('discs are estimated from the sizes of the recordings', () => {
    const GB = 1_000_000_000;
    expect(estimateDiscs([], DISC_BYTES.dvd)).toBe(1);
    expect(estimateDiscs([2 * GB, 2 * GB], DISC_BYTES.dvd)).toBe(1);
    expect(estimateDiscs([2 * GB, 2 * GB, GB], DISC_BYTES.dvd)).toBe(2);
    expect(estimateDiscs([2 * GB, 2 * GB, GB], DISC_BYTES.bd)).toBe(1);
    expect(estimateDiscs([30 * GB], DISC_BYTES.bd)).toBe(2);
    expect(estimateDiscs([9_000_000 * GB], DISC_BYTES.bd)).toBeUndefined();
});
