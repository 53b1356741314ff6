/** What a stream's own headers say of its picture, in shown pixels before any pixel aspect ratio. */
export type PictureSize = { readonly width: number; readonly height: number };

/** Reads bit by bit, with the bytes removed that keep start codes out of the data (ISO/IEC 14496-10, 7.4.1). */
class Bits {
    readonly #bytes: number[] = [];
    #at = 0;

    constructor(payload: Buffer) {
        for (let at = 0; at < payload.length; at += 1)
            if (!(at >= 2 && payload[at] === 3 && payload[at - 1] === 0 && payload[at - 2] === 0))
                this.#bytes.push(payload[at] ?? 0);
    }

    /** `RangeError` behind the end: a header that is cut off says nothing. */
    u(count: number): number {
        let value = 0;
        for (let each = 0; each < count; each += 1, this.#at += 1) {
            const byte = this.#bytes[this.#at >> 3];
            if (byte === undefined) throw new RangeError('behind the end');
            value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
        }
        return value;
    }

    ue(): number {
        let zeros = 0;
        while (this.u(1) === 0) if (++zeros > 31) throw new RangeError('no such number');
        return 2 ** zeros - 1 + this.u(zeros);
    }

    se(): void {
        this.ue();
    }
}

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

/** Profiles whose parameter set says more of colour (7.3.2.1.1). */
const HIGH = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** From a sequence parameter set of H.264, its one-byte header first. */
export const sizeInAvcSps = (nal: Buffer): PictureSize | undefined =>
    sized(() => {
        const bits = new Bits(nal.subarray(1, 256));
        const profile = bits.u(8);
        bits.u(16);
        bits.ue();
        let chroma = 1;
        if (HIGH.has(profile)) {
            chroma = bits.ue();
            if (chroma === 3) bits.u(1);
            bits.ue();
            bits.ue();
            bits.u(1);
            const lists = bits.u(1) === 0 ? 0 : chroma === 3 ? 12 : 8;
            for (let list = 0; list < lists; list += 1) {
                const isThere = bits.u(1);
                if (isThere === 1) skipScaling(bits, list < 6 ? 16 : 64);
            }
        }
        bits.ue();
        const order = bits.ue();
        if (order === 0) bits.ue();
        else if (order === 1) {
            bits.u(1);
            bits.se();
            bits.se();
            for (let left = bits.ue(); left > 0; left -= 1) bits.se();
        }
        bits.ue();
        bits.u(1);
        const columns = bits.ue() + 1;
        const rows = bits.ue() + 1;
        const frames = bits.u(1);
        if (frames === 0) bits.u(1);
        bits.u(1);
        const [left, right, top, bottom] = cropping(bits);
        const [unitX, unitY] = [chroma === 1 || chroma === 2 ? 2 : 1, (chroma === 1 ? 2 : 1) * (2 - frames)];
        return { width: columns * 16 - unitX * (left + right), height: rows * 16 * (2 - frames) - unitY * (top + bottom) };
    });

/** A scaling list ends early where its next scale is 0 (7.3.2.1.1.1). */
function skipScaling(bits: Bits, size: number): void {
    let [last, next] = [8, 8];
    for (let at = 0; at < size; at += 1) {
        if (next !== 0) {
            const coded = bits.ue();
            const delta = coded % 2 === 0 ? -coded / 2 : (coded + 1) / 2;
            next = (last + delta + 256) % 256;
        }
        last = next === 0 ? last : next;
    }
}

const cropping = (bits: Bits): [number, number, number, number] =>
    bits.u(1) === 0 ? [0, 0, 0, 0] : [bits.ue(), bits.ue(), bits.ue(), bits.ue()];

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
