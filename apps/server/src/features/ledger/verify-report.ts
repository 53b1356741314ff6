import type { Id, KnownContent, LogFindingCode, StateFindingCode } from '@liuhen/domain';

/**
 * What the server's check finds beside the domain's codes:
 *
 * | code | meaning | params |
 * |---|---|---|
 * | `log.bodyMissing` | the body of an entry is not there | |
 * | `log.bodySurplus` | a body belongs to no entry | |
 * | `log.objectIndex` | the list of one object's entries is not what the entry says | object, seq |
 * | `log.tallyMismatch` | the tally of a full block is not what its entries say; `index` is its first entry | first, last |
 * | `log.checkpointRoot` | the entries do not have the root that was signed of so many; `index` is that number | size, head |
 * | `log.checkpointNote` | the signed note does not say what stands beside it | size, head |
 * | `log.checkpointSignature` | no key that the log introduces signed the checkpoint | size, head |
 * | `log.checkpointAhead` | more entries were signed than there are | size, head |
 * | `log.signedAhead` | by the signer's own file more entries were signed than there are | size, head |
 * | `log.signedDiffers` | by the signer's own file another root was signed of so many entries | size, head |
 * | `log.cosignature` | what is kept as a witness's signature of the checkpoint is none | size, head, witness |
 * | `log.timeStampOther` | a time-stamp is about something else than the checkpoint beside it | size, head |
 * | `log.timeStampBroken` | what is kept as a time-stamp cannot be read, or its signature is wrong | size, head |
 * | `log.timeStampPurpose` | it is signed by a certificate that is not for time-stamps | size, head |
 * | `log.timeStampValidity` | the certificate was not valid at its time | size, head |
 * | `log.timeStampNotTrusted` | it leads to no authority that is believed here | size, head |
 * | `log.treeNode` | a kept node of the tree does not follow from the entries, or is missing | level, index, head |
 * | `key.misnamed` | a key's name does not follow from the key | key |
 * | `key.notIntroduced` | no sound entry of the system log introduces the key | key |
 * | `key.introducedOtherwise` | the system log introduces another key under this name | key |
 * | `key.notTrusted` | the key is none of those the caller trusts | key |
 */
export type KeyFindingCode = 'key.misnamed' | 'key.notIntroduced' | 'key.introducedOtherwise' | 'key.notTrusted';
export type CheckpointFindingCode =
    | 'log.checkpointRoot'
    | 'log.checkpointNote'
    | 'log.checkpointSignature'
    | 'log.checkpointAhead'
    | 'log.signedAhead'
    | 'log.signedDiffers'
    | 'log.cosignature'
    | 'log.timeStampOther'
    | 'log.timeStampBroken'
    | 'log.timeStampPurpose'
    | 'log.timeStampValidity'
    | 'log.timeStampNotTrusted'
    | 'log.treeNode';
export type IndexFindingCode =
    | 'log.bodyMissing'
    | 'log.bodySurplus'
    | 'log.objectIndex'
    | 'log.tallyMismatch'
    | CheckpointFindingCode;

type Params = Readonly<Record<string, string | number>>;

/** One wrong thing, named: an entry by log and index, a row by table and id, a key by its name. */
export type LedgerFinding =
    | {
          readonly about: 'log';
          readonly code: LogFindingCode | IndexFindingCode;
          readonly org: Id;
          readonly index: bigint;
          readonly params: Params;
      }
    | {
          readonly about: 'row';
          readonly code: StateFindingCode;
          readonly org: Id;
          readonly table: string;
          readonly id: Id;
          /** `logged`: version by the log; `version`: by the table; `index`: the last entry about the row. */
          readonly params: Params;
      }
    | { readonly about: 'key'; readonly code: KeyFindingCode; readonly params: Params };

/** One log as it was read. `root` (RFC 6962 over the stored bytes) and `chain` in hex, to be compared with a checkpoint. */
export type LogSummary = {
    readonly org: Id;
    readonly name: string | null;
    readonly size: bigint;
    readonly root: string;
    readonly chain: string;
    readonly findings: number;
};

/** Content that a log vouches for; whoever has the files compares them with this. */
export type LoggedContent = KnownContent & { readonly org: Id };

export type LedgerReport = {
    readonly logs: readonly LogSummary[];
    readonly tables: readonly { readonly table: string; readonly rows: number }[];
    /** The first findings; `total` counts them all. Sound means none. */
    readonly findings: readonly LedgerFinding[];
    readonly total: number;
    readonly sound: boolean;
    readonly contents: readonly LoggedContent[];
};

/** Counts every finding and keeps the first, so that a wholly broken database still gives a report. */
export function createFindings(keep: number) {
    const findings: LedgerFinding[] = [];
    let total = 0;
    return {
        add(finding: LedgerFinding): void {
            total++;
            if (findings.length < keep) findings.push(finding);
        },
        /** Findings that were counted elsewhere and not kept there. */
        addUnnamed(count: number): void {
            total += count;
        },
        total: () => total,
        close: () => ({ findings, total, sound: total === 0 }),
    };
}

export type Findings = ReturnType<typeof createFindings>;
