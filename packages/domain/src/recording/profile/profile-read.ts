import { wallClockIn } from '../device-time.ts';
import type { CardFile, CardReading, ProfileGroup, ProfileRule, RecorderProfile } from './profile.ts';

/** Longer folders or names are read by no rule: file systems of recorders know none (FAT and exFAT: 255 characters). */
const LONGEST = 255;

type ReadyRule = { readonly rule: ProfileRule; readonly folder: RegExp | undefined; readonly name: RegExp };
type Ready = { readonly profile: RecorderProfile; readonly rules: readonly ReadyRule[] };

const prepared = new WeakMap<RecorderProfile, Ready>();

const compile = (rules: readonly ProfileRule[]): ReadyRule[] =>
    rules.map((rule) => ({
        rule,
        folder: rule.folder === undefined ? undefined : new RegExp(rule.folder, 'iu'),
        name: new RegExp(rule.name, 'iu'),
    }));

/** A profile with its expressions compiled, which is done once for as long as the profile lives. */
function ready(profile: RecorderProfile): Ready {
    const known = prepared.get(profile);
    if (known !== undefined) return known;
    const made = { profile, rules: compile(profile.rules) };
    prepared.set(profile, made);
    return made;
}

/** What each file of a mount is, by one profile. Files that no rule fits are left out: the caller keeps them as unknown. */
export function readCard(files: readonly CardFile[], profile: RecorderProfile): CardReading[] {
    const rules = ready(profile);
    const readings = files.flatMap((file) => readOne(file, rules) ?? []);
    return withCompanions(readings);
}

/**
 * What is marked as a state secret (附件1 第12条): files that a `secret` rule fits, and everything in or below the folder of a
 * marker. Decided from names alone, before anything is opened. Paths as in `files`.
 */
export function secretFiles(files: readonly CardFile[], rules: readonly ProfileRule[]): ReadonlySet<string> {
    const own = compile(rules.filter((rule) => rule.kind === 'secret'));
    if (own.length === 0) return new Set();
    const fitting = files.map((file) => ({ file, rule: own.find((each) => fits(each, file.path) !== undefined)?.rule }));
    const folders = new Set(fitting.filter((each) => each.rule?.marker === true).map(({ file }) => folderOf(file.path)));
    return new Set(
        fitting
            .filter(({ file, rule }) => rule !== undefined || (folders.size > 0 && isBelow(file.path, folders)))
            .map(({ file }) => file.path),
    );
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** By the folders above it and not by all that are marked: a medium may hold as many marks as files. */
function isBelow(path: string, folders: ReadonlySet<string>): boolean {
    for (let folder = folderOf(path); ; folder = folderOf(folder.slice(0, -1))) {
        if (folders.has(folder)) return true;
        if (folder === '') return false;
    }
}

/** How much of a mount a profile explains. */
export type Recognition = {
    readonly profile: RecorderProfile;
    readonly readings: readonly CardReading[];
    readonly explained: number;
    readonly media: number;
};

/** A profile with what it explains of a mount; `score` is of whole points and compares profiles on one mount only. */
export type ProfileScore = Recognition & { readonly score: number };

/** A number of the device says more than a time alone, which most names have; a number of a series says least. */
const POINTS = { device: 3, start: 2, segment: 1 } as const;

/** Every profile with its score over the whole tree, the best first; of two alike the one named first. */
export function scoreProfiles(files: readonly CardFile[], profiles: readonly RecorderProfile[]): ProfileScore[] {
    return profiles
        .map((profile) => {
            const readings = readCard(files, profile);
            const media = readings.filter((each) => each.kind === 'video' || each.kind === 'audio' || each.kind === 'photo');
            const explained = media.filter((each) => each.device !== undefined || each.start !== undefined).length;
            const points = media.map(
                (each) =>
                    (each.device === undefined ? 0 : POINTS.device) +
                    (each.start === undefined ? 0 : POINTS.start) +
                    (each.segment === undefined ? 0 : POINTS.segment),
            );
            return { profile, readings, explained, media: media.length, score: points.reduce((sum, each) => sum + each, 0) };
        })
        .sort((a, b) => b.score - a.score);
}

/** Which profile explains a mount. `undefined`: none explains anything, so the files come in as of an unknown recorder. */
export function recogniseCard(files: readonly CardFile[], profiles: readonly RecorderProfile[]): Recognition | undefined {
    const [best] = scoreProfiles(files, profiles);
    if (best === undefined || best.score === 0) return undefined;
    const { score: _, ...found } = best;
    return found;
}

function readOne(file: CardFile, { profile, rules }: Ready): CardReading | undefined {
    for (const rule of rules) {
        const groups = fits(rule, file.path);
        if (groups !== undefined) return readingOf(file, rule.rule, groups, profile);
    }
    return undefined;
}

/** What folder and name say by a rule; `undefined` where it does not fit. */
function fits({ folder: inFolder, name: named }: ReadyRule, path: string): Groups | undefined {
    const cut = path.lastIndexOf('/');
    const [folder, name] = [path.slice(0, Math.max(0, cut)), path.slice(cut + 1)];
    if (name.length > LONGEST || folder.length > 4 * LONGEST) return undefined;
    const above = inFolder === undefined ? undefined : (inFolder.exec(folder) ?? null);
    if (above === null) return undefined;
    const own = named.exec(name);
    return own === null ? undefined : { ...above?.groups, ...dropEmpty(own.groups) };
}

/** A part of a name that was optional and is absent does not hide what the folder said. */
const dropEmpty = (groups: Readonly<Record<string, string | undefined>> | undefined) =>
    Object.fromEntries(Object.entries(groups ?? {}).filter(([, value]) => value !== undefined && value !== ''));

type Groups = Readonly<Partial<Record<ProfileGroup, string>>>;

function readingOf(file: CardFile, rule: ProfileRule, groups: Groups, profile: RecorderProfile): CardReading {
    const { device, officer, segment, mark } = groups;
    const start = startIn(groups);
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
        ...(rule.clock === undefined ? {} : { clock: rule.clock }),
        marks,
    };
}

/** Digits in any grouping are a date and a time; what is no date that exists is no start. */
export function startIn({ start, date, time }: Groups): CardReading['start'] {
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
