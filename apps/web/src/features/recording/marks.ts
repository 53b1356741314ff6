import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { Instant } from '@liuhen/domain';
import { instantOf, type Track } from './tracks.ts';

export type RecordingMark = ResponseOf<Endpoints['recording.marks']>['items'][number];

/** A mark on the common axis of the players; one outside every stretch has no place there. */
export type PlacedMark = { readonly mark: RecordingMark; readonly at: Instant };

export function placeMarks(marks: readonly RecordingMark[], tracks: readonly Track[]): PlacedMark[] {
    const segments = tracks.flatMap((track) => track.segments);
    return marks.flatMap((mark) => {
        if (mark.withdrawn !== null) return [];
        const segment = segments
            .filter((each) => each.recordingId === mark.recordingId && each.mediaStartMs <= mark.mediaMs)
            .toSorted((a, b) => b.mediaStartMs - a.mediaStartMs)[0];
        const at = segment === undefined ? undefined : instantOf(segment, mark.mediaMs / 1_000);
        return segment === undefined || at === undefined || at > segment.end ? [] : [{ mark, at }];
    });
}
