import { createLogVerifier, DomainError, type LogFinding, rowDigest } from '@liuhen/domain';
import pg from 'pg';
import { pgTypes } from '../platform/db/types.ts';
import { nodeDigest } from '../platform/digest.ts';
import { verifyEd25519 } from '../platform/signer.ts';

/** What does not agree: findings of the logs, and rows that are not as the log left them. */
export type WholeLog = { entries: number; findings: readonly (LogFinding & { org: string })[]; rows: readonly string[] };

/**
 * Verifies all logs of a database and compares every state row with them; expected after each feature test:
 * `{ findings: [], rows: [] }`. Reads as superuser: nothing is out of sight.
 */
export async function verifyWholeLog(superUrl: string): Promise<WholeLog> {
    const client = new pg.Client({ connectionString: superUrl, types: pgTypes });
    await client.connect();
    try {
        const keys = await readKeys(client);
        const { rows: heads } = await client.query('select org_id, size, chain from ledger.head order by org_id');
        const result = { entries: 0, findings: [] as (LogFinding & { org: string })[], rows: [] as string[] };
        const known = new Map<string, string>();
        for (const head of heads) {
            const verifier = createLogVerifier({
                digest: nodeDigest,
                org: head.org_id,
                verifySignature(keyId, message, signature) {
                    const key = keys.get(keyId);
                    if (key === undefined) throw new DomainError('log.unknownKey', { key: keyId });
                    return verifyEd25519(key, message, signature);
                },
            });
            for (const entry of await readEntries(client, head.org_id)) await verifier.next(entry);
            const verdict = verifier.finish({ size: BigInt(head.size), chain: head.chain });
            result.entries += Number(verdict.size);
            result.findings.push(...verdict.findings.map((finding) => ({ ...finding, org: head.org_id })));
            for (const row of verifier.rows()) known.set(`${row.table} ${row.id}`, `${row.version} ${row.sha256}`);
        }
        result.rows.push(...(await compareRows(client, known)));
        return result;
    } finally {
        await client.end();
    }
}

async function readKeys(client: pg.Client): Promise<Map<string, Uint8Array>> {
    const { rows } = await client.query<{ key_id: string; public_key: Uint8Array }>(
        'select key_id, public_key from ledger.app_key',
    );
    return new Map(rows.map((row) => [row.key_id, row.public_key]));
}

async function readEntries(client: pg.Client, org: string) {
    const { rows } = await client.query(
        `select e.idx, e.entry, e.leaf, e.chain, e.kind, e.at, e.actor, e.command_id, b.salt, b.body
         from ledger.entry e left join ledger.body b using (org_id, idx) where e.org_id = $1 order by e.idx`,
        [org],
    );
    return rows.map((row) => ({
        idx: BigInt(row.idx),
        entry: row.entry as Uint8Array,
        leaf: row.leaf as Uint8Array,
        chain: row.chain as Uint8Array,
        kind: String(row.kind),
        at: Number(row.at),
        actor: String(row.actor),
        commandId: String(row.command_id),
        body: row.body === null ? ('destroyed' as const) : { salt: row.salt as Uint8Array, body: row.body as Uint8Array },
    }));
}

/** Both ways: rows the log does not know, or knows differently, and rows it knows that are gone. */
async function compareRows(client: pg.Client, known: ReadonlyMap<string, string>): Promise<string[]> {
    const wrong: string[] = [];
    const unseen = new Set(known.keys());
    for (const table of await stateTables(client)) {
        const { rows } = await client.query(`select * from liuhen.${pg.escapeIdentifier(table)}`);
        for (const row of rows) {
            const name = `${table} ${row.id}`;
            unseen.delete(name);
            if (known.get(name) !== `${row.version} ${rowDigest(nodeDigest, table, row)}`) wrong.push(name);
        }
    }
    return [...wrong, ...[...unseen].map((name) => `${name} is gone`)];
}

/** Tables whose rows are covered by entries: those with a version and a command. */
export async function stateTables(client: pg.Client): Promise<string[]> {
    const { rows } = await client.query<{ name: string }>(
        `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'liuhen' and c.relkind = 'r'
           and (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('org_id', 'version', 'command_id')) = 3
         order by 1`,
    );
    return rows.map((row) => row.name);
}
