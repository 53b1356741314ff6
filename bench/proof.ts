import { generateKeyPairSync, sign, verify } from 'node:crypto';
import {
    chainValue,
    createCompactRange,
    genesisChain,
    type HeadHash,
    leafHash,
    merkleLeaf,
    parseCheckpoint,
    parseNote,
    parseTlogProof,
    verifyInclusion,
} from '@liuhen/domain';
import { proofOf } from '../apps/server/src/features/ledger/checkpoint/proof.queries.ts';
import type { Database } from '../apps/server/src/platform/db/database.ts';
import { nodeDigest } from '../apps/server/src/platform/digest.ts';
import { createChainCheck } from '../packages/domain/src/ledger/verify-chain.ts';
import { fillLog, HEADS, ORG } from './proof-fill.ts';
import { printTable, type Row } from './table.ts';
import { percentileOf, withTwoDatabases } from './two-databases.ts';

const LARGE = Number(process.env.LIUHEN_BENCH_ENTRIES ?? 10_000_000);
const SMALL = 10_000;
const ROUNDS = 100;
const WANTED_MS = 20;
const KEPT = process.env.LIUHEN_BENCH_PROOF_FOLDER;

/** A log read from its first entry in memory, and the proof of one entry of a long log from the database. */
export async function benchProof(folder: string): Promise<void> {
    benchMillion();
    await withTwoDatabases({ folder, kept: KEPT, large: LARGE, small: SMALL }, fillLog, async (large, small) => {
        const rows: Row[] = [];
        for (const head of HEADS) {
            const [one, other] = [await proofsOf(large, head, LARGE), await proofsOf(small, head, SMALL)];
            rows.push({
                what: head === 'sha256' ? 'head with SHA-256' : 'head with SM3, its leaves computed from the entries',
                ...{ value: `${one.toFixed(1)} ms`, against: `${other.toFixed(1)} ms`, ratio: one / other },
                ...{ wanted: `< ${WANTED_MS} ms`, met: one < WANTED_MS },
            });
        }
        printTable(
            `Proof of one entry among ${LARGE.toLocaleString('en')} of 608 bytes (log made in SQL, not by commands), as it is handed out, 95th percentile of ${ROUNDS}, against ${SMALL.toLocaleString('en')}`,
            rows,
        );
    });
}

/** Every proof is read again and verified: what is fast and wrong is not measured. */
async function proofsOf(db: Database, head: HeadHash, entries: number): Promise<number> {
    const hash = nodeDigest[head];
    return percentileOf(ROUNDS, async (n) => {
        const index = BigInt((n * 7_919_717) % entries);
        const { bytes } = await db.read({ readOrgs: [ORG] }, (read) => proofOf(read, ORG, { index, head, size: undefined }));
        const proof = parseTlogProof(bytes);
        const number = Buffer.alloc(8);
        number.writeBigInt64BE(index);
        const digest = nodeDigest.sha256(number);
        const leaf = merkleLeaf(hash, Buffer.concat(Array.from({ length: 19 }, () => digest)));
        const { size, root } = parseCheckpoint(parseNote(proof.checkpoint).text);
        if (!verifyInclusion(hash, { index, size, leaf, root, proof: proof.proof }))
            throw new Error(`the proof of ${index} fails`);
    });
}

const ENTRIES = 1_000_000;
const SIGNATURES = 50_000;
const WANTED_S = 10;

/** Leaves, tree and chain of a million entries on one core, against the bare hashing of as many bytes; signatures apart. */
function benchMillion(): void {
    const entries = Array.from({ length: ENTRIES }, (_, i) => Buffer.alloc(608, `${i} `));
    const stored = chained(entries);
    const [checked, bare] = [timeOf(() => readWhole(entries, stored)), timeOf(() => bareHashes(entries))];
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const signed = entries.slice(0, SIGNATURES).map((bytes) => sign(null, bytes, privateKey));
    const verified = timeOf(() => {
        for (const [at, signature] of signed.entries())
            if (!verify(null, entries[at] as Buffer, publicKey, signature)) throw new Error('a signature fails');
    });
    printTable(`A log of ${ENTRIES.toLocaleString('en')} entries of 608 bytes, from the first, in memory on one core`, [
        {
            what: 'leaves, tree and chain',
            ...{ value: `${checked.toFixed(2)} s`, against: `as many hashes of the same bytes: ${bare.toFixed(2)} s` },
            ...{ ratio: checked / bare, wanted: `< ${WANTED_S} s`, met: checked < WANTED_S },
        },
        {
            what: `signatures of ${SIGNATURES.toLocaleString('en')} of them (Ed25519, one after the other)`,
            value: `${verified.toFixed(2)} s, ${Math.round(SIGNATURES / verified).toLocaleString('en')}/s`,
        },
    ]);
}

function chained(entries: readonly Uint8Array[]): { leaf: Uint8Array; chain: Uint8Array }[] {
    let chain = genesisChain(nodeDigest);
    return entries.map((entry) => {
        const leaf = leafHash(nodeDigest, entry);
        chain = chainValue(nodeDigest, chain, leaf);
        return { leaf, chain };
    });
}

function readWhole(entries: readonly Uint8Array[], stored: readonly { leaf: Uint8Array; chain: Uint8Array }[]): void {
    const chains = createChainCheck(nodeDigest);
    const range = createCompactRange(nodeDigest.sha256);
    const report = (code: string) => {
        throw new Error(code);
    };
    for (const [at, entry] of entries.entries()) {
        const { leaf, chain } = stored[at] as { leaf: Uint8Array; chain: Uint8Array };
        range.append(chains.next({ idx: BigInt(at), leaf, chain, entry }, report).leaf);
    }
    chains.finish({ size: BigInt(entries.length), chain: stored.at(-1)?.chain ?? new Uint8Array(0) }, report);
    range.root();
}

/** The same number of hashes over as many bytes, and nothing else: one of each entry, and of each a node and a link. */
function bareHashes(entries: readonly Uint8Array[]): void {
    const [node, link] = [Buffer.alloc(65), Buffer.alloc(65)];
    for (const entry of entries) for (const bytes of [entry, node, link]) nodeDigest.sha256(bytes);
}

function timeOf(work: () => void): number {
    const from = performance.now();
    work();
    return (performance.now() - from) / 1_000;
}
