import { formatMediaTime, type Id } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';

export type RecordingMoment = { readonly recordingId: Id; readonly mediaMs: number };

export const momentWords = (fileName: string, { mediaMs }: RecordingMoment): string => `${fileName} ${formatMediaTime(mediaMs)}`;

/** A moment of a recording as words that lead to it: the page of the act, its players standing there. */
export function MomentLink({ actId, fileName, moment }: { actId: Id; fileName: string; moment: RecordingMoment }) {
    return (
        <Link to="/acts/$id" params={{ id: actId }} search={{ recordingId: moment.recordingId, at: `${moment.mediaMs}` }}>
            {momentWords(fileName, moment)}
        </Link>
    );
}
