/** Raised when the meaning of a member of `Inspection` changes or a finding is added; stored with every result. */
export const INSPECTION_VERSION = 2;

/** A media position or length: `ticks / timescale` seconds. Both are safe integers, `timescale` is positive. */
export type MediaTime = { readonly ticks: number; readonly timescale: number };

type Track = {
    /** Track number inside the container. */
    readonly id: number;
    /** Short name of the codec: `avc`, `hevc`, `aac`, …; `unknown` when the container's id is not recognised. */
    readonly codec: string;
    /** RFC 6381 codec string, e.g. `avc1.640028`; absent when the parameters cannot be read. */
    readonly codecString?: string;
    /** The container's own name of the coding: the sample entry (`hvc1`), the Matroska CodecID, the stream type. */
    readonly codecId?: string;
    /** Presentation time of the first sample; negative where an edit list hides priming samples. */
    readonly first: MediaTime;
    /** From the first sample to the end of the last one. */
    readonly duration: MediaTime;
    readonly sampleCount: number;
    /** Average over the whole track in bits per second. */
    readonly bitrate?: number;
};

export type InspectedVideoTrack = Track & {
    readonly kind: 'video';
    /** Size of the picture as stored, before rotation. */
    readonly codedWidth: number;
    readonly codedHeight: number;
    /** Size as shown: after pixel aspect ratio and rotation. */
    readonly width: number;
    readonly height: number;
    /** Clockwise degrees the picture is turned by before it is shown. */
    readonly rotation: 0 | 90 | 180 | 270;
    /** MeasuredFile, not declared: frames per 1,000 seconds, (samples − 1) over the time between the first and the last. */
    readonly frameRateMilli?: number;
};

export type InspectedAudioTrack = Track & { readonly kind: 'audio'; readonly sampleRate: number; readonly channels: number };

/** A subtitle, position or data track: kept, counted, not looked into. */
export type InspectedOtherTrack = { readonly kind: 'other'; readonly id: number; readonly codecId?: string };

export type InspectedTrack = InspectedVideoTrack | InspectedAudioTrack | InspectedOtherTrack;

/**
 * What the boxes of an ISO base media file (ISO/IEC 14496-12) say about its own completeness. Sizes and offsets are
 * bytes; they are safe integers because a file here is far below 2^53 bytes, a declared size beyond that is `malformed`.
 */
export type BoxLayout = {
    readonly majorBrand?: string;
    readonly compatibleBrands: readonly string[];
    /** Where the index stands; a recorder whose battery was pulled leaves none. */
    readonly moov: 'absent' | 'beforeData' | 'afterData';
    readonly fragmented: boolean;
    readonly fragmentCount: number;
    /** First byte after all media data boxes as they declare themselves; larger than the file when the tail is missing. */
    readonly mdatDeclaredEnd?: number;
    /** First byte after the last sample that the sample tables point at. */
    readonly sampleEnd?: number;
    /** Bytes that boxes or sample tables promise and the file does not have. 0 is never stored: absent means none. */
    readonly missingBytes?: number;
    /** Up to where every track is complete, in ms of presentation; only with `missingBytes` and a readable index. */
    readonly lastUsableMs?: number;
    /** Why the walk stopped early, when it did. */
    readonly malformed?: 'boxSize' | 'tooManyBoxes' | 'indexTooLarge' | 'sampleTable';
    /** `mvhd.creation_time`: seconds since 1904-01-01, nominally UTC, often local; absent when 0 (not set). */
    readonly creationSeconds?: number;
};

/** What was measured, before it is judged. */
export type MeasuredFile = {
    /** `mp4`, `mov`, `matroska`, `webm`, `mpegTs`, `avi`, `mpegPs`, …; `unknown` when no signature matched. */
    readonly container: string;
    readonly fileLength: number;
    readonly boxes?: BoxLayout;
    readonly tracks: readonly InspectedTrack[];
    /** Names of software or firmware that the file carries, as found, without control characters. */
    readonly encoders: readonly string[];
    /** Why measuring ended early. `damaged`: the structure contradicts itself. */
    readonly failed?: InspectionFailure;
};

export type InspectionFailure = 'damaged' | 'memory' | 'crashed' | 'output' | 'timedOut';

/**
 * `broken`: it cannot be used as it stands. `limited`: usable in part, or not playable in a browser without a derived
 * copy. `advisory`: below 附件2, which is for reference (参考) and never a ground to refuse a file.
 */
export type FindingSeverity = 'broken' | 'limited' | 'advisory';

/** A finding states a fact about a file that is kept whatever it says. Texts are the contract's, by `code`. */
export type InspectionFinding =
    | { readonly code: 'media.empty'; readonly severity: 'broken' }
    | { readonly code: 'media.notMedia'; readonly severity: 'broken' }
    | { readonly code: 'media.noMoov'; readonly severity: 'broken' }
    | {
          readonly code: 'media.truncated';
          readonly severity: 'broken' | 'limited';
          readonly missingBytes: number;
          readonly lastUsableMs?: number;
      }
    | { readonly code: 'media.noVideo'; readonly severity: 'limited' }
    | { readonly code: 'media.noAudio'; readonly severity: 'limited' }
    | {
          readonly code: 'media.codecNotPlayable';
          readonly severity: 'limited';
          readonly track: 'video' | 'audio';
          readonly codec: string;
      }
    | { readonly code: 'media.containerNotPlayable'; readonly severity: 'limited'; readonly container: string }
    | { readonly code: 'media.unsupportedContainer'; readonly severity: 'limited'; readonly container: string }
    | { readonly code: 'media.picture'; readonly severity: 'advisory'; readonly container: string }
    | {
          readonly code: 'media.lowResolution';
          readonly severity: 'advisory';
          readonly width: number;
          readonly height: number;
      }
    | { readonly code: 'media.lowFrameRate'; readonly severity: 'advisory'; readonly frameRateMilli: number }
    | {
          readonly code: 'media.audioOffset';
          readonly severity: 'advisory';
          readonly startMs: number;
          readonly endMs: number;
      }
    | {
          readonly code: 'media.inspectionFailed';
          readonly severity: 'limited';
          readonly reason: Exclude<InspectionFailure, 'timedOut'>;
      }
    | { readonly code: 'media.inspectionTimedOut'; readonly severity: 'limited' };

/** Every finding code, for the completeness test of the texts. */
export const INSPECTION_FINDING_CODES = [
    'media.empty',
    'media.notMedia',
    'media.noMoov',
    'media.truncated',
    'media.noVideo',
    'media.noAudio',
    'media.codecNotPlayable',
    'media.containerNotPlayable',
    'media.unsupportedContainer',
    'media.picture',
    'media.lowResolution',
    'media.lowFrameRate',
    'media.audioOffset',
    'media.inspectionFailed',
    'media.inspectionTimedOut',
] as const satisfies readonly InspectionFinding['code'][];

/** The stored result: JSON of strings, booleans, safe integers, arrays and objects; no floats and no null. */
export type Inspection = MeasuredFile & {
    readonly inspectionVersion: number;
    /**
     * Length of the recording in ms, rounded: from the first presented sample of any track to the end of the last one.
     * Absent when nothing could be read. Where the file is truncated, `lastUsableMs` of the finding is the truth.
     */
    readonly durationMs?: number;
    readonly findings: readonly InspectionFinding[];
};

/** `at` in whole ms, rounded half up; ticks beyond what a double can multiply stay exact. */
export function mediaMs(at: MediaTime): number {
    const doubled = 2_000n * BigInt(at.ticks) + BigInt(at.timescale);
    const unit = 2n * BigInt(at.timescale);
    return Number((doubled - (((doubled % unit) + unit) % unit)) / unit);
}

export type TimedTrack = InspectedVideoTrack | InspectedAudioTrack;

export const isTimedTrack = (track: InspectedTrack): track is TimedTrack => track.kind !== 'other' && track.sampleCount > 0;

/** First presented moment of a track in ms: priming samples before 0 are never shown. */
export const presentedStartMs = (track: TimedTrack): number => Math.max(0, mediaMs(track.first));

/** End of the last sample in ms of presentation. */
export const presentedEndMs = (track: TimedTrack): number =>
    mediaMs({ ticks: track.first.ticks + track.duration.ticks, timescale: track.first.timescale });
