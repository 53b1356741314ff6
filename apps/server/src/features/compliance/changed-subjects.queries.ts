import type { EventKind, Id, Instant } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { JUDGING_KINDS, objectsOf, PARAMETER_KINDS } from './changed-acts.queries.ts';

/** A unit is judged by its people, their roles, what is in their hands and what its heads confirmed. */
const OF_UNIT = ['person.', 'role.', 'device.', 'attestation.', 'organisation.'];

export type FollowedSubjects = {
    readonly unit: boolean;
    readonly devices: readonly Id[];
    readonly everything: boolean;
    readonly next: number;
    readonly more: boolean;
};

/** Entries that one look takes in. */
const BATCH = 1_000;

const isOf = (kind: EventKind, prefixes: readonly string[]): boolean => prefixes.some((prefix) => kind.startsWith(prefix));

/** What may have changed since an entry of the log: the unit, and the recorders that entries name or that recordings came from. */
export async function changedSubjects(db: ReadDb, orgId: Id, from: number): Promise<FollowedSubjects> {
    const entries = await db
        .selectFrom('ledger.entry')
        .select(['idx', 'kind', 'entry'])
        .where('org_id', '=', orgId)
        .where('idx', '>=', from)
        .orderBy('idx')
        .limit(BATCH)
        .execute();
    const last = entries.at(-1);
    if (last === undefined) return { unit: false, devices: [], everything: false, next: from, more: false };
    const about = entries.filter((each) => !JUDGING_KINDS.includes(each.kind));
    const ids = [...new Set(about.flatMap((each) => objectsOf(each.entry)))];
    return {
        unit: about.some(({ kind }) => isOf(kind, OF_UNIT)),
        devices: await devicesOf(db, orgId, ids),
        everything: about.some(({ kind }) => PARAMETER_KINDS.includes(kind)),
        next: last.idx + 1,
        more: entries.length === BATCH,
    };
}

/** Recorders among these; those that recordings, papers and models among them speak of; and the spares that stand in for one of them. */
async function devicesOf(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const recorders = db.selectFrom('device as d').select('d.id').where('d.org_id', '=', orgId).where('d.kind', '=', 'recorder');
    const named = recorders.where('d.id', 'in', ids);
    const recorded = recorders.innerJoin('recording as r', 'r.device_id', 'd.id').where('r.id', 'in', ids);
    const onPaper = recorders
        .innerJoin('conformity_paper as c', (on) =>
            on.on((of) => of.or([of('c.device_id', '=', of.ref('d.id')), of('c.model', '=', of.ref('d.model'))])),
        )
        .where('c.id', 'in', ids);
    const ofModel = recorders.innerJoin('device_model as m', 'm.name', 'd.model').where('m.id', 'in', ids);
    const spares = recorders
        .innerJoin('device_issue as i', 'i.device_id', 'd.id')
        .where('i.returned_at', 'is', null)
        .where('i.for_device_id', 'in', ids);
    const rows = await named.union(recorded).union(onPaper).union(ofModel).union(spares).execute();
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

/** All recorders, page by page in the order of their ids. */
export async function recordersAfter(db: ReadDb, orgId: Id, after: Id | null, most: number): Promise<Id[]> {
    let query = db.selectFrom('device').select('id').where('org_id', '=', orgId).where('kind', '=', 'recorder');
    if (after !== null) query = query.where('id', '>', after);
    const rows = await query.orderBy('id').limit(most).execute();
    return rows.map((row) => row.id);
}
