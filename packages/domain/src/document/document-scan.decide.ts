import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type {
    ScanFinding,
    ScannedPrint,
    ScanReading,
    ScanSheet,
    ScanStanding,
    SheetFinding,
    SheetSettled,
} from './document-scan.ts';
import { type ReadPrintCode, readPrintCode } from './print/print-code.ts';

/** What a scan may be, by its first bytes: nothing is believed of a name or a declared type. */
const SIGNATURES: readonly { readonly type: string; readonly bytes: readonly number[] }[] = [
    { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
    { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
    { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];

/** What many scanners make of several pages: browsers do not show it, so that nobody could look at what is bound to a document. */
const TIFF: readonly (readonly number[])[] = [
    [0x49, 0x49, 0x2a, 0x00],
    [0x4d, 0x4d, 0x00, 0x2a],
    [0x49, 0x49, 0x2b, 0x00],
    [0x4d, 0x4d, 0x00, 0x2b],
];

/** A scan of forty pages in colour. */
export const MOST_SCAN_BYTES = 64 * 1024 * 1024;

/** Throws `document.scanTiff` or, for anything else but PDF, JPEG and PNG, `document.scanWrongKind`. */
export function mediaTypeOf(head: Uint8Array): string {
    const begins = (bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte);
    const known = SIGNATURES.find(({ bytes }) => begins(bytes));
    if (known === undefined && TIFF.some(begins)) throw new DomainError('document.scanTiff');
    if (known === undefined) throw new DomainError('document.scanWrongKind');
    return known.type;
}

/** What was seen on a sheet: its codes, and how much of it is ink, in ten thousandths. */
export type SheetSeen = { readonly codes: readonly string[]; readonly ink: number };

/** Dust and the shadow of an edge are less; a line of words is more. */
const BLANK_INK = 3;

const oursAmong = ({ codes }: SheetSeen): ReadPrintCode[] => codes.flatMap((code) => readPrintCode(code) ?? []);

/** Prints that the codes of a scan name: what has to be known to judge it. */
export const printsNamed = (sheets: readonly SheetSeen[]): Id[] => [
    ...new Set(sheets.flatMap((sheet) => oursAmong(sheet).map(({ print }) => print))),
];

/**
 * Judges each sheet by the code on it. `whole` is false where the file could not be taken to its end; that is one more sheet, which
 * nobody saw.
 */
export function judgeSheets(
    document: { readonly id: Id; readonly revision: number },
    seen: { readonly sheets: readonly SheetSeen[]; readonly whole: boolean },
    prints: readonly ScannedPrint[],
): ScanReading {
    const known = new Map(prints.map((print) => [print.id, print]));
    const read = seen.sheets.map((each, index): ScanSheet => {
        const codes = oursAmong(each);
        const [code] = codes;
        const base = { sheet: index + 1, printId: null, page: null, settled: null };
        if (code === undefined) return { ...base, finding: each.ink < BLANK_INK ? 'blank' : 'noCode' };
        if (codes.length > 1) return { ...base, finding: 'severalCodes' };
        const print = known.get(code.print);
        const finding = findingOf(document, print, code);
        return { ...base, finding, printId: print?.id ?? null, page: code.page };
    });
    const unseen: ScanSheet = { sheet: read.length + 1, finding: 'notReadable', printId: null, page: null, settled: null };
    const sheets = seen.whole ? read : [...read, unseen];
    return { sheets, pages: pagesOf(sheets, known), order: null };
}

function findingOf(
    document: { readonly id: Id; readonly revision: number },
    print: ScannedPrint | undefined,
    { digest, page }: ReadPrintCode,
): SheetFinding {
    if (print === undefined) return 'unknownPrint';
    if (print.documentId !== document.id) return 'otherDocument';
    if (print.digest !== digest) return 'digestDiffers';
    if (print.kind === 'draft') return 'draftPrint';
    if (print.revision !== document.revision) return 'olderPrint';
    return page === null || (print.pages !== null && page > print.pages) ? 'pageUnknown' : 'matches';
}

/** The same version printed twice has the same pages, so that any of its prints says how many they are. */
function pagesOf(sheets: readonly ScanSheet[], known: ReadonlyMap<Id, ScannedPrint>): number | null {
    const named = sheets.flatMap((each) => (each.printId === null || !PRINTED.includes(each.finding) ? [] : [each.printId]));
    return named.map((id) => known.get(id)?.pages ?? null).find((pages) => pages !== null) ?? null;
}
const PRINTED: readonly SheetFinding[] = ['matches', 'pageUnknown', 'olderPrint'];

export type ScanVerdict = {
    readonly finding: ScanFinding;
    readonly standing: ScanStanding;
    readonly missing: readonly number[];
    readonly twice: readonly number[];
    readonly disordered: boolean;
};

/** Worst first: what a scan is called by. */
const FAULTS: readonly (readonly [SheetFinding, ScanFinding])[] = [
    ['digestDiffers', 'digestDiffers'],
    ['otherDocument', 'otherDocument'],
    ['unknownPrint', 'otherDocument'],
    ['severalCodes', 'otherDocument'],
    ['draftPrint', 'draftPrint'],
    ['olderPrint', 'olderPrint'],
    ['notReadable', 'notReadable'],
    ['pageUnknown', 'noCode'],
    ['noCode', 'noCode'],
];

/** Whether all pages of the printed version are there, in order and none twice, and what stands against it. */
export function judgeScan({ sheets, pages, order }: ScanReading): ScanVerdict {
    const open = sheets.filter((each) => each.settled === null);
    const fault = FAULTS.find(([finding]) => open.some((each) => each.finding === finding))?.[1];
    const found = sheets.flatMap((each) => pageOf(each) ?? []);
    const missing = Array.from({ length: pages ?? 0 }, (_, index) => index + 1).filter((page) => !found.includes(page));
    const twice = [...new Set(found.filter((page, at) => found.indexOf(page) !== at))].sort((a, b) => a - b);
    const disordered = order === null && found.some((page, at) => page < (found[at - 1] ?? 0));
    const complete = pages !== null && missing.length === 0 && twice.length === 0 && !disordered;
    const settled = order !== null || open.length < sheets.length;
    const finding = fault ?? (found.length === 0 ? 'noCode' : complete ? (settled ? 'settled' : 'matches') : 'pagesWrong');
    return { finding, standing: standingOf(finding), missing, twice, disordered };
}

/** Which page a sheet counts as; a blank back and what belongs to nothing is none. */
function pageOf({ finding, page, settled }: ScanSheet): number | undefined {
    if (settled !== null) return settled.page ?? undefined;
    return finding === 'matches' ? (page ?? undefined) : undefined;
}

const STANDINGS: Readonly<Record<ScanFinding, ScanStanding>> = {
    waiting: 'waiting',
    matches: 'bound',
    settled: 'bound',
    pagesWrong: 'review',
    digestDiffers: 'review',
    otherDocument: 'review',
    olderPrint: 'review',
    draftPrint: 'review',
    noCode: 'review',
    notReadable: 'review',
    programMissing: 'notRead',
    notRead: 'notExpected',
    damaged: 'damaged',
};
export const standingOf = (finding: ScanFinding): ScanStanding => STANDINGS[finding];

/** What a code says for certain, no person says otherwise: such a sheet is at most no part of the document. */
const CERTAIN: readonly SheetFinding[] = ['otherDocument', 'unknownPrint', 'digestDiffers', 'draftPrint'];
export const isCertain = (finding: SheetFinding): boolean => CERTAIN.includes(finding);

/** Reading failed for no reason of the paper's: nothing was installed, the file was not whole, its pages not to be seen. */
const AGAIN: readonly ScanFinding[] = ['programMissing', 'notReadable', 'damaged'];
export const isReadableAgain = (finding: ScanFinding): boolean => AGAIN.includes(finding);

export type ScanSettling =
    | { readonly as: 'page'; readonly sheet: number; readonly page: number }
    | { readonly as: 'notPart'; readonly sheet: number }
    | { readonly as: 'order' };

/**
 * A person says what a sheet is, with the reason. Throws `document.scanNotInReview`, `document.scanNoSuchSheet`,
 * `document.scanNoSuchPage` or `document.scanCodeIsCertain`.
 */
export function settleScan(
    reading: ScanReading,
    settling: ScanSettling,
    said: Pick<SheetSettled, 'by' | 'at' | 'reason'>,
    /** Pages of the version as it stands, for a scan on which no code could be read. */
    pages: number | null,
): ScanReading {
    const verdict = judgeScan(reading);
    if (verdict.standing !== 'review') throw new DomainError('document.scanNotInReview');
    if (settling.as === 'order') {
        if (!verdict.disordered) throw new DomainError('document.scanNotInReview');
        return { ...reading, order: said };
    }
    const at = reading.sheets.findIndex((each) => each.sheet === settling.sheet);
    const sheet = reading.sheets[at];
    if (sheet === undefined) throw new DomainError('document.scanNoSuchSheet');
    const all = reading.pages ?? pages;
    if (settling.as === 'page') {
        if (isCertain(sheet.finding)) throw new DomainError('document.scanCodeIsCertain');
        if (all === null || settling.page > all) throw new DomainError('document.scanNoSuchPage', { pages: all ?? 0 });
    }
    const settled = { as: settling.as, page: settling.as === 'page' ? settling.page : null, ...said };
    return { ...reading, pages: all, sheets: reading.sheets.with(at, { ...sheet, settled }) };
}

/**
 * A role whose scans all need a look keeps a document from its file; one that is bound makes up for others that are not. Throws
 * `document.scanNeedsReview`.
 */
export function decideScansForFiling(scans: readonly { readonly role: string; readonly finding: ScanFinding }[]): void {
    const of = (standing: ScanStanding) => scans.filter((each) => standingOf(each.finding) === standing);
    const bound = new Set(of('bound').map(({ role }) => role));
    const open = of('review').filter(({ role }) => !bound.has(role));
    if (open.length > 0) throw new DomainError('document.scanNeedsReview', { count: open.length });
}
