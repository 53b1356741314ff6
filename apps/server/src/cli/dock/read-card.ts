import { createHash } from 'node:crypto';
import {
    type CardReading,
    type DockFacts,
    type Instant,
    MOST_PATH_BYTES,
    type ProfileRule,
    type ProfileScore,
    type RecorderProfile,
    type RecordingSource,
    scoreProfiles,
    secretFiles,
} from '@liuhen/domain';
import type { Volume } from './volumes.ts';
import type { CardEntry, Walked } from './walk.ts';

/** A file to be taken, with how its name was read. */
export type CardItem = {
    readonly entry: CardEntry;
    /** Names it in the journal: volume, path, size and time. */
    readonly file: string;
    readonly facts: DockFacts;
    readonly reading: CardReading | undefined;
};

/** A volume as read from its names alone; nothing was opened. */
export type Card = {
    readonly volume: Volume;
    /** Stands for the volume in the journal: its serial, or its place where that is not known. */
    readonly key: string;
    readonly profile: RecorderProfile | undefined;
    /** Without what each of them reads: of a hundred thousand files that is held for as long as the volume is there. */
    readonly scores: readonly Pick<ProfileScore, 'profile' | 'score'>[];
    readonly source: RecordingSource;
    readonly items: readonly CardItem[];
    readonly ignored: readonly string[];
    /** How many are marked as state secrets. Their names go nowhere. */
    readonly secret: number;
    readonly complete: boolean;
    /** Folders and files that could not be looked at; links, pipes and devices that were left alone. */
    readonly unread: number;
    readonly odd: number;
    /** The folder its files lie below, by which a volume that was changed under our hands is noticed. */
    readonly root: { readonly device: bigint; readonly inode: bigint } | undefined;
    /** The number of the device most files are of. */
    readonly device: string | undefined;
    /** Changes when anything on it does. */
    readonly state: string;
};

type Reading = {
    readonly profiles: readonly RecorderProfile[];
    readonly secret: readonly ProfileRule[];
    readonly station: string;
    readonly now: Instant;
};

export function readCard(
    volume: Volume,
    { entries, folders, complete, unread, odd }: Walked,
    { profiles, secret, station, now }: Reading,
): Card {
    // Where every file is read-only the volume is, and the attribute marks nothing.
    const marks = entries.some((each) => !isReadOnly(each));
    const files = entries.map((each) => ({ path: each.text, size: each.size, readOnly: marks && isReadOnly(each) }));
    const forced = profiles.filter((each) => each.id === volume.watch.profile);
    const open = volume.watch.profile === undefined ? profiles : forced;
    const hidden = secretFiles(files, secret);
    const scores = scoreProfiles(
        files.filter((each) => !hidden.has(each.path)),
        open,
    );
    const [best] = scores;
    const profile = best !== undefined && best.score > 0 ? best.profile : undefined;
    // A profile marks secrets too, and what one of them hides no other one shows.
    for (const each of profile === undefined ? [] : secretFiles(files, profile.rules)) (hidden as Set<string>).add(each);
    const readings = new Map((profile === undefined ? [] : (best?.readings ?? [])).map((each) => [each.path, each]));
    const leftovers = new Map((scores.at(-1)?.readings ?? []).map((each) => [each.path, each]));
    const shown = entries.filter((each) => !hidden.has(each.text));
    const isIgnored = (each: CardEntry) => (readings.get(each.text) ?? leftovers.get(each.text))?.kind === 'ignored';
    const source = volume.watch.source ?? profile?.source ?? 'recorder';
    const key = keyOf(volume);
    const common = {
        volume,
        profile,
        source,
        station,
        now,
        key,
        byText: new Map(entries.map((each) => [each.text, each])),
        marks,
    };
    const items = shown.filter((each) => !isIgnored(each)).map((each) => itemOf(each, readings.get(each.text), common));
    return {
        volume,
        key,
        profile,
        scores: scores.map((each) => ({ profile: each.profile, score: each.score })),
        source,
        items,
        ignored: shown.filter(isIgnored).map((each) => each.text),
        secret: hidden.size,
        complete,
        unread,
        odd,
        root: folders[0],
        device: mostOften(items.flatMap(({ facts }) => facts.bound ?? facts.device ?? [])),
        state: digestOf([unread, entries.map((each) => [each.path.toString('hex'), String(each.size), String(each.modifiedNs)])]),
    };
}

/** Of two volumes with one serial neither is known by it: then each is known by its place, and its files by their content. */
const keyOf = ({ serial, twin, path }: Volume): string =>
    serial === undefined ? `folder:${path}` : twin === undefined ? serial : `${serial} folder:${path}`;

const isReadOnly = ({ mode }: CardEntry): boolean => (mode & 0o222) === 0;
export const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Names one file as it lay there in the journal. */
export const fileKey = (volume: string, path: Buffer, size: string, modifiedNs: string): string =>
    digestOf([volume, path.toString('hex'), size, modifiedNs]);

type Common = {
    readonly volume: Volume;
    readonly profile: RecorderProfile | undefined;
    readonly source: RecordingSource;
    readonly station: string;
    readonly now: Instant;
    readonly key: string;
    readonly byText: ReadonlyMap<string, CardEntry>;
    readonly marks: boolean;
};

function itemOf(entry: CardEntry, reading: CardReading | undefined, of: Common): CardItem {
    const { watch, serial } = of.volume;
    const file = fileKey(of.key, entry.path, String(entry.size), String(entry.modifiedNs));
    const named =
        reading?.device === undefined
            ? undefined
            : (watch.devices[reading.device] ?? watch.devices[reading.device.toLowerCase()]);
    const bound = named ?? watch.device;
    const beside = reading?.besides === undefined ? undefined : of.byText.get(reading.besides);
    const facts: DockFacts = {
        v: 1,
        station: of.station,
        source: of.source,
        volume: serial === undefined ? {} : { serial },
        ...pathOf(entry.path),
        size: String(entry.size),
        modifiedNs: String(entry.modifiedNs),
        ...(entry.createdNs > 0n ? { createdNs: String(entry.createdNs) } : {}),
        mode: entry.mode,
        readOnly: of.marks && isReadOnly(entry),
        ...(of.profile === undefined ? {} : { profile: { id: of.profile.id, version: of.profile.version } }),
        zone: of.profile?.zone ?? 'Asia/Shanghai',
        kind: reading?.kind ?? 'unknown',
        ...(reading?.device === undefined ? {} : { device: reading.device }),
        ...(reading?.officer === undefined ? {} : { officer: reading.officer }),
        ...(reading?.start === undefined ? {} : { start: reading.start }),
        ...(reading?.segment === undefined ? {} : { segment: reading.segment }),
        marks: reading?.marks ?? [],
        ...(beside === undefined || beside.path.length > MOST_PATH_BYTES ? {} : { besides: beside.path.toString('base64') }),
        ...(bound === undefined ? {} : { bound }),
        seenAt: of.now,
    };
    return { entry, file, facts, reading };
}

/** A path that is too long for a header is kept by its end and its digest; the journal's name of the file has all of it. */
function pathOf(path: Buffer): Pick<DockFacts, 'path' | 'pathSha256'> {
    if (path.length <= MOST_PATH_BYTES) return { path: path.toString('base64') };
    const end = path.subarray(path.length - MOST_PATH_BYTES);
    return { path: end.toString('base64'), pathSha256: createHash('sha256').update(path).digest('hex') };
}

function mostOften(texts: readonly string[]): string | undefined {
    const counts = new Map<string, number>();
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
