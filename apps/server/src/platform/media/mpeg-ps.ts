import type { MeasuredFile } from '@liuhen/domain';
import type { ByteSource } from './byte-source.ts';
import { type ElementaryCodec, PictureScanner } from './picture-scanner.ts';
import { StreamMeter } from './stream-meter.ts';

/**
 * MPEG program stream (ISO/IEC 13818-1, 2.5; ISO/IEC 11172-1): packs of packets that each say how long they are, without any index,
 * and without a word about where the recording ends. Docking stations and NVRs write it.
 */
const VIDEO_TYPES: Readonly<Record<number, ElementaryCodec>> = { 1: 'mpeg2', 2: 'mpeg2', 16: 'mpeg4', 27: 'avc', 36: 'hevc' };
const AUDIO_TYPES: Readonly<Record<number, string>> = { 3: 'mp3', 4: 'mp3', 15: 'aac', 144: 'alaw', 145: 'ulaw' };

const MOST_TRACKS = 16;
/** So much that is no packet may lie between packets before the file counts as damaged. */
const MOST_SKIPPED = 4 << 20;
const WINDOW = 1 << 20;
const WRAP = 2 ** 33;

type Walk = {
    readonly source: ByteSource;
    readonly tracks: Map<
        number,
        { meter: StreamMeter; scanner: PictureScanner | undefined; last: number | undefined; base: number }
    >;
    readonly types: Map<number, number>;
    missing: number;
};

export function readMpegPs(source: ByteSource): Omit<MeasuredFile, 'fileLength'> {
    const walk: Walk = { source, tracks: new Map(), types: new Map(), missing: 0 };
    const damaged = walkPackets(walk);
    const tracks = [...walk.tracks.values()].map(({ meter }) => meter.track());
    return {
        container: 'mpegPs',
        tracks,
        encoders: [],
        stream: { end: 'unknown', ...(walk.missing > 0 ? { missingBytes: walk.missing } : {}) },
        ...(damaged ? { failed: 'damaged' as const } : {}),
    };
}

/** True where it gave up: what follows is no program stream. */
function walkPackets(walk: Walk): boolean {
    const { source } = walk;
    const length = Number(source.length);
    let window: Buffer = Buffer.alloc(0);
    let [from, skipped] = [0, 0];
    const bytes = (at: number, count: number): Buffer => {
        if (at < from || at + count > from + window.length) {
            window = source.read(BigInt(at), Math.max(WINDOW, count));
            from = at;
        }
        return window.subarray(at - from, at - from + count);
    };
    for (let at = 0; at + 4 <= length; ) {
        const head = bytes(at, 4);
        const id = head[3] ?? 0;
        if (head.readUIntBE(0, 3) !== 1 || id < 0xb9) {
            const next = bytes(at + 1, Math.min(WINDOW - 1, length - at - 1)).indexOf('000001ba', 0, 'hex');
            const step = next < 0 ? Math.min(WINDOW - 4, length - at) : next + 1;
            skipped += step;
            if (skipped > MOST_SKIPPED) return true;
            at += step;
            continue;
        }
        if (id === 0xb9) at += 4;
        else if (id === 0xba) at += packLength(bytes(at, Math.min(14, length - at)));
        else {
            if (at + 6 > length) break;
            const body = bytes(at + 4, 2).readUInt16BE(0);
            const end = at + 6 + body;
            if (end > length) walk.missing = end - length;
            packet(walk, id, bytes(at + 6, Math.min(body, length - at - 6)));
            at = end;
        }
    }
    return false;
}

/** MPEG-2 packs say how much stuffing follows; those of MPEG-1 are twelve bytes. */
function packLength(head: Buffer): number {
    const mark = head[4] ?? 0;
    return (mark & 0xc0) === 0x40 ? 14 + ((head[13] ?? 0) & 7) : 12;
}

function packet(walk: Walk, id: number, body: Buffer): void {
    if (id === 0xbc) map(walk, body);
    const isVideo = id >= 0xe0 && id <= 0xef;
    const isAudio = id >= 0xc0 && id <= 0xdf;
    if (!isVideo && !isAudio && id !== 0xbd) return;
    const track = walk.tracks.get(id) ?? begin(walk, id, isVideo ? 'video' : isAudio ? 'audio' : 'other');
    if (track === undefined) return;
    const { payload, pts } = pesOf(body);
    const atMs = pts === undefined ? undefined : unwrapped(track, pts) / 90;
    if (track.scanner !== undefined) track.scanner.piece(payload, atMs);
    else {
        track.meter.bytes(payload.length);
        if (isAudio) sound(track.meter, payload, atMs);
    }
}

function begin(walk: Walk, id: number, kind: 'video' | 'audio' | 'other') {
    if (walk.tracks.size >= MOST_TRACKS) return undefined;
    const meter = new StreamMeter(kind, id);
    const type = walk.types.get(id);
    if (type !== undefined) meter.codecId = `0x${type.toString(16)}`;
    const video = kind === 'video' ? new PictureScanner(meter, type === undefined ? undefined : VIDEO_TYPES[type]) : undefined;
    if (kind === 'audio' && type !== undefined) meter.codec = AUDIO_TYPES[type] ?? 'unknown';
    const track = { meter, scanner: video, last: undefined, base: 0 };
    walk.tracks.set(id, track);
    return track;
}

/** Which stream is coded how (2.5.4.1). */
function map({ types }: Walk, body: Buffer): void {
    if (body.length < 4) return;
    let at = 4 + body.readUInt16BE(2);
    if (at + 2 > body.length) return;
    const end = Math.min(body.length, at + 2 + body.readUInt16BE(at));
    for (at += 2; at + 4 <= end; at += 4 + body.readUInt16BE(at + 2)) types.set(body[at + 1] ?? 0, body[at] ?? 0);
}

/** What a packet carries and the time of what begins in it, in ticks of 90 kHz (2.4.3.7; 11172-1, 2.4.3.3). */
function pesOf(body: Buffer): { payload: Buffer; pts?: number } {
    if (((body[0] ?? 0) & 0xc0) === 0x80) {
        const from = 3 + (body[2] ?? 0);
        const pts = ((body[1] ?? 0) & 0x80) !== 0 && body.length >= 8 ? timeIn(body, 3) : undefined;
        return { payload: body.subarray(from), ...(pts === undefined ? {} : { pts }) };
    }
    let at = 0;
    while (at < 16 && body[at] === 0xff) at += 1;
    if (((body[at] ?? 0) & 0xc0) === 0x40) at += 2;
    const mark = (body[at] ?? 0) >> 4;
    if (mark === 2 && body.length >= at + 5) return { payload: body.subarray(at + 5), pts: timeIn(body, at) };
    if (mark === 3 && body.length >= at + 10) return { payload: body.subarray(at + 10), pts: timeIn(body, at) };
    return { payload: body.subarray(at + 1) };
}

const timeIn = (body: Buffer, at: number): number =>
    (((body[at] ?? 0) >> 1) & 7) * 2 ** 30 + (body.readUInt16BE(at + 1) >> 1) * 2 ** 15 + (body.readUInt16BE(at + 3) >> 1);

/** Thirty-three bits begin anew after a day and two hours. */
function unwrapped(track: { last: number | undefined; base: number }, pts: number): number {
    if (track.last !== undefined && track.last - pts > WRAP / 2) track.base += WRAP;
    track.last = pts;
    return track.base + pts;
}

const RATES = [44_100, 48_000, 32_000] as const;
const ADTS_RATES = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
] as const;

/** A packet of sound; its coding from the map or from the first bytes of a frame. */
function sound(meter: StreamMeter, payload: Buffer, atMs: number | undefined): void {
    const [first = 0, second = 0, third = 0, fourth = 0] = payload;
    const synced = first === 0xff && (second & 0xf0) === 0xf0;
    if (meter.sampleRate === 0 && synced && (second & 6) === 0) {
        meter.codec = 'aac';
        meter.sampleRate = ADTS_RATES[(third >> 2) & 15] ?? 0;
        meter.channels = ((third & 1) << 2) | (fourth >> 6);
        meter.sampleMs = meter.sampleRate === 0 ? 0 : 1_024_000 / meter.sampleRate;
    } else if (meter.sampleRate === 0 && synced) {
        meter.codec = (second & 6) === 4 ? 'mp2' : 'mp3';
        meter.sampleRate = (RATES[(third >> 2) & 3] ?? 0) / ((second & 8) === 0 ? 2 : 1);
        meter.channels = fourth >> 6 === 3 ? 1 : 2;
        meter.sampleMs = meter.sampleRate === 0 ? 0 : 1_152_000 / meter.sampleRate;
    } else if (meter.codec === 'alaw' || meter.codec === 'ulaw') {
        [meter.sampleRate, meter.channels] = [8_000, 1];
        meter.sampleMs = payload.length / 8;
    }
    if (atMs !== undefined) meter.sample(atMs);
}
