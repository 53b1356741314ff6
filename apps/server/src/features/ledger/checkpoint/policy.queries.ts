import { formatPolicy, type Id, type Policy, parseVerifierKey, SYSTEM_ID } from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';

/**
 * Who signs these logs: each key that they introduced, of every head, name and year. The log of the system belongs to each policy by which
 * entries are checked: the keys of the application are introduced there.
 */
export async function policyOf(db: ReadDb, logs: readonly Id[], witnesses: Omit<Policy, 'logs'>): Promise<Policy> {
    const rows = await db
        .selectFrom('ledger.log_key')
        .select(['verifier'])
        .where('org_id', 'in', logs)
        .orderBy('org_id')
        .orderBy('hash')
        .orderBy('year')
        .orderBy('origin')
        .execute();
    return { ...witnesses, logs: rows.map(({ verifier }) => ({ key: parseVerifierKey(nodeDigest.sha256, verifier) })) };
}

/** Said in the file itself, for whoever opens it without knowing what it is. */
const POLICY_REMARKS = [
    '日志与见证方的公钥（C2SP tlog-policy）。核验时请用从日志所属单位另行取得的一份，不要用与被核验材料放在一起的一份。',
    'Keys of a log and its witnesses. To verify, use a copy obtained from the organisation itself, not one that came with what is verified.',
];

/** The policy for the log of `orgId` and that of the system, as a file (C2SP tlog-policy). Read with both. */
export const policyFile = async (db: ReadDb, orgId: Id, witnesses: Omit<Policy, 'logs'>): Promise<Uint8Array> =>
    formatPolicy(nodeDigest.sha256, await policyOf(db, [SYSTEM_ID, orgId], witnesses), POLICY_REMARKS);
