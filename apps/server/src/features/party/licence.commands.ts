import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, decideLicence, type Id } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { lockChangeable, refreshSearch } from './party.store.ts';
import { insertLicence, licenceById, licenceNumbered, PARTS_KEYS, premisesById, updateLicence } from './party-parts.store.ts';

type Fields = BodyOf<Endpoints['party.addLicence']>;

export const addLicence = (services: Services, context: CommandContext, partyId: Id, fields: Fields): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'party.addLicence',
        async (tx) => {
            const party = await lockChangeable(tx, partyId);
            const columns = await licenceColumns(tx, partyId, fields, undefined);
            const { id } = await insertLicence(tx, { id: tx.newId(), party_id: partyId, ...columns });
            await refreshSearch(tx, party);
            return {
                result: { id },
                events: [{ kind: 'party.licenceAdded', creates: [id], objects: [partyId], body: bodyOf(columns) }],
            };
        },
        { retryOn: PARTS_KEYS },
    );

export const changeLicence = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['party.updateLicence']>,
): Promise<{ version: number }> =>
    runCommand(
        services.commands,
        context,
        'party.updateLicence',
        async (tx) => {
            const before = await licenceById(tx, id);
            if (before === undefined) throw new DomainError('party.licenceNotFound');
            const party = await lockChangeable(tx, before.party_id);
            const columns = await licenceColumns(tx, party.id, fields, id);
            const after = await updateLicence(tx, { id, version }, columns);
            await refreshSearch(tx, party);
            const body = { changes: changesOf(before, columns) };
            return {
                result: { version: after.version },
                events: [{ kind: 'party.licenceUpdated', objects: [id, party.id], body }],
            };
        },
        { retryOn: PARTS_KEYS },
    );

/** The columns of a licence as its fields say, once they may be written. */
async function licenceColumns(tx: Tx, partyId: Id, fields: Fields, own: Id | undefined) {
    decideLicence(fields);
    const { premisesId, speciality, number } = fields;
    if (premisesId !== undefined && (await premisesById(tx, premisesId))?.party_id !== partyId)
        throw new DomainError('party.premisesNotFound');
    const holder = await licenceNumbered(tx, speciality, number);
    if (holder !== undefined && holder.id !== own)
        throw new DomainError('party.licenceNumberTaken', { number, name: holder.name });
    return {
        premises_id: premisesId ?? null,
        speciality,
        speciality_other: fields.specialityOther ?? null,
        number,
        authority: fields.authority ?? null,
        valid_from: fields.validFrom ?? null,
        valid_to: fields.validTo ?? null,
        state: fields.state,
        note: fields.note ?? null,
    };
}
