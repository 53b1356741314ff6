import { DomainError } from '../kernel/domain-error.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { parseNote } from './note.ts';
import type { Policy, PolicyWitness } from './policy.ts';
import type { VerifierKey } from './verifier-key.ts';
import { type IgnoredSignature, type VerifyWithKey, verifyNote } from './verify-note.ts';

/** What a policy says of one signed checkpoint. */
export type CheckpointJudgement = {
    readonly checkpoint: Checkpoint;
    /** Keys of the log that signed it, at least one. */
    readonly log: readonly VerifierKey[];
    /** Every witness of the policy, in its order. */
    readonly witnesses: readonly WitnessStanding[];
    /** Every group of the policy, in its order. */
    readonly groups: readonly GroupStanding[];
    /** Whether the quorum has witnessed the checkpoint. Where it has not, the checkpoint is not valid. */
    readonly quorum: boolean;
    /** Signatures that say nothing to this reader. */
    readonly ignored: readonly IgnoredSignature[];
};

export type WitnessStanding = {
    readonly name: string;
    readonly key: VerifierKey;
    /** When it cosigned, in seconds since 1970, earliest first. Empty when it did not. */
    readonly times: readonly bigint[];
};

export type GroupStanding = {
    readonly name: string;
    /** How many members must have witnessed, how many have, and how many there are. */
    readonly threshold: number;
    readonly witnessed: number;
    readonly members: number;
};

/**
 * Judges the bytes of a signed checkpoint by a policy. Throws like `parseNote`, `parseCheckpoint` and `verifyNote` for what
 * is no sound checkpoint, `checkpoint.unknownLog` when the policy has no log of this origin, and `checkpoint.notByLog` when
 * none of its keys signed. `notAfter`, in seconds since 1970, lets cosignatures of later times count for nothing.
 */
export async function judgeCheckpoint(
    policy: Policy,
    bytes: Uint8Array,
    verify: VerifyWithKey,
    options: { notAfter?: bigint } = {},
): Promise<CheckpointJudgement> {
    const note = parseNote(bytes);
    const checkpoint = parseCheckpoint(note.text);
    // The name of a log's key is its origin: a key of another log signs nothing here.
    const logKeys = policy.logs.map(({ key }) => key).filter(({ name }) => name === checkpoint.origin);
    if (logKeys.length === 0) throw new DomainError('checkpoint.unknownLog', { origin: checkpoint.origin });
    const witnessKeys = policy.witnesses.map(({ key }) => key);
    const { verified, ignored } = await verifyNote(note, [...logKeys, ...witnessKeys], verify);
    const log = logKeys.filter((key) => verified.some((each) => each.key === key));
    if (log.length === 0) throw new DomainError('checkpoint.notByLog', { origin: checkpoint.origin });

    const notAfter = options.notAfter;
    const timesOf = ({ key }: PolicyWitness) =>
        verified
            .filter((each) => each.key === key)
            .flatMap(({ time }) => (time === undefined || (notAfter !== undefined && time > notAfter) ? [] : [time]))
            .sort((a, b) => (a < b ? -1 : 1));
    const witnesses = policy.witnesses.map((each) => ({ name: each.name, key: each.key, times: timesOf(each) }));
    const { groups, witnessed } = countGroups(policy, witnesses);
    const quorum = policy.quorum === undefined || witnessed.has(policy.quorum);
    return { checkpoint, log, witnesses, groups, quorum, ignored };
}

/** Groups in order, so that each finds its members counted. */
function countGroups(policy: Policy, witnesses: readonly WitnessStanding[]) {
    const witnessed = new Set(witnesses.filter(({ times }) => times.length > 0).map(({ name }) => name));
    const groups = policy.groups.map(({ name, threshold, members }) => {
        const count = members.filter((member) => witnessed.has(member)).length;
        if (count >= threshold) witnessed.add(name);
        return { name, threshold, witnessed: count, members: members.length };
    });
    return { groups, witnessed };
}
