import { descend } from './boxes.ts';

/** Where the samples of one track lie in the file, by its sample tables (ISO/IEC 14496-12, 8.6 and 8.7). */
export type SampleExtent = {
    /** First byte after the last byte of any sample. */
    readonly end: bigint;
    /** Decode time in ms of the first sample that does not lie wholly inside the file; absent when all do. */
    readonly lastUsableMs?: number;
};

type Tables = {
    readonly chunkCount: number;
    readonly chunkOffset: (index: number) => bigint;
    /** Samples per chunk as runs: from `firstChunk` (0-based) on, `samples` each. */
    readonly runs: readonly { readonly firstChunk: number; readonly samples: number }[];
    readonly sampleCount: number;
    /** Size of every sample, or undefined when `sizes` has one for each. */
    readonly fixedSize: number | undefined;
    readonly sizes: (index: number) => number;
};

/**
 * Walks the tables of one `stbl`. Bounded by the bytes of the tables themselves: counts that promise more entries than
 * there are bytes make the table unreadable (`undefined`). A track without samples has extent 0.
 */
export function sampleExtent(stbl: Buffer, timescale: number, fileLength: bigint): SampleExtent | undefined {
    const tables = tablesOf(stbl);
    if (tables === undefined) return undefined;
    let end = 0n;
    let firstCut: number | undefined;
    let sample = 0;
    let run = 0;
    for (let chunk = 0; chunk < tables.chunkCount && sample < tables.sampleCount; chunk++) {
        while ((tables.runs[run + 1]?.firstChunk ?? Number.POSITIVE_INFINITY) <= chunk) run++;
        const samples = Math.min(tables.runs[run]?.samples ?? 0, tables.sampleCount - sample);
        const offset = tables.chunkOffset(chunk);
        const length = lengthOf(tables, sample, samples);
        if (offset + length > end) end = offset + length;
        if (firstCut === undefined && offset + length > fileLength) {
            firstCut = sample + wholeSamples(tables, sample, samples, fileLength - offset);
        }
        sample += samples;
    }
    const lastUsableMs = firstCut === undefined ? undefined : decodeTimeMs(descend(stbl, ['stts']), firstCut, timescale);
    return { end, ...(lastUsableMs === undefined ? {} : { lastUsableMs }) };
}

/** Every sample in the order of time, where the tables can be read. */
export function* samplesOf(stbl: Buffer): Generator<{ readonly offset: bigint; readonly size: number; readonly index: number }> {
    const tables = tablesOf(stbl);
    if (tables === undefined) return;
    let [sample, run] = [0, 0];
    for (let chunk = 0; chunk < tables.chunkCount && sample < tables.sampleCount; chunk++) {
        while ((tables.runs[run + 1]?.firstChunk ?? Number.POSITIVE_INFINITY) <= chunk) run++;
        const last = sample + Math.min(tables.runs[run]?.samples ?? 0, tables.sampleCount - sample);
        for (let offset = tables.chunkOffset(chunk); sample < last; sample++) {
            const size = tables.fixedSize ?? tables.sizes(sample);
            yield { offset, size, index: sample };
            offset += BigInt(size);
        }
    }
}

function lengthOf(tables: Tables, first: number, count: number): bigint {
    if (tables.fixedSize !== undefined) return BigInt(tables.fixedSize) * BigInt(count);
    let length = 0;
    for (let index = first; index < first + count; index++) length += tables.sizes(index);
    return BigInt(length);
}

/** How many samples of a chunk fit into `room` bytes. */
function wholeSamples(tables: Tables, first: number, count: number, room: bigint): number {
    if (room <= 0n) return 0;
    if (tables.fixedSize !== undefined) return Number(room / BigInt(Math.max(1, tables.fixedSize)));
    let left = Number(room);
    let whole = 0;
    while (whole < count && tables.sizes(first + whole) <= left) left -= tables.sizes(first + whole++);
    return whole;
}

function tablesOf(stbl: Buffer): Tables | undefined {
    const stsc = table(descend(stbl, ['stsc']), 12);
    const stsz = descend(stbl, ['stsz']);
    const short = table(descend(stbl, ['stco']), 4);
    const long = short === undefined ? table(descend(stbl, ['co64']), 8) : undefined;
    const chunks = short ?? long;
    if (stsc === undefined || chunks === undefined || stsz === undefined || stsz.length < 12) return undefined;
    const declared = stsz.readUInt32BE(4);
    const sampleCount = stsz.readUInt32BE(8);
    if (declared === 0 && stsz.length - 12 < sampleCount * 4) return undefined;
    return {
        chunkCount: chunks.count,
        chunkOffset: (index) =>
            short === undefined ? chunks.bytes.readBigUInt64BE(index * 8) : BigInt(chunks.bytes.readUInt32BE(index * 4)),
        runs: Array.from({ length: stsc.count }, (_, index) => ({
            firstChunk: stsc.bytes.readUInt32BE(index * 12) - 1,
            samples: stsc.bytes.readUInt32BE(index * 12 + 4),
        })),
        sampleCount,
        fixedSize: declared === 0 ? undefined : declared,
        sizes: (index) => stsz.readUInt32BE(12 + index * 4),
    };
}

/** Entries of a full box with a 32-bit count, or undefined when it promises more than it holds. */
function table(box: Buffer | undefined, entryLength: number): { readonly count: number; readonly bytes: Buffer } | undefined {
    if (box === undefined || box.length < 8) return undefined;
    const count = box.readUInt32BE(4);
    const bytes = box.subarray(8);
    return bytes.length < count * entryLength ? undefined : { count, bytes };
}

export function decodeTimeMs(stts: Buffer | undefined, sample: number, timescale: number): number | undefined {
    const entries = table(stts, 8);
    if (entries === undefined || timescale === 0) return undefined;
    let ticks = 0n;
    let left = sample;
    for (let index = 0; index < entries.count && left > 0; index++) {
        const count = Math.min(left, entries.bytes.readUInt32BE(index * 8));
        ticks += BigInt(count) * BigInt(entries.bytes.readUInt32BE(index * 8 + 4));
        left -= count;
    }
    return Number((ticks * 1_000n) / BigInt(timescale));
}
