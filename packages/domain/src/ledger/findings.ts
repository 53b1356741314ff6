/**
 * What a verifier can find wrong with a log. Each finding names one entry and one thing about it; `params` fill its sentence.
 *
 * | code | meaning | params |
 * |---|---|---|
 * | `log.indexGap` | the index does not follow the one before: entries are missing, repeated or out of order | expected, found |
 * | `log.leafMismatch` | the stored leaf is not the hash of the stored bytes | stored, computed |
 * | `log.chainMismatch` | the stored chain value does not follow from the one before | stored, computed |
 * | `log.notCanonical` | the bytes are not canonical JSON | reason (a `canonical.*` code) |
 * | `log.malformedEntry` | canonical, but not an entry of a known format | reason (an `entry.*` code), path |
 * | `log.badSignature` | the application's signature does not fit the bytes | key |
 * | `log.unknownKey` | nobody told the verifier that key | key |
 * | `log.columnMismatch` | an index column beside the signed bytes says something else | column, stored, signed |
 * | `log.wrongOrg` | the entry was signed for another organisation's log | expected, found |
 * | `log.bodyMismatch` | the body, with its salt, is not the one the entry states | stated, computed |
 * | `log.objectSequence` | entries of an object are missing or repeated | object, expected, found |
 * | `log.objectLink` | the entry names another predecessor of its object than the log has | object, expected, found |
 * | `log.duplicateRowVersion` | a row version was already reached | table, row, version, earlier (index) |
 * | `log.rowVersionGap` | a row version does not follow | table, row, expected, found |
 * | `log.contentConflict` | the same SHA-256 was entered with another size, SM3 or chunk root | sha256, earlier (index) |
 * | `log.headMismatch` | the head does not fit the last entry | what (size, chain), head, log |
 */
export type LogFindingCode =
    | 'log.indexGap'
    | 'log.leafMismatch'
    | 'log.chainMismatch'
    | 'log.notCanonical'
    | 'log.malformedEntry'
    | 'log.badSignature'
    | 'log.unknownKey'
    | 'log.columnMismatch'
    | 'log.wrongOrg'
    | 'log.bodyMismatch'
    | 'log.objectSequence'
    | 'log.objectLink'
    | 'log.duplicateRowVersion'
    | 'log.rowVersionGap'
    | 'log.contentConflict'
    | 'log.headMismatch';

/** `idx` is the entry's index in its log; for the head, the number of entries. */
export type LogFinding = {
    readonly code: LogFindingCode;
    readonly idx: bigint;
    readonly params: Readonly<Record<string, string | number>>;
};

/** Takes one finding about the entry at hand. */
export type Report = (code: LogFindingCode, params: Readonly<Record<string, string | number>>) => void;

/** What is wrong with a row of the state tables, compared with the log. */
export type StateFindingCode = 'state.rowChanged' | 'state.rowMissing' | 'state.rowUnlogged' | 'state.versionMismatch';
