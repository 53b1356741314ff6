import { frameMsOf, type Track } from '../recording/tracks.ts';
import type { ActDetail } from './strip-chart-input.ts';

type File = Pick<
    ActDetail['recordings'][number],
    'id' | 'name' | 'personId' | 'device' | 'frameRateMilli' | 'stretches' | 'playable'
>;
type Carrier = { readonly person: { readonly id: string } | null; readonly name: string; readonly part?: string };
type Filmed = { readonly recordings: readonly File[]; readonly participants: readonly Carrier[] };

/** What can be played of an act, one player for every carrier: officers first, as on the strip chart. */
export function tracksOf(act: Filmed): Track[] {
    const playable = act.recordings.filter((recording) => recording.playable && recording.stretches.length > 0);
    const carrierOf = (recording: File) => recording.personId ?? recording.device?.id ?? recording.id;
    const order = [...act.participants].sort((a, b) => Number(a.part === 'assistant') - Number(b.part === 'assistant'));
    const carriers = new Set([...order.flatMap((each) => each.person?.id ?? []), ...playable.map(carrierOf)]);
    return [...carriers].flatMap((carrier) => {
        const own = playable.filter((recording) => carrierOf(recording) === carrier);
        const first = own[0];
        if (first === undefined) return [];
        const person = act.participants.find((each) => each.person?.id === carrier)?.name;
        const label = [person, first.device?.number ?? (person === undefined ? first.name : undefined)];
        const segments = own.flatMap(({ id: recordingId, name, stretches, frameRateMilli }) =>
            stretches.map(({ deviceStart, deviceEnd, corrected, mediaStartMs }) => {
                // Several recorders are played side by side on corrected time; a second of media stays a second.
                const start = corrected?.start.at ?? deviceStart;
                const frameMs = frameMsOf(frameRateMilli);
                return { recordingId, name, start, end: start + (deviceEnd - deviceStart), mediaStartMs, deviceStart, frameMs };
            }),
        );
        return [
            {
                id: carrier,
                label: label.filter((each) => each !== undefined).join(' '),
                segments: segments.sort((a, b) => a.start - b.start),
            },
        ];
    });
}
