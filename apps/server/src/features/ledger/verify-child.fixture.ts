import pg from 'pg';
import { verifyLedger } from './verify-ledger.ts';

/** Verifies every log of the database named in the first argument, alone in a process, and says what that took. */
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 2 });
const begun = performance.now();
const { logs, tables, findings, total } = await verifyLedger({ pool });
const seconds = (performance.now() - begun) / 1_000;
await pool.end();
console.log(
    JSON.stringify({
        entries: Number(logs.reduce((sum, log) => sum + log.size, 0n)),
        rows: tables.reduce((sum, table) => sum + table.rows, 0),
        findings,
        total,
        seconds,
        peakMib: Math.round(process.resourceUsage().maxRSS / 1_024),
    }),
);
