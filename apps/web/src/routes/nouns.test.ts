import { PERMISSIONS_OF } from '@liuhen/domain';
import { expect, test } from 'vitest';
import { homeOf } from './nouns.ts';

test('everybody begins where their work is', () => {
    expect(homeOf(PERMISSIONS_OF.officer)).toBe('/acts');
    expect(homeOf(PERMISSIONS_OF.recordingManager)).toBe('/acts');
    expect(homeOf(PERMISSIONS_OF.systemAdmin)).toBe('/persons');
    expect(homeOf(PERMISSIONS_OF.securityAdmin)).toBe('/persons');
    expect(homeOf(PERMISSIONS_OF.auditAdmin)).toBe('/log');
    expect(homeOf([])).toBeUndefined();
});
