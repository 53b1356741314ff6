import type { FileLog } from './file-log.ts';

/** Raised when the meaning of a member of `Inspection` changes or a finding is added; stored with every result. */
export const INSPECTION_VERSION = 4;

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
    /** Where a picture or a piece of sound is missed: how often, and the longest. Times from the beginning of the file. */
    readonly holes?: { readonly count: number; readonly longestMs: number; readonly longestAtMs: number };
    /** How often time runs backwards in it. */
    readonly backwards?: number;
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
    /** The same in the worst ten seconds, which begin at `atMs`; absent in files shorter than that. */
    readonly worst?: { readonly frameRateMilli: number; readonly atMs: number };
    /** By the distance that most neighbouring pictures have. */
    readonly usualFrameRateMilli?: number;
    /** What the header says, where the container keeps no times to measure by (AVI). */
    readonly declaredFrameRateMilli?: number;
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
    /** `mvhd.modification_time`, likewise. */
    readonly modificationSeconds?: number;
    /** How the index came to be; absent in fragmented files and where it could not be read. */
    readonly structure?: FileStructure;
};

/** Facts of an index that recording straight through does not leave behind. Members are 0 where there is nothing to see. */
export type FileStructure = {
    /** Entries of edit lists beyond the one that shows a track as it is. */
    readonly edits: number;
    /** Recorded media that edit lists leave out, in ms. */
    readonly hiddenMs: number;
    readonly editedRate: boolean;
    /** How often what comes later in time lies earlier in the file. */
    readonly chunksBack: number;
    /** Media data to which no sample refers. */
    readonly unreferencedBytes: number;
    /** Most descriptions of samples in one track: more than one where streams of different settings were joined. */
    readonly descriptions: number;
    /** Pictures from key picture to key picture: what is usual, and how many of `count` distances are not. */
    readonly keys?: { readonly usual: number; readonly odd: number; readonly count: number };
};

/**
 * Positions a file carries. `gpmf`: a track of them, by WGS 84; `udta`: one place in the user data (©xyz), datum not stated;
 * `nmea`: a file of satellite sentences beside a recording, by WGS 84.
 */
export type FilePositions = {
    readonly source: 'gpmf' | 'udta' | 'nmea';
    /** When the first point was, by the satellites; `atMs` of an NMEA file counts from there. */
    readonly firstUtc?: number;
    readonly fixes: number;
    readonly noFix: number;
    /** Fastest speed the receiver gave. */
    readonly fastestMmPerS: number;
    /** Spread over the whole; degrees × 10⁷. */
    readonly points: readonly { readonly atMs: number; readonly latE7: number; readonly lonE7: number }[];
};

/**
 * Of a container without sample tables: whether it says where its recording ends. `unknown`: it says nothing of the kind, so that one
 * that was cut off looks like a whole one.
 */
export type FileStream = {
    readonly end: 'stated' | 'unknown';
    /** Bytes that it promises and the file does not have. */
    readonly missingBytes?: number;
    /** How long it says it is. */
    readonly declaredMs?: number;
    /** When it says it was made: seconds since 1904-01-01, nominally UTC. */
    readonly createdSeconds?: number;
};

/** A photograph. Times as its camera wrote them, by the camera's own zone. */
export type FilePhoto = {
    readonly width: number;
    readonly height: number;
    readonly takenText?: string;
    readonly offsetText?: string;
    /** Whether the mark of its end is there. */
    readonly ended: boolean;
};

/** Ways of signing a video stream whose marks are known from a published source. */
export const STREAM_SIGNATURES = ['axisSignedVideo', 'onvifMediaSigning'] as const;
export type StreamSignature = (typeof STREAM_SIGNATURES)[number];

/** What was measured, before it is judged. */
export type MeasuredFile = {
    /** `mp4`, `mov`, `matroska`, `webm`, `mpegTs`, `avi`, `mpegPs`, …; `unknown` when no signature matched. */
    readonly container: string;
    readonly fileLength: number;
    readonly boxes?: BoxLayout;
    readonly tracks: readonly InspectedTrack[];
    /** Names of software or firmware that the file carries, as found, without control characters. */
    readonly encoders: readonly string[];
    /** Of an AVI file: whether it has an index, pictures that were dropped, bytes that its chunks promise and it lacks. */
    readonly avi?: { readonly index: boolean; readonly emptyFrames: number; readonly missingBytes?: number };
    readonly stream?: FileStream;
    readonly photo?: FilePhoto;
    readonly log?: FileLog;
    readonly positions?: FilePositions;
    /** Signatures in the stream, present and not verified; absent when it was not searched. */
    readonly signatures?: { readonly found: readonly StreamSignature[]; readonly searchedBytes: number };
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
    | { readonly code: 'media.endsEarly'; readonly severity: 'limited'; readonly declaredMs: number; readonly durationMs: number }
    | { readonly code: 'media.endUnknown'; readonly severity: 'advisory'; readonly container: string }
    | { readonly code: 'media.positions'; readonly severity: 'advisory' }
    | { readonly code: 'media.log'; readonly severity: 'advisory'; readonly form: FileLog['form']; readonly encoding: string }
    | { readonly code: 'media.photoCut'; readonly severity: 'limited' }
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
          /** How far they drift apart from start to end. */
          readonly driftMs: number;
      }
    | {
          readonly code: 'media.lowFrameRateAtTimes';
          readonly severity: 'advisory';
          readonly frameRateMilli: number;
          readonly atMs: number;
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
    'media.endsEarly',
    'media.endUnknown',
    'media.positions',
    'media.photoCut',
    'media.noVideo',
    'media.noAudio',
    'media.codecNotPlayable',
    'media.containerNotPlayable',
    'media.unsupportedContainer',
    'media.picture',
    'media.lowResolution',
    'media.lowFrameRate',
    'media.lowFrameRateAtTimes',
    'media.audioOffset',
    'media.inspectionFailed',
    'media.inspectionTimedOut',
] as const satisfies readonly InspectionFinding['code'][];

export type AudioSkew = { readonly startMs: number; readonly endMs: number; readonly driftMs: number };

/** The stored result: JSON of strings, booleans, safe integers, arrays and objects; no floats and no null. */
export type Inspection = MeasuredFile & {
    readonly inspectionVersion: number;
    /**
     * Length of the recording in ms, rounded: from the first presented sample of any track to the end of the last one.
     * Absent when nothing could be read. Where the file is truncated, `lastUsableMs` of the finding is the truth.
     */
    readonly durationMs?: number;
    /**
     * How far sound lies behind the picture at the start and at the end, and what it drifts in between. That of the container,
     * not of the lips: whether sound and picture agree only a person can say. Absent without both.
     */
    readonly skew?: AudioSkew;
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

/** How many pictures a second of the file has, times 1,000: as most of them follow each other; `undefined` without a picture. */
export function frameRateMilliOf({ tracks }: Pick<Inspection, 'tracks'>): number | undefined {
    const video = tracks.find((track) => track.kind === 'video');
    return video?.usualFrameRateMilli ?? video?.frameRateMilli ?? video?.declaredFrameRateMilli;
}
