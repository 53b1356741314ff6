import { bodyOf, SYSTEM_ID } from '@liuhen/domain';
import { sql } from 'kysely';
import type { AppliedMigration } from '../schema/migrate.ts';
import { type CommandContext, type CommandTools, runCommand } from './command/command.ts';
import { derivedId } from './derived-id.ts';

/** Context of what the system does by itself; the same cause twice is one command. */
const bySystem = (...cause: string[]): CommandContext => ({
    actor: SYSTEM_ID,
    orgId: SYSTEM_ID,
    readOrgs: [SYSTEM_ID],
    commandId: derivedId(...cause),
});

/** Enters the signing key into the system log and makes it known, once per key. */
export async function introduceKey(tools: CommandTools): Promise<void> {
    const { keyId, publicKey } = tools.signer;
    await runCommand(tools, bySystem('key', keyId), 'key.introduce', async (tx) => {
        await sql`select ledger.introduce_key(${keyId}, ${Buffer.from(publicKey)}, ${tx.now})`.execute(tx.db);
        const body = bodyOf({ keyId, algorithm: 'Ed25519', publicKey: Buffer.from(publicKey).toString('hex') });
        return { result: null, events: [{ kind: 'key.introduced', body }] };
    });
}

/** Every schema change is an entry of its own. Nullable columns leave the digests of rows as they were. */
export async function noteMigrations(tools: CommandTools, applied: readonly AppliedMigration[]): Promise<void> {
    if (applied.length === 0) return;
    const body = bodyOf({ files: applied.map((each) => ({ name: each.name, sha256: each.sha256 })) });
    await runCommand(tools, bySystem('schema', ...applied.map((each) => each.sha256)), 'schema.migrate', async () => ({
        result: null,
        events: [{ kind: 'schema.migrated', body }],
    }));
}
