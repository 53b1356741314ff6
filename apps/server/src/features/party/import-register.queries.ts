import { type Id, type ImportExisting, type ImportFields, mayBeMeant } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { survivorNames } from './party-usable.queries.ts';

/** What the register says about the rows of a list, read once for many of them. */
export type Register = {
    /** The party a row means, and how many it could mean. */
    find(fields: ImportFields): { existing: (ImportExisting & { id: Id; version: number }) | undefined; candidates: number };
    /** Another party that holds the licence of the row. */
    holderOf(fields: ImportFields, own: Id | undefined): string | undefined;
};

type PartyRow = ImportExisting & { id: Id; version: number };

export async function registerFor(db: ReadDb, orgId: Id, rows: readonly ImportFields[]): Promise<Register> {
    const codes = [...new Set(rows.flatMap((row) => row.creditCode ?? []))];
    const names = [...new Set(rows.flatMap((row) => (row.creditCode === null ? row.name : [])))];
    const numbers = [...new Set(rows.flatMap((row) => row.licence?.number ?? []))];
    const parties = await partiesBy(db, orgId, codes, names);
    const byCode = new Map(parties.map((party) => [party.creditCode, party]));
    const byName = Map.groupBy(
        parties.filter((party) => party.creditCode === null),
        (party) => party.name,
    );
    const holders = await holdersOf(db, orgId, numbers);
    return {
        find(fields) {
            if (fields.creditCode !== null) {
                const existing = byCode.get(fields.creditCode);
                return { existing, candidates: existing === undefined ? 0 : 1 };
            }
            const alike = (byName.get(fields.name) ?? []).filter((party) => mayBeMeant(party, fields));
            return { existing: alike.length === 1 ? alike[0] : undefined, candidates: alike.length };
        },
        holderOf({ licence }, own) {
            if (licence === null) return undefined;
            const holder = holders.get(JSON.stringify([licence.speciality, licence.number]));
            return holder === undefined || holder.id === own ? undefined : holder.name;
        },
    };
}

async function partiesBy(db: ReadDb, orgId: Id, codes: readonly string[], names: readonly string[]): Promise<PartyRow[]> {
    const rows = await db
        .selectFrom('party as p')
        .select(['p.id', 'p.version', 'p.name', 'p.kind', 'p.credit_code as creditCode', 'p.phone', 'p.address'])
        .select(['p.legal_representative as legalRepresentative', 'p.merged_into'])
        .where('p.org_id', '=', orgId)
        .where(
            sql<boolean>`(p.credit_code = any (${codes}::text[]) or p.credit_code is null and p.name = any (${names}::text[]))`,
        )
        .execute();
    const ids = rows.map((row) => row.id);
    const licences = await db
        .selectFrom('licence')
        .select(['party_id', 'speciality', 'speciality_other as specialityOther', 'number', 'authority'])
        .select(['valid_from as validFrom', 'valid_to as validTo'])
        .where('party_id', '=', sql<Id>`any (${ids}::uuid[])`)
        .execute();
    const premises = await db
        .selectFrom('premises')
        .select(['party_id', 'name', 'address'])
        .where('party_id', '=', sql<Id>`any (${ids}::uuid[])`)
        .execute();
    const [licencesOf, premisesOf] = [Map.groupBy(licences, (row) => row.party_id), Map.groupBy(premises, (row) => row.party_id)];
    const survivors = await survivorNames(
        db,
        rows.flatMap((row) => row.merged_into ?? []),
    );
    const survivorOf = (into: Id | null) => (into === null ? null : (survivors.get(into) ?? ''));
    return rows.map(({ merged_into, ...row }) => ({
        ...row,
        mergedInto: survivorOf(merged_into),
        licences: licencesOf.get(row.id) ?? [],
        premises: premisesOf.get(row.id) ?? [],
    }));
}

async function holdersOf(db: ReadDb, orgId: Id, numbers: readonly string[]): Promise<Map<string, { id: Id; name: string }>> {
    const rows = await db
        .selectFrom('licence as l')
        .innerJoin('party as p', 'p.id', 'l.party_id')
        .select(['l.speciality', 'l.number', 'p.id', 'p.name'])
        .where('l.org_id', '=', orgId)
        .where('l.number', '=', sql<string>`any (${numbers}::text[])`)
        .execute();
    return new Map(rows.map(({ speciality, number, ...holder }) => [JSON.stringify([speciality, number]), holder]));
}
