import { FIRST_RECORDERS } from '../device/clock.ts';
import type { Instant } from '../kernel/instant.ts';
import { startIn } from '../recording/profile/profile-read.ts';
import { type DockPositions, MOST_STAMPS, type StampedFix } from './dock-facts.ts';

/** A moment a satellite receiver was sure of. */
export type Fix = { readonly utc: Instant };

const RMC = /\$(?:G[ABLNPQ]|BD)RMC,([^*\r\n]{1,100})\*([0-9A-Fa-f]{2})/;

/**
 * Reads the RMC sentence of a line (NMEA 0183: time, validity, position, speed, course, date), wherever in the line it stands.
 * Only a valid fix (A) with a right checksum and a date counts: a receiver without satellites repeats the clock of its host,
 * and one that has lost count of its weeks gives dates before there were such recorders.
 */
export function fixIn(line: string): Fix | undefined {
    const found = RMC.exec(line);
    if (found === null) return undefined;
    const [sentence, fields = '', check = ''] = found;
    if (checksumOf(sentence.slice(1, sentence.lastIndexOf('*'))) !== Number.parseInt(check, 16)) return undefined;
    const parts = fields.split(',');
    const time = /^(\d\d)(\d\d)(\d\d)(?:\.(\d{1,3}))?$/.exec(parts[0] ?? '');
    const date = /^(\d\d)(\d\d)(\d\d)$/.exec(parts[8] ?? '');
    if (parts[1] !== 'A' || time === null || date === null) return undefined;
    const [hour = 0, minute = 0, second = 0] = time.slice(1, 4).map(Number);
    const [day = 0, month = 0, year = 0] = date.slice(1).map(Number);
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    const utc = Date.UTC(2000 + year, month - 1, day, hour, minute, second, Number((time[4] ?? '0').padEnd(3, '0')));
    const back = new Date(utc);
    if (back.getUTCDate() !== day || back.getUTCMonth() !== month - 1 || utc < FIRST_RECORDERS) return undefined;
    return { utc };
}

function checksumOf(sentence: string): number {
    let sum = 0;
    for (let at = 0; at < sentence.length; at += 1) sum ^= sentence.charCodeAt(at);
    return sum;
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
    for (const line of lines) {
        const fix = fixIn(line);
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
