import type { Day, Id } from '@liuhen/domain';
import { insertRow, insertRows, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const PARTS_KEYS = ['site_name', 'licence_number'] as const;

type At = { id: Id; version: number };

export const premisesById = (tx: Tx, id: Id) =>
    tx.db.selectFrom('premises').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst();

export const siteById = (tx: Tx, id: Id) =>
    tx.db.selectFrom('site').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst();

export const licenceById = (tx: Tx, id: Id) =>
    tx.db.selectFrom('licence').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst();

export const openSiteNamed = (tx: Tx, premisesId: Id, name: string) =>
    tx.db
        .selectFrom('site')
        .select('id')
        .where('premises_id', '=', premisesId)
        .where('name', '=', name)
        .where('closed_day', 'is', null)
        .executeTakeFirst();

/** The licence of that speciality and number, and whose it is. */
export const licenceNumbered = (tx: Tx, speciality: string, number: string) =>
    tx.db
        .selectFrom('licence as l')
        .innerJoin('party as p', 'p.id', 'l.party_id')
        .select(['l.id', 'l.party_id as partyId', 'p.name'])
        .where('l.org_id', '=', tx.orgId)
        .where('l.speciality', '=', speciality as never)
        .where('l.number', '=', number)
        .executeTakeFirst();

/** The day of the last change of a subject. */
export const lastChange = async (tx: Tx, partyId: Id, subject: 'name' | 'legalRepresentative'): Promise<Day | undefined> =>
    (
        await tx.db
            .selectFrom('party_change')
            .select((of) => of.fn.max('from_day').as('day'))
            .where('party_id', '=', partyId)
            .where('subject', '=', subject)
            .executeTakeFirst()
    )?.day ?? undefined;

export const insertChange = (tx: Tx, values: Parameters<typeof insertRow<'party_change'>>[2]) =>
    insertRow(tx, 'party_change', values);

export const insertPremises = (tx: Tx, values: Parameters<typeof insertRow<'premises'>>[2]) => insertRow(tx, 'premises', values);
export type NewPremises = Parameters<typeof insertPremises>[1];
export const insertManyPremises = (tx: Tx, rows: readonly NewPremises[]) => insertRows(tx, 'premises', rows);
export const updatePremises = (tx: Tx, at: At, patch: Parameters<typeof updateRow<'premises'>>[3]) =>
    updateRow(tx, 'premises', at, patch);

export const insertSite = (tx: Tx, values: Parameters<typeof insertRow<'site'>>[2]) => insertRow(tx, 'site', values);
export const updateSite = (tx: Tx, at: At, patch: Parameters<typeof updateRow<'site'>>[3]) => updateRow(tx, 'site', at, patch);

export const insertLicence = (tx: Tx, values: Parameters<typeof insertRow<'licence'>>[2]) => insertRow(tx, 'licence', values);
export type NewLicence = Parameters<typeof insertLicence>[1];
export const insertLicences = (tx: Tx, rows: readonly NewLicence[]) => insertRows(tx, 'licence', rows);
export const updateLicence = (tx: Tx, at: At, patch: Parameters<typeof updateRow<'licence'>>[3]) =>
    updateRow(tx, 'licence', at, patch);

type Term = { authority: string | null; validFrom: string | null; validTo: string | null };

/** What a list says of a licence that is there already; what it leaves empty stays. */
export async function updateLicenceTerm(tx: Tx, id: Id, given: Term, before: Term): Promise<Id> {
    const { version } = await tx.db
        .selectFrom('licence')
        .select('version')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirstOrThrow();
    await updateRow(
        tx,
        'licence',
        { id, version },
        {
            authority: given.authority ?? before.authority,
            valid_from: given.validFrom ?? before.validFrom,
            valid_to: given.validTo ?? before.validTo,
        },
    );
    return id;
}
