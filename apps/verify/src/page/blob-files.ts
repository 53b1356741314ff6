import {
    beginsLikeRecord,
    type PackageFiles,
    type RandomAccess,
    RECORD_BEGINNING,
    RECORD_MAX_BYTES,
    readAhead,
    readZip,
} from '@liuhen/domain';

/** Bytes read at once: memory stays the same however large a file is. */
const PIECE = 4 << 20;

/**
 * A package as somebody chose it: one ZIP, or every file of a folder, which may be a disc. Throws `zip.*`, and what `ofImage` says of an ISO image,
 * which is not read here.
 */
export async function chosenPackage(files: readonly File[], ofImage: string): Promise<PackageFiles> {
    const [first, ...more] = files;
    if (first !== undefined && more.length === 0 && first.webkitRelativePath === '') {
        // The first descriptor of ISO 9660 lies in sector 16.
        if ((await first.slice(16 * 2048 + 1, 16 * 2048 + 6).text()) === 'CD001') throw new Error(ofImage);
        return readZip(accessTo(first));
    }
    const byPath = new Map(files.map((file) => [withoutFolder(file.webkitRelativePath), file]));
    return {
        paths: [...byPath.keys()],
        size: (path) => {
            const file = byPath.get(path);
            return file === undefined ? undefined : BigInt(file.size);
        },
        read: (path) => {
            const file = byPath.get(path);
            return readAhead(file?.size ?? 0, PIECE, (at, length) =>
                file === undefined ? Promise.resolve(new Uint8Array(0)) : bytesOf(file, at, length),
            );
        },
    };
}

/** The bytes of a single file that begins like the record of a sample; one byte more than any has, of one that is too long. */
export async function chosenRecord(files: readonly File[]): Promise<Uint8Array | undefined> {
    const [first, ...more] = files;
    if (first === undefined || more.length > 0 || first.webkitRelativePath !== '') return undefined;
    if (!beginsLikeRecord(await bytesOf(first, 0, RECORD_BEGINNING))) return undefined;
    return bytesOf(first, 0, RECORD_MAX_BYTES + 1);
}

/** Paths of a chosen folder begin with its own name. */
const withoutFolder = (path: string): string => path.slice(path.indexOf('/') + 1);

const accessTo = (file: File): RandomAccess => ({
    size: file.size,
    read: (offset, length) => bytesOf(file, offset, length),
});

const bytesOf = async (file: File, at: number, length: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(at, at + length).arrayBuffer());
