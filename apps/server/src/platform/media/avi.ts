import type { InspectedTrack, MeasuredFile } from '@liuhen/domain';
import type { ByteSource } from './byte-source.ts';

/**
 * Audio Video Interleave: RIFF chunks of a four-letter id, a 32-bit length (little endian) and data padded to two bytes. It has no
 * times, only a declared rate, so that rate and length are what the header says times what was counted.
 */
type Stream = {
    readonly kind: 'video' | 'audio' | 'other';
    readonly scale: number;
    readonly rate: number;
    readonly sampleSize: number;
    codec: string;
    codecId: string;
    width: number;
    height: number;
    sampleRate: number;
    channels: number;
    count: number;
    empty: number;
    bytes: number;
};

type Walk = {
    readonly source: ByteSource;
    readonly streams: Stream[];
    readonly encoders: string[];
    chunks: number;
    index: boolean;
    missing: bigint;
    damaged: boolean;
};

/** Ten hours of thirty pictures a second with their sound are two million chunks. */
const MOST_CHUNKS = 4_000_000;
const MOST_STREAMS = 16;
const DEEPEST = 5;
const MOST_HEADER = 4_096;

const VIDEO: Readonly<Record<string, string>> = {
    MJPG: 'mjpeg',
    H264: 'avc',
    X264: 'avc',
    AVC1: 'avc',
    HEVC: 'hevc',
    H265: 'hevc',
    HEV1: 'hevc',
    XVID: 'mpeg4',
    DIVX: 'mpeg4',
    DX50: 'mpeg4',
    FMP4: 'mpeg4',
    MP4V: 'mpeg4',
};
const AUDIO: Readonly<Record<number, string>> = {
    1: 'pcm',
    2: 'adpcm',
    3: 'pcm',
    6: 'alaw',
    7: 'ulaw',
    17: 'adpcm',
    80: 'mp2',
    85: 'mp3',
    255: 'aac',
    5632: 'aac',
};

export function readAvi(source: ByteSource): Omit<MeasuredFile, 'fileLength'> {
    const walk: Walk = { source, streams: [], encoders: [], chunks: 0, index: false, missing: 0n, damaged: false };
    // OpenDML goes on in further RIFF chunks behind the first.
    walkChunks(walk, 0n, source.length, 0);
    const missing = walk.missing > BigInt(Number.MAX_SAFE_INTEGER) ? 0n : walk.missing;
    const empty = walk.streams.find((each) => each.kind === 'video')?.empty ?? 0;
    return {
        container: 'avi',
        tracks: walk.streams.map(trackOf),
        encoders: walk.encoders.slice(0, 8),
        avi: { index: walk.index, emptyFrames: empty, ...(missing === 0n ? {} : { missingBytes: Number(missing) }) },
        ...(walk.damaged ? { failed: 'damaged' as const } : {}),
    };
}

function walkChunks(walk: Walk, from: bigint, to: bigint, depth: number): void {
    for (let at = from; at + 8n <= to; ) {
        const header = walk.source.read(at, 12);
        const id = header.toString('latin1', 0, 4);
        if (header.length < 8 || ++walk.chunks > MOST_CHUNKS || !/^[\x20-\x7e]{4}$/.test(id)) {
            walk.damaged = header.length >= 8;
            return;
        }
        const length = BigInt(header.readUInt32LE(4));
        const end = at + 8n + length;
        if (end > walk.source.length && end - walk.source.length > walk.missing) walk.missing = end - walk.source.length;
        const inside = end < to ? end : to;
        if (id === 'RIFF' || id === 'LIST') {
            if (depth < DEEPEST && length >= 4n) walkChunks(walk, at + 12n, inside, depth + 1);
        } else {
            take(walk, id, at + 8n, Number(length));
        }
        at = end + (length & 1n);
    }
}

function take(walk: Walk, id: string, at: bigint, length: number): void {
    const data = () => walk.source.read(at, Math.min(length, MOST_HEADER));
    if (id === 'strh') addStream(walk, data());
    else if (id === 'strf') describe(walk.streams.at(-1), data());
    else if (id === 'ISFT') walk.encoders.push(clean(data()));
    else if (id === 'idx1' || id.startsWith('ix') || id === 'indx') walk.index = true;
    else if (/^\d\d(dc|db|wb)$/.test(id)) count(walk.streams[Number(id.slice(0, 2))], length);
}

function addStream(walk: Walk, strh: Buffer): void {
    if (walk.streams.length >= MOST_STREAMS || strh.length < 48) return;
    const type = strh.toString('latin1', 0, 4);
    walk.streams.push({
        kind: type === 'vids' ? 'video' : type === 'auds' ? 'audio' : 'other',
        codec: 'unknown',
        codecId: strh.toString('latin1', 4, 8).replace(/[^\x20-\x7e]/g, ''),
        scale: Math.max(1, strh.readUInt32LE(20)),
        rate: Math.max(1, strh.readUInt32LE(24)),
        sampleSize: strh.readUInt32LE(44),
        ...{ width: 0, height: 0, sampleRate: 0, channels: 0, count: 0, empty: 0, bytes: 0 },
    });
}

function describe(stream: Stream | undefined, strf: Buffer): void {
    if (stream?.kind === 'video' && strf.length >= 20) {
        const name = strf.toString('latin1', 16, 20).replace(/[^\x20-\x7e]/g, '');
        stream.codecId = name === '' ? stream.codecId : name;
        stream.codec = VIDEO[stream.codecId.toUpperCase()] ?? 'unknown';
        // A negative height is a picture from top to bottom.
        [stream.width, stream.height] = [Math.abs(strf.readInt32LE(4)), Math.abs(strf.readInt32LE(8))];
    } else if (stream?.kind === 'audio' && strf.length >= 8) {
        const tag = strf.readUInt16LE(0);
        stream.codec = AUDIO[tag] ?? 'unknown';
        stream.codecId = `0x${tag.toString(16)}`;
        [stream.channels, stream.sampleRate] = [strf.readUInt16LE(2), strf.readUInt32LE(4)];
    }
}

/** A chunk of no bytes stands where a picture was dropped: the one before is shown longer. */
function count(stream: Stream | undefined, length: number): void {
    if (stream === undefined) return;
    stream.count++;
    stream.bytes += length;
    if (length === 0) stream.empty++;
}

function trackOf(stream: Stream, index: number): InspectedTrack {
    const id = index + 1;
    if (stream.kind === 'other') return { kind: 'other', id, codecId: stream.codecId };
    const units = stream.sampleSize > 0 ? Math.floor(stream.bytes / stream.sampleSize) : stream.count;
    const ticks = units * stream.scale;
    const seconds = ticks / stream.rate;
    const common = {
        id,
        codec: stream.codec,
        codecId: stream.codecId,
        first: { ticks: 0, timescale: stream.rate },
        duration: { ticks: Number.isSafeInteger(ticks) ? ticks : 0, timescale: stream.rate },
        sampleCount: stream.count,
        ...(seconds >= 1 ? { bitrate: Math.round((stream.bytes * 8) / seconds) } : {}),
    };
    if (stream.kind === 'audio') return { kind: 'audio', ...common, sampleRate: stream.sampleRate, channels: stream.channels };
    const { width, height, rate, scale } = stream;
    const declared = Math.round((rate / scale) * 1_000);
    return {
        ...{ kind: 'video', ...common, codedWidth: width, codedHeight: height, width, height, rotation: 0 },
        ...(Number.isSafeInteger(declared) ? { declaredFrameRateMilli: declared } : {}),
    };
}

const clean = (bytes: Buffer): string =>
    bytes
        .toString('utf8')
        .replace(/[\p{C}\ufffd]/gu, '')
        .trim()
        .slice(0, 80);
