import { wallClockIn } from '../device-time.ts';
import type { CardFile, CardReading, ProfileGroup, ProfileRule, RecorderProfile } from './profile.ts';

/** Longer folders or names are read by no rule: file systems of recorders know none (FAT and exFAT: 255 characters). */
const LONGEST = 255;

type ReadyRule = { readonly rule: ProfileRule; readonly folder: RegExp | undefined; readonly name: RegExp };
type Ready = { readonly profile: RecorderProfile; readonly rules: readonly ReadyRule[] };

const prepared = new WeakMap<RecorderProfile, Ready>();

/** A profile with its expressions compiled, which is done once for as long as the profile lives. */
function ready(profile: RecorderProfile): Ready {
    const known = prepared.get(profile);
    if (known !== undefined) return known;
    const rules = profile.rules.map((rule) => ({
        rule,
        folder: rule.folder === undefined ? undefined : new RegExp(rule.folder, 'iu'),
        name: new RegExp(rule.name, 'iu'),
    }));
    const made = { profile, rules };
    prepared.set(profile, made);
    return made;
}

/** What each file of a mount is, by one profile. Files that no rule fits are left out: the caller keeps them as unknown. */
export function readCard(files: readonly CardFile[], profile: RecorderProfile): CardReading[] {
    const rules = ready(profile);
    const readings = files.flatMap((file) => readOne(file, rules) ?? []);
    return withCompanions(readings);
}

/** How much of a mount a profile explains. */
export type Recognition = {
    readonly profile: RecorderProfile;
    readonly readings: readonly CardReading[];
    readonly explained: number;
    readonly media: number;
};

/**
 * Which profile explains a mount: the one that reads a device or a start from the most files, and of two alike the one named
 * first. `undefined`: none explains anything, so the files come in as of an unknown recorder.
 */
export function recogniseCard(files: readonly CardFile[], profiles: readonly RecorderProfile[]): Recognition | undefined {
    const tried = profiles.map((profile) => {
        const readings = readCard(files, profile);
        const media = readings.filter((each) => each.kind === 'video' || each.kind === 'audio' || each.kind === 'photo');
        const explained = media.filter((each) => each.device !== undefined || each.start !== undefined).length;
        // A number of the device says more than a time alone, which most names have.
        const weight = media.filter((each) => each.device !== undefined).length + explained;
        return { profile, readings, explained, media: media.length, weight };
    });
    const best = tried.reduce<(typeof tried)[number] | undefined>(
        (found, each) => (found === undefined || each.weight > found.weight ? each : found),
        undefined,
    );
    if (best === undefined || best.explained === 0) return undefined;
    const { weight: _, ...found } = best;
    return found;
}

function readOne(file: CardFile, { profile, rules }: Ready): CardReading | undefined {
    const cut = file.path.lastIndexOf('/');
    const [folder, name] = [file.path.slice(0, Math.max(0, cut)), file.path.slice(cut + 1)];
    if (name.length > LONGEST || folder.length > 4 * LONGEST) return undefined;
    for (const { rule, folder: inFolder, name: named } of rules) {
        const above = inFolder === undefined ? undefined : (inFolder.exec(folder) ?? null);
        if (above === null) continue;
        const own = named.exec(name);
        if (own === null) continue;
        return readingOf(file, rule, { ...above?.groups, ...dropEmpty(own.groups) }, profile);
    }
    return undefined;
}

/** A part of a name that was optional and is absent does not hide what the folder said. */
const dropEmpty = (groups: Readonly<Record<string, string | undefined>> | undefined) =>
    Object.fromEntries(Object.entries(groups ?? {}).filter(([, value]) => value !== undefined && value !== ''));

type Groups = Readonly<Partial<Record<ProfileGroup, string>>>;

function readingOf(file: CardFile, rule: ProfileRule, groups: Groups, profile: RecorderProfile): CardReading {
    const { device, officer, segment, mark } = groups;
    const start = startOf(groups);
    const marks: CardReading['marks'] = [
        ...(mark === undefined ? [] : (['name'] as const)),
        ...(rule.key === true ? (['folder'] as const) : []),
        ...(file.readOnly && profile.readOnlyIsKey ? (['readOnly'] as const) : []),
    ];
    return {
        path: file.path,
        kind: rule.kind,
        ...(device === undefined ? {} : { device }),
        ...(officer === undefined ? {} : { officer }),
        ...(start === undefined ? {} : { start }),
        ...(segment === undefined ? {} : { segment: Number(segment) }),
        marks,
    };
}

/** Digits in any grouping are a date and a time; what is no date that exists is no start. */
function startOf({ start, date, time }: Groups): CardReading['start'] {
    const text = start ?? (date === undefined || time === undefined ? undefined : `${date} ${time}`);
    if (text === undefined) return undefined;
    const digits = text.replace(/\D/g, '');
    if (digits.length !== 14) return undefined;
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits)?.slice(1) ?? [];
    const wallClock = wallClockIn(parts.join('-'));
    return wallClock === undefined ? undefined : { text, wallClock };
}

const stemOf = (path: string): string => path.replace(/\.[^./]*$/, '').toLowerCase();

/** Logs and positions stand beside a recording of the same name; what they lack of it they take from it. */
function withCompanions(readings: readonly CardReading[]): CardReading[] {
    const recordings = new Map(
        readings.filter((each) => each.kind === 'video' || each.kind === 'audio').map((each) => [stemOf(each.path), each]),
    );
    return readings.map((each) => {
        if (each.kind !== 'log' && each.kind !== 'position' && each.kind !== 'photo') return each;
        const beside = recordings.get(stemOf(each.path));
        return beside === undefined ? each : { ...each, besides: beside.path };
    });
}
