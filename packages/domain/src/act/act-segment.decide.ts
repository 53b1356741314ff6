import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, interval } from '../kernel/interval.ts';
import { ACT_PARAMETERS, type ActParameters, decideActTimes, decidePlannedTimes } from './act.decide.ts';
import type { ActState } from './act.ts';
import type { ActPresence } from './act-facts.ts';
import { type ActSegment, hullOf } from './act-segments.ts';

type Timed = Pick<ActSegment, 'startsAt' | 'endsAt'>;

/**
 * The segments of an act as they are to stand, and with them the act's own times. Of an act that has begun the first has;
 * others may have been announced with it. Throws `act.endBeforeStart`, `act.inFuture`, or `act.tooLong` of all together.
 */
export function decideSegments(
    segments: readonly Timed[],
    state: ActState,
    now: Instant,
    parameters: ActParameters = ACT_PARAMETERS,
): { startsAt: Instant; endsAt: Instant } {
    for (const each of segments) decidePlannedTimes(each, parameters);
    const hull = hullOf(segments.map(({ startsAt: start, endsAt: end }) => ({ start, end })));
    if (hull === null) throw new DomainError('act.lastSegment');
    const whole = { startsAt: hull.start, endsAt: hull.end };
    if (state === 'planned') decidePlannedTimes(whole, parameters);
    else decideActTimes(whole, now, parameters);
    return whole;
}

/** Somebody with the segments they are to be present in. */
export type PresentPerson = { readonly name: string; readonly presence: readonly ActPresence[] };

/**
 * Where everybody is when. Presence lies within its segment; nobody is at two sites at once (附件1 第5条: an officer counts
 * only while present). Throws `act.segmentNotFound`, `act.presenceOutside` or `act.inTwoPlaces`, the last two with the name.
 */
export function decidePresence(people: readonly PresentPerson[], segments: readonly ActSegment[]): void {
    const known = new Map(segments.map((each) => [each.id, each]));
    for (const { name, presence } of people) {
        const placed = presence.map((each) => {
            const segment = known.get(each.segmentId);
            if (segment === undefined) throw new DomainError('act.segmentNotFound');
            return { segment, during: stayOf(each, segment, name) };
        });
        for (const [index, one] of placed.entries())
            for (const other of placed.slice(index + 1))
                if (intersect(one.during, other.during) !== undefined && areApart(one.segment, other.segment))
                    throw new DomainError('act.inTwoPlaces', { name });
    }
}

function stayOf({ from, to }: ActPresence, { startsAt, endsAt }: Timed, name: string): Interval {
    const stay = interval(from ?? startsAt, to ?? endsAt);
    if (stay === undefined || stay.start < startsAt || stay.end > endsAt) throw new DomainError('act.presenceOutside', { name });
    return stay;
}

/** A site inside premises and the premises as a whole are one place; two sites inside them are two (附件1 第5条). */
function areApart(one: ActSegment, other: ActSegment): boolean {
    if (one.premisesId !== null && one.premisesId === other.premisesId && one.siteKind !== other.siteKind) return false;
    return (
        one.siteKind !== other.siteKind ||
        one.premisesId !== other.premisesId ||
        one.place !== other.place ||
        one.roomDeviceId !== other.roomDeviceId
    );
}

/** A segment with an exemption or the last one of an act stays; throws `act.lastSegment` or `act.segmentHasExemption`. */
export function decideSegmentRemoval(left: number, exemptions: number): void {
    if (left < 2) throw new DomainError('act.lastSegment');
    if (exemptions > 0) throw new DomainError('act.segmentHasExemption');
}

/** A place inside premises is one of those premises, and still kept. Throws `act.siteNotOfPremises`. */
export function decideInsideSite(
    site: { readonly premisesId: string; readonly closedDay: string | null } | undefined,
    premisesId: string | null,
): void {
    if (site === undefined || site.premisesId !== premisesId || site.closedDay !== null)
        throw new DomainError('act.siteNotOfPremises');
}

/** 正文二(二)3: only a segment in a recording room names one, or says why a recorder stands in. Throws `act.roomNotRoom`. */
export function decideRoom(device: { readonly kind: string } | undefined): void {
    if (device?.kind !== 'roomCamera') throw new DomainError('act.roomNotRoom');
}
