import { creditCodeFault, normaliseCreditCode } from './credit-code.ts';
import type { GradeColumn, ImportColumn } from './import-columns.ts';
import type { ImportProblem, ImportReason } from './import-reason.ts';

/** A cell as the file has it. A number is one of a spreadsheet; what a formula shows is not taken for what it says. */
export type ImportCell = { readonly text: string; readonly form: 'text' | 'number' | 'day' | 'formula' | 'error' };

export type Cells<C> = ReadonlyMap<C, ImportCell>;

/** Notes why something is not taken, and stands for it: nothing. */
export type Refuse<C> = (problem: ImportProblem, column: C, params?: ImportReason['params']) => null;

export const refusing =
    <C extends ImportColumn | GradeColumn>(reasons: ImportReason[]): Refuse<C> =>
    (problem, column, params) => {
        reasons.push({ problem, column, ...(params === undefined ? {} : { params }) });
        return null;
    };

/** Whether something is wrong with a cell already: what follows from that is not said again. */
export const isRefused = (reasons: readonly ImportReason[], ...columns: readonly (ImportColumn | GradeColumn)[]): boolean =>
    reasons.some(({ column }) => column !== undefined && columns.includes(column));

/** Cells that show something else than they hold. */
export function refuseForms<C>(cells: Cells<C>, columns: readonly C[], refuse: Refuse<C>): void {
    for (const column of columns) {
        const form = cells.get(column)?.form;
        if (form === 'formula') refuse('formula', column);
        if (form === 'error') refuse('cellError', column, { value: cells.get(column)?.text ?? '' });
    }
}

/**
 * Marks without width that come along from web pages and word processors: two names that differ by one of them look the same
 * and would be two parties. Variation selectors stay, they say which form of a rare character is meant.
 */
const UNSEEN = /[\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFEFF]/g;

/** A text as people read it, in one line. */
export const seenText = (text: string): string =>
    text
        .replace(UNSEEN, '')
        .normalize('NFC')
        .replace(/[\r\n\t]+/g, ' ')
        .trim();

/** What stands in a cell; empty says nothing. */
export function textOf<C>(cells: Cells<C>, column: C, most: number, refuse: Refuse<C>): string | null {
    const cell = cells.get(column);
    if (cell === undefined || cell.form === 'formula' || cell.form === 'error') return null;
    const value = seenText(cell.text);
    if (value === '') return null;
    if (/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFFFD]/u.test(value)) return refuse('characters', column);
    return [...value].length > most ? refuse('tooLong', column, { most }) : value;
}

const CODE_PROBLEMS = { length: 'codeLength', character: 'codeCharacter', checkCharacter: 'codeCheck' } as const;

/** The credit code of a cell, as it is registered. */
export function codeOf<C extends 'creditCode'>(
    cell: ImportCell | undefined,
    value: string | null,
    refuse: Refuse<C>,
): string | null {
    if (value === null) return null;
    const code = normaliseCreditCode(value);
    const fault = creditCodeFault(code);
    // A spreadsheet keeps 15 figures of a number: the end of the code is gone, not mistyped.
    if (fault !== undefined && (cell?.form === 'number' || /^[\d.]+E\+\d+$/i.test(value)))
        return refuse('codeAsNumber', 'creditCode' as C);
    return fault === undefined ? code : refuse(CODE_PROBLEMS[fault], 'creditCode' as C, { value: code });
}
