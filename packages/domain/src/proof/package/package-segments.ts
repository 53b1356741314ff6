import { canonicalBytes, parseCanonical } from '../../kernel/canonical-json.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { createShapes } from '../../kernel/shape.ts';
import { HASH_LENGTH } from '../../ledger/digest.ts';
import { MANIFEST_MAX_FILES } from './package-manifest.ts';
import { isPackagePath, PACKAGE_UNLISTED } from './package-paths.ts';

/**
 * A package on several discs: each is a folder with the same `manifest.json` and `segments.json`, and a `volume.json` that says which
 * one it is. A file that fits lies whole on one of them; another is cut into pieces that are joined in their order.
 */
export type PackageSegments = {
    readonly type: 'liuhen/evidence-segments';
    readonly v: 1;
    /** SHA-256 of the bytes of `manifest.json`. */
    readonly manifest: string;
    readonly volumes: number;
    /** Sorted by path, then order: for each file of the manifest its pieces from 0, without a hole. */
    readonly segments: readonly PackageSegment[];
};

export type PackageSegment = {
    /** Of the file in the manifest. */
    readonly path: string;
    readonly order: number;
    /** From 1. */
    readonly volume: number;
    /** Where the piece lies on its volume: `path` itself for a file in one piece. */
    readonly at: string;
    readonly size: string;
    readonly sha256: string;
};

export type PackageVolume = {
    readonly type: 'liuhen/evidence-volume';
    readonly v: 1;
    readonly manifest: string;
    readonly volume: number;
};

export type SegmentsErrorCode =
    | 'segments.missingMember'
    | 'segments.surplusMember'
    | 'segments.wrongValue'
    | 'segments.order'
    | 'segments.place';

export const PACKAGE_MAX_VOLUMES = 1000;

const refuse = (code: SegmentsErrorCode, path: string): never => {
    throw new DomainError(code, { path });
};
const { such, text, integer, hex, list, record } = createShapes((breach, path) => refuse(`segments.${breach}`, path));

const path = such((value) => typeof value === 'string' && isPackagePath(value) && !PACKAGE_UNLISTED.includes(value));
const volume = such((value) => Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= PACKAGE_MAX_VOLUMES);
const v = such((value) => value === 1);
const size = text(/^(?:0|[1-9][0-9]{0,18})$/);

const SEGMENTS = record({
    type: such((value) => value === 'liuhen/evidence-segments'),
    v,
    manifest: hex(HASH_LENGTH),
    volumes: volume,
    segments: list(record({ path, order: integer(0), volume, at: path, size, sha256: hex(HASH_LENGTH) }), 2 * MANIFEST_MAX_FILES),
});
const VOLUME = record({
    type: such((value) => value === 'liuhen/evidence-volume'),
    v,
    manifest: hex(HASH_LENGTH),
    volume,
});

/** Where piece `order` of a file lies, of a file in several pieces. */
export const segmentPath = (of: string, order: number): string => `${of}.part${String(order + 1).padStart(3, '0')}`;

/** The bytes of `segments.json`: canonical JSON. Throws `segments.*`. */
export function formatSegments(segments: PackageSegments): Uint8Array {
    check(segments);
    return canonicalBytes(segments);
}

/** Reads `segments.json` strictly. Throws `segments.*` or `canonical.*`. */
export function parseSegments(bytes: Uint8Array): PackageSegments {
    const value = parseCanonical(bytes);
    check(value);
    return value as PackageSegments;
}

/** The bytes of `volume.json`: canonical JSON. Throws `segments.*`. */
export function formatVolume(value: PackageVolume): Uint8Array {
    VOLUME(value, '$');
    return canonicalBytes(value);
}

/** Reads `volume.json` strictly. Throws `segments.*` or `canonical.*`. */
export function parseVolume(bytes: Uint8Array): PackageVolume {
    const value = parseCanonical(bytes);
    VOLUME(value, '$');
    return value as PackageVolume;
}

function check(value: unknown): void {
    SEGMENTS(value, '$');
    const { segments, volumes } = value as PackageSegments;
    const places = new Set<string>();
    segments.forEach((each, at) => {
        const before = segments[at - 1];
        const follows = before?.path === each.path;
        if (before !== undefined && before.path > each.path) refuse('segments.order', `$.segments[${at}]`);
        if (each.order !== (follows ? before.order + 1 : 0)) refuse('segments.order', `$.segments[${at}]`);
        if (each.volume > volumes || places.has(each.at)) refuse('segments.place', `$.segments[${at}]`);
        places.add(each.at);
    });
}
