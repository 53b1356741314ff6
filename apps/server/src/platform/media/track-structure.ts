import { children, descend } from './boxes.ts';

/** What the structure of one track says about how the file came to be; members absent where there is nothing to say. */
export type TrackStructure = {
    /** Edits that show something (ISO/IEC 14496-12, 8.6.6), beyond the one that every file may have. */
    readonly edits: number;
    /** Length of recorded media that the edit list leaves out, in ms. */
    readonly hiddenMs: number;
    readonly editedRate: boolean;
    /** How often a chunk lies before the one it follows in time. */
    readonly chunksBack: number;
    readonly sampleBytes: bigint;
    readonly descriptions: number;
    /** Samples between key pictures: what most have, and how many between two others do not. */
    readonly keys?: { readonly usual: number; readonly odd: number; readonly count: number };
};

/** Codecs need a run-up of sound and reorder pictures: less than this is no footage left out. */
const RUN_UP_MS = 500;
const MOST_EDITS = 10_000;

export function structureOf(trak: Buffer, movieTimescale: number, mediaTimescale: number, isVideo: boolean): TrackStructure {
    const stbl = descend(trak, ['mdia', 'minf', 'stbl']) ?? Buffer.alloc(0);
    const keys = isVideo ? keyCadence(stbl) : undefined;
    return {
        ...editsOf(trak, movieTimescale, mediaTimescale),
        chunksBack: chunksBack(stbl),
        sampleBytes: sampleBytes(stbl),
        descriptions: Math.min(1_000, count(descend(stbl, ['stsd']))),
        ...(keys === undefined ? {} : { keys }),
    };
}

const count = (box: Buffer | undefined): number => (box === undefined || box.length < 8 ? 0 : box.readUInt32BE(4));

type Edit = { readonly lengthMs: number; readonly fromMs: number | undefined; readonly rate: number };

function editsOf(trak: Buffer, movie: number, media: number): Pick<TrackStructure, 'edits' | 'hiddenMs' | 'editedRate'> {
    const none = { edits: 0, hiddenMs: 0, editedRate: false };
    const elst = descend(trak, ['edts', 'elst']);
    const mdhd = descend(trak, ['mdia', 'mdhd']);
    if (elst === undefined || mdhd === undefined || movie === 0 || media === 0) return none;
    const shown = listOf(elst, movie, media).filter((each) => each.fromMs !== undefined);
    const first = shown[0];
    if (first === undefined) return none;
    const mediaMs = (durationOf(mdhd) * 1_000) / media;
    let hiddenMs = 0;
    let seen = 0;
    for (const { fromMs = 0, lengthMs } of shown.toSorted((a, b) => (a.fromMs ?? 0) - (b.fromMs ?? 0))) {
        if (fromMs - seen > RUN_UP_MS) hiddenMs += fromMs - seen;
        seen = Math.max(seen, fromMs + (lengthMs === 0 ? mediaMs : lengthMs));
    }
    if (mediaMs - seen > RUN_UP_MS) hiddenMs += mediaMs - seen;
    return { edits: shown.length - 1, hiddenMs: Math.round(hiddenMs), editedRate: shown.some((each) => each.rate !== 1) };
}

function listOf(elst: Buffer, movie: number, media: number): Edit[] {
    const wide = elst[0] === 1;
    const [length, entries] = [wide ? 20 : 12, Math.min(MOST_EDITS, count(elst))];
    const edits: Edit[] = [];
    for (let at = 8; at + length <= elst.length && edits.length < entries; at += length) {
        const duration = wide ? Number(elst.readBigUInt64BE(at)) : elst.readUInt32BE(at);
        const from = wide ? Number(elst.readBigInt64BE(at + 8)) : elst.readInt32BE(at + 4);
        const rate = elst.readInt16BE(at + length - 4);
        edits.push({ lengthMs: (duration * 1_000) / movie, fromMs: from < 0 ? undefined : (from * 1_000) / media, rate });
    }
    return edits;
}

/** `mdhd.duration` in ticks; all ones mean unknown and hide nothing. */
function durationOf(mdhd: Buffer): number {
    if (mdhd[0] === 1) return mdhd.length < 32 ? 0 : Number(mdhd.readBigUInt64BE(24));
    const ticks = mdhd.length < 20 ? 0 : mdhd.readUInt32BE(16);
    return ticks === 0xffff_ffff ? 0 : ticks;
}

function chunksBack(stbl: Buffer): number {
    const [short, long] = [descend(stbl, ['stco']), descend(stbl, ['co64'])];
    const box = short ?? long;
    if (box === undefined) return 0;
    const width = short === undefined ? 8 : 4;
    const entries = Math.min(count(box), Math.floor((box.length - 8) / width));
    let [last, back] = [-1n, 0];
    for (let index = 0; index < entries; index++) {
        const at = 8 + index * width;
        const offset = width === 8 ? box.readBigUInt64BE(at) : BigInt(box.readUInt32BE(at));
        if (offset < last) back++;
        last = offset;
    }
    return back;
}

function sampleBytes(stbl: Buffer): bigint {
    const stsz = descend(stbl, ['stsz']);
    if (stsz === undefined || stsz.length < 12) return 0n;
    const [fixed, samples] = [stsz.readUInt32BE(4), stsz.readUInt32BE(8)];
    if (fixed !== 0) return BigInt(fixed) * BigInt(samples);
    let sum = 0n;
    const entries = Math.min(samples, Math.floor((stsz.length - 12) / 4));
    for (let index = 0; index < entries; index++) sum += BigInt(stsz.readUInt32BE(12 + index * 4));
    return sum;
}

/**
 * Encoders in hardware set a key picture every so many pictures. Where nearly all distances are alike, another one in between
 * is where the stream was begun anew: joined, or cut. The last distance has no end and says nothing.
 */
function keyCadence(stbl: Buffer): TrackStructure['keys'] {
    const stss = descend(stbl, ['stss']);
    const entries = Math.min(count(stss), Math.floor(((stss?.length ?? 8) - 8) / 4));
    if (stss === undefined || entries < 4) return undefined;
    const distances = new Map<number, number>();
    for (let index = 1; index < entries; index++) {
        const distance = stss.readUInt32BE(8 + index * 4) - stss.readUInt32BE(4 + index * 4);
        distances.set(distance, (distances.get(distance) ?? 0) + 1);
        if (distances.size > 1_000) return undefined;
    }
    const [usual, alike] = [...distances].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0]);
    return { usual, odd: entries - 1 - alike, count: entries - 1 };
}

/** The sample entries' own names, e.g. `gpmd`. */
export const entryTypes = (stbl: Buffer): string[] =>
    children((descend(stbl, ['stsd']) ?? Buffer.alloc(8)).subarray(8), 16).map((box) => box.type);
