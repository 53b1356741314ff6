import {
    type ActPresence,
    type ActSegment,
    type ActState,
    DomainError,
    decidePresence,
    decideSegments,
    type Id,
    segmentsOrWhole,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import { type lockAct, premisesOf, updateAct } from './act.store.ts';
import {
    changePresence,
    insertPresence,
    insertSegment,
    keptSegments,
    type PresenceRow,
    peopleWithPresence,
    removePresence,
    type SegmentRow,
    segmentColumns,
    segmentOfRow,
    standingExemptions,
    updateSegment,
} from './act-segment.store.ts';

export type LockedAct = NonNullable<Awaited<ReturnType<typeof lockAct>>>;

/** A segment as it is to stand. `row`: as it stands; `null`: not kept yet. */
export type DraftSegment = ActSegment & {
    readonly note: string | null;
    readonly row: SegmentRow | null;
    readonly expected?: number;
};
export type DraftStay = ActPresence & { readonly row: PresenceRow | null };
export type DraftPerson = {
    readonly id: Id;
    readonly personId: Id | null;
    readonly name: string;
    stays: readonly DraftStay[];
};

/**
 * Segments and presence of one act as a command wants them to be: changed here first, looked at as a whole, and then written
 * once, because the log states one version of each row in one command.
 */
export type ActDraft = { segments: readonly DraftSegment[]; readonly people: readonly DraftPerson[] };

/** How the act stands. One from before segments were kept has one now, everybody present throughout. */
export async function loadDraft(tx: Tx, act: LockedAct): Promise<ActDraft> {
    const rows = await keptSegments(tx, act.id);
    const people = (await peopleWithPresence(tx, act.id)).map(({ id, person_id: personId, name, rows: stays }): DraftPerson => {
        return { id, personId, name, stays: stays.map((row) => ({ ...stayOf(row), row })) };
    });
    if (rows.length > 0) return { segments: rows.map((row) => ({ ...segmentOfRow(row), note: row.note, row })), people };
    const whole = { ...wholeOf(act), id: tx.newId() };
    const segments = segmentsOrWhole(whole, []).map((segment) => ({ ...segment, note: null, row: null }));
    const stays = segments.map(({ id }) => ({ segmentId: id, from: null, to: null, row: null }));
    return { segments, people: people.map((person) => ({ ...person, stays })) };
}

const stayOf = (row: PresenceRow): ActPresence => ({ segmentId: row.segment_id, from: row.from_at, to: row.to_at });

const wholeOf = (act: LockedAct) => ({
    id: act.id,
    scenario: act.scenario,
    place: act.place,
    premisesId: act.premises_id,
    startsAt: act.starts_at,
    endsAt: act.ends_at,
});

/** A segment by its id; the only one goes by the act's own too, as it did before rows were kept. Throws `act.segmentNotFound`. */
export function segmentNamed(draft: ActDraft, act: LockedAct, segmentId: Id): DraftSegment {
    const [first] = draft.segments;
    const found =
        segmentId === act.id && draft.segments.length === 1 ? first : draft.segments.find((each) => each.id === segmentId);
    if (found === undefined) throw new DomainError('act.segmentNotFound');
    return found;
}

export const replaceSegment = (draft: ActDraft, id: Id, by: (segment: DraftSegment) => DraftSegment): void => {
    draft.segments = draft.segments.map((each) => (each.id === id ? by(each) : each));
};

type ActPatch = Parameters<typeof updateAct>[2];

/**
 * Writes what differs. Everything must fit together as it will be, and the act's own columns, by which it is listed, say what
 * its segments say. `patch`: what else changes of the act; `at`: the version somebody has read.
 */
export async function saveDraft(
    tx: Tx,
    act: LockedAct,
    draft: ActDraft,
    { patch = {}, at = act }: { patch?: ActPatch; at?: { id: Id; version: number } } = {},
): Promise<LockedAct> {
    const segments = draft.segments.toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
    const state: ActState = patch.state ?? act.state;
    const { startsAt, endsAt } = decideSegments(segments, state, tx.now);
    decidePresence(
        draft.people.map(({ name, stays }) => ({ name, presence: stays })),
        segments,
        stoodOf(draft),
    );
    await checkExemptions(tx, act.id, segments);
    await saveSegments(tx, act.id, segments);
    for (const person of draft.people) await savePresence(tx, act.id, person);

    const first = segments[0];
    const places = segments.map((each) => each.place);
    const note = patch.note === undefined ? act.note : patch.note;
    const columns = {
        starts_at: startsAt,
        ends_at: endsAt,
        ...(first === undefined ? {} : { scenario: first.scenario, place: first.place, premises_id: first.premisesId }),
        search_text: actSearchText(act.number, places, await premisesNames(tx, segments), note),
    };
    const changes = Object.keys(changesOf(act, columns)).length + Object.keys(patch).length;
    return changes === 0 ? act : updateAct(tx, at, { ...patch, ...columns });
}

/** Who was where as the rows say it, before this command. */
const stoodOf = ({ segments, people }: ActDraft) => ({
    segments: segments.flatMap(({ row }) => (row === null ? [] : [segmentOfRow(row)])),
    people: people.map(({ name, stays }) => ({
        name,
        presence: stays.flatMap(({ row }) => (row === null ? [] : [stayOf(row)])),
    })),
});

async function saveSegments(tx: Tx, actId: Id, segments: readonly DraftSegment[]): Promise<void> {
    const gone = (await keptSegments(tx, actId)).filter((row) => !segments.some((each) => each.id === row.id));
    for (const row of gone) await updateSegment(tx, row, { removed_at: tx.now });
    for (const { row, expected, ...segment } of segments) {
        const columns = segmentColumns(segment);
        if (row === null) await insertSegment(tx, actId, segment.id, columns);
        else if (expected !== undefined || Object.keys(changesOf(row, columns)).length > 0)
            await updateSegment(tx, { id: row.id, version: expected ?? row.version }, columns);
    }
}

async function savePresence(tx: Tx, actId: Id, person: DraftPerson): Promise<void> {
    const kept = (await peopleWithPresence(tx, actId)).find((each) => each.id === person.id)?.rows ?? [];
    for (const row of kept.filter(({ id }) => !person.stays.some((stay) => stay.row?.id === id))) await removePresence(tx, row);
    for (const { row, ...stay } of person.stays) {
        if (row === null) await insertPresence(tx, actId, person.id, stay);
        else if (row.from_at !== stay.from || row.to_at !== stay.to)
            await changePresence(tx, row, { from_at: stay.from, to_at: stay.to });
    }
}

/** What was recorded as exempt lies within its segment still. */
async function checkExemptions(tx: Tx, actId: Id, segments: readonly ActSegment[]): Promise<void> {
    for (const each of await standingExemptions(tx, actId)) {
        const segment = segments.find((one) => one.id === each.segment_id);
        if (segment === undefined) throw new DomainError('act.segmentHasExemption');
        if (each.starts_at < segment.startsAt || each.ends_at > segment.endsAt) throw new DomainError('act.exemptionOutside');
    }
}

async function premisesNames(tx: Tx, segments: readonly ActSegment[]): Promise<string[]> {
    const names: string[] = [];
    for (const id of new Set(segments.flatMap((each) => each.premisesId ?? []))) {
        const premises = await premisesOf(tx, id);
        if (premises !== undefined) names.push(premises.name);
    }
    return names;
}

/** Names of parties and participants are joined when searching: they change without the act. */
export const actSearchText = (
    number: string,
    places: readonly string[],
    premises: readonly (string | null)[],
    note: string | null,
): string => searchTextOf([...new Set([...places, ...premises])], [number, note]);
