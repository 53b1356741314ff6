import type { BoundedInstant } from '../act/coverage-facts.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { SECOND } from '../kernel/instant.ts';

/** One original of a device, as far as it is known when it ran. */
export type RunFile = {
    readonly id: string;
    readonly name: string;
    readonly deviceStart: Instant | null;
    /** Null for a file that was cut off. */
    readonly deviceEnd: Instant | null;
    /** By the corrected clock; null while no reading covers it. */
    readonly start: BoundedInstant | null;
    readonly end: BoundedInstant | null;
};

/**
 * How one file of a device goes on from the one before. `joined`: within the device's own change of files · `gap`: longer, so
 * nothing was recorded (附件1 第10条) · `review`: the clock was not checked, or one file does not say when it ended.
 */
export const JOINT_VERDICTS = ['joined', 'gap', 'review'] as const;
export type JointVerdict = (typeof JOINT_VERDICTS)[number];

export type FileJoint = {
    readonly before: string;
    readonly after: string;
    /** Between the end of the one and the start of the other; negative where they overlap; null where it is not known. */
    readonly holeMs: Duration | null;
    readonly verdict: JointVerdict;
};

/** Files that continue each other, in order, with every joint: a run is one recording, and its joints stay visible. */
export type FileRun = {
    readonly files: readonly RunFile[];
    readonly joints: readonly FileJoint[];
    readonly start: Instant | null;
    readonly end: Instant | null;
    /** How the next run follows on this one; absent for the last. */
    readonly next?: FileJoint;
};

/** Names tell seconds, so two files that touch may overlap by one; more is another clock or a copy. */
const LARGEST_OVERLAP: Duration = 2 * SECOND;
/** Longer holes say nothing of how fast a device changes files. */
const LONGEST_CHANGE: Duration = 10 * SECOND;

export function jointOf(before: RunFile, after: RunFile, changeMs: Duration): FileJoint {
    const ids = { before: before.id, after: after.id };
    // One device: both edges move with its clock, so the hole is as sure as the clock was the same for both.
    if (before.end !== null && after.start !== null) {
        const holeMs = after.start.at - before.end.at;
        const verdict = holeMs < -LARGEST_OVERLAP ? 'review' : holeMs <= changeMs ? 'joined' : 'gap';
        return { ...ids, holeMs, verdict };
    }
    const holeMs = before.deviceEnd === null || after.deviceStart === null ? null : after.deviceStart - before.deviceEnd;
    return { ...ids, holeMs, verdict: 'review' };
}

/** The originals of one device joined into runs. What has no time at all is in none. */
export function fileRuns(files: readonly RunFile[], changeMs: Duration): FileRun[] {
    const at = (file: RunFile): Instant | null => file.start?.at ?? file.deviceStart;
    const placed = files
        .filter((file) => at(file) !== null)
        .toSorted((a, b) => (at(a) ?? 0) - (at(b) ?? 0) || (a.id < b.id ? -1 : 1));
    const runs: { files: RunFile[]; joints: FileJoint[]; next?: FileJoint }[] = [];
    for (const file of placed) {
        const run = runs.at(-1);
        const last = run?.files.at(-1);
        const joint = last === undefined ? undefined : jointOf(last, file, changeMs);
        if (run === undefined || joint?.verdict !== 'joined') {
            if (run !== undefined && joint !== undefined) run.next = joint;
            runs.push({ files: [file], joints: [] });
        } else {
            run.joints.push(joint);
            run.files.push(file);
        }
    }
    return runs.map((run) => {
        const [first, last] = [run.files[0], run.files.at(-1)];
        const end = last?.end?.at ?? last?.deviceEnd ?? null;
        return { ...run, start: first === undefined ? null : at(first), end };
    });
}

/** What was measured of how a device or model changes files: holes between neighbours, in ms. */
export type MeasuredChange = { readonly count: number; readonly medianMs: Duration; readonly mostMs: Duration };

/** Only holes short enough to be a change of files count; `undefined` where there was none. */
export function measuredChange(joints: readonly FileJoint[]): MeasuredChange | undefined {
    const holes = joints
        .flatMap((each) => each.holeMs ?? [])
        .filter((hole) => hole >= -LARGEST_OVERLAP && hole <= LONGEST_CHANGE)
        .sort((a, b) => a - b);
    const median = holes[Math.floor(holes.length / 2)];
    const most = holes.at(-1);
    return median === undefined || most === undefined ? undefined : { count: holes.length, medianMs: median, mostMs: most };
}

/** The limit for a model: lines `型号 | 毫秒` may only tighten what holds for all; a line that says nothing sensible says nothing. */
export function changeLimitOf(
    model: string | null,
    generalMs: Duration,
    lines: readonly string[],
): { readonly limitMs: Duration; readonly source: 'model' | 'organisation' } {
    for (const line of lines) {
        const [name = '', figure = ''] = line.split(/[|｜]/u).map((each) => each.trim());
        if (model === null || name === '' || name !== model.trim() || !/^\d{1,5}$/.test(figure)) continue;
        return { limitMs: Math.min(generalMs, Number(figure)), source: 'model' };
    }
    return { limitMs: generalMs, source: 'organisation' };
}
