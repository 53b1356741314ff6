import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { frameMsOf, type Track } from './tracks.ts';

type Recording = Pick<
    ResponseOf<Endpoints['recording.get']>,
    | 'id'
    | 'name'
    | 'deviceStart'
    | 'corrected'
    | 'durationMs'
    | 'officer'
    | 'device'
    | 'frameRateMilli'
    | 'shownAs'
    | 'derivedItems'
>;

/**
 * The one camera of a recording's own page; none where nothing says how long it is. A file that lost its index says nothing of
 * that: then it is as long as the copy that is shown in its place.
 */
export function trackOf(recording: Recording): Track[] {
    const { id, name, deviceStart, corrected, officer, device, frameRateMilli, shownAs } = recording;
    const shown = recording.derivedItems.find((each) => each.kind === shownAs && each.state === 'made');
    const length = recording.durationMs ?? shown?.durationMs ?? null;
    if (length === null) return [];
    const start = corrected?.start.at ?? deviceStart ?? 0;
    const label = [officer?.name, device?.number].filter((each) => each !== undefined).join(' ') || name;
    const times = { start, end: start + length, mediaStartMs: 0, deviceStart: deviceStart ?? undefined };
    return [{ id, label, segments: [{ recordingId: id, name, ...times, frameMs: frameMsOf(frameRateMilli) }] }];
}
