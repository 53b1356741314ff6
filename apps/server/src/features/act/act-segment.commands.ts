import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, decideActTimes, decideOpen, decideSegmentRemoval, decideStart, type Id } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { lockParticipant } from './act.store.ts';
import { type ActDraft, type DraftStay, loadDraft, replaceSegment, saveDraft, segmentNamed } from './act-draft.ts';
import { segmentColumns, standingExemptions } from './act-segment.store.ts';
import { actFor, checkSite, segmentOfFields } from './act-site.ts';

/** An announced act begins: it, and what was to begin with it, at the moment stated (附件1 第10条). */
export const startAct = (
    services: Services,
    context: CommandContext,
    id: Id,
    { startsAt }: BodyOf<Endpoints['act.start']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.start', async (tx) => {
        const act = await actFor(tx, id);
        // What was foreseen is moved as a whole: nobody knows yet how long it will be.
        const shift = startsAt - act.starts_at;
        decideStart(act.state, { startsAt, endsAt: act.ends_at + shift }, tx.now);
        const draft = await loadDraft(tx, act);
        shiftAll(draft, shift);
        await saveDraft(tx, act, draft, { patch: { state: 'open' } });
        return { result: {}, events: [{ kind: 'act.started', objects: [id], body: { startsAt, announced: act.starts_at } }] };
    });

function shiftAll(draft: ActDraft, by: number): void {
    const moved = (at: number | null) => (at === null ? null : at + by);
    draft.segments = draft.segments.map((each) => ({ ...each, startsAt: each.startsAt + by, endsAt: each.endsAt + by }));
    for (const person of draft.people)
        person.stays = person.stays.map((stay) => ({ ...stay, from: moved(stay.from), to: moved(stay.to) }));
}

/**
 * Another scenario or another site: a team splits, or a routine check becomes preservation of evidence. Who is there is said
 * with it; a segment it follows may end where this one begins.
 */
export const addSegment = (
    services: Services,
    context: CommandContext,
    actId: Id,
    { participantIds, endsSegmentId, ...fields }: BodyOf<Endpoints['act.addSegment']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'act.addSegment', async (tx) => {
        const act = await actFor(tx, actId);
        decideOpen(act.state);
        if (act.state === 'open') decideActTimes(fields, tx.now);
        const segment = segmentOfFields(fields);
        const premises = await checkSite(tx, segment, act.party_id);
        const draft = await loadDraft(tx, act);
        if (endsSegmentId !== undefined) endSegment(draft, segmentNamed(draft, act, endsSegmentId).id, fields.startsAt);
        const id = tx.newId();
        const note = fields.note ?? null;
        draft.segments = [...draft.segments, { id, ...segment, note, row: null }];
        const there = new Set(participantIds);
        for (const person of draft.people)
            if (there.delete(person.id)) person.stays = [...person.stays, { segmentId: id, from: null, to: null, row: null }];
        if (there.size > 0) throw new DomainError('act.participantNotFound');
        await saveDraft(tx, act, draft);
        const present = draft.people.filter((each) => participantIds.includes(each.id)).map((each) => each.name);
        const body = bodyOf({ ...segmentColumns({ ...segment, note }), premises, present, endsSegmentId });
        return { result: { id }, events: [{ kind: 'act.segmentAdded', creates: [id], objects: [actId], body }] };
    });

/** What ran until now ends; whoever was said to stay longer stays to its end. */
function endSegment(draft: ActDraft, id: Id, at: number): void {
    replaceSegment(draft, id, (segment) => ({ ...segment, endsAt: at }));
    for (const person of draft.people)
        person.stays = person.stays.map((stay) =>
            stay.segmentId === id && stay.to !== null && stay.to > at ? { ...stay, to: null } : stay,
        );
}

export const changeSegment = (
    services: Services,
    context: CommandContext,
    { id: actId, segmentId }: { id: Id; segmentId: Id },
    { version, ...fields }: BodyOf<Endpoints['act.changeSegment']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'act.changeSegment', async (tx) => {
        const act = await actFor(tx, actId);
        decideOpen(act.state);
        if (act.state === 'open') decideActTimes(fields, tx.now);
        const draft = await loadDraft(tx, act);
        const before = segmentNamed(draft, act, segmentId);
        const segment = segmentOfFields(fields);
        await checkSite(tx, segment, act.party_id);
        const note = fields.note ?? null;
        replaceSegment(draft, before.id, ({ row }) => ({ id: before.id, ...segment, note, row, expected: version }));
        await saveDraft(tx, act, draft);
        const changes = changesOf(segmentColumns(before), segmentColumns({ ...segment, note }));
        return {
            // Before it was kept a segment went by version 0; its row begins with 1, as every row does.
            result: { version: version + 1 },
            events: [{ kind: 'act.segmentChanged', objects: [actId], body: { segment: before.id, changes } }],
        };
    });

export const removeSegment = (
    services: Services,
    context: CommandContext,
    { id: actId, segmentId }: { id: Id; segmentId: Id },
    { reason }: BodyOf<Endpoints['act.removeSegment']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.removeSegment', async (tx) => {
        const act = await actFor(tx, actId);
        decideOpen(act.state);
        const draft = await loadDraft(tx, act);
        const { id, scenario, place } = segmentNamed(draft, act, segmentId);
        const exempt = (await standingExemptions(tx, actId)).filter((each) => each.segment_id === id);
        decideSegmentRemoval(draft.segments.length, exempt.length);
        draft.segments = draft.segments.filter((each) => each.id !== id);
        for (const person of draft.people) person.stays = person.stays.filter((stay) => stay.segmentId !== id);
        await saveDraft(tx, act, draft);
        return {
            result: {},
            events: [{ kind: 'act.segmentRemoved', objects: [actId], body: bodyOf({ scenario, place, reason }) }],
        };
    });

/** An officer who leaves early counts only while present (附件1 第5条): the whole of what is known of one person is said anew. */
export const statePresence = (
    services: Services,
    context: CommandContext,
    participantId: Id,
    { presence }: BodyOf<Endpoints['act.statePresence']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.statePresence', async (tx) => {
        const participant = await lockParticipant(tx, participantId);
        if (participant === undefined) throw new DomainError('act.participantNotFound');
        const act = await actFor(tx, participant.act.id);
        decideOpen(act.state);
        const draft = await loadDraft(tx, act);
        const wanted = presence.map((each) => ({ ...each, segmentId: segmentNamed(draft, act, each.segmentId).id }));
        const person = draft.people.find((each) => each.id === participantId);
        if (person === undefined) throw new DomainError('act.participantNotFound');
        person.stays = wanted.map((stay): DraftStay => ({ ...stay, row: keptRow(person.stays, stay) }));
        await saveDraft(tx, act, draft);
        const objects = participant.person_id === null ? [act.id] : [act.id, participant.person_id];
        const body = bodyOf({ name: participant.name, presence: wanted.map((each) => bodyOf({ ...each })) });
        return { result: {}, events: [{ kind: 'act.presenceStated', objects, body }] };
    });

const keptRow = (stays: readonly DraftStay[], { segmentId, from, to }: Omit<DraftStay, 'row'>) =>
    stays.find((each) => each.segmentId === segmentId && each.from === from && each.to === to)?.row ?? null;
