import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    type CandidateFacts,
    DomainError,
    decideNamed,
    decideOpen,
    decideParticipants,
    decideRemoval,
    type Id,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { participantsOf } from '../recording/recording.queries.ts';
import {
    ACT_KEYS,
    insertParticipant,
    lockParticipant,
    namedPeople,
    peopleOf,
    recordingsIn,
    removeParticipant,
    updateParticipant,
} from './act.store.ts';
import { type LockedAct, loadDraft, saveDraft, segmentNamed } from './act-draft.ts';
import { peopleWithPresence, removePresence } from './act-segment.store.ts';
import { actFor } from './act-site.ts';
import { refuseUnlessVisible } from './act-visibility.queries.ts';

type Participant = BodyOf<Endpoints['act.addParticipant']>;
type Ours = Extract<Participant, { personId: Id }>;
type Named = Exclude<Participant, Ours>;

export async function candidatesOf(tx: Tx, participants: readonly Pick<Ours, 'personId' | 'part'>[]): Promise<CandidateFacts[]> {
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
            const act = await actFor(tx, actId);
            decideOpen(act.state);
            const added = 'personId' in participant ? await addOurs(tx, act, participant) : await addNamed(tx, act, participant);
            await placePerson(tx, act, added.id, participant.segmentIds);
            return {
                result: { id: added.id },
                events: [{ kind: 'act.participantAdded', objects: [actId, ...added.objects], body: added.body }],
            };
        },
        { retryOn: ACT_KEYS },
    );

async function addOurs(tx: Tx, act: LockedAct, { personId, part }: Ours) {
    const candidates = await candidatesOf(tx, [{ personId, part }]);
    decideParticipants(candidates, await participantsOf(tx.read, act.id), { startsAt: act.starts_at });
    const { id } = await insertParticipant(tx, { id: tx.newId(), act_id: act.id, person_id: personId, part });
    return { id, objects: [personId], body: bodyOf({ name: candidates[0]?.name, part }) };
}

/** The party's person, a witness, an interpreter, a colleague of another agency: never anybody's recorder, never one of the two. */
async function addNamed(tx: Tx, act: LockedAct, { part, name, agency, relation, idShown }: Named) {
    decideNamed({ part, name, agency: agency ?? null }, await namedPeople(tx, act.id));
    const { id } = await insertParticipant(tx, {
        id: tx.newId(),
        act_id: act.id,
        part,
        name,
        agency: agency ?? null,
        relation: relation ?? null,
        id_shown: idShown ?? null,
    });
    return { id, objects: [], body: bodyOf({ name, part, agency, relation, idShown }) };
}

/** In the segments named, or in all there are. */
async function placePerson(tx: Tx, act: LockedAct, participantId: Id, segmentIds: readonly Id[] | undefined): Promise<void> {
    const draft = await loadDraft(tx, act);
    const named = segmentIds?.map((id) => segmentNamed(draft, act, id).id);
    const chosen = new Set(named ?? draft.segments.map((each) => each.id));
    const person = draft.people.find((each) => each.id === participantId);
    if (person === undefined) throw new DomainError('act.participantNotFound');
    person.stays = [...chosen].map((segmentId) => ({ segmentId, from: null, to: null, row: null }));
    await saveDraft(tx, act, draft);
}

export const changeParticipant = (
    services: Services,
    context: CommandContext,
    participantId: Id,
    { version, certificateShownAt, idShown, relation }: BodyOf<Endpoints['act.updateParticipant']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'act.updateParticipant', async (tx) => {
        const participant = await lockParticipant(tx, participantId);
        if (participant === undefined) throw new DomainError('act.participantNotFound');
        const { act, person_id: personId, name, part } = participant;
        await refuseUnlessVisible(tx.read, act, tx.actor);
        decideOpen(act.state);
        // 附件1 第9条: officers show theirs, and while the act goes on.
        if (certificateShownAt != null) {
            if (part !== 'officer') throw new DomainError('act.certificateNotOfficer');
            if (certificateShownAt < act.starts_at || certificateShownAt > act.ends_at)
                throw new DomainError('act.presenceOutside', { name });
        }
        const columns = {
            certificate_shown_at: certificateShownAt === undefined ? participant.certificate_shown_at : certificateShownAt,
            id_shown: idShown === undefined ? participant.id_shown : idShown,
            relation: relation === undefined ? participant.relation : relation,
        };
        const after = await updateParticipant(tx, { id: participantId, version }, columns);
        const objects = personId === null ? [act.id] : [act.id, personId];
        const body = bodyOf({ name, part, changes: changesOf(participant, columns) });
        return { result: { version: after.version }, events: [{ kind: 'act.participantUpdated', objects, body }] };
    });

export const endParticipation = (
    services: Services,
    context: CommandContext,
    participantId: Id,
    { reason }: BodyOf<Endpoints['act.removeParticipant']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.removeParticipant', async (tx) => {
        const participant = await lockParticipant(tx, participantId);
        if (participant === undefined) throw new DomainError('act.participantNotFound');
        const { act, person_id: personId, name, part } = participant;
        await refuseUnlessVisible(tx.read, act, tx.actor);
        decideOpen(act.state);
        if (personId !== null) decideRemoval(await recordingsIn(tx, act.id, personId));
        const person = (await peopleWithPresence(tx, act.id)).find((each) => each.id === participantId);
        for (const stay of person?.rows ?? []) await removePresence(tx, stay);
        await removeParticipant(tx, participant);
        const objects = personId === null ? [act.id] : [act.id, personId];
        return { result: {}, events: [{ kind: 'act.participantRemoved', objects, body: bodyOf({ name, part, reason }) }] };
    });
