import type { ActPresence, ActSegment, Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { saidOfAct } from './act.store.ts';

/** A segment as its row keeps it. */
export const keptSegments = (tx: Tx, actId: Id) =>
    tx.db
        .selectFrom('act_segment')
        .selectAll()
        .where('act_id', '=', actId)
        .where('removed_at', 'is', null)
        .orderBy('starts_at')
        .orderBy('id')
        .execute();
export type SegmentRow = Awaited<ReturnType<typeof keptSegments>>[number];

export const segmentOfRow = (row: SegmentRow): ActSegment => ({
    id: row.id,
    scenario: row.scenario,
    siteKind: row.site_kind,
    place: row.place,
    premisesId: row.premises_id,
    siteId: row.site_id,
    roomDeviceId: row.room_device_id,
    substituteReason: row.substitute_reason,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
});

/** The columns of a segment's row that a command sets. */
export const segmentColumns = (segment: Omit<ActSegment, 'id'> & { readonly note?: string | null | undefined }) => ({
    scenario: segment.scenario,
    site_kind: segment.siteKind,
    place: segment.place,
    premises_id: segment.premisesId,
    site_id: segment.siteId ?? null,
    room_device_id: segment.roomDeviceId,
    substitute_reason: segment.substituteReason,
    starts_at: segment.startsAt,
    ends_at: segment.endsAt,
    note: segment.note ?? null,
});

export const insertSegment = (tx: Tx, actId: Id, id: Id, columns: ReturnType<typeof segmentColumns>) =>
    saidOfAct(tx, insertRow(tx, 'act_segment', { id, act_id: actId, ...columns }));

export const updateSegment = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Partial<ReturnType<typeof segmentColumns>> | { removed_at: number },
) => saidOfAct(tx, updateRow(tx, 'act_segment', at, patch));

/** Everybody who takes part, ours and others, with where they are said to be. */
export async function peopleWithPresence(tx: Tx, actId: Id) {
    const people = await tx.db
        .selectFrom('act_participant as ap')
        .leftJoin('person as p', 'p.id', 'ap.person_id')
        .select(['ap.id', 'ap.person_id', 'ap.part', 'ap.agency'])
        .select((of) => of.fn.coalesce('p.name', 'ap.name').as('name'))
        .where('ap.act_id', '=', actId)
        .where('ap.removed_at', 'is', null)
        .orderBy('ap.id')
        .execute();
    const stays = Map.groupBy(await presenceRows(tx, actId), (row) => row.participant_id);
    return people.map((person) => {
        return { ...person, name: person.name ?? '', rows: stays.get(person.id) ?? [] };
    });
}

const presenceRows = (tx: Tx, actId: Id) =>
    tx.db
        .selectFrom('act_presence')
        .selectAll()
        .where('act_id', '=', actId)
        .where('removed_at', 'is', null)
        .orderBy('id')
        .execute();

export type PresenceRow = Awaited<ReturnType<typeof presenceRows>>[number];

export const insertPresence = (tx: Tx, actId: Id, participantId: Id, { segmentId, from, to }: ActPresence) =>
    saidOfAct(
        tx,
        insertRow(tx, 'act_presence', {
            id: tx.newId(),
            act_id: actId,
            participant_id: participantId,
            segment_id: segmentId,
            from_at: from,
            to_at: to,
        }),
    );

export const removePresence = (tx: Tx, at: { id: Id; version: number }) =>
    saidOfAct(tx, updateRow(tx, 'act_presence', at, { removed_at: tx.now }));

export const changePresence = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: { from_at?: number | null; to_at?: number | null },
) => saidOfAct(tx, updateRow(tx, 'act_presence', at, patch));

/** Exemptions of an act that still exempt something or may. */
export const standingExemptions = (tx: Tx, actId: Id) =>
    tx.db
        .selectFrom('act_exemption')
        .selectAll()
        .where('act_id', '=', actId)
        .where('state', 'in', ['waiting', 'confirmed'])
        .execute();

export const deviceKind = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('device')
        .select(['kind', 'number', 'room'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();
