import { utf8Text } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { MANIFEST_MAX_FILES } from './package-manifest.ts';
import { isPackagePath, PACKAGE_MAX_PATH } from './package-paths.ts';
import { type PackageFiles, readAhead } from './package-tools.ts';

/** The files of a ZIP, of which a part can be read as well. */
export type ZipFiles = Omit<PackageFiles, 'read'> & {
    read(path: string, part?: { readonly offset: number; readonly size: number }): AsyncIterable<Uint8Array>;
};

/** Bytes that can be read anywhere: a file, or a Blob. `read` gives exactly `length` bytes within `size`. */
export type RandomAccess = {
    readonly size: number;
    read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
};

export type ZipErrorCode =
    | 'zip.notZip'
    | 'zip.truncated'
    | 'zip.trailing'
    | 'zip.malformed'
    | 'zip.compressed'
    | 'zip.encrypted'
    | 'zip.dataDescriptor'
    | 'zip.name'
    | 'zip.duplicate'
    | 'zip.headersDiffer'
    | 'zip.overlap'
    | 'zip.tooMany';

const END = 0x06054b50;
const END_LENGTH = 22;
const LOCATOR = 0x07064b50;
const LOCATOR_LENGTH = 20;
const END64 = 0x06064b50;
const END64_LENGTH = 56;
const CENTRAL = 0x02014b50;
const CENTRAL_LENGTH = 46;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const IN_64 = 0xffffffff;
const ZIP64 = 0x0001;
const UTF8_NAMES = 0x0800;

/** Longest directory that is read: names and fields of the most files there may be. */
const DIRECTORY_MAX = MANIFEST_MAX_FILES * (CENTRAL_LENGTH + PACKAGE_MAX_PATH + 64);
const PIECE = 4 << 20;

type Member = { readonly path: string; readonly size: number; readonly start: number };

/**
 * Reads a ZIP of an evidence package (APPNOTE 6.3.10 with ZIP64), of which there is only one reading: nothing compressed or encrypted,
 * names as `isPackagePath`, each once; local headers that say what the directory says; the members one after the other from the first
 * byte on, then the directory, then the end, and no byte more. Throws `zip.*`.
 */
export async function readZip(file: RandomAccess): Promise<ZipFiles> {
    const end = await readEnd(file);
    const members = new Map<string, Member>();
    let expected = 0;
    const directory = viewOf(await file.read(end.start, end.length));
    let at = 0;
    for (let count = 0; count < end.count; count++) {
        const line = centralLine(directory, at);
        at += line.length;
        if (line.offset !== expected)
            throw refusal(line.offset < expected ? 'zip.overlap' : 'zip.malformed', { path: line.path });
        const start = await localStart(file, line, end.start);
        expected = start + line.size;
        if (expected > end.start) throw refusal('zip.overlap', { path: line.path });
        if (members.has(line.path)) throw refusal('zip.duplicate', { path: line.path });
        members.set(line.path, { path: line.path, size: line.size, start });
    }
    if (at !== end.length || expected !== end.start) throw refusal('zip.malformed');
    return {
        paths: [...members.keys()],
        size: (path) => {
            const member = members.get(path);
            return member === undefined ? undefined : BigInt(member.size);
        },
        read: (path, part) => {
            const { start, size } = members.get(path) ?? { start: 0, size: 0 };
            const from = Math.min(part?.offset ?? 0, size);
            const length = Math.min(part?.size ?? size, size - from);
            return readAhead(length, PIECE, (offset, wanted, into) => file.read(start + from + offset, wanted, into));
        },
    };
}

/** Where the directory lies and how many lines it has, from the end of the file. */
async function readEnd(file: RandomAccess): Promise<{ start: number; length: number; count: number }> {
    const first = file.size >= 4 ? viewOf(await file.read(0, 4)).getUint32(0, true) : 0;
    if (first !== LOCAL) throw refusal('zip.notZip');
    if (file.size < END_LENGTH) throw refusal('zip.truncated');
    const endAt = file.size - END_LENGTH;
    const end = viewOf(await file.read(endAt, END_LENGTH));
    // The end is where the file ends: a comment or anything behind it could hold another archive.
    if (end.getUint32(0, true) !== END) throw refusal((await hasEnd(file)) ? 'zip.trailing' : 'zip.truncated');
    if (end.getUint16(20, true) !== 0) throw refusal('zip.trailing');
    const wide = endAt >= LOCATOR_LENGTH ? await readEnd64(file, endAt) : undefined;
    const small = {
        start: end.getUint32(16, true),
        length: end.getUint32(12, true),
        count: end.getUint16(10, true),
        end: endAt,
    };
    const found = wide ?? small;
    if (end.getUint16(4, true) !== 0 || end.getUint16(6, true) !== 0) throw refusal('zip.malformed');
    if (end.getUint16(8, true) !== end.getUint16(10, true)) throw refusal('zip.malformed');
    const agree = (value: number, in64: number, sentinel: number) => value === sentinel || value === in64;
    if (
        !agree(small.start, found.start, IN_64) ||
        !agree(small.length, found.length, IN_64) ||
        !agree(small.count, found.count, 0xffff)
    )
        throw refusal('zip.malformed');
    if (found.count > MANIFEST_MAX_FILES || found.length > DIRECTORY_MAX) throw refusal('zip.tooMany');
    if (found.start + found.length !== found.end) throw refusal('zip.malformed');
    return found;
}

async function readEnd64(file: RandomAccess, endAt: number) {
    const locator = viewOf(await file.read(endAt - LOCATOR_LENGTH, LOCATOR_LENGTH));
    if (locator.getUint32(0, true) !== LOCATOR) return undefined;
    const at = wide(locator, 8);
    if (locator.getUint32(4, true) !== 0 || locator.getUint32(16, true) !== 1) throw refusal('zip.malformed');
    if (at + END64_LENGTH !== endAt - LOCATOR_LENGTH) throw refusal('zip.malformed');
    const end = viewOf(await file.read(at, END64_LENGTH));
    const sound =
        end.getUint32(0, true) === END64 &&
        wide(end, 4) === END64_LENGTH - 12 &&
        end.getUint32(16, true) === 0 &&
        end.getUint32(20, true) === 0 &&
        wide(end, 24) === wide(end, 32);
    if (!sound) throw refusal('zip.malformed');
    return { start: wide(end, 48), length: wide(end, 40), count: wide(end, 32), end: at };
}

/** Whether an end stands before the last bytes: something was put behind it. */
async function hasEnd(file: RandomAccess): Promise<boolean> {
    const length = Math.min(file.size, 66_000);
    const tail = viewOf(await file.read(file.size - length, length));
    for (let at = 0; at + 4 <= length; at++) if (tail.getUint32(at, true) === END) return true;
    return false;
}

type Line = { path: string; size: number; crc: number; flags: number; offset: number; length: number };

function centralLine(directory: DataView, at: number): Line {
    need(directory, at, CENTRAL_LENGTH);
    if (directory.getUint32(at, true) !== CENTRAL) throw refusal('zip.malformed');
    const name = directory.getUint16(at + 28, true);
    const extra = directory.getUint16(at + 30, true);
    const comment = directory.getUint16(at + 32, true);
    const length = CENTRAL_LENGTH + name + extra + comment;
    need(directory, at, length);
    const path = pathOf(directory, at + CENTRAL_LENGTH, name);
    const flags = directory.getUint16(at + 8, true);
    plain(flags, directory.getUint16(at + 10, true), path);
    if (comment !== 0 || directory.getUint16(at + 34, true) !== 0) throw refusal('zip.malformed', { path });
    const sizes = [at + 24, at + 20, at + 42].map((place) => directory.getUint32(place, true));
    const [size = 0, packed = 0, offset = 0] = widened(directory, at + CENTRAL_LENGTH + name, extra, sizes);
    if (size !== packed) throw refusal('zip.compressed', { path });
    return { path, size, crc: directory.getUint32(at + 16, true), flags, offset, length };
}

/** Where the bytes of a member begin, when its own header says what the directory says. */
async function localStart(file: RandomAccess, line: Line, end: number): Promise<number> {
    if (line.offset + LOCAL_LENGTH > end) throw refusal('zip.overlap', { path: line.path });
    const head = viewOf(await file.read(line.offset, LOCAL_LENGTH));
    if (head.getUint32(0, true) !== LOCAL) throw refusal('zip.headersDiffer', { path: line.path });
    const name = head.getUint16(26, true);
    const extra = head.getUint16(28, true);
    const start = line.offset + LOCAL_LENGTH + name + extra;
    if (start > end) throw refusal('zip.overlap', { path: line.path });
    const rest = viewOf(await file.read(line.offset + LOCAL_LENGTH, name + extra));
    const flags = head.getUint16(6, true);
    plain(flags, head.getUint16(8, true), line.path);
    const sizes = [head.getUint32(22, true), head.getUint32(18, true)];
    const [size, packed] = widened(rest, name, extra, sizes);
    const same =
        name === line.path.length &&
        pathOf(rest, 0, name) === line.path &&
        flags === line.flags &&
        head.getUint32(14, true) === line.crc &&
        size === line.size &&
        packed === line.size;
    if (!same) throw refusal('zip.headersDiffer', { path: line.path });
    return start;
}

function plain(flags: number, method: number, path: string): void {
    if ((flags & 0x2041) !== 0) throw refusal('zip.encrypted', { path });
    if ((flags & 0x0008) !== 0) throw refusal('zip.dataDescriptor', { path });
    if ((flags & ~UTF8_NAMES) !== 0) throw refusal('zip.malformed', { path });
    if (method !== 0) throw refusal('zip.compressed', { path, method });
}

/** Values as they stand, or from the ZIP64 field where they say so. No other field may stand there. */
function widened(view: DataView, at: number, length: number, values: readonly number[]): number[] {
    const asked = values.filter((value) => value === IN_64).length;
    if (length === 0 && asked === 0) return [...values];
    if (length !== 4 + 8 * asked) throw refusal('zip.malformed');
    if (view.getUint16(at, true) !== ZIP64 || view.getUint16(at + 2, true) !== 8 * asked) throw refusal('zip.malformed');
    let next = at + 4;
    return values.map((value) => {
        if (value !== IN_64) return value;
        next += 8;
        return wide(view, next - 8);
    });
}

/** A number of 64 bits. What does not fit is larger than any file. */
function wide(view: DataView, at: number): number {
    const value = view.getBigUint64(at, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw refusal('zip.malformed');
    return Number(value);
}

function pathOf(view: DataView, at: number, length: number): string {
    const path = utf8Text(new Uint8Array(view.buffer, view.byteOffset + at, length)) ?? '';
    if (!isPackagePath(path)) throw refusal('zip.name');
    return path;
}

function need(view: DataView, at: number, length: number): void {
    if (at + length > view.byteLength) throw refusal('zip.malformed');
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const refusal = (code: ZipErrorCode, params: Record<string, string | number> = {}): DomainError => new DomainError(code, params);
