import type { Words } from './words.zh-CN.ts';

export const wordsEn: Words = {
    findings: {
        'log.indexGap':
            'the index does not follow: {expected} expected, {found} found (entries missing, repeated or out of order)',
        'log.leafMismatch': 'the stored leaf hash is not that of the entry',
        'log.chainMismatch': 'the chain value does not follow from the entry before',
        'log.notCanonical': 'the bytes are not in canonical form ({reason}): the entry was changed',
        'log.malformedEntry': 'not an entry of a known format ({reason}, {path}): the entry was changed',
        'log.badSignature': 'the signature does not fit the entry (key {key}): changed or forged',
        'log.unknownKey': 'signed by key {key}, which is not among the trusted ones',
        'log.columnMismatch': 'the column {column} says {stored}, the signed entry {signed}',
        'log.wrongOrg': 'the entry was signed for the log of another organisation: {found}',
        'log.bodyMismatch': 'the body is not the one the entry states: it was changed',
        'log.objectSequence': 'entries of object {object} are missing or repeated: number {expected} expected, {found} found',
        'log.objectLink': 'the entry names another predecessor of object {object} than the log has',
        'log.duplicateRowVersion': 'version {version} of {table} row {row} was entered before, at entry {earlier}',
        'log.rowVersionGap': 'versions of {table} row {row} do not follow: {expected} expected, {found} found',
        'log.contentConflict': 'content {sha256} contradicts what entry {earlier} says of it',
        'log.headMismatch':
            'the head does not fit the last entry ({what}): head {head}, log {log}; entries at the end may have been removed',
        'log.bodyMissing': 'the body is gone',
        'log.bodySurplus': 'a body without its entry: the entry may have been removed',
        'log.objectIndex': 'the list of entries of object {object} differs from the signed entry (number {seq})',
        'log.tallyMismatch':
            'the tally of entries {first} to {last} does not agree with them: lists by kind or person may leave some out',
        'log.checkpointRoot':
            'the first {size} entries do not have the root that was signed of them ({head}): some of them were changed',
        'log.checkpointNote': 'the checkpoint at {size} entries ({head}) does not say what is recorded of it',
        'log.checkpointSignature': 'the checkpoint at {size} entries ({head}) is signed by no key that this log introduces',
        'log.timeStampOther':
            'the time-stamp of the checkpoint at {size} entries ({head}) is about something else, or its time is not the one noted',
        'log.timeStampBroken':
            'the time-stamp of the checkpoint at {size} entries ({head}) cannot be read, or its signature is wrong',
        'log.timeStampPurpose':
            'the time-stamp of the checkpoint at {size} entries ({head}) is signed by a certificate that is not for time-stamps alone',
        'log.timeStampValidity':
            'the certificate behind the time-stamp of the checkpoint at {size} entries ({head}) was not valid at its time',
        'log.timeStampNotTrusted':
            'the time-stamp of the checkpoint at {size} entries ({head}) is not by an authority that is believed here',
        'log.cosignature': 'the cosignature of {witness} of the checkpoint at {size} entries ({head}) is not valid',
        'log.checkpointAhead':
            'a checkpoint ({head}) was signed of {size} entries and the log has fewer: entries at the end may be missing',
        'log.signedAhead':
            'the file of what was signed ({head}) says {size} entries and the log has fewer: the database may be an earlier copy, or entries at the end were removed',
        'log.signedDiffers':
            'the file of what was signed ({head}) has another root at {size} entries: one of them was changed, and the checkpoint may have been replaced',
        'log.treeNode': 'node {index} of level {level} of the tree ({head}) is missing or does not follow from the entries',
        'log.commandUnlogged': 'command {command} ({kind}) has run, and the log has no entry of it: it may have been removed',
        'key.misnamed': 'the name of key {key} does not follow from the key',
        'key.notIntroduced': 'no sound entry of the system log introduces key {key}',
        'key.introducedOtherwise': 'the system log introduces another key under the name {key}',
        'key.notTrusted':
            'key {key} of the database is not among the trusted ones; if it is an earlier one, give its public key with --key',
        'state.rowChanged': 'not as the log has it: changed without an entry',
        'state.rowMissing': 'in the log and not in the table: removed',
        'state.rowUnlogged': 'in the table and never in the log: added without an entry, or its entry was removed',
        'state.versionMismatch': 'version {version}, the log says {logged}',
        'content.noBlob': 'no row knows the content {sha256} of entry {index} any more',
        'content.noCopy': 'the content {sha256} is stored nowhere',
        'file.missing': 'the file is gone',
        'file.notAFile': 'no regular file stands there',
        'file.sizeChanged': 'wrong size: {expected} bytes by the log, {found} found',
        'file.changed': 'chunk {chunk} (of 4 MiB, from 0) was changed, bytes {from} up to {to}',
        'file.digestMismatch':
            'wrong digest: {expected} by the log, {found} found; the list of chunks is unusable too, so no place can be named',
        'file.chunkListDamaged': 'the list of chunk digests beside the file is missing or not that of the log',
        'file.unlogged': 'no sound entry of the log vouches for it',
        'file.badKey': 'the place noted for it is none: {key}',
        'database.damaged':
            'the database itself is damaged or holds a value the system cannot have written ({reason}); what follows was not checked',
    },
    gaps: {
        'gap.storeNotMounted': 'store {folder} is not mounted or not readable; its files were not checked',
        'gap.wrongStore': 'store {folder} is not the one of this installation; its files were not checked',
        'gap.storeUnknown': 'the id of the store is lost: nothing proves that {folder} is the right one',
        'gap.unknownStore': 'copies in store {store} were not checked: it is not at hand',
        'gap.fileUnreadable': 'the file {path} cannot be read ({reason})',
        'gap.signedUnreadable': 'the file {file} of what was signed cannot be read and was not compared with the log',
        'gap.folderUnreadable': 'the folder {path} cannot be read ({reason})',
        'gap.databaseLost': 'the connection to the database was lost; what follows was not checked',
        'gap.interrupted': 'interrupted; what follows was not checked',
    },
    outcome: {
        sound: 'Everything agrees: log, data and files are as they were entered',
        wrong: '{total} findings',
        incomplete: 'All that could be seen agrees, but {gaps} things could not be checked',
    },
    system: 'system log',
    organisation: 'organisation {org}',
    log: '{name}: {size} entries, root {root}, {state}',
    logSound: 'agrees',
    logWrong: '{count} findings',
    rows: '{tables} tables, {rows} rows',
    files: '{contents} contents in the log, {copies} copies, {hashed} of them read byte by byte ({bytes}), {quarantined} quarantined',
    sample: 'Sample: {percent}% of the files read byte by byte; of the others presence, size and chunk list',
    unreferenced: '{count} more files ({bytes}) that no row names, mostly left by interrupted uploads; no finding:',
    keys: {
        file: 'Keys from the data folder: {ids}',
        given: 'Keys you gave: {ids}',
        both: 'Keys from the data folder and those you gave: {ids}',
    },
    keysFromDatabase:
        'Mind: keys taken from the database itself: a forger of the database could have replaced them. Give a public key kept elsewhere with --key',
    findingsTitle: 'Findings:',
    gapsTitle: 'Not checked:',
    colon: ': ',
    more: '… and {count} more, not listed',
    places: {
        entry: '{name}, entry {index}',
        row: '{name}, table {table}, row {id}',
        file: '{name}, file {path}',
        content: '{name}, content in the log',
        of: ' (recording {recordings})',
        ofDocuments: ' (document {documents})',
        key: 'signing key',
        command: '{name}, command',
        database: 'database',
    },
    progress: { log: 'log {read}/{size}', tables: 'tables', files: 'files {read}/{size}' },
    took: 'Took {seconds} s',
};
