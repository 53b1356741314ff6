import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Instant } from '../kernel/instant.ts';
import { DAY, isInstant } from '../kernel/instant.ts';
import { DEVICE_ZONES, type DeviceZone } from '../recording/device-time.ts';
import { CARD_FILE_KINDS, type CardFileKind, type CardReading } from '../recording/profile/profile.ts';
import { RECORDING_SOURCES, type RecordingSource } from '../recording/recording.ts';

/** What a satellite receiver said beside a recording: the first and last moment it was sure of. */
export type DockPositions = { readonly first: Instant; readonly last: Instant; readonly count: number };

/** The device's own time in a line that also carries satellite time. */
export type StampedFix = { readonly text: string; readonly wallClock: number; readonly utc: Instant };

/**
 * Where a file lay when it was docked and how its name was read there: kept as found, for ever, since the recorder will be
 * erased. `path` and `besides` are Base64 of bytes, because names on recorders are hostile and not always UTF-8.
 */
export type DockFacts = {
    readonly v: 1;
    /** The computer that docked it, as it calls itself. */
    readonly station: string;
    readonly source: RecordingSource;
    /** `serial` as the operating system gives it; absent: not known here, and said so. */
    readonly volume: { readonly serial?: string; readonly label?: string };
    readonly path: string;
    /** Absent where the path was kept whole; else the digest of the path whose end `path` is. */
    readonly pathSha256?: string;
    readonly size: string;
    readonly modifiedNs: string;
    readonly createdNs?: string;
    readonly mode: number;
    readonly readOnly: boolean;
    /** Absent: no profile fitted the volume. `unknown` where no rule of it fitted the file. */
    readonly profile?: { readonly id: string; readonly version: number };
    readonly zone: DeviceZone;
    readonly kind: CardFileKind | 'unknown';
    readonly device?: string;
    readonly officer?: string;
    readonly start?: { readonly text: string; readonly wallClock: number };
    readonly segment?: number;
    readonly marks: CardReading['marks'];
    readonly besides?: string;
    /** The number of the device that the place itself belongs to, such as the camera of a room, as configured. */
    readonly bound?: string;
    /** When the agent saw it, by the agent's clock. */
    readonly seenAt: Instant;
    readonly positions?: DockPositions;
    readonly stamped?: readonly StampedFix[];
};

const MARKS = ['name', 'folder', 'readOnly'] as const;
/** A path longer than this is kept by its end and its digest. */
export const MOST_PATH_BYTES = 1_500;
export const MOST_STAMPS = 4;

const isText = (value: unknown, most: number): value is string =>
    typeof value === 'string' && value.length <= most && value.isWellFormed() && value === value.normalize('NFC');
const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const optional = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);
const isBase64 = (value: unknown): value is string =>
    isText(value, 4 * Math.ceil(MOST_PATH_BYTES / 3)) && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0;
const isDigits = (value: unknown): boolean => typeof value === 'string' && /^-?\d{1,20}$/.test(value);
const isNumberText = (value: unknown): boolean => isText(value, 40) && value.length > 0 && !/[\p{Cc}\s]/u.test(value);

/** Reads what an agent sent; `undefined` where it is of another shape. Nothing in it is believed, it is only kept. */
export function readDockFacts(value: unknown): DockFacts | undefined {
    if (!isRecord(value) || !isRecord(value.volume)) return undefined;
    const { volume } = value;
    const right =
        value.v === 1 &&
        isText(value.station, 100) &&
        RECORDING_SOURCES.some((each) => each === value.source) &&
        optional(volume.serial, (each) => isText(each, 100)) &&
        optional(volume.label, (each) => isText(each, 100)) &&
        isBase64(value.path) &&
        optional(value.pathSha256, (each) => typeof each === 'string' && /^[0-9a-f]{64}$/.test(each)) &&
        isDigits(value.size) &&
        isDigits(value.modifiedNs) &&
        optional(value.createdNs, isDigits) &&
        isCount(value.mode) &&
        typeof value.readOnly === 'boolean' &&
        optional(value.profile, (each) => isRecord(each) && isText(each.id, 40) && isCount(each.version)) &&
        typeof value.zone === 'string' &&
        Object.hasOwn(DEVICE_ZONES, value.zone) &&
        (value.kind === 'unknown' || CARD_FILE_KINDS.some((each) => each === value.kind)) &&
        // What is secret or a working file of the system is never sent.
        value.kind !== 'secret' &&
        value.kind !== 'ignored' &&
        [value.device, value.officer, value.bound].every((each) => optional(each, isNumberText)) &&
        optional(value.start, (each) => isRecord(each) && isText(each.text, 60) && isInstant(each.wallClock)) &&
        optional(value.segment, isCount) &&
        Array.isArray(value.marks) &&
        value.marks.length <= MARKS.length &&
        value.marks.every((mark) => MARKS.some((each) => each === mark)) &&
        optional(value.besides, isBase64) &&
        isInstant(value.seenAt) &&
        optional(value.positions, isPositions) &&
        optional(value.stamped, (each) => Array.isArray(each) && each.length <= MOST_STAMPS && each.every(isStamp));
    return right ? (value as DockFacts) : undefined;
}

const isPositions = (value: unknown): boolean =>
    isRecord(value) && isInstant(value.first) && isInstant(value.last) && isCount(value.count);
const isStamp = (value: unknown): boolean =>
    isRecord(value) && isText(value.text, 60) && isInstant(value.wallClock) && isInstant(value.utc);

const EARLIEST_NS = BigInt(Date.UTC(2010, 0, 1)) * 1_000_000n;

/**
 * Whether the time of a file tells it from another of the same name and size. A clock that has lost its setting begins again at the
 * same moment each time (FAT's zero is 1980, many recorders' 2000), and numbers may begin again with it.
 */
export const tellsApart = (modifiedNs: bigint, now: Instant): boolean =>
    modifiedNs >= EARLIEST_NS && modifiedNs <= BigInt(now + DAY) * 1_000_000n;

/** What is hashed to name a place: the same file, there again at the next docking, is the same item. */
export const placeText = ({ volume, path, pathSha256, size, modifiedNs }: DockFacts): string =>
    canonicalJson(['liuhen/dock-place/v1', volume.serial ?? '', pathSha256 ?? path, size, modifiedNs]);

/** What nobody can say yet of a docked file: it waits in quarantine until a manager says it, once for all files like it. */
export const DOCK_QUESTIONS = ['device', 'officer', 'volume', 'profile'] as const;
export type DockQuestion = (typeof DOCK_QUESTIONS)[number];

/** How the register knows what a name says: the thing itself, that it is nobody's number, or nothing. */
export type Known<T> = { readonly id: T } | 'nobody' | undefined;

/**
 * Which questions a file raises. A device is known by the number its place is bound to, else by the one in its name, else by
 * its volume; only where all of these say nothing is it asked about, by what is surest of them.
 */
export function questionsOf(
    facts: Pick<DockFacts, 'device' | 'officer' | 'bound' | 'volume' | 'profile'>,
    known: { readonly device: Known<string>; readonly officer: Known<string> },
): { readonly question: DockQuestion; readonly text: string }[] {
    const asked: { question: DockQuestion; text: string }[] = [];
    const number = facts.bound ?? facts.device;
    if (known.device === undefined) {
        if (number !== undefined) asked.push({ question: 'device', text: number });
        else if (facts.volume.serial !== undefined) asked.push({ question: 'volume', text: facts.volume.serial });
        else asked.push({ question: 'profile', text: facts.profile?.id ?? '' });
    }
    if (facts.officer !== undefined && known.officer === undefined) asked.push({ question: 'officer', text: facts.officer });
    return asked;
}
