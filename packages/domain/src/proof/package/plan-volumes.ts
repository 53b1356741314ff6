import { DomainError } from '../../kernel/domain-error.ts';
import { discBytesOf, imageBytesOf, largestFileIn } from './disc-media.ts';
import { PACKAGE_ON_EVERY_DISC } from './package-paths.ts';
import { PACKAGE_MAX_VOLUMES, segmentPath } from './package-segments.ts';

/** A file of the package, or one that stands on every disc. `size` in bytes. */
export type FileToPlace = { readonly path: string; readonly size: number };

/** The bytes from `offset` on, `size` of them, of a file; they lie at `at` on disc `volume`, from 1. */
export type PlacedPiece = {
    readonly path: string;
    readonly order: number;
    readonly volume: number;
    readonly at: string;
    readonly offset: number;
    readonly size: number;
};

export type VolumePlan = {
    readonly volumes: number;
    /** Sorted by path, then order, as `segments.json` has them. */
    readonly pieces: readonly PlacedPiece[];
};

export type VolumesErrorCode = 'volumes.tooMany' | 'volumes.tooSmall';

/** Members, punctuation, digest, numbers of one line of `segments.json`, and the ending of a piece; its path stands there twice. */
const SEGMENT_LINE = 180;
const SEGMENTS_HEAD = 300;

/**
 * Which file lies on which disc of `capacity` bytes. A file is cut only where it does not fit a disc that is otherwise empty; its pieces lie on
 * discs that follow each other, so that whoever has one drive reads them in their order. Papers, entries and proofs come first, on as few
 * discs as may be, then the others by size, each on the first disc that takes it. The same files make the same plan; there are at most
 * twice as many discs as the bytes need, and one more.
 *
 * `repeated` is what stands on every disc beside `segments.json`: the manifest, the page that verifies, and so on; those of them that are
 * also in `files` belong to disc 1. Throws `volumes.tooMany` (`PACKAGE_MAX_VOLUMES`), and `volumes.tooSmall` where what is repeated takes more
 * than half of a disc.
 */
export function planVolumes(files: readonly FileToPlace[], repeated: readonly FileToPlace[], capacity: number): VolumePlan {
    if (files.reduce((sum, { size }) => sum + size, 0) > capacity * PACKAGE_MAX_VOLUMES) throw new DomainError('volumes.tooMany');
    const room = roomOf(files, repeated, capacity);
    const everywhere = files.filter(({ path }) => PACKAGE_ON_EVERY_DISC.includes(path));
    const others = files.filter(({ path }) => !PACKAGE_ON_EVERY_DISC.includes(path));
    /** Bytes that are left, by disc. */
    const left: number[] = [];
    const pieces: PlacedPiece[] = everywhere.map(({ path, size }) => ({ path, order: 0, volume: 1, at: path, offset: 0, size }));

    const longest = largestFileIn(room);
    for (const file of others.filter(({ size }) => size > longest).sort(byPath)) pieces.push(...cut(file, longest, room, left));
    for (const { path, size } of others.filter((file) => file.size <= longest).sort(inTurn)) {
        const need = discBytesOf(size);
        let volume = left.findIndex((free) => free >= need);
        if (volume < 0) volume = left.push(room) - 1;
        left[volume] = (left[volume] ?? 0) - need;
        pieces.push({ path, order: 0, volume: volume + 1, at: path, offset: 0, size });
    }
    if (left.length > PACKAGE_MAX_VOLUMES) throw new DomainError('volumes.tooMany');
    return { volumes: Math.max(1, left.length), pieces: pieces.sort((a, b) => byPath(a, b) || a.order - b.order) };
}

/** What a disc has for files of its own. */
function roomOf(files: readonly FileToPlace[], repeated: readonly FileToPlace[], capacity: number): number {
    const folders = new Set([...files, ...repeated].flatMap(({ path }) => foldersOf(path)));
    // A cut file has at most this many pieces while a disc has half its bytes for them, which is seen to below.
    const lines = files.reduce((sum, { path, size }) => {
        const most = 1 + Math.ceil(size / (capacity / 2));
        return sum + most * (2 * path.length + SEGMENT_LINE);
    }, SEGMENTS_HEAD);
    const shared = repeated.reduce((sum, { size }) => sum + discBytesOf(size), discBytesOf(lines));
    const room = capacity - imageBytesOf(folders.size + 1) - shared;
    // Cutting at whole sectors takes a little off the room, and half a disc has to remain.
    if (largestFileIn(room) < capacity / 2) throw new DomainError('volumes.tooSmall');
    return room;
}

/** Each piece fills a disc of its own but the last, beside which others find room. */
function cut({ path, size }: FileToPlace, longest: number, room: number, left: number[]): PlacedPiece[] {
    const pieces: PlacedPiece[] = [];
    for (let offset = 0; offset < size; offset += longest) {
        const length = Math.min(longest, size - offset);
        const volume = left.push(room - discBytesOf(length));
        pieces.push({ path, order: pieces.length, volume, at: segmentPath(path, pieces.length), offset, size: length });
        if (volume > PACKAGE_MAX_VOLUMES) throw new DomainError('volumes.tooMany');
    }
    return pieces;
}

const foldersOf = (path: string): string[] => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
};

const isPaper = ({ path }: FileToPlace): boolean => !path.startsWith('content/');
const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
const inTurn = (a: FileToPlace, b: FileToPlace): number => {
    if (isPaper(a) !== isPaper(b)) return isPaper(a) ? -1 : 1;
    return isPaper(a) ? byPath(a, b) : b.size - a.size || byPath(a, b);
};
