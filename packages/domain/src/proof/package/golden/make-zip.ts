import { crc32 } from 'node:zlib';

/** What of a member is written otherwise than it should be. */
export type ZipFile = {
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly method?: number;
    readonly flags?: number;
    readonly localName?: string;
    readonly localSize?: number;
    readonly localCrc?: number;
    readonly offset?: number;
    readonly comment?: string;
};

const u16 = (...values: number[]) => values.flatMap((value) => [value & 0xff, value >>> 8]);
const u32 = (...values: number[]) =>
    values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]);
const u64 = (...values: number[]) => values.flatMap((value) => [...u32(value >>> 0), ...u32(Math.floor(value / 2 ** 32))]);

/** A ZIP of these files, with ZIP64 fields throughout or none, and whatever stands otherwise in them. */
export function zipOf(files: readonly ZipFile[], options: { wide?: boolean; comment?: string; gap?: number } = {}): Uint8Array {
    const { wide = false, comment = '', gap = 0 } = options;
    const out: number[] = [];
    const lines: number[] = [];
    for (const file of files) {
        const { method = 0, flags = 0x0800, bytes } = file;
        const [offset, crc] = [file.offset ?? out.length, crc32(bytes)];
        const [name, localName] = [file.name, file.localName ?? file.name].map((each) => [...Buffer.from(each)]);
        const size = file.localSize ?? bytes.length;
        const field = (...values: number[]) => (wide ? [...u16(1, 8 * values.length), ...u64(...values)] : []);
        const narrow = (value: number) => u32(wide ? 0xffffffff : value);
        const localField = field(size, size);
        out.push(
            ...u32(0x04034b50),
            ...u16(45, flags, method, 0, 0x21),
            ...u32(file.localCrc ?? crc),
            ...narrow(size),
            ...narrow(size),
        );
        out.push(...u16(localName?.length ?? 0, localField.length), ...(localName ?? []), ...localField, ...bytes);
        const lineField = field(bytes.length, bytes.length, offset);
        const remark = [...Buffer.from(file.comment ?? '')];
        lines.push(
            ...u32(0x02014b50),
            ...u16(45, 45, flags, method, 0, 0x21),
            ...u32(crc),
            ...narrow(bytes.length),
            ...narrow(bytes.length),
        );
        lines.push(...u16(name?.length ?? 0, lineField.length, remark.length, 0, 0), ...u32(0), ...narrow(offset));
        lines.push(...(name ?? []), ...lineField, ...remark);
        for (let at = 0; at < gap; at++) out.push(0);
    }
    const start = out.length;
    out.push(...lines);
    const end64 = out.length;
    if (wide) {
        out.push(
            ...u32(0x06064b50),
            ...u64(44),
            ...u16(45, 45),
            ...u32(0, 0),
            ...u64(files.length, files.length, lines.length, start),
        );
        out.push(...u32(0x07064b50, 0), ...u64(end64), ...u32(1));
    }
    const count = wide ? 0xffff : files.length;
    const remark = [...Buffer.from(comment)];
    out.push(...u32(0x06054b50), ...u16(0, 0, count, count), ...u32(wide ? 0xffffffff : lines.length, wide ? 0xffffffff : start));
    out.push(...u16(remark.length), ...remark);
    return Uint8Array.from(out);
}
