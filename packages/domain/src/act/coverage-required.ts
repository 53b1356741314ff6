import type { Duration } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, subtract, totalLength, union } from '../kernel/interval.ts';
import type { ActSegmentFacts, CoverageInput, ParticipantFacts } from './coverage-facts.ts';

/** Who or what had to record: an officer, or a room. */
export type Carrier = {
    readonly kind: 'officer' | 'room';
    readonly id: string;
    readonly name: string;
    /** Carriers of recordings that count for it: itself, and for a room those who stand in for its camera. */
    readonly recordedBy: readonly string[];
    /** All that had to be recorded, and of it what was a must. Both sorted, disjoint, none touching the next. */
    readonly required: readonly Interval[];
    readonly must: readonly Interval[];
    readonly segments: readonly { readonly segmentId: string; readonly own: readonly Interval[] }[];
    /** Whether every file that could still belong to it is known to have arrived. */
    readonly intake: ParticipantFacts['intake'];
};

/** Officers in their order, then rooms in order of their first segment. */
export function carriersOf({ participants, segments }: Pick<CoverageInput, 'participants' | 'segments'>): Carrier[] {
    const officers = participants.filter((each) => each.part === 'officer');
    const byRecorder = segments.filter((each) => each.room === null);
    const rooms = Map.groupBy(
        segments.filter((each) => each.room !== null),
        roomKey,
    );
    return [
        ...officers.map((officer): Carrier => {
            const { id, name, intake } = officer;
            return { kind: 'officer', id, name, recordedBy: [id], intake, ...dutiesOf(presencesIn(byRecorder, officer)) };
        }),
        ...[...rooms].map(([id, own]) => roomCarrier(id, own, officers)),
    ];
}

/** Segments of one room are one duty of its camera; without a room each segment is by itself. */
export const roomKey = ({ id, room }: ActSegmentFacts): string => room?.carrierId ?? `segment/${id}`;

function roomCarrier(id: string, segments: readonly ActSegmentFacts[], officers: readonly ParticipantFacts[]): Carrier {
    const camera = segments.flatMap(({ room }) => room?.carrierId ?? []);
    // 正文二(二)3: a worn recorder stands in where the room cannot record; without a room somebody's recorder is all there is.
    const replaced = segments.filter(({ room }) => room?.carrierId === null || room?.substituteReason !== null);
    const standIns = officers.filter((each) => each.own.some((own) => replaced.some(({ id: at }) => at === own.segmentId)));
    return {
        kind: 'room',
        id,
        name: segments[0]?.room?.name ?? '',
        recordedBy: [...new Set([...camera, ...standIns.map((each) => each.id)])],
        intake: standIns.every((each) => each.intake === 'complete') && camera.length === 0 ? 'complete' : 'pending',
        ...dutiesOf(segments.map((segment) => ({ segment, own: [segment.during] }))),
    };
}

type Duty = { readonly segment: ActSegmentFacts; readonly own: readonly Interval[] };

function dutiesOf(duties: readonly Duty[]): Pick<Carrier, 'required' | 'must' | 'segments'> {
    const parts = (of: readonly Duty[]) => union(of.flatMap((each) => each.own));
    return {
        required: parts(duties),
        must: parts(duties.filter((each) => each.segment.recording === 'must')),
        segments: duties.map(({ segment, own }) => ({ segmentId: segment.id, own })),
    };
}

/** The segments somebody was present in, each with when; an officer who leaves early counts only while present. */
const presencesIn = (segments: readonly ActSegmentFacts[], of: Pick<ParticipantFacts, 'own'>): Duty[] =>
    segments.flatMap((segment) => {
        const own = presenceIn(segment, of);
        return own.length === 0 ? [] : [{ segment, own }];
    });

export const presenceIn = ({ id, during }: Pick<ActSegmentFacts, 'id' | 'during'>, of: Pick<ParticipantFacts, 'own'>) =>
    union(of.own.filter((each) => each.segmentId === id).flatMap((each) => intersect(each.during ?? during, during) ?? []));

/**
 * 附件1 第5条: the parts of the on-site segments in which fewer than two of these officers were there, and how long they are
 * together. Each segment is looked at by itself: a colleague at another site is no second officer here.
 */
export function aloneIn(segments: readonly ActSegmentFacts[], officers: readonly Pick<ParticipantFacts, 'own'>[]): Interval[] {
    return union(
        segments
            .filter((each) => each.onSite)
            .flatMap((segment) => {
                const present = officers.map((each) => presenceIn(segment, each));
                return subtract(segment.during, twoOf(present));
            }),
    );
}

export const aloneMs = (segments: readonly ActSegmentFacts[], officers: readonly Pick<ParticipantFacts, 'own'>[]): Duration =>
    totalLength(aloneIn(segments, officers));

/** Where at least two of several presences hold: pairs meet there. */
const twoOf = (presences: readonly (readonly Interval[])[]): Interval[] =>
    presences.flatMap((one, index) =>
        presences.slice(index + 1).flatMap((other) => one.flatMap((a) => other.flatMap((b) => intersect(a, b) ?? []))),
    );
