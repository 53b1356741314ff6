import { DomainError } from '../../kernel/domain-error.ts';
import { parsePolicy } from '../policy.ts';
import { type EntryVerdict, judgeEntries, judgeReceipt, receiptWithSignature } from './judge-entries.ts';
import { judgeTimestamps, type PackageStamp } from './judge-timestamps.ts';
import { type NotProven, type PackageFinding, type PackageResult, resultOf } from './package-findings.ts';
import { entryKey, type PackageItem, type PackageManifest } from './package-manifest.ts';
import { PACKAGE_PATHS } from './package-paths.ts';
import { PackageReading } from './package-reading.ts';
import type { PackageFiles, PackageTools, SmallFiles } from './package-tools.ts';

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
    /** Of a package on several discs. */
    readonly discs?: NonNullable<PackageReading['discs']>;
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

/** Judges a package in one folder or ZIP. Never throws for what is in it; an error is a failure of reading. */
export async function judgePackage(files: PackageFiles, tools: PackageTools): Promise<PackageVerdict> {
    const reading = new PackageReading(tools);
    await reading.add(files);
    return judgeReading(reading, tools);
}

/** Judges what was read of a package so far; of a disc that is missing it says so. */
export async function judgeReading(reading: PackageReading, given: PackageTools): Promise<PackageVerdict> {
    const { opened, discs } = reading;
    if (opened === undefined) return unreadable(reading.findings);
    const { manifest, sha256, length } = opened;
    const findings: PackageFinding[] = reading.findings;
    const { policy, tools } = withPolicy(reading.small, given, findings);

    const verdicts = await judgeEntries(manifest, reading.small, tools);
    const entries = [...verdicts.values()];
    findings.push(...entries.flatMap((each) => each.findings));
    const stamps = await judgeTimestamps(manifest, entries, reading.small, tools);
    findings.push(...stamps.findings);
    const items = manifest.items.map((item) => judgeItem(item, verdicts, reading, stamps.of));
    for (const { item, bound, entry } of items)
        if (!bound && entry.entry !== undefined) findings.push({ code: 'package.itemUnbound', path: item.path });

    const consent = verdicts.get(entryKey(manifest.consent));
    if (consent?.entry !== undefined && consent.entry.kind !== 'retrieval.consented')
        findings.push({ code: 'package.consent', path: PACKAGE_PATHS.entry(manifest.consent) });

    const receipt = await receiptOf(manifest, { sha256, size: String(length) }, verdicts, reading.small, tools);
    findings.push(...(receipt?.findings ?? []));
    return {
        result: resultOf(findings),
        findings,
        manifest,
        manifestSha256: sha256,
        ...(discs === undefined ? {} : { discs }),
        items,
        entries,
        ...(consent === undefined ? {} : { consent }),
        ...(receipt === undefined ? {} : { receipt }),
        policy,
        timestamps: stamps.stamps,
        notProven: notProvenOf({ entries, items, receipt, policy }),
    };
}

const unreadable = (findings: readonly PackageFinding[]): PackageVerdict => ({
    result: resultOf(findings),
    findings,
    items: [],
    entries: [],
    policy: 'none',
    timestamps: [],
    notProven: [],
});

/** The policy that was given, or the one that lies beside what is judged, which is said. */
export function withPolicy<T extends Pick<PackageTools, 'digest' | 'policy'>>(
    small: SmallFiles,
    given: T,
    findings: PackageFinding[],
): { policy: PackageVerdict['policy']; tools: T } {
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
    read: PackageReading,
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
