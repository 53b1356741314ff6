import type { Id, Inspection, Likeness } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** A whole recording that may lend what a damaged one lost: the parameters of its pictures, their rate, the coding of its sound. */
export type Reference = {
    readonly recordingId: Id;
    readonly likeness: Likeness;
    readonly key: string;
    readonly inspection: Inspection;
};

/** More settings than these a recorder hardly has; each is tried until one fits. */
const MOST_REFERENCES = 6;

/** Whole recordings in H.264 of the same recorder, nearest in time first; of its model where it has none itself. */
export async function referencesFor(db: ReadDb, recordingId: Id): Promise<Reference[]> {
    const own = await db
        .selectFrom('recording as r')
        .leftJoin('device as d', 'd.id', 'r.device_id')
        .select(['r.device_id', 'r.org_id', 'r.received_at', 'd.model'])
        .where('r.id', '=', recordingId)
        .executeTakeFirst();
    if (own === undefined || own.device_id === null) return [];
    const whole = db
        .selectFrom('recording as r')
        .innerJoin('device as d', 'd.id', 'r.device_id')
        .innerJoin('blob_copy as c', 'c.blob_id', 'r.blob_id')
        .select(['r.id', 'r.device_id', 'r.inspection', 'c.key'])
        .where('r.org_id', '=', own.org_id)
        .where('r.id', '!=', recordingId)
        .where('r.state', 'in', ['registered', 'sealed'])
        .where('c.state', '!=', 'damaged')
        .where(sql<boolean>`r.inspection @> '{"tracks": [{"kind": "video", "codec": "avc"}]}'`)
        .where(sql<boolean>`r.inspection #>> '{boxes,moov}' in ('beforeData', 'afterData')`)
        .orderBy(sql`abs(r.received_at - ${own.received_at})`)
        .orderBy('r.id')
        .limit(MOST_REFERENCES);
    const same = await whole.where('r.device_id', '=', own.device_id).execute();
    const alike =
        same.length > 0 || own.model === null || own.model === '' ? [] : await whole.where('d.model', '=', own.model).execute();
    return [...same, ...alike].map(({ id, device_id, inspection, key }) => ({
        recordingId: id,
        likeness: device_id === own.device_id ? 'sameDevice' : 'sameModel',
        key,
        inspection: inspection as Inspection,
    }));
}

/** Damaged recordings that found none to lend them parameters, and could from this one's recorder or model. */
export function waitingForReference(db: ReadDb, orgId: Id, deviceId: Id): Promise<{ recordingId: Id }[]> {
    return db
        .selectFrom('derived_item as i')
        .innerJoin('recording as r', 'r.id', 'i.recording_id')
        .innerJoin('device as d', 'd.id', 'r.device_id')
        .select('i.recording_id as recordingId')
        .where('i.org_id', '=', orgId)
        .where('i.reason', '=', 'noReference')
        .where((or) =>
            or.or([
                or('d.id', '=', deviceId),
                or('d.model', '=', (one) => one.selectFrom('device').select('model').where('id', '=', deviceId)),
            ]),
        )
        .orderBy('i.made_at')
        .limit(20)
        .execute();
}
