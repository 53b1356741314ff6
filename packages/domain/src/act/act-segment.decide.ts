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

type Stays = { readonly people: readonly PresentPerson[]; readonly segments: readonly ActSegment[] };

/**
 * Where everybody is when. Presence lies within its segment; nobody is at two sites at once (附件1 第5条: an officer counts
 * only while present). What `stood` before and is left as it was is no fault of this change. Throws `act.segmentNotFound`,
 * `act.presenceOutside` or `act.inTwoPlaces`, the last two with the name.
 */
export function decidePresence(
    people: readonly PresentPerson[],
    segments: readonly ActSegment[],
    stood: Stays = { people: [], segments: [] },
): void {
    const known = new Map(segments.map((each) => [each.id, each]));
    for (const { name, presence } of people)
        for (const stay of presence) {
            const segment = known.get(stay.segmentId);
            if (segment === undefined) throw new DomainError('act.segmentNotFound');
            if (!isWithin(stay, segment)) throw new DomainError('act.presenceOutside', { name });
        }
    const before = clashesOf(stood);
    for (const clash of clashesOf({ people, segments }))
        if (
            !before.some(
                (each) => each.of === clash.of && each.during.start <= clash.during.start && each.during.end >= clash.during.end,
            )
        )
            throw new DomainError('act.inTwoPlaces', { name: clash.name });
}

/** Somebody in two places: who, in which two segments, and when. */
type Clash = { readonly name: string; readonly of: string; readonly during: Interval };

function clashesOf({ people, segments }: Stays): Clash[] {
    const known = new Map(segments.map((each) => [each.id, each]));
    return people.flatMap(({ name, presence }) => {
        const placed = presence.flatMap((each) => {
            const segment = known.get(each.segmentId);
            const during = segment === undefined ? undefined : stayOf(each, segment);
            return segment === undefined || during === undefined ? [] : [{ segment, during }];
        });
        return placed.flatMap((one, index) =>
            placed.slice(index + 1).flatMap((other): Clash[] => {
                const during = intersect(one.during, other.during);
                if (during === undefined || !areApart(one.segment, other.segment)) return [];
                return [{ name, of: [name, ...[one.segment.id, other.segment.id].toSorted()].join(' '), during }];
            }),
        );
    });
}

const stayOf = ({ from, to }: ActPresence, { startsAt, endsAt }: Timed): Interval | undefined =>
    interval(from ?? startsAt, to ?? endsAt);

function isWithin(presence: ActPresence, segment: Timed): boolean {
    const stay = stayOf(presence, segment);
    return stay !== undefined && stay.start >= segment.startsAt && stay.end <= segment.endsAt;
}

/**
 * Premises are one place whatever words name it, and a site inside them lies in them; two sites inside them are two
 * (附件1 第5条). A room is its camera's, elsewhere the words are all that is known.
 */
function areApart(one: ActSegment, other: ActSegment): boolean {
    if (one.siteKind === 'room' && other.siteKind === 'room' && one.roomDeviceId !== null && other.roomDeviceId !== null)
        return one.roomDeviceId !== other.roomDeviceId;
    if (one.premisesId !== other.premisesId) return true;
    if (one.premisesId !== null) {
        if (one.siteKind !== 'inside' || other.siteKind !== 'inside') return false;
        const [here, there] = [one.siteId ?? null, other.siteId ?? null];
        return here !== null && there !== null ? here !== there : one.place !== other.place;
    }
    return one.siteKind !== other.siteKind || one.place !== other.place;
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
