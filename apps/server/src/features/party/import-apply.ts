import {
    bodyOf,
    type DomainEvent,
    dayOf,
    type Id,
    type ImportChange,
    type ImportFields,
    type ImportLicence,
    isSameLicence,
} from '@liuhen/domain';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import { insertParties, lockChangeable, type NewParty, updateParty } from './party.store.ts';
import {
    insertChange,
    insertLicence,
    insertLicences,
    insertManyPremises,
    insertPremises,
    lastChange,
    licenceNumbered,
    type NewLicence,
    type NewPremises,
    updateLicenceTerm,
} from './party-parts.store.ts';

/** New parties with what their rows say of licence and premises, written together at the end. */
export type Creations = { parties: NewParty[]; premises: NewPremises[]; licences: NewLicence[] };
export const noCreations = (): Creations => ({ parties: [], premises: [], licences: [] });

export async function writeCreations(tx: Tx, { parties, premises, licences }: Creations): Promise<void> {
    await insertParties(tx, parties);
    await insertManyPremises(tx, premises);
    await insertLicences(tx, licences);
}

/** Adds one to be written; gives its id and its event. */
export function createFromImport(
    tx: Tx,
    { licence, premises, ...fields }: ImportFields,
    creations: Creations,
): { id: Id; event: DomainEvent } {
    const { name, kind, creditCode, legalRepresentative, phone, address } = fields;
    const columns = {
        name,
        kind,
        credit_code: creditCode,
        legal_representative: legalRepresentative,
        phone,
        address,
        state: 'active' as const,
    };
    const search_text = searchTextOf(
        [name, legalRepresentative, premises?.name ?? null],
        [creditCode, address, phone, premises?.address ?? null, licence?.number ?? null],
    );
    const id = tx.newId();
    creations.parties.push({ id, ...columns, search_text });
    const parts: Id[] = [];
    if (premises !== null) {
        const premisesId = tx.newId();
        creations.premises.push({ id: premisesId, party_id: id, ...premises });
        parts.push(premisesId);
    }
    if (licence !== null) {
        const row = licenceRow(tx, id, licence);
        creations.licences.push(row);
        parts.push(row.id);
    }
    const body = {
        ...bodyOf(columns),
        ...(licence === null ? {} : { licence: bodyOf({ ...licence }) }),
        ...(premises === null ? {} : { premises }),
    };
    return { id, event: { kind: 'party.created', creates: [id, ...parts], body } };
}

function licenceRow(tx: Tx, partyId: Id, licence: ImportLicence) {
    const { speciality, specialityOther, number, authority, validFrom, validTo } = licence;
    const term = { authority, valid_from: validFrom, valid_to: validTo };
    const columns = { speciality, speciality_other: specialityOther, number, ...term, state: 'valid' as const };
    return { id: tx.newId(), party_id: partyId, ...columns };
}

type Existing = { readonly id: Id; readonly version: number; readonly licences: readonly ImportLicence[] };

/** Only the fields that differ; a name or representative that changes keeps the earlier one. */
export async function changeFromImport(
    tx: Tx,
    existing: Existing,
    fields: ImportFields,
    changes: readonly ImportChange[],
): Promise<DomainEvent[]> {
    const party = await lockChangeable(tx, existing.id);
    const has = (field: ImportChange['field']) => changes.some((each) => each.field === field);
    const today = dayOf(tx.now);
    for (const subject of ['name', 'legalRepresentative'] as const) {
        const change = changes.find((each) => each.field === subject);
        // A representative that was not known before is completed, not changed.
        if (change === undefined || change.from === null) continue;
        const since = await lastChange(tx, party.id, subject);
        const from_day = since !== undefined && since > today ? since : today;
        const kept = { subject, earlier: change.from, value: change.to, from_day, reason: '批量导入' };
        await insertChange(tx, { id: tx.newId(), party_id: party.id, ...kept, at: tx.now });
    }
    const created: Id[] = [];
    const touched: Id[] = [];
    const { licence, premises } = fields;
    if (premises !== null && has('premises'))
        created.push((await insertPremises(tx, { id: tx.newId(), party_id: party.id, ...premises })).id);
    if (licence !== null && has('licence')) created.push((await insertLicence(tx, licenceRow(tx, party.id, licence))).id);
    else if (licence !== null && (has('authority') || has('validFrom') || has('validTo'))) {
        const held = await licenceNumbered(tx, licence.speciality, licence.number);
        const before = existing.licences.find((each) => isSameLicence(each, licence));
        if (held !== undefined && before !== undefined) touched.push(await updateLicenceTerm(tx, held.id, licence, before));
    }
    await updateParty(tx, party, party.version, {
        name: fields.name,
        ...(has('kind') ? { kind: fields.kind } : {}),
        ...(fields.legalRepresentative === null ? {} : { legal_representative: fields.legalRepresentative }),
        ...(fields.phone === null ? {} : { phone: fields.phone }),
        ...(fields.address === null ? {} : { address: fields.address }),
    });
    const body = { changes: changes.map((each) => bodyOf({ ...each })) };
    return [{ kind: 'party.updated', creates: created, objects: [party.id, ...touched], body }];
}
