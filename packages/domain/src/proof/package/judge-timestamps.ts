import { sameBytes } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { toHex } from '../../kernel/hex.ts';
import type { HashFunction } from '../../ledger/digest.ts';
import { verifyConsistency } from '../../ledger/merkle-proof.ts';
import { parseAddCheckpoint } from '../add-checkpoint.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { judgeCheckpoint } from '../judge-checkpoint.ts';
import { readCertificate } from '../time-stamp/certificate.ts';
import { type TimeStampVerdict, verifyTimeStamp } from '../time-stamp/verify-time-stamp.ts';
import type { EntryVerdict } from './judge-entries.ts';
import type { PackageFinding } from './package-findings.ts';
import type { PackageManifest } from './package-manifest.ts';
import { PACKAGE_PATHS } from './package-paths.ts';
import type { PackageTools, SmallFiles } from './package-tools.ts';

/** What a time-stamp of the package says, and of which checkpoint. */
export type PackageStamp = TimeStampVerdict & { readonly path: string; readonly origin: string; readonly size: bigint };

export type JudgedStamps = {
    readonly stamps: readonly PackageStamp[];
    /** The time-stamp by which this entry was in the log, if there is one. */
    readonly of: (entry: EntryVerdict) => PackageStamp | undefined;
    readonly findings: readonly PackageFinding[];
};

/** A stamped checkpoint, and the hashes that join it to another. */
type Anchored = {
    stamp: PackageStamp;
    checkpoint: Checkpoint;
    growth: { older: bigint; proof: readonly Uint8Array[] } | undefined;
};

const TSR = /^tsa\/(.+)\.tsr$/;

/**
 * Judges the time-stamps of a package. Each is about the checkpoint of its name. What it says of that one holds for an entry whose proof
 * stands under the same checkpoint, or under an earlier or later one of the same log that a consistency proof joins to it, as far as the
 * entry is in both.
 */
export async function judgeTimestamps(
    manifest: PackageManifest,
    entries: readonly EntryVerdict[],
    files: SmallFiles,
    tools: PackageTools,
): Promise<JudgedStamps> {
    const findings: PackageFinding[] = [];
    const found: Anchored[] = [];
    const names = manifest.files.flatMap(({ path }) => TSR.exec(path)?.[1] ?? []);
    for (const name of names) {
        const anchored = await judgeOne(name, files, tools, findings);
        if (anchored !== undefined) found.push(anchored);
    }
    // A believed one says more than an earlier one of nobody known.
    found.sort((a, b) => Number(b.stamp.believed) - Number(a.stamp.believed) || a.stamp.at - b.stamp.at);
    const joins = joinsWith(findings);
    const of = (entry: EntryVerdict) => found.find((each) => placesOf(entry, tools).some((place) => joins(each, place)))?.stamp;
    for (const each of found)
        if (!entries.some((entry) => placesOf(entry, tools).some((place) => joins(each, place))))
            findings.push({ code: 'package.timestampApart', path: each.stamp.path });
    return { stamps: found.map(({ stamp }) => stamp), of, findings };
}

async function judgeOne(
    name: string,
    files: SmallFiles,
    { policy, verify, certificates }: PackageTools,
    findings: PackageFinding[],
): Promise<Anchored | undefined> {
    const [path, at] = [PACKAGE_PATHS.timestamp(name), PACKAGE_PATHS.checkpoint(name)];
    const [token, note] = [files.get(path), files.get(at)];
    // What is missing was said, and without keys nothing is known of a checkpoint.
    if (token === undefined || policy === undefined) return undefined;
    if (note === undefined) {
        findings.push({ code: 'package.timestampApart', path });
        return undefined;
    }
    let looked: 'package.checkpoint' | 'package.timestamp' = 'package.checkpoint';
    try {
        const { checkpoint } = await judgeCheckpoint(policy, note, verify);
        const growth = files.get(PACKAGE_PATHS.growth(name));
        const joined = growth === undefined ? undefined : parseAddCheckpoint(growth);
        looked = 'package.timestamp';
        const anchors = (policy.authorities ?? []).map(readCertificate);
        const says = await verifyTimeStamp(token, { message: note, anchors }, certificates);
        if (anchors.length > 0 && !says.believed) findings.push({ code: 'package.timestampAuthority', path });
        return {
            stamp: { ...says, path, origin: checkpoint.origin, size: checkpoint.size },
            checkpoint,
            growth: joined === undefined ? undefined : { older: joined.oldSize, proof: joined.proof },
        };
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const unknown = error.code === 'checkpoint.unknownLog';
        findings.push(
            unknown
                ? { code: 'package.unknownLog', path: at }
                : { code: looked, path: looked === 'package.timestamp' ? path : at, reason: error.code },
        );
        return undefined;
    }
}

/** Where an entry stands under a checkpoint, and by which hashes. */
type Place = { readonly index: bigint; readonly checkpoint: Checkpoint; readonly hash: HashFunction };

const placesOf = ({ proof, smProof }: EntryVerdict, { digest }: PackageTools): Place[] => [
    ...(proof === undefined ? [] : [{ index: proof.index, checkpoint: proof.checkpoint, hash: digest.sha256 }]),
    ...(smProof === undefined ? [] : [{ index: smProof.index, checkpoint: smProof.checkpoint, hash: digest.sm3 }]),
];

/** Whether a stamped checkpoint and the one of a place hold the entry both. Each pair is looked at once. */
function joinsWith(findings: PackageFinding[]): (anchored: Anchored, place: Place) => boolean {
    const known = new Map<string, boolean>();
    return (anchored, { index, checkpoint, hash }) => {
        const { stamp, checkpoint: stamped, growth } = anchored;
        if (stamped.origin !== checkpoint.origin || index >= stamped.size) return false;
        if (stamped.size === checkpoint.size && sameBytes(stamped.root, checkpoint.root)) return true;
        const key = `${stamp.path} ${checkpoint.size} ${toHex(checkpoint.root)}`;
        const before = known.get(key);
        if (before !== undefined) return before;
        const [older, newer] = stamped.size < checkpoint.size ? [stamped, checkpoint] : [checkpoint, stamped];
        // Two roots of one size are two logs, whatever is said to join them.
        if (older.size < newer.size && growth?.older !== older.size) return false;
        const claim = {
            first: older.size,
            second: newer.size,
            firstRoot: older.root,
            secondRoot: newer.root,
            proof: growth?.proof ?? [],
        };
        const holds = verifyConsistency(hash, claim);
        known.set(key, holds);
        if (!holds) findings.push({ code: 'package.checkpoint', path: stamp.path, reason: 'consistency.notShown' });
        return holds;
    };
}
