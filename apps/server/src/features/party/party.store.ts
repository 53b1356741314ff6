import { DomainError, type Id } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertRow, insertRows, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import { refuseMerged } from './party-usable.queries.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const PARTY_KEYS = ['party_credit_code'] as const;

/** The row for a decision that changes it: locked until the command ends. */
export const lockParty = (tx: Tx, id: Id) =>
    tx.db.selectFrom('party').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

/** Many at once, in one order, so that two lists do not wait for each other. */
export const lockParties = (tx: Tx, ids: readonly Id[]) =>
    tx.db
        .selectFrom('party')
        .select('id')
        .where('id', '=', sql<Id>`any (${ids}::uuid[])`)
        .where('org_id', '=', tx.orgId)
        .orderBy('id')
        .forUpdate()
        .execute();

export type PartyRow = NonNullable<Awaited<ReturnType<typeof lockParty>>>;

/** The same for changing it or what belongs to it, which a merged party does not allow. */
export async function lockChangeable(tx: Tx, id: Id): Promise<PartyRow> {
    const party = await lockParty(tx, id);
    if (party === undefined) throw new DomainError('party.notFound');
    await refuseMerged(tx.read, party);
    return party;
}

export const partyWithCode = (tx: Tx, code: string) =>
    tx.db
        .selectFrom('party')
        .select(['id', 'name'])
        .where('org_id', '=', tx.orgId)
        .where('credit_code', '=', code)
        .executeTakeFirst();

export const insertParty = (tx: Tx, values: Parameters<typeof insertRow<'party'>>[2]) => insertRow(tx, 'party', values);

export type NewParty = Parameters<typeof insertParty>[1];
export const insertParties = (tx: Tx, rows: readonly NewParty[]) => insertRows(tx, 'party', rows);

/** Changes the party and brings its search text up to date, with all that is of it by now. */
export async function updateParty(
    tx: Tx,
    before: PartyRow,
    version: number,
    patch: Omit<Parameters<typeof updateRow<'party'>>[3], 'search_text'>,
) {
    const search_text = await searchTextOfParty(tx, { ...before, ...(patch as Partial<PartyRow>) });
    return updateRow(tx, 'party', { id: before.id, version }, { ...patch, search_text });
}

/** A merger or its undoing; the duplicate is still found as it was. */
export const setMerged = (tx: Tx, duplicate: PartyRow, patch: Pick<PartyRow, 'state' | 'merged_into'>) =>
    updateRow(tx, 'party', duplicate, patch);

/** After something of the party was added or changed: its search text follows, if it says anything new. */
export async function refreshSearch(tx: Tx, party: PartyRow): Promise<void> {
    const search_text = await searchTextOfParty(tx, party);
    if (search_text !== party.search_text) await updateRow(tx, 'party', party, { search_text });
}

type Searched = Pick<PartyRow, 'id' | 'name' | 'legal_representative' | 'credit_code' | 'address' | 'phone'>;

/**
 * What a party is found by: names and representatives, present and earlier, codes, addresses, premises, sites, numbers of
 * licences, and all of these of the duplicates merged into it.
 */
export async function searchTextOfParty(tx: Tx, party: Searched): Promise<string> {
    const changes = await tx.db
        .selectFrom('party_change')
        .select('earlier')
        .where('party_id', '=', party.id)
        .orderBy('id')
        .execute();
    const places = await tx.db
        .selectFrom('premises')
        .select(['id', 'name', 'address'])
        .where('party_id', '=', party.id)
        .orderBy('id')
        .execute();
    const sites = await tx.db
        .selectFrom('site as s')
        .innerJoin('premises as p', 'p.id', 's.premises_id')
        .select('s.name')
        .where('p.party_id', '=', party.id)
        .orderBy('s.id')
        .execute();
    const licences = await tx.db.selectFrom('licence').select('number').where('party_id', '=', party.id).orderBy('id').execute();
    const merged = await tx.db
        .selectFrom('party')
        .select('search_text')
        .where('merged_into', '=', party.id)
        .orderBy('id')
        .execute();
    const names = [
        party.name,
        party.legal_representative,
        ...changes.map((each) => each.earlier),
        ...places.map((each) => each.name),
        ...sites.map((each) => each.name),
    ];
    const others = [party.credit_code, party.address, party.phone, ...places.map((each) => each.address)];
    const own = searchTextOf([...new Set(names)], [...new Set([...others, ...licences.map((each) => each.number)])]);
    return [own, ...merged.map((each) => each.search_text)].join('\n');
}
