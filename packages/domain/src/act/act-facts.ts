import { FIRST_RECORDERS } from '../device/clock.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { interval } from '../kernel/interval.ts';
import type { RecordingState } from '../recording/recording.ts';
import type { Part } from './act.ts';
import { type ActSegment, segmentFactsOf } from './act-segments.ts';
import {
    type BoundedInstant,
    type BoundedInterval,
    COVERAGE_PARAMETERS,
    type ExemptionFacts,
    type ExplanationFacts,
    type Modal,
    type ParticipantFacts,
    type PresenceFacts,
    type RecordingFacts,
    type SpokenReason,
} from './coverage-facts.ts';
import type { SpeechMark, StatementInput } from './coverage-statement.ts';

/** An unbroken stretch of a file, by the device's own clock. A file with pauses has several. */
export type Stretch = {
    readonly id: string;
    readonly deviceStart: Instant;
    readonly deviceEnd: Instant;
    /** By the corrected clock, with its uncertainty; `null` while no reading of the clock covers it. */
    readonly corrected: BoundedInterval | null;
};

/** A recording filed under an act, as far as the act's standing depends on it. */
export type FiledRecording = {
    readonly id: string;
    readonly name: string;
    readonly personId: string | null;
    readonly device: { readonly id: string; readonly number: string } | null;
    readonly deviceStart: Instant | null;
    /** Of the start alone, for a file that was cut off and has no stretches. */
    readonly correctedStart: BoundedInstant | null;
    readonly stretches: readonly Stretch[];
    readonly receivedAt: Instant;
    readonly state: RecordingState;
    /** Within which files of its device continue each other, as decided for its model on that day. */
    readonly joinWithinMs?: Duration;
    /** What inspection found. */
    readonly findings: readonly { readonly code: string }[];
};

export const isPhotograph = ({ findings }: Pick<FiledRecording, 'findings'>): boolean =>
    findings.some(({ code }) => code === 'media.picture');

/** As recorders name what they write about themselves; for files that were looked at before logs were known by what they hold. */
const LOG = /\.(?:log|txt)$/i;

/**
 * Whether a file shows how long somebody was recorded, or would if it were whole: not a photograph, which has a moment and no length,
 * not positions, and not a recorder's own log.
 */
export const isFootage = (file: Pick<FiledRecording, 'findings' | 'name'>): boolean =>
    !isPhotograph(file) &&
    !file.findings.some(
        ({ code }) => code === 'media.positions' || code === 'media.log' || (code === 'media.notMedia' && LOG.test(file.name)),
    );

/** When somebody was at a segment; `null` is its own beginning or end. */
export type ActPresence = { readonly segmentId: string; readonly from: Instant | null; readonly to: Instant | null };

/** What is kept of an act: the one source of its standing in a list, of its answer row and of its strip chart. */
export type ActFacts = {
    readonly id: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    /** At least one: see `segmentsOrWhole`. `recording`: whether it is a must, by what held on that day. */
    readonly segments: readonly (ActSegment & { readonly recording: Modal })[];
    /** `personId` is null for people who are not ours: they neither record nor count. */
    readonly participants: readonly {
        readonly personId: string | null;
        readonly name: string;
        readonly part: Part;
        readonly certificateNumber: string | null;
        readonly presence: readonly ActPresence[];
    }[];
    readonly exemptions: readonly ExemptionFacts[];
    readonly recordings: readonly FiledRecording[];
    /** Documents past their draft that state a start or an end, in order of time. */
    readonly documents: readonly StatedDocument[];
    readonly explanations: readonly ExplanationFacts[];
    /** 附件1 第15条 as it held for the organisation when the act ended. */
    readonly storeWithinMs: Duration;
    /** 附件1 第10条: how far documents may state other times than the recording, as it held for the organisation when the act ended. */
    readonly documentToleranceMs: Duration;
    /** The same paragraph: how far from an interruption its reason may be spoken, as it held then. */
    readonly spokenWithinMs: Duration;
    /** Opening and closing words that somebody marked in a recording. */
    readonly speech: readonly SpeechMark[];
    /** Reasons of interruptions that somebody marked where they are spoken. */
    readonly spoken: readonly SpokenReason[];
    /** In a case or a drawn sample: what only a person can say is asked for and counts (附件1 第8、9条). */
    readonly speechRequired: boolean;
};

/** A document with the times its officers stated (附件1 第10条). */
export type StatedDocument = {
    readonly id: string;
    readonly title: string;
    readonly startedAt: Instant | null;
    readonly endedAt: Instant | null;
};

/**
 * The facts as the rules want them. The act's own statement stands for the document until one is signed. Nobody says yet that a recorder was emptied, so
 * files may still arrive until they are late.
 */
export function statementInputOf(act: ActFacts, now: Instant, documentTitle: string): StatementInput {
    const segments = act.segments
        .flatMap(segmentFactsOf)
        .toSorted((a, b) => a.during.start - b.during.start || a.during.end - b.during.end);
    const during = new Map(segments.map((each) => [each.id, each.during]));
    return {
        now,
        stated: interval(act.startsAt, act.endsAt) ?? null,
        segments,
        participants: act.participants.flatMap(({ personId, name, part, certificateNumber, presence }): ParticipantFacts[] => {
            if (personId === null) return [];
            const certificate = certificateNumber === null ? 'invalid' : 'valid';
            const own = presence.flatMap(({ segmentId, from, to }): PresenceFacts[] => {
                const whole = during.get(segmentId);
                if (whole === undefined) return [];
                if (from === null && to === null) return [{ segmentId, during: null }];
                const stay = interval(from ?? whole.start, to ?? whole.end);
                return stay === undefined ? [] : [{ segmentId, during: stay }];
            });
            return [{ id: personId, name, part, own, certificate, intake: 'pending' }];
        }),
        recordings: act.recordings.filter(isFootage).map(recordingFactsOf),
        exemptions: act.exemptions,
        explanations: act.explanations,
        spoken: act.spoken,
        parameters: {
            ...COVERAGE_PARAMETERS,
            storeWithinMs: act.storeWithinMs,
            documentToleranceMs: act.documentToleranceMs,
            spokenWithinMs: act.spokenWithinMs,
        },
        documents:
            act.documents.length === 0
                ? [{ id: act.id, title: documentTitle, start: act.startsAt, end: act.endsAt }]
                : act.documents.map(({ id, title, startedAt, endedAt }) => ({ id, title, start: startedAt, end: endedAt })),
        speech: act.speech,
        speechRequired: act.speechRequired,
    };
}

function recordingFactsOf({
    id,
    name,
    personId,
    device,
    deviceStart,
    correctedStart,
    stretches,
    receivedAt,
    state,
    joinWithinMs,
}: FiledRecording): RecordingFacts {
    return {
        id,
        // Footage of nobody in particular covers nobody.
        carrierId: personId ?? device?.id ?? id,
        deviceId: device?.id ?? id,
        deviceLabel: device?.number ?? name,
        // A clock that had lost its setting says nothing of the day: until it is corrected its time is unknown.
        segments: stretches
            .filter((each) => each.corrected !== null || each.deviceStart >= FIRST_RECORDERS)
            .map((each) => ({
                id: each.id,
                device: { start: each.deviceStart, end: each.deviceEnd },
                corrected: each.corrected,
            })),
        openStart: stretches.length > 0 || deviceStart === null ? null : { device: deviceStart, corrected: correctedStart },
        storedAt: receivedAt,
        damaged: state === 'damaged',
        ...(joinWithinMs === undefined ? {} : { joinWithinMs }),
    };
}
