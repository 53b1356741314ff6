import type { FilePhoto } from '@liuhen/domain';
import type { ByteSource } from './byte-source.ts';

/** A photograph's size, when its camera says it was taken, and whether its end is there. */
export type PhotoFacts = { readonly photo: FilePhoto; readonly encoders: readonly string[] };

const MOST_SEGMENTS = 1_000;
const MOST_ENTRIES = 200;
const END = Buffer.from([0xff, 0xd9]);
/** Recorders pad their files; the mark of the end lies no further from it. */
const LAST_BYTES = 64 * 1024;

/** JPEG (ITU-T T.81, B.1): segments of a marker and a length up to the picture; SOF0 to SOF15 carry its size, APP1 may be EXIF. */
export function readJpeg(source: ByteSource): PhotoFacts {
    let photo: FilePhoto = { width: 0, height: 0, ended: endsWith(source, END) };
    let encoders: string[] = [];
    for (let [at, count] = [2, 0]; at + 4 <= Number(source.length) && count < MOST_SEGMENTS; count += 1) {
        const head = source.read(BigInt(at), 9);
        const marker = head[1] ?? 0;
        if (head[0] !== 0xff) break;
        if (marker === 0xff) {
            at += 1;
            continue;
        }
        // The picture itself begins, or the file ends.
        if (marker === 0xda || marker === 0xd9) break;
        const length = head.readUInt16BE(2);
        const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
        if (isFrame && head.length >= 9) photo = { ...photo, height: head.readUInt16BE(5), width: head.readUInt16BE(7) };
        else if (marker === 0xe1) {
            const exif = exifIn(source.read(BigInt(at + 4), length - 2));
            if (exif !== undefined) {
                photo = { ...photo, ...exif.taken };
                encoders = exif.encoders;
            }
        }
        at += 2 + length;
    }
    return { photo, encoders };
}

/** PNG (ISO/IEC 15948): the size stands in its first chunk, `IEND` at its end. */
export function readPng(source: ByteSource): PhotoFacts {
    const head = source.read(8n, 16);
    const isHeader = head.length === 16 && head.toString('latin1', 4, 8) === 'IHDR';
    const size = isHeader ? { width: head.readUInt32BE(8), height: head.readUInt32BE(12) } : { width: 0, height: 0 };
    return { photo: { ...size, ended: endsWith(source, Buffer.from('IEND')) }, encoders: [] };
}

function endsWith(source: ByteSource, mark: Buffer): boolean {
    const from = source.length > BigInt(LAST_BYTES) ? source.length - BigInt(LAST_BYTES) : 0n;
    return source.read(from, LAST_BYTES).includes(mark);
}

const TAG = { model: 0x0110, software: 0x0131, changed: 0x0132, exif: 0x8769, taken: 0x9003, offset: 0x9011 } as const;

/** Exif 2.32: a TIFF header, then directories of twelve-byte entries. Times are the camera's own, by its own zone. */
function exifIn(segment: Buffer): { taken: Pick<FilePhoto, 'takenText' | 'offsetText'>; encoders: string[] } | undefined {
    if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
    const tiff = segment.subarray(6);
    const isLittle = tiff.toString('latin1', 0, 2) === 'II';
    const u16 = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
    const u32 = (at: number) => (at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
    const found = new Map<number, string>();
    const directory = (at: number): number => {
        let inner = 0;
        for (
            let left = Math.min(MOST_ENTRIES, u16(at)), entry = at + 2;
            left > 0 && entry + 12 <= tiff.length;
            left -= 1, entry += 12
        ) {
            const [tag, type, count] = [u16(entry), u16(entry + 2), u32(entry + 4)];
            if (tag === TAG.exif) inner = u32(entry + 8);
            if (type !== 2 || count > 200) continue;
            const from = count <= 4 ? entry + 8 : u32(entry + 8);
            const text = tiff
                .subarray(from, from + count)
                .toString('utf8')
                .replace(/[\p{C}\ufffd]/gu, '')
                .trim()
                .slice(0, 80);
            if (text !== '') found.set(tag, text);
        }
        return inner;
    };
    const inner = directory(u32(4));
    if (inner > 0) directory(inner);
    const [taken, offset] = [found.get(TAG.taken) ?? found.get(TAG.changed), found.get(TAG.offset)];
    return {
        taken: { ...(taken === undefined ? {} : { takenText: taken }), ...(offset === undefined ? {} : { offsetText: offset }) },
        encoders: [found.get(TAG.software), found.get(TAG.model)].filter((each) => each !== undefined),
    };
}
