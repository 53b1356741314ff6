import { SECOND } from '../kernel/instant.ts';
import type { DullStretches } from './dull-stretches.ts';
import { type Inspection, isTimedTrack } from './inspection.ts';
import { isWithoutIndex, type Rebuilt } from './rebuilt.ts';

/**
 * What is made from an original, which itself never changes. `repaired`: what is whole of a damaged file, so that it plays ·
 * `playable`: the same pictures in a coding that browsers show · `thumbnail`: one picture · `storyboard`: many, evenly spread.
 */
export const DERIVED_KINDS = ['repaired', 'playable', 'thumbnail', 'storyboard'] as const;
export type DerivedKind = (typeof DERIVED_KINDS)[number];

/** `programMissing`: ffmpeg is not installed on the server; the original is as it was. */
export const DERIVED_STATES = ['made', 'failed', 'programMissing'] as const;
export type DerivedState = (typeof DERIVED_STATES)[number];

/**
 * Why none came about. `noReference`: the file has no index and no parameters of its pictures, and no whole recording of the same
 * recorder or model has ones that fit.
 */
export const DERIVED_REASONS = ['program', 'timedOut', 'nothing', 'unplayable', 'damaged', 'noReference'] as const;
export type DerivedReason = (typeof DERIVED_REASONS)[number];

/** The program's name of a container, for those that may be given to it: a reader is never chosen by the file itself. */
const DEMUXERS: Readonly<Record<string, string>> = {
    mp4: 'mov',
    mov: 'mov',
    matroska: 'matroska',
    webm: 'matroska',
    mpegTs: 'mpegts',
    avi: 'avi',
    mpegPs: 'mpeg',
    flv: 'flv',
    asf: 'asf',
};

/** Not every picture in these has a time of its own: copied as they are they would have none in the copy either. */
const UNTIMED: readonly string[] = ['mpegPs', 'asf'];

const blocks = (inspection: Inspection): boolean =>
    inspection.findings.some(({ code }) =>
        ['media.codecNotPlayable', 'media.containerNotPlayable', 'media.unsupportedContainer'].includes(code),
    );

const isCut = (inspection: Inspection): boolean => inspection.findings.some(({ code }) => code === 'media.truncated');

/** Which items can be made of a file at all. Of one without an index: what can be found in it, if anything. */
export function derivableKinds(inspection: Inspection): DerivedKind[] {
    const { container, tracks } = inspection;
    if (DEMUXERS[container] === undefined || inspection.fileLength === 0) return [];
    if (isWithoutIndex(inspection)) return ['repaired'];
    // Containers that are not looked into are given to the program as they are.
    const opaque = inspection.findings.some(({ code }) => code === 'media.unsupportedContainer');
    const timed = tracks.filter(isTimedTrack);
    if (!opaque && timed.length === 0) return [];
    const picture = opaque || timed.some((each) => each.kind === 'video');
    return [
        ...(isCut(inspection) ? (['repaired'] as const) : []),
        ...(blocks(inspection) && !isCut(inspection) ? (['playable'] as const) : []),
        ...(picture ? (['thumbnail', 'storyboard'] as const) : []),
    ];
}

/**
 * What somebody may ask for: also a copy of a file that should play and does not. What a browser can show, only the browser knows.
 */
export function askableKinds(inspection: Inspection): DerivedKind[] {
    const kinds = derivableKinds(inspection);
    const hasPicture = kinds.includes('thumbnail');
    return hasPicture && !isCut(inspection) && !kinds.includes('playable') ? [...kinds, 'playable'] : kinds;
}

/** How the program is called: its arguments with `in` and `out` for the two open files, and what is known of the result. */
export type Derivation = {
    readonly input: readonly string[];
    /** Before a second file, where sound lies in one of its own. */
    readonly second?: readonly string[];
    readonly output: readonly string[];
    /** Further outputs, raw and read as they come: a small picture a second, and the sound where there is any (`Levels`). */
    readonly watch?: { readonly pictures: readonly string[]; readonly sound: readonly string[] | null };
    readonly mediaType: 'video/mp4' | 'image/jpeg';
    readonly detail: DerivedDetail;
    /** How much work is allowed for it, in ms of processor time. */
    readonly workMs: number;
};

export type DerivedDetail = {
    readonly columns?: number;
    readonly rows?: number;
    readonly everyMs?: number;
    readonly durationMs?: number;
    readonly rebuilt?: Rebuilt;
    /** Absent where it was not looked for. */
    readonly dull?: DullStretches;
};

const THUMBNAIL_WIDTH = 480;
const TILE_WIDTH = 240;
const COLUMNS = 5;
const MOST_TILES = 25;
/** Above this only key pictures are decoded. */
const LONG_MS = 60 * SECOND;
const MOST_WORK_MS = 3 * 3_600 * SECOND;

export function derivationOf(kind: DerivedKind, inspection: Inspection): Derivation {
    const demuxer = DEMUXERS[inspection.container] ?? '';
    const lengthMs = usableMs(inspection);
    const base = 120 * SECOND + inspection.fileLength / 10_000;
    if (kind === 'thumbnail') return thumbnail(demuxer, lengthMs, base);
    if (kind === 'storyboard') return { ...storyboard(demuxer, lengthMs, base), watch: watchOf(inspection) };
    const video = inspection.tracks.filter(isTimedTrack).find((each) => each.kind === 'video');
    const audio = inspection.tracks.filter(isTimedTrack).find((each) => each.kind === 'audio');
    // What browsers show stays picture by picture as it was; only the wrapping is new. Where nothing speaks against the file and
    // a browser still did not show it, its coding is the reason.
    const keepsVideo =
        video?.codec === 'avc' && !UNTIMED.includes(inspection.container) && (kind === 'repaired' || blocks(inspection));
    const keepsAudio = audio?.codec === 'aac' || audio?.codec === 'mp3';
    return {
        input: ['-err_detect', 'ignore_err', '-f', demuxer],
        output: [
            ...['-map', '0:v:0?', '-map', '0:a:0?', '-sn', '-dn', '-map_metadata', '-1', '-vsync', 'passthrough'],
            ...(keepsVideo ? ['-c:v', 'copy'] : ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p']),
            ...(keepsVideo ? [] : ['-vf', 'scale=trunc(iw/2)*2:trunc(ih/2)*2']),
            ...(keepsAudio ? ['-c:a', 'copy'] : ['-c:a', 'aac', '-b:a', '96k']),
            ...['-max_muxing_queue_size', '4096', '-movflags', '+faststart', '-f', 'mp4'],
        ],
        mediaType: 'video/mp4',
        detail: {},
        workMs: Math.min(MOST_WORK_MS, base + (keepsVideo ? 0 : lengthMs * 6)),
    };
}

/** The sound of a recording as programs for speech recognition take it: one channel, 16,000 samples of 16 bits a second, WAV. */
export const soundOf = (inspection: Inspection): Pick<Derivation, 'input' | 'output' | 'workMs'> => ({
    input: ['-err_detect', 'ignore_err', '-f', DEMUXERS[inspection.container] ?? ''],
    output: [
        '-map',
        '0:a:0',
        '-vn',
        '-sn',
        '-dn',
        '-map_metadata',
        '-1',
        '-ac',
        '1',
        '-ar',
        '16000',
        '-c:a',
        'pcm_s16le',
        '-f',
        'wav',
    ],
    workMs: Math.min(MOST_WORK_MS, 120 * SECOND + inspection.fileLength / 10_000),
});
/** Bytes of that sound for each ms. */
export const SOUND_BYTES_PER_MS = 32;

/** Up to where it is good, else how long it is; ten minutes where nobody knows. */
function usableMs(inspection: Inspection): number {
    const cut = inspection.findings.find((each) => each.code === 'media.truncated');
    const usable = cut?.code === 'media.truncated' ? cut.lastUsableMs : undefined;
    return usable ?? inspection.durationMs ?? 600 * SECOND;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);
const scaled = (width: number): string => `scale='min(${width},iw)':-2`;
const JPEG = ['-an', '-sn', '-dn', '-map_metadata', '-1', '-frames:v', '1', '-pix_fmt', 'yuvj420p', '-q:v', '4'] as const;
const AS_JPEG = ['-c:v', 'mjpeg', '-f', 'image2', '-update', '1'] as const;

/** A quarter in, at most ten seconds: by then the recorder is raised and the picture has settled. */
function thumbnail(demuxer: string, lengthMs: number, workMs: number): Derivation {
    const at = Math.min(10 * SECOND, Math.floor(lengthMs / 4));
    return {
        input: ['-ss', seconds(at), '-f', demuxer],
        output: [...JPEG, '-vf', scaled(THUMBNAIL_WIDTH), ...AS_JPEG],
        mediaType: 'image/jpeg',
        detail: {},
        workMs,
    };
}

function storyboard(demuxer: string, lengthMs: number, workMs: number): Derivation {
    const tiles = Math.min(MOST_TILES, Math.max(COLUMNS, Math.floor(lengthMs / (4 * SECOND))));
    const rows = Math.ceil(tiles / COLUMNS);
    const everyMs = Math.max(40, Math.ceil(lengthMs / (rows * COLUMNS)));
    return {
        input: [...(lengthMs > LONG_MS ? ['-skip_frame', 'nokey'] : []), '-f', demuxer],
        output: [...JPEG, '-vf', `fps=1000/${everyMs}:round=up,${scaled(TILE_WIDTH)},tile=${COLUMNS}x${rows}`, ...AS_JPEG],
        mediaType: 'image/jpeg',
        detail: { columns: COLUMNS, rows, everyMs },
        workMs,
    };
}

/** Of a watched picture the parts whose brightness is kept, and samples of its sound in a second. */
export const WATCHED_TILES = { columns: 16, rows: 9 } as const;
export const WATCHED_SOUND_RATE = 8_000;

/** Sound that the program is known to decode: another one would leave the file without its pictures. */
const HEARD = /^(?:aac|mp[23]|opus|vorbis|flac|alaw|ulaw|pcm.*)$/;

/** Beside the storyboard, for which the whole file is read anyway and its key pictures are decoded: nothing is read twice. */
function watchOf({ tracks }: Inspection): NonNullable<Derivation['watch']> {
    const { columns, rows } = WATCHED_TILES;
    const hasSound = tracks.filter(isTimedTrack).some(({ kind, codec }) => kind === 'audio' && HEARD.test(codec ?? ''));
    const evenly = `scale=${columns}:${rows}:flags=area,format=gray,fps=1`;
    const filled = `aresample=${WATCHED_SOUND_RATE}:async=1:first_pts=0`;
    return {
        pictures: ['-map', '0:v:0', '-an', '-vf', evenly, '-f', 'rawvideo'],
        sound: hasSound ? ['-map', '0:a:0', '-vn', '-af', filled, '-ac', '1', '-f', 's16le'] : null,
    };
}

/** Pictures are decoded that far before a copy counts: the wrong parameters show with the first. */
export const DECODED_FIRST = 60;

type Streams = Pick<Rebuilt, 'rateMilli' | 'pictures'> & { readonly reorders: boolean; readonly hasSound: boolean };

const rateOf = (rateMilli: number): string => `${rateMilli}/1000`;

/** Pictures as they are where they are shown as they lie; where not, a stream without times can only be decoded and coded anew. */
export function derivationOfRebuilt({ rateMilli, pictures, reorders, hasSound }: Streams, fileLength: number): Derivation {
    const coded = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p'];
    const even = ['-vf', `setpts=N*1000/(${rateMilli}*TB)`, '-vsync', 'passthrough'];
    return {
        input: ['-r', rateOf(rateMilli), '-f', 'h264'],
        ...(hasSound ? { second: ['-f', 'aac'] } : {}),
        output: [
            ...['-map', '0:v:0', ...(hasSound ? ['-map', '1:a:0', '-c:a', 'copy'] : []), '-map_metadata', '-1'],
            ...(reorders ? [...coded, ...even] : ['-c:v', 'copy']),
            ...['-max_muxing_queue_size', '4096', '-movflags', '+faststart', '-f', 'mp4'],
        ],
        mediaType: 'video/mp4',
        detail: {},
        workMs: Math.min(MOST_WORK_MS, 120_000 + fileLength / 10_000 + (reorders ? pictures * 200 : 0)),
    };
}

/** Decodes the beginning and keeps nothing: whether these parameters are those of these pictures. */
export const decodingOfRebuilt = (): Derivation => ({
    input: ['-xerror', '-err_detect', 'crccheck+bitstream+buffer+explode', '-f', 'h264'],
    output: ['-map', '0:v:0', '-frames:v', String(DECODED_FIRST), '-f', 'null'],
    mediaType: 'video/mp4',
    detail: {},
    workMs: 60_000,
});

/** Whether anything of it can be shown: what is broken at its beginning shows nothing, what only lacks its end does. */
const opens = (inspection: Inspection): boolean =>
    inspection.tracks.some((track) => track.kind !== 'other') &&
    !inspection.findings.some(({ code, severity }) => severity === 'broken' && code !== 'media.truncated');

/** What a player is given: the original wherever it can be shown whole, else what was made of it; `undefined`: nothing yet. */
export function shownAs(
    inspection: Inspection | null,
    made: readonly DerivedKind[],
): 'original' | 'repaired' | 'playable' | undefined {
    if (inspection === null) return undefined;
    if ((isCut(inspection) || isWithoutIndex(inspection)) && made.includes('repaired')) return 'repaired';
    // A copy of a file that should play is only made because somebody's browser did not show it.
    if (made.includes('playable')) return 'playable';
    return opens(inspection) && !blocks(inspection) ? 'original' : undefined;
}
