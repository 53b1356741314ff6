import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, type DomainEvent, dayOf, decideClosing, decidePosition, type Id } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { lockChangeable, refreshSearch } from './party.store.ts';
import {
    insertPremises,
    insertSite,
    openSiteNamed,
    PARTS_KEYS,
    premisesById,
    siteById,
    updatePremises,
    updateSite,
} from './party-parts.store.ts';

type Changed = Promise<{ version: number }>;
type Closing = BodyOf<Endpoints['party.closePremises']>;
type Reopening = BodyOf<Endpoints['party.reopenPremises']>;

/** Premises and their party, which is locked and may be changed. */
async function lockPremises(tx: Tx, id: Id) {
    const premises = await premisesById(tx, id);
    if (premises === undefined) throw new DomainError('party.premisesNotFound');
    const party = await lockChangeable(tx, premises.party_id);
    // A merger that ended while this waited for the lock has moved them.
    const now = await premisesById(tx, id);
    if (now === undefined || now.party_id !== party.id) throw new DomainError('conflict.changedMeanwhile');
    return { premises: now, party };
}

const decideInUse = (closedDay: string | null): void => {
    if (closedDay !== null) throw new DomainError('party.placeClosed', { day: closedDay });
};
const decideClosed = (closedDay: string | null): void => {
    if (closedDay === null) throw new DomainError('party.placeOpen');
};

const premisesColumns = ({ name, address, latitudeE7, longitudeE7 }: BodyOf<Endpoints['party.addPremises']>) => ({
    name,
    address,
    latitude_e7: latitudeE7 ?? null,
    longitude_e7: longitudeE7 ?? null,
});

export const addPremises = (
    services: Services,
    context: CommandContext,
    partyId: Id,
    fields: BodyOf<Endpoints['party.addPremises']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'party.addPremises', async (tx) => {
        decidePosition(fields.latitudeE7, fields.longitudeE7);
        const party = await lockChangeable(tx, partyId);
        const { id } = await insertPremises(tx, { id: tx.newId(), party_id: partyId, ...premisesColumns(fields) });
        await refreshSearch(tx, party);
        return {
            result: { id },
            events: [{ kind: 'party.premisesAdded', creates: [id], objects: [partyId], body: bodyOf({ ...fields }) }],
        };
    });

export const changePremises = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['party.updatePremises']>,
): Changed =>
    runCommand(services.commands, context, 'party.updatePremises', async (tx) => {
        decidePosition(fields.latitudeE7, fields.longitudeE7);
        const { premises, party } = await lockPremises(tx, id);
        decideInUse(premises.closed_day);
        const columns = premisesColumns(fields);
        const after = await updatePremises(tx, { id, version }, columns);
        await refreshSearch(tx, party);
        const body = { changes: changesOf(premises, columns) };
        return { result: { version: after.version }, events: [{ kind: 'party.premisesUpdated', objects: [id, party.id], body }] };
    });

export const closePremises = (services: Services, context: CommandContext, id: Id, closing: Closing): Changed =>
    runCommand(services.commands, context, 'party.closePremises', async (tx) => {
        const { premises, party } = await lockPremises(tx, id);
        decideClosing(premises.closed_day, closing.day, dayOf(tx.now));
        const after = await updatePremises(tx, { id, version: closing.version }, closed(closing));
        return closedResult(after, 'party.premisesClosed', [id, party.id], premises.name, closing);
    });

export const reopenPremises = (services: Services, context: CommandContext, id: Id, { version, reason }: Reopening): Changed =>
    runCommand(services.commands, context, 'party.reopenPremises', async (tx) => {
        const { premises, party } = await lockPremises(tx, id);
        decideClosed(premises.closed_day);
        const after = await updatePremises(tx, { id, version }, OPEN);
        const body = { name: premises.name, reason };
        return {
            result: { version: after.version },
            events: [{ kind: 'party.premisesReopened', objects: [id, party.id], body }],
        };
    });

const OPEN = { closed_day: null, closed_reason: null };
const closed = ({ day, reason }: Closing) => ({ closed_day: day, closed_reason: reason });

function closedResult(
    after: { version: number },
    kind: 'party.premisesClosed' | 'party.siteClosed',
    objects: Id[],
    name: string,
    { day, reason }: Closing,
): { result: { version: number }; events: readonly [DomainEvent] } {
    return { result: { version: after.version }, events: [{ kind, objects, body: { name, day, reason } }] };
}

/** A site, its premises and their party, which is locked and may be changed. */
async function lockSite(tx: Tx, id: Id) {
    const site = await siteById(tx, id);
    if (site === undefined) throw new DomainError('party.siteNotFound');
    return { site, ...(await lockPremises(tx, site.premises_id)) };
}

async function decideSiteName(tx: Tx, premisesId: Id, name: string, own?: Id): Promise<void> {
    const other = await openSiteNamed(tx, premisesId, name);
    if (other !== undefined && other.id !== own) throw new DomainError('party.siteNameTaken', { name });
}

export const addSite = (
    services: Services,
    context: CommandContext,
    premisesId: Id,
    { name, note }: BodyOf<Endpoints['party.addSite']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'party.addSite',
        async (tx) => {
            const { premises, party } = await lockPremises(tx, premisesId);
            decideInUse(premises.closed_day);
            await decideSiteName(tx, premisesId, name);
            const { id } = await insertSite(tx, { id: tx.newId(), premises_id: premisesId, name, note: note ?? null });
            await refreshSearch(tx, party);
            const body = bodyOf({ name, note, premises: premises.name });
            return {
                result: { id },
                events: [{ kind: 'party.siteAdded', creates: [id], objects: [premisesId, party.id], body }],
            };
        },
        { retryOn: PARTS_KEYS },
    );

export const changeSite = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, name, note }: BodyOf<Endpoints['party.updateSite']>,
): Changed =>
    runCommand(
        services.commands,
        context,
        'party.updateSite',
        async (tx) => {
            const { site, premises, party } = await lockSite(tx, id);
            decideInUse(site.closed_day);
            await decideSiteName(tx, premises.id, name, id);
            const columns = { name, note: note ?? null };
            const after = await updateSite(tx, { id, version }, columns);
            await refreshSearch(tx, party);
            const body = { changes: changesOf(site, columns) };
            return {
                result: { version: after.version },
                events: [{ kind: 'party.siteUpdated', objects: [id, premises.id, party.id], body }],
            };
        },
        { retryOn: PARTS_KEYS },
    );

export const closeSite = (services: Services, context: CommandContext, id: Id, closing: Closing): Changed =>
    runCommand(services.commands, context, 'party.closeSite', async (tx) => {
        const { site, premises, party } = await lockSite(tx, id);
        decideClosing(site.closed_day, closing.day, dayOf(tx.now));
        const after = await updateSite(tx, { id, version: closing.version }, closed(closing));
        return closedResult(after, 'party.siteClosed', [id, premises.id, party.id], site.name, closing);
    });

export const reopenSite = (services: Services, context: CommandContext, id: Id, { version, reason }: Reopening): Changed =>
    runCommand(
        services.commands,
        context,
        'party.reopenSite',
        async (tx) => {
            const { site, premises, party } = await lockSite(tx, id);
            decideClosed(site.closed_day);
            decideInUse(premises.closed_day);
            await decideSiteName(tx, premises.id, site.name, id);
            const after = await updateSite(tx, { id, version }, OPEN);
            const body = { name: site.name, reason };
            return {
                result: { version: after.version },
                events: [{ kind: 'party.siteReopened', objects: [id, premises.id, party.id], body }],
            };
        },
        { retryOn: PARTS_KEYS },
    );
