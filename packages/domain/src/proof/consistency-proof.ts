import { DomainError } from '../kernel/domain-error.ts';
import type { HashFunction } from '../ledger/digest.ts';
import { verifyConsistency } from '../ledger/merkle-proof.ts';
import { parseAddCheckpoint } from './add-checkpoint.ts';
import { type CheckpointJudgement, judgeCheckpoint } from './judge-checkpoint.ts';
import type { Policy } from './policy.ts';
import type { VerifyWithKey } from './verify-note.ts';

/**
 * A proof that a log only grew from one checkpoint to a later one. It has the form of the body of add-checkpoint of
 * c2sp.org/tlog-witness: the size of the older, the hashes, the signed newer checkpoint. So what is handed out is what a witness reads.
 * The older checkpoint is not in it: whoever wants to know has kept it.
 */
export type GrowthVerdict = { readonly older: CheckpointJudgement; readonly newer: CheckpointJudgement };

/**
 * Verifies with the kept older checkpoint and the policy that the log of the older is the beginning of that of the newer. `hash` gives the
 * hash function of an origin. Throws what `parseAddCheckpoint` and `judgeCheckpoint` throw; `consistency.otherLog` for two names,
 * `consistency.order` where the newer has fewer entries, `consistency.otherSize` for a proof that starts elsewhere, and
 * `consistency.notShown` where the hashes do not lead from the one root to the other: then the log was changed, or the proof.
 */
export async function verifyGrowth(
    { older: kept, proof: bytes }: { older: Uint8Array; proof: Uint8Array },
    { policy, hash, verify }: { policy: Policy; hash: (origin: string) => HashFunction; verify: VerifyWithKey },
): Promise<GrowthVerdict> {
    const { oldSize, proof, checkpoint } = parseAddCheckpoint(bytes);
    const older = await judgeCheckpoint(policy, kept, verify);
    const newer = await judgeCheckpoint(policy, checkpoint, verify);
    const [from, to] = [older.checkpoint, newer.checkpoint];
    if (from.origin !== to.origin) throw new DomainError('consistency.otherLog', { older: from.origin, newer: to.origin });
    const sizes = { older: String(from.size), newer: String(to.size) };
    if (from.size > to.size) throw new DomainError('consistency.order', sizes);
    if (from.size !== oldSize) throw new DomainError('consistency.otherSize', { stated: String(oldSize), older: sizes.older });
    const claim = { first: from.size, second: to.size, firstRoot: from.root, secondRoot: to.root, proof };
    if (!verifyConsistency(hash(from.origin), claim)) throw new DomainError('consistency.notShown', sizes);
    return { older, newer };
}
