import { expect, it } from 'vitest';
import { ROLES } from '../identity/roles.ts';
import { seesAllViewings, viewingState } from './viewing.ts';

it('a viewing is open until somebody ends it or its time is over', () => {
    expect(viewingState({ closedAt: null, until: 100 }, 99)).toBe('open');
    expect(viewingState({ closedAt: 50, until: 100 }, 99)).toBe('ended');
    expect(viewingState({ closedAt: 50, until: 100 }, 1_000)).toBe('ended');
    // Nobody ended it: what was played is not known, whether it was closed for that already or not yet.
    expect(viewingState({ closedAt: null, until: 100 }, 100)).toBe('expired');
    expect(viewingState({ closedAt: 103, until: 100 }, 200)).toBe('expired');
});

it('the whole register is for those who look after recordings, and for none of the three administrators (附件1 第19条)', () => {
    expect(ROLES.filter((role) => seesAllViewings([role])).toSorted()).toEqual([
        'inspector',
        'instituteHead',
        'legalReviewer',
        'recordingManager',
        'sectionHead',
    ]);
});
