import type { Id, Instant } from '@liuhen/domain';
import type { LedgerFinding, LedgerReport } from '../features/ledger/verify-report.ts';

export type Params = Readonly<Record<string, string | number>>;

export type RecordingRef = { readonly id: Id; readonly name: string };
/** `name`: its title, with its number where it has one. */
export type DocumentRef = { readonly id: Id; readonly name: string };
/** What was made of some content: recordings, and documents whose scan, print or signed copy it is, papers of confirmations and of devices. */
export type Uses = { readonly recordings: readonly RecordingRef[]; readonly documents: readonly DocumentRef[] };
export const NO_USE: Uses = { recordings: [], documents: [] };

/**
 * What can be wrong beyond the logs and the rows:
 *
 * | code | meaning | params |
 * |---|---|---|
 * | `log.commandUnlogged` | a command has run and no log has its entry | command, kind |
 * | `content.noBlob` | the log vouches for content that no row knows | sha256, index |
 * | `content.noCopy` | content without any place where it is stored | sha256 |
 * | `file.missing` | the stored file is gone | |
 * | `file.notAFile` | something else stands in its place (a link, a folder) | |
 * | `file.sizeChanged` | another number of bytes | expected, found |
 * | `file.changed` | bytes are not those of the log: chunk number `chunk` (from 0), bytes `from` up to, not including, `to` | chunk, from, to |
 * | `file.digestMismatch` | bytes are not those of the log; the list of chunks is lost or wrong too, so no place can be named | expected, found |
 * | `file.chunkListDamaged` | the list of chunk digests beside the file is missing or not that of the log | |
 * | `file.unlogged` | stored content of which no sound entry of the log knows | sha256 |
 * | `file.badKey` | the place noted for a copy is none that a store gives | key |
 * | `database.damaged` | the database cannot read what it stored, or holds a value that no command can have written | reason |
 */
export type FileFindingCode =
    | 'content.noBlob'
    | 'content.noCopy'
    | 'file.missing'
    | 'file.notAFile'
    | 'file.sizeChanged'
    | 'file.changed'
    | 'file.digestMismatch'
    | 'file.chunkListDamaged'
    | 'file.unlogged'
    | 'file.badKey';

/** `path` is relative to the data folder; empty for content without a place. */
export type FileFinding = Uses & {
    readonly about: 'file';
    readonly code: FileFindingCode;
    readonly org: Id;
    readonly path: string;
    readonly params: Params;
};

export type Finding =
    | LedgerFinding
    | FileFinding
    | { readonly about: 'command'; readonly code: 'log.commandUnlogged'; readonly org: Id; readonly params: Params }
    | { readonly about: 'database'; readonly code: 'database.damaged'; readonly params: Params };

export type FindingCode = Finding['code'];

/** What could not be looked at. None of these says that anything is wrong. */
export type GapCode =
    | 'gap.storeNotMounted'
    | 'gap.wrongStore'
    | 'gap.unknownStore'
    | 'gap.storeUnknown'
    | 'gap.fileUnreadable'
    | 'gap.folderUnreadable'
    | 'gap.signedUnreadable'
    | 'gap.databaseLost'
    | 'gap.interrupted';
export type Gap = { readonly code: GapCode; readonly params: Params };

export type FileSummary = {
    /** Contents the logs vouch for. */
    contents: number;
    /** Copies named by rows, and those of them whose every byte was read. */
    copies: number;
    hashed: number;
    bytes: bigint;
    /** Uploads kept aside because their bytes were not those declared; read like all others. */
    quarantined: number;
    /** Objects that no row names, left by an interrupted intake: no error. `first` has at most 100 of them. */
    unreferenced: { count: number; bytes: bigint; first: string[] };
};

/** Where the believed keys come from: the data folder, the caller, or the verified database itself. */
export type KeySource = 'file' | 'given' | 'database';

export type InstallationReport = {
    /** `wrong` when anything is wrong, else `incomplete` when anything could not be checked. */
    readonly outcome: 'sound' | 'wrong' | 'incomplete';
    readonly startedAt: Instant;
    readonly endedAt: Instant;
    readonly keys: { readonly ids: readonly string[]; readonly sources: readonly KeySource[] };
    /** Empty when the check of the logs did not come to its end. */
    readonly logs: LedgerReport['logs'];
    readonly tables: LedgerReport['tables'];
    readonly files: FileSummary;
    /** Part of the files whose bytes were read, 0 to 1; existence and size are looked at for all. */
    readonly sample: number;
    /** The first findings; `total` counts all. */
    readonly findings: readonly Finding[];
    readonly total: number;
    readonly gaps: readonly Gap[];
    readonly gapTotal: number;
};

export type Progress =
    | { readonly step: 'log' | 'tables'; readonly org: Id; readonly read: bigint; readonly size: bigint }
    /** In bytes. */
    | { readonly step: 'files'; readonly read: bigint; readonly size: bigint };

/** Counts everything and keeps the first of each, so that a wholly broken installation still gives a report. */
export type Account = {
    find(finding: Finding): void;
    /** Findings counted elsewhere and not kept there. */
    addUnnamed(count: number): void;
    gap(code: GapCode, params?: Params): void;
    close(): Pick<InstallationReport, 'outcome' | 'findings' | 'total' | 'gaps' | 'gapTotal'>;
};

export function openAccount(keep = 1_000): Account {
    const findings: Finding[] = [];
    const gaps: Gap[] = [];
    let total = 0;
    let gapTotal = 0;
    return {
        find(finding) {
            total++;
            if (findings.length < keep) findings.push(finding);
        },
        addUnnamed(count) {
            total += count;
        },
        gap(code, params = {}) {
            gapTotal++;
            if (gaps.length < keep) gaps.push({ code, params });
        },
        close: () => ({
            outcome: total > 0 ? 'wrong' : gapTotal > 0 ? 'incomplete' : 'sound',
            findings,
            total,
            gaps,
            gapTotal,
        }),
    };
}
