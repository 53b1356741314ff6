import type { Instant } from '@liuhen/domain';
import { TrackMap } from '../recording/track-map.tsx';
import { mediaSecondsAt, segmentAt, type Track } from '../recording/tracks.ts';
import type { ActDetail } from './strip-chart-input.ts';

/** The track of the recorder that has one at this moment, else of the first that has any, beside the party's premises. */
export function ActMap({ act, tracks, at }: { act: ActDetail; tracks: readonly Track[]; at: Instant }) {
    const located = act.recordings.filter((each) => each.positions !== null && each.positions.points.length > 0);
    const now = tracks.flatMap((track) => {
        const segment = segmentAt(track, at);
        const recording = located.find((each) => each.id === segment?.recordingId);
        return segment === undefined || recording === undefined
            ? []
            : [{ recording, mediaMs: mediaSecondsAt(segment, at) * 1_000 }];
    })[0];
    const first = located[0];
    const shown = now ?? (first === undefined ? undefined : { recording: first, mediaMs: 0 });
    if (shown?.recording.positions == null) return null;
    const premises = act.premisesAt === null ? null : { ...act.premisesAt, name: act.premises?.name ?? act.place };
    return <TrackMap positions={shown.recording.positions} premises={premises} mediaMs={shown.mediaMs} />;
}
