import { type EventKind, type Id, type Instant, isId } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** What judging itself writes changes no fact. */
export const JUDGING_KINDS: readonly EventKind[] = [
    'act.judged',
    'unit.judged',
    'device.judged',
    'finding.found',
    'finding.changed',
    'finding.settled',
    'finding.reopened',
];

/** What makes another figure or another calendar count; what is proposed, refused or taken back does not. */
export const PARAMETER_KINDS: readonly EventKind[] = ['parameter.approved', 'parameter.changed', 'parameter.yearEntered'];

export type Followed = {
    readonly acts: readonly Id[];
    /** Something that holds for many acts was decided: all of them are judged again. */
    readonly everything: boolean;
    readonly next: number;
    readonly more: boolean;
};

/** Entries that one look takes in. */
const BATCH = 1_000;

/**
 * The acts whose facts may have changed since an entry of the log: those that its entries name, and those of the recordings, papers,
 * recorders and people that they name. No fact changes without its entry, so none is missed, whichever feature wrote it.
 */
export async function changedSince(db: ReadDb, orgId: Id, from: number): Promise<Followed> {
    const entries = await db
        .selectFrom('ledger.entry')
        .select(['idx', 'kind', 'entry'])
        .where('org_id', '=', orgId)
        .where('idx', '>=', from)
        .orderBy('idx')
        .limit(BATCH)
        .execute();
    const last = entries.at(-1);
    if (last === undefined) return { acts: [], everything: false, next: from, more: false };
    const about = entries.filter((each) => !JUDGING_KINDS.includes(each.kind));
    const ids = [...new Set(about.flatMap((each) => objectsOf(each.entry)))];
    return {
        acts: await actsOf(db, orgId, ids, about.some((each) => each.kind.startsWith('person.')) ? ids : []),
        everything: about.some((each) => PARAMETER_KINDS.includes(each.kind)),
        next: last.idx + 1,
        more: entries.length === BATCH,
    };
}

/** The ids that an entry names. */
export function objectsOf(entry: Uint8Array): Id[] {
    const { objects } = JSON.parse(Buffer.from(entry).toString('utf8')) as { objects: readonly { id: string }[] };
    return objects.flatMap(({ id }) => (isId(id) ? [id] : []));
}

async function actsOf(db: ReadDb, orgId: Id, ids: readonly Id[], people: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const named = db
        .selectFrom('act')
        .select((of) => of.ref('id').$castTo<Id | null>().as('act'))
        .where('org_id', '=', orgId)
        .where('id', 'in', ids);
    const recorded = db.selectFrom('recording').select('act_id as act').where('act_id', 'is not', null).where('id', 'in', ids);
    const written = db.selectFrom('document').select('act_id as act').where('act_id', 'is not', null).where('id', 'in', ids);
    const carried = db
        .selectFrom('recording as r')
        .innerJoin('act as a', 'a.id', 'r.act_id')
        .select('r.act_id as act')
        .where('r.device_id', 'in', ids)
        .where('a.state', '=', 'open');
    let query = named.union(recorded).union(written).union(carried);
    if (people.length > 0)
        query = query.union(
            db
                .selectFrom('act_participant')
                .select('act_id as act')
                .where('removed_at', 'is', null)
                .where('person_id', 'in', people),
        );
    const rows = await query.execute();
    return rows.flatMap(({ act }) => act ?? []).toSorted();
}

/** Acts that time alone may judge otherwise, the longest due first. */
export async function actsDue(db: ReadDb, orgId: Id, now: Instant, most: number): Promise<Id[]> {
    const rows = await db
        .selectFrom('act_judgement')
        .select('act_id')
        .where('org_id', '=', orgId)
        .where('again_at', '<=', now)
        .orderBy('again_at')
        .limit(most)
        .execute();
    return rows.map((row) => row.act_id);
}

/**
 * Acts that were drawn and were last judged as if they had not been. The draw may be in the log of an organisation above, which nobody
 * follows here.
 */
export async function actsDrawnSince(db: ReadDb, orgId: Id, most: number): Promise<Id[]> {
    const rows = await db
        .selectFrom('inspection_sheet as s')
        .innerJoin('act_judgement as j', 'j.act_id', 's.act_id')
        .select('s.act_id')
        .distinct()
        .where('s.act_org_id', '=', orgId)
        .where('j.verdict', '<>', 'notApplicable')
        .where(sql<SqlBool>`not j.verdicts @> '[{"rule": "spokenWords", "counts": true}]'`)
        .limit(most)
        .execute();
    return rows.map((row) => row.act_id);
}

/** All acts that took place, page by page in the order of their ids. */
export async function actsAfter(db: ReadDb, orgId: Id, after: Id | null, most: number): Promise<Id[]> {
    let query = db.selectFrom('act').select('id').where('org_id', '=', orgId).where('state', '<>', 'planned');
    if (after !== null) query = query.where('id', '>', after);
    const rows = await query.orderBy('id').limit(most).execute();
    return rows.map((row) => row.id);
}
