import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    afterImportRow,
    type ColumnPlaces,
    columnPlaces,
    DomainError,
    type Id,
    IMPORT_COLUMNS,
    type ImportFields,
    type ImportReason,
    importBefore,
    planImportRow,
    planLaterRow,
    readImportRow,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { deleteImportRows, lockImport, settlePlanned, updateImport } from './import.store.ts';
import { keepPreview, nameIn, type PlannedImportRow, plannedRow, readList } from './import-preview.ts';
import { registerFor } from './import-register.queries.ts';

export const IMPORT_TASK = 'party.import';

/** Reads the file and plans every row. The plan is kept; parties are not touched. */
export async function previewImport(
    services: Services,
    context: CommandContext,
    { fileName, content }: BodyOf<Endpoints['party.previewImport']>,
): Promise<{ id: Id }> {
    const list = await readList(content, LIST);
    const rows = list.rows.map(({ line, cells }) => ({ line, name: nameIn(cells), ...readImportRow(cells) }));
    return runCommand(services.commands, context, 'party.previewImport', async (tx) =>
        keepPreview(tx, { fileName, list, planned: await planRows(tx, rows) }),
    );
}

const LIST = { columns: IMPORT_COLUMNS, placesIn: columnPlaces, isHeading: hasName, missing: 'party.importNoNames' } as const;

function hasName({ places }: ColumnPlaces): boolean {
    return places.has('name');
}

type Row = { line: number; name: string; fields: ImportFields | undefined; reasons: readonly ImportReason[] };

/** Each row against the register and against the rows of the same party before it. */
async function planRows(tx: Tx, rows: readonly Row[]): Promise<PlannedImportRow[]> {
    const readable = rows.flatMap((row) => row.fields ?? []);
    const register = await registerFor(tx.read, tx.orgId, readable);
    const before = importBefore();
    return rows.map(({ line, name, fields, reasons }) => {
        if (fields === undefined) return plannedRow({ line, name, key: '', cells: {} }, { plan: 'refuse', changes: [], reasons });
        const { existing, candidates } = register.find(fields);
        const { key, earlier, candidates: inList } = before.of(fields, existing?.id);
        const known = earlier?.party ?? existing;
        const surroundings = {
            candidates: Math.max(candidates, inList),
            licenceHolder: register.holderOf(fields, existing?.id) ?? before.holderOf(fields, key),
        };
        const planned = planImportRow(fields, known, surroundings);
        const plan = earlier === undefined ? planned : planLaterRow(planned, earlier.line);
        if (plan.plan !== 'refuse')
            before.add(fields, key, { line: earlier?.line ?? line, party: afterImportRow(fields, known) });
        return plannedRow({ line, name, key, cells: fields }, plan);
    });
}

/** Whoever may decide about parties need not be one who decides grades: each confirms its own lists. */
type About = 'grades' | null;

async function previewed(tx: Tx, id: Id, about: About) {
    const found = await lockImport(tx, id);
    if (found === undefined || found.about !== about) throw new DomainError('party.importNotFound');
    if (found.state !== 'previewed') throw new DomainError('party.importNotPreviewed');
    return found;
}

/** From here on it is one task with its progress. */
export const confirmImport = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version }: BodyOf<Endpoints['party.confirmImport']>,
    about: About = null,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, about === null ? 'party.confirmImport' : 'party.confirmGradeImport', async (tx) => {
        const found = await previewed(tx, id, about);
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
    about: About = null,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, about === null ? 'party.withdrawImport' : 'party.withdrawGradeImport', async (tx) => {
        const found = await previewed(tx, id, about);
        await deleteImportRows(tx, id);
        const after = await updateImport(tx, { id, version }, { state: 'withdrawn', finished_at: tx.now });
        const body = { fileName: found.file_name };
        return { result: { version: after.version }, events: [{ kind: 'party.importWithdrawn', objects: [id], body }] };
    });
