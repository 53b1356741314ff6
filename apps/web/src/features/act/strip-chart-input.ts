import { actFactsOf, type Endpoints, type ResponseOf } from '@liuhen/contract';
import {
    type Instant,
    interval,
    isPhotograph,
    type MarkFacts,
    type MarkKind,
    type RecordingMarkKind,
    type StatementInput,
    type StripChartInput,
    statementInputOf,
} from '@liuhen/domain';

export type ActDetail = ResponseOf<Endpoints['act.get']>;

/**
 * The facts of an act as the strip chart and the answer row want them: the same from which the server works out its
 * standing in lists, by the corrected clock where it is known. `titleOf` calls a segment.
 */
export function factsOf(
    act: ActDetail,
    now: Instant,
    statedTitle: string,
    titleOf: (segment: ActDetail['segments'][number]) => string = ({ place }) => place,
): StripChartInput & StatementInput {
    return {
        ...statementInputOf(actFactsOf(act), now, statedTitle),
        clock: 'corrected',
        segmentTitles: Object.fromEntries(act.segments.map((segment) => [segment.id, titleOf(segment)])),
        rooms: [],
        positions: [],
        marks: [],
        fits: [],
        cursor: null,
    };
}

/** The sign of each kind on the chart. */
const SIGNS: Readonly<Record<RecordingMarkKind, MarkKind>> = {
    opening: 'opening',
    closing: 'closing',
    scene: 'scene',
    people: 'key',
    evidence: 'key',
    measure: 'key',
    important: 'key',
    gapReason: 'phrase',
    note: 'other',
};

/** Photographs among the recordings, in order of time. */
export const photosOf = (act: ActDetail): ActDetail['recordings'] => act.recordings.filter(isPhotograph);

/** Photographs as points of the chart. */
export const photoFactsOf = (act: ActDetail): MarkFacts[] =>
    photosOf(act).map(({ id, personId, deviceStart, correctedStart }) => {
        return { id, kind: 'photo', state: 'confirmed', label: null, personId, device: deviceStart, corrected: correctedStart };
    });

/** Standing marks as the chart draws them, each with its person and in the words of its kind. */
export const markFactsOf = (act: ActDetail, kinds: Readonly<Record<RecordingMarkKind, string>>): MarkFacts[] =>
    act.marks.flatMap(({ id, recordingId, kind, words, deviceAt, corrected, withdrawn }) => {
        if (withdrawn !== null) return [];
        const personId = act.recordings.find((each) => each.id === recordingId)?.personId ?? null;
        const label = kind === 'note' && words !== null ? words : kinds[kind];
        return [{ id, kind: SIGNS[kind], state: 'confirmed', label, personId, device: deviceAt, corrected }];
    });

/** When a file ran by its own clock, pauses included; `undefined` while a beginning or an end is unknown. */
export const deviceInterval = ({ deviceStart, deviceEnd }: { deviceStart: Instant | null; deviceEnd: Instant | null }) =>
    deviceStart === null || deviceEnd === null ? undefined : interval(deviceStart, deviceEnd);
