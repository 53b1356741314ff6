import type { KeyObject } from 'node:crypto';
import {
    type CheckpointAlarmCode,
    chainValue,
    consistencyProof,
    createCompactRange,
    DomainError,
    type Entry,
    entrySigningMessage,
    fromHex,
    genesisChain,
    type HeadHash,
    type Id,
    isKeptLevel,
    leafHash,
    merkleLeaf,
    type NodeGetter,
    peaksOf,
    sameBytes,
    verifyConsistency,
} from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { ed25519KeyOf, verifyAside } from '../../../platform/signer.ts';
import { readEntry } from '../read-entry.ts';
import { chainBefore, entriesFrom, type StoredEntry } from './checkpoint.queries.ts';
import type { KeptNode } from './checkpoint.store.ts';
import { treeNodes } from './tree.queries.ts';

/** Why nothing can be signed on top of what is there. */
export class Unsound extends Error {
    readonly alarm: CheckpointAlarmCode;
    readonly params: Readonly<Record<string, string | number>>;

    constructor(alarm: CheckpointAlarmCode, params: Readonly<Record<string, string | number>>) {
        super(alarm);
        this.name = 'Unsound';
        this.alarm = alarm;
        this.params = params;
    }
}

/** The tree of one head as it grew: its root, and the nodes to be kept. */
export type Grown = { readonly size: bigint; readonly root: Uint8Array; readonly nodes: readonly KeptNode[] };

/** What a head is grown from: the root that was signed of so many entries. */
export type Base = { readonly size: bigint; readonly root: Uint8Array };

/**
 * Grows the tree of one head from what was signed by the next entries, at most `most`: with `believed`, the keys that may sign entries by
 * their names, each of them is checked (place, leaf, chain, form, log, signature), and always that what was signed is the beginning of what is to be signed. Throws `Unsound`.
 */
export async function extendTree(
    db: ReadDb,
    orgId: Id,
    head: HeadHash,
    from: Base,
    options: { most: number; believed?: ReadonlyMap<string, Uint8Array> | undefined },
): Promise<Grown> {
    const entries = await entriesFrom(db, orgId, from.size, options.most);
    // The head says that there are more.
    if (entries.length === 0)
        throw new Unsound('checkpoint.entryUnsound', { index: String(from.size), reason: 'log.headMismatch' });
    if (options.believed !== undefined) await checkEntries(db, orgId, { from: from.size, entries, believed: options.believed });
    const hash = nodeDigest[head];
    const before = treeNodes(db, orgId, head);
    const grown = new Map<string, Uint8Array>();
    const nodes: KeptNode[] = [];
    const range = createCompactRange(hash, {
        from: { size: from.size, peaks: await peaks(from.size, before) },
        onNode(level, index, node) {
            grown.set(`${level} ${index}`, node);
            if (isKeptLevel(level)) nodes.push({ level, index, node });
        },
    });
    // What is kept of the tree must lead to what was signed, and what was signed must be the beginning of the new tree.
    if (!sameBytes(range.root(), from.root)) throw damaged(from.size);
    for (const { entry } of entries) range.append(merkleLeaf(hash, entry));
    const [size, root] = [range.size(), range.root()];
    const after: NodeGetter = (level, index) => grown.get(`${level} ${index}`) ?? before(level, index);
    const proof = await consistencyProof(hash, from.size, size, after);
    if (!verifyConsistency(hash, { first: from.size, second: size, firstRoot: from.root, secondRoot: root, proof }))
        throw damaged(size);
    return { size, root, nodes };
}

const damaged = (size: bigint): Unsound => new Unsound('checkpoint.treeDamaged', { size: String(size) });

/** A node that is missing is damage to what is kept, not a failure of the signer. */
async function peaks(size: bigint, node: NodeGetter): Promise<Uint8Array[]> {
    try {
        return await peaksOf(size, node);
    } catch (error) {
        if (error instanceof DomainError && error.code === 'merkle.nodeMissing') throw damaged(size);
        throw error;
    }
}

type Checked = {
    readonly from: bigint;
    readonly entries: readonly StoredEntry[];
    readonly believed: ReadonlyMap<string, Uint8Array>;
};

async function checkEntries(db: ReadDb, orgId: Id, { from, entries, believed }: Checked): Promise<void> {
    const keys = new Map([...believed].map(([id, raw]) => [id, ed25519KeyOf(raw)]));
    let chain = from === 0n ? genesisChain(nodeDigest) : await chainBefore(db, orgId, from);
    const signatures: Promise<void>[] = [];
    for (const [at, stored] of entries.entries()) {
        const index = from + BigInt(at);
        const refuse = (reason: string): never => {
            throw new Unsound('checkpoint.entryUnsound', { index: String(index), reason });
        };
        if (BigInt(stored.idx) !== index) refuse('log.indexGap');
        const leaf = leafHash(nodeDigest, stored.entry);
        if (!sameBytes(leaf, stored.leaf)) refuse('log.leafMismatch');
        if (chain === undefined || !sameBytes(chainValue(nodeDigest, chain, leaf), stored.chain)) refuse('log.chainMismatch');
        chain = stored.chain;
        const entry = readEntry(stored.entry) ?? refuse('log.malformedEntry');
        if (entry.org !== orgId) refuse('log.wrongOrg');
        const key = keys.get(entry.app);
        if (key === undefined) throw new Unsound('checkpoint.keyUnknown', { index: String(index), key: entry.app });
        signatures.push(checkSignature(key, entry).then((holds) => (holds ? undefined : refuse('log.badSignature'))));
    }
    await Promise.all(signatures);
}

const checkSignature = (key: KeyObject, entry: Entry): Promise<boolean> =>
    verifyAside(null, entrySigningMessage(entry), key, fromHex(entry.sig));
