import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    type ColumnPlaces,
    DomainError,
    dayOf,
    GRADE_COLUMNS,
    type GradeColumn,
    gradeColumnPlaces,
    type Id,
    readGradeRow,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { planGradeRows } from './grade-register.queries.ts';
import { keepPreview, type List, nameIn, plannedRow, readList } from './import-preview.ts';

/** Reads a list of grades and plans every row. The plan is kept; nothing is decided. */
export async function previewGradeImport(
    services: Services,
    context: CommandContext,
    { fileName, content, source, reason, fromDay }: BodyOf<Endpoints['party.previewGradeImport']>,
): Promise<{ id: Id }> {
    const list: List<GradeColumn> = await readList(content, LIST);
    return runCommand(services.commands, context, 'party.previewGradeImport', async (tx) => {
        const today = dayOf(tx.now);
        if (fromDay !== undefined && fromDay > today) throw new DomainError('party.gradeInFuture', { day: fromDay });
        const stated = { source, reason, fromDay: fromDay ?? null };
        const rows = list.rows.map(({ line, cells }) => ({ line, name: nameIn(cells), ...readGradeRow(cells, stated) }));
        const found = await planGradeRows(tx.read, tx.orgId, rows, today);
        const planned = found.map(({ line, name, fields, party, plan }) =>
            plannedRow(
                {
                    line,
                    name: name === '' ? (party?.names[0] ?? fields?.creditCode ?? '') : name,
                    key: party?.id ?? '',
                    cells: fields ?? {},
                    partyId: party?.id,
                },
                plan,
            ),
        );
        return keepPreview(tx, { fileName, list, planned, grades: { source, reason } });
    });
}

const LIST = {
    columns: GRADE_COLUMNS,
    placesIn: gradeColumnPlaces,
    isHeading: ({ places }: ColumnPlaces<GradeColumn>) =>
        (places.has('creditCode') || places.has('name')) && (places.has('risk') || places.has('credit')),
    missing: 'party.importNoGrades',
} as const;
