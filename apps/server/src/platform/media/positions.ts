import type { FilePositions } from '@liuhen/domain';
import { children, descend } from './boxes.ts';
import type { ByteSource } from './byte-source.ts';
import { positionsInGpmf } from './gpmf.ts';
import { decodeTimeMs, samplesOf } from './sample-table.ts';
import { entryTypes } from './track-structure.ts';

/** So much of a track of positions is read: ten hours of one payload a second are about 36,000 of a kilobyte or two. */
const MOST_PAYLOADS = 40_000;
const MOST_PAYLOAD_BYTES = 64 * 1024;
const MOST_BYTES = 96 << 20;
/** Points that are kept, spread over the whole. */
const MOST_POINTS = 500;

/** Positions that a movie carries: a GPMF track, else the one place in its user data. */
export function positionsIn(source: ByteSource, moov: Buffer): FilePositions | undefined {
    for (const trak of children(moov).filter((box) => box.type === 'trak')) {
        const stbl = descend(trak.bytes, ['mdia', 'minf', 'stbl']);
        if (stbl === undefined || !entryTypes(stbl).includes('gpmd')) continue;
        const mdhd = descend(trak.bytes, ['mdia', 'mdhd']);
        const scaleAt = mdhd?.[0] === 1 ? 20 : 12;
        return gpmfTrack(source, stbl, mdhd === undefined || mdhd.length < scaleAt + 4 ? 0 : mdhd.readUInt32BE(scaleAt));
    }
    return placeInUserData(moov);
}

function gpmfTrack(source: ByteSource, stbl: Buffer, timescale: number): FilePositions {
    const points: { atMs: number; latE7: number; lonE7: number }[] = [];
    let firstUtc: number | undefined;
    let [fixes, noFix, fastest, read, payloads] = [0, 0, 0, 0, 0];
    for (const { offset, size, index } of samplesOf(stbl)) {
        if (payloads++ >= MOST_PAYLOADS || read > MOST_BYTES) break;
        if (size > MOST_PAYLOAD_BYTES || offset >= source.length) continue;
        read += size;
        const found = positionsInGpmf(source.read(offset, size));
        fixes += found.fixes.length;
        noFix += found.noFix;
        for (const each of found.fixes) fastest = Math.max(fastest, each.speedMm);
        const [first] = found.fixes;
        const atMs = decodeTimeMs(descend(stbl, ['stts']), index, timescale) ?? 0;
        if (first === undefined) continue;
        // Of the very first place, or of none: later ones would be of another moment.
        if (points.length === 0) firstUtc = found.utc;
        points.push({ atMs, latE7: first.latE7, lonE7: first.lonE7 });
    }
    const utc = firstUtc === undefined ? {} : { firstUtc };
    return { source: 'gpmf', ...utc, fixes, noFix, fastestMmPerS: fastest, points: thinned(points) };
}

function thinned<T>(points: readonly T[]): T[] {
    const step = Math.ceil(points.length / MOST_POINTS);
    return step <= 1 ? [...points] : points.filter((_, index) => index % step === 0);
}

/** `©xyz`: ISO 6709 as text, `+31.2304+121.4737/`, with a length and a language before it (QuickTime File Format, user data). */
function placeInUserData(moov: Buffer): FilePositions | undefined {
    const udta = descend(moov, ['udta']);
    const box = udta === undefined ? undefined : children(udta).find((each) => each.type === '\u00a9xyz');
    const text = box?.bytes.toString('latin1', 4, 4 + (box.bytes.length < 2 ? 0 : box.bytes.readUInt16BE(0)));
    const match = /^([+-]\d{1,2}(?:\.\d{1,9})?)([+-]\d{1,3}(?:\.\d{1,9})?)/.exec(text ?? '');
    if (match === null) return undefined;
    const [lat, lon] = [Number(match[1]), Number(match[2])];
    if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
    return {
        source: 'udta',
        fixes: 1,
        noFix: 0,
        fastestMmPerS: 0,
        points: [{ atMs: 0, latE7: Math.round(lat * 1e7), lonE7: Math.round(lon * 1e7) }],
    };
}
