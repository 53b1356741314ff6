import { type Id, inspectableBy, inspectorsOf } from '@liuhen/domain';
import type { Database, ReadDb } from '../../platform/db/database.ts';

/** Whom an organisation may inspect, and who may inspect it: the scope of everything about inspections. */
export type Reach = { readonly own: Id; readonly inspectable: readonly Id[]; readonly inspectors: readonly Id[] };

/** The tree of organisations is open to everybody, so this needs no scope. */
export async function reachOf(db: Database, own: Id): Promise<Reach> {
    const tree = await db.read({ readOrgs: [] }, (on) =>
        on.selectFrom('organisation').select(['id', 'parent_id as parentId', 'kind']).execute(),
    );
    return { own, inspectable: inspectableBy(tree, own), inspectors: inspectorsOf(tree, own) };
}

/** Reads within reach: what is shown of it is decided by the queries, which ask for the reader's own organisation. */
export const readWithin = async <T>(
    db: Database,
    own: Id,
    work: (on: ReadDb, reach: Reach) => Promise<T>,
    also: readonly Id[] = [],
): Promise<T> => {
    const reach = await reachOf(db, own);
    return db.read({ readOrgs: [...new Set([own, ...also, ...reach.inspectors, ...reach.inspectable])] }, (on) =>
        work(on, reach),
    );
};

export const organisationsOf = async (db: ReadDb, ids: readonly Id[]) =>
    ids.length === 0
        ? []
        : db.selectFrom('organisation').select(['id', 'code', 'name']).where('id', 'in', ids).orderBy('code').execute();

/** Names of people within reach; others are not found. */
export async function peopleById(db: ReadDb, ids: readonly (Id | null)[]) {
    const asked = [...new Set(ids.filter((each): each is Id => each !== null))];
    if (asked.length === 0) return new Map<Id, { id: Id; name: string; certificateNumber: string | null }>();
    const rows = await db
        .selectFrom('person')
        .select(['id', 'name', 'certificate_number as certificateNumber'])
        .where('id', 'in', asked)
        .execute();
    return new Map(rows.map((row) => [row.id, row]));
}
