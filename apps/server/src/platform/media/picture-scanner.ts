import { sequenceHeader, sizeInAvcSps, sizeInHevcSps } from './picture-size.ts';
import type { StreamMeter } from './stream-meter.ts';

const START = Buffer.from([0, 0, 1]);
/** A parameter set is looked at as far as this; a start code needs two bytes behind it to be told apart. */
const HEADER = 256;
const BEHIND = 5;

export type ElementaryCodec = 'avc' | 'hevc' | 'mpeg2' | 'mpeg4';

/**
 * Looks for beginnings of pictures in an elementary stream that comes in pieces cut anywhere: H.264 and H.265 by the first slice of
 * each, MPEG-1/2 and MPEG-4 by their picture start code. What it is says its container's map or, without one, its first headers.
 */
export class PictureScanner {
    #codec: ElementaryCodec | undefined;
    readonly #track: StreamMeter;
    #carry = Buffer.alloc(0);

    constructor(track: StreamMeter, codec?: ElementaryCodec) {
        this.#track = track;
        this.#codec = codec;
    }

    /** The first picture that begins in this piece has the piece's time, further ones have none. */
    piece(bytes: Buffer, atMs: number | undefined): void {
        this.#track.bytes(bytes.length);
        const all = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes]);
        let time = atMs;
        let at = all.indexOf(START);
        for (; at >= 0 && at + BEHIND <= all.length; at = all.indexOf(START, at + 3)) {
            if (!this.#begins(all.subarray(at + 3, at + 3 + HEADER))) continue;
            this.#track.sample(time);
            time = undefined;
        }
        this.#carry = Buffer.from(all.subarray(Math.max(0, all.length - BEHIND + 1)));
    }

    #begins(behind: Buffer): boolean {
        const [code = 0, next = 0] = behind;
        this.#codec ??= codecBy(code, next);
        const codec = this.#codec;
        if (codec === undefined) return false;
        this.#track.codec = codec;
        if (codec === 'avc') {
            const type = code & 31;
            if (type === 7) this.#size(sizeInAvcSps(behind));
            // first_mb_in_slice 0 is a single set bit.
            return (type === 1 || type === 5) && (next & 0x80) !== 0;
        }
        if (codec === 'hevc') {
            const type = (code >> 1) & 63;
            if (type === 33) this.#size(sizeInHevcSps(behind));
            // first_slice_segment_in_pic_flag stands first behind the two bytes of the header.
            return type < 32 && ((behind[2] ?? 0) & 0x80) !== 0;
        }
        if (codec === 'mpeg2') {
            if (code === 0xb3) {
                const header = sequenceHeader(behind.subarray(1));
                this.#size(header);
                this.#track.declaredFrameRateMilli ??= header?.frameRateMilli;
            }
            return code === 0;
        }
        return code === 0xb6;
    }

    #size(size: { width: number; height: number } | undefined): void {
        if (size === undefined || this.#track.width > 0) return;
        this.#track.width = size.width;
        this.#track.height = size.height;
    }
}

/** Only headers that come at the beginning of a sequence count; anything else could be the middle of something. */
function codecBy(code: number, next: number): ElementaryCodec | undefined {
    if (code === 0xb3) return 'mpeg2';
    if (code === 0xb0) return 'mpeg4';
    if ((code === 0x67 || code === 0x27 || code === 0x47) && next >= 44) return 'avc';
    if (code === 0x40 && next === 1) return 'hevc';
    return undefined;
}
