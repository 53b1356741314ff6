import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { endAvoidance, insertAvoidance, lockAvoidance, openAvoidance } from './draw.store.ts';
import { peopleOf } from './task.store.ts';

/** Keeps an officer away from a party, or from an area: one of the two. Why somebody is close to a party is not written down. */
export const declareAvoidance = (
    services: Services,
    context: CommandContext,
    { personId, partyId, area }: BodyOf<Endpoints['avoidance.declare']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'avoidance.declare', async (tx) => {
        if ((partyId === undefined) === (area === undefined)) throw new DomainError('avoidance.unclear');
        const [person] = await peopleOf(tx, [personId]);
        if (person === undefined) throw new DomainError('person.notFound');
        const party = partyId === undefined ? null : await usableParty(tx, partyId);
        if ((await openAvoidance(tx, personId, { partyId, area })) !== undefined) throw new DomainError('avoidance.twice');
        const reason = partyId === undefined ? 'area' : 'declared';
        const { id } = await insertAvoidance(tx, {
            id: tx.newId(),
            person_id: personId,
            party_id: partyId ?? null,
            area: area ?? null,
            reason,
            declared_at: tx.now,
        });
        const objects = partyId === undefined ? [personId] : [personId, partyId];
        return {
            result: { id },
            events: [
                {
                    kind: 'avoidance.declared',
                    creates: [id],
                    objects,
                    body: bodyOf({ person: person.name, party: party?.name, area }),
                },
            ],
        };
    });

export const stopAvoidance = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: BodyOf<Endpoints['avoidance.end']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'avoidance.end', async (tx) => {
        const avoidance = await lockAvoidance(tx, id);
        if (avoidance === undefined) throw new DomainError('avoidance.notFound');
        await endAvoidance(tx, avoidance);
        return { result: {}, events: [{ kind: 'avoidance.ended', objects: [id, avoidance.person_id], body: { reason } }] };
    });
