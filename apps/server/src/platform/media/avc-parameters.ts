import { Bits, cropping } from './bit-reader.ts';

/** What of a sequence parameter set of H.264 (ISO/IEC 14496-10, 7.3.2.1.1) the headers of its slices are read by. */
export type AvcSequence = {
    readonly id: number;
    readonly width: number;
    readonly height: number;
    /** `frame_num` of slices has so many bits. */
    readonly numberBits: number;
    readonly separatePlanes: boolean;
    /** Pictures in 1,000 seconds, where the set says it; whether they really came at it is another thing. */
    readonly frameRateMilli?: number;
};

/** Profiles whose parameter set says more of colour (7.3.2.1.1). */
const HIGH = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** From a sequence parameter set with its one-byte header; `undefined`: it is cut off, or none. */
export function readAvcSps(nal: Buffer): AvcSequence | undefined {
    return unlessCut(() => {
        const bits = new Bits(nal.subarray(1, 256));
        const profile = bits.u(8);
        bits.u(16);
        const id = bits.ue();
        const { chroma, separatePlanes } = HIGH.has(profile) ? colour(bits) : { chroma: 1, separatePlanes: false };
        const numberBits = bits.ue() + 4;
        skipOrder(bits);
        bits.ue();
        bits.u(1);
        const columns = bits.ue() + 1;
        const rows = bits.ue() + 1;
        const frames = bits.u(1);
        if (frames === 0) bits.u(1);
        bits.u(1);
        const [left, right, top, bottom] = cropping(bits);
        const [unitX, unitY] = [chroma === 1 || chroma === 2 ? 2 : 1, (chroma === 1 ? 2 : 1) * (2 - frames)];
        const width = columns * 16 - unitX * (left + right);
        const height = rows * 16 * (2 - frames) - unitY * (top + bottom);
        const frameRateMilli = unlessCut(() => timing(bits));
        const rate = frameRateMilli === undefined ? {} : { frameRateMilli };
        return id > 31 || numberBits > 16 ? undefined : { id, width, height, numberBits, separatePlanes, ...rate };
    });
}

export function unlessCut<T>(read: () => T | undefined): T | undefined {
    try {
        return read();
    } catch (error) {
        if (error instanceof RangeError) return undefined;
        throw error;
    }
}

function colour(bits: Bits): { chroma: number; separatePlanes: boolean } {
    const chroma = bits.ue();
    const separatePlanes = chroma === 3 && bits.u(1) === 1;
    bits.ue();
    bits.ue();
    bits.u(1);
    const lists = bits.u(1) === 0 ? 0 : chroma === 3 ? 12 : 8;
    for (let list = 0; list < lists; list += 1) {
        const isThere = bits.u(1);
        if (isThere === 1) skipScaling(bits, list < 6 ? 16 : 64);
    }
    return { chroma, separatePlanes };
}

/** How the order of pictures is told; the next unit of it is not needed. */
function skipOrder(bits: Bits): void {
    const order = bits.ue();
    if (order === 0) bits.ue();
    else if (order === 1) {
        bits.u(1);
        bits.se();
        bits.se();
        for (let left = bits.ue(); left > 0; left -= 1) bits.se();
    }
}

/** A scaling list ends early where its next scale is 0 (7.3.2.1.1.1). */
function skipScaling(bits: Bits, size: number): void {
    let [last, next] = [8, 8];
    for (let at = 0; at < size; at += 1) {
        if (next !== 0) next = (last + bits.se() + 256) % 256;
        last = next === 0 ? last : next;
    }
}

const EXTENDED_ASPECT = 255;
const MOST_RATE_MILLI = 240_000;

/** Annex E, E.1.1: two fields to a picture. */
function timing(bits: Bits): number | undefined {
    if (bits.u(1) === 0) return undefined;
    if (bits.u(1) === 1 && bits.u(8) === EXTENDED_ASPECT) bits.u(32);
    if (bits.u(1) === 1) bits.u(1);
    if (bits.u(1) === 1) {
        bits.u(4);
        if (bits.u(1) === 1) bits.u(24);
    }
    if (bits.u(1) === 1) {
        bits.ue();
        bits.ue();
    }
    if (bits.u(1) === 0) return undefined;
    const [units, scale] = [bits.u(32), bits.u(32)];
    const rate = units === 0 ? 0 : Math.round((scale * 1_000) / (2 * units));
    return rate >= 1_000 && rate <= MOST_RATE_MILLI ? rate : undefined;
}
