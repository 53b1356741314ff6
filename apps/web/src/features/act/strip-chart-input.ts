import { actFactsOf, type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
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

/** Photographs as points of the chart; one that a document names says which in `naming`, with `{documents}`. */
export const photoFactsOf = (act: ActDetail, naming: string): MarkFacts[] =>
    photosOf(act).map(({ id, personId, deviceStart, correctedStart }) => {
        const titles = act.attached.filter((each) => each.recordingId === id).map((each) => each.documentTitle);
        const label = titles.length === 0 ? null : fill(naming, { documents: [...new Set(titles)].join('、') });
        return { id, kind: 'photo', state: 'confirmed', label, personId, device: deviceStart, corrected: correctedStart };
    });

/** Moments of recordings that documents name. */
export const attachedMomentsOf = (act: ActDetail, naming: string): MarkFacts[] =>
    act.attached.flatMap(({ documentId, documentTitle, kind, recordingId, atMs }, index): MarkFacts[] => {
        const recording = act.recordings.find((each) => each.id === recordingId);
        const stretch = recording?.stretches.findLast((each) => each.mediaStartMs <= atMs);
        if (kind !== 'recording' || recording === undefined || stretch === undefined) return [];
        const into = atMs - stretch.mediaStartMs;
        const start = stretch.corrected?.start;
        const corrected =
            start === undefined ? null : { at: start.at + into, lower: start.lower + into, upper: start.upper + into };
        const label = fill(naming, { documents: documentTitle });
        const { personId } = recording;
        const id = `${documentId}/${index}`;
        return [{ id, kind: 'other', state: 'confirmed', label, personId, device: stretch.deviceStart + into, corrected }];
    });

/** The documents that a point of the chart stands in. */
export const documentsAt = (act: ActDetail, markId: string): ActDetail['attached'] =>
    act.attached.filter(({ documentId, recordingId }, index) => recordingId === markId || `${documentId}/${index}` === markId);

/** Standing marks as the chart draws them, each with its person and in the words of its kind. */
export const markFactsOf = (act: ActDetail, kinds: Readonly<Record<RecordingMarkKind, string>>): MarkFacts[] =>
    act.marks.flatMap(({ id, recordingId, kind, words, deviceAt, corrected, withdrawn }) => {
        if (withdrawn !== null) return [];
        const personId = act.recordings.find((each) => each.id === recordingId)?.personId ?? null;
        const label = kind === 'note' && words !== null ? words : kinds[kind];
        return [{ id, kind: SIGNS[kind], state: 'confirmed', label, personId, device: deviceAt, corrected }];
    });

/** Where a program heard words that nobody has listened to yet. */
export const heardFactsOf = (act: ActDetail, naming: string): MarkFacts[] =>
    act.heard.flatMap(({ id, recordingId, kind, deviceAt, corrected, state }) => {
        if (state !== 'waiting') return [];
        const personId = act.recordings.find((each) => each.id === recordingId)?.personId ?? null;
        return [{ id, kind: SIGNS[kind], state: 'proposed', label: naming, personId, device: deviceAt, corrected }];
    });

/** When a file ran by its own clock, pauses included; `undefined` while a beginning or an end is unknown. */
export const deviceInterval = ({ deviceStart, deviceEnd }: { deviceStart: Instant | null; deviceEnd: Instant | null }) =>
    deviceStart === null || deviceEnd === null ? undefined : interval(deviceStart, deviceEnd);
