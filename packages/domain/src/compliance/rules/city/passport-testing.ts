import { ANNEX_2_IDS, type Annex2Id } from '../../../device/annex-2.ts';
import { requirementsOf, type StatedFigure } from '../../../device/device-model.ts';
import { type PassportFile, passportOf } from '../../../device/passport.ts';
import { addDays, dayOf } from '../../../kernel/day.ts';
import { HOUR } from '../../../kernel/instant.ts';
import { inspectionOf } from '../../../recording/inspection.decide.ts';
import type { Requirement } from '../device-rules.ts';
import type { Dice } from './dice-testing.ts';
import type { SubjectNotes } from './subject-notes-testing.ts';

/** What a file by itself shows to be reached or not. */
const BY_FILES = ['A2-14', 'A2-15', 'A2-16', 'A2-17', 'A2-28'] as const satisfies readonly Annex2Id[];
type ByFile = (typeof BY_FILES)[number];

/** A recorder as it is looked at: its files, its clock and its papers; and by the notice what has to come of each. */
export function makePassport(
    dice: Dice,
    notes: SubjectNotes,
    now: number,
    wrongPermille: number,
): { requirements: Requirement[]; paperEnds: string[] } {
    const today = dayOf(now);
    const files = dice.chance(600) ? makeFiles(dice, notes, now, wrongPermille) : [];
    const shown: readonly Annex2Id[] = [
        ...(files.length > 0 ? BY_FILES : []),
        // 附件2 重点文件标记: one that was pressed is there, whatever papers say.
        ...(files.some((each) => each.keyMarked) ? (['A2-31'] as const) : []),
    ];
    const onPaper = ANNEX_2_IDS.filter((id) => id !== 'A2-32' && !shown.includes(id));
    const expired = onPaper.filter(() => dice.chance(wrongPermille));
    const bare = onPaper.filter((id) => !expired.includes(id) && dice.chance(wrongPermille));
    const figures = bare.flatMap((id) => (dice.chance(500) ? (SMALL_FIGURES[id] ?? []) : []));
    const stated = figures.flatMap(({ key }) => requirementsOf(key));
    const isFast = dice.chance(wrongPermille);
    const drift = isFast ? 4_000 + dice.between(0, 9_000) : dice.between(0, 2_000);
    const [end, past] = [addDays(today, dice.between(0, 400)), addDays(today, -dice.between(1, 400))];
    // What files show stands before any paper, so a paper of it changes nothing.
    const inForce = ANNEX_2_IDS.filter((id) => !expired.includes(id) && !bare.includes(id));
    const rows = passportOf({
        files,
        figures,
        longestRunMs: null,
        clockRate: { lower: drift, upper: drift + 100 },
        allowedDriftMs: 3_000,
        today,
        papers: [
            { id: 'new', kind: 'certificate', requirements: inForce, expiresOn: end },
            { id: 'old', kind: 'certificate', requirements: expired, expiresOn: past },
        ],
    });
    for (const id of expired) plant(notes, 'conformity.expired', id);
    if (isFast) plant(notes, 'conformity.below', 'A2-32');
    const measured = new Set<Annex2Id>(rows.flatMap((each) => (each.measure === null ? [] : [each.id])));
    for (const id of stated) plant(notes, 'conformity.statedBelow', id);
    for (const id of bare.filter((each) => !stated.includes(each)))
        notes.lack('conforms', measured.has(id) ? 'measurement' : 'paper');
    return {
        requirements: rows.map(({ id, verdict, examples, papers }) => ({
            ...{ id, verdict, sources: examples.length > 0 ? examples : papers },
        })),
        paperEnds: [end],
    };
}

/** What the register of models may say that is less than the reference. */
const SMALL_FIGURES: Readonly<Partial<Record<Annex2Id, readonly StatedFigure[]>>> = {
    'A2-2': [{ key: 'system', value: 'Android 7.1.2', source: 'maker', detail: null }],
    'A2-9': [{ key: 'speakerWatt', value: '1 W', source: 'maker', detail: null }],
    'A2-11': [{ key: 'nfc', value: '不支持', source: 'tender', detail: null }],
    'A2-19': [{ key: 'protection', value: 'IP65', source: 'maker', detail: null }],
};

type Planted = 'conformity.below' | 'conformity.mixed' | 'conformity.statedBelow' | 'conformity.expired';
const plant = (notes: SubjectNotes, code: Planted, id: Annex2Id) =>
    notes.plant('conforms', code, 'should', null, 'recordingManager', id);

/** Two to four files, of which for one requirement or another none, some or all fall short. */
function makeFiles(dice: Dice, notes: SubjectNotes, now: number, wrongPermille: number): PassportFile[] {
    const count = dice.between(2, 4);
    const short = new Map<ByFile, readonly number[]>();
    for (const id of BY_FILES) {
        if (!dice.chance(wrongPermille)) continue;
        const all = Array.from({ length: count }, (_, at) => at);
        const isMixed = dice.chance(600);
        // At least one of them, and one is left.
        const from = isMixed ? dice.between(0, count - 2) : 0;
        short.set(id, isMixed ? all.slice(from, dice.between(from + 1, count - (from === 0 ? 1 : 0))) : all);
        plant(notes, isMixed ? 'conformity.mixed' : 'conformity.below', id);
    }
    return Array.from({ length: count }, (_, at) =>
        fileOf(now, at, (id) => short.get(id)?.includes(at) === true, dice.chance(100)),
    );
}

/** As recorders write them: full, good pictures and sound that fit together, but for what `isShort` says. */
function fileOf(now: number, at: number, isShort: (id: ByFile) => boolean, keyMarked: boolean): PassportFile {
    const part = { first: { ticks: 0, timescale: 1_000 }, sampleCount: 1_800 };
    const [width, height] = isShort('A2-14') ? [1_280, 720] : [1_920, 1_080];
    const inspection = inspectionOf({
        ...{ container: 'mp4', fileLength: 30_000_000, encoders: [] },
        tracks: [
            {
                ...{ ...part, id: 1, kind: 'video', codec: 'avc', duration: { ticks: 60_000, timescale: 1_000 }, rotation: 0 },
                ...{ width, height, codedWidth: width, codedHeight: height },
                bitrate: isShort('A2-16') ? 24_000_000 : 4_000_000,
                frameRateMilli: isShort('A2-15') ? 25_000 : 30_000,
            },
            {
                ...{ ...part, id: 2, kind: 'audio', codec: 'aac', sampleRate: 44_100, channels: 1 },
                duration: { ticks: isShort('A2-17') ? 61_200 : 60_000, timescale: 1_000 },
            },
        ],
        boxes: {
            ...{ compatibleBrands: [], moov: 'beforeData', fragmented: false, fragmentCount: 0 },
            ...(isShort('A2-28') ? { missingBytes: 4_096 } : {}),
        },
    });
    return { id: `file ${at}`, at: now - (at + 1) * 6 * HOUR, inspection, keyMarked };
}
