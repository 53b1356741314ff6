import { describe, expect, test } from 'vitest';
import {
    formatBytes,
    formatCount,
    formatDateTime,
    formatDuration,
    formatMediaTime,
    formatPeriod,
    formatPermille,
    formatTime,
} from './format.ts';

const AT = Date.UTC(2026, 10, 18, 1, 31, 4, 267);

describe('dates and times of Shanghai', () => {
    test('date, weekday and minute', () => {
        expect(formatDateTime(AT, 'zh-CN')).toBe('2026-11-18（周三）09:31');
        expect(formatDateTime(AT, 'en')).toBe('2026-11-18 (Wed) 09:31');
    });
    test('the day turns at local midnight', () => {
        expect(formatDateTime(Date.UTC(2026, 10, 18, 16, 0), 'zh-CN')).toBe('2026-11-19（周四）00:00');
        expect(formatDateTime(Date.UTC(2026, 10, 18, 15, 59, 59, 999), 'zh-CN', 'tenth')).toBe('2026-11-18（周三）23:59:59.9');
    });
    test('seconds and tenths are cut', () => {
        expect(formatTime(AT)).toBe('09:31:04');
        expect(formatTime(AT, 'tenth')).toBe('09:31:04.2');
        expect(formatTime(AT, 'minute')).toBe('09:31');
    });
    test('a period names the second date only when it differs', () => {
        expect(formatPeriod(AT, AT + 76 * 60_000, 'zh-CN')).toBe('2026-11-18（周三）09:31 – 10:47');
        expect(formatPeriod(AT, AT + 20 * 3_600_000, 'en')).toBe('2026-11-18 (Wed) 09:31 – 2026-11-19 (Thu) 05:31');
    });
});

describe('lengths of time', () => {
    test.each([
        [0, '0 秒', '0 s'],
        [20, '<0.1 秒', '<0.1 s'],
        [4_200, '4.2 秒', '4.2 s'],
        [5_000, '5 秒', '5 s'],
        [9_960, '10 秒', '10 s'],
        [156_000, '2 分 36 秒', '2 min 36 s'],
        [3_600_000, '1 小时', '1 h'],
        [4_632_000, '1 小时 17 分 12 秒', '1 h 17 min 12 s'],
        [100_800_000, '1 天 4 小时', '1 d 4 h'],
        [-29_000, '−29 秒', '−29 s'],
        [59_999, '1 分', '1 min'],
    ])('%i ms', (ms, zh, en) => {
        expect(formatDuration(ms, 'zh-CN')).toBe(zh);
        expect(formatDuration(ms, 'en')).toBe(en);
    });
    test('two units of a long wait', () => expect(formatDuration(22_343_000, 'zh-CN', 2)).toBe('6 小时 12 分'));
    test('media time', () => {
        expect(formatMediaTime(2_118_000)).toBe('35:18');
        expect(formatMediaTime(4_632_999)).toBe('1:17:12');
        expect(formatMediaTime(7_000)).toBe('0:07');
    });
});

test('counts', () => {
    expect(formatCount(184_031, 'zh-CN')).toBe('184\u2009031');
    expect(formatCount(184_031n, 'en')).toBe('184,031');
    expect(formatCount(-1_000, 'en')).toBe('−1,000');
    expect(formatCount(999, 'en')).toBe('999');
});

test('sizes are cut to three figures', () => {
    expect(formatBytes(0n)).toBe('0 B');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(999_999n)).toBe('999 kB');
    expect(formatBytes(1_099_511_627n)).toBe('1.09 GB');
    expect(formatBytes(10n ** 19n)).toBe('10.0 EB');
});

test('per-mille', () => {
    expect(formatPermille(966)).toBe('96.6 %');
    expect(formatPermille(1000)).toBe('100 %');
    expect(formatPermille(0)).toBe('0 %');
});
