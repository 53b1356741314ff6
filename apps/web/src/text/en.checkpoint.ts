import type { checkpointZh } from './zh-CN.checkpoint.ts';

export const checkpointEn: typeof checkpointZh = {
    checkpoint: {
        tabs: { entries: 'Entries', checkpoints: 'Checkpoints' },
        title: 'Checkpoints',
        sub: 'Signatures of the whole log: once signed, not even an administrator of the database can change an entry unnoticed',
        standing: 'How far it is signed',
        all: 'All {size} entries are signed.',
        some: 'Signed: {signed} of {size} entries; waiting: {waiting}.',
        none: 'Nothing is signed yet, none of the {size} entries.',
        empty: 'The log is empty.',
        soon: ' While there are new entries it is signed every 10 seconds.',
        alarms: {
            'checkpoint.logShorter':
                'Signing has stopped: {signed} entries were signed before and the database holds {log}. It may have been restored from an older backup.',
            'checkpoint.logDiffers': 'Signing has stopped: the first {size} entries are not those that were signed.',
            'checkpoint.treeDamaged':
                'Signing has stopped: the hash tree of the first {size} entries is not what was signed. The database may be damaged or changed.',
            'checkpoint.entryUnsound': 'Signing has stopped: entry {index} cannot be trusted ({reason}).',
            'checkpoint.witnessAhead':
                'Signing has stopped: witness {witness} has witnessed {witnessed} entries and only {size} are signed here. The database may have been restored from an older backup.',
            'checkpoint.witnessDiffers': 'Signing has stopped: what witness {witness} has witnessed is not this log.',
            'checkpoint.tokenAway':
                'Signing has stopped: the token "{token}" did not sign ({why}). It goes on by itself once the token is back.',
            'checkpoint.tokenPin':
                'Signing has stopped: the token "{token}" does not take the PIN ({why}). It is not tried again, so that the token does not lock itself: correct the file of the PIN.',
            'checkpoint.keyUnknown':
                'Signing has stopped: entry {index} is signed by the application key {key}, which nobody has accepted. If a server was added, accept its public key on this one with npm run liuhen -- keys accept; if not, somebody may have written the log behind the back of the system.',
            'checkpoint.keyMissing': 'The signing key is not on the server; {waiting} entries wait to be signed.',
        },
        alarmWhat:
            'The log is still written as usual. The system administrator finds out why with npm run liuhen -- verify on the server.',
        alarmSince: 'since {time}',
        noneTitle: 'No checkpoints in this time',
        noneWhat: 'Choose other days, or clear the filter.',
        emptyTitle: 'No checkpoints yet',
        emptyWhat: 'Within 10 seconds of the first entry there is the first checkpoint.',
        at: 'Signed at',
        size: 'Entries',
        root: 'Root',
        head: 'Algorithm',
        heads: { sha256: 'SHA-256', sm3: 'SM3' },
        save: 'Save',
        saveLabel: 'Save the checkpoint of {size} entries',
        witnesses: 'Witnesses',
        witnessNone:
            'No witness is set: there is only the own signature. Where one person holds both the signing key and the database, a log that was rewritten can only be told by checkpoints kept elsewhere.',
        witnessNever: 'nothing witnessed yet',
        mirrorNever: 'nothing kept yet',
        mirrorLast: 'last kept {size} entries at {time}',
        witnessLast: 'last witnessed {size} entries at {time}',
        witnessed: 'Witnessed',
        witnessedNot: 'no',
        witnessedOf: '{count} of {all} witnesses',
        lapse: 'The witness had less than it had signed before: it had signed {had} entries, and at {time} it answered {answered} (times seen: {times}). What it keeps may have been lost, or put back to an old copy; of what was before, it is no witness any more.',
        lapseWhat:
            'Ask the witness for the reason, and to restore its newest backup, or to register again with a new key. Signing goes on; this note stays as long as that key is used.',
        troubles: {
            'witness.unreachable': 'Cannot be reached now; it catches up in one step once it can',
            'witness.unknownLog': 'It does not know this log yet; hand it the file of keys',
            'witness.refused': 'It refuses (status {status})',
            'witness.badSignature': 'What it sent is not its signature of this checkpoint',
            'witness.ahead':
                'It has witnessed {witnessed} entries, more than the {size} signed here: the database may have been restored from an older backup',
            'witness.differs': 'What it has witnessed is not this log',
            'witness.aheadUnproven':
                'It says that it has witnessed {witnessed} entries, more than the {size} signed here, and shows no checkpoint that this log signed. The witness may be faulty or not to be trusted; signing goes on without it',
            'witness.differsUnproven':
                'It says that what it is given does not follow from what it witnessed (status {status}), and shows no checkpoint that this log signed and that differs. The witness may be faulty or not to be trusted; signing goes on without it',
            'log.entriesDiffer':
                'The entries here are not those that were signed, and no proof can be made of them: the database may be damaged or changed. Have the system administrator run npm run liuhen -- verify on the server, and compare-mirror where there is a mirror, which tells the entry',
            'mirror.entryTooLong': 'Entry {index} is longer than the form of mirrors allows (65,535 bytes)',
        },
        growthSave: 'Save the proof between these two',
        growthHow: 'Choose two checkpoints of one hash function to save the proof that the later contains the earlier unchanged',
        mirrors: 'Mirrors (each keeps every entry)',
        policySave: 'Save the file of keys',
        policyWhat:
            'The keys by which checkpoints and proofs are verified (C2SP tlog-policy). Hand it over apart from what is to be verified.',
        how: 'A checkpoint is a text in the format of C2SP. Kept by a higher office or elsewhere, it proves later what the log was. The same entries have a second checkpoint signed with SM2 over SM3; witnesses of other houses check the one of SHA-256 only. Choose two checkpoints to save the proof that the later contains the earlier unchanged.',
    },
};
