import { inflateRawSync } from 'node:zlib';
import { DomainError } from '@liuhen/domain/table';
import { TABLE_LIMITS } from './table.ts';

const MOST_ENTRIES = 5_000;
const END = 0x06054b50;
const ENTRY = 0x02014b50;

type Entry = { method: number; packed: number; offset: number; encrypted: boolean };

/** Reads single files out of a ZIP without unpacking the others; what unpacks to too much is refused while unpacking. */
export function openZip(bytes: Uint8Array): { read(name: string): Uint8Array | undefined } {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries = directory(buffer);
    let left: number = TABLE_LIMITS.unpacked;
    return {
        read(name) {
            const entry = entries.get(name.toLowerCase());
            if (entry === undefined) return undefined;
            if (entry.encrypted || (entry.method !== 0 && entry.method !== 8)) throw new DomainError('table.format');
            // The local header has its own lengths of name and extra field.
            const start = entry.offset + 30 + readUInt16(buffer, entry.offset + 26) + readUInt16(buffer, entry.offset + 28);
            const packed = buffer.subarray(start, start + entry.packed);
            const content = entry.method === 0 ? packed : inflate(packed, left);
            left -= content.length;
            if (left < 0) throw new DomainError('table.tooLarge', { most: TABLE_LIMITS.unpacked });
            return content;
        },
    };
}

function inflate(packed: Uint8Array, most: number): Uint8Array {
    try {
        return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
    } catch (error) {
        if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
            throw new DomainError('table.tooLarge', { most: TABLE_LIMITS.unpacked });
        throw new DomainError('table.format', {}, { cause: error });
    }
}

/** The central directory at the end of the file. */
function directory(buffer: Buffer): Map<string, Entry> {
    let end = buffer.length - 22;
    while (end >= Math.max(0, buffer.length - 65_557) && buffer.readUInt32LE(end) !== END) end--;
    if (end < 0 || buffer.readUInt32LE(end) !== END) throw new DomainError('table.format');
    const count = readUInt16(buffer, end + 10);
    let at = readUInt32(buffer, end + 16);
    if (count > MOST_ENTRIES) throw new DomainError('table.format');
    const entries = new Map<string, Entry>();
    for (let each = 0; each < count; each++) {
        if (readUInt32(buffer, at) !== ENTRY) throw new DomainError('table.format');
        const lengths = [28, 30, 32].map((field) => readUInt16(buffer, at + field)) as [number, number, number];
        const name = buffer.toString('utf8', at + 46, at + 46 + lengths[0]).replaceAll('\\', '/');
        entries.set(name.toLowerCase(), {
            method: readUInt16(buffer, at + 10),
            packed: readUInt32(buffer, at + 20),
            offset: readUInt32(buffer, at + 42),
            encrypted: (readUInt16(buffer, at + 8) & 1) === 1,
        });
        at += 46 + lengths[0] + lengths[1] + lengths[2];
    }
    return entries;
}

function readUInt16(buffer: Buffer, at: number): number {
    if (at < 0 || at + 2 > buffer.length) throw new DomainError('table.format');
    return buffer.readUInt16LE(at);
}
function readUInt32(buffer: Buffer, at: number): number {
    if (at < 0 || at + 4 > buffer.length) throw new DomainError('table.format');
    return buffer.readUInt32LE(at);
}
