import type { Id, Instant } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { entriesSince, idsOf } from './changed-acts.queries.ts';

export type FollowedSubjects = {
    readonly unit: boolean;
    readonly devices: readonly Id[];
    /** All recorders of a model or paper that the entries name: the passport of each is read from hundreds of files. */
    readonly later: readonly Id[];
    readonly everything: boolean;
    readonly next: number;
    readonly more: boolean;
};

/** What may have changed since an entry of the log: the unit, and the recorders that entries name or that recordings came from. */
export async function changedSubjects(db: ReadDb, orgId: Id, from: number): Promise<FollowedSubjects> {
    const { entries, next, more } = await entriesSince(db, orgId, from);
    const named = entries.filter(({ of }) => of.recorders === 'named');
    const devices = await recordersNamed(db, orgId, idsOf(named));
    const ofModel = await recordersOfModel(db, orgId, idsOf(entries.filter(({ of }) => of.recorders === 'model')));
    return {
        unit: entries.some(({ of }) => of.unit === true),
        devices,
        later: ofModel.filter((each) => !devices.includes(each)),
        everything: entries.some(({ of }) => of.recorders === 'everything'),
        next,
        more,
    };
}

const recordersIn = (db: ReadDb, orgId: Id) =>
    db.selectFrom('device as d').select('d.id').where('d.org_id', '=', orgId).where('d.kind', '=', 'recorder');

/** Recorders among these, those that recordings among them came from, and the spares that stand in for one of them. */
async function recordersNamed(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const recorders = recordersIn(db, orgId);
    const named = recorders.where('d.id', 'in', ids);
    const recorded = recorders.innerJoin('recording as r', 'r.device_id', 'd.id').where('r.id', 'in', ids);
    const spares = recorders
        .innerJoin('device_issue as i', 'i.device_id', 'd.id')
        .where('i.returned_at', 'is', null)
        .where('i.for_device_id', 'in', ids);
    const rows = await named.union(recorded).union(spares).execute();
    return rows.map((row) => row.id).toSorted();
}

/** Those of the models and papers among these. */
async function recordersOfModel(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const recorders = recordersIn(db, orgId);
    const onPaper = recorders
        .innerJoin('conformity_paper as c', (on) =>
            on.on((of) => of.or([of('c.device_id', '=', of.ref('d.id')), of('c.model', '=', of.ref('d.model'))])),
        )
        .where('c.id', 'in', ids);
    const ofModel = recorders.innerJoin('device_model as m', 'm.name', 'd.model').where('m.id', 'in', ids);
    const rows = await onPaper.union(ofModel).execute();
    return rows.map((row) => row.id).toSorted();
}

/** What time alone may judge otherwise; null among them is the unit. */
export async function subjectsDue(db: ReadDb, orgId: Id, now: Instant, most: number): Promise<(Id | null)[]> {
    const rows = await db
        .selectFrom('subject_judgement')
        .select('device_id')
        .where('org_id', '=', orgId)
        .where('again_at', '<=', now)
        .orderBy('again_at')
        .limit(most)
        .execute();
    return rows.map((row) => row.device_id);
}

/** All recorders, page by page, those that were entered last first. */
export async function recordersBefore(db: ReadDb, orgId: Id, before: Id | null, most: number): Promise<Id[]> {
    let query = db.selectFrom('device').select('id').where('org_id', '=', orgId).where('kind', '=', 'recorder');
    if (before !== null) query = query.where('id', '<', before);
    const rows = await query.orderBy('id', 'desc').limit(most).execute();
    return rows.map((row) => row.id);
}
