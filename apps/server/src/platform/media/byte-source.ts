import { fstatSync, readSync } from 'node:fs';

/** Random access to the bytes of an open file. Synchronous: it is used in the inspection process only. */
export type ByteSource = {
    readonly length: bigint;
    /** The bytes from `offset`, fewer than `length` where the file ends before. */
    readonly read: (offset: bigint, length: number) => Buffer;
};

/** Reads from a descriptor that the parent process opened; nothing is opened by name here. */
export function descriptorSource(fd: number): ByteSource {
    const length = fstatSync(fd, { bigint: true }).size;
    return { length, read: (offset, wanted) => readFully(fd, offset, wanted) };
}

/** A file in memory, for what is already read. */
export const bufferSource = (bytes: Buffer): ByteSource => ({
    length: BigInt(bytes.length),
    read: (offset, wanted) => bytes.subarray(Number(offset), Number(offset) + wanted),
});

function readFully(fd: number, offset: bigint, wanted: number): Buffer {
    const bytes = Buffer.alloc(wanted);
    let filled = 0;
    while (filled < wanted) {
        const got = readSync(fd, bytes, filled, wanted - filled, offset + BigInt(filled));
        if (got === 0) return bytes.subarray(0, filled);
        filled += got;
    }
    return bytes;
}
