import { isPlainObject, parseCanonical } from '../../kernel/canonical-json.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { fromHex, toHex } from '../../kernel/hex.ts';
import { type Entry, entrySigningMessage, leafHash, parseEntry, SALT_LENGTH } from '../../ledger/entry.ts';
import { merkleLeaf } from '../../ledger/merkle.ts';
import { parseTlogProof, type TlogProofVerdict, verifyTlogProof } from '../tlog-proof.ts';
import type { PackageFinding, PackageFindingCode } from './package-findings.ts';
import { entryKey, type PackageKey, type PackageManifest } from './package-manifest.ts';
import { type EntryRef, KEY_LOG, PACKAGE_PATHS } from './package-paths.ts';
import type { PackageTools, SmallFiles } from './package-tools.ts';

/** What entries are judged with. */
export type EntryTools = Pick<PackageTools, 'digest' | 'verify' | 'policy'>;

/** What was found of one entry. */
export type EntryVerdict = {
    readonly ref: EntryRef;
    /** Undefined where it cannot be read. */
    readonly entry?: Entry;
    /** Its place under a signed checkpoint, where that holds: the log, witnesses with their times, whether they are enough. */
    readonly proof?: TlogProofVerdict;
    /** The same under the second head, where it is there and holds. */
    readonly smProof?: TlogProofVerdict;
    /** By an application key whose introduction is proven. */
    readonly signed: boolean;
    readonly findings: readonly PackageFinding[];
};

/** Judges the entries of a manifest, or of what lists its entries and keys in the same way; those that introduce keys first. */
export async function judgeEntries(
    manifest: Pick<PackageManifest, 'entries' | 'keys'>,
    files: SmallFiles,
    tools: EntryTools,
): Promise<ReadonlyMap<string, EntryVerdict>> {
    const verdicts = new Map<string, EntryVerdict>();
    for (const ref of manifest.entries) verdicts.set(entryKey(ref), await judgeEntry(ref, files, tools));
    const keys = new Map<string, JudgedKey>();
    for (const key of manifest.keys) keys.set(key.app, judgeKey(key, verdicts.get(entryKey(key.entry)), files, tools));
    for (const [name, verdict] of verdicts) verdicts.set(name, await withSignature(verdict, keys, tools));
    return verdicts;
}

/** The receipt: an entry whose own log and place only its proof says. */
export async function judgeReceipt(files: SmallFiles, org: string, tools: PackageTools): Promise<EntryVerdict | undefined> {
    const bytes = files.get(PACKAGE_PATHS.receiptEntry);
    const proof = files.get(PACKAGE_PATHS.receiptProof);
    if (bytes === undefined || proof === undefined) return undefined;
    let index = 0;
    try {
        index = Number(parseTlogProof(proof).index);
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
    }
    return judge({ org, index }, { entry: PACKAGE_PATHS.receiptEntry, proof: PACKAGE_PATHS.receiptProof }, files, tools);
}

const judgeEntry = (ref: EntryRef, files: SmallFiles, tools: EntryTools) =>
    judge(
        ref,
        { entry: PACKAGE_PATHS.entry(ref), proof: PACKAGE_PATHS.proof(ref), sm: PACKAGE_PATHS.smProof(ref) },
        files,
        tools,
    );

async function judge(
    ref: EntryRef,
    paths: { readonly entry: string; readonly proof: string; readonly sm?: string },
    files: SmallFiles,
    tools: EntryTools,
): Promise<EntryVerdict> {
    const findings: PackageFinding[] = [];
    const bytes = files.get(paths.entry);
    if (bytes === undefined) return { ref, signed: false, findings };
    const entry = readEntry(bytes, paths.entry, findings);
    if (entry === undefined) return { ref, signed: false, findings };
    if (entry.org !== ref.org) findings.push({ code: 'package.entryElsewhere', path: paths.entry });
    const body = files.get(PACKAGE_PATHS.body(ref));
    if (body !== undefined && toHex(tools.digest.sha256(body)) !== entry.bodyHash)
        findings.push({ code: 'package.bodyDiffers', path: PACKAGE_PATHS.body(ref) });
    const proof = await judgeProof({ bytes, ref, path: paths.proof, code: 'package.proof' }, files, tools, findings);
    if (proof?.quorum === false) findings.push({ code: 'package.quorum', path: paths.proof });
    // Who has not been told of the second head by the policy is told nothing by it: the first one carries the proof.
    const sm =
        paths.sm === undefined
            ? undefined
            : await judgeProof({ bytes, ref, path: paths.sm, code: 'package.smProof' }, files, tools, findings);
    return {
        ref,
        entry,
        ...(proof === undefined ? {} : { proof }),
        ...(sm === undefined ? {} : { smProof: sm }),
        signed: false,
        findings,
    };
}

function readEntry(bytes: Uint8Array, path: string, findings: PackageFinding[]): Entry | undefined {
    try {
        return parseEntry(bytes);
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        findings.push({ code: 'package.entryMalformed', path, reason: error.code });
        return undefined;
    }
}

async function judgeProof(
    about: { bytes: Uint8Array; ref: EntryRef; path: string; code: 'package.proof' | 'package.smProof' },
    files: SmallFiles,
    { digest, policy, verify }: EntryTools,
    findings: PackageFinding[],
): Promise<TlogProofVerdict | undefined> {
    const proof = files.get(about.path);
    if (proof === undefined || policy === undefined) return undefined;
    const hash = about.code === 'package.proof' ? digest.sha256 : digest.sm3;
    const leaf = about.code === 'package.proof' ? leafHash(digest, about.bytes) : merkleLeaf(digest.sm3, about.bytes);
    try {
        const verdict = await verifyTlogProof(proof, { policy, leaf, hash: () => hash, verify });
        if (verdict.index === BigInt(about.ref.index)) return verdict;
        findings.push({ code: 'package.entryElsewhere', path: about.path });
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const unknown = error.code === 'checkpoint.unknownLog';
        if (!unknown) findings.push({ code: about.code, path: about.path, reason: error.code });
        else if (about.code === 'package.proof') findings.push({ code: 'package.unknownLog', path: about.path });
    }
    return undefined;
}

type JudgedKey = { readonly key: PackageKey; readonly state: 'proven' | 'unproven' | 'differs' };

/** Whether the entry that is to have introduced a key did so. */
function judgeKey(key: PackageKey, introduced: EntryVerdict | undefined, files: SmallFiles, { digest }: EntryTools): JudgedKey {
    const body = files.get(PACKAGE_PATHS.body(key.entry));
    const entry = introduced?.entry;
    if (entry === undefined || body === undefined) return { key, state: 'unproven' };
    const states =
        entry.kind === 'key.introduced' &&
        entry.org === KEY_LOG &&
        toHex(digest.sha256(body)) === entry.bodyHash &&
        saysKey(body, key);
    if (!states) return { key, state: 'differs' };
    return { key, state: introduced?.proof === undefined ? 'unproven' : 'proven' };
}

function saysKey(body: Uint8Array, { app, publicKey }: PackageKey): boolean {
    try {
        const value = parseCanonical(body.subarray(SALT_LENGTH));
        return isPlainObject(value) && value.keyId === app && value.publicKey === publicKey && value.algorithm === 'Ed25519';
    } catch (error) {
        if (error instanceof DomainError) return false;
        throw error;
    }
}

/** With what the signature of the application comes to. */
async function withSignature(
    verdict: EntryVerdict,
    keys: ReadonlyMap<string, JudgedKey>,
    { verify }: EntryTools,
): Promise<EntryVerdict> {
    const { entry, ref } = verdict;
    if (entry === undefined) return verdict;
    const found = (code: PackageFindingCode): EntryVerdict => ({
        ...verdict,
        findings: [...verdict.findings, { code, path: PACKAGE_PATHS.entry(ref) }],
    });
    const judged = keys.get(entry.app);
    if (judged === undefined) return found('package.keyMissing');
    if (!(await verify('ed25519', fromHex(judged.key.publicKey), entrySigningMessage(entry), fromHex(entry.sig))))
        return found('package.entrySignature');
    if (judged.state === 'differs') return found('package.keyDiffers');
    if (judged.state === 'unproven') return found('package.keyUnproven');
    return { ...verdict, signed: true };
}

/** The receipt's entry with its signature, by the keys of the package. */
export async function receiptWithSignature(
    receipt: EntryVerdict,
    manifest: PackageManifest,
    verdicts: ReadonlyMap<string, EntryVerdict>,
    files: SmallFiles,
    tools: PackageTools,
): Promise<EntryVerdict> {
    const keys = new Map(
        manifest.keys.map((key) => [key.app, judgeKey(key, verdicts.get(entryKey(key.entry)), files, tools)] as const),
    );
    return withSignature(receipt, keys, tools);
}
