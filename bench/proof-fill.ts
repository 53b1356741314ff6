import {
    createCompactRange,
    formatCheckpoint,
    formatNote,
    type HeadHash,
    type Id,
    isKeptLevel,
    merkleLeaf,
} from '@liuhen/domain';
import pg from 'pg';
import { nodeDigest } from '../apps/server/src/platform/digest.ts';

export const ORG: Id = '00000000-0000-7000-8000-000000000001';
export const HEADS: readonly HeadHash[] = ['sha256', 'sm3'];
const ORIGIN = 'bench.invalid/log';
/** As large as what people's commands write. */
const REPEATS = 19;

/** A log of so many entries of 608 bytes with the trees of both heads and a checkpoint each; the entries are no entries. */
export async function fillLog(url: string, entries: number): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    const repeated = (expression: string) => Array.from({ length: REPEATS }, () => expression).join(' || ');
    await client.query(
        `insert into ledger.entry (org_id, idx, leaf, chain, at, kind, actor, command_id, entry)
         select $1::uuid, i, sha256('\\x00'::bytea || bytes), digest, i, 'party.updated', $1::uuid, $1::uuid, bytes
         from generate_series(0, $2::int - 1) as i, lateral (select sha256(int8send(i)) as digest) as made,
            lateral (select ${repeated('digest')} as bytes) as entry`,
        [ORG, entries],
    );
    await client.query("select set_config('liuhen.org', $1, false)", [ORG]);
    for (const head of HEADS) await fillTree(client, head, entries);
    await client.query('vacuum analyze');
    await client.end();
}

const AT_ONCE = 10_000;

async function fillTree(client: pg.Client, head: HeadHash, entries: number): Promise<void> {
    let kept: { level: number; index: string; node: string }[] = [];
    const keep = async () => {
        const column = (of: (node: (typeof kept)[number]) => unknown) => kept.map(of);
        await client.query(
            `insert into ledger.tree_node (org_id, hash, level, idx, node)
             select $1, $2, level, idx, decode(node, 'hex') from unnest($3::int[], $4::bigint[], $5::text[]) as made (level, idx, node)`,
            [ORG, head, column((each) => each.level), column((each) => each.index), column((each) => each.node)],
        );
        kept = [];
    };
    const range = createCompactRange(nodeDigest[head], {
        onNode(level, index, node) {
            if (isKeptLevel(level)) kept.push({ level, index: String(index), node: Buffer.from(node).toString('hex') });
        },
    });
    const number = Buffer.alloc(8);
    for (let i = 0; i < entries; i++) {
        number.writeBigInt64BE(BigInt(i));
        const digest = nodeDigest.sha256(number);
        range.append(merkleLeaf(nodeDigest[head], Buffer.concat(Array.from({ length: REPEATS }, () => digest))));
        if (kept.length >= AT_ONCE) await keep();
    }
    await keep();
    const text = formatCheckpoint({ origin: ORIGIN, size: BigInt(entries), root: range.root() });
    // The bench asks how long a proof takes; who signed is judged elsewhere.
    const note = formatNote({ text, signatures: [{ name: ORIGIN, keyHash: new Uint8Array(4), signature: new Uint8Array(64) }] });
    await client.query('insert into ledger.checkpoint (org_id, hash, size, root, note, at) values ($1, $2, $3, $4, $5, 1)', [
        ORG,
        head,
        entries,
        range.root(),
        note,
    ]);
}
