import {
    type ActSegment,
    DomainError,
    decideInsideSite,
    decidePremises,
    decideRoom,
    type Id,
    type Instant,
    type ScenarioKey,
    type SiteKind,
    usualSite,
} from '@liuhen/domain';
import type { Tx } from '../../platform/command/tx.ts';
import { lockAct, premisesOf, siteNamed } from './act.store.ts';
import type { LockedAct } from './act-draft.ts';
import { deviceKind } from './act-segment.store.ts';
import { refuseUnknownScenario } from './act-settings.queries.ts';
import { refuseUnlessVisible } from './act-visibility.queries.ts';

/** The act, locked, for somebody who may see it. Throws `act.notFound` or `act.restricted`. */
export async function actFor(tx: Tx, id: Id): Promise<LockedAct> {
    const act = await lockAct(tx, id);
    if (act === undefined) throw new DomainError('act.notFound');
    await refuseUnlessVisible(tx.read, act, tx.actor);
    return act;
}

/** What a request says of a segment. */
export type SegmentFields = {
    scenario: ScenarioKey;
    siteKind?: SiteKind | undefined;
    premisesId?: Id | undefined;
    siteId?: Id | undefined;
    roomDeviceId?: Id | undefined;
    substituteReason?: string | undefined;
    place: string;
    startsAt: Instant;
    endsAt: Instant;
    note?: string | undefined;
};

export const segmentOfFields = (fields: SegmentFields): Omit<ActSegment, 'id'> => {
    const siteKind = fields.siteKind ?? usualSite(fields.scenario, fields.premisesId !== undefined);
    return {
        scenario: fields.scenario,
        siteKind,
        place: fields.place,
        premisesId: siteKind === 'room' || siteKind === 'place' ? null : (fields.premisesId ?? null),
        siteId: siteKind === 'inside' ? (fields.siteId ?? null) : null,
        roomDeviceId: siteKind === 'room' ? (fields.roomDeviceId ?? null) : null,
        substituteReason: fields.substituteReason ?? null,
        startsAt: fields.startsAt,
        endsAt: fields.endsAt,
    };
};

/** Scenario, premises and room that a segment names exist, on that day and for that party. Gives the premises' name. */
export async function checkSite(tx: Tx, segment: Omit<ActSegment, 'id'>, partyId: Id | null): Promise<string | null> {
    const { scenario, premisesId, siteId, roomDeviceId, startsAt } = segment;
    await refuseUnknownScenario(tx.read, tx.orgId, scenario, startsAt);
    if (roomDeviceId !== null) decideRoom(await deviceKind(tx, roomDeviceId));
    if (siteId !== undefined && siteId !== null) decideInsideSite(await siteNamed(tx, siteId), premisesId);
    if (premisesId === null) return null;
    const premises = await premisesOf(tx, premisesId);
    decidePremises(premises, partyId ?? undefined);
    return premises?.name ?? null;
}
