import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    COVERAGE_PARAMETERS,
    type Instant,
    interval,
    type ParticipantFacts,
    type RecordingFacts,
    type StatementInput,
    type StripChartInput,
} from '@liuhen/domain';

export type ActDetail = ResponseOf<Endpoints['act.get']>;
type ActRecording = ActDetail['recordings'][number];

/**
 * The facts of an act as the strip chart and the answer row want them. There are no clock fits yet, so every segment
 * stands at its device time; the times that the officers state stand as the one document.
 */
export function factsOf(act: ActDetail, now: Instant, statedTitle: string): StripChartInput & StatementInput {
    const stated = interval(act.startsAt, act.endsAt) ?? null;
    return {
        now,
        stated,
        participants: act.participants.map(
            ({ person, part }): ParticipantFacts => ({
                id: person.id,
                name: person.name,
                part,
                own: null,
                certificate: person.certificateNumber === null ? 'invalid' : 'valid',
                intake: 'pending',
            }),
        ),
        recordings: act.recordings.map(recordingFacts),
        exemptions: [],
        explanations: [],
        parameters: COVERAGE_PARAMETERS,
        clock: 'device',
        documents: [{ id: act.id, title: statedTitle, start: act.startsAt, end: act.endsAt }],
        rooms: [],
        positions: [],
        marks: [],
        fits: [],
        speech: [],
        speechRequired: false,
        cursor: null,
    };
}

function recordingFacts(recording: ActRecording): RecordingFacts {
    const device = deviceInterval(recording);
    return {
        id: recording.id,
        carrierId: recording.personId ?? recording.device?.id ?? recording.id,
        deviceId: recording.device?.id ?? recording.id,
        deviceLabel: recording.device?.number ?? recording.name,
        segments: device === undefined ? [] : [{ id: recording.id, device, corrected: null }],
        storedAt: recording.receivedAt,
    };
}

/** When the recording ran by its own clock; `undefined` while that is unknown. */
export function deviceInterval(recording: Pick<ActRecording, 'deviceStart' | 'deviceEnd' | 'durationMs'>) {
    const { deviceStart: start, deviceEnd, durationMs } = recording;
    if (start === null) return undefined;
    const end = deviceEnd ?? (durationMs === null ? null : start + durationMs);
    return end === null ? undefined : interval(start, end);
}
