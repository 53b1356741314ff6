import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackageFiles, type RandomAccess, readAhead, readZip } from '@liuhen/domain';

/** Bytes read at once. */
const PIECE = 4 << 20;

/** A package on a disk: a folder, or a ZIP. Throws `zip.*`, and what the system says of the file. */
export async function openPackage(path: string): Promise<PackageFiles & { close(): Promise<void> }> {
    if ((await stat(path)).isDirectory()) return { ...(await folderFiles(path)), close: async () => undefined };
    const file = await open(path, 'r');
    try {
        return { ...(await readZip(accessTo(file, (await file.stat()).size))), close: () => file.close() };
    } catch (error) {
        await file.close();
        throw error;
    }
}

const accessTo = (file: FileHandle, size: number): RandomAccess => ({
    size,
    async read(offset, length) {
        const bytes = new Uint8Array(length);
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
