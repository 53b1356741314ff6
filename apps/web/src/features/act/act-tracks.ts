import type { Track } from '../recording/tracks.ts';
import { type ActDetail, deviceInterval } from './strip-chart-input.ts';

/** What can be played of an act, one player for every carrier: officers first, as on the strip chart. */
export function tracksOf(act: ActDetail): Track[] {
    const playable = act.recordings.flatMap((recording) => {
        const span = deviceInterval(recording);
        return recording.playable && span !== undefined ? [{ recording, span }] : [];
    });
    const carrierOf = (recording: ActDetail['recordings'][number]) => recording.personId ?? recording.device?.id ?? recording.id;
    const order = [...act.participants].sort((a, b) => Number(a.part === 'assistant') - Number(b.part === 'assistant'));
    const carriers = new Set([...order.map((each) => each.person.id), ...playable.map(({ recording }) => carrierOf(recording))]);
    return [...carriers].flatMap((carrier) => {
        const own = playable
            .filter(({ recording }) => carrierOf(recording) === carrier)
            .sort((a, b) => a.span.start - b.span.start);
        const first = own[0];
        if (first === undefined) return [];
        const person = act.participants.find((each) => each.person.id === carrier)?.person.name;
        const label = [person, first.recording.device?.number ?? (person === undefined ? first.recording.name : undefined)];
        return [
            {
                id: carrier,
                label: label.filter((each) => each !== undefined).join(' '),
                segments: own.map(({ recording, span }) => ({ recordingId: recording.id, name: recording.name, ...span })),
            },
        ];
    });
}
