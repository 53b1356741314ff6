import { readAvcSps } from './avc-parameters.ts';
import { Bits, cropping } from './bit-reader.ts';

/** What a stream's own headers say of its picture, in shown pixels before any pixel aspect ratio. */
export type PictureSize = { readonly width: number; readonly height: number };

const MOST_SIDE = 16_384;

function sized(read: () => PictureSize): PictureSize | undefined {
    try {
        const { width, height } = read();
        return width > 0 && height > 0 && width <= MOST_SIDE && height <= MOST_SIDE ? { width, height } : undefined;
    } catch (error) {
        if (error instanceof RangeError) return undefined;
        throw error;
    }
}

/** From a sequence parameter set of H.264, its one-byte header first. */
export const sizeInAvcSps = (nal: Buffer): PictureSize | undefined => {
    const set = readAvcSps(nal);
    return set === undefined ? undefined : sized(() => ({ width: set.width, height: set.height }));
};

/** From a sequence parameter set of H.265, its two-byte header first (ISO/IEC 23008-2, 7.3.2.2). */
export const sizeInHevcSps = (nal: Buffer): PictureSize | undefined =>
    sized(() => {
        const bits = new Bits(nal.subarray(2, 256));
        bits.u(4);
        const layers = bits.u(3);
        bits.u(1);
        skipBits(bits, 96);
        const present = Array.from({ length: layers }, () => [bits.u(1), bits.u(1)] as const);
        if (layers > 0) for (let each = layers; each < 8; each += 1) bits.u(2);
        for (const [profile, level] of present) skipBits(bits, (profile === 1 ? 88 : 0) + (level === 1 ? 8 : 0));
        bits.ue();
        const chroma = bits.ue();
        if (chroma === 3) bits.u(1);
        const [width, height] = [bits.ue(), bits.ue()];
        const [left, right, top, bottom] = cropping(bits);
        const [unitX, unitY] = [chroma === 1 || chroma === 2 ? 2 : 1, chroma === 1 ? 2 : 1];
        return { width: width - unitX * (left + right), height: height - unitY * (top + bottom) };
    });

function skipBits(bits: Bits, count: number): void {
    for (let left = count; left > 0; left -= 16) bits.u(Math.min(16, left));
}

/** From a sequence header of MPEG-1 or MPEG-2 video, behind its start code: twelve bits each, and a code for the rate. */
export function sequenceHeader(bytes: Buffer): (PictureSize & { frameRateMilli?: number }) | undefined {
    if (bytes.length < 4) return undefined;
    const size = sized(() => ({ width: bytes.readUInt16BE(0) >> 4, height: bytes.readUInt16BE(1) & 0xfff }));
    const rate = [0, 23_976, 24_000, 25_000, 29_970, 30_000, 50_000, 59_940, 60_000][(bytes[3] ?? 0) & 15];
    return size === undefined ? undefined : { ...size, ...(rate === undefined || rate === 0 ? {} : { frameRateMilli: rate }) };
}
