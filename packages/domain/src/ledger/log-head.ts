/**
 * The heads of one log: trees over the same entries. SHA-256 is the one that witnesses of other houses check; SM3 is there for the
 * assessment of commercial cryptography (密评).
 */
export const HEAD_HASHES = ['sha256', 'sm3'] as const;
export type HeadHash = (typeof HEAD_HASHES)[number];

/** Name of a log, the origin of its checkpoints (C2SP tlog-checkpoint): `base` names the installation, `code` the organisation. */
export const originOf = (base: string, code: string): string => `${base}/${code}`;

/** Origin of one head of a log. The SM3 head has a name of its own, for two roots of one size under one name would be a fork. */
export const headOrigin = (origin: string, head: HeadHash): string => (head === 'sm3' ? `${origin}/sm` : origin);

/**
 * Under which name a log goes on that is not any more what was signed of it. A name that was signed under is never used for another tree:
 * whoever kept its checkpoints would find a fork.
 */
export const nextOrigin = (origin: string): string => `${origin.replace(COUNTED, '')}~${nameCount(origin) + 1}`;

/** Under how many names the log was signed, this one included: 1 where it never had to go on under another. */
export const nameCount = (origin: string): number => Number(COUNTED.exec(origin)?.[1] ?? 1);

/** How a name says that it is not the first. */
const COUNTED = /~([2-9]|[1-9][0-9]+)(?=$|\/sm$)/;

/** Checkpoints of the new year carry both signatures so long, days: whoever checks has time to learn the new key. */
export const KEY_OVERLAP_DAYS = 30;

/** Why the signer of checkpoints refuses; each is shown to the administrators until it is over. */
export const CHECKPOINT_ALARMS = [
    /** The log is shorter than what was signed: an older copy of the database was put back. */
    'checkpoint.logShorter',
    /** The log holds other entries than those that were signed. */
    'checkpoint.logDiffers',
    /** What is kept of the tree does not lead to the root that was signed. */
    'checkpoint.treeDamaged',
    /** A new entry is not what it must be. */
    'checkpoint.entryUnsound',
    /** A new entry is signed by a key that nobody accepted here. */
    'checkpoint.keyUnknown',
    /** The key of this year was introduced and is not in the key folder of any node that runs. */
    'checkpoint.keyMissing',
    /** The token that holds the key cannot be asked, or does not sign. */
    'checkpoint.tokenAway',
    /** The token refused the PIN, which is not tried again: a few wrong ones lock it. */
    'checkpoint.tokenPin',
    /** A witness has cosigned more of the log than it holds: an older copy was put back, and what was signed last with it. */
    'checkpoint.witnessAhead',
    /** A witness has cosigned another log under this name. */
    'checkpoint.witnessDiffers',
] as const;
export type CheckpointAlarmCode = (typeof CHECKPOINT_ALARMS)[number];

/** Why a witness does not cosign a log now. */
export const WITNESS_TROUBLES = [
    /** It does not answer. */
    'witness.unreachable',
    /** It has no key of this log: its operator has to be given the policy file. */
    'witness.unknownLog',
    /** It answers with another status than it should. */
    'witness.refused',
    /** What it sent is not its signature of this checkpoint. */
    'witness.badSignature',
    /** It has cosigned more of the log than the log holds, and shows what the log signed of it. */
    'witness.ahead',
    /** It has cosigned another log under this name, and shows what the log signed of it. */
    'witness.differs',
    /** It says that it has cosigned more, and shows nothing that the log signed. */
    'witness.aheadUnproven',
    /** It says that what it is given does not follow, and shows nothing that the log signed and that differs. */
    'witness.differsUnproven',
    /** The entries here are not those of the signed checkpoint: no proof can be made of them, or a mirror does not take them. */
    'log.entriesDiffer',
    /** An entry is longer than the form allows. */
    'mirror.entryTooLong',
] as const;
export type WitnessTroubleCode = (typeof WITNESS_TROUBLES)[number];

/** Whether it keeps the log from being signed: only what the log itself has signed does, never the word of a witness alone. */
export const stopsSigning = (code: WitnessTroubleCode): boolean => code === 'witness.ahead' || code === 'witness.differs';
