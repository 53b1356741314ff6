import { compareRow, DomainError, type Id, type KnownRow, rowDigest } from '@liuhen/domain';
import pg from 'pg';
import { nodeDigest } from '../../platform/digest.ts';
import type { Findings } from './verify-report.ts';
import { rowsOf, streamRows } from './verify-rows.ts';

type StateRow = { id: Id; version: number } & Record<string, unknown>;

/** Every table whose rows the log covers: those with the columns that commands manage. */
export async function stateTables(client: pg.ClientBase): Promise<string[]> {
    const rows = await rowsOf<{ name: string }>(
        client,
        `select c.relname::text as name from pg_catalog.pg_class c
         where c.relnamespace = 'liuhen'::regnamespace and c.relkind in ('r', 'p') and (
             select count(*) from pg_catalog.pg_attribute a
             where a.attrelid = c.oid and not a.attisdropped and a.attname in ('id', 'org_id', 'version', 'command_id')
         ) = 4 order by 1`,
    );
    return rows.map((row) => row.name);
}

/**
 * Compares every state row of one organisation with what its log says of it, both ways. Gives how many rows each table
 * has.
 */
export async function verifyTables(options: {
    client: pg.ClientBase;
    org: Id;
    tables: readonly string[];
    known: Iterable<KnownRow>;
    findings: Findings;
}): Promise<Map<string, number>> {
    const { client, org, tables } = options;
    const logged = new Map<string, Map<string, KnownRow>>();
    for (const row of options.known) {
        const ofTable = logged.get(row.table) ?? new Map<string, KnownRow>();
        logged.set(row.table, ofTable.set(row.id, row));
    }
    const counts = new Map<string, number>();
    for (const table of tables) {
        const expected = logged.get(table) ?? new Map<string, KnownRow>();
        const rows = streamRows<StateRow>(
            client,
            'state',
            `select * from liuhen.${pg.escapeIdentifier(table)} where org_id = $1`,
            [org],
        );
        let count = 0;
        for await (const row of rows) {
            count++;
            report(options, table, row.id, expected.get(row.id), { version: row.version, sha256: digestOf(table, row) });
            expected.delete(row.id);
        }
        counts.set(table, count);
    }
    // What the log knows and no table has; tables that are gone altogether included.
    for (const ofTable of logged.values()) for (const row of ofTable.values()) report(options, row.table, row.id, row, undefined);
    return counts;
}

/** `undefined` for values that have no canonical form: no command can have written them. */
function digestOf(table: string, row: StateRow): string | undefined {
    try {
        return rowDigest(nodeDigest, table, row);
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}

function report(
    { findings, org }: { findings: Findings; org: Id },
    table: string,
    id: Id,
    expected: KnownRow | undefined,
    actual: { version: number; sha256: string | undefined } | undefined,
): void {
    const code = compareRow(expected, actual);
    if (code === undefined) return;
    const params = {
        ...(expected === undefined ? {} : { logged: expected.version, index: String(expected.idx) }),
        ...(actual === undefined ? {} : { version: actual.version }),
    };
    findings.add({ about: 'row', code, org, table, id, params });
}
