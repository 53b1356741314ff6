import { FIRST_RECORDERS } from '../device/clock.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { MINUTE, SECOND } from '../kernel/instant.ts';
import type { Inspection } from './inspection.ts';

/** Zones a device's clock may be assumed to run in, with their fixed offset. Shanghai has had no summer time since 1991. */
export const DEVICE_ZONES = { 'Asia/Shanghai': 480 * MINUTE, UTC: 0 } as const satisfies Record<string, Duration>;
export type DeviceZone = keyof typeof DEVICE_ZONES;

/** Two readings of one clock further apart than this contradict each other. */
export const CONFLICT_TOLERANCE: Duration = 2 * SECOND;

export const DEVICE_TIME_BASES = ['fileName', 'container', 'stated'] as const;
export type DeviceTimeBasis = (typeof DEVICE_TIME_BASES)[number];

/**
 * How the container's creation time was read. The format says UTC (ISO/IEC 14496-12, 8.2.2), many recorders write local
 * time; some write the moment the file was closed. `agrees`: that reading equals the file name's; `assumed`: nothing to
 * compare with.
 */
export type ContainerReading = {
    readonly zone: DeviceZone;
    readonly moment: 'start' | 'end';
    readonly certainty: 'agrees' | 'assumed';
};

/**
 * `resetClock`: before body-worn recorders of this kind existed, so the clock had lost its setting (1904, 1970, 1980 and
 * 2000 are where clocks restart). `future`: later than the moment the file arrived. The time stands; it is only marked.
 */
export type ImplausibleTime = 'resetClock' | 'future';

/** What the device's own clock says about the start of a recording. Never corrected and never overwritten. */
export type KnownDeviceTime = {
    readonly basis: DeviceTimeBasis;
    /** The evidence as found: the part of the file name, the container's nominal date and time, or what was stated. */
    readonly text: string;
    readonly zone: DeviceZone;
    /** `text` read in `zone`. */
    readonly start: Instant;
    readonly containerReading?: ContainerReading;
    readonly implausible?: ImplausibleTime;
    /** The container contradicts the file name under every reading; `differenceMs` is that of the nearest one. */
    readonly conflict?: { readonly with: 'container'; readonly text: string; readonly differenceMs: Duration };
};

/** That the start is unknown is a fact to state and show, not a hole to fill. */
export type DeviceTime = KnownDeviceTime | { readonly basis: 'unknown' };

export type DeviceTimeEvidence = {
    /** Original file name, for display; folders in it are ignored. */
    readonly fileName: string;
    /** What a profile read from folder and name together where the file lay; it knows more than the name alone. */
    readonly placed?: { readonly text: string; readonly wallClock: number };
    /** `mvhd.creation_time`: seconds since 1904-01-01; 0 means not set. */
    readonly creationSeconds?: number;
    /** That it is the device's own time for certain, as in a photograph (Exif 2.32, 4.6.5). */
    readonly creationIsLocal?: boolean;
    /** Length of the recording, to recognise a creation time written at the end. */
    readonly durationMs?: Duration;
    /** When the file arrived, by the server's clock; a recording cannot begin after it. */
    readonly receivedAt?: Instant;
    /** Zone the device's clock is kept in; by default Shanghai. */
    readonly zone?: DeviceZone;
    /** What a person says, used only where the file itself says nothing. */
    readonly stated?: { readonly text: string; readonly start: Instant };
};

/** Reads the device clock at the start of a recording: the file name first, then the container, then what was stated. */
export function deviceTimeOf(evidence: DeviceTimeEvidence): DeviceTime {
    const zone = evidence.zone ?? 'Asia/Shanghai';
    const named = evidence.placed ?? timeInName(evidence.fileName);
    const nominal = nominalOf(evidence.creationSeconds);
    if (named !== undefined) {
        const start = named.wallClock - DEVICE_ZONES[zone];
        const against = nominal === undefined ? {} : compare(start, nominal, zone, evidence.durationMs);
        return { basis: 'fileName', text: named.text, zone, start, ...against, ...plausibility(start, evidence) };
    }
    if (nominal !== undefined) {
        const read = evidence.creationIsLocal === true ? zone : likelierZone(nominal, zone, evidence.receivedAt);
        const start = nominal - DEVICE_ZONES[read];
        const containerReading = { zone: read, moment: 'start', certainty: 'assumed' } as const;
        const text = wallClockText(nominal);
        return { basis: 'container', text, zone: read, start, containerReading, ...plausibility(start, evidence) };
    }
    if (evidence.stated !== undefined) {
        return { basis: 'stated', zone, ...evidence.stated, ...plausibility(evidence.stated.start, evidence) };
    }
    return { basis: 'unknown' };
}

/** The same of a file that was inspected. */
export const deviceTimeOfFile = (
    {
        name,
        receivedAt,
        placed,
    }: {
        readonly name: string;
        readonly receivedAt: Instant;
        readonly placed?: DeviceTimeEvidence['placed'] | undefined;
    },
    { boxes, stream, photo, durationMs }: Pick<Inspection, 'boxes' | 'stream' | 'photo' | 'durationMs'>,
): DeviceTime => {
    const taken = photo?.takenText === undefined ? undefined : wallClockIn(photo.takenText);
    const written = boxes?.creationSeconds ?? stream?.createdSeconds;
    const creationSeconds = taken === undefined ? written : (taken - EPOCH_1904) / SECOND;
    return deviceTimeOf({
        fileName: name,
        receivedAt,
        ...(placed === undefined ? {} : { placed }),
        ...(creationSeconds === undefined ? {} : { creationSeconds }),
        ...(taken === undefined ? {} : { creationIsLocal: true }),
        ...(durationMs === undefined ? {} : { durationMs }),
    });
};

// Years 1900 to 2099, in one run, in two, with separators, or with the Chinese units; never inside a longer number such
// as a 20-digit device id, and with an optional fraction of three digits that is dropped (a start is kept to the second).
const COMPACT = /(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)[-_ T.]?(\d\d)(\d\d)(\d\d)(?:[-_.]?\d{3})?(?!\d)/g;
const SPACED = /(?<!\d)((?:19|20)\d\d)([-_.])(\d\d)\2(\d\d)[-_ T.]{1,2}(\d\d)[-_.:：](\d\d)[-_.:：](\d\d)(?!\d)/g;
const CHINESE = /(?<!\d)((?:19|20)\d\d)年(\d\d?)月(\d\d?)日[-_ ]?(\d\d?)[时時點点](\d\d?)分(\d\d?)秒/g;

type NamedTime = {
    readonly text: string /** The date and time as if it were UTC. */;
    readonly wallClock: number;
    readonly at: number;
};

/** The first valid date and time in a file name; where a name holds two, the first is the start. */
export function timeInName(fileName: string): { readonly text: string; readonly wallClock: number } | undefined {
    const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    const found = [...matches(base, COMPACT), ...matches(base, SPACED), ...matches(base, CHINESE)];
    const first = found.sort((a, b) => a.at - b.at)[0];
    return first === undefined ? undefined : { text: first.text, wallClock: first.wallClock };
}

function* matches(name: string, pattern: RegExp): Generator<NamedTime> {
    for (const match of name.matchAll(pattern)) {
        const digits = match.slice(1).filter((part) => /^\d+$/.test(part));
        const wallClock = wallClockOf(digits.map(Number));
        if (wallClock !== undefined) yield { text: match[0], wallClock, at: match.index };
    }
}

/** A date and time written with digits and any separators, as if it were UTC; `undefined` where no such moment exists. */
export function wallClockIn(text: string): number | undefined {
    const parts = /^\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D+(\d{1,2})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(text);
    return parts === null ? undefined : wallClockOf(parts.slice(1).map(Number));
}

function wallClockOf(parts: readonly number[]): number | undefined {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
    const wallClock = Date.UTC(year, month - 1, day, hour, minute, second);
    const back = new Date(wallClock);
    const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour;
    return same && minute < 60 && second < 60 ? wallClock : undefined;
}

/** 1904-01-01T00:00:00Z, the zero of `mvhd`. */
const EPOCH_1904: Instant = Date.UTC(1904, 0, 1);
/** Clocks run a little ahead; only beyond this is a start after arrival marked. */
const AHEAD: Duration = 10 * MINUTE;

const nominalOf = (seconds: number | undefined): number | undefined =>
    seconds === undefined || seconds <= 0 || seconds > 0x1_ffff_ffff ? undefined : EPOCH_1904 + seconds * SECOND;

const wallClockText = (wallClock: number): string => new Date(wallClock).toISOString().slice(0, 19);

/** UTC as the format says, unless that would lie after the arrival and local time would not. */
function likelierZone(nominal: number, local: DeviceZone, receivedAt: Instant | undefined): DeviceZone {
    if (receivedAt === undefined || nominal <= receivedAt + AHEAD) return 'UTC';
    return nominal - DEVICE_ZONES[local] <= receivedAt + AHEAD ? local : 'UTC';
}

function compare(
    start: Instant,
    nominal: number,
    local: DeviceZone,
    durationMs: Duration | undefined,
): Pick<KnownDeviceTime, 'containerReading' | 'conflict'> {
    const moments = durationMs === undefined ? (['start'] as const) : (['start', 'end'] as const);
    const zones: readonly DeviceZone[] = local === 'UTC' ? ['UTC'] : ['UTC', local];
    const readings = moments.flatMap((moment) =>
        zones.map((zone) => {
            const read = nominal - DEVICE_ZONES[zone] - (moment === 'end' ? (durationMs ?? 0) : 0);
            return { zone, moment, differenceMs: Math.abs(read - start) };
        }),
    );
    const nearest = readings.reduce((a, b) => (b.differenceMs < a.differenceMs ? b : a));
    const { zone, moment, differenceMs } = nearest;
    return differenceMs <= CONFLICT_TOLERANCE
        ? { containerReading: { zone, moment, certainty: 'agrees' } }
        : { conflict: { with: 'container', text: wallClockText(nominal), differenceMs } };
}

function plausibility(start: Instant, { receivedAt }: DeviceTimeEvidence): Pick<KnownDeviceTime, 'implausible'> {
    if (start < FIRST_RECORDERS) return { implausible: 'resetClock' };
    if (receivedAt !== undefined && start > receivedAt + AHEAD) return { implausible: 'future' };
    return {};
}
