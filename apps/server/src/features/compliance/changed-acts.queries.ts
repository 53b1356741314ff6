import {
    type ActReach,
    changesFacts,
    DAY,
    type EventKind,
    FACT_KINDS,
    type FactReach,
    type Id,
    type Instant,
    isId,
} from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

export type Followed = {
    /** Acts that the entries name, and those that are still open of what they touch. */
    readonly acts: readonly Id[];
    /** Closed acts of a device or a person that the entries name, the newest first: there may be thousands. */
    readonly later: readonly Id[];
    /** Something that holds for many acts was decided: all of them are judged again. */
    readonly everything: boolean;
    readonly next: number;
    readonly more: boolean;
};

/** Entries that one look takes in. */
const BATCH = 1_000;

/**
 * The acts whose facts may have changed since an entry of the log, by what entries of its kind may change (`FACT_KINDS`). No fact changes
 * without its entry, so none is missed, whichever feature wrote it.
 */
export async function changedSince(db: ReadDb, orgId: Id, from: number): Promise<Followed> {
    const { entries, next, more } = await entriesSince(db, orgId, from);
    const idsBy = (...reaches: readonly ActReach[]) =>
        idsOf(entries.filter(({ of }) => reaches.some((each) => each === of.acts)));
    const named = await actsNamed(db, orgId, idsBy('named', 'checked', 'carried', 'person'));
    const checked = await actsChecked(db, orgId, idsBy('checked'));
    const reached = await actsReached(db, orgId, { devices: idsBy('carried'), people: idsBy('person') });
    const acts = new Set([...named, ...checked, ...reached.filter((each) => each.open).map((each) => each.act)]);
    return {
        acts: [...acts].toSorted(),
        later: reached.flatMap(({ act, open }) => (open || acts.has(act) ? [] : [act])),
        everything: entries.some(({ of }) => of.acts === 'everything'),
        next,
        more,
    };
}

export type FollowedEntry = { readonly kind: EventKind; readonly of: FactReach; readonly entry: Uint8Array };

/** Entries of a log from one on, those that change facts only. */
export async function entriesSince(
    db: ReadDb,
    orgId: Id,
    from: number,
): Promise<{ entries: FollowedEntry[]; next: number; more: boolean }> {
    const rows = await db
        .selectFrom('ledger.entry')
        .select(['idx', 'kind', 'entry'])
        .where('org_id', '=', orgId)
        .where('idx', '>=', from)
        .orderBy('idx')
        .limit(BATCH)
        .execute();
    const entries = rows.flatMap(({ kind, entry }) => {
        const of = FACT_KINDS[kind];
        return changesFacts(of) ? [{ kind, of, entry }] : [];
    });
    return { entries, next: (rows.at(-1)?.idx ?? from - 1) + 1, more: rows.length === BATCH };
}

/** The ids that entries name, each once. */
export const idsOf = (entries: readonly FollowedEntry[]): Id[] => [...new Set(entries.flatMap(({ entry }) => objectsOf(entry)))];

function objectsOf(entry: Uint8Array): Id[] {
    const { objects } = JSON.parse(Buffer.from(entry).toString('utf8')) as { objects: readonly { id: string }[] };
    return objects.flatMap(({ id }) => (isId(id) ? [id] : []));
}

/** Acts among these, and those of the recordings and papers among them. */
async function actsNamed(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const named = db
        .selectFrom('act')
        .select((of) => of.ref('id').$castTo<Id | null>().as('act'))
        .where('org_id', '=', orgId)
        .where('id', 'in', ids);
    const recorded = db.selectFrom('recording').select('act_id as act').where('act_id', 'is not', null).where('id', 'in', ids);
    const written = db.selectFrom('document').select('act_id as act').where('act_id', 'is not', null).where('id', 'in', ids);
    const rows = await named.union(recorded).union(written).execute();
    return rows.flatMap(({ act }) => act ?? []);
}

/** Acts that a recorder recorded on the days for which one of these checks counts (附件1 第7条). */
async function actsChecked(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Id[]> {
    if (ids.length === 0) return [];
    const rows = await db
        .selectFrom('device_check as c')
        .innerJoin('recording as r', 'r.device_id', 'c.device_id')
        .innerJoin('act as a', 'a.id', 'r.act_id')
        .select('a.id as act')
        .distinct()
        .where('c.id', 'in', ids)
        .where('a.org_id', '=', orgId)
        .where(sql<SqlBool>`c.checked_at between a.starts_at - ${DAY} and a.ends_at + ${DAY}`)
        .execute();
    return rows.map(({ act }) => act);
}

type Reached = { readonly act: Id; readonly open: boolean };

/** Acts that these devices recorded, and in which these people take part, the newest first. */
async function actsReached(
    db: ReadDb,
    orgId: Id,
    { devices, people }: { devices: readonly Id[]; people: readonly Id[] },
): Promise<Reached[]> {
    if (devices.length + people.length === 0) return [];
    const carried = db
        .selectFrom('recording')
        .select('act_id')
        .where('act_id', 'is not', null)
        .where('device_id', '=', (of) => of.fn.any(of.val([...devices])));
    const shared = db
        .selectFrom('act_participant')
        .select((of) => of.ref('act_id').$castTo<Id | null>().as('act_id'))
        .where('removed_at', 'is', null)
        .where('person_id', '=', (of) => of.fn.any(of.val([...people])));
    const rows = await db
        .selectFrom('act as a')
        .select(['a.id as act', 'a.state'])
        .where('a.org_id', '=', orgId)
        .where('a.id', 'in', carried.union(shared).$castTo<{ act_id: Id }>())
        .orderBy('a.starts_at', 'desc')
        .orderBy('a.id', 'desc')
        .execute();
    return rows.map(({ act, state }) => ({ act, open: state === 'open' }));
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
        .where(sql<SqlBool>`j.verdicts @> '[{"rule": "spokenWords", "counts": false}]'`)
        .limit(most)
        .execute();
    return rows.map((row) => row.act_id);
}

/** All acts that took place, page by page, those that were entered last first. */
export async function actsBefore(db: ReadDb, orgId: Id, before: Id | null, most: number): Promise<Id[]> {
    let query = db.selectFrom('act').select('id').where('org_id', '=', orgId).where('state', '<>', 'planned');
    if (before !== null) query = query.where('id', '<', before);
    const rows = await query.orderBy('id', 'desc').limit(most).execute();
    return rows.map((row) => row.id);
}
