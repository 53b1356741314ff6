import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, type MarkedStretch, momentAt } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { TRUE_TIME, trueTimeOf } from './recording-times.queries.ts';

export type RecordingMark = ResponseOf<Endpoints['recording.marks']>['items'][number];

/** Marks of recordings, each in the order of its file. Corrected moments are those of the clock as it is known now. */
export async function marksOf(db: ReadDb, recordings: readonly Id[]): Promise<RecordingMark[]> {
    if (recordings.length === 0) return [];
    const rows = await db
        .selectFrom('recording_mark as m')
        .innerJoin('person as p', 'p.id', 'm.made_by')
        .leftJoin('person as w', 'w.id', 'm.withdrawn_by')
        .select(['m.id', 'm.recording_id', 'm.kind', 'm.media_ms', 'm.device_at', 'm.words', 'm.made_at'])
        .select([
            'p.id as maker_id',
            'p.name as maker',
            'm.withdrawn_at',
            'm.withdrawn_why',
            'w.id as taker_id',
            'w.name as taker',
        ])
        .where('m.recording_id', '=', (of) => of.fn.any(of.val(recordings)))
        .orderBy('m.media_ms')
        .orderBy('m.id')
        .execute();
    if (rows.length === 0) return [];
    const stretches = await stretchesOf(db, [...new Set(rows.map((row) => row.recording_id))]);
    return rows.map((row) => ({
        id: row.id,
        recordingId: row.recording_id,
        kind: row.kind as RecordingMark['kind'],
        mediaMs: row.media_ms,
        deviceAt: row.device_at,
        corrected: momentAt(row.media_ms, stretches.get(row.recording_id) ?? []).corrected,
        words: row.words,
        madeBy: { id: row.maker_id, name: row.maker },
        madeAt: row.made_at,
        withdrawn:
            row.withdrawn_at === null || row.taker_id === null
                ? null
                : { by: { id: row.taker_id, name: row.taker ?? '' }, at: row.withdrawn_at, reason: row.withdrawn_why ?? '' },
    }));
}

/** The stretches of recordings on both clocks; a file of which none are kept is one, where both its ends are known. */
export async function stretchesOf(db: ReadDb, recordings: readonly Id[]): Promise<Map<Id, MarkedStretch[]>> {
    const intervals = await db
        .selectFrom('recording_interval')
        .select(['recording_id', 'media_start', 'timescale', 'device_start as deviceStart', 'device_end as deviceEnd'])
        .select([...TRUE_TIME])
        .where('recording_id', '=', (of) => of.fn.any(of.val(recordings)))
        .orderBy('media_start')
        .execute();
    const kept = Map.groupBy(intervals, (row) => row.recording_id);
    const rest = recordings.filter((id) => !kept.has(id));
    const whole =
        rest.length === 0
            ? []
            : await db
                  .selectFrom('recording')
                  .select(['id as recording_id', 'device_start as deviceStart', 'device_end as deviceEnd', ...TRUE_TIME])
                  .where('id', '=', (of) => of.fn.any(of.val(rest)))
                  .execute();
    const found = new Map<Id, MarkedStretch[]>();
    const add = (id: Id, mediaStartMs: number, row: (typeof whole)[number] | (typeof intervals)[number]) => {
        const { start, end } = trueTimeOf(row);
        const { deviceStart, deviceEnd } = row;
        if (deviceStart === null || deviceEnd === null) return;
        const corrected = start === null || end === null ? null : { start, end };
        found.set(id, [...(found.get(id) ?? []), { mediaStartMs, deviceStart, deviceEnd, corrected }]);
    };
    for (const row of intervals) add(row.recording_id, Math.round((row.media_start * 1_000) / row.timescale), row);
    for (const row of whole) add(row.recording_id, 0, row);
    return found;
}
