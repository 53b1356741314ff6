import { createRequire } from 'node:module';
import type { InspectedAudioTrack, InspectedTrack, InspectedVideoTrack, MeasuredFile, StreamSignature } from '@liuhen/domain';
import type {
    InputAudioTrack,
    InputTrack,
    InputVideoTrack,
    CustomSource as LibrarySource,
    Input as MediaInput,
} from 'mediabunny';
import type { ByteSource } from './byte-source.ts';
import { seiIn } from './nal-search.ts';
import { PacketMeter, type PacketTimes } from './packet-meter.ts';

/** As one file: each recording is read by a process of its own, and opening the library's many files took as long as using it. */
const { ADTS, CustomSource, EncodedPacketSink, FLAC, Input, MATROSKA, MP3, MP4, MPEG_TS, OGG, QTFF, WAVE, WEBM } = createRequire(
    import.meta.url,
)('mediabunny') as typeof import('mediabunny');

/** Every format of the library but HLS: a playlist is text that makes its reader open other files and addresses. */
const FORMATS = [
    [MP4, 'mp4'],
    [QTFF, 'mov'],
    [MATROSKA, 'matroska'],
    [WEBM, 'webm'],
    [WAVE, 'wav'],
    [OGG, 'ogg'],
    [FLAC, 'flac'],
    [MP3, 'mp3'],
    [ADTS, 'adts'],
    [MPEG_TS, 'mpegTs'],
] as const;

const MAX_TRACKS = 32;
/** Used where a container's own resolution is no integer. */
const MICROSECONDS = 1_000_000;

/** `failed`: the structure contradicts itself, and `tracks` are those read before. */
export type ReadTracks = {
    readonly container: string;
    readonly tracks: readonly InspectedTrack[];
    readonly failed?: 'damaged';
    readonly signatures?: NonNullable<MeasuredFile['signatures']>;
    /** Name and version of an encoder in software that the stream itself carries. */
    readonly encoder?: string;
};

/** Reads every track to its end, headers only where the container allows it. `undefined`: no known format. */
export async function readTracks(source: ByteSource): Promise<ReadTracks | undefined> {
    const input = new Input({ source: librarySource(source), formats: FORMATS.map(([format]) => format) });
    const container = await containerOf(input);
    if (container === undefined) return undefined;
    const tracks: InspectedTrack[] = [];
    try {
        for (const track of (await input.getTracks()).slice(0, MAX_TRACKS)) tracks.push(await readTrack(track));
        const video = await input.getPrimaryVideoTrack();
        const search = video === null ? undefined : await searchStream(video).catch(() => undefined);
        return { container, tracks, ...search };
    } catch {
        // The library's message may quote the file; that it gave up is all that is kept.
        return { container, tracks, failed: 'damaged' };
    } finally {
        input.dispose();
    }
}

/** A file too short to be recognised makes the library throw; that is no known format either. */
async function containerOf(input: MediaInput): Promise<string | undefined> {
    try {
        const format = await input.getFormat();
        return FORMATS.find(([known]) => known === format)?.[1];
    } catch {
        return undefined;
    }
}

const librarySource = (source: ByteSource): LibrarySource =>
    new CustomSource({
        getSize: () => Number(source.length),
        read: (start, end) => {
            const bytes = source.read(BigInt(start), end - start);
            if (bytes.length < end - start) throw new RangeError('read behind the end');
            return bytes;
        },
        prefetchProfile: 'fileSystem',
    });

async function readTrack(track: InputTrack): Promise<InspectedTrack> {
    if (track.isVideoTrack()) return readVideo(track);
    if (track.isAudioTrack()) return readAudio(track);
    return { kind: 'other', id: track.id, ...(await codecIdOf(track)) };
}

async function readVideo(track: InputVideoTrack): Promise<InspectedVideoTrack> {
    const walked = await walk(track, 'video');
    const between = walked.lastStart - walked.firstStart;
    return {
        kind: 'video',
        ...(await common(track, walked)),
        codedWidth: whole(await track.getCodedWidth()),
        codedHeight: whole(await track.getCodedHeight()),
        width: whole(await track.getDisplayWidth()),
        height: whole(await track.getDisplayHeight()),
        rotation: await track.getRotation(),
        ...(walked.count > 1 && between > 0 ? { frameRateMilli: Math.round(((walked.count - 1) / between) * 1_000) } : {}),
        ...(walked.times.worst === undefined ? {} : { worst: walked.times.worst }),
        ...(walked.times.usualFrameRateMilli === undefined ? {} : { usualFrameRateMilli: walked.times.usualFrameRateMilli }),
    };
}

async function readAudio(track: InputAudioTrack): Promise<InspectedAudioTrack> {
    return {
        kind: 'audio',
        ...(await common(track, await walk(track, 'audio'))),
        sampleRate: whole(await track.getSampleRate()),
        channels: whole(await track.getNumberOfChannels()),
    };
}

type Walked = {
    readonly count: number;
    readonly bytes: number;
    /** Seconds of presentation. */
    readonly firstStart: number;
    readonly lastStart: number;
    readonly end: number;
    readonly times: PacketTimes;
};

/** Looks at every sample: what headers declare about rate and length is not to be trusted. */
async function walk(track: InputTrack, kind: 'video' | 'audio'): Promise<Walked> {
    const meter = new PacketMeter(kind);
    let count = 0;
    let bytes = 0;
    let firstStart = Number.POSITIVE_INFINITY;
    let lastStart = Number.NEGATIVE_INFINITY;
    let end = Number.NEGATIVE_INFINITY;
    for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
        count++;
        bytes += packet.byteLength;
        firstStart = Math.min(firstStart, packet.timestamp);
        lastStart = Math.max(lastStart, packet.timestamp);
        end = Math.max(end, packet.timestamp + packet.duration);
        meter.add(packet.timestamp, packet.duration);
    }
    const times = meter.finish();
    return count === 0
        ? { count, bytes, firstStart: 0, lastStart: 0, end: 0, times }
        : { count, bytes, firstStart, lastStart, end, times };
}

/** Signatures come with every group of pictures: so much of the beginning holds several. */
const MOST_SEARCHED_PACKETS = 400;
const MOST_SEARCHED_BYTES = 24 << 20;

async function searchStream(track: InputVideoTrack): Promise<Pick<ReadTracks, 'signatures' | 'encoder'> | undefined> {
    const codec = await track.getCodec();
    if (codec !== 'avc' && codec !== 'hevc') return undefined;
    const description = (await track.getDecoderConfig())?.description;
    const config = description === undefined ? undefined : bytesOf(description);
    // ISO/IEC 14496-15: `lengthSizeMinusOne` of the decoder's configuration.
    const lengthSize = config === undefined ? undefined : ((config[codec === 'avc' ? 4 : 21] ?? 3) & 3) + 1;
    const found = new Set<StreamSignature>();
    let encoder: string | undefined;
    let [packets, searchedBytes] = [0, 0];
    for await (const packet of new EncodedPacketSink(track).packets()) {
        if (packets++ >= MOST_SEARCHED_PACKETS || searchedBytes >= MOST_SEARCHED_BYTES) break;
        searchedBytes += packet.data.byteLength;
        for (const { known, text } of seiIn(packet.data, codec, lengthSize)) {
            if (known === 'x264') encoder ??= /^x264 - core \d{1,4}/.exec(text)?.[0] ?? 'x264';
            else if (known !== undefined) found.add(known);
        }
    }
    return { signatures: { found: [...found], searchedBytes }, ...(encoder === undefined ? {} : { encoder }) };
}

const bytesOf = (buffer: AllowSharedBufferSource): Uint8Array =>
    ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer);

async function common(track: InputTrack, walked: Walked) {
    const resolution = await track.getTimeResolution();
    const timescale = Number.isSafeInteger(resolution) && resolution > 0 ? resolution : MICROSECONDS;
    const firstTicks = Math.round(walked.firstStart * timescale);
    const seconds = walked.end - walked.firstStart;
    const codecString = await track.getCodecParameterString().catch(() => null);
    return {
        id: track.id,
        codec: shortName(await track.getCodec()),
        ...(codecString === null ? {} : { codecString: codecString.slice(0, 80) }),
        ...(await codecIdOf(track)),
        first: { ticks: firstTicks, timescale },
        duration: { ticks: Math.round(walked.end * timescale) - firstTicks, timescale },
        sampleCount: walked.count,
        ...(seconds > 0 ? { bitrate: Math.round((walked.bytes * 8) / seconds) } : {}),
        ...(walked.times.holes === undefined ? {} : { holes: walked.times.holes }),
        ...(walked.times.backwards === undefined ? {} : { backwards: walked.times.backwards }),
    };
}

/** The library names every PCM layout apart; to us they are one coding. G.711 keeps its own name. */
const shortName = (codec: string | null): string => (codec === null ? 'unknown' : codec.startsWith('pcm-') ? 'pcm' : codec);

async function codecIdOf(track: InputTrack): Promise<{ codecId?: string }> {
    const id = await track.getInternalCodecId();
    if (id === null) return {};
    return { codecId: (typeof id === 'object' ? Buffer.from(id).toString('hex') : String(id)).slice(0, 64) };
}

const whole = (value: number): number => Math.round(value);
