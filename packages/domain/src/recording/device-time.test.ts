import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceTimeOf, timeInName } from './device-time.ts';

/** 2026-11-18 09:31:00 in Shanghai. */
const START = Date.UTC(2026, 10, 18, 1, 31);
const since1904 = (instant: number) => (instant - Date.UTC(1904, 0, 1)) / 1_000;
const HOUR_8 = 8 * 3_600_000;

describe('a time in the file name', () => {
    test.each([
        ['DCAM_A0173_110207_20261118_093100.MP4', '20261118_093100'],
        ['20261118093100.mp4', '20261118093100'],
        ['110207-20261118093100123_000001_IMP.mp4', '20261118093100123'],
        ['2026-11-18_09-31-00.mov', '2026-11-18_09-31-00'],
        ['2026.11.18 09.31.00.mp4', '2026.11.18 09.31.00'],
        ['现场检查2026年11月18日9时31分00秒.mp4', '2026年11月18日9时31分00秒'],
        ['20261118093100_20261118094500.mp4', '20261118093100'],
        ['D:\\DCIM\\20250101_000000\\20261118T093100.MP4', '20261118T093100'],
        ['99999999_999999_20261118-093100.mp4', '20261118-093100'],
    ])('%s is read as the local time of the device', (fileName, text) => {
        expect(deviceTimeOf({ fileName })).toEqual({ basis: 'fileName', text, zone: 'Asia/Shanghai', start: START });
    });

    test.each([
        'MOV_0001.mp4',
        '20260229_093100.mp4',
        '20261301_093100.mp4',
        '20261118_240000.mp4',
        '20261118_096000.mp4',
        '20261118.mp4',
        '34020000001320261118093100.mp4',
        '2026-11.18_09-31-00.mp4',
        '',
        '../..',
        'x\u0000\u202E.mp4',
    ])('%j names no time', (fileName) => {
        expect(deviceTimeOf({ fileName })).toEqual({ basis: 'unknown' });
    });

    test('29 February exists in leap years only', () => {
        expect(timeInName('20280229_000000.mp4')?.wallClock).toBe(Date.UTC(2028, 1, 29));
    });

    test('every second from 1900 to 2099 is found again, whatever stands around it', () => {
        const wallClocks = fc.integer({ min: Date.UTC(1900, 0, 1) / 1_000, max: Date.UTC(2099, 11, 31) / 1_000 });
        fc.assert(
            fc.property(wallClocks, fc.constantFrom('', '_', '-', ' '), (seconds, between) => {
                const iso = new Date(seconds * 1_000).toISOString();
                const name = `A1_${iso.slice(0, 10).replaceAll('-', '')}${between}${iso.slice(11, 19).replaceAll(':', '')}.MP4`;
                expect(timeInName(name)?.wallClock).toBe(seconds * 1_000);
            }),
        );
    });
});

describe('the container beside the file name', () => {
    const fileName = '20261118_093100.MP4';

    test('true UTC agrees', () => {
        const time = deviceTimeOf({ fileName, creationSeconds: since1904(START) });
        expect(time).toMatchObject({ start: START, containerReading: { zone: 'UTC', moment: 'start', certainty: 'agrees' } });
    });

    test('local time labelled UTC agrees too, and says so', () => {
        const time = deviceTimeOf({ fileName, creationSeconds: since1904(START + HOUR_8) });
        expect(time).toMatchObject({ containerReading: { zone: 'Asia/Shanghai', moment: 'start', certainty: 'agrees' } });
    });

    test('a creation time written when the file was closed agrees, when the length is known', () => {
        const creationSeconds = since1904(START + HOUR_8 + 60_000);
        expect(deviceTimeOf({ fileName, creationSeconds, durationMs: 60_500 })).toMatchObject({
            containerReading: { zone: 'Asia/Shanghai', moment: 'end', certainty: 'agrees' },
        });
        expect(deviceTimeOf({ fileName, creationSeconds })).toMatchObject({ conflict: { differenceMs: 60_000 } });
    });

    test('2 s apart agrees, 3 s apart is a conflict that changes nothing', () => {
        expect(deviceTimeOf({ fileName, creationSeconds: since1904(START) + 2 })).not.toHaveProperty('conflict');
        expect(deviceTimeOf({ fileName, creationSeconds: since1904(START) + 3 })).toEqual({
            basis: 'fileName',
            text: '20261118_093100',
            zone: 'Asia/Shanghai',
            start: START,
            conflict: { with: 'container', text: '2026-11-18T01:31:03', differenceMs: 3_000 },
        });
    });

    test('a creation time of 0 is no evidence', () => {
        expect(deviceTimeOf({ fileName, creationSeconds: 0 })).not.toHaveProperty('conflict');
    });
});

describe('the container alone', () => {
    const fileName = 'MOV_0001.MP4';

    test('is read as UTC, as the format says, and the assumption is stated', () => {
        expect(deviceTimeOf({ fileName, creationSeconds: since1904(START) })).toEqual({
            basis: 'container',
            text: '2026-11-18T01:31:00',
            zone: 'UTC',
            start: START,
            containerReading: { zone: 'UTC', moment: 'start', certainty: 'assumed' },
        });
    });

    test('is read as local time when UTC would lie after the arrival', () => {
        const evidence = { fileName, creationSeconds: since1904(START + HOUR_8), receivedAt: START + 3_600_000 };
        expect(deviceTimeOf(evidence)).toMatchObject({ zone: 'Asia/Shanghai', start: START, text: '2026-11-18T09:31:00' });
    });
});

describe('what cannot be', () => {
    test.each([
        ['19700101_080000.mp4', undefined],
        ['20000101_000010.mp4', undefined],
        ['MOV_1.mp4', 10],
        ['MOV_1.mp4', since1904(Date.UTC(1970, 0, 1))],
    ])('%s with %s is a reset clock', (fileName, creationSeconds) => {
        const evidence = creationSeconds === undefined ? { fileName } : { fileName, creationSeconds };
        expect(deviceTimeOf(evidence)).toMatchObject({ implausible: 'resetClock' });
    });

    test('a start after the arrival is marked and stands', () => {
        const time = deviceTimeOf({ fileName: '20261118_093100.mp4', receivedAt: START - 3_600_000 });
        expect(time).toMatchObject({ start: START, implausible: 'future' });
    });
});

test('what a person states is used only where the file says nothing', () => {
    const stated = { text: '2026-11-18 10:00:00', start: START + 29 * 60_000 };
    expect(deviceTimeOf({ fileName: 'a.mp4', stated })).toEqual({ basis: 'stated', zone: 'Asia/Shanghai', ...stated });
    expect(deviceTimeOf({ fileName: '20261118_093100.mp4', stated })).toMatchObject({ basis: 'fileName', start: START });
});
