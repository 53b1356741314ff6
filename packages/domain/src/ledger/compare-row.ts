import type { StateFindingCode } from './findings.ts';

/**
 * Compares a row of the database with what the log says of it. `expected` is undefined when no entry names the row,
 * `actual` when the table has no such row; `actual.sha256` is undefined when the row cannot even be digested (its values
 * have no canonical form), which no command can have written. `undefined` means: as the log says.
 */
export function compareRow(
    expected: { readonly version: number; readonly sha256: string } | undefined,
    actual: { readonly version: number; readonly sha256: string | undefined } | undefined,
): StateFindingCode | undefined {
    if (expected === undefined) return actual === undefined ? undefined : 'state.rowUnlogged';
    if (actual === undefined) return 'state.rowMissing';
    if (actual.version !== expected.version) return 'state.versionMismatch';
    return actual.sha256 === expected.sha256 ? undefined : 'state.rowChanged';
}
