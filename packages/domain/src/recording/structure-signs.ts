import type { Duration } from '../kernel/instant.ts';
import { HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import { deviceTimeOfFile } from './device-time.ts';
import type { Inspection } from './inspection.ts';
import { isTimedTrack } from './inspection.ts';

/**
 * Something in the structure of a file that recording straight through does not leave behind. A sign proves nothing: firmware is
 * built from the same libraries as editing software, and stations wrap files anew. It says where to look.
 */
export const STRUCTURE_SIGNS = [
    'softwareName',
    'softwareEncoder',
    'editList',
    'hiddenMedia',
    'editedRate',
    'chunksBack',
    'unreferenced',
    'descriptions',
    'keyCadence',
    'pictureHoles',
    'soundHoles',
    'backwards',
    'modifiedLater',
    'nameAgainstContainer',
    'fileTimeLater',
    'fileTimeEarlier',
] as const;
export type StructureSignCode = (typeof STRUCTURE_SIGNS)[number];

export type StructureSign = { readonly code: StructureSignCode; readonly params: Readonly<Record<string, string | number>> };

/** Libraries and programs that wrap, convert or edit, by the names they write into files. */
const SOFTWARE =
    /\b(?:Lavf|Lavc|HandBrake|GPAC|MP4Box|L-SMASH|mkvmerge|libmatroska|x26[45]|VLC|VideoLAN|Adobe|Premiere|Final Cut|iMovie|DaVinci|CapCut|QuickTime|OpenShot|Avidemux|Bandicam|OBS|Google)\b|Lavf\d|Lavc\d|剪映|必剪|快影|格式工厂|会声会影/i;

/** Below this part of the data, bytes to which nothing refers are padding. */
const UNREFERENCED = { least: 64 * 1024, perCent: 3 };
/** So many of all distances between key pictures are alike where an encoder sets them by count. */
const REGULAR_PER_CENT = 90;
/** An index is closed some time after recording began; by its end and a little, in either zone. */
const CLOSED_WITHIN: Duration = 10 * MINUTE;

/** Everything of this kind that the inspection and the name show. */
export function structureSigns(
    inspection: Inspection,
    file: { readonly name: string; readonly receivedAt: number; readonly modifiedAt?: number },
): StructureSign[] {
    const signs: StructureSign[] = [];
    const say = (code: StructureSignCode, params: StructureSign['params'] = {}) => signs.push({ code, params });
    for (const name of inspection.encoders) {
        if (/^x26[45]/.test(name)) say('softwareEncoder', { name });
        else if (SOFTWARE.test(name)) say('softwareName', { name });
    }
    const { boxes } = inspection;
    const structure = boxes?.structure;
    if (structure !== undefined) {
        if (structure.edits > 0) say('editList', { count: structure.edits + 1 });
        if (structure.hiddenMs > 0) say('hiddenMedia', { lengthMs: structure.hiddenMs });
        if (structure.editedRate) say('editedRate');
        if (structure.chunksBack > 0) say('chunksBack', { count: structure.chunksBack });
        if (
            structure.unreferencedBytes >= UNREFERENCED.least &&
            structure.unreferencedBytes * 100 > inspection.fileLength * UNREFERENCED.perCent
        )
            say('unreferenced', { bytes: structure.unreferencedBytes });
        if (structure.descriptions > 1) say('descriptions', { count: structure.descriptions });
        const { keys } = structure;
        if (keys !== undefined && keys.odd > 0 && (keys.count - keys.odd) * 100 >= keys.count * REGULAR_PER_CENT)
            say('keyCadence', { count: keys.odd, usual: keys.usual });
    }
    for (const track of inspection.tracks.filter(isTimedTrack)) {
        if (track.holes !== undefined) {
            const { count, longestMs, longestAtMs } = track.holes;
            say(track.kind === 'video' ? 'pictureHoles' : 'soundHoles', { count, longestMs, longestAtMs });
        }
        if (track.backwards !== undefined) say('backwards', { count: track.backwards });
    }
    const { creationSeconds, modificationSeconds } = boxes ?? {};
    if (creationSeconds !== undefined && modificationSeconds !== undefined) {
        const laterMs = (modificationSeconds - creationSeconds) * SECOND;
        if (laterMs > (inspection.durationMs ?? 0) + CLOSED_WITHIN) say('modifiedLater', { laterMs });
    }
    const time = deviceTimeOfFile(file, inspection);
    if (time.basis !== 'unknown' && time.conflict !== undefined)
        say('nameAgainstContainer', { differenceMs: time.conflict.differenceMs });
    if (time.basis !== 'unknown' && file.modifiedAt !== undefined) {
        const differenceMs = outsideOf(file.modifiedAt, time.start, time.start + (inspection.durationMs ?? 0));
        if (differenceMs > 0) say('fileTimeLater', { differenceMs });
        else if (differenceMs < 0) say('fileTimeEarlier', { differenceMs: -differenceMs });
    }
    return signs;
}

/**
 * How far the last change of a file, as its recorder's file system had it, lies outside of when it was recorded: 0 within. FAT has no
 * zone, so that the computer it was read on may have moved it by the whole hours of its own; the nearest reading counts.
 */
function outsideOf(modifiedAt: number, start: number, end: number): number {
    const readings = ZONES.map((hours) => {
        const at = modifiedAt + hours * HOUR;
        return at > end + CLOSED_WITHIN ? at - end : at < start - FAT_STEP ? at - start : 0;
    });
    return readings.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a));
}

/** As it stands, or read by UTC where it was written in China, and the other way round. */
const ZONES = [0, 8, -8] as const;
/** FAT counts in two seconds, names in one. */
const FAT_STEP: Duration = 3 * SECOND;
