import type { GradeColumn, ImportColumn } from './import-columns.ts';

/** Why a row or a cell is not taken. */
export const IMPORT_PROBLEMS = [
    'nameMissing',
    'tooLong',
    'characters',
    'formula',
    'cellError',
    'kindUnknown',
    'kindMissing',
    'codeMissing',
    'codeLength',
    'codeCharacter',
    'codeCheck',
    'codeAsNumber',
    'dayWrong',
    'specialityUnknown',
    'licenceIncomplete',
    'termWrong',
    'premisesIncomplete',
    'twice',
    'contradicts',
    'ambiguous',
    'merged',
    'licenceTaken',
    'changedSince',
    'partyMissing',
    'partyUnknown',
    'nameDiffers',
    'sameNames',
    'gradeMissing',
    'gradeUnknown',
    'dayMissing',
    'dayInFuture',
] as const;
export type ImportProblem = (typeof IMPORT_PROBLEMS)[number];

export type ImportReason = {
    readonly problem: ImportProblem;
    readonly column?: ImportColumn | GradeColumn;
    readonly params?: Readonly<Record<string, string | number>>;
};
