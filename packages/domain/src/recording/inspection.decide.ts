import type { AudioSkew, InspectedVideoTrack, Inspection, InspectionFinding, MeasuredFile, TimedTrack } from './inspection.ts';
import { INSPECTION_VERSION, isTimedTrack, presentedEndMs, presentedStartMs } from './inspection.ts';

/** 附件2 is for reference (设备参数可参考): below it a file is marked, never refused. */
export const ANNEX_2 = {
    /** 附件2 视频分辨率: 大于或等于1920*1080, whichever way the recorder was worn. */
    longSide: 1_920,
    shortSide: 1_080,
    /** 附件2 视频帧率: 大于或等于30帧/秒. 29.97 is what cameras call 30; 1 % for a dropped frame. In frames per 1,000 s. */
    frameRateMilli: 29_670,
    /** 附件2 视音频同步: 失步时间应小于等于1秒. */
    offsetMs: 1_000,
} as const;

/** Video and audio codings that browsers play. HEVC is left out: Chromium plays its sound under a black picture. */
const PLAYABLE_VIDEO: readonly string[] = ['avc', 'vp8', 'vp9', 'av1'];
const PLAYABLE_AUDIO: readonly string[] = ['aac', 'mp3', 'opus', 'vorbis', 'flac', 'pcm'];

/** Containers that a browser does not open though we read them; a remuxed copy is needed. */
const NOT_PLAYABLE_CONTAINERS: readonly string[] = ['mpegTs', 'matroska', 'avi', 'mpegPs', 'flv', 'asf'];

/** Containers recognised by their first bytes that this version does not look into. */
export const UNINSPECTED_CONTAINERS: readonly string[] = ['mpegVideo', 'hikvision', 'dahua'];

/** Streams that are read from end to end; where nothing in one is known, its container is as good as not looked into. */
const STREAM_CONTAINERS: readonly string[] = ['mpegPs', 'flv', 'asf'];

/** A recording may be so much shorter than its container says: the last picture, and what a recorder rounds. */
const endsEarlyBy = (declaredMs: number): number => Math.max(2_000, declaredMs / 50);

/** Photographs: they have no length, sound or frame rate, and 附件2 speaks of none of them. */
export const PICTURE_CONTAINERS: readonly string[] = ['jpeg', 'png'];

/**
 * Judges a measured file. Pure; a finding never refuses a file. `namedLog`: the profile by which it was docked calls it a log, so that
 * text is one even where its lines bear neither times nor keys; what is no text is none whatever its name.
 */
export function inspectionOf(measured: MeasuredFile, namedLog = false): Inspection {
    const durationMs = presentedMs(measured);
    const skew = skewOf(measured);
    return {
        inspectionVersion: INSPECTION_VERSION,
        ...measured,
        ...(durationMs === undefined ? {} : { durationMs }),
        ...(skew === undefined ? {} : { skew }),
        findings: findingsOf(measured, namedLog),
    };
}

function presentedMs({ tracks }: MeasuredFile): number | undefined {
    const timed = tracks.filter(isTimedTrack);
    if (timed.length === 0) return undefined;
    return Math.max(...timed.map(presentedEndMs)) - Math.min(...timed.map(presentedStartMs));
}

function findingsOf(measured: MeasuredFile, namedLog: boolean): InspectionFinding[] {
    if (measured.fileLength === 0) return [{ code: 'media.empty', severity: 'broken' }];
    const structure = structureFindings(measured, namedLog);
    const timed = measured.tracks.filter(isTimedTrack);
    // Where nothing could be read, missing tracks say nothing about the recording.
    return timed.length === 0 ? structure : [...structure, ...trackFindings(measured, timed)];
}

function structureFindings(measured: MeasuredFile, namedLog: boolean): InspectionFinding[] {
    const { container, boxes, avi, stream, log, failed } = measured;
    const readable = measured.tracks.some(isTimedTrack);
    if (UNINSPECTED_CONTAINERS.includes(container) || (STREAM_CONTAINERS.includes(container) && !readable)) {
        return [{ code: 'media.unsupportedContainer', severity: 'limited', container }];
    }
    if (PICTURE_CONTAINERS.includes(container)) {
        const cut = measured.photo?.ended === false ? ([{ code: 'media.photoCut', severity: 'limited' }] as const) : [];
        return [...cut, { code: 'media.picture', severity: 'advisory', container }];
    }
    if (container === 'nmea') return [{ code: 'media.positions', severity: 'advisory' }];
    if (log !== undefined && failed === undefined)
        return log.form === 'plain' && !namedLog
            ? [{ code: 'media.notMedia', severity: 'broken' }]
            : [{ code: 'media.log', severity: 'advisory', form: log.form, encoding: log.encoding }];
    const findings: InspectionFinding[] = [];
    if (boxes?.moov === 'absent' && !boxes.malformed) findings.push({ code: 'media.noMoov', severity: 'broken' });
    const missingBytes = boxes?.missingBytes ?? avi?.missingBytes ?? stream?.missingBytes;
    if (missingBytes !== undefined) {
        findings.push({
            code: 'media.truncated',
            severity: readable ? 'limited' : 'broken',
            missingBytes,
            ...(boxes?.lastUsableMs === undefined ? {} : { lastUsableMs: boxes.lastUsableMs }),
        });
    }
    if (readable && missingBytes === undefined) findings.push(...endFindings(measured));
    if (failed === 'timedOut') findings.push({ code: 'media.inspectionTimedOut', severity: 'limited' });
    else if (failed !== undefined && (failed !== 'damaged' || findings.length === 0)) {
        findings.push({ code: 'media.inspectionFailed', severity: 'limited', reason: failed });
    }
    if (findings.length > 0 || readable) return findings;
    if (container === 'unknown') return [{ code: 'media.notMedia', severity: 'broken' }];
    return [{ code: 'media.inspectionFailed', severity: 'limited', reason: 'damaged' }];
}

/** Where nothing is known to be missing: whether that means anything. Never green by silence. */
function endFindings(measured: MeasuredFile): InspectionFinding[] {
    const { container, stream } = measured;
    // Packets of a transport stream follow each other until there are no more.
    if (container === 'mpegTs' || stream?.end === 'unknown')
        return [{ code: 'media.endUnknown', severity: 'advisory', container }];
    const durationMs = presentedMs(measured);
    const declaredMs = stream?.declaredMs;
    if (declaredMs === undefined || durationMs === undefined || declaredMs - durationMs <= endsEarlyBy(declaredMs)) return [];
    return [{ code: 'media.endsEarly', severity: 'limited', declaredMs, durationMs }];
}

function trackFindings(measured: MeasuredFile, timed: readonly TimedTrack[]): InspectionFinding[] {
    const video = timed.find((track) => track.kind === 'video');
    const audio = timed.find((track) => track.kind === 'audio');
    const findings: InspectionFinding[] = [];
    if (NOT_PLAYABLE_CONTAINERS.includes(measured.container)) {
        findings.push({ code: 'media.containerNotPlayable', severity: 'limited', container: measured.container });
    }
    if (video === undefined) findings.push({ code: 'media.noVideo', severity: 'limited' });
    else findings.push(...videoFindings(video));
    if (audio === undefined) findings.push({ code: 'media.noAudio', severity: 'limited' });
    else if (!PLAYABLE_AUDIO.includes(audio.codec)) {
        findings.push({ code: 'media.codecNotPlayable', severity: 'limited', track: 'audio', codec: nameOf(audio) });
    }
    const skew = skewOf(measured);
    if (skew !== undefined && isApart(skew)) findings.push({ code: 'media.audioOffset', severity: 'advisory', ...skew });
    return findings;
}

function videoFindings(video: InspectedVideoTrack): InspectionFinding[] {
    const { width, height, frameRateMilli, worst } = video;
    const findings: InspectionFinding[] = [];
    if (!PLAYABLE_VIDEO.includes(video.codec)) {
        findings.push({ code: 'media.codecNotPlayable', severity: 'limited', track: 'video', codec: nameOf(video) });
    }
    if (Math.max(width, height) < ANNEX_2.longSide || Math.min(width, height) < ANNEX_2.shortSide) {
        findings.push({ code: 'media.lowResolution', severity: 'advisory', width, height });
    }
    const rate = frameRateMilli ?? video.declaredFrameRateMilli;
    if (rate !== undefined && rate < ANNEX_2.frameRateMilli) {
        findings.push({ code: 'media.lowFrameRate', severity: 'advisory', frameRateMilli: rate });
    } else if (worst !== undefined && worst.frameRateMilli < ANNEX_2.frameRateMilli) {
        findings.push({ code: 'media.lowFrameRateAtTimes', severity: 'advisory', ...worst });
    }
    return findings;
}

function skewOf({ tracks }: MeasuredFile): AudioSkew | undefined {
    const timed = tracks.filter(isTimedTrack);
    const video = timed.find((track) => track.kind === 'video');
    const audio = timed.find((track) => track.kind === 'audio');
    if (video === undefined || audio === undefined) return undefined;
    const startMs = presentedStartMs(audio) - presentedStartMs(video);
    const endMs = presentedEndMs(audio) - presentedEndMs(video);
    return { startMs, endMs, driftMs: endMs - startMs };
}

const isApart = (skew: AudioSkew): boolean => Object.values(skew).some((each) => Math.abs(each) > ANNEX_2.offsetMs);

const nameOf = (track: TimedTrack): string => (track.codec === 'unknown' ? (track.codecId ?? track.codec) : track.codec);
