import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    actNumber,
    bodyOf,
    DomainError,
    decideActTimes,
    decideClose,
    decideCodeAtClose,
    decideFirstParticipants,
    decideOpen,
    decidePlannedTimes,
    type Id,
    type Instant,
    SHANGHAI_OFFSET,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { insertAct, insertParticipant, nextPlace, organisationCode, recordingsIn, updateAct } from './act.store.ts';
import { isInCase } from './act-cases.queries.ts';
import { actSearchText, type LockedAct, loadDraft, replaceSegment, saveDraft } from './act-draft.ts';
import { candidatesOf } from './act-people.commands.ts';
import {
    insertPresence,
    insertSegment,
    keptSegments,
    type SegmentRow,
    segmentColumns,
    segmentOfRow,
} from './act-segment.store.ts';
import { actSettingsAt } from './act-settings.queries.ts';
import { actFor, checkSite, segmentOfFields } from './act-site.ts';
import { startTaskWith, taskToStart } from './act-task.store.ts';

type Fields = Omit<BodyOf<Endpoints['act.update']>, 'version'>;

export const createAct = (
    services: Services,
    context: CommandContext,
    { participants, planned = false, taskId, ...fields }: BodyOf<Endpoints['act.create']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'act.create', async (tx) => {
        if (planned) decidePlannedTimes(fields);
        else decideActTimes(fields, tx.now);
        const party = await partyName(tx, fields.partyId);
        const segment = segmentOfFields(fields);
        const premises = await checkSite(tx, { ...segment, premisesId: fields.premisesId ?? null }, fields.partyId ?? null);
        const candidates = await candidatesOf(tx, participants);
        decideFirstParticipants(candidates, fields);
        const task = taskId === undefined ? undefined : await taskToStart(tx, taskId, fields.partyId ?? null);

        // Last of what can be refused or take long: whoever comes next waits from here on.
        const year = yearOf(tx.now);
        const number = actNumber(await organisationCode(tx), year, await nextPlace(tx, year));
        const columns = { ...columnsOf(fields), premises_id: segment.premisesId };
        const { id } = await insertAct(tx, {
            id: tx.newId(),
            number,
            ...columns,
            state: planned ? 'planned' : 'open',
            search_text: actSearchText(number, [fields.place], [premises], columns.note),
        });
        const { id: segmentId } = await insertSegment(tx, id, tx.newId(), segmentColumns(segment));
        for (const { personId, part } of candidates) {
            const row = await insertParticipant(tx, { id: tx.newId(), act_id: id, person_id: personId, part });
            await insertPresence(tx, id, row.id, { segmentId, from: null, to: null });
        }
        // In the same command: an act that was made for a task never stands beside it, whatever breaks between two requests.
        if (task !== undefined) await startTaskWith(tx, task, id);
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
                        site_kind: segment.siteKind,
                        room_device_id: segment.roomDeviceId,
                        planned: planned ? true : undefined,
                        party,
                        premises,
                        participants: candidates.map(({ name, part }) => ({ name, part })),
                    }),
                },
                ...(task === undefined
                    ? []
                    : [{ kind: 'task.started' as const, objects: [task.id, id], body: { number: task.number, act: number } }]),
            ],
        };
    });

/** The register is that of the year in which the act is entered, by Shanghai's calendar. */
const yearOf = (now: Instant): number => new Date(now + SHANGHAI_OFFSET).getUTCFullYear();

/** Changes an act that is one segment with it; of several each is changed by itself, and here only what is the act's own. */
export const changeAct = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['act.update']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'act.update', async (tx) => {
        const before = await actFor(tx, id);
        decideOpen(before.state);
        const rows = await keptSegments(tx, id);
        if (rows.length > 1 && segmentDiffers(before, fields)) throw new DomainError('act.hasSegments');
        if (before.state === 'planned') decidePlannedTimes(fields);
        else decideActTimes(fields, tx.now);
        await partyName(tx, fields.partyId);
        const segment = segmentOfFields({ ...keptSite(rows[0], fields), ...fields });
        const named = await checkSite(tx, { ...segment, premisesId: fields.premisesId ?? null }, fields.partyId ?? null);
        for (const row of rows.slice(1)) await checkSite(tx, segmentOfRow(row), fields.partyId ?? null);
        const columns = columnsOf(fields);
        const search_text = actSearchText(before.number, [fields.place], [named], columns.note);
        const at = { id, version };
        const after =
            rows.length === 0
                ? await updateAct(tx, at, { ...columns, search_text })
                : await changeWith(tx, before, at, columns, segment);
        // The trace of the party it was, and of the one it is now.
        const objects = new Set([id, ...(before.party_id === null ? [] : [before.party_id]), ...referencesOf(fields)]);
        return {
            result: { version: after.version },
            events: [{ kind: 'act.updated', objects: [...objects], body: { changes: changesOf(before, columns) } }],
        };
    });

/** The one segment of an act says what the act says; of several none changes. */
async function changeWith(
    tx: Tx,
    act: LockedAct,
    at: { id: Id; version: number },
    patch: ReturnType<typeof columnsOf>,
    segment: ReturnType<typeof segmentOfFields>,
): Promise<LockedAct> {
    const draft = await loadDraft(tx, act);
    const [only, ...others] = draft.segments;
    if (only !== undefined && others.length === 0) replaceSegment(draft, only.id, (kept) => ({ ...kept, ...segment }));
    return saveDraft(tx, act, draft, { patch, at });
}

/** Kind of site and room stay as they were where the request says nothing of them and still is about the same site. */
const keptSite = (row: SegmentRow | undefined, fields: Fields) => {
    if (row === undefined || row.scenario !== fields.scenario || row.premises_id !== (fields.premisesId ?? null)) return {};
    return {
        siteKind: row.site_kind,
        ...(row.site_id === null ? {} : { siteId: row.site_id }),
        ...(row.room_device_id === null ? {} : { roomDeviceId: row.room_device_id }),
        ...(row.substitute_reason === null ? {} : { substituteReason: row.substitute_reason }),
    };
};

const segmentDiffers = (act: LockedAct, fields: Fields): boolean =>
    act.scenario !== fields.scenario ||
    act.place !== fields.place ||
    act.premises_id !== (fields.premisesId ?? null) ||
    act.starts_at !== fields.startsAt ||
    act.ends_at !== fields.endsAt;

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

/** The party an act names; throws `party.notFound` or `party.merged`. */
async function partyName(tx: Tx, partyId: Id | undefined): Promise<string | null> {
    if (partyId === undefined) return null;
    return (await usableParty(tx, partyId)).name;
}

export const closeAct = (
    services: Services,
    context: CommandContext,
    id: Id,
    { as, reason }: BodyOf<Endpoints['act.close']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'act.close', async (tx) => {
        const act = await actFor(tx, id);
        const { state, ends_at: endsAt } = act;
        decideClose({ state, endsAt, recordings: await recordingsIn(tx, id) }, { as, reason }, tx.now);
        if (as === 'closed') await checkCode(tx, act);
        await updateAct(tx, act, { state: as });
        return { result: {}, events: [{ kind: 'act.closed', objects: [id], body: bodyOf({ as, reason }) }] };
    });

async function checkCode(tx: Tx, act: LockedAct): Promise<void> {
    const { inspection_code: code, inspection_code_exempt: exempt } = act;
    const rows = await keptSegments(tx, act.id);
    const scenarios = rows.length === 0 ? [act.scenario] : rows.map((row) => row.scenario);
    const inCase = await isInCase(tx.read, act.id);
    decideCodeAtClose({ scenarios, code, exempt, inCase }, await actSettingsAt(tx.read, tx.orgId, act.starts_at));
}
