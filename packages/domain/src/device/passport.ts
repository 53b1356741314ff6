import type { Duration, Instant } from '../kernel/instant.ts';
import { HOUR } from '../kernel/instant.ts';
import { ANNEX_2 } from '../recording/inspection.decide.ts';
import { type Inspection, isTimedTrack } from '../recording/inspection.ts';
import { ANNEX_2_REQUIREMENTS, type Annex2Id, type Annex2Measure } from './annex-2.ts';
import {
    type FigureStanding,
    figureStanding,
    MODEL_FIGURE_KEYS,
    type ModelFigure,
    requirementsOf,
    type StatedFigure,
} from './device-model.ts';

/** One inspected original of the device. */
export type PassportFile = {
    readonly id: string;
    readonly at: Instant;
    readonly inspection: Inspection;
    readonly keyMarked: boolean;
};

/** `certificate`: a laboratory tested it · `dataSheet`: the maker says so. */
export const PAPER_KINDS = ['certificate', 'dataSheet'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** A certificate or data sheet that somebody recorded with its document. Days as `2026-11-26`. */
export type PassportPaper = {
    readonly id: string;
    readonly kind: PaperKind;
    readonly requirements: readonly string[];
    readonly expiresOn: string | null;
};

export type PassportFacts = {
    readonly files: readonly PassportFile[];
    readonly papers: readonly PassportPaper[];
    /** What the register states of the device's model. */
    readonly figures: readonly StatedFigure[];
    /** Longest run of files that continue each other. */
    readonly longestRunMs: Duration | null;
    /** What the clock gained or lost a day, as far as readings bound it. Ms. */
    readonly clockRate: { readonly lower: number; readonly upper: number } | null;
    readonly allowedDriftMs: Duration;
    readonly today: string;
};

/**
 * `met`/`below`: measured · `mixed`: some files meet it, some do not · `certified`: by a laboratory's certificate in force · `stated`:
 * only, by the maker's paper or the register of models · `statedBelow`: the register itself says less · `statedOpen`: a person has to read whether what is stated reaches
 * it, or a part of it is not stated · `expired`: paper there was, it ran out · `unknown`: could be measured, and was not yet · `paperOnly`: software
 * cannot measure it and there is no paper.
 */
export const PASSPORT_VERDICTS = [
    ...(['met', 'below', 'mixed', 'certified', 'stated', 'statedBelow', 'statedOpen', 'expired'] as const),
    ...(['unknown', 'paperOnly'] as const),
] as const;
export type PassportVerdict = (typeof PASSPORT_VERDICTS)[number];

/** What is stated and what files show are not the same: `filesBelow`: it is said to reach it, and files do not · `filesMeet`: the reverse. */
export type PassportConflict = 'filesBelow' | 'filesMeet';
export const PASSPORT_CONFLICTS = ['filesBelow', 'filesMeet'] as const satisfies readonly PassportConflict[];

/** The figures that say the very thing that is measured; others speak of the same requirement and of something else. */
const COMPARED: Readonly<Partial<Record<Annex2Measure, readonly ModelFigure[]>>> = {
    resolution: ['width', 'height'],
    frameRate: ['frameRate'],
    audioSync: ['soundSkewSeconds'],
    snapshot: ['snapshot'],
    battery: ['batteryHours'],
    wholeness: ['integrity'],
    keyMark: ['keyMark'],
    clock: ['clockSecondsPerDay'],
};

/** How sure a measurement is: `firm` from twenty files on five days on, `thin` from fewer. */
export type PassportSureness = 'firm' | 'thin';

export type PassportRow = {
    readonly id: Annex2Id;
    readonly verdict: PassportVerdict;
    readonly measure: Annex2Measure | null;
    /** Files that say something about it, of these how many below it, and when they were recorded. */
    readonly files: number;
    readonly below: number;
    readonly from: Instant | null;
    readonly to: Instant | null;
    readonly sure: PassportSureness | null;
    /** Figures for the sentence, integers. */
    readonly values: Readonly<Record<string, number>>;
    /** Up to three files: the worst first, or else the newest. */
    readonly examples: readonly string[];
    readonly papers: readonly string[];
    readonly stated: readonly (StatedFigure & { readonly standing: FigureStanding })[];
    readonly conflict: PassportConflict | null;
};

const FIRM = { files: 20, days: 5 };
const DAY_MS = 24 * HOUR;
const EXAMPLES = 3;

export const passportOf = (facts: PassportFacts): PassportRow[] =>
    ANNEX_2_REQUIREMENTS.map(({ id, measure }) => rowOf(id, measure, facts));

function rowOf(id: Annex2Id, measure: Annex2Measure | null, facts: PassportFacts): PassportRow {
    const papers = facts.papers.filter((each) => each.requirements.includes(id));
    const stated = facts.figures
        .filter((each) => requirementsOf(each.key).includes(id))
        .map((each) => ({ ...each, standing: figureStanding(each) }));
    const measured = measure === null ? undefined : measuredOf(measure, facts);
    const { files = [], values = {}, verdict } = measured ?? {};
    const below = files.filter((each) => !each.meets);
    const at = files.map((each) => each.file.at);
    const shown = (
        below.length > 0 ? below.toSorted((a, b) => a.rank - b.rank) : files.toSorted((a, b) => b.file.at - a.file.at)
    ).map((each) => each.file.id);
    return {
        ...{ id, measure, values, files: files.length, below: below.length },
        verdict: verdict ?? unmeasured(papers, statedOf(id, stated), facts.today) ?? (measure === null ? 'paperOnly' : 'unknown'),
        from: at.length === 0 ? null : Math.min(...at),
        to: at.length === 0 ? null : Math.max(...at),
        sure: verdict === undefined || files.length === 0 ? null : surenessOf(at),
        examples: shown.slice(0, EXAMPLES),
        papers: papers.map((each) => each.id),
        stated,
        conflict: measure === null ? null : conflictOf(measure, stated, verdict),
    };
}

function surenessOf(at: readonly Instant[]): PassportSureness {
    const days = new Set(at.map((each) => Math.floor(each / DAY_MS)));
    return at.length >= FIRM.files && days.size >= FIRM.days ? 'firm' : 'thin';
}

type Stated = PassportRow['stated'];

function conflictOf(measure: Annex2Measure, stated: Stated, verdict: PassportVerdict | undefined): PassportConflict | null {
    const compared = stated.filter((each) => COMPARED[measure]?.includes(each.key) === true);
    if (verdict === 'below' || verdict === 'mixed')
        return compared.some((each) => each.standing === 'reaches') ? 'filesBelow' : null;
    return verdict === 'met' && compared.some((each) => each.standing === 'below') ? 'filesMeet' : null;
}

/** What rests on paper or on the register; a certificate that ran out is said even where somebody states the same. */
function unmeasured(
    papers: readonly PassportPaper[],
    stated: PassportVerdict | undefined,
    today: string,
): PassportVerdict | undefined {
    const inForce = papers.filter((each) => each.expiresOn === null || each.expiresOn >= today);
    if (inForce.some((each) => each.kind === 'certificate')) return 'certified';
    if (inForce.length > 0) return stated === 'statedBelow' ? stated : 'stated';
    return papers.length > 0 ? 'expired' : stated;
}

/** What the register of models says: that it is reached only where each of its figures is there and can be compared; words are for a person. */
function statedOf(id: Annex2Id, stated: Stated): PassportVerdict | undefined {
    if (stated.length === 0) return undefined;
    if (stated.some(({ standing }) => standing === 'below')) return 'statedBelow';
    const asked = MODEL_FIGURE_KEYS.filter((key) => requirementsOf(key).includes(id));
    const reached = asked.filter((key) => stated.some((each) => each.key === key && each.standing === 'reaches'));
    return reached.length === asked.length ? 'stated' : 'statedOpen';
}

/** One file's word on a requirement; the lowest `rank` is the worst. */
type Word = { readonly file: PassportFile; readonly meets: boolean; readonly rank: number };
/** Without `verdict` the measurement says nothing yet, though it may have figures. */
type Measured = { readonly files: readonly Word[]; readonly values: Record<string, number>; readonly verdict?: PassportVerdict };

function measuredOf(measure: Annex2Measure, facts: PassportFacts): Measured {
    const each = (word: (file: PassportFile) => { meets: boolean; rank: number } | undefined): Word[] =>
        facts.files.flatMap((file) => {
            const said = word(file);
            return said === undefined ? [] : [{ file, ...said }];
        });
    switch (measure) {
        case 'resolution': {
            const files = each(({ inspection }) => {
                const video = videoOf(inspection);
                if (video === undefined || video.width === 0) return undefined;
                const { longSide, shortSide } = ANNEX_2;
                const meets = Math.max(video.width, video.height) >= longSide && Math.min(video.width, video.height) >= shortSide;
                return { meets, rank: video.width * video.height };
            });
            const smallest = videoOf(files.toSorted((a, b) => a.rank - b.rank)[0]?.file.inspection);
            return judged(files, smallest === undefined ? {} : { width: smallest.width, height: smallest.height });
        }
        case 'frameRate': {
            // Only what was measured counts: a header promises.
            const files = each(({ inspection }) => {
                const video = videoOf(inspection);
                if (video?.frameRateMilli === undefined) return undefined;
                const rate = Math.min(video.frameRateMilli, video.worst?.frameRateMilli ?? video.frameRateMilli);
                return { meets: rate >= ANNEX_2.frameRateMilli, rank: rate };
            });
            const means = files.flatMap(({ file }) => videoOf(file.inspection)?.frameRateMilli ?? []);
            const worst = files.flatMap(({ file }) => videoOf(file.inspection)?.worst?.frameRateMilli ?? []);
            return judged(files, { ...least('rateMilli', means), ...least('worstMilli', worst) });
        }
        case 'coding': {
            const files = each(({ inspection }) => {
                const video = videoOf(inspection);
                if (video?.bitrate === undefined) return undefined;
                const coded = video.codec === 'avc' || video.codec === 'hevc';
                return { meets: coded && video.bitrate >= MBPS.least && video.bitrate <= MBPS.most, rank: video.bitrate };
            });
            const rates = files.map((word) => word.rank);
            return judged(files, {
                ...least('leastKbps', rates.map(kbps)),
                ...most('mostKbps', rates.map(kbps)),
                steps: stepsOf(rates),
            });
        }
        case 'audioSync': {
            const files = each(({ inspection: { skew } }) => {
                if (skew === undefined) return undefined;
                const apart = Math.max(Math.abs(skew.startMs), Math.abs(skew.endMs), Math.abs(skew.driftMs));
                return { meets: apart <= ANNEX_2.offsetMs, rank: -apart };
            });
            return judged(
                files,
                most(
                    'apartMs',
                    files.map((word) => -word.rank),
                ),
            );
        }
        case 'wholeness': {
            const files = each(({ inspection }) => {
                const broken = inspection.findings.some(({ code }) => INCOMPLETE.has(code));
                // A stream that does not say where it ends says nothing here either.
                const known = inspection.boxes ?? inspection.avi ?? (inspection.stream?.end === 'stated' ? true : undefined);
                return known !== undefined || broken ? { meets: !broken, rank: broken ? 0 : 1 } : undefined;
            });
            return judged(files, {});
        }
        case 'positions': {
            const files = each(({ inspection }) =>
                // Also files of positions, which a recorder keeps beside its recordings.
                videoOf(inspection) === undefined && inspection.container !== 'nmea'
                    ? undefined
                    : { meets: (inspection.positions?.fixes ?? 0) > 0, rank: 0 },
            );
            const having = files.filter((word) => word.meets);
            // A place does not say which satellites it came from, and 附件2 asks for BeiDou; none says nothing of the receiver, which may
            // have had no sky. Neither is a verdict.
            return { files: having, values: { looked: files.length, having: having.length } };
        }
        case 'keyMark': {
            const files = each((file) => (file.keyMarked ? { meets: true, rank: 0 } : undefined));
            return files.length === 0 ? { files, values: {} } : { files, values: {}, verdict: 'met' };
        }
        case 'signature': {
            const looked = each(({ inspection }) =>
                inspection.signatures === undefined ? undefined : { meets: inspection.signatures.found.length > 0, rank: 0 },
            );
            const having = looked.filter((word) => word.meets);
            // Present is not verified, and absent among the known is not absent: neither is a verdict.
            return { files: having, values: { looked: looked.length, having: having.length } };
        }
        case 'snapshot': {
            const videos = facts.files.flatMap(({ inspection }) => videoOf(inspection) ?? []);
            const largest = videos.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
            // 附件2 抓拍功能: the same resolution as the film; without a film there is nothing to compare with.
            if (largest === undefined || largest.width === 0) return { files: [], values: {} };
            const [long, short] = [Math.max(largest.width, largest.height), Math.min(largest.width, largest.height)];
            const files = each(({ inspection: { photo } }) => {
                if (photo === undefined || photo.width === 0) return undefined;
                const meets = Math.max(photo.width, photo.height) >= long && Math.min(photo.width, photo.height) >= short;
                return { meets, rank: photo.width * photo.height };
            });
            const smallest = files.toSorted((a, b) => a.rank - b.rank)[0]?.file.inspection.photo;
            const sizes = smallest === undefined ? {} : { width: smallest.width, height: smallest.height };
            return judged(files, files.length === 0 ? {} : { ...sizes, filmWidth: largest.width, filmHeight: largest.height });
        }
        case 'storage': {
            const rates = facts.files.flatMap(({ inspection }) => wholeRate(inspection) ?? []);
            const top = Math.max(0, ...rates);
            // 64 GB by the highest rate that was seen, with a twentieth for what is not media.
            return {
                files: [],
                values: top === 0 ? {} : { topKbps: kbps(top), hundredths: Math.floor((64e9 * 8 * 100) / (top * 1.05 * 3_600)) },
            };
        }
        case 'battery': {
            const { longestRunMs } = facts;
            const values: Record<string, number> = longestRunMs === null ? {} : { longestMs: longestRunMs };
            return {
                files: [],
                values,
                ...(longestRunMs !== null && longestRunMs >= 8 * HOUR ? { verdict: 'met' as const } : {}),
            };
        }
        case 'clock': {
            const { clockRate: rate, allowedDriftMs } = facts;
            if (rate === null) return { files: [], values: {} };
            const values = { lowerMs: rate.lower, upperMs: rate.upper };
            if (Math.max(Math.abs(rate.lower), Math.abs(rate.upper)) <= allowedDriftMs)
                return { files: [], values, verdict: 'met' };
            if (rate.lower > allowedDriftMs || rate.upper < -allowedDriftMs) return { files: [], values, verdict: 'below' };
            return { files: [], values };
        }
    }
}

/** What says that a file is not all there. */
const INCOMPLETE: ReadonlySet<string> = new Set(['media.truncated', 'media.noMoov', 'media.endsEarly']);

/** 附件2 视频编码格式: 编码率 1Mbps~16Mbps; a twentieth either way, since a rate is a mean of what a scene needs. */
const MBPS = { least: 950_000, most: 16_800_000 };
const kbps = (rate: number): number => Math.round(rate / 1_000);

const videoOf = (inspection: Inspection | undefined) =>
    inspection?.tracks.filter(isTimedTrack).find((track) => track.kind === 'video');

const wholeRate = ({ fileLength, durationMs }: Inspection): number | undefined =>
    durationMs === undefined || durationMs < 1_000 ? undefined : (fileLength * 8_000) / durationMs;

function judged(files: readonly Word[], values: Record<string, number>): Measured {
    const below = files.filter((each) => !each.meets).length;
    if (files.length === 0) return { files, values };
    return { files, values, verdict: below === 0 ? 'met' : below === files.length ? 'below' : 'mixed' };
}

const least = (name: string, of: readonly number[]): Record<string, number> =>
    of.length === 0 ? {} : { [name]: Math.min(...of) };
const most = (name: string, of: readonly number[]): Record<string, number> =>
    of.length === 0 ? {} : { [name]: Math.max(...of) };

/** How many settings of the rate were seen: those half as high again are another one. */
function stepsOf(rates: readonly number[]): number {
    let [steps, edge] = [0, 0];
    for (const rate of rates.toSorted((a, b) => a - b)) {
        if (rate <= edge) continue;
        steps += 1;
        edge = rate * 1.5;
    }
    return steps;
}
