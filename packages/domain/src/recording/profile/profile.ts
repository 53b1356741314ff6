import type { DeviceZone } from '../device-time.ts';
import type { RecordingSource } from '../recording.ts';

/**
 * What a file on a recorder is. `ignored`: the device's own working files, left where they are and counted · `secret`: marked
 * as a state secret (附件1 第12条), so it is neither opened nor copied, and only counted.
 */
export const CARD_FILE_KINDS = ['video', 'audio', 'photo', 'log', 'position', 'ignored', 'secret'] as const;
export type CardFileKind = (typeof CARD_FILE_KINDS)[number];

/**
 * Where a profile's names may be read. `device` and `officer` are numbers as the recorder writes them; `start` is a date and
 * time, `date` and `time` its two halves (of a folder and a name); `segment` counts the files of one recording; `mark` is
 * whatever marks a key file.
 */
export const PROFILE_GROUPS = ['device', 'officer', 'start', 'date', 'time', 'segment', 'mark'] as const;
export type ProfileGroup = (typeof PROFILE_GROUPS)[number];

/** One kind of file: by its folder and its name, both by expression; the first rule that fits a file decides. */
export type ProfileRule = {
    readonly kind: CardFileKind;
    /** On the folder's path, `/` between folders, without a leading one; absent: any folder. */
    readonly folder?: string;
    /** On the name alone. */
    readonly name: string;
    /** Every file of this rule is a key file (a folder or suffix that says so). */
    readonly key?: boolean;
    /** Of a `secret` rule: a file that marks all that lies in its folder and below it, whatever it is called. */
    readonly marker?: boolean;
    /** Of positions: finds the device's own time (`start`, or `date` and `time`) in a line that carries a satellite sentence. */
    readonly clock?: string;
};

/** How recorders of a kind lay out what they recorded. Data, not code: an organisation may add its own. */
export type RecorderProfile = {
    readonly id: string;
    readonly zh: string;
    readonly en: string;
    /** Raised when a rule changes; what was read names it for ever. */
    readonly version: number;
    /** Zone the device's clock is kept in. */
    readonly zone: DeviceZone;
    /** Whether a read-only attribute marks a key file on these recorders. */
    readonly readOnlyIsKey: boolean;
    /** Where such files come from; `recorder` when nothing is said. A vendor's station and a video recorder of a room say otherwise. */
    readonly source?: RecordingSource;
    readonly rules: readonly ProfileRule[];
};

/** A file as the mount lists it. Names are hostile bytes: `path` is for reading only, what is kept are the bytes. */
export type CardFile = {
    /** Relative to the mount, `/` between folders. */
    readonly path: string;
    readonly size: bigint;
    readonly readOnly: boolean;
};

/** What a profile reads from where a file lies and what it is called. */
export type CardReading = {
    readonly path: string;
    readonly kind: CardFileKind;
    readonly device?: string;
    readonly officer?: string;
    /** As written, letter by letter, and as if it were UTC. */
    readonly start?: { readonly text: string; readonly wallClock: number };
    readonly segment?: number;
    /** What says that this is a key file (附件2 重点文件标记); several may agree. */
    readonly marks: readonly ('name' | 'folder' | 'readOnly')[];
    /** How to find the device's time in a line of positions. */
    readonly clock?: string;
    /** The recording that a log or positions belong to: the same name but for its ending, in the same folder. */
    readonly besides?: string;
};

/** What is wrong with a profile that somebody made, by code; `at` is the number of the rule, from 1. */
export type ProfileFault = {
    readonly code:
        | 'profile.shape'
        | 'profile.noRules'
        | 'profile.tooManyRules'
        | 'profile.expression'
        | 'profile.tooLong'
        | 'profile.slow'
        | 'profile.group';
    readonly at: number;
};
