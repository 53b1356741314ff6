import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../kernel/instant.ts';
import { readingBeside, readingOfNewest, readingOfTrack, readingStamped } from './dock-clock.ts';
import { questionsOf, readDockFacts, tellsApart } from './dock-facts.ts';
import { decideErase, decideHalfErased, type EraseFacts, SWITCH_HOLDS } from './erase.decide.ts';
import { fixIn, NmeaReader, readPositions, readTrack } from './nmea.ts';
import { type DockReceipt, parseReceipt, receiptText } from './receipt.ts';

const receipt: DockReceipt = {
    v: 1,
    org: '01890000-0000-7000-8000-000000000001',
    recording: '01890000-0000-7000-8000-000000000002',
    sha256: 'a'.repeat(64),
    sm3: 'b'.repeat(64),
    size: '3',
    verifiedAt: 1,
    issuedAt: 2,
    app: '0123456789abcdef',
};

describe('a receipt', () => {
    it('is read back byte for byte, and anything else is none', () => {
        expect(parseReceipt(receiptText(receipt))).toEqual(receipt);
        for (const text of ['', '{}', 'null', ` ${receiptText(receipt)}`, receiptText({ ...receipt, size: '03' })])
            expect(parseReceipt(text)).toBeUndefined();
        expect(parseReceipt(receiptText({ ...receipt, extra: 1 } as DockReceipt))).toBeUndefined();
    });
});

describe('erasing from a recorder', () => {
    const state = { size: 3n, modifiedNs: 7n, sha256: receipt.sha256 };
    const facts: EraseFacts = {
        source: 'recorder',
        switchedOn: { value: true, heardAt: 1_000 },
        now: 2_000,
        keyPinned: true,
        receipt,
        signed: true,
        copied: state,
        found: state,
        sameFile: true,
    };
    it('is allowed when everything speaks for it', () => expect(decideErase(facts)).toEqual({ erase: true }));

    it.each([
        ['switchUnknown', { switchedOn: null }],
        ['switchUnknown', { now: 1_000 + SWITCH_HOLDS + 1 }],
        ['switchUnknown', { now: 999 }],
        ['switchedOff', { switchedOn: { value: false, heardAt: 1_000 } }],
        ['notARecorder', { source: 'room' }],
        ['notARecorder', { source: 'stationCopy' }],
        ['notARecorder', { source: 'phone' }],
        ['notARecorder', { source: 'upload' }],
        ['noKey', { keyPinned: false }],
        ['noReceipt', { receipt: null }],
        ['receiptForged', { signed: false }],
        ['receiptOfOther', { receipt: { ...receipt, sha256: 'c'.repeat(64) } }],
        ['receiptOfOther', { receipt: { ...receipt, size: '4' } }],
        ['gone', { found: null }],
        ['changed', { found: { ...state, size: 4n } }],
        ['changed', { found: { ...state, modifiedNs: 8n } }],
        ['changed', { found: { ...state, sha256: 'd'.repeat(64) } }],
        ['moved', { sameFile: false }],
    ] satisfies [string, Partial<EraseFacts>][])('is not, for %s', (why, against) => {
        expect(decideErase({ ...facts, ...against })).toEqual({ erase: false, why });
    });

    it('that was interrupted counts as done only where the file is gone from the very volume it lay on', () => {
        expect(decideHalfErased({ gone: true, sameVolume: true })).toBe('erased');
        for (const [gone, sameVolume] of [
            [true, false],
            [false, true],
            [false, false],
        ] as const)
            expect(decideHalfErased({ gone, sameVolume })).toBe('unknown');
    });
});

const sentence = (fields: string) => {
    let sum = 0;
    for (const char of fields) sum ^= char.charCodeAt(0);
    return `$${fields}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};
const rmc = (time: string, date = '281026', status = 'A', talker = 'GN') =>
    sentence(`${talker}RMC,${time},${status},3113.9000,N,12128.0000,E,0.0,0.0,${date},,,A`);

describe('satellite sentences', () => {
    it.each(['GP', 'GN', 'BD', 'GB', 'GL'])('of %s give the moment in UTC', (talker) => {
        const utc = Date.UTC(2026, 9, 28, 6, 4, 58, 250);
        expect(fixIn(`20261028140500 ${rmc('060458.25', '281026', 'A', talker)}\r`)).toEqual({
            utc,
            place: { latE7: 312_316_667, lonE7: 1_214_666_667 },
            speedMmPerS: 0,
        });
    });

    it.each([
        ['no valid fix', rmc('060458.00', '281026', 'V')],
        ['a wrong checksum', rmc('060458.00').replace('E,0.0', 'E,0.1')],
        ['no date', rmc('060458.00', '')],
        ['a day that does not exist', rmc('060458.00', '300226')],
        ['a receiver that lost count of its weeks', rmc('060458.00', '130307')],
        ['an hour that does not exist', rmc('250458.00')],
        ['another sentence', sentence('GNGGA,060458.00,3113.9,N,12128.0,E,1,08,1.0,4.0,M,,M,,')],
        ['nothing', ''],
    ])('with %s say nothing', (_, line) => expect(fixIn(line)).toBeUndefined());

    it('of a file give first and last, and pairs where lines carry the device’s own time', () => {
        const lines = ['060458.00', '060459.00', '060500.00'].map((time, at) => `2026-10-28 14:05:0${at} ${rmc(time)}`);
        const clock = '^(?<date>\\d{4}-\\d\\d-\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d) ';
        const first = Date.UTC(2026, 9, 28, 6, 4, 58);
        const found = readPositions(lines, clock);
        expect(found?.positions).toEqual({ first, last: first + 2_000, count: 3 });
        expect(found?.stamped[0]).toEqual({ text: '2026-10-28 14:05:00', wallClock: Date.UTC(2026, 9, 28, 14, 5), utc: first });
        expect(readPositions(lines, undefined)?.stamped).toEqual([]);
        expect(readPositions([...lines].reverse(), undefined)).toBeUndefined();
        expect(readPositions(['nothing'], undefined)).toBeUndefined();
    });
});

describe('sentences that say only together when and where', () => {
    const zda = (time: string, day = '28', month = '10', year = '2026') =>
        sentence(`GNZDA,${time},${day},${month},${year},00,00`);
    const gga = (time: string, quality = '1', lat = '3113.9000,N') =>
        sentence(`GNGGA,${time},${lat},12128.0000,E,${quality},08,1.0,4.0,M,,M,,`);
    const gll = (time: string, status = 'A') => sentence(`GNGLL,3113.9000,S,12128.0000,W,${time},${status},A`);
    const utc = Date.UTC(2026, 9, 28, 6, 4, 58);
    const read = (...lines: string[]) => {
        const reader = new NmeaReader();
        return lines.flatMap((line) => reader.line(line) ?? []);
    };

    it('are a fix in either order, and once', () => {
        const fix = { utc, place: { latE7: 312_316_667, lonE7: 1_214_666_667 } };
        expect(read(zda('060458.00'), gga('060458.00'))).toEqual([fix]);
        expect(read(gga('060458'), zda('060458.00'))).toEqual([fix]);
        expect(read(`${gga('060458.00')} ${zda('060458.00')}`)).toEqual([fix]);
        expect(read(rmc('060458.00'), zda('060458.00'), gga('060458.00'))).toHaveLength(1);
        expect(read(gll('060458.00'), zda('060458.00'))).toEqual([
            { utc, place: { latE7: -312_316_667, lonE7: -1_214_666_667 } },
        ]);
    });

    it.each([
        ['a date of which nobody is sure', [zda('060458.00')]],
        ['of another second', [gga('060457.00'), zda('060458.00')]],
        ['reckoned, not received', [gga('060458.00', '6'), zda('060458.00')]],
        ['without a fix', [gga('060458.00', '0'), zda('060458.00')]],
        ['void', [gll('060458.00', 'V'), zda('060458.00')]],
        ['of no such day', [gga('060458.00'), zda('060458.00', '31', '02')]],
    ])('are none: %s', (_, lines) => expect(read(...lines)).toEqual([]));

    it('say nothing of the place where it is none', () => {
        for (const lat of ['3173.9000,N', '9913.9000,N', '3113.9000,X', ',N'])
            expect(read(gga('060458.00', '1', lat), zda('060458.00'))).toEqual([{ utc }]);
    });

    it('of a whole file give its track', () => {
        const lines = [rmc('060457.00', '281026', 'V'), rmc('060458.00'), zda('060459.00'), gga('060459.00'), 'nothing'];
        const place = { latE7: 312_316_667, lonE7: 1_214_666_667 };
        expect(readTrack(lines)).toEqual({
            ...{ source: 'nmea', fixes: 2, noFix: 1, fastestMmPerS: 0, firstUtc: utc },
            points: [
                { atMs: 0, ...place },
                { atMs: 1_000, ...place },
            ],
        });
        expect(readTrack(['nothing'])).toBeUndefined();
        const long = Array.from({ length: 3_600 }, (_, at) =>
            rmc(new Date(utc + at * 1_000).toISOString().slice(11, 19).replace(/:/g, '')),
        );
        expect(readTrack(long)?.fixes).toBe(3_600);
        expect(readTrack(long)?.points.length).toBeLessThanOrEqual(500);
    });
});

describe('readings of a clock at the dock', () => {
    const start = Date.UTC(2026, 9, 28, 6, 0);
    const lag = 2 * SECOND;

    it('come also from satellites inside a recording', () => {
        // The clock is 20 s fast, and the first fix came after seven seconds.
        const track = { firstUtc: start - 13 * SECOND, points: [{ atMs: 7_000 }] };
        const recording = { text: '20261028140000', start };
        expect(readingOfTrack(recording, track, lag)).toMatchObject({
            ...{ source: 'gnss', device: start, lower: start - 22 * SECOND, upper: start - 19 * SECOND },
        });
        expect(readingOfTrack(recording, { points: track.points }, lag)).toBeUndefined();
        expect(readingOfTrack(recording, { firstUtc: start, points: [] }, lag)).toBeUndefined();
        expect(readingOfTrack({ text: '', start: Date.UTC(2000, 0, 1) }, track, lag)).toBeUndefined();
    });

    it('bound a recording between its first and its last sentence', () => {
        // The clock is 20 s fast: it really began at 05:59:40 and ran for ten minutes.
        const recording = { text: '20261028140000', start, end: start + 10 * MINUTE };
        const positions = { first: start - 18 * SECOND, last: start + 10 * MINUTE - 21 * SECOND };
        const reading = readingBeside(recording, positions, lag);
        expect(reading).toMatchObject({ lower: start - 21 * SECOND, upper: start - 16 * SECOND, source: 'gnss' });
        expect(readingBeside({ ...recording, end: null }, positions, lag)).toMatchObject({ lower: null });
        // Sentences over more time than the recording ran are not of it alone.
        expect(readingBeside(recording, { ...positions, last: positions.last + MINUTE }, lag)).toBeUndefined();
        expect(readingBeside({ ...recording, start: Date.UTC(2000, 0, 1) }, positions, lag)).toBeUndefined();
    });

    it('come exactly from lines with both times, and on one side only from the newest file', () => {
        const fix = { text: 't', wallClock: Date.UTC(2026, 9, 28, 14, 0, 20), utc: start };
        expect(readingStamped(fix, 8 * 60 * MINUTE, lag)).toMatchObject({
            device: start + 20 * SECOND,
            lower: start,
            upper: start + lag,
        });
        expect(readingOfNewest({ text: 't', device: start }, start + 1)).toMatchObject({ lower: null, upper: start + 1 });
        expect(readingOfNewest({ text: 't', device: Date.UTC(2000, 0, 1) }, start)).toBeUndefined();
    });
});

describe('what is asked of a docked file', () => {
    const facts = { device: 'X1', officer: '000000', volume: { serial: 'S' }, profile: { id: 'dcim', version: 1 } };
    const ask = (of: Parameters<typeof questionsOf>[0], device?: string, officer?: string | 'nobody') =>
        questionsOf(of, {
            device: device === undefined ? undefined : { id: device },
            officer: officer === undefined ? undefined : officer === 'nobody' ? 'nobody' : { id: officer },
        }).map((each) => `${each.question}:${each.text}`);

    it('is whose it is, by what is surest', () => {
        expect(ask(facts)).toEqual(['device:X1', 'officer:000000']);
        expect(ask(facts, 'd', 'p')).toEqual([]);
        expect(ask(facts, 'd', 'nobody')).toEqual([]);
        expect(ask({ ...facts, bound: 'R-301' }, undefined, 'p')).toEqual(['device:R-301']);
        const { device: _, officer: __, ...silent } = facts;
        expect(ask(silent)).toEqual(['volume:S']);
        expect(ask({ volume: {} })).toEqual(['profile:']);
    });

    it('is kept only in a shape that is known', () => {
        const right = { v: 1, station: 's', source: 'recorder', volume: {}, path: 'QQ==', size: '3', modifiedNs: '-1' };
        const all = { ...right, mode: 1, readOnly: false, zone: 'UTC', kind: 'video', marks: ['name'], seenAt: 1 };
        expect(readDockFacts(all)).toEqual(all);
        for (const wrong of [
            null,
            {},
            { ...all, source: 'x' },
            { ...all, kind: 'secret' },
            { ...all, path: '?' },
            { ...all, device: 'a b' },
            { ...all, officer: 'x'.repeat(41) },
            { ...all, marks: ['all'] },
            { ...all, size: '1.5' },
            { ...all, zone: 'Mars' },
            { ...all, positions: {} },
        ])
            expect(readDockFacts(wrong)).toBeUndefined();
    });
});

describe('the time of a file', () => {
    const now = Date.UTC(2026, 10, 27);
    it.each([
        ['FAT’s zero', Date.UTC(1980, 0, 1), false],
        ['before 1970', -1, false],
        ['where many recorders begin again', Date.UTC(2000, 0, 1), false],
        ['the last that FAT knows', Date.UTC(2107, 11, 31), false],
        ['two days from now', now + 48 * 60 * MINUTE, false],
        ['yesterday', now - 24 * 60 * MINUTE, true],
        ['a clock of another zone', now + 12 * 60 * MINUTE, true],
        ['an old card', Date.UTC(2010, 0, 1), true],
    ])('tells it from another one, or not: %s', (_, at, tells) => {
        expect(tellsApart(BigInt(at) * 1_000_000n, now)).toBe(tells);
    });
});
