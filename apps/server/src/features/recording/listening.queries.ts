import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, momentAt } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { stretchesOf } from './recording-mark.queries.ts';

export type HeardItem = ResponseOf<Endpoints['recording.heard']>['items'][number];

/** Places that programs pointed at, decided ones among them, each in the order of its file. */
export async function heardOf(db: ReadDb, recordings: readonly Id[]): Promise<HeardItem[]> {
    if (recordings.length === 0) return [];
    const rows = await db
        .selectFrom('heard_place as h')
        .leftJoin('person as p', 'p.id', 'h.decided_by')
        .select(['h.id', 'h.recording_id', 'h.kind', 'h.media_ms', 'h.words', 'h.state', 'h.decided_at'])
        .select(['p.id as decider_id', 'p.name as decider'])
        .where('h.recording_id', '=', (of) => of.fn.any(of.val(recordings)))
        .orderBy('h.media_ms')
        .orderBy('h.id')
        .execute();
    if (rows.length === 0) return [];
    const stretches = await stretchesOf(db, [...new Set(rows.map((row) => row.recording_id))]);
    return rows.map((row) => {
        const { device, corrected } = momentAt(row.media_ms, stretches.get(row.recording_id) ?? []);
        return {
            ...{ id: row.id, recordingId: row.recording_id, kind: row.kind, state: row.state },
            ...{ mediaMs: row.media_ms, deviceAt: device, corrected, words: row.words },
            decided:
                row.decider_id === null || row.decided_at === null
                    ? null
                    : { by: { id: row.decider_id, name: row.decider ?? '' }, at: row.decided_at },
        };
    });
}

/** How far the listening to a recording is; undefined: nobody asked for it. */
export const listeningOf = (db: ReadDb, recordingId: Id) =>
    db.selectFrom('listening').select(['state', 'program', 'at']).where('recording_id', '=', recordingId).executeTakeFirst();

/** Whether somebody has opened the recording to play it. */
export const hasViewed = async (db: ReadDb, recordingId: Id, personId: Id): Promise<boolean> =>
    (await db
        .selectFrom('viewing')
        .select('id')
        .where('recording_id', '=', recordingId)
        .where('person_id', '=', personId)
        .limit(1)
        .executeTakeFirst()) !== undefined;
