import {
    PACKAGE_FINDINGS,
    PACKAGE_RESULTS,
    type PackageFindingCode,
    type PackageResult,
} from '../proof/package/package-findings.ts';

/** Everything that can be found of the record of a sample, beside what is found of entries, and what it makes of it. */
export const RECORD_FINDINGS = {
    /** More bytes than any record has. */
    'record.tooLong': 'unreadable',
    /** It begins like a record and ends in the middle. */
    'record.truncated': 'unreadable',
    'record.notJson': 'unreadable',
    /** Not byte for byte as it was handed out: written anew by another program, or a member stands there twice. */
    'record.notCanonical': 'unreadable',
    /** JSON of something else, or of a later form; `about` says what it calls itself. */
    'record.otherFormat': 'unreadable',
    /** A member is missing, surplus, or not what it must be; `about` is its path. */
    'record.shape': 'unreadable',
    /** The rules contradict themselves (`about` says how), or are not in their one form. */
    'record.rules': 'invalid',
    'record.rulesDigest': 'invalid',
    /** A value that was announced and is missing, or given and not announced. */
    'record.publicValue': 'invalid',
    /** Fixed when the period was over. */
    'record.committedLate': 'invalid',
    'record.drawnEarly': 'invalid',
    /** Seed and rules do not give the commitment. */
    'record.seed': 'invalid',
    /** An act stands in the list twice; `about` are numbers. */
    'record.frameTwice': 'invalid',
    'record.frameOrder': 'invalid',
    /** An act of an organisation or kind that the rules leave out; `about` are numbers. */
    'record.frameForeign': 'invalid',
    'record.frameDigest': 'invalid',
    /** Rules and list ask for more acts than any sample has. */
    'record.sampleTooLarge': 'invalid',
    /** Drawn again another act stands at some places. */
    'record.sample': 'invalid',
    /** The same acts, and other counts of strata or another list of what was not drawn from. */
    'record.counts': 'invalid',
    /** No entries of the log, or not those of this draw: nothing shows when the seed was fixed. */
    'record.noLog': 'incomplete',
    'record.drawNotInLog': 'incomplete',
    /** An entry without its bytes, its words or its proof; `about` is the path. */
    'record.logFileMissing': 'incomplete',
    /** The log says something else; `about` is what. */
    'record.logDiffers': 'invalid',
    /** Enough witnesses saw the commitment only when the period was over. */
    'record.seenLate': 'incomplete',
    /** The log names campaigns over the same days that the record leaves out; `about` are numbers. */
    'record.parallelMissing': 'invalid',
} as const satisfies Record<string, PackageResult>;
export type RecordFindingCode = keyof typeof RECORD_FINDINGS;

export type RecordFinding = { readonly code: RecordFindingCode | PackageFindingCode; readonly about?: string };

/** The worst of what was found. */
export const recordResultOf = (findings: readonly RecordFinding[]): PackageResult => {
    const all: Readonly<Record<string, PackageResult>> = { ...RECORD_FINDINGS, ...PACKAGE_FINDINGS };
    const worst = Math.max(0, ...findings.map(({ code }) => PACKAGE_RESULTS.indexOf(all[code] ?? 'unreadable')));
    return PACKAGE_RESULTS[worst] ?? 'unreadable';
};

/** What no record proves, or this one does not. */
export const RECORD_NOT_PROVEN = [
    /** That every act was entered in the system at all: the list holds those that were. */
    'registered',
    /** That the verifier is sound, where it came with the record. */
    'verifier',
    /** That the announced value was the one that came out. */
    'publicValue',
    /** That whoever runs the system did not choose among seeds before one was fixed: no public value was mixed in. */
    'seedMaker',
    /** Times and the list as it was drawn: there are no entries of the log that hold. */
    'log',
    /** Times are those of the server: no witness saw the commitment before the period ended. */
    'times',
    /** The keys are those that the record itself names. */
    'keys',
    /** Which other campaigns there were: the record does not say. */
    'parallelUnsaid',
    /** Campaigns over the same days that were fixed after the draw, and what became of all of them since. */
    'parallelSince',
] as const;
export type RecordNotProven = (typeof RECORD_NOT_PROVEN)[number];
