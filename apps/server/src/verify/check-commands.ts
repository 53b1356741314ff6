import type { Id } from '@liuhen/domain';
import type { Account } from './report.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Every command that has run left at least one entry. Commands whose entries changed no row (a viewing, a sign-in) would
 * otherwise vanish with the tail of a log without a trace.
 */
export async function checkCommands(snapshot: Snapshot, account: Account): Promise<void> {
    const rows = await snapshot.query<{ id: Id; org_id: Id; kind: string }>(
        `select c.id, c.org_id, c.kind from liuhen.command c
         where not exists (select from ledger.entry e where e.command_id = c.id) order by c.id limit 10000`,
    );
    for (const { id, org_id: org, kind } of rows)
        account.find({ about: 'command', code: 'log.commandUnlogged', org, params: { command: id, kind } });
}
