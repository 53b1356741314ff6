import { createHash } from 'node:crypto';
import {
    DomainError,
    formatSegments,
    formatVolume,
    PACKAGE_MAX_VOLUMES,
    PACKAGE_ON_EVERY_DISC,
    PACKAGE_PATHS,
    type PlacedPiece,
    parseManifest,
    planVolumes,
    readFileWhole,
    type ZipFiles,
} from '@liuhen/domain';

/** What lies on the discs of a package. The same package makes the same. */
export type DiscLayout = {
    readonly volumes: number;
    readonly pieces: readonly PlacedPiece[];
    readonly manifest: Uint8Array;
    readonly manifestSha256: string;
    /** `segments.json`. */
    readonly segments: Uint8Array;
    /** Of all listed files. */
    readonly bytes: bigint;
};

/** Of `volume.json`, generously. */
const VOLUME_JSON = 300;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Plans discs of `capacity` bytes, and digests the pieces of files that are cut. Throws `retrieval.tooManyDiscs`. */
export async function layoutOf(zip: ZipFiles, capacity: number): Promise<DiscLayout> {
    const manifest = await readFileWhole(zip, PACKAGE_PATHS.manifest);
    const { files } = parseManifest(manifest);
    const repeated = [...PACKAGE_ON_EVERY_DISC, PACKAGE_PATHS.manifest, PACKAGE_PATHS.receiptEntry, PACKAGE_PATHS.receiptProof];
    const { volumes, pieces } = planned(
        files.map(({ path, size }) => ({ path, size: Number(size) })),
        [
            ...repeated.map((path) => ({ path, size: Number(zip.size(path) ?? 0n) })),
            { path: PACKAGE_PATHS.volume, size: VOLUME_JSON },
        ],
        capacity,
    );
    const digests = new Map(files.map(({ path, sha256: digest }) => [path, digest]));
    for (const { path } of pieces.filter(({ order }) => order === 1)) {
        const cut = pieces.filter((piece) => piece.path === path);
        for (const [at, digest] of (await digestsOf(zip, cut)).entries()) digests.set(cut[at]?.at ?? '', digest);
    }
    const manifestSha256 = sha256(manifest);
    const segments = formatSegments({
        ...{ type: 'liuhen/evidence-segments', v: 1, manifest: manifestSha256, volumes },
        segments: pieces.map(({ path, order, volume, at, size }) => ({
            ...{ path, order, volume, at },
            size: String(size),
            sha256: digests.get(at) ?? '',
        })),
    });
    return {
        volumes,
        pieces,
        manifest,
        manifestSha256,
        segments,
        bytes: files.reduce((sum, { size }) => sum + BigInt(size), 0n),
    };
}

function planned(...given: Parameters<typeof planVolumes>): ReturnType<typeof planVolumes> {
    try {
        return planVolumes(...given);
    } catch (cause) {
        if (!(cause instanceof DomainError)) throw cause;
        throw new DomainError('retrieval.tooManyDiscs', { most: PACKAGE_MAX_VOLUMES }, { cause });
    }
}

/** SHA-256 of each piece of a file that is cut, read once from its beginning. */
async function digestsOf(zip: ZipFiles, cut: readonly PlacedPiece[]): Promise<string[]> {
    const digests: string[] = [];
    for (const piece of cut) {
        const sum = createHash('sha256');
        for await (const bytes of pieceOf(zip, piece)) sum.update(bytes);
        digests.push(sum.digest('hex'));
    }
    return digests;
}

/** The bytes of a piece. */
export const pieceOf = (zip: ZipFiles, { path, offset, size }: PlacedPiece): AsyncIterable<Uint8Array> =>
    zip.read(path, { offset, size });

/** Files of one disc beside its pieces: what stands on each, and which one it is. */
export async function* repeatedFiles(
    zip: ZipFiles,
    { manifest, manifestSha256, segments, pieces }: DiscLayout,
    volume: number,
): AsyncGenerator<{ readonly path: string; readonly bytes: Uint8Array }> {
    yield { path: PACKAGE_PATHS.manifest, bytes: manifest };
    yield { path: PACKAGE_PATHS.segments, bytes: segments };
    yield {
        path: PACKAGE_PATHS.volume,
        bytes: formatVolume({ type: 'liuhen/evidence-volume', v: 1, manifest: manifestSha256, volume }),
    };
    const own = new Set(pieces.filter((piece) => piece.volume === volume).map(({ at }) => at));
    for (const path of [...PACKAGE_ON_EVERY_DISC, PACKAGE_PATHS.receiptEntry, PACKAGE_PATHS.receiptProof])
        if (!own.has(path) && zip.size(path) !== undefined) yield { path, bytes: await readFileWhole(zip, path) };
}
