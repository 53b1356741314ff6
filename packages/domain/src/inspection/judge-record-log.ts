import { fromBase64 } from '../kernel/base64.ts';
import { canonicalBytes, isPlainObject, parseCanonical } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import { type Entry, leafHash, SALT_LENGTH } from '../ledger/entry.ts';
import { type EntryTools, type EntryVerdict, judgeEntries } from '../proof/package/judge-entries.ts';
import { withPolicy } from '../proof/package/judge-package.ts';
import type { PackageFinding } from '../proof/package/package-findings.ts';
import { entryKey, sortEntryRefs } from '../proof/package/package-manifest.ts';
import { type EntryRef, PACKAGE_PATHS } from '../proof/package/package-paths.ts';
import type { SmallFiles } from '../proof/package/package-tools.ts';
import { verifyTlogProof } from '../proof/tlog-proof.ts';
import type { CampaignLog, CampaignRecord } from './campaign-record.ts';
import type { RecordFinding } from './record-findings.ts';

/** What the log says of a draw. */
export type RecordLogVerdict = {
    readonly policy: 'given' | 'own' | 'none';
    /** Name of the log, as its checkpoints say. */
    readonly origin?: string;
    readonly committed: EntryVerdict;
    readonly drawn?: EntryVerdict;
    /** By which moment, in seconds since 1970, enough witnesses had seen the commitment before the period ended; none did: absent. */
    readonly seenBefore?: bigint;
    /** Signed, in the log, and saying what the record says. */
    readonly holds: boolean;
    /** Numbers of the campaigns over the same days that the entry of the draw names; absent where it names none at all. */
    readonly parallel?: readonly string[];
};

type Body = Readonly<Record<string, unknown>>;

/** Judges the entries that a record brings, by the policy from elsewhere or, where there is none, by its own, which is said. */
export async function judgeRecordLog(
    record: CampaignRecord,
    log: CampaignLog,
    given: EntryTools,
    findings: RecordFinding[],
): Promise<RecordLogVerdict> {
    const files: SmallFiles = new Map(log.files.map(({ path, bytes }) => [path, fromBase64(bytes) ?? new Uint8Array()]));
    const found: PackageFinding[] = [];
    const { policy, tools } = withPolicy(files, given, found);
    const { committed: committedRef, drawn: drawnRef, keys } = log;
    const refs = [committedRef, ...(drawnRef === undefined ? [] : [drawnRef])];
    const entries = sortEntryRefs([...refs, ...keys.map(({ entry }) => entry)]);
    const verdicts = await judgeEntries({ entries, keys }, files, tools);
    found.push(...[...verdicts.values()].flatMap((each) => each.findings));
    findings.push(...found.map(({ code, path, reason }) => withAbout(code, [path, reason])));

    const verdictOf = (ref: EntryRef): EntryVerdict => verdicts.get(entryKey(ref)) ?? { ref, signed: false, findings: [] };
    const committed = verdictOf(committedRef);
    const drawn = drawnRef === undefined ? undefined : verdictOf(drawnRef);
    const differences = [
        ...refs.filter((ref) => files.has(PACKAGE_PATHS.body(ref)) && bodyIn(files, ref) === undefined).map(() => 'body'),
        ...commitDifferences(record, committed.entry, bodyIn(files, committedRef)),
        ...(drawn === undefined ? [] : drawDifferences(record, drawn.entry, bodyIn(files, drawn.ref), given)),
        ...(drawn === undefined ? [] : orderDifferences(committed, drawn, files, given)),
    ];
    findings.push(...[...new Set(differences)].map((about) => ({ code: 'record.logDiffers' as const, about })));
    if (drawn === undefined) findings.push({ code: 'record.drawNotInLog' });
    const missing = missingFiles(files, refs);
    findings.push(...missing.map((about) => ({ code: 'record.logFileMissing' as const, about })));
    const bodyHolds = (each: EntryVerdict) => each.proof !== undefined && each.signed && each.findings.length === 0;
    const seenBefore = await seenBy(record.rules.to, committed, files, tools);
    // Where the policy asks for no witness, nobody could have seen it: the server's word is all there is, and that is said as such.
    if (committed.proof !== undefined && seenBefore === undefined && tools.policy?.quorum !== undefined)
        findings.push({ code: 'record.seenLate' });
    const origin = committed.proof?.checkpoint.origin;
    const parallel = drawn === undefined ? undefined : bodyIn(files, drawn.ref)?.parallel;
    return {
        policy,
        ...(origin === undefined ? {} : { origin }),
        committed,
        ...(drawn === undefined ? {} : { drawn }),
        ...(seenBefore === undefined ? {} : { seenBefore }),
        holds:
            differences.length === 0 && missing.length === 0 && bodyHolds(committed) && drawn !== undefined && bodyHolds(drawn),
        ...(Array.isArray(parallel) ? { parallel: parallel.filter((each) => typeof each === 'string') } : {}),
    };
}

/** Without its words an entry says nothing of the draw, and without its proof nothing of the log. */
const missingFiles = (files: SmallFiles, refs: readonly EntryRef[]): string[] =>
    refs
        .flatMap((ref) => [PACKAGE_PATHS.entry(ref), PACKAGE_PATHS.body(ref), PACKAGE_PATHS.proof(ref)])
        .filter((path) => !files.has(path));

function withAbout(code: PackageFinding['code'], about: readonly (string | undefined)[]): RecordFinding {
    const said = about.filter((each) => each !== undefined).join(' - ');
    return { code, ...(said === '' ? {} : { about: said }) };
}

/** The words of an entry; that they are those the entry vouches for was judged with it. */
function bodyIn(files: SmallFiles, ref: EntryRef): Body | undefined {
    const bytes = files.get(PACKAGE_PATHS.body(ref));
    if (bytes === undefined || bytes.length <= SALT_LENGTH) return undefined;
    try {
        const value = parseCanonical(bytes.subarray(SALT_LENGTH));
        return isPlainObject(value) ? value : undefined;
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}

/** Members in which an entry and a record are to agree; the names of those that do not. */
const differing = (pairs: Readonly<Record<string, readonly [unknown, unknown]>>): string[] =>
    Object.entries(pairs).flatMap(([name, [a, b]]) => (a === b ? [] : [name]));

function commitDifferences(record: CampaignRecord, entry: Entry | undefined, body: Body | undefined): string[] {
    if (entry === undefined || body === undefined) return [];
    return differing({
        kind: [entry.kind, 'inspection.committed'],
        committedAt: [entry.at, record.committedAt],
        number: [body.number, record.number],
        commitment: [body.commitment, record.commitment],
        rulesDigest: [body.rules_digest, record.rulesDigest],
    });
}

function drawDifferences(
    record: CampaignRecord,
    entry: Entry | undefined,
    body: Body | undefined,
    { digest }: EntryTools,
): string[] {
    if (entry === undefined || body === undefined) return [];
    return differing({
        kind: [entry.kind, 'inspection.drawn'],
        drawnAt: [entry.at, record.drawnAt],
        number: [body.number, record.number],
        secret: [body.secret, record.secret],
        publicValue: [body.publicValue, record.publicValue],
        frameDigest: [body.frame_digest, record.frameDigest],
        result: [body.resultDigest, toHex(digest.sha256(canonicalBytes(record.result)))],
    });
}

/** The draw is the next thing that was done to the campaign after its seed was fixed. */
function orderDifferences(committed: EntryVerdict, drawn: EntryVerdict, files: SmallFiles, { digest }: EntryTools): string[] {
    const bytes = files.get(PACKAGE_PATHS.entry(committed.ref));
    const [before] = committed.entry?.objects ?? [];
    if (bytes === undefined || before === undefined || drawn.entry === undefined) return [];
    const after = drawn.entry.objects.find((each) => each.id === before.id);
    const follows =
        drawn.ref.org === committed.ref.org && after?.seq === before.seq + 1 && after.prev === toHex(leafHash(digest, bytes));
    return follows ? [] : ['order'];
}

/** When enough witnesses of the policy had cosigned a log with the commitment in it, before the period ended. */
async function seenBy(
    to: number,
    committed: EntryVerdict,
    files: SmallFiles,
    { digest, policy, verify }: EntryTools,
): Promise<bigint | undefined> {
    const proof = files.get(PACKAGE_PATHS.proof(committed.ref));
    const bytes = files.get(PACKAGE_PATHS.entry(committed.ref));
    if (committed.proof === undefined || policy === undefined || proof === undefined || bytes === undefined) return undefined;
    const leaf = leafHash(digest, bytes);
    // The last whole second before the end: cosignatures count seconds.
    const notAfter = BigInt(Math.ceil(to / 1000)) - 1n;
    const { quorum, witnesses } = await verifyTlogProof(proof, { policy, leaf, hash: () => digest.sha256, verify, notAfter });
    const times = witnesses.flatMap((each) => each.times.slice(0, 1));
    return quorum && times.length > 0 ? times.toSorted((a, b) => (a < b ? -1 : 1)).at(-1) : undefined;
}
