import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, decideCreditCode, decidePosition, type Id, type PartyState } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import { insertParty, insertPremises, lockParty, PARTY_KEYS, partyWithCode, updateParty } from './party.store.ts';

type Fields = BodyOf<Endpoints['party.create']>;

export const createParty = (services: Services, context: CommandContext, fields: Fields): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'party.create',
        async (tx) => {
            const columns = await columnsOf(tx, fields, 'active', undefined);
            const { id } = await insertParty(tx, { id: tx.newId(), ...columns });
            const { search_text: _, ...body } = columns;
            return { result: { id }, events: [{ kind: 'party.created', creates: [id], body: bodyOf(body) }] };
        },
        { retryOn: PARTY_KEYS },
    );

export const changeParty = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, state, ...fields }: BodyOf<Endpoints['party.update']>,
): Promise<{ version: number }> =>
    runCommand(
        services.commands,
        context,
        'party.update',
        async (tx) => {
            const before = await lockParty(tx, id);
            if (before === undefined) throw new DomainError('party.notFound');
            const columns = await columnsOf(tx, fields, state, id);
            const after = await updateParty(tx, { id, version }, columns);
            const { search_text: _, ...shown } = columns;
            return {
                result: { version: after.version },
                events: [{ kind: 'party.updated', objects: [id], body: { changes: changesOf(before, shown) } }],
            };
        },
        { retryOn: PARTY_KEYS },
    );

/** The columns of a party as its fields say, once they may be written. */
async function columnsOf(tx: Tx, fields: Fields, state: PartyState, own: Id | undefined) {
    const creditCode = decideCreditCode(fields.kind, fields.creditCode);
    if (creditCode !== null) {
        const holder = await partyWithCode(tx, creditCode);
        if (holder !== undefined && holder.id !== own)
            throw new DomainError('party.creditCodeTaken', { code: creditCode, name: holder.name });
    }
    const representative = fields.legalRepresentative ?? null;
    const address = fields.address ?? null;
    const phone = fields.phone ?? null;
    return {
        name: fields.name,
        kind: fields.kind,
        credit_code: creditCode,
        legal_representative: representative,
        phone,
        address,
        state,
        search_text: searchTextOf([fields.name, representative], [creditCode, address, phone]),
    };
}

export const addPremises = (
    services: Services,
    context: CommandContext,
    partyId: Id,
    fields: BodyOf<Endpoints['party.addPremises']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'party.addPremises', async (tx) => {
        decidePosition(fields.latitudeE7, fields.longitudeE7);
        if ((await lockParty(tx, partyId)) === undefined) throw new DomainError('party.notFound');
        const { id } = await insertPremises(tx, {
            id: tx.newId(),
            party_id: partyId,
            name: fields.name,
            address: fields.address,
            latitude_e7: fields.latitudeE7 ?? null,
            longitude_e7: fields.longitudeE7 ?? null,
        });
        return {
            result: { id },
            events: [{ kind: 'party.premisesAdded', creates: [id], objects: [partyId], body: bodyOf({ ...fields }) }],
        };
    });
