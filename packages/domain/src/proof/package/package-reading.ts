import { toHex } from '../../kernel/hex.ts';
import { NOTE_MAX_BYTES } from '../note.ts';
import { type Disc, type Opened, openDisc, WHOLE } from './open-disc.ts';
import type { PackageFinding } from './package-findings.ts';
import type { PackageFile } from './package-manifest.ts';
import { isOfDesktop, PACKAGE_ON_EVERY_DISC, PACKAGE_PATHS, PACKAGE_UNLISTED } from './package-paths.ts';
import type { PackageSegment } from './package-segments.ts';
import { type Hasher, joinedBytes, type PackageFiles, type PackageTools, readFileWhole } from './package-tools.ts';

/** Largest file that is read as a whole: an entry, a body, a proof, a policy. */
export const SMALL_FILE_MAX = 4 * NOTE_MAX_BYTES;
const SMALL = /^(?:entries|bodies|proofs|checkpoints|tsa)\//;

type ReadingTools = Pick<PackageTools, 'digest' | 'sha256' | 'sm3' | 'atOnce' | 'onBytes'>;
/** A file in several pieces: its digest goes on from disc to disc. */
type Joining = { readonly sha256: Hasher; readonly sm3: Hasher | undefined; next: number; broken: boolean };

/**
 * What was read of a package so far: a folder or a ZIP is added once, discs one after the other. Every byte is read once and digested; what was
 * read of a disc is kept when the next one lies in the drive. Pieces of a file are joined in their order: one whose beginning was not read
 * yet is compared by itself, and its disc has to be added again.
 */
export class PackageReading {
    readonly small = new Map<string, Uint8Array>();
    readonly state = new Map<string, 'equal' | 'differs'>();
    readonly sm3 = new Map<string, string>();
    readonly #tools: ReadingTools;
    readonly #findings: PackageFinding[] = [];
    /** The disc that is being read, where there are several. */
    #volume: number | undefined;
    readonly #found = new Set<string>();
    readonly #joining = new Map<string, Joining>();
    /** Pieces that are over and done with, by where they lie. */
    readonly #done = new Set<string>();
    readonly #seen = new Set<number>();
    #opened: Opened | undefined;
    #bytes = 0n;

    constructor(tools: ReadingTools) {
        this.#tools = tools;
    }

    /** Undefined while nothing could be read. */
    get opened(): Opened | undefined {
        return this.#opened;
    }

    /** Of a package on several discs: how many there are, and which were not read or have to be read again. */
    get discs(): { readonly count: number; readonly missing: readonly number[]; readonly again: readonly number[] } | undefined {
        if (this.#opened?.volumes === undefined) return undefined;
        const all = Array.from({ length: this.#opened.volumes }, (_, at) => at + 1);
        const open = new Set(this.#opened.segments.filter(({ at }) => !this.#done.has(at)).map(({ volume }) => volume));
        return {
            count: all.length,
            missing: all.filter((volume) => !this.#seen.has(volume)),
            again: all.filter((volume) => this.#seen.has(volume) && open.has(volume)),
        };
    }

    get findings(): PackageFinding[] {
        const { missing = [], again = [] } = this.discs ?? {};
        return [
            ...this.#findings,
            ...missing.map((volume): PackageFinding => ({ code: 'package.volumeMissing', reason: String(volume) })),
            ...again.map((volume): PackageFinding => ({ code: 'package.volumeAgain', reason: String(volume) })),
        ];
    }

    /** Reads a folder, a ZIP or a disc. What is wrong with it becomes a finding; an error is a failure of reading. */
    async add(files: PackageFiles): Promise<void> {
        const disc = await openDisc(files, this.#opened, this.#tools.digest.sha256);
        if ('finding' in disc) return this.#find(disc.finding);
        this.#opened ??= disc.opened;
        const { manifest } = this.#opened;
        this.#seen.add(disc.volume);
        this.#volume = this.#opened.volumes === undefined ? undefined : disc.volume;
        for (const finding of surplusOf(files, disc)) this.#find(finding);
        const listed = new Map(manifest.files.map((file) => [file.path, file]));
        const items = new Set(manifest.items.map(({ path }) => path));
        const sm3Of = (path: string) => (items.has(path) ? this.#tools.sm3 : undefined);
        const wanted = disc.segments.flatMap((segment) => {
            const file = listed.get(segment.path);
            return file === undefined || this.#done.has(segment.at) ? [] : [{ segment, file, whole: segment.at === file.path }];
        });
        const wholes = wanted.filter(({ whole }) => whole);
        // Of several at once what is found is said in the order of the list, whichever was read first.
        const ends = await atOnce(this.#tools.atOnce ?? 1, wholes, ({ file }) => this.#readWhole(files, file, sm3Of(file.path)));
        const ended = new Map(wholes.map(({ file }, at) => [file.path, ends[at]]));
        for (const { segment, file, whole } of wanted) {
            if (whole) ended.get(file.path)?.();
            else await this.#readPiece(files, file, segment, { sm3: sm3Of(file.path), last: this.#isLast(segment) });
        }
        await this.#readRepeated(files, disc);
        for (const { path, sm3 } of manifest.items)
            if (this.sm3.has(path) && this.sm3.get(path) !== sm3) this.#find({ code: 'package.sm3Differs', path });
    }

    /** Reads a file; what comes back says what was found. */
    async #readWhole(files: PackageFiles, file: PackageFile, sm3: ReadingTools['sm3']): Promise<() => void> {
        const { path, size, sha256 } = file;
        this.#done.add(path);
        const found = files.size(path);
        if (found === undefined) return () => this.#findHere({ code: 'package.fileMissing', path });
        const keep = (SMALL.test(path) || path === PACKAGE_PATHS.policy) && BigInt(size) <= BigInt(SMALL_FILE_MAX);
        let equal = found === BigInt(size);
        if (equal) {
            const hashers = { sha256: this.#tools.sha256(), sm3: sm3?.() };
            const digest = await this.#digest(files.read(path), hashers, keep);
            equal = digest.size === BigInt(size) && toHex(await hashers.sha256.digest()) === sha256;
            if (digest.kept !== undefined) this.small.set(path, digest.kept);
            if (hashers.sm3 !== undefined) this.sm3.set(path, toHex(await hashers.sm3.digest()));
        }
        return () => {
            this.state.set(path, equal ? 'equal' : 'differs');
            if (!equal) this.#findHere({ code: 'package.fileDiffers', path });
        };
    }

    async #readPiece(
        files: PackageFiles,
        file: PackageFile,
        { at, order, size, sha256 }: PackageSegment,
        { sm3, last }: { sm3: ReadingTools['sm3']; last: boolean },
    ): Promise<void> {
        const joining = this.#joining.get(file.path) ?? { sha256: this.#tools.sha256(), sm3: sm3?.(), next: 0, broken: false };
        this.#joining.set(file.path, joining);
        const follows = joining.next === order && !joining.broken;
        const found = files.size(at);
        const own = this.#tools.sha256();
        let equal = false;
        if (found === BigInt(size)) {
            const whole = follows ? [joining.sha256, ...(joining.sm3 === undefined ? [] : [joining.sm3])] : [];
            const update = async (bytes: Uint8Array) => {
                for (const each of [own, ...whole]) await each.update(bytes);
            };
            const read = await this.#digest(files.read(at), { sha256: { update }, sm3: undefined }, false);
            equal = read.size === BigInt(size) && toHex(await own.digest()) === sha256;
        }
        if (found === undefined) this.#findHere({ code: 'package.fileMissing', path: at });
        else if (!equal) this.#findHere({ code: 'package.segmentDiffers', path: at });
        if (!equal) {
            joining.broken = true;
            if (found !== undefined) this.state.set(file.path, 'differs');
        }
        // What cannot be joined any more need not be read again.
        if (follows || joining.broken) this.#done.add(at);
        if (!follows || joining.broken) return;
        joining.next++;
        if (!last) return;
        if (joining.sm3 !== undefined) this.sm3.set(file.path, toHex(await joining.sm3.digest()));
        equal = toHex(await joining.sha256.digest()) === file.sha256;
        this.state.set(file.path, equal ? 'equal' : 'differs');
        // Of several discs, each of which is what the list says.
        if (!equal) this.#find({ code: 'package.fileDiffers', path: file.path });
    }

    #isLast({ path, order }: PackageSegment): boolean {
        return this.#opened?.segments.some((each) => each.path === path && each.order > order) !== true;
    }

    /** What stands on every disc is the same on each. */
    async #readRepeated(files: PackageFiles, disc: Disc): Promise<void> {
        const here = new Set(disc.segments.map(({ at }) => at));
        for (const path of [PACKAGE_PATHS.receiptEntry, PACKAGE_PATHS.receiptProof]) {
            const size = files.size(path);
            if (size === undefined || size > BigInt(SMALL_FILE_MAX)) continue;
            const bytes = await readFileWhole(files, path);
            const before = this.small.get(path);
            if (before === undefined) this.small.set(path, bytes);
            else if (toHex(before) !== toHex(bytes)) this.#find({ code: 'package.fileDiffers', path });
        }
        for (const path of PACKAGE_ON_EVERY_DISC) {
            const listed = disc.opened.manifest.files.find((file) => file.path === path);
            if (listed === undefined || here.has(path) || files.size(path) === undefined) continue;
            const sha256 = this.#tools.sha256();
            for await (const piece of files.read(path)) await sha256.update(piece);
            if (toHex(await sha256.digest()) !== listed.sha256) this.#find({ code: 'package.fileDiffers', path });
        }
    }

    async #digest(
        pieces: AsyncIterable<Uint8Array>,
        into: { sha256: Pick<Hasher, 'update'>; sm3: Pick<Hasher, 'update'> | undefined },
        keep: boolean,
    ): Promise<{ size: bigint; kept: Uint8Array | undefined }> {
        const kept: Uint8Array[] = [];
        let size = 0n;
        for await (const piece of pieces) {
            if (keep) kept.push(piece.slice());
            const [one, other] = [into.sha256.update(piece), into.sm3?.update(piece)];
            // Waiting where nothing is to be waited for would cost a turn for each piece.
            if (one !== undefined) await one;
            if (other !== undefined) await other;
            size += BigInt(piece.length);
            this.#bytes += BigInt(piece.length);
            this.#tools.onBytes?.(this.#bytes, this.#opened?.bytes ?? 0n);
        }
        return { size, kept: keep ? joinedBytes(kept) : undefined };
    }

    #findHere(finding: PackageFinding): void {
        this.#find(this.#volume === undefined ? finding : { ...finding, volume: this.#volume });
    }

    #find(finding: PackageFinding): void {
        const key = `${finding.code} ${finding.path}`;
        if (this.#found.has(key)) return;
        this.#found.add(key);
        this.#findings.push(finding);
    }
}

/** Does `work` for each, at most `most` of them at the same time, and gives what came back in order. */
async function atOnce<T, R>(most: number, all: readonly T[], work: (each: T) => Promise<R>): Promise<R[]> {
    const results: R[] = [];
    let next = 0;
    const worker = async () => {
        for (let at = next++; at < all.length; at = next++) results[at] = await work(all[at] as T);
    };
    await Promise.all(Array.from({ length: Math.min(most, all.length) }, worker));
    return results;
}

function surplusOf(files: PackageFiles, { segments, volume, opened }: Disc): PackageFinding[] {
    const listed = new Set([...segments.map(({ at }) => at), ...PACKAGE_UNLISTED]);
    const copies = opened.manifest.files.map(({ path }) => path).filter((path) => PACKAGE_ON_EVERY_DISC.includes(path));
    if (volume !== WHOLE) for (const path of copies) listed.add(path);
    return files.paths
        .filter((path) => !listed.has(path))
        .map((path): PackageFinding => {
            const desktop = isOfDesktop(path) && files.size(path) !== undefined;
            return { code: desktop ? 'package.desktopFile' : 'package.fileSurplus', path };
        });
}
