import type { ByteSource } from './byte-source.ts';
import { bufferSource } from './byte-source.ts';

/**
 * One box of an ISO base media file (ISO/IEC 14496-12, 4.2), as it declares itself: `declaredEnd` may lie behind the end
 * of what contains it, `end` never does.
 */
export type Box = {
    readonly type: string;
    readonly offset: bigint;
    /** First byte of the content. */
    readonly content: bigint;
    readonly declaredEnd: bigint;
    readonly end: bigint;
};

export type WalkStop = 'boxSize' | 'tooManyBoxes';

/** `stopped` says why the walk ended early; `missing` how many bytes the last box lacks, header included. */
export type BoxWalk = { readonly boxes: readonly Box[]; readonly stopped?: WalkStop; readonly missing: bigint };

/** Ten hours in one-second fragments are 72,000 boxes; hostile files of empty boxes end here. */
export const MAX_BOXES = 200_000;

/** A file of this system is far smaller; a box that declares more is nonsense, not a missing tail. */
const MAX_DECLARED_END = 1n << 50n;

/** Lists the boxes between `from` and `to`, one level, without following any of them. */
export function walkBoxes(source: ByteSource, from: bigint, to: bigint, limit: number = MAX_BOXES): BoxWalk {
    const boxes: Box[] = [];
    for (let at = from; at < to; ) {
        if (boxes.length >= limit) return { boxes, stopped: 'tooManyBoxes', missing: 0n };
        if (to - at < 8n) return { boxes, missing: 8n - (to - at) };
        const box = boxAt(source, at, to);
        if (box === 'cut') return { boxes, missing: 16n - (to - at) };
        if (box === 'boxSize') return { boxes, stopped: 'boxSize', missing: 0n };
        boxes.push(box);
        if (box.declaredEnd > to) return { boxes, missing: box.declaredEnd - to };
        at = box.end;
    }
    return { boxes, missing: 0n };
}

function boxAt(source: ByteSource, offset: bigint, to: bigint): Box | 'boxSize' | 'cut' {
    const header = source.read(offset, 16);
    if (header.length < 8) return 'cut';
    const type = header.toString('latin1', 4, 8);
    // Control characters mean padding or garbage, not a box.
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return 'boxSize';
    const small = header.readUInt32BE(0);
    // 4.2: 1 announces a 64-bit size, 0 means to the end of the file.
    if (small === 1 && (to - offset < 16n || header.length < 16)) return 'cut';
    const size = small === 0 ? to - offset : small === 1 ? header.readBigUInt64BE(8) : BigInt(small);
    const headerLength = small === 1 ? 16n : 8n;
    const declaredEnd = offset + size;
    if (size < headerLength || declaredEnd > MAX_DECLARED_END) return 'boxSize';
    return { type, offset, content: offset + headerLength, declaredEnd, end: declaredEnd < to ? declaredEnd : to };
}

/** The largest, or 0. `Math.max` takes no bigint. */
export function largest(of: readonly bigint[]): bigint {
    let most = 0n;
    for (const each of of) if (each > most) most = each;
    return most;
}

/** Content of a box that is wholly in memory. */
export type MemoryBox = { readonly type: string; readonly bytes: Buffer };

/** Children of a box in memory; a damaged tail is left out. `limit` bounds hostile files of empty boxes. */
export function children(bytes: Buffer, limit = 10_000): MemoryBox[] {
    return walkBoxes(bufferSource(bytes), 0n, BigInt(bytes.length), limit).boxes.map((box) => ({
        type: box.type,
        bytes: bytes.subarray(Number(box.content), Number(box.end)),
    }));
}

/** The first box at the end of a path of types, e.g. `['mdia', 'minf', 'stbl']`. Its depth is the caller's, never the file's. */
export function descend(bytes: Buffer, path: readonly string[]): Buffer | undefined {
    let inside: Buffer | undefined = bytes;
    for (const type of path) {
        if (inside === undefined) return undefined;
        inside = children(inside).find((box) => box.type === type)?.bytes;
    }
    return inside;
}
