import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { PrintKind, ScanRole } from './document-paper.ts';

/**
 * How a scan agrees with what was printed, by the codes on its sheets. None of them refuses the scan.
 *
 * `waiting`: its codes are being read · `matches`: every page of one version, in order, none twice · `settled`: as much, with what a
 * person said about some sheets · `pagesWrong`: pages missing, twice or out of order · `notReadable`: its pages could not be made
 * visible · `programMissing`: nothing is installed that could · `notRead`: no code is expected on what it is · `damaged`: its stored
 * bytes are not what came in.
 */
export const SCAN_FINDINGS = [
    'waiting',
    'matches',
    'settled',
    'pagesWrong',
    'digestDiffers',
    'otherDocument',
    'olderPrint',
    'draftPrint',
    'noCode',
    'notReadable',
    'programMissing',
    'notRead',
    'damaged',
] as const;
export type ScanFinding = (typeof SCAN_FINDINGS)[number];

/** What the findings come to: `bound` to the printed version, or for a person to look at. */
export const SCAN_STANDINGS = ['waiting', 'bound', 'review', 'notRead', 'notExpected', 'damaged'] as const;
export type ScanStanding = (typeof SCAN_STANDINGS)[number];

/** What was read on one sheet. `blank` is the empty back of one; `severalCodes` are of ours and disagree. */
export const SHEET_FINDINGS = [
    'matches',
    'olderPrint',
    'draftPrint',
    'otherDocument',
    'unknownPrint',
    'digestDiffers',
    'severalCodes',
    'pageUnknown',
    'noCode',
    'notReadable',
    'blank',
] as const;
export type SheetFinding = (typeof SHEET_FINDINGS)[number];

/** A person's word about a sheet: it is that page, or it belongs to nothing. */
export type SheetSettled = {
    readonly as: 'page' | 'notPart';
    readonly page: number | null;
    readonly by: Id;
    readonly at: Instant;
    readonly reason: string;
};

/** One side of paper, counted from 1 as it lies in the scan. */
export type ScanSheet = {
    readonly sheet: number;
    readonly finding: SheetFinding;
    readonly printId: Id | null;
    readonly page: number | null;
    readonly settled: SheetSettled | null;
};

/** All that was read and said about a scan. */
export type ScanReading = {
    readonly sheets: readonly ScanSheet[];
    /** Pages of the version; null while no sheet names one that was printed. */
    readonly pages: number | null;
    /** That they lie in another order is accepted, with the reason. */
    readonly order: Omit<SheetSettled, 'as' | 'page'> | null;
};

/** Which sheets the code of a page is expected on: the rest comes from elsewhere. */
export const hasCodes = (role: ScanRole): boolean => role === 'signed' || role === 'sealed';

/** A print as the reading of a scan sees it. */
export type ScannedPrint = {
    readonly id: Id;
    readonly documentId: Id;
    readonly revision: number;
    readonly kind: PrintKind;
    readonly digest: string;
    readonly pages: number | null;
};
