import { PERMISSIONS_OF } from '@liuhen/domain';
import { expect, test } from 'vitest';
import { homeOf } from './nouns.ts';

test('everybody begins where their work is', () => {
    expect(homeOf(PERMISSIONS_OF.officer, 'districtInstitute')).toBe('/acts');
    expect(homeOf(PERMISSIONS_OF.recordingManager, 'districtInstitute')).toBe('/acts');
    expect(homeOf(PERMISSIONS_OF.systemAdmin, 'districtInstitute')).toBe('/persons');
    expect(homeOf(PERMISSIONS_OF.securityAdmin, 'districtInstitute')).toBe('/persons');
    expect(homeOf(PERMISSIONS_OF.auditAdmin, 'districtInstitute')).toBe('/log');
    expect(homeOf(PERMISSIONS_OF.inspector, 'cityCommission')).toBe('/compliance/statistics');
    expect(homeOf(PERMISSIONS_OF.officer, 'cityCommission')).toBe('/acts');
    expect(homeOf(PERMISSIONS_OF.auditAdmin, 'cityCommission')).toBe('/log');
    expect(homeOf([], 'districtInstitute')).toBeUndefined();
});
