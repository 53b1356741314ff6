import { FIRST_RECORDERS } from '../device/clock.ts';
import type { Instant } from '../kernel/instant.ts';
import type { FilePositions } from '../recording/inspection.ts';
import { startIn } from '../recording/profile/profile-read.ts';
import { type DockPositions, MOST_STAMPS, type StampedFix } from './dock-facts.ts';

/** A moment a satellite receiver was sure of, with where it was; degrees × 10⁷ by WGS 84. */
export type Fix = {
    readonly utc: Instant;
    readonly place?: { readonly latE7: number; readonly lonE7: number };
    readonly speedMmPerS?: number;
};

/** A sentence anywhere in a line: any talker, the four kinds that together say when and where. */
const SENTENCE = /\$((?:G[ABILNPQ]|BD)(RMC|GGA|GLL|ZDA),([^*$\r\n]{1,100}))\*([0-9A-Fa-f]{2})/g;

const KNOT_MM_PER_S = 514.444;

/** What one sentence says. `day`: with its date; `time`: as it stands there, to compare sentences of one moment by. */
type Said = {
    readonly time: string;
    readonly valid: boolean | undefined;
    readonly day?: Instant;
    readonly place?: NonNullable<Fix['place']>;
    readonly speedMmPerS?: number;
};

/**
 * Reads the sentences of NMEA 0183 line by line. RMC says all: time, date, place, and whether the receiver is sure. ZDA has the date
 * and not whether it is sure, since a receiver without satellites repeats the clock of its host; GGA and GLL are the other way round,
 * so that those two together are a fix where both are of one moment, in whatever order they come. Checksums must be right, and dates
 * before there were such recorders are those of a receiver that has lost count of its weeks.
 */
export class NmeaReader {
    /** The last moment that was sure without a date, and the last date of which nobody said whether it is sure. */
    #sure: Said | undefined;
    #dated: Said | undefined;
    #last: Instant | undefined;
    /** Sentences that said they have no fix. */
    unsure = 0;

    /** The fix that a line completes, once for each moment. */
    line(text: string): Fix | undefined {
        let found: Fix | undefined;
        for (const [, sentence = '', kind = '', fields = '', check = ''] of text.slice(0, 2_000).matchAll(SENTENCE)) {
            if (checksumOf(sentence) !== Number.parseInt(check, 16)) continue;
            const said = READERS[kind]?.(fields.split(','));
            if (said !== undefined) found = this.#take(said) ?? found;
        }
        return found;
    }

    #take(said: Said): Fix | undefined {
        if (said.valid === false) {
            this.unsure += 1;
            return undefined;
        }
        if (said.valid === true && said.day !== undefined) return this.#fix(said.day, said);
        if (said.valid === true) this.#sure = said;
        else this.#dated = said;
        const [sure, dated] = [this.#sure, this.#dated];
        return sure === undefined || dated?.day === undefined || sure.time !== dated.time
            ? undefined
            : this.#fix(dated.day, sure);
    }

    #fix(utc: Instant, { place, speedMmPerS }: Said): Fix | undefined {
        // RMC and the pair say the same moment twice.
        if (utc === this.#last || utc < FIRST_RECORDERS) return undefined;
        this.#last = utc;
        return { utc, ...(place === undefined ? {} : { place }), ...(speedMmPerS === undefined ? {} : { speedMmPerS }) };
    }
}

const READERS: Readonly<Record<string, (parts: readonly string[]) => Said | undefined>> = {
    RMC([time = '', status, lat, north, lon, east, knots, , date = '']) {
        const [, day, month, year] = (/^(\d\d)(\d\d)(\d\d)$/.exec(date) ?? []).map(Number);
        const at = momentOf(time, year === undefined ? undefined : 2_000 + year, month, day);
        if (status !== 'A') return { time: timeText(time), valid: false };
        const speed =
            knots === undefined || !/^\d{1,4}(?:\.\d{1,3})?$/.test(knots) ? undefined : Math.round(Number(knots) * KNOT_MM_PER_S);
        return at === undefined
            ? undefined
            : {
                  time: timeText(time),
                  valid: true,
                  day: at,
                  ...placeOf(lat, north, lon, east),
                  ...(speed === undefined ? {} : { speedMmPerS: speed }),
              };
    },
    ZDA([time = '', day = '', month = '', year = '']) {
        const at = /^\d{4}$/.test(year) ? momentOf(time, Number(year), Number(month), Number(day)) : undefined;
        return at === undefined ? undefined : { time: timeText(time), valid: undefined, day: at };
    },
    // Quality 1 to 5 are fixes; 6 is reckoned, 7 entered by hand, 8 simulated.
    GGA: ([time = '', lat, north, lon, east, quality = '0']) =>
        sure(time, /^[1-5]$/.test(quality), placeOf(lat, north, lon, east)),
    GLL: ([lat, north, lon, east, time = '', status]) => sure(time, status === 'A', placeOf(lat, north, lon, east)),
};

const sure = (time: string, valid: boolean, place: Pick<Fix, 'place'>): Said | undefined =>
    time === '' ? undefined : { time: timeText(time), valid, ...(valid ? place : {}) };

/** `060458.00` and `060458` are one moment. */
const timeText = (time: string): string => time.replace(/\.?0*$/, (zeros) => (zeros.startsWith('.') ? '' : zeros));

function momentOf(
    time: string,
    year: number | undefined,
    month: number | undefined,
    day: number | undefined,
): Instant | undefined {
    const parts = /^(\d\d)(\d\d)(\d\d)(?:\.(\d{1,3}))?$/.exec(time);
    if (parts === null || year === undefined || month === undefined || day === undefined) return undefined;
    const [hour = 0, minute = 0, second = 0] = parts.slice(1, 4).map(Number);
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    const utc = Date.UTC(year, month - 1, day, hour, minute, second, Number((parts[4] ?? '0').padEnd(3, '0')));
    const back = new Date(utc);
    return back.getUTCDate() === day && back.getUTCMonth() === month - 1 && utc >= FIRST_RECORDERS ? utc : undefined;
}

/** Degrees and minutes in one number: `3113.9000,N` is 31° 13.9′. */
function placeOf(lat = '', north = '', lon = '', east = ''): Pick<Fix, 'place'> {
    const [latE7, lonE7] = [degreesE7(lat, 2, north, 'N', 'S'), degreesE7(lon, 3, east, 'E', 'W')];
    return latE7 === undefined || lonE7 === undefined ? {} : { place: { latE7, lonE7 } };
}

function degreesE7(text: string, digits: 2 | 3, side: string, plus: string, minus: string): number | undefined {
    const parts = (digits === 2 ? /^(\d\d)(\d\d(?:\.\d{1,8})?)$/ : /^(\d\d\d)(\d\d(?:\.\d{1,8})?)$/).exec(text);
    const minutes = Number(parts?.[2]);
    if (parts === null || minutes >= 60 || (side !== plus && side !== minus)) return undefined;
    const value = Math.round(Number(parts[1]) * 1e7 + (minutes * 1e7) / 60);
    return value > (digits === 2 ? 90e7 : 180e7) ? undefined : side === plus ? value : -value;
}

/** The fix of a line by itself. */
export const fixIn = (line: string): Fix | undefined => new NmeaReader().line(line);

function checksumOf(sentence: string): number {
    let sum = 0;
    for (let at = 0; at < sentence.length; at += 1) sum ^= sentence.charCodeAt(at);
    return sum;
}

/** Points that are kept, spread over the whole. */
const MOST_POINTS = 500;

/** Where a file of positions says its receiver was; `undefined` where no sentence of it is right. */
export function readTrack(lines: Iterable<string>): FilePositions | undefined {
    const reader = new NmeaReader();
    const points: { atMs: number; latE7: number; lonE7: number }[] = [];
    let [first, fixes, fastest] = [undefined as Instant | undefined, 0, 0];
    for (const line of lines) {
        const fix = reader.line(line);
        if (fix === undefined) continue;
        first ??= fix.utc;
        fixes += 1;
        fastest = Math.max(fastest, fix.speedMmPerS ?? 0);
        if (fix.place !== undefined && fix.utc >= first) points.push({ atMs: fix.utc - first, ...fix.place });
    }
    if (first === undefined && reader.unsure === 0) return undefined;
    const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
    return {
        source: 'nmea',
        fixes,
        noFix: reader.unsure,
        fastestMmPerS: fastest,
        points: points.filter((_, index) => index % step === 0),
        ...(first === undefined ? {} : { firstUtc: first }),
    };
}

/**
 * What a file of positions says of time: first and last fix, and where the profile knows how lines carry the device's own
 * time, some pairs of both. A file whose fixes run backwards is of more than one recording, and says nothing.
 */
export function readPositions(
    lines: Iterable<string>,
    clock: string | undefined,
): { positions: DockPositions; stamped: readonly StampedFix[] } | undefined {
    const expression = clock === undefined ? undefined : new RegExp(clock, 'iu');
    const stamped: StampedFix[] = [];
    let first: Instant | undefined;
    let last = Number.NEGATIVE_INFINITY;
    let count = 0;
    const reader = new NmeaReader();
    for (const line of lines) {
        const fix = reader.line(line);
        if (fix === undefined) continue;
        if (fix.utc < last) return undefined;
        first ??= fix.utc;
        last = fix.utc;
        count += 1;
        const groups = expression?.exec(line.slice(0, 300))?.groups;
        const shown = groups === undefined ? undefined : startIn(groups);
        if (shown === undefined) continue;
        // The first ones and always the latest: a jump within the file shows between them.
        if (stamped.length === MOST_STAMPS) stamped.pop();
        stamped.push({ ...shown, utc: fix.utc });
    }
    return first === undefined ? undefined : { positions: { first, last, count }, stamped };
}
