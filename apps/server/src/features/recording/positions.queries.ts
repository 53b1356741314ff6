import type { FilePositions, Id, Inspection, Instant } from '@liuhen/domain';
import { positionsBeside } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** A recording as far as it says when it ran: its own positions, and its corrected start for those of a file beside it. */
export type Placed = { readonly id: Id; readonly inspection: Inspection | null; readonly start: Instant | null };

/** Where recordings were: by what they carry themselves, else by the file of positions that lay beside them on their recorder. */
export async function positionsOf(db: ReadDb, recordings: readonly Placed[]): Promise<Map<Id, FilePositions>> {
    const found = new Map<Id, FilePositions>();
    for (const { id, inspection } of recordings)
        if (inspection?.positions !== undefined && inspection.positions.points.length > 0) found.set(id, inspection.positions);
    const rest = recordings.filter((each) => !found.has(each.id));
    if (rest.length === 0) return found;
    const rows = await db
        .selectFrom('dock_item as k')
        .innerJoin('recording as r', 'r.id', 'k.recording_id')
        .select(['k.beside_id', 'r.inspection'])
        .where(
            'k.beside_id',
            'in',
            rest.map((each) => each.id),
        )
        .orderBy('k.id')
        .execute();
    for (const { beside_id, inspection } of rows) {
        const of = rest.find((each) => each.id === beside_id);
        const track = (inspection as Inspection | null)?.positions;
        if (of === undefined || track === undefined || of.start === null) continue;
        const rebased = positionsBeside(track, of.start, of.inspection?.durationMs ?? null);
        if (rebased !== undefined) found.set(of.id, rebased);
    }
    return found;
}
