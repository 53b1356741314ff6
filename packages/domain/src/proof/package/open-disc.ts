import { DomainError } from '../../kernel/domain-error.ts';
import { toHex } from '../../kernel/hex.ts';
import type { HashFunction } from '../../ledger/digest.ts';
import type { PackageFinding } from './package-findings.ts';
import { MANIFEST_MAX_BYTES, type PackageManifest, parseManifest } from './package-manifest.ts';
import { PACKAGE_PATHS } from './package-paths.ts';
import { type PackageSegment, type PackageSegments, parseSegments, parseVolume } from './package-segments.ts';
import { type PackageFiles, readFileWhole } from './package-tools.ts';

/** The list of a package, which all its discs have. */
export type Opened = {
    readonly manifest: PackageManifest;
    /** Of the bytes of `manifest.json`: names the package. */
    readonly sha256: string;
    /** Of `manifest.json`. */
    readonly length: number;
    /** Of all listed files. */
    readonly bytes: bigint;
    /** How many discs; undefined for a folder or a ZIP. */
    readonly volumes: number | undefined;
    readonly segments: readonly PackageSegment[];
    /** Of the bytes of `segments.json`; empty without. */
    readonly segmentsSha256: string;
};

/** One folder of a package, and what of it lies there. */
export type Disc = { readonly opened: Opened; readonly volume: number; readonly segments: readonly PackageSegment[] };

/** The volume of a package that is not on several discs. */
export const WHOLE = 0;

/** Reads what says which package, and which disc of it, a folder is. `known` is what the discs before it said. Never throws for what is in it. */
export async function openDisc(
    files: PackageFiles,
    known: Opened | undefined,
    sha256: HashFunction,
): Promise<Disc | { readonly finding: PackageFinding }> {
    try {
        return await readDisc(files, known, sha256);
    } catch (error) {
        if (error instanceof Refused) return { finding: error.finding };
        throw error;
    }
}

/** The number of the disc that a folder says it is; undefined where it says none that can be read. */
export async function volumeOf(files: PackageFiles): Promise<number | undefined> {
    if (files.size(PACKAGE_PATHS.volume) === undefined) return undefined;
    try {
        return parseVolume(await smallFile(files, PACKAGE_PATHS.volume, VOLUME_MAX_BYTES)).volume;
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}

class Refused extends Error {
    readonly finding: PackageFinding;
    constructor(finding: PackageFinding) {
        super(finding.code);
        this.finding = finding;
    }
}

const VOLUME_MAX_BYTES = 1000;

async function readDisc(files: PackageFiles, known: Opened | undefined, sha256: HashFunction): Promise<Disc> {
    const other = (): never => {
        throw new Refused({ code: 'package.volumeOther', path: PACKAGE_PATHS.manifest });
    };
    if (files.size(PACKAGE_PATHS.manifest) === undefined) {
        if (known !== undefined) return other();
        throw new Refused({ code: 'package.noManifest', path: PACKAGE_PATHS.manifest });
    }
    const bytes = await smallFile(files, PACKAGE_PATHS.manifest, MANIFEST_MAX_BYTES);
    const name = toHex(sha256(bytes));
    if (known !== undefined && known.sha256 !== name) return other();
    const manifest = known?.manifest ?? refusing('package.manifest', PACKAGE_PATHS.manifest, () => parseManifest(bytes));
    const list = await readSegments(files, sha256);
    if (list === undefined) {
        // A second folder that is not a disc: which of the two is meant?
        if (known !== undefined) return other();
        const opened = { ...openedOf(manifest, name, bytes.length), ...wholeOf(manifest) };
        return { opened, volume: WHOLE, segments: opened.segments };
    }
    const { segments, volume } = list;
    const same = segments.manifest === name && volume.manifest === name;
    if (!same || (known !== undefined && known.segmentsSha256 !== list.sha256)) return other();
    if (volume.volume > segments.volumes)
        throw new Refused({ code: 'package.segments', path: PACKAGE_PATHS.volume, reason: 'segments.wrongValue' });
    if (!segmentsFit(manifest, segments.segments))
        throw new Refused({ code: 'package.segmentsDiffer', path: PACKAGE_PATHS.segments });
    const opened = known ?? {
        ...openedOf(manifest, name, bytes.length),
        ...{ volumes: segments.volumes, segments: segments.segments, segmentsSha256: list.sha256 },
    };
    return {
        opened,
        volume: volume.volume,
        segments: segments.segments.filter((each) => each.volume === volume.volume),
    };
}

const openedOf = (manifest: PackageManifest, sha256: string, length: number) => ({
    ...{ manifest, sha256, length },
    bytes: manifest.files.reduce((sum, { size }) => sum + BigInt(size), 0n),
});

const wholeOf = (manifest: PackageManifest) => ({
    volumes: undefined,
    segments: manifest.files.map((file) => ({ ...file, order: 0, volume: WHOLE, at: file.path })),
    segmentsSha256: '',
});

async function readSegments(files: PackageFiles, sha256: HashFunction) {
    const paths = [PACKAGE_PATHS.segments, PACKAGE_PATHS.volume];
    const there = paths.filter((path) => files.size(path) !== undefined);
    if (there.length === 0) return undefined;
    const gone = paths.find((path) => !there.includes(path));
    if (gone !== undefined) throw new Refused({ code: 'package.segments', path: gone, reason: 'segments.missingMember' });
    const bytes = await smallFile(files, PACKAGE_PATHS.segments, MANIFEST_MAX_BYTES);
    const text = await smallFile(files, PACKAGE_PATHS.volume, VOLUME_MAX_BYTES);
    const segments = refusing('package.segments', PACKAGE_PATHS.segments, (): PackageSegments => parseSegments(bytes));
    const volume = refusing('package.segments', PACKAGE_PATHS.volume, () => parseVolume(text));
    return { segments, volume, sha256: toHex(sha256(bytes)) };
}

/** Whether the pieces are those of the listed files, all of them and no others. */
function segmentsFit(manifest: PackageManifest, segments: readonly PackageSegment[]): boolean {
    const byPath = new Map<string, PackageSegment[]>();
    for (const each of segments) {
        const pieces = byPath.get(each.path);
        if (pieces === undefined) byPath.set(each.path, [each]);
        else pieces.push(each);
    }
    if (byPath.size !== manifest.files.length) return false;
    const listed = new Set(manifest.files.map(({ path }) => path));
    return manifest.files.every(({ path, size, sha256 }) => {
        const pieces = byPath.get(path) ?? [];
        const [first] = pieces;
        if (first === undefined || pieces.reduce((sum, each) => sum + BigInt(each.size), 0n) !== BigInt(size)) return false;
        // One piece is the file under its own name; several have names that no file has.
        return pieces.length === 1 ? first.at === path && first.sha256 === sha256 : pieces.every(({ at }) => !listed.has(at));
    });
}

/** The bytes of a file; none where it is longer than any of its kind, which no parser takes. */
const smallFile = async (files: PackageFiles, path: string, most: number): Promise<Uint8Array> =>
    (files.size(path) ?? 0n) > BigInt(most) ? new Uint8Array(0) : readFileWhole(files, path);

function refusing<T>(code: 'package.manifest' | 'package.segments', path: string, read: () => T): T {
    try {
        return read();
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        throw new Refused({ code, path, reason: error.code });
    }
}
