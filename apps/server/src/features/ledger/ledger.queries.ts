import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DomainError, genesisChain, type Id, parseCanonical, SYSTEM_ID, toHex, utf8Text } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { nodeDigest } from '../../platform/digest.ts';
import { readEntry } from './read-entry.ts';

export type List = ResponseOf<Endpoints['ledger.list']>;
type Item = List['items'][number];
type Detail = ResponseOf<Endpoints['ledger.get']>;
type Body = ResponseOf<Endpoints['ledger.viewBody']>['body'];

/** Entries of one log beside the person of its organisation who acted; others are named by `itemsOf`. */
export const entriesOf = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('ledger.entry as e')
        .leftJoin('person as p', (join) => join.onRef('p.id', '=', 'e.actor').onRef('p.org_id', '=', 'e.org_id'))
        .where('e.org_id', '=', orgId);

export const ITEM_COLUMNS = ['e.idx', 'e.at', 'e.kind', 'e.actor', 'e.leaf', 'e.entry', 'p.name'] as const;
export type Row = {
    idx: number;
    at: number;
    kind: Item['kind'];
    actor: Id;
    leaf: Uint8Array;
    entry: Uint8Array;
    name: string | null;
};

/**
 * Entries as they are listed. Whoever acted here and is of another organisation (who reviews a district's act, who answers to the city) is
 * named with it: the database tells the names of those who made these entries, and nothing else of that organisation is read.
 */
export async function itemsOf(db: ReadDb, orgId: Id, rows: readonly Row[]): Promise<Item[]> {
    const nameless = rows.filter((row) => row.name === null && row.actor !== SYSTEM_ID).map((row) => row.idx);
    const outside = nameless.length === 0 ? [] : await outsideActors(db, orgId, nameless);
    const known = new Map(outside.map((each) => [each.actor, each]));
    return rows.map((row) => {
        const { name = row.name, organisation = null } = known.get(row.actor) ?? {};
        return {
            index: String(row.idx),
            at: row.at,
            kind: row.kind,
            actor: { id: row.actor, name, organisation },
            objects: objectsOf(row.entry),
            leaf: toHex(row.leaf),
        };
    });
}

type OutsideActor = { readonly actor: Id; readonly name: string; readonly organisation: string };

const outsideActors = (db: ReadDb, orgId: Id, entries: readonly number[]): Promise<OutsideActor[]> =>
    db
        .selectFrom(sql<OutsideActor>`outside_actors(${orgId}, ${entries}::bigint[])`.as('o'))
        .select(['o.actor', 'o.name', 'o.organisation'])
        .execute();

/** From the signed bytes, not from the table beside them. */
const objectsOf = (entry: Uint8Array): Item['objects'] => readEntry(entry)?.objects.map(({ id, seq }) => ({ id, seq })) ?? [];

/** Size and chain value of the log; that of nothing while it is empty. */
export async function headOf(db: ReadDb, orgId: Id): Promise<List['head']> {
    const head = await db.selectFrom('ledger.head').select(['size', 'chain']).where('org_id', '=', orgId).executeTakeFirst();
    return { size: String(head?.size ?? 0), chain: toHex(head?.chain ?? genesisChain(nodeDigest)) };
}

/** One entry with its signed bytes, as they are hashed. */
export async function getEntry(db: ReadDb, orgId: Id, index: number): Promise<Detail> {
    const row = await entriesOf(db, orgId)
        .select([...ITEM_COLUMNS, 'e.chain', 'e.command_id'])
        .where('e.idx', '=', index)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('ledger.notFound');
    const [item] = await itemsOf(db, orgId, [row]);
    if (item === undefined) throw new DomainError('ledger.notFound');
    const parsed = readEntry(row.entry);
    const kept = await db
        .selectFrom('ledger.body')
        .select('idx')
        .where('org_id', '=', orgId)
        .where('idx', '=', index)
        .executeTakeFirst();
    return {
        ...item,
        // The bytes as they are: they are shown even when they were tampered with.
        entry: utf8Text(row.entry) ?? toHex(row.entry),
        chain: toHex(row.chain),
        commandId: row.command_id,
        bodyState: kept === undefined ? 'destroyed' : 'kept',
        content: parsed?.content.map(({ sha256, sm3, size }) => ({ sha256, sm3, size })) ?? [],
        rows: parsed?.rows.map(({ table, id, version }) => ({ table, id, version })) ?? [],
    };
}

/** The objects an entry is about; throws `ledger.notFound` or `ledger.bodyDestroyed`. */
export async function bodyReferences(db: ReadDb, orgId: Id, index: number): Promise<Id[]> {
    const row = await db
        .selectFrom('ledger.entry as e')
        .leftJoin('ledger.body as b', (join) => join.onRef('b.org_id', '=', 'e.org_id').onRef('b.idx', '=', 'e.idx'))
        .select(['e.entry', 'b.idx as body'])
        .where('e.org_id', '=', orgId)
        .where('e.idx', '=', index)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('ledger.notFound');
    if (row.body === null) throw new DomainError('ledger.bodyDestroyed');
    return objectsOf(row.entry).map((object) => object.id);
}

/** Names and values of an entry; read only after the looking is in the log. */
export async function getBody(db: ReadDb, orgId: Id, index: number): Promise<Body> {
    const row = await db
        .selectFrom('ledger.body')
        .select('body')
        .where('org_id', '=', orgId)
        .where('idx', '=', index)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('ledger.bodyDestroyed');
    return parseCanonical(row.body) as Body;
}
