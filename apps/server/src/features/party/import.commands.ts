import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    afterImportRow,
    columnPlaces,
    DomainError,
    type Id,
    IMPORT_COLUMNS,
    type ImportCell,
    type ImportColumn,
    type ImportExisting,
    type ImportFields,
    type ImportPlan,
    type ImportReason,
    importKey,
    type PlannedRow,
    planImportRow,
    planLaterRow,
    readImportRow,
    toHex,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { nodeDigest } from '../../platform/digest.ts';
import type { Services } from '../../platform/services.ts';
import { readTable } from '../../platform/table/read-table.ts';
import type { Table } from '../../platform/table/table.ts';
import type { ReadAs } from './import.queries.ts';
import {
    deleteImportRows,
    insertImport,
    insertImportRows,
    lockImport,
    type NewImportRow,
    settlePlanned,
    updateImport,
} from './import.store.ts';
import { registerFor } from './import-register.queries.ts';

export const IMPORT_TASK = 'party.import';

/** Reads the file and plans every row. The plan is kept; parties are not touched. */
export async function previewImport(
    services: Services,
    context: CommandContext,
    { fileName, content }: BodyOf<Endpoints['party.previewImport']>,
): Promise<{ id: Id }> {
    const bytes = Buffer.from(content, 'base64');
    const table = await readTable(bytes);
    const { rows, ignored } = readRows(table);
    const sha256 = nodeDigest.sha256(bytes);
    return runCommand(services.commands, context, 'party.previewImport', async (tx) => {
        const id = tx.newId();
        const planned = await planRows(tx, rows);
        const count = (plan: ImportPlan): number => planned.filter((row) => row.plan === plan).length;
        const figures = {
            row_count: planned.length,
            to_create: count('create'),
            to_change: count('change'),
            to_leave: count('leave'),
            to_refuse: count('refuse'),
        };
        const { encoding = null, delimiter = null, sheet = null, otherSheets = 0 } = table;
        const readAs: ReadAs = { encoding, delimiter, sheet, otherSheets, ignored };
        await insertImport(tx, {
            id,
            file_name: fileName,
            sha256,
            format: table.format,
            read_as: JSON.stringify(readAs),
            state: 'previewed',
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
        const body = { fileName, sha256: toHex(sha256), ...figures };
        return { result: { id }, events: [{ kind: 'party.importPreviewed', creates: [id], body }] };
    });
}

type Row = { line: number; name: string; fields: ImportFields | undefined; reasons: readonly ImportReason[] };

/** A title may stand above the heading: it is looked for in the first rows. */
const MOST_ABOVE = 10;

function readRows(table: Table): { rows: Row[]; ignored: string[] } {
    for (const [place, { cells }] of table.rows.slice(0, MOST_ABOVE).entries()) {
        const { places, ignored, twice } = columnPlaces(cells.map((cell) => cell.text));
        if (!places.has('name')) continue;
        const [name] = twice;
        if (name !== undefined) throw new DomainError('party.importColumnTwice', { name });
        const rows = table.rows.slice(place + 1).map((row) => {
            const found = new Map<ImportColumn, ImportCell>();
            for (const column of IMPORT_COLUMNS) {
                const cell = row.cells[places.get(column) ?? -1];
                if (cell !== undefined) found.set(column, cell);
            }
            return {
                line: row.line,
                name: (found.get('name')?.text ?? '').normalize('NFC').slice(0, 120),
                ...readImportRow(found),
            };
        });
        if (rows.length === 0) throw new DomainError('table.empty');
        return { rows, ignored: [...ignored] };
    }
    throw new DomainError('party.importNoNames');
}

/** Each row against the register and against the rows of the same party before it. */
async function planRows(tx: Tx, rows: readonly Row[]): Promise<Omit<NewImportRow, 'import_id'>[]> {
    const readable = rows.flatMap((row) => row.fields ?? []);
    const register = await registerFor(tx.read, tx.orgId, readable);
    const before = new Map<string, { line: number; party: ImportExisting }>();
    return rows.map(({ line, name, fields, reasons }) => {
        if (fields === undefined) return rowOf({ line, name, key: '', cells: {} }, { plan: 'refuse', changes: [], reasons });
        const key = importKey(fields);
        const earlier = before.get(key);
        const { existing, candidates } = register.find(fields);
        const surroundings = { candidates, licenceHolder: register.holderOf(fields, existing?.id) };
        const planned = planImportRow(fields, earlier?.party ?? existing, surroundings);
        const plan = earlier === undefined ? planned : planLaterRow(planned, earlier.line);
        const known = earlier?.party ?? existing;
        if (plan.plan !== 'refuse') before.set(key, { line: earlier?.line ?? line, party: afterImportRow(fields, known) });
        return rowOf({ line, name, key, cells: fields }, plan);
    });
}

const rowOf = (
    { line, name, key, cells }: { line: number; name: string; key: string; cells: object },
    { plan, changes, reasons }: PlannedRow,
): Omit<NewImportRow, 'import_id'> => ({
    line,
    name,
    party_key: key,
    cells: JSON.stringify(cells),
    plan,
    changes: JSON.stringify(changes),
    reasons: JSON.stringify(reasons),
});

async function previewed(tx: Tx, id: Id) {
    const found = await lockImport(tx, id);
    if (found === undefined) throw new DomainError('party.importNotFound');
    if (found.state !== 'previewed') throw new DomainError('party.importNotPreviewed');
    return found;
}

/** From here on it is one task with its progress. */
export const confirmImport = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version }: BodyOf<Endpoints['party.confirmImport']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'party.confirmImport', async (tx) => {
        const found = await previewed(tx, id);
        await settlePlanned(tx, id);
        const after = await updateImport(
            tx,
            { id, version },
            {
                state: 'running',
                confirmed_by: tx.actor,
                confirmed_at: tx.now,
                left_alone: found.to_leave,
                refused: found.to_refuse,
            },
        );
        tx.enqueue({ task: IMPORT_TASK, payload: { importId: id }, key: `${IMPORT_TASK}:${id}` });
        const body = { fileName: found.file_name, create: found.to_create, change: found.to_change };
        return { result: { version: after.version }, events: [{ kind: 'party.importConfirmed', objects: [id], body }] };
    });

export const withdrawImport = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version }: BodyOf<Endpoints['party.withdrawImport']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'party.withdrawImport', async (tx) => {
        const found = await previewed(tx, id);
        await deleteImportRows(tx, id);
        const after = await updateImport(tx, { id, version }, { state: 'withdrawn', finished_at: tx.now });
        const body = { fileName: found.file_name };
        return { result: { version: after.version }, events: [{ kind: 'party.importWithdrawn', objects: [id], body }] };
    });
