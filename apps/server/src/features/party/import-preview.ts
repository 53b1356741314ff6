import type { DomainEvent } from '@liuhen/domain';
import {
    type Cells,
    type ColumnPlaces,
    DomainError,
    type Id,
    type ImportCell,
    type ImportPlan,
    type PlannedRow,
    seenText,
    toHex,
} from '@liuhen/domain';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import { nodeDigest } from '../../platform/digest.ts';
import { readTable } from '../../platform/table/read-table.ts';
import type { Table } from '../../platform/table/table.ts';
import type { ReadAs } from './import.queries.ts';
import { insertImport, insertImportRows, type NewImportRow } from './import.store.ts';

/** What a kind of list may hold, and by which of its rows its heading is known. */
type ListKind<C extends string> = {
    readonly columns: readonly C[];
    readonly placesIn: (headers: readonly string[]) => ColumnPlaces<C>;
    readonly isHeading: (found: ColumnPlaces<C>) => boolean;
    /** What is said when there is no heading. */
    readonly missing: string;
};

/** A list handed in: its rows by column, and how it was read. */
export type List<C extends string> = {
    readonly rows: readonly { readonly line: number; readonly cells: Cells<C> }[];
    readonly readAs: ReadAs;
    readonly sha256: Uint8Array;
    readonly format: Table['format'];
};

/** A title may stand above the heading: it is looked for in the first rows. */
const MOST_ABOVE = 10;

export async function readList<C extends string>(content: string, kind: ListKind<C>): Promise<List<C>> {
    const bytes = Buffer.from(content, 'base64');
    const table = await readTable(bytes);
    for (const [place, { cells }] of table.rows.slice(0, MOST_ABOVE).entries()) {
        const found = kind.placesIn(cells.map((cell) => cell.text));
        if (!kind.isHeading(found)) continue;
        const [name] = found.twice;
        if (name !== undefined) throw new DomainError('party.importColumnTwice', { name });
        const rows = table.rows
            .slice(place + 1)
            .map((row) => ({ line: row.line, cells: cellsOf(kind.columns, found, row.cells) }));
        if (rows.length === 0) throw new DomainError('table.empty');
        const { encoding = null, delimiter = null, sheet = null, otherSheets = 0 } = table;
        const readAs = { encoding, delimiter, sheet, otherSheets, ignored: [...found.ignored] };
        return { rows, readAs, sha256: nodeDigest.sha256(bytes), format: table.format };
    }
    throw new DomainError(kind.missing);
}

function cellsOf<C extends string>(
    columns: readonly C[],
    { places }: ColumnPlaces<C>,
    cells: readonly ImportCell[],
): Map<C, ImportCell> {
    const found = new Map<C, ImportCell>();
    for (const column of columns) {
        const cell = cells[places.get(column) ?? -1];
        if (cell !== undefined) found.set(column, cell);
    }
    return found;
}

/** What a row is called in the preview, whatever is wrong with it. */
export const nameIn = <C extends string>(cells: Cells<C | 'name'>): string =>
    seenText(cells.get('name')?.text ?? '').slice(0, 120);

export type PlannedImportRow = Omit<NewImportRow, 'import_id'>;
type RowHead = { line: number; name: string; key: string; cells: object; partyId?: Id | undefined };

export const plannedRow = (
    { line, name, key, cells, partyId }: RowHead,
    { plan, changes, reasons }: PlannedRow,
): PlannedImportRow => ({
    line,
    name,
    party_key: key,
    cells: JSON.stringify(cells),
    plan,
    changes: JSON.stringify(changes),
    reasons: JSON.stringify(reasons),
    party_id: partyId ?? null,
});

type Preview = {
    readonly fileName: string;
    readonly list: List<string>;
    readonly planned: readonly PlannedImportRow[];
    /** Of grades: the source and the reason of rows that do not say theirs. */
    readonly grades?: { readonly source: string; readonly reason: string };
};

/** Keeps what was read and what is planned; nothing else is touched. */
export async function keepPreview(
    tx: Tx,
    { fileName, list, planned, grades }: Preview,
): Promise<{ result: { id: Id }; events: NonEmpty<DomainEvent> }> {
    const id = tx.newId();
    const count = (plan: ImportPlan): number => planned.filter((row) => row.plan === plan).length;
    const figures = {
        row_count: planned.length,
        to_create: count('create'),
        to_change: count('change'),
        to_leave: count('leave'),
        to_refuse: count('refuse'),
    };
    const about = grades === undefined ? {} : { about: 'grades', ...grades };
    await insertImport(tx, {
        id,
        file_name: fileName,
        sha256: list.sha256,
        format: list.format,
        read_as: JSON.stringify(list.readAs),
        state: 'previewed',
        ...about,
        ...figures,
        created: 0,
        changed: 0,
        left_alone: 0,
        refused: 0,
        made_by: tx.actor,
        made_at: tx.now,
    });
    await insertImportRows(
        tx,
        planned.map((row) => ({ ...row, import_id: id })),
    );
    const body = { fileName, sha256: toHex(list.sha256), ...about, ...figures };
    return { result: { id }, events: [{ kind: 'party.importPreviewed', creates: [id], body }] };
}
