import type { MeasuredFile } from '@liuhen/domain';
import type { ByteSource } from './byte-source.ts';
import { sizeInAvcSps, sizeInHevcSps } from './picture-size.ts';
import { StreamMeter } from './stream-meter.ts';

/**
 * Flash Video (Adobe, Video File Format Specification 10.1, E): tags of a type, a length and a time in milliseconds. Its first tag
 * often says how large and how long the file was when it was closed, by which a file that was cut off is known.
 */
const VIDEO: Readonly<Record<number, string>> = { 2: 'h263', 4: 'vp6', 7: 'avc', 12: 'hevc' };
const FOUR_LETTERS: Readonly<Record<string, string>> = { avc1: 'avc', hvc1: 'hevc', vp09: 'vp9', av01: 'av1' };
const AUDIO: Readonly<Record<number, string>> = {
    0: 'pcm',
    1: 'adpcm',
    2: 'mp3',
    3: 'pcm',
    7: 'alaw',
    8: 'ulaw',
    10: 'aac',
    14: 'mp3',
};
const RATES = [5_512, 11_025, 22_050, 44_100] as const;
const AAC_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350] as const;
const MOST_TAGS = 4_000_000;
const MOST_HEADER = 1_024;

type Said = { readonly numbers: ReadonlyMap<string, number>; readonly texts: ReadonlyMap<string, string> };

export function readFlv(source: ByteSource): Omit<MeasuredFile, 'fileLength'> {
    const [video, audio] = [new StreamMeter('video', 1), new StreamMeter('audio', 2)];
    const length = Number(source.length);
    let said: Said | undefined;
    let [missing, damaged] = [0, false];
    const header = source.read(0n, 9);
    let at = (header.length < 9 ? 9 : header.readUInt32BE(5)) + 4;
    for (let tags = 0; at + 11 <= length && tags < MOST_TAGS; tags += 1) {
        const head = source.read(BigInt(at), 11);
        const type = (head[0] ?? 0) & 0x1f;
        if (type !== 8 && type !== 9 && type !== 18) {
            damaged = true;
            break;
        }
        const size = head.readUIntBE(1, 3);
        const atMs = head.readUIntBE(4, 3) + (head[7] ?? 0) * 0x1000000;
        if (at + 11 + size > length) missing = at + 11 + size + 4 - length;
        const data = source.read(BigInt(at + 11), Math.min(size, MOST_HEADER));
        if (type === 9) picture(video, data, size, atMs);
        else if (type === 8) sound(audio, data, size, atMs);
        else said ??= saidIn(data);
        at += 11 + size + 4;
    }
    const stated = said?.numbers.get('filesize') ?? 0;
    if (stated > length && Number.isSafeInteger(stated)) missing = Math.max(missing, stated - length);
    const declaredMs = Math.round((said?.numbers.get('duration') ?? 0) * 1_000);
    video.declaredFrameRateMilli = positive(Math.round((said?.numbers.get('framerate') ?? 0) * 1_000));
    if (video.width === 0) {
        video.width = Math.round(said?.numbers.get('width') ?? 0);
        video.height = Math.round(said?.numbers.get('height') ?? 0);
    }
    const names = ['encoder', 'creator', 'metadatacreator', 'muxer'].flatMap((key) => said?.texts.get(key) ?? []);
    return {
        container: 'flv',
        tracks: [video, audio].filter((each) => !each.isEmpty).map((each) => each.track()),
        encoders: [...new Set(names)].slice(0, 8),
        stream: {
            end: stated > 0 || declaredMs > 0 ? 'stated' : 'unknown',
            ...(missing > 0 ? { missingBytes: missing } : {}),
            ...(declaredMs > 0 && declaredMs < 1e12 ? { declaredMs } : {}),
        },
        ...(damaged ? { failed: 'damaged' as const } : {}),
    };
}

const positive = (value: number): number | undefined => (Number.isSafeInteger(value) && value > 0 ? value : undefined);

function picture(meter: StreamMeter, data: Buffer, size: number, atMs: number): void {
    meter.bytes(size);
    const first = data[0] ?? 0;
    const isExtended = (first & 0x80) !== 0;
    const letters = isExtended ? data.toString('latin1', 1, 5) : '';
    const code = first & 15;
    meter.codec = isExtended ? (FOUR_LETTERS[letters] ?? 'unknown') : (VIDEO[code] ?? 'unknown');
    meter.codecId = isExtended ? letters.replace(/[^\x20-\x7e]/g, '') : String(code);
    const packet = isExtended ? code : (data[1] ?? 0);
    const isCoded = meter.codec === 'avc' || meter.codec === 'hevc';
    // The decoder's configuration and the mark of the end are no pictures.
    if (isCoded && packet === 0) {
        if (meter.width === 0) configured(meter, data.subarray(5));
        return;
    }
    if (isCoded && !isExtended && packet === 2) return;
    const hasOffset = isCoded && (!isExtended || packet === 1) && data.length >= 5;
    const from = isExtended ? 5 : 2;
    meter.sample(atMs + (hasOffset && data.length >= from + 3 ? data.readIntBE(from, 3) : 0));
}

/** ISO/IEC 14496-15: the first sequence parameter set of the decoder's configuration. */
function configured(meter: StreamMeter, config: Buffer): void {
    const size = meter.codec === 'avc' ? sizeInAvcSps(config.subarray(8)) : hevcSps(config);
    if (size !== undefined) [meter.width, meter.height] = [size.width, size.height];
}

function hevcSps(config: Buffer) {
    let at = 23;
    for (let arrays = config[22] ?? 0; arrays > 0 && at + 3 <= config.length; arrays -= 1) {
        const type = (config[at] ?? 0) & 63;
        let count = config.readUInt16BE(at + 1);
        for (at += 3; count > 0 && at + 2 <= config.length; count -= 1) {
            const length = config.readUInt16BE(at);
            if (type === 33) return sizeInHevcSps(config.subarray(at + 2, at + 2 + length));
            at += 2 + length;
        }
    }
    return undefined;
}

function sound(meter: StreamMeter, data: Buffer, size: number, atMs: number): void {
    meter.bytes(size);
    const first = data[0] ?? 0;
    const format = first >> 4;
    meter.codec = AUDIO[format] ?? 'unknown';
    meter.codecId = String(format);
    if (format === 10 && data[1] === 0) {
        // AudioSpecificConfig: five bits of type, four of the rate, four of channels.
        const config = data.length >= 4 ? data.readUInt16BE(2) : 0;
        meter.sampleRate = AAC_RATES[(config >> 7) & 15] ?? 0;
        meter.channels = (config >> 3) & 15;
        meter.sampleMs = meter.sampleRate === 0 ? 0 : 1_024_000 / meter.sampleRate;
        return;
    }
    if (meter.sampleRate === 0) {
        meter.sampleRate = format === 7 || format === 8 ? 8_000 : (RATES[(first >> 2) & 3] ?? 0);
        meter.channels = (first & 1) + 1;
    }
    meter.sample(atMs);
}

/** `onMetaData` in AMF0: numbers and texts by name; what stands behind anything else is not read. */
function saidIn(data: Buffer): Said | undefined {
    const [numbers, texts] = [new Map<string, number>(), new Map<string, string>()];
    const name = data.length >= 3 ? data.toString('latin1', 3, 3 + data.readUInt16BE(1)) : '';
    if (data[0] !== 2 || name !== 'onMetaData') return undefined;
    let at = 3 + name.length;
    at += data[at] === 8 ? 5 : 1;
    while (at + 3 <= data.length) {
        const length = data.readUInt16BE(at);
        const key = data.toString('latin1', at + 2, at + 2 + length).toLowerCase();
        at += 2 + length;
        const type = data[at];
        if (type === 0 && at + 9 <= data.length) {
            const value = data.readDoubleBE(at + 1);
            if (Number.isFinite(value) && value >= 0) numbers.set(key, value);
            at += 9;
        } else if (type === 1) at += 2;
        else if (type === 2 && at + 3 <= data.length) {
            const size = data.readUInt16BE(at + 1);
            texts.set(
                key,
                data
                    .toString('utf8', at + 3, at + 3 + size)
                    .replace(/[\p{C}\ufffd]/gu, '')
                    .trim()
                    .slice(0, 80),
            );
            at += 3 + size;
        } else break;
    }
    return { numbers, texts };
}
