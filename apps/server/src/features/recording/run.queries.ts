import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    COVERAGE_PARAMETERS,
    changeLimitOf,
    DAY,
    type Duration,
    type FileRun,
    fileRuns,
    type Id,
    type Instant,
    jointOf,
    type MeasuredChange,
    measuredChange,
    type RunFile,
    type SecrecySubject,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { type ParametersOf, parametersOf } from '../parameter/parameter.queries.ts';
import { TRUE_TIME, trueTimeOf } from './recording-times.queries.ts';

type Run = NonNullable<ResponseOf<Endpoints['recording.get']>['run']>;

/** Within which files of a model continue each other, by what held on a day. */
export const changeLimitsOf = (of: ParametersOf) => (model: string | null, at: Instant) =>
    changeLimitOf(
        model,
        // A change of files takes a second or two: an organisation may ask for less, not call a pause continuous.
        Math.min(of('recording.segmentChangeMs', at).value ?? 0, COVERAGE_PARAMETERS.joinWithinMs),
        of('recording.segmentChangeByModel', at).value ?? [],
    );

const files = (db: ReadDb, orgId: Id) =>
    db
        .selectFrom('recording as r')
        .innerJoin('device as d', 'd.id', 'r.device_id')
        .select(['r.id', 'r.display_name', 'r.device_start', 'r.device_end', 'r.device_id', 'd.model'])
        .select(TRUE_TIME.map((column) => `r.${column}` as const))
        .where('r.org_id', '=', orgId)
        .where('r.role', '=', 'original')
        .where('r.state', 'in', ['registered', 'sealed'])
        .where('r.device_start', 'is not', null);

type Row = Awaited<ReturnType<ReturnType<typeof files>['executeTakeFirstOrThrow']>>;

const fileOf = (row: Row): RunFile => ({
    id: row.id,
    name: row.display_name,
    deviceStart: row.device_start,
    deviceEnd: row.device_end,
    ...trueTimeOf(row),
});

/** Files handed in twice by two people are one stretch of the device. */
const once = (rows: readonly Row[]): RunFile[] => {
    const seen = new Set<string>();
    return rows.flatMap((row) => {
        const key = `${row.display_name}/${row.device_start}/${row.device_end}`;
        if (seen.has(key)) return [];
        seen.add(key);
        return [fileOf(row)];
    });
};

/** A run lasts hours; files a day away belong to another. */
const AROUND = DAY;

/** The run that a recording is part of, and what comes before and after it. */
export async function runOfRecording(db: ReadDb, orgId: Id, id: Id, reader: SecrecySubject): Promise<Run | null> {
    const own = await files(db, orgId).where('r.id', '=', id).executeTakeFirst();
    if (own === undefined || own.device_start === null) return null;
    const rows = await files(db, orgId)
        .where('r.device_id', '=', own.device_id)
        .where('r.device_start', '>', own.device_start - AROUND)
        .where('r.device_start', '<', own.device_start + AROUND)
        .orderBy('r.device_start')
        .execute();
    const { limitMs, source } = changeLimitsOf(await parametersOf(db, orgId))(own.model, own.device_start);
    // The copy that is looked at stands for its twins.
    const runs = fileRuns(once([own, ...rows.filter((row) => row.id !== id)]), limitMs);
    const at = runs.findIndex((run) => run.files.some((each) => each.id === id));
    const run = runs[at];
    if (run === undefined) return null;
    const names = await namesSeen(db, rows, reader);
    const jointWith = (joint: FileRun['next'], side: 'before' | 'after') =>
        joint === undefined
            ? null
            : {
                  recording: { id: joint[side], name: names.get(joint[side]) ?? '' },
                  holeMs: joint.holeMs,
                  verdict: joint.verdict,
              };
    return {
        limitMs,
        limitSource: source,
        start: run.start,
        end: run.end,
        files: run.files.map(({ id: fileId }, index) => ({
            id: fileId,
            name: names.get(fileId) ?? '',
            holeMs: index === 0 ? null : (run.joints[index - 1]?.holeMs ?? null),
        })),
        before: jointWith(runs[at - 1]?.next, 'before'),
        after: jointWith(run.next, 'after'),
    };
}

/** 附件1 第12条: of what is filed under a secret act others learn that it ran, and not what it is called. */
async function namesSeen(db: ReadDb, rows: readonly Row[], reader: SecrecySubject): Promise<Map<Id, string>> {
    const seen = await db
        .selectFrom('recording as r')
        .leftJoin('act as a', 'a.id', 'r.act_id')
        .select(['r.id', 'r.display_name'])
        .where('r.id', '=', (of) => of.fn.any(of.val(rows.map((row) => row.id))))
        .where(seesAct(reader))
        .execute();
    return new Map(seen.map((row) => [row.id, row.display_name]));
}

/** So many files of a model, the newest, say how it changes files. */
const MOST_FILES = 2_000;

/** What was measured of a model's change of files, over all devices of it. */
export async function changeOfModel(
    db: ReadDb,
    orgId: Id,
    model: string,
): Promise<(MeasuredChange & { files: number }) | undefined> {
    const rows = await files(db, orgId)
        .where('d.model', '=', model)
        .orderBy('r.device_start', 'desc')
        .limit(MOST_FILES)
        .execute();
    const joints = [...Map.groupBy(rows, (row) => row.device_id).values()].flatMap((of) => {
        const own = once(of.toReversed());
        return own.slice(1).map((file, index) => jointOf(own[index] ?? file, file, 0));
    });
    const measured = measuredChange(joints);
    return measured === undefined ? undefined : { ...measured, files: rows.length };
}

/** The longest run a device has made, by the limit that holds for its model. */
export async function longestRun(
    db: ReadDb,
    orgId: Id,
    deviceId: Id,
    limitMs: Duration,
): Promise<{ lengthMs: Duration; first: RunFile; files: number } | undefined> {
    const rows = await files(db, orgId)
        .where('r.device_id', '=', deviceId)
        .orderBy('r.device_start', 'desc')
        .limit(MOST_FILES)
        .execute();
    return fileRuns(once(rows), limitMs).reduce<{ lengthMs: Duration; first: RunFile; files: number } | undefined>(
        (longest, run) => {
            const [first] = run.files;
            if (first === undefined || run.start === null || run.end === null) return longest;
            const lengthMs = run.end - run.start;
            return longest !== undefined && longest.lengthMs >= lengthMs ? longest : { lengthMs, first, files: run.files.length };
        },
        undefined,
    );
}
