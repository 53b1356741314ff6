import type { FileStructure } from '@liuhen/domain';
import { children, descend, largest } from './boxes.ts';
import { sampleExtent } from './sample-table.ts';
import { structureOf, type TrackStructure } from './track-structure.ts';

/** What the `moov` box says beside its tracks' contents. */
export type MovieIndex = {
    readonly creationSeconds?: number;
    readonly modificationSeconds?: number;
    /** Without what lies in the media data, which the caller knows. */
    readonly structure: Omit<FileStructure, 'unreferencedBytes'> & { readonly sampleBytes: bigint };
    readonly encoders: readonly string[];
    /** Timescale by track id, to read a fragment's start. */
    readonly timescales: ReadonlyMap<number, number>;
    readonly sampleEnd: bigint;
    readonly lastUsableMs?: number;
    readonly damagedTables: boolean;
};

/** Tracks of one file beyond this are not read: a recorder writes two or three. */
const MAX_TRACKS = 64;

/** Reads a `moov` box in memory. Never throws: what cannot be read is absent. */
export function readMovieIndex(moov: Buffer, fileLength: bigint): MovieIndex {
    const boxes = children(moov);
    const traks = boxes.filter((box) => box.type === 'trak').slice(0, MAX_TRACKS);
    const mvhd = boxes.find((box) => box.type === 'mvhd')?.bytes;
    const movieTimescale = at(mvhd, versioned(mvhd, 12, 20)) ?? 0;
    const tracks = traks.map((trak) => readTrack(trak.bytes, fileLength, movieTimescale));
    const [creationSeconds, modificationSeconds] = [secondsOf(mvhd, 0), secondsOf(mvhd, 1)];
    const usable = tracks.flatMap((track) => (track.lastUsableMs === undefined ? [] : [track.lastUsableMs]));
    return {
        ...(creationSeconds === undefined ? {} : { creationSeconds }),
        ...(modificationSeconds === undefined ? {} : { modificationSeconds }),
        structure: together(tracks.map((track) => track.structure)),
        encoders: distinct([...softwareIn(moov), ...tracks.flatMap((track) => track.names)]),
        timescales: new Map(tracks.flatMap((track) => (track.id === undefined ? [] : [[track.id, track.timescale] as const]))),
        sampleEnd: largest(tracks.map((track) => track.end)),
        ...(usable.length === 0 ? {} : { lastUsableMs: Math.min(...usable) }),
        damagedTables: tracks.some((track) => track.damaged),
    };
}

type TrackFacts = {
    readonly id?: number;
    readonly timescale: number;
    readonly names: readonly string[];
    readonly end: bigint;
    readonly lastUsableMs?: number;
    readonly damaged: boolean;
    readonly structure: TrackStructure;
};

function together(tracks: readonly TrackStructure[]): MovieIndex['structure'] {
    const keys = tracks.find((each) => each.keys !== undefined)?.keys;
    return {
        edits: Math.max(0, ...tracks.map((each) => each.edits)),
        hiddenMs: Math.max(0, ...tracks.map((each) => each.hiddenMs)),
        editedRate: tracks.some((each) => each.editedRate),
        chunksBack: tracks.reduce((sum, each) => sum + each.chunksBack, 0),
        descriptions: Math.max(0, ...tracks.map((each) => each.descriptions)),
        sampleBytes: tracks.reduce((sum, each) => sum + each.sampleBytes, 0n),
        ...(keys === undefined ? {} : { keys }),
    };
}

function readTrack(trak: Buffer, fileLength: bigint, movieTimescale: number): TrackFacts {
    const tkhd = descend(trak, ['tkhd']);
    const mdhd = descend(trak, ['mdia', 'mdhd']);
    const stbl = descend(trak, ['mdia', 'minf', 'stbl']);
    const id = at(tkhd, versioned(tkhd, 12, 20));
    const timescale = at(mdhd, versioned(mdhd, 12, 20)) ?? 0;
    const extent = stbl === undefined ? undefined : sampleExtent(stbl, timescale, fileLength);
    return {
        ...(id === undefined ? {} : { id }),
        timescale,
        names: namesOf(trak, stbl),
        end: extent?.end ?? 0n,
        ...(extent?.lastUsableMs === undefined ? {} : { lastUsableMs: extent.lastUsableMs }),
        damaged: extent === undefined,
        structure: structureOf(
            trak,
            movieTimescale,
            timescale,
            descend(trak, ['mdia', 'hdlr'])?.toString('latin1', 8, 12) === 'vide',
        ),
    };
}

/** Handler name and compressor name: firmware writes its own, and editing software leaves its trace here. */
function namesOf(trak: Buffer, stbl: Buffer | undefined): string[] {
    const hdlr = descend(trak, ['mdia', 'hdlr']);
    const handler = hdlr?.toString('latin1', 8, 12);
    if (handler !== 'vide' && handler !== 'soun') return [];
    const stsd = stbl === undefined ? undefined : descend(stbl, ['stsd']);
    const entry = handler === 'vide' && stsd !== undefined ? children(stsd.subarray(8))[0]?.bytes : undefined;
    const length = entry?.[42] ?? 0;
    const compressor = length < 32 ? entry?.subarray(43, 43 + length) : undefined;
    return [clean(hdlr?.subarray(24)), clean(compressor)].filter((name) => name !== '');
}

/** `mvhd.creation_time` or, second, `modification_time` (8.2.2); 0 means that the device did not set it. */
function secondsOf(mvhd: Buffer | undefined, which: 0 | 1): number | undefined {
    if (mvhd === undefined) return undefined;
    const wide = mvhd[0] === 1;
    const offset = 4 + which * (wide ? 8 : 4);
    if (mvhd.length < offset + (wide ? 8 : 4)) return undefined;
    const seconds = wide ? Number(mvhd.readBigUInt64BE(offset)) : mvhd.readUInt32BE(offset);
    return seconds > 0 && Number.isSafeInteger(seconds) ? seconds : undefined;
}

const SOFTWARE = new Set(['\u00a9too', '\u00a9swr', '\u00a9enc', '\u00a9mak', '\u00a9mod', '\u00a9fmt', '\u00a9inf']);

/** Software and device names: iTunes style (`meta/ilst/©too/data`) and QuickTime style (`udta/©swr` with a length). */
function softwareIn(moov: Buffer): string[] {
    const udta = descend(moov, ['udta']);
    if (udta === undefined) return [];
    const meta = children(udta).find((box) => box.type === 'meta')?.bytes;
    const ilst = meta === undefined ? undefined : (descend(meta.subarray(4), ['ilst']) ?? descend(meta, ['ilst']));
    const items = ilst === undefined ? [] : children(ilst).filter((box) => SOFTWARE.has(box.type));
    const texts = children(udta).filter((box) => SOFTWARE.has(box.type));
    return [
        ...items.map((item) => clean(descend(item.bytes, ['data'])?.subarray(8))),
        ...texts.map((text) => clean(text.bytes.subarray(4, 4 + (text.bytes.length < 4 ? 0 : text.bytes.readUInt16BE(0))))),
    ].filter((name) => name !== '');
}

/** As UTF-8 without control and direction characters, at most 80 characters. */
function clean(bytes: Buffer | undefined): string {
    const text = bytes?.subarray(0, 320).toString('utf8') ?? '';
    return text
        .replace(/[\p{C}\ufffd]/gu, '')
        .trim()
        .slice(0, 80);
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].slice(0, 8);

const versioned = (box: Buffer | undefined, zero: number, one: number): number => (box?.[0] === 1 ? one : zero);

const at = (box: Buffer | undefined, offset: number): number | undefined =>
    box === undefined || box.length < offset + 4 ? undefined : box.readUInt32BE(offset);

/** Start of a fragment in ms: the earliest `tfdt` of its tracks (8.8.12), where timescales are known. */
export function fragmentStartMs(moof: Buffer, timescales: ReadonlyMap<number, number>): number | undefined {
    const starts = children(moof, MAX_TRACKS).flatMap((box) => {
        const timescale = box.type === 'traf' ? timescales.get(at(descend(box.bytes, ['tfhd']), 4) ?? -1) : undefined;
        const tfdt = descend(box.bytes, ['tfdt']);
        if (timescale === undefined || timescale === 0 || tfdt === undefined || tfdt.length < (tfdt[0] === 1 ? 12 : 8)) return [];
        const ticks = tfdt[0] === 1 ? tfdt.readBigUInt64BE(4) : BigInt(tfdt.readUInt32BE(4));
        return [Number((ticks * 1_000n) / BigInt(timescale))];
    });
    return starts.length === 0 ? undefined : Math.min(...starts);
}
