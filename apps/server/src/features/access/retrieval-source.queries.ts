import { type Id, MARKING, type RecordingState } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

export type RetrievableRecording = {
    readonly id: Id;
    readonly name: string;
    readonly state: RecordingState;
    readonly actId: Id | null;
};

const recordings = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('recording as r')
        .select(['r.id', 'r.display_name as name', 'r.state', 'r.act_id as actId'])
        .where('r.org_id', '=', orgId)
        .orderBy('r.device_start')
        .orderBy('r.id');

export const recordingsOfAct = (db: ReadDb, orgId: Id, actId: Id): Promise<RetrievableRecording[]> =>
    recordings(db, orgId).where('r.act_id', '=', actId).execute();

/** Those of the acts that belong to a case, and those that stand in its list of evidence. */
export const recordingsOfCase = (db: ReadDb, orgId: Id, caseId: Id): Promise<RetrievableRecording[]> =>
    recordings(db, orgId)
        .where((each) =>
            each.or([
                each(
                    'r.act_id',
                    'in',
                    each.selectFrom('case_act').select('act_id').where('case_id', '=', caseId).where('removed_at', 'is', null),
                ),
                each(
                    'r.id',
                    'in',
                    each
                        .selectFrom('case_evidence')
                        .select('target_id')
                        .where('case_id', '=', caseId)
                        .where('withdrawn_at', 'is', null)
                        .where('target_id', 'is not', null)
                        .where('kind', 'in', MARKING),
                ),
            ]),
        )
        .execute();

export const recordingsByIds = (db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<RetrievableRecording[]> =>
    recordings(db, orgId).where('r.id', 'in', ids).execute();

export const recordingsOfRetrieval = (db: ReadDb, orgId: Id, id: Id): Promise<RetrievableRecording[]> =>
    recordings(db, orgId).innerJoin('retrieval_item as i', 'i.recording_id', 'r.id').where('i.retrieval_id', '=', id).execute();

/** Those who work on a case now, in whatever part. */
export async function peopleOfCase(db: ReadDb, caseId: Id): Promise<Id[]> {
    const rows = await db
        .selectFrom('case_person')
        .select('person_id as id')
        .where('case_id', '=', caseId)
        .where('removed_at', 'is', null)
        .execute();
    return rows.map(({ id }) => id);
}

/** Acts whose recordings a retrieval holds, each once. */
export async function actsOfRetrieval(db: ReadDb, id: Id): Promise<Id[]> {
    const rows = await db
        .selectFrom('retrieval_item as i')
        .innerJoin('recording as r', 'r.id', 'i.recording_id')
        .select('r.act_id as actId')
        .distinct()
        .where('i.retrieval_id', '=', id)
        .execute();
    return rows.flatMap(({ actId }) => actId ?? []);
}
