import type { MeasuredFile } from '@liuhen/domain';
import type { ByteSource } from './byte-source.ts';
import { StreamMeter } from './stream-meter.ts';

/**
 * Advanced Systems Format (Microsoft, revision 01.20.06): objects of a GUID and a length, and a header that says how large the file
 * is and how many data packets of which size follow, so that one that was cut off is known. GUIDs as their bytes stand in files.
 */
const GUID = {
    file: 'a1dcab8c47a9cf118ee400c00c205365',
    stream: '9107dcb7b7a9cf118ee600c00c205365',
    extension: 'b503bf5f2ea9cf118ee300c00c205365',
    extendedStream: 'cba5e61472c632438399a96952065b5a',
    names: '40a4d0d207e3d21197f000a0c95ea850',
    data: '3626b2758e66cf11a6d900aa0062ce6c',
    video: 'c0ef19bc4d5bcf11a8fd00805f5c442b',
    audio: '409e69f84d5bcf11a8fd00805f5c442b',
} as const;

const VIDEO: Readonly<Record<string, string>> = {
    ...{ H264: 'avc', AVC1: 'avc', X264: 'avc', HEVC: 'hevc', HEV1: 'hevc', HVC1: 'hevc', H265: 'hevc', MJPG: 'mjpeg' },
    ...{
        WMV1: 'wmv1',
        WMV2: 'wmv2',
        WMV3: 'wmv3',
        WVC1: 'vc1',
        MP43: 'msmpeg4',
        MP42: 'msmpeg4',
        DIV3: 'msmpeg4',
        MP4S: 'mpeg4',
    },
};
const AUDIO: Readonly<Record<number, string>> = {
    ...{ 1: 'pcm', 2: 'adpcm', 6: 'alaw', 7: 'ulaw', 17: 'adpcm', 80: 'mp2', 85: 'mp3', 255: 'aac' },
    ...{ 352: 'wma', 353: 'wma', 354: 'wma', 5632: 'aac' },
};
const MOST_HEADER = 4 << 20;
const MOST_OBJECTS = 4_096;
const MOST_TRACKS = 16;
const MOST_PACKETS = 8_000_000;
const DEEPEST = 3;
/** Seconds from 1601, where its times begin, to 1904, where those of ISO files do. */
const TO_1904 = (Date.UTC(1904, 0, 1) - Date.UTC(1601, 0, 1)) / 1_000;

type Walk = {
    readonly meters: Map<number, StreamMeter>;
    readonly frameTimes: Map<number, number>;
    readonly encoders: string[];
    fileSize: number;
    packets: number;
    packetSize: number;
    prerollMs: number;
    declaredMs: number;
    createdSeconds: number;
};

export function readAsf(source: ByteSource): Omit<MeasuredFile, 'fileLength'> {
    const walk: Walk = {
        ...{ meters: new Map(), frameTimes: new Map(), encoders: [] },
        ...{ fileSize: 0, packets: 0, packetSize: 0, prerollMs: 0, declaredMs: 0, createdSeconds: 0 },
    };
    const length = Number(source.length);
    const size = Math.min(long(source.read(16n, 8), 0), length, MOST_HEADER);
    objects(walk, source.read(30n, Math.max(0, size - 30)), 0);
    for (const [id, ms] of walk.frameTimes) {
        const meter = walk.meters.get(id);
        if (meter?.kind === 'video' && ms > 0) meter.declaredFrameRateMilli = Math.round(1_000_000 / ms);
    }
    const missing = readData(walk, source, long(source.read(16n, 8), 0), length);
    const stated = walk.fileSize > 0 || walk.packets > 0;
    return {
        container: 'asf',
        tracks: [...walk.meters.values()].filter((each) => each.kind === 'other' || !each.isEmpty).map((each) => each.track()),
        encoders: [...new Set(walk.encoders)].slice(0, 8),
        stream: {
            end: stated ? 'stated' : 'unknown',
            ...(missing > 0 ? { missingBytes: missing } : {}),
            ...(walk.declaredMs > 0 ? { declaredMs: walk.declaredMs } : {}),
            ...(walk.createdSeconds > 0 ? { createdSeconds: walk.createdSeconds } : {}),
        },
    };
}

/** Lengths are 64 bits; a file is far below 2^53 bytes. */
const long = (bytes: Buffer, at: number): number => {
    const value = at + 8 <= bytes.length ? Number(bytes.readBigUInt64LE(at)) : 0;
    return Number.isSafeInteger(value) ? value : 0;
};

function objects(walk: Walk, bytes: Buffer, depth: number): void {
    for (let [at, count] = [0, 0]; at + 24 <= bytes.length && count < MOST_OBJECTS; count += 1) {
        const size = long(bytes, at + 16);
        if (size < 24) return;
        const guid = bytes.toString('hex', at, at + 16);
        const body = bytes.subarray(at + 24, Math.min(bytes.length, at + size));
        if (guid === GUID.file && body.length >= 80) fileProperties(walk, body);
        else if (guid === GUID.stream && body.length >= 54) streamProperties(walk, body);
        else if (guid === GUID.names) names(walk, body);
        else if (guid === GUID.extendedStream && body.length >= 64)
            walk.frameTimes.set(body.readUInt16LE(48), long(body, 52) / 10_000);
        else if (guid === GUID.extension && depth < DEEPEST) objects(walk, body.subarray(22), depth + 1);
        at += size;
    }
}

function fileProperties(walk: Walk, body: Buffer): void {
    const [fileSize, packets] = [long(body, 16), long(body, 32)];
    // The lowest flag is set while it is being written: then none of these hold.
    const isOpen = (body.readUInt32LE(64) & 1) !== 0;
    walk.prerollMs = long(body, 56);
    walk.packetSize = body.readUInt32LE(68) === body.readUInt32LE(72) ? body.readUInt32LE(68) : 0;
    // A hundred nanoseconds since 1601 are more than a double counts exactly.
    walk.createdSeconds = Math.max(0, Number(body.readBigUInt64LE(24) / 10_000_000n) - TO_1904);
    if (isOpen) return;
    walk.fileSize = fileSize;
    walk.packets = packets;
    walk.declaredMs = Math.max(0, Math.round(long(body, 40) / 10_000) - walk.prerollMs);
}

function streamProperties(walk: Walk, body: Buffer): void {
    if (walk.meters.size >= MOST_TRACKS) return;
    const type = body.toString('hex', 0, 16);
    const id = body.readUInt16LE(48) & 127;
    const data = body.subarray(54, 54 + body.readUInt32LE(40));
    const meter = new StreamMeter(type === GUID.video ? 'video' : type === GUID.audio ? 'audio' : 'other', id);
    if (meter.kind === 'video' && data.length >= 31) {
        [meter.width, meter.height] = [data.readUInt32LE(0), data.readUInt32LE(4)];
        meter.codecId = data.toString('latin1', 27, 31).replace(/[^\x20-\x7e]/g, '');
        meter.codec = VIDEO[meter.codecId.toUpperCase()] ?? 'unknown';
    } else if (meter.kind === 'audio' && data.length >= 8) {
        const tag = data.readUInt16LE(0);
        meter.codecId = `0x${tag.toString(16)}`;
        meter.codec = AUDIO[tag] ?? 'unknown';
        [meter.channels, meter.sampleRate] = [data.readUInt16LE(2), data.readUInt32LE(4)];
    }
    walk.meters.set(id, meter);
}

/** Extended content description: programs write what they are under names of their own. */
function names(walk: Walk, body: Buffer): void {
    let at = 2;
    for (let left = body.length < 2 ? 0 : body.readUInt16LE(0); left > 0 && at + 6 <= body.length; left -= 1) {
        const nameLength = body.readUInt16LE(at);
        const name = body.toString('utf16le', at + 2, at + 2 + nameLength);
        at += 2 + nameLength;
        if (at + 4 > body.length) return;
        const [type, size] = [body.readUInt16LE(at), body.readUInt16LE(at + 2)];
        const value = body.subarray(at + 4, at + 4 + size);
        at += 4 + size;
        if (type !== 0 || !/^(?:WM\/)?(?:EncodingSettings|ToolName|EncodedBy|encoder)\0?$/i.test(name)) continue;
        const text = value
            .toString('utf16le')
            .replace(/[\p{C}\ufffd]/gu, '')
            .trim()
            .slice(0, 80);
        if (text !== '') walk.encoders.push(text);
    }
}

/** Goes through the packets where all are of one size, and gives how many bytes of what was promised are not there. */
function readData(walk: Walk, source: ByteSource, from: number, length: number): number {
    let missing = walk.fileSize > length ? walk.fileSize - length : 0;
    const head = source.read(BigInt(from), 50);
    if (head.length < 50 || head.toString('hex', 0, 16) !== GUID.data) return missing;
    const { packetSize } = walk;
    const promised = walk.packets > 0 ? walk.packets : long(head, 40);
    if (packetSize < 16 || packetSize > 1 << 20) return missing;
    const needed = from + 50 + promised * packetSize;
    if (Number.isSafeInteger(needed)) missing = Math.max(missing, needed - length);
    for (let [at, count] = [from + 50, 0]; at + packetSize <= length && count < MOST_PACKETS; at += packetSize, count += 1) {
        if (promised > 0 && count >= promised) break;
        try {
            packet(walk, source.read(BigInt(at), packetSize));
        } catch (error) {
            // Lengths that lead out of the packet: this one says nothing.
            if (!(error instanceof RangeError)) throw error;
        }
    }
    return Math.max(0, missing);
}

/** Fields of a packet are as long as two bits say: nothing, one, two or four bytes (5.2.2). */
function packet(walk: Walk, bytes: Buffer): void {
    let at = ((bytes[0] ?? 0) & 0x80) !== 0 ? 1 + ((bytes[0] ?? 0) & 15) : 0;
    const [lengths = 0, properties = 0] = bytes.subarray(at, at + 2);
    at += 2;
    const field = (bits: number): number => {
        const size = [0, 1, 2, 4][bits & 3] ?? 0;
        const value = size === 0 ? 0 : bytes.readUIntLE(at, size);
        at += size;
        return value;
    };
    field(lengths >> 5);
    field(lengths >> 1);
    const padding = field(lengths >> 3);
    at += 6;
    const isSeveral = (lengths & 1) !== 0;
    const flags = isSeveral ? (bytes[at++] ?? 0) : 1;
    for (let left = flags & 63; left > 0 && at < bytes.length; left -= 1) {
        const meter = walk.meters.get((bytes[at++] ?? 0) & 127);
        field(properties >> 4);
        const offset = field(properties >> 2);
        const replicated = field(properties);
        // One byte of it: many small samples together, the offset is their time.
        const isPacked = replicated === 1;
        const time = isPacked ? offset : replicated >= 8 ? bytes.readUInt32LE(at + 4) : undefined;
        at += replicated;
        const size = isSeveral ? field(flags >> 6) : bytes.length - padding - at;
        if (size < 0) return;
        meter?.bytes(size);
        if (isPacked || offset === 0) meter?.sample(time === undefined ? undefined : Math.max(0, time - walk.prerollMs));
        at += size;
    }
}
