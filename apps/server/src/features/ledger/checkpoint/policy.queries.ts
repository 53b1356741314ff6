import { formatPolicy, type Id, type Policy, parseVerifierKey } from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';

/** Who signs the log of `orgId`: each key that it introduced, of every head, name and year. */
export async function policyOf(db: ReadDb, orgId: Id, witnesses: Omit<Policy, 'logs'>): Promise<Policy> {
    const rows = await db
        .selectFrom('ledger.log_key')
        .select(['verifier'])
        .where('org_id', '=', orgId)
        .orderBy('hash')
        .orderBy('year')
        .orderBy('origin')
        .execute();
    return { ...witnesses, logs: rows.map(({ verifier }) => ({ key: parseVerifierKey(nodeDigest.sha256, verifier) })) };
}

/** Said in the file itself, for whoever opens it without knowing what it is. */
export const POLICY_REMARKS = [
    '日志与见证方的公钥（C2SP tlog-policy）。核验时请用从日志所属单位另行取得的一份，不要用与被核验材料放在一起的一份。',
    'Keys of a log and its witnesses. To verify, use a copy obtained from the organisation itself, not one that came with what is verified.',
];

/** The policy of a log as a file (C2SP tlog-policy). */
export const policyFile = async (db: ReadDb, orgId: Id, witnesses: Omit<Policy, 'logs'>): Promise<Uint8Array> =>
    formatPolicy(nodeDigest.sha256, await policyOf(db, orgId, witnesses), POLICY_REMARKS);
