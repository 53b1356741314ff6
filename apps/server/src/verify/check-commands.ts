import { unloggedCommands } from '../features/ledger/verify-commands.ts';
import type { Account } from './report.ts';
import type { Snapshot } from './snapshot.ts';

/** Commands of the snapshot that left no entry. */
export async function checkCommands(snapshot: Snapshot, account: Account): Promise<void> {
    for (const { id, org_id: org, kind } of await unloggedCommands(snapshot))
        account.find({ about: 'command', code: 'log.commandUnlogged', org, params: { command: id, kind } });
}
