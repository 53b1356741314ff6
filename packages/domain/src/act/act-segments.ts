import type { Instant } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { interval } from '../kernel/interval.ts';
import { isScenarioKey, MANDATORY_SCENARIOS, type ScenarioKey, type SiteKind } from './act.ts';
import type { ActSegmentFacts, Modal } from './coverage-facts.ts';
import { fixedScenarioNamed } from './scenario-names.ts';

/** One scenario at one site, as it is kept. `scenario` is one of the fixed ones or one that an organisation added. */
export type ActSegment = {
    readonly id: string;
    readonly scenario: ScenarioKey;
    readonly siteKind: SiteKind;
    readonly place: string;
    readonly premisesId: string | null;
    /** Which place inside the premises: several of one party are separate units (附件1 第5条). */
    readonly siteId?: string | null;
    readonly roomDeviceId: string | null;
    readonly substituteReason: string | null;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
};

/** What an act says of itself. */
export type ActWhole = {
    readonly id: string;
    readonly scenario: ScenarioKey;
    readonly place: string;
    readonly premisesId: string | null;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
};

/**
 * The segments of an act. Acts from before segments were kept have none: such an act is read as one segment made from its
 * own columns and named like the act, with everybody who takes part present throughout. This is the only place that says so.
 */
export const segmentsOrWhole = (act: ActWhole, kept: readonly ActSegment[]): readonly ActSegment[] =>
    kept.length > 0 ? kept : [wholeOf(act)];

const wholeOf = ({ id, scenario, place, premisesId, startsAt, endsAt }: ActWhole): ActSegment => ({
    id,
    scenario,
    siteKind: usualSite(scenario, premisesId !== null),
    place,
    premisesId,
    roomDeviceId: null,
    substituteReason: null,
    startsAt,
    endsAt,
});

/** 正文二(二)3: interviews and hearings belong into a recording room; a notice is posted at a place. */
export function usualSite(scenario: ScenarioKey, atPremises: boolean): SiteKind {
    if (atPremises) return 'premises';
    return scenario === 'hearing' || scenario === 'interview' ? 'room' : 'place';
}

/** Whether the room's camera decides and not the officers' recorders (正文二(二)3). */
export const isJudgedOnRoom = ({ scenario, siteKind }: Pick<ActSegment, 'scenario' | 'siteKind'>): boolean =>
    siteKind === 'room' || scenario === 'hearing';

/** 正文二(二)1: the nine fixed scenarios; of an added one the organisation says whether it is a must. */
export const modalOf = (scenario: ScenarioKey, added: Readonly<Record<string, Modal>> = {}): Modal =>
    MANDATORY_SCENARIOS.some((each) => each === scenario) ? 'must' : (added[scenario] ?? 'should');

/**
 * Scenarios an organisation has added, from its list in force: `name｜应当` or `name｜可以` a line. What is not so written is
 * wanted only: a slip of the pen makes nothing a must.
 */
export function addedScenarios(lines: readonly string[]): Record<string, Modal> {
    const added: Record<string, Modal> = {};
    for (const line of lines) {
        const [name = '', modal = ''] = line.split(/[|｜]/u).map((each) => each.trim());
        const key = fixedScenarioNamed(name) ?? `own.${name}`;
        if (isScenarioKey(key)) added[key] = modal === '应当' ? 'must' : 'should';
    }
    return added;
}

/** A segment as the rules want it. */
export function segmentFactsOf(segment: ActSegment & { readonly recording: Modal }): ActSegmentFacts[] {
    const during = interval(segment.startsAt, segment.endsAt);
    if (during === undefined) return [];
    const { id, roomDeviceId: carrierId, place: name, substituteReason, recording } = segment;
    const inRoom = isJudgedOnRoom(segment);
    return [{ id, during, onSite: !inRoom, recording, room: inRoom ? { carrierId, name, substituteReason } : null }];
}

/** From the first beginning to the last end: what the act's own columns say. */
export function hullOf(of: readonly Interval[]): Interval | null {
    const [first, ...rest] = of;
    if (first === undefined) return null;
    return rest.reduce((hull, each) => ({ start: Math.min(hull.start, each.start), end: Math.max(hull.end, each.end) }), first);
}
