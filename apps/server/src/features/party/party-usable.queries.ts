import { DomainError, decideChangeable, type Id, type PartyState } from '@liuhen/domain';
import { sql } from 'kysely';
import type { Tx } from '../../platform/command/tx.ts';
import type { ReadDb } from '../../platform/db/database.ts';

/**
 * The party that something new is to be about: of this organisation, and not merged into another. Held until the command
 * ends, so that a merger that is confirmed meanwhile either moves what is made here or refuses it. Throws `party.notFound` or
 * `party.merged` with the survivor's name.
 */
export async function usableParty(tx: Tx, id: Id): Promise<{ id: Id; name: string }> {
    const party = await tx.db
        .selectFrom('party')
        .select(['id', 'name', 'state', 'merged_into'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forShare()
        .executeTakeFirst();
    if (party === undefined) throw new DomainError('party.notFound');
    await refuseMerged(tx.read, party);
    return { id: party.id, name: party.name };
}

type Party = { readonly name: string; readonly state: PartyState; readonly merged_into: Id | null };

export const refuseMerged = async (db: ReadDb, party: Party): Promise<void> =>
    decideChangeable({ ...party, survivor: (await survivorOf(db, party.merged_into))?.name ?? null });

/** The party at the end of all mergers. */
export async function survivorOf(db: ReadDb, into: Id | null): Promise<{ id: Id; name: string } | null> {
    let next = into;
    let survivor: { id: Id; name: string } | null = null;
    while (next !== null) {
        const row = await db.selectFrom('party').select(['id', 'name', 'merged_into']).where('id', '=', next).executeTakeFirst();
        if (row === undefined) break;
        survivor = { id: row.id, name: row.name };
        next = row.merged_into;
    }
    return survivor;
}

/** The same for many at once: the survivor's name by the party that was merged into first. */
export async function survivorNames(db: ReadDb, into: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
    const parties = new Map<Id, { readonly name: string; readonly merged_into: Id | null }>();
    let next = [...new Set(into)];
    while (next.length > 0) {
        const rows = await db
            .selectFrom('party')
            .select(['id', 'name', 'merged_into'])
            .where('id', '=', sql<Id>`any (${next}::uuid[])`)
            .execute();
        for (const { id, ...party } of rows) parties.set(id, party);
        next = [...new Set(rows.flatMap((row) => row.merged_into ?? []))].filter((id) => !parties.has(id));
    }
    const last = (id: Id): string => {
        const party = parties.get(id);
        return party?.merged_into == null ? (party?.name ?? '') : last(party.merged_into);
    };
    return new Map(into.map((id) => [id, last(id)]));
}
