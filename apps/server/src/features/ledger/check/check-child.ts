import { setPriority } from 'node:os';
import { type Id, isPlanned } from '@liuhen/domain';
import pg from 'pg';
import { failpoint } from '../../../platform/failpoint.ts';
import { readAnchors } from '../../../platform/time-stamp/http-time-stamper.ts';
import { unloggedCommands } from '../verify-commands.ts';
import { type VerifyOptions, verifyLedger } from '../verify-ledger.ts';
import type { LedgerFinding, LedgerReport } from '../verify-report.ts';
import type { CheckMessage, CheckOrder, CheckOutcome, FoundDifference } from './check-messages.ts';

/** Differences that are named of one log; all are counted. */
const KEEP = 500;

/** After everything else that this machine does. */
const PRIORITY = 15;

const say = (message: CheckMessage): void => void process.send?.(message);

/** Everything read only, and nothing found that a forger could have put in the way. */
const SETTINGS = ['default_transaction_read_only=on', 'search_path=pg_catalog', 'timezone=UTC', 'statement_timeout=0'];

async function check(order: CheckOrder): Promise<CheckOutcome> {
    const pool = new pg.Pool({
        connectionString: order.url,
        max: 1,
        application_name: 'liuhen check',
        options: SETTINGS.map((each) => `-c ${each}`).join(' '),
        keepAlive: true,
    });
    pool.on('error', () => undefined);
    try {
        const common: VerifyOptions = {
            ...{ pool, logs: [order.log], keep: KEEP, trustedKeys: order.trustedKeys },
            signed: order.signed.filter(({ org }) => org === order.log),
            anchors: order.anchorsFile === undefined ? undefined : await readAnchors(order.anchorsFile),
            onProgress: ({ read, size }) => say({ about: 'progress', read: BigInt(read), size: BigInt(size) }),
        };
        failpoint('check.reading');
        let signatures = 0n;
        const first = await verifyLedger({
            ...common,
            wantsSignature(_, index) {
                if (!isPlanned(order.plan, index)) return false;
                signatures++;
                return true;
            },
        });
        const size = first.logs[0]?.size ?? 0n;
        // Where something differs, every signature counts: an entry that was forged with its leaf and chain is named by nothing else.
        const again = first.total > 0 && signatures < size;
        const report = again ? await verifyLedger(common) : first;
        return outcomeOf(report, again ? size : signatures, await missingEntries(pool, order.log));
    } finally {
        await pool.end();
    }
}

async function missingEntries(pool: pg.Pool, log: Id): Promise<FoundDifference[]> {
    const client = await pool.connect();
    try {
        await client.query('begin isolation level repeatable read read only');
        await client.query(`select set_config('liuhen.orgs', $1, true)`, [log]);
        const reading = {
            query: async <T extends Record<string, unknown>>(sql: string, values: readonly unknown[]) =>
                (await client.query<T>(sql, [...values])).rows,
        };
        return (await unloggedCommands(reading, log)).map(({ id, kind }) => ({
            ...{ code: 'log.commandUnlogged', index: null, table: 'command', row: id },
            params: { command: id, kind },
        }));
    } finally {
        client.release(true);
    }
}

function outcomeOf(report: LedgerReport, signatures: bigint, commands: readonly FoundDifference[]): CheckOutcome {
    const [log] = report.logs;
    return {
        size: log?.size ?? 0n,
        rows: report.tables.reduce((sum, { rows }) => sum + rows, 0),
        signatures,
        found: [...report.findings.map(differenceOf), ...commands].slice(0, KEEP),
        total: report.total + commands.length,
    };
}

function differenceOf(finding: LedgerFinding): FoundDifference {
    const { code, params } = finding;
    if (finding.about === 'log') return { code, index: finding.index, table: null, row: null, params };
    if (finding.about === 'row') return { code, index: null, table: finding.table, row: finding.id, params };
    return { code, index: null, table: null, row: null, params };
}

async function answer(order: CheckOrder): Promise<void> {
    let message: CheckMessage;
    try {
        message = { about: 'outcome', outcome: await check(order) };
    } catch (error) {
        const { code, name } = error as { code?: string; name: string };
        message = { about: 'failure', code: code ?? '', name };
    }
    process.send?.(message, () => process.exit(0));
}

/** Nobody is there any more who would keep what is found. */
process.once('disconnect', () => process.exit(0));
process.once('message', (order: CheckOrder) => {
    void answer(order);
});
try {
    setPriority(PRIORITY);
} catch {
    // A system that does not let a process wait for others: then it does not.
}
