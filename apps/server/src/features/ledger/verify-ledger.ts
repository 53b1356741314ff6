import { type Id, SYSTEM_ID } from '@liuhen/domain';
import type pg from 'pg';
import { rollback } from '../../platform/db/database.ts';
import type { Cert } from '../../platform/time-stamp/read-token.ts';
import type { SignedHead } from './checkpoint/signed-state.ts';
import { readKeys, type TrustedKey } from './verify-keys.ts';
import { verifyLog } from './verify-log.ts';
import { createFindings, type LedgerReport, type LoggedContent, type LogSummary } from './verify-report.ts';
import { rowsOf, type StoredInt8 } from './verify-rows.ts';
import { stateTables, verifyTables } from './verify-tables.ts';

export type VerifyProgress = { readonly org: Id; readonly step: 'log' | 'tables'; readonly read: number; readonly size: number };

export type VerifyOptions = {
    /** Of a role that may read every organisation: `liuhen_reader`, or a superuser. */
    readonly pool: pg.Pool;
    readonly onProgress?: (progress: VerifyProgress) => void;
    /** Keys known from elsewhere: without them whoever owns the database could introduce a key of his own. */
    readonly trustedKeys?: readonly TrustedKey[];
    /** Time-stamp authorities that are believed; without them tokens are checked and their authorities are not. */
    readonly anchors?: readonly Cert[] | undefined;
    /** What the signer noted outside the database, read before this check begins. */
    readonly signed?: readonly SignedHead[];
    /** How many findings are named; all are counted. */
    readonly keep?: number;
    /** Which logs are looked at; without it all. What is said of keys is compared where the system's log is among them. */
    readonly logs?: readonly Id[];
    /** Which signatures of entries are checked; without it all. */
    readonly wantsSignature?: (org: Id, index: bigint) => boolean;
};

const PROGRESS_EVERY = 5_000;

/**
 * Re-computes every log and compares every state row with it, in one transaction that sees one state of the database.
 * Rows are streamed; memory grows with the rows and contents of the largest organisation, not with entries. What is wrong
 * becomes a finding; an exception means that the check itself failed.
 */
export async function verifyLedger(options: VerifyOptions): Promise<LedgerReport> {
    const client = await options.pool.connect();
    let broken: Error | undefined;
    try {
        await client.query('begin isolation level repeatable read read only');
        const report = await verifyAll(client, options);
        await client.query('commit');
        return report;
    } catch (error) {
        broken = await rollback(client);
        throw error;
    } finally {
        client.release(broken);
    }
}

async function verifyAll(
    client: pg.ClientBase,
    { onProgress, trustedKeys, anchors, signed = [], keep = 1_000, logs: wanted, wantsSignature }: VerifyOptions,
): Promise<LedgerReport> {
    const findings = createFindings(keep);
    const known = await openScope(client);
    const orgs = wanted === undefined ? known : known.filter((each) => wanted.includes(each));
    const names = await organisationNames(client);
    const sizes = await logSizes(client);
    const keys = await readKeys(client, trustedKeys);
    const tables = await stateTables(client);

    const logs: LogSummary[] = [];
    const contents: LoggedContent[] = [];
    const counts = new Map(tables.map((table) => [table, 0]));
    for (const org of orgs) {
        const size = sizes.get(org) ?? 0;
        const onEntry = (read: number) => {
            if (read % PROGRESS_EVERY === 0 || read === size) onProgress?.({ org, step: 'log', read, size });
        };
        const { verifier, summary } = await verifyLog({
            ...{ client, org, findings, keep, keys, anchors, onEntry },
            wantsSignature: wantsSignature === undefined ? undefined : (index) => wantsSignature(org, index),
            signed: signed.filter((each) => each.org === org),
        });
        const before = findings.total();
        for (const [table, rows] of await verifyTables({ client, org, tables, known: verifier.rows(), findings }))
            counts.set(table, (counts.get(table) ?? 0) + rows);
        for (const content of verifier.contents()) contents.push({ ...content, org });
        logs.push({ ...summary, findings: summary.findings + findings.total() - before, name: names.get(org) ?? null });
        onProgress?.({ org, step: 'tables', read: size, size });
    }
    // The system's log introduces them.
    if (orgs.includes(SYSTEM_ID)) keys.finish(findings);
    // A log that is gone altogether.
    for (const { org, head, size } of signed)
        if (!known.includes(org))
            findings.add({ about: 'log', code: 'log.signedAhead', org, index: size, params: { size: String(size), head } });
    return { logs, tables: [...counts].map(([table, rows]) => ({ table, rows })), contents, ...findings.close() };
}

/** Every organisation that any log or table mentions, the system's first: an organisation nobody registered is seen too. */
async function openScope(client: pg.ClientBase): Promise<Id[]> {
    const found = await rowsOf<{ org: Id }>(client, 'select org from ledger.known_orgs() as org');
    const orgs = [SYSTEM_ID, ...found.map((row) => row.org).filter((org) => org !== SYSTEM_ID)];
    await client.query(`select set_config('liuhen.orgs', $1, true)`, [orgs.join(',')]);
    return orgs;
}

async function organisationNames(client: pg.ClientBase): Promise<Map<Id, string>> {
    const rows = await rowsOf<{ id: Id; name: string }>(client, 'select id, name from liuhen.organisation');
    return new Map(rows.map((row) => [row.id, row.name]));
}

/** For progress only: what is verified is what is read. */
async function logSizes(client: pg.ClientBase): Promise<Map<Id, number>> {
    const rows = await rowsOf<{ org_id: Id; size: StoredInt8 }>(client, 'select org_id, size from ledger.head');
    return new Map(rows.map((row) => [row.org_id, Number(row.size)]));
}
