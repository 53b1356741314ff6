import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, dayOf, decideChange, decideCreditCode, type Id } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import { insertParty, lockChangeable, PARTY_KEYS, partyWithCode, updateParty } from './party.store.ts';
import { insertChange, lastChange } from './party-parts.store.ts';

type Fields = BodyOf<Endpoints['party.create']>;

export const createParty = (services: Services, context: CommandContext, fields: Fields): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'party.create',
        async (tx) => {
            const columns = { ...(await columnsOf(tx, fields, undefined)), state: 'active' as const };
            const search_text = searchTextOf(
                [columns.name, columns.legal_representative],
                [columns.credit_code, columns.address, columns.phone],
            );
            const { id } = await insertParty(tx, { id: tx.newId(), ...columns, search_text });
            return { result: { id }, events: [{ kind: 'party.created', creates: [id], body: bodyOf(columns) }] };
        },
        { retryOn: PARTY_KEYS },
    );

/** Corrects and completes; a new name or representative is `party.rename` and `party.changeRepresentative`. */
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
            const before = await lockChangeable(tx, id);
            const columns = { ...(await columnsOf(tx, fields, id)), state };
            const after = await updateParty(tx, before, version, columns);
            return {
                result: { version: after.version },
                events: [{ kind: 'party.updated', objects: [id], body: { changes: changesOf(before, columns) } }],
            };
        },
        { retryOn: PARTY_KEYS },
    );

/** The columns of a party as its fields say, once they may be written. */
async function columnsOf(tx: Tx, fields: Fields, own: Id | undefined) {
    const creditCode = decideCreditCode(fields.kind, fields.creditCode);
    if (creditCode !== null) {
        const holder = await partyWithCode(tx, creditCode);
        if (holder !== undefined && holder.id !== own)
            throw new DomainError('party.creditCodeTaken', { code: creditCode, name: holder.name });
    }
    return {
        name: fields.name,
        kind: fields.kind,
        credit_code: creditCode,
        legal_representative: fields.legalRepresentative ?? null,
        phone: fields.phone ?? null,
        address: fields.address ?? null,
    };
}

export const renameParty = (
    services: Services,
    context: CommandContext,
    id: Id,
    { name, fromDay, reason, version }: BodyOf<Endpoints['party.rename']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'party.rename', async (tx) => {
        const party = await lockChangeable(tx, id);
        const since = await lastChange(tx, id, 'name');
        decideChange({ value: name, from: fromDay }, { value: party.name, since }, dayOf(tx.now));
        const change = { subject: 'name' as const, earlier: party.name, value: name, from_day: fromDay, reason };
        await insertChange(tx, { id: tx.newId(), party_id: id, ...change, at: tx.now });
        const after = await updateParty(tx, party, version, { name });
        return {
            result: { version: after.version },
            events: [{ kind: 'party.renamed', objects: [id], body: { from: party.name, to: name, fromDay, reason } }],
        };
    });

export const changeRepresentative = (
    services: Services,
    context: CommandContext,
    id: Id,
    { legalRepresentative, fromDay, reason, version }: BodyOf<Endpoints['party.changeRepresentative']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'party.changeRepresentative', async (tx) => {
        const party = await lockChangeable(tx, id);
        const earlier = party.legal_representative;
        const since = await lastChange(tx, id, 'legalRepresentative');
        decideChange({ value: legalRepresentative, from: fromDay }, { value: earlier, since }, dayOf(tx.now));
        const change = {
            subject: 'legalRepresentative' as const,
            earlier,
            value: legalRepresentative,
            from_day: fromDay,
            reason,
        };
        await insertChange(tx, { id: tx.newId(), party_id: id, ...change, at: tx.now });
        const after = await updateParty(tx, party, version, { legal_representative: legalRepresentative });
        const body = bodyOf({ from: earlier, to: legalRepresentative, fromDay, reason });
        return { result: { version: after.version }, events: [{ kind: 'party.representativeChanged', objects: [id], body }] };
    });
