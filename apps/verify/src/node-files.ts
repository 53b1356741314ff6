import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
    beginsLikeRecord,
    DomainError,
    type PackageFiles,
    type RandomAccess,
    RECORD_BEGINNING,
    RECORD_MAX_BYTES,
    readAhead,
    readZip,
    volumeOf,
} from '@liuhen/domain';

/** Bytes read at once. */
const PIECE = 4 << 20;

/**
 * A package on a disk, or a disc of it: a folder, or a ZIP. Throws `zip.*`, and what the system says of the file; `ofImage` says what to do with
 * an ISO image, which is not read here.
 */
export async function openPackage(path: string, ofImage: string): Promise<PackageFiles & { close(): Promise<void> }> {
    if ((await stat(path)).isDirectory()) return { ...(await folderFiles(path)), close: async () => undefined };
    const file = await open(path, 'r');
    try {
        const access = accessTo(file, (await file.stat()).size);
        if (await isImage(access)) throw new Error(ofImage);
        return { ...(await readZip(access)), close: () => file.close() };
    } catch (error) {
        await file.close();
        throw error;
    }
}

/** The bytes of a file that begins like the record of a sample; undefined for anything else. Throws `record.tooLong` before it reads on. */
export async function recordIn(path: string): Promise<Uint8Array | undefined> {
    if ((await stat(path)).isDirectory()) return undefined;
    const file = await open(path, 'r');
    try {
        const access = accessTo(file, (await file.stat()).size);
        if (!beginsLikeRecord(await access.read(0, Math.min(access.size, RECORD_BEGINNING)))) return undefined;
        if (access.size > RECORD_MAX_BYTES) throw new DomainError('record.tooLong');
        return await access.read(0, access.size);
    } finally {
        await file.close();
    }
}

/** Discs by their number, so that a file in several pieces is read from its beginning on; anything else as it was named. */
export async function inOrder(paths: readonly string[]): Promise<string[]> {
    if (paths.length < 2) return [...paths];
    const numbered = await Promise.all(
        paths.map(async (path) => {
            const isFolder = (await stat(path)).isDirectory();
            return { path, volume: isFolder ? ((await volumeOf(await folderFiles(path))) ?? 0) : 0 };
        }),
    );
    return numbered.sort((a, b) => a.volume - b.volume).map(({ path }) => path);
}

/** The first descriptor of ISO 9660 lies in sector 16. */
async function isImage(file: RandomAccess): Promise<boolean> {
    const [at, name] = [16 * 2048 + 1, 'CD001'];
    if (file.size < at + name.length) return false;
    return Buffer.from(await file.read(at, name.length)).toString('latin1') === name;
}

const accessTo = (file: FileHandle, size: number): RandomAccess => ({
    size,
    async read(offset, length, into) {
        const bytes = into !== undefined && into.length >= length ? into.subarray(0, length) : new Uint8Array(length);
        let done = 0;
        while (done < length) {
            const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
            if (bytesRead === 0) throw new Error('the file became shorter while it was read');
            done += bytesRead;
        }
        return bytes;
    },
});

/** Every regular file below a folder, links and others by their names only: no manifest lists them. */
async function folderFiles(folder: string): Promise<PackageFiles> {
    const sizes = new Map<string, bigint | undefined>();
    const look = async (below: string): Promise<void> => {
        for (const each of await readdir(join(folder, below), { withFileTypes: true })) {
            const path = below === '' ? each.name : `${below}/${each.name}`;
            if (each.isDirectory()) await look(path);
            else sizes.set(path, each.isFile() ? (await stat(join(folder, path), { bigint: true })).size : undefined);
        }
    };
    await look('');
    return {
        paths: [...sizes.keys()],
        size: (path) => sizes.get(path),
        async *read(path) {
            const file = await open(join(folder, path), 'r');
            try {
                const access = accessTo(file, Number((await file.stat()).size));
                yield* readAhead(access.size, PIECE, access.read);
            } finally {
                await file.close();
            }
        },
    };
}
