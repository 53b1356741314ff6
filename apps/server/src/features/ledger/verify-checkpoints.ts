import {
    type Checkpoint,
    createCompactRange,
    DomainError,
    type HeadHash,
    type Id,
    isKeptLevel,
    merkleLeaf,
    parseCanonical,
    parseCheckpoint,
    parseNote,
    parseVerifierKey,
    sameBytes,
    toHex,
    type VerifierKey,
    verifyNote,
} from '@liuhen/domain';
import type pg from 'pg';
import { nodeDigest } from '../../platform/digest.ts';
import { verifyNoteKey } from '../../platform/verify-note-key.ts';
import type { SignedHead } from './checkpoint/signed-state.ts';
import { unlessRefused } from './read-entry.ts';
import type { CheckpointFindingCode, Findings } from './verify-report.ts';
import { rowsOf, type StoredInt8, streamRows } from './verify-rows.ts';

const NO_BYTES = new Uint8Array(0);

type CheckpointRow = { hash: HeadHash; size: StoredInt8; root: Uint8Array; note: Uint8Array };
type NodeRow = { hash: HeadHash; level: number; idx: StoredInt8; node: Uint8Array };

type About = {
    client: pg.ClientBase;
    org: Id;
    findings: Findings;
    /** What the signer noted of this log outside the database. */
    signed?: readonly SignedHead[];
};

/**
 * Compares what was signed of a log with its entries as they are now: each checkpoint must be of their tree and signed by a key that the
 * log introduces, and what is kept of the tree must follow from them. Reads along with the entries.
 */
export async function checkpointCheck(about: About) {
    const { client, org } = about;
    await checkCosignatures(about);
    const kept = await keptNodes(client, org);
    const rows = streamRows<CheckpointRow>(
        client,
        'checkpoints',
        'select hash, size, root, note from ledger.checkpoint where org_id = $1 order by size, hash',
        [org],
    );
    let next = await rows.next();
    const keys: VerifierKey[] = [];
    const trees = new Map<HeadHash, ReturnType<typeof createCompactRange>>();
    const heads = await rowsOf<{ hash: HeadHash }>(
        client,
        'select distinct hash from (select hash from ledger.checkpoint where org_id = $1 union select hash from ledger.tree_node where org_id = $1) h',
        [org],
    );
    const noted = about.signed ?? [];
    for (const hash of new Set([...heads.map((each) => each.hash), ...noted.map((each) => each.head)]))
        trees.set(
            hash,
            createCompactRange(nodeDigest[hash], {
                onNode(level, index, node) {
                    if (isKeptLevel(level)) kept.seen(hash, level, index, node);
                },
            }),
        );
    const report = (code: CheckpointFindingCode, size: StoredInt8 | bigint, hash: string) =>
        about.findings.add({ about: 'log', code, org, index: BigInt(size), params: { size: String(size), head: hash } });
    const signed = new Map<HeadHash, bigint>();
    // The first checkpoints of a log that was already long are signed by a key that it introduces only after them.
    const unsigned: { row: CheckpointRow; checkpoint: Checkpoint }[] = [];

    async function compare(row: CheckpointRow): Promise<void> {
        const tree = trees.get(row.hash);
        const checkpoint = checkpointIn(row);
        if (tree === undefined || !sameBytes(tree.root(), row.root)) report('log.checkpointRoot', row.size, row.hash);
        else if (checkpoint === undefined) report('log.checkpointNote', row.size, row.hash);
        else if (!(await signedBy(row, checkpoint, keys))) unsigned.push({ row, checkpoint });
        signed.set(row.hash, BigInt(row.size));
    }

    return {
        /** A sound entry of this log introduces a key of its checkpoints. */
        introduce(body: Uint8Array): void {
            const key = verifierOf(body);
            if (key !== undefined) keys.push(key);
        },
        /** After each entry, its key included. */
        async next({ idx, entry }: { idx: StoredInt8; entry: Uint8Array }): Promise<void> {
            for (const [hash, tree] of trees) tree.append(merkleLeaf(nodeDigest[hash], entry));
            for (; next.done !== true && BigInt(next.value.size) <= BigInt(idx) + 1n; next = await rows.next())
                await compare(next.value);
            for (const { head, size, root } of noted)
                if (size === BigInt(idx) + 1n && !sameBytes(trees.get(head)?.root() ?? NO_BYTES, root))
                    report('log.signedDiffers', size, head);
        },
        /** What is left was signed of more entries than there are. */
        async finish(): Promise<void> {
            for (; next.done !== true; next = await rows.next()) report('log.checkpointAhead', next.value.size, next.value.hash);
            for (const { head, size } of noted) if (size > (trees.get(head)?.size() ?? 0n)) report('log.signedAhead', size, head);
            for (const { row, checkpoint } of unsigned)
                if (!(await signedBy(row, checkpoint, keys))) report('log.checkpointSignature', row.size, row.hash);
            for (const { hash, level, index } of kept.wrong(signed))
                about.findings.add({
                    about: 'log',
                    code: 'log.treeNode',
                    org,
                    index: index << BigInt(level),
                    params: { level, index: String(index), head: hash },
                });
        },
    };
}

type CosignatureRow = {
    hash: HeadHash;
    size: StoredInt8;
    verifier: string;
    time: StoredInt8;
    signature: Uint8Array;
    note: Uint8Array | null;
};

/** Each cosignature must be by the witness that it names, of the very checkpoint, at that time. Whether to trust the witness is another question. */
async function checkCosignatures({ client, org, findings }: About): Promise<void> {
    const rows = streamRows<CosignatureRow>(
        client,
        'cosignatures',
        `select hash, size, verifier, time, signature, note from ledger.cosignature left join ledger.checkpoint using (org_id, hash, size)
         where org_id = $1 order by size`,
        [org],
    );
    for await (const row of rows) {
        if (await isCosigned(row)) continue;
        const params = { size: String(row.size), head: row.hash, witness: row.verifier.split('+')[0] ?? '' };
        findings.add({ about: 'log', code: 'log.cosignature', org, index: BigInt(row.size), params });
    }
}

async function isCosigned({ verifier, time, signature, note }: CosignatureRow): Promise<boolean> {
    // Of a checkpoint that is not there.
    if (note === null) return false;
    try {
        const key = parseVerifierKey(nodeDigest.sha256, verifier);
        const signatures = [{ name: key.name, keyHash: key.keyHash, signature }];
        const { verified } = await verifyNote({ text: parseNote(note).text, signatures }, [key], verifyNoteKey);
        return verified[0]?.time === BigInt(time);
    } catch (error) {
        if (error instanceof DomainError) return false;
        throw error;
    }
}

/** The nodes that are kept of the trees: each must follow from the entries, and none below a signed size may be missing. */
async function keptNodes(client: pg.ClientBase, org: Id) {
    const stored = new Map<string, string>();
    const rows = streamRows<NodeRow>(
        client,
        'tree_nodes',
        'select hash, level, idx, node from ledger.tree_node where org_id = $1',
        [org],
    );
    for await (const { hash, level, idx, node } of rows) stored.set(`${hash} ${level} ${idx}`, toHex(node));
    const unstored: { hash: HeadHash; level: number; index: bigint }[] = [];
    return {
        seen(hash: HeadHash, level: number, index: bigint, node: Uint8Array): void {
            const key = `${hash} ${level} ${index}`;
            if (stored.get(key) === toHex(node)) stored.delete(key);
            else if (!stored.has(key)) unstored.push({ hash, level, index });
        },
        wrong(signed: ReadonlyMap<HeadHash, bigint>): { hash: HeadHash; level: number; index: bigint }[] {
            const missing = unstored.filter(
                ({ hash, level, index }) => (index + 1n) << BigInt(level) <= (signed.get(hash) ?? 0n),
            );
            const surplus = [...stored.keys()].map((key) => {
                const [hash, level, index] = key.split(' ') as [HeadHash, string, string];
                return { hash, level: Number(level), index: BigInt(index) };
            });
            return [...missing, ...surplus];
        },
    };
}

/** The checkpoint of a note that says what the row beside it says. */
const checkpointIn = ({ size, root, note }: CheckpointRow): Checkpoint | undefined =>
    unlessRefused(() => {
        const checkpoint = parseCheckpoint(parseNote(note).text);
        return checkpoint.size === BigInt(size) && sameBytes(checkpoint.root, root) ? checkpoint : undefined;
    });

/** Whether a key of the log signed it, and none of them wrongly. The name of a log's key is its origin. */
async function signedBy({ note }: CheckpointRow, { origin }: Checkpoint, keys: readonly VerifierKey[]): Promise<boolean> {
    try {
        await verifyNote(
            parseNote(note),
            keys.filter((key) => key.name === origin),
            verifyNoteKey,
        );
        return true;
    } catch (error) {
        if (error instanceof DomainError) return false;
        throw error;
    }
}

function verifierOf(body: Uint8Array): VerifierKey | undefined {
    const { verifier } = parseCanonical(body) as { verifier?: unknown };
    return typeof verifier === 'string' ? unlessRefused(() => parseVerifierKey(nodeDigest.sha256, verifier)) : undefined;
}
