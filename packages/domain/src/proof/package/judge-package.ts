import { DomainError } from '../../kernel/domain-error.ts';
import { toHex } from '../../kernel/hex.ts';
import { NOTE_MAX_BYTES } from '../note.ts';
import { parsePolicy } from '../policy.ts';
import { type EntryVerdict, judgeEntries, judgeReceipt, receiptWithSignature } from './judge-entries.ts';
import { judgeTimestamps, type PackageStamp } from './judge-timestamps.ts';
import { type NotProven, type PackageFinding, type PackageResult, resultOf } from './package-findings.ts';
import { entryKey, MANIFEST_MAX_BYTES, type PackageItem, type PackageManifest, parseManifest } from './package-manifest.ts';
import { PACKAGE_PATHS, PACKAGE_UNLISTED } from './package-paths.ts';
import type { Hasher, PackageFiles, PackageTools, SmallFiles } from './package-tools.ts';

export type ItemVerdict = {
    readonly item: PackageItem;
    readonly content: 'equal' | 'differs' | 'missing';
    /** Whether SM3 was compared as well, and is equal. */
    readonly sm3: boolean;
    /** Whether its entry vouches for these bytes. */
    readonly bound: boolean;
    readonly entry: EntryVerdict;
    /** When it existed at the latest, by the earliest time-stamp that reaches its entry; a believed one goes before others. */
    readonly stamp?: PackageStamp;
    /** Content equal, entry bound, signed and proven, with witnesses enough. */
    readonly holds: boolean;
};

export type PackageVerdict = {
    readonly result: PackageResult;
    readonly findings: readonly PackageFinding[];
    readonly manifest?: PackageManifest;
    /** SHA-256 of `manifest.json`: names this package. */
    readonly manifestSha256?: string;
    readonly items: readonly ItemVerdict[];
    readonly entries: readonly EntryVerdict[];
    readonly consent?: EntryVerdict;
    /** The entry of the issuing, where it is there and about this manifest. */
    readonly receipt?: EntryVerdict;
    readonly policy: 'given' | 'own' | 'none';
    /** Time-stamps that hold, the earliest first. */
    readonly timestamps: readonly PackageStamp[];
    readonly notProven: readonly NotProven[];
};

/** Largest file that is read as a whole: an entry, a body, a proof, a policy. */
export const SMALL_FILE_MAX = 4 * NOTE_MAX_BYTES;
const SMALL = /^(?:entries|bodies|proofs|checkpoints|tsa)\//;

/** Judges a package. Never throws for what is in it; an error is a failure of reading. */
export async function judgePackage(files: PackageFiles, tools: PackageTools): Promise<PackageVerdict> {
    const size = files.size(PACKAGE_PATHS.manifest);
    if (size === undefined) return unreadable({ code: 'package.noManifest', path: PACKAGE_PATHS.manifest });
    const bytes = size > BigInt(MANIFEST_MAX_BYTES) ? new Uint8Array(0) : await whole(files, PACKAGE_PATHS.manifest);
    let manifest: PackageManifest;
    try {
        manifest = parseManifest(bytes);
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return unreadable({ code: 'package.manifest', path: PACKAGE_PATHS.manifest, reason: error.code });
    }
    return judgeManifest(manifest, bytes, files, tools);
}

const unreadable = (finding: PackageFinding): PackageVerdict => ({
    result: 'unreadable',
    findings: [finding],
    items: [],
    entries: [],
    policy: 'none',
    timestamps: [],
    notProven: [],
});

async function judgeManifest(
    manifest: PackageManifest,
    bytes: Uint8Array,
    files: PackageFiles,
    given: PackageTools,
): Promise<PackageVerdict> {
    const findings: PackageFinding[] = surplusOf(manifest, files);
    const read = await readFiles(manifest, files, given);
    findings.push(...read.findings);
    const { policy, tools } = withPolicy(read.small, given, findings);

    const verdicts = await judgeEntries(manifest, read.small, tools);
    const entries = [...verdicts.values()];
    findings.push(...entries.flatMap((each) => each.findings));
    const stamps = await judgeTimestamps(manifest, entries, read.small, tools);
    findings.push(...stamps.findings);
    const items = manifest.items.map((item) => judgeItem(item, verdicts, read, stamps.of));
    for (const { item, bound, entry } of items)
        if (!bound && entry.entry !== undefined) findings.push({ code: 'package.itemUnbound', path: item.path });

    const consent = verdicts.get(entryKey(manifest.consent));
    if (consent?.entry !== undefined && consent.entry.kind !== 'retrieval.consented')
        findings.push({ code: 'package.consent', path: PACKAGE_PATHS.entry(manifest.consent) });

    const manifestSha256 = toHex(tools.digest.sha256(bytes));
    const receipt = await receiptOf(
        manifest,
        { sha256: manifestSha256, size: String(bytes.length) },
        verdicts,
        read.small,
        tools,
    );
    findings.push(...(receipt?.findings ?? []));
    return {
        result: resultOf(findings),
        findings,
        manifest,
        manifestSha256,
        items,
        entries,
        ...(consent === undefined ? {} : { consent }),
        ...(receipt === undefined ? {} : { receipt }),
        policy,
        timestamps: stamps.stamps,
        notProven: notProvenOf({ entries, items, receipt, policy }),
    };
}

function surplusOf(manifest: PackageManifest, files: PackageFiles): PackageFinding[] {
    const listed = new Set([...manifest.files.map((file) => file.path), ...PACKAGE_UNLISTED]);
    return files.paths.filter((path) => !listed.has(path)).map((path) => ({ code: 'package.fileSurplus', path }));
}

type Read = {
    small: Map<string, Uint8Array>;
    state: Map<string, 'equal' | 'differs'>;
    sm3: Map<string, string>;
    findings: PackageFinding[];
};

/** Reads every listed file once, and keeps the small ones. */
async function readFiles(manifest: PackageManifest, files: PackageFiles, tools: PackageTools): Promise<Read> {
    const read: Read = { small: new Map(), state: new Map(), sm3: new Map(), findings: [] };
    const itemPaths = new Set(manifest.items.map((item) => item.path));
    const all = manifest.files.reduce((sum, file) => sum + BigInt(file.size), 0n);
    let done = 0n;
    for (const { path, size, sha256 } of manifest.files) {
        const found = files.size(path);
        if (found === undefined) {
            read.findings.push({ code: 'package.fileMissing', path });
            continue;
        }
        const keep = (SMALL.test(path) || path === PACKAGE_PATHS.policy) && BigInt(size) <= BigInt(SMALL_FILE_MAX);
        const sm3 = itemPaths.has(path) ? tools.sm3?.() : undefined;
        let equal = found === BigInt(size);
        if (equal) {
            const digest = await digestOf(files.read(path), { sha256: tools.sha256(), sm3, keep }, (length) => {
                done += BigInt(length);
                tools.onBytes?.(done, all);
            });
            equal = digest.size === BigInt(size) && toHex(digest.sha256) === sha256;
            if (digest.kept !== undefined) read.small.set(path, digest.kept);
            if (digest.sm3 !== undefined) read.sm3.set(path, toHex(digest.sm3));
        }
        read.state.set(path, equal ? 'equal' : 'differs');
        if (!equal) read.findings.push({ code: 'package.fileDiffers', path });
    }
    for (const { path, sm3 } of manifest.items)
        if (read.sm3.has(path) && read.sm3.get(path) !== sm3) read.findings.push({ code: 'package.sm3Differs', path });
    for (const path of [PACKAGE_PATHS.receiptEntry, PACKAGE_PATHS.receiptProof])
        if ((files.size(path) ?? BigInt(SMALL_FILE_MAX) + 1n) <= BigInt(SMALL_FILE_MAX))
            read.small.set(path, await whole(files, path));
    return read;
}

async function digestOf(
    pieces: AsyncIterable<Uint8Array>,
    into: { sha256: Hasher; sm3: Hasher | undefined; keep: boolean },
    onBytes: (length: number) => void,
) {
    const kept: Uint8Array[] = [];
    let size = 0n;
    for await (const piece of pieces) {
        into.sha256.update(piece);
        into.sm3?.update(piece);
        if (into.keep) kept.push(piece.slice());
        size += BigInt(piece.length);
        onBytes(piece.length);
    }
    return {
        size,
        sha256: into.sha256.digest(),
        sm3: into.sm3?.digest(),
        kept: into.keep ? joined(kept) : undefined,
    };
}

async function whole(files: PackageFiles, path: string): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of files.read(path)) pieces.push(piece.slice());
    return joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
    const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
        bytes.set(piece, at);
        at += piece.length;
    }
    return bytes;
}

/** The policy that was given, or the package's own, which is said. */
function withPolicy(
    small: SmallFiles,
    given: PackageTools,
    findings: PackageFinding[],
): { policy: PackageVerdict['policy']; tools: PackageTools } {
    if (given.policy !== undefined) return { policy: 'given', tools: given };
    const bytes = small.get(PACKAGE_PATHS.policy);
    if (bytes === undefined) {
        findings.push({ code: 'package.noPolicy' });
        return { policy: 'none', tools: given };
    }
    findings.push({ code: 'package.ownPolicy', path: PACKAGE_PATHS.policy });
    try {
        return { policy: 'own', tools: { ...given, policy: parsePolicy(given.digest.sha256, bytes) } };
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        findings.push({ code: 'package.policy', path: PACKAGE_PATHS.policy, reason: error.code });
        return { policy: 'none', tools: given };
    }
}

function judgeItem(
    item: PackageItem,
    verdicts: ReadonlyMap<string, EntryVerdict>,
    read: Read,
    stampOf: (entry: EntryVerdict) => PackageStamp | undefined,
): ItemVerdict {
    const entry = verdicts.get(entryKey(item.entry)) ?? { ref: item.entry, signed: false, findings: [] };
    const content = read.state.get(item.path) ?? 'missing';
    const sm3 = read.sm3.get(item.path) === item.sm3;
    const bound =
        entry.entry?.objects.some(({ id }) => id === item.id) === true &&
        entry.entry.content.some((each) => each.sha256 === item.sha256 && each.sm3 === item.sm3 && each.size === item.size);
    const sound = entry.signed && entry.findings.length === 0 && entry.proof?.quorum === true;
    const sm3Sound = sm3 || !read.sm3.has(item.path);
    const stamp = stampOf(entry);
    const holds = content === 'equal' && sm3Sound && bound && sound;
    return { item, content, sm3, bound, entry, ...(stamp === undefined ? {} : { stamp }), holds };
}

/** The receipt with a finding when it is about something else. */
async function receiptOf(
    manifest: PackageManifest,
    about: { sha256: string; size: string },
    verdicts: ReadonlyMap<string, EntryVerdict>,
    small: SmallFiles,
    tools: PackageTools,
): Promise<EntryVerdict | undefined> {
    const found = await judgeReceipt(small, manifest.issuer.org, tools);
    if (found === undefined) return undefined;
    const receipt = await receiptWithSignature(found, manifest, verdicts, small, tools);
    const { entry } = receipt;
    if (entry === undefined) return receipt;
    const states =
        entry.kind === 'retrieval.packaged' &&
        entry.objects.some(({ id }) => id === manifest.id) &&
        entry.content.some((each) => each.sha256 === about.sha256 && each.size === about.size);
    if (states) return receipt;
    const differs: PackageFinding = { code: 'package.receiptDiffers', path: PACKAGE_PATHS.receiptEntry };
    return { ...receipt, findings: [...receipt.findings, differs] };
}

function notProvenOf(about: {
    entries: readonly EntryVerdict[];
    receipt: EntryVerdict | undefined;
    policy: PackageVerdict['policy'];
    items: readonly ItemVerdict[];
}): NotProven[] {
    const receiptHolds =
        about.receipt?.signed === true && about.receipt.findings.length === 0 && about.receipt.proof !== undefined;
    const witnessed = about.entries.every(({ proof }) => proof?.witnesses.some(({ times }) => times.length > 0) === true);
    const stamped = about.items.length > 0 && about.items.every(({ stamp }) => stamp?.believed === true);
    return [
        'truth',
        'completeness',
        'before',
        'verifier',
        ...(receiptHolds ? [] : (['words'] as const)),
        ...(about.items.some(({ stamp }) => stamp?.believed === false) ? (['timestamps'] as const) : []),
        ...(witnessed || stamped ? [] : (['times'] as const)),
        ...(about.policy === 'given' ? [] : (['keys'] as const)),
    ];
}
