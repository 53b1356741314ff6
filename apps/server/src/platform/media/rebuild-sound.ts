import type { RebuiltSound } from '@liuhen/domain';
import type { Gap, Walked } from './rebuild-walk.ts';

/** AAC LC as a recording of the same recorder has it; `frequency` is the index of its rate (ISO/IEC 14496-3, table 1.18). */
export type SoundLike = { readonly sampleRate: number; readonly channels: 1 | 2 };

const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
const SAMPLES = 1_024;
/** 4.5.1.1: 6144 bits for a channel at most. */
const MOST_BYTES = 768;
const LEAST_BYTES = 3;
/** So many of a thousand stretches must look like a block of sound, and so far may their number be from what the pictures last. */
const LIKE_MILLI = 985;
const APART_MILLI = 25;
const LEAST_BLOCKS = 10;

/**
 * Whether what lies between the pictures is one block of AAC each. AAC has no marks: where several blocks lie together, only decoding
 * tells where one ends, and a wrong guess would be sound that nobody made. So their number has to fit what the pictures last, and
 * their beginnings and ends have to be those of a block (ISO/IEC 14496-3, 4.4.2.1: an element of this many channels, an end mark).
 */
export function soundIn(
    { gaps, gapsOverflowed, pictures, holes }: Pick<Walked, 'gaps' | 'gapsOverflowed' | 'pictures' | 'holes'>,
    rateMilli: number,
    like: SoundLike,
    read: (gap: Gap) => Buffer,
): RebuiltSound {
    if (!RATES.includes(like.sampleRate) || gapsOverflowed || holes > 0 || gaps.length < LEAST_BLOCKS) return 'notApart';
    const expected = (pictures * 1_000 * like.sampleRate) / (rateMilli * SAMPLES);
    if (Math.abs(gaps.length - expected) * 1_000 > Math.max(expected, LEAST_BLOCKS) * APART_MILLI + 2_000) return 'notApart';
    let good = 0;
    for (const gap of gaps) if (isBlock(gap, like.channels, read)) good += 1;
    return good * 1_000 >= gaps.length * LIKE_MILLI ? 'kept' : 'notApart';
}

function isBlock(gap: Gap, channels: number, read: (gap: Gap) => Buffer): boolean {
    const length = gap.end - gap.at;
    if (length < LEAST_BYTES || length > MOST_BYTES * channels) return false;
    const bytes = read(gap);
    const element = (bytes[0] ?? 0) >> 5;
    // A fill element may stand before the first: encoders write their name into it.
    if (element !== channels - 1 && element !== 6) return false;
    const tail = ((bytes.at(-2) ?? 0) << 8) | (bytes.at(-1) ?? 0);
    // At most seven zeros fill the last byte behind the end mark, which is three ones.
    for (let shift = 0; shift < 8; shift += 1) {
        if (((tail >> shift) & 1) === 1) return ((tail >> shift) & 7) === 7;
    }
    return false;
}

/** Blocks with a header each, so that a reader finds them (ISO/IEC 14496-3, 1.A.2.2). */
export function adtsHeader(length: number, { sampleRate, channels }: SoundLike): Buffer {
    const whole = length + 7;
    const frequency = RATES.indexOf(sampleRate);
    return Buffer.from([
        0xff,
        0xf1,
        (1 << 6) | (frequency << 2) | (channels >> 2),
        ((channels & 3) << 6) | (whole >> 11),
        (whole >> 3) & 0xff,
        ((whole & 7) << 5) | 0x1f,
        0xfc,
    ]);
}
