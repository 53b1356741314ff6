import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    actNumber,
    bodyOf,
    type CandidateFacts,
    DomainError,
    decideActTimes,
    decideChangeable,
    decideClose,
    decideFirstParticipants,
    decideOpen,
    decideParticipants,
    decidePremises,
    decideRemoval,
    type Id,
    type Instant,
    type Part,
    SHANGHAI_OFFSET,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import {
    ACT_KEYS,
    insertAct,
    insertParticipant,
    lockAct,
    lockParticipant,
    nextPlace,
    organisationCode,
    partyNamed,
    peopleOf,
    premisesOf,
    presentPeople,
    recordingsIn,
    removeParticipant,
    updateAct,
} from './act.store.ts';

type Fields = Omit<BodyOf<Endpoints['act.update']>, 'version'>;
type Participant = BodyOf<Endpoints['act.addParticipant']>;

export const createAct = (
    services: Services,
    context: CommandContext,
    { participants, ...fields }: BodyOf<Endpoints['act.create']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'act.create', async (tx) => {
        decideActTimes(fields, tx.now);
        const place = await placeOf(tx, fields);
        const candidates = await candidatesOf(tx, participants);
        decideFirstParticipants(candidates, fields);

        // Last of what can be refused or take long: whoever comes next waits from here on.
        const year = yearOf(tx.now);
        const number = actNumber(await organisationCode(tx), year, await nextPlace(tx, year));
        const columns = columnsOf(fields);
        const { id } = await insertAct(tx, {
            id: tx.newId(),
            number,
            ...columns,
            state: 'open',
            search_text: actSearchText(number, fields, place),
        });
        for (const { personId, part } of candidates)
            await insertParticipant(tx, { id: tx.newId(), act_id: id, person_id: personId, part });
        return {
            result: { id },
            events: [
                {
                    kind: 'act.created',
                    creates: [id],
                    objects: [...referencesOf(fields), ...candidates.map((each) => each.personId)],
                    body: bodyOf({
                        number,
                        ...columns,
                        party: place.party,
                        premises: place.premises,
                        participants: candidates.map(({ name, part }) => ({ name, part })),
                    }),
                },
            ],
        };
    });

/** The register is that of the year in which the act is entered, by Shanghai's calendar. */
const yearOf = (now: Instant): number => new Date(now + SHANGHAI_OFFSET).getUTCFullYear();

export const changeAct = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['act.update']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'act.update', async (tx) => {
        const before = await lockAct(tx, id);
        if (before === undefined) throw new DomainError('act.notFound');
        decideOpen(before.state);
        decideActTimes(fields, tx.now);
        const place = await placeOf(tx, fields);
        const columns = columnsOf(fields);
        const search_text = actSearchText(before.number, fields, place);
        const after = await updateAct(tx, { id, version }, { ...columns, search_text });
        // The trace of the party it was, and of the one it is now.
        const objects = new Set([id, ...(before.party_id === null ? [] : [before.party_id]), ...referencesOf(fields)]);
        return {
            result: { version: after.version },
            events: [{ kind: 'act.updated', objects: [...objects], body: { changes: changesOf(before, columns) } }],
        };
    });

const columnsOf = ({ scenario, partyId, premisesId, place, startsAt, endsAt, note }: Fields) => ({
    scenario,
    party_id: partyId ?? null,
    premises_id: premisesId ?? null,
    place,
    starts_at: startsAt,
    ends_at: endsAt,
    note: note ?? null,
});

const referencesOf = ({ partyId, premisesId }: Fields): Id[] =>
    [partyId, premisesId].filter((each): each is Id => each !== undefined);

type Place = { party: string | null; premises: string | null };

/** The party and premises an act names, both of this organisation and of each other. */
async function placeOf(tx: Tx, { partyId, premisesId }: Fields): Promise<Place> {
    const party = partyId === undefined ? null : await partyNamed(tx, partyId);
    if (party === undefined) throw new DomainError('party.notFound');
    if (party !== null) decideChangeable(party);
    if (premisesId === undefined) return { party: party?.name ?? null, premises: null };
    const premises = await premisesOf(tx, premisesId);
    decidePremises(premises, partyId);
    return { party: party?.name ?? null, premises: premises?.name ?? null };
}

/** Names of parties and participants are joined when searching: they change without the act. */
const actSearchText = (number: string, { place, note }: Fields, { premises }: Place): string =>
    searchTextOf([place, premises], [number, note ?? null]);

async function candidatesOf(tx: Tx, participants: readonly Participant[]): Promise<CandidateFacts[]> {
    const people = await peopleOf(
        tx,
        participants.map((each) => each.personId),
    );
    return participants.map(({ personId, part }) => {
        const person = people.get(personId);
        if (person === undefined) throw new DomainError('person.notFound');
        const { name, kind, certificate_number: certificateNumber, left_at: leftAt } = person;
        return { personId, name, kind, certificateNumber, leftAt, part };
    });
}

export const addParticipant = (
    services: Services,
    context: CommandContext,
    actId: Id,
    participant: Participant,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'act.addParticipant',
        async (tx) => {
            const act = await lockAct(tx, actId);
            if (act === undefined) throw new DomainError('act.notFound');
            decideOpen(act.state);
            const candidates = await candidatesOf(tx, [participant]);
            decideParticipants(candidates, await presentPeople(tx, actId), { startsAt: act.starts_at });
            const { personId, part } = participant;
            const { id } = await insertParticipant(tx, { id: tx.newId(), act_id: actId, person_id: personId, part });
            const name = candidates[0]?.name;
            return {
                result: { id },
                events: [{ kind: 'act.participantAdded', objects: [actId, personId], body: bodyOf({ name, part }) }],
            };
        },
        { retryOn: ACT_KEYS },
    );

export const endParticipation = (
    services: Services,
    context: CommandContext,
    participantId: Id,
    { reason }: BodyOf<Endpoints['act.removeParticipant']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.removeParticipant', async (tx) => {
        const participant = await lockParticipant(tx, participantId);
        if (participant === undefined) throw new DomainError('act.participantNotFound');
        const { act_id: actId, person_id: personId, name } = participant;
        decideOpen(participant.actState);
        decideRemoval(await recordingsIn(tx, actId, personId));
        await removeParticipant(tx, participant);
        const part: Part = participant.part;
        return {
            result: {},
            events: [{ kind: 'act.participantRemoved', objects: [actId, personId], body: bodyOf({ name, part, reason }) }],
        };
    });

export const closeAct = (
    services: Services,
    context: CommandContext,
    id: Id,
    { as, reason }: BodyOf<Endpoints['act.close']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.close', async (tx) => {
        const act = await lockAct(tx, id);
        if (act === undefined) throw new DomainError('act.notFound');
        decideClose({ state: act.state, recordings: await recordingsIn(tx, id) }, { as, reason });
        await updateAct(tx, act, { state: as });
        return { result: {}, events: [{ kind: 'act.closed', objects: [id], body: bodyOf({ as, reason }) }] };
    });
