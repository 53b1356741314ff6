import { describe, expect, it } from 'vitest';
import { zh } from '../../text/index.ts';
import { specialityWords, standingWords } from './licence-words.ts';

describe('how a licence stands, in words', () => {
    it.each([
        [{ standing: 'ok', daysLeft: 90 }, '还有 90 天'],
        [{ standing: 'due', daysLeft: 14 }, '将到期，还有 14 天'],
        [{ standing: 'due', daysLeft: 1 }, '今天到期'],
        [{ standing: 'expired', daysLeft: 0 }, '已过期 1 天'],
        [{ standing: 'expired', daysLeft: -9 }, '已过期 10 天'],
        [{ standing: 'longTerm', daysLeft: null }, '长期有效'],
        [{ standing: 'notYet', daysLeft: 900, validFrom: '2027-01-01' }, '2027-01-01 起有效'],
    ] as const)('%o', (standing, words) => {
        expect(standingWords(zh, standing)).toBe(words);
    });

    it('another speciality has its own words', () => {
        expect(specialityWords(zh, 'other', '托育机构')).toBe('托育机构');
        expect(specialityWords(zh, 'publicPlace', null)).toBe('公共场所卫生许可');
    });
});
